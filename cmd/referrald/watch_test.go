package main

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
)

// reads lets a daemon note events that come every so often, for so long, in the place of a healthy mailbox.
func (w *watch) reads(t *testing.T, e ingest.Event, every, long time.Duration) {
	w.book.set(func(*notebook) { w.reading = false })
	d := &daemon{steps: w.book, metrics: newMetrics(), log: slog.New(slog.DiscardHandler)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events := make(chan ingest.Event)
	go d.note(ctx, events)
	for begun := time.Now(); time.Since(begun) < long; {
		pass(every)
		events <- e
	}
	pass(0)
}

// A backlog that takes hours is no silence, though no look at the mailbox comes to its end.
func TestALongBacklogIsNoSilence(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		w.reads(t, ingest.Event{Name: ingest.EventFiled, Folder: "INBOX", Count: 1, Onward: true}, 4*time.Second, 3*hour)
		w.mail.heard(t)
		pass(17 * minute)
		w.mail.heard(t, "intake_silent failed")
	})
}

// A reader that gets nowhere is silent, however much it tells.
func TestAReaderThatGetsNowhereIsSilent(t *testing.T) {
	for name, e := range map[string]ingest.Event{
		"each message fails":                          {Name: ingest.EventFailed, Folder: "INBOX", Err: errBroken},
		"each connection breaks":                      {Name: ingest.EventConnected},
		"a busy folder, and another that is not read": {Name: ingest.EventFiled, Folder: "INBOX", Count: 1},
	} {
		t.Run(name, func(t *testing.T) {
			watched(t, func(t *testing.T, w *watch) {
				w.reads(t, e, 4*time.Second, 20*minute)
				w.mail.heard(t, "intake_silent failed")
			})
		})
	}
}

// Each of many messages would be too much to write: there are no more signs of life than the watchdog needs.
func TestSignsOfLifeAreFew(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		beats := 0
		w.book.beaten = func(step string) {
			if step == store.BeatRead {
				beats++
			}
		}
		w.reads(t, ingest.Event{Name: ingest.EventFiled, Folder: "INBOX", Count: 1, Onward: true}, 10*time.Millisecond, minute)
		if beats < 2 || beats > 3 {
			t.Errorf("%d beats in a minute", beats)
		}
	})
}

// failingShelves are a store that fails to file so many times.
type failingShelves struct {
	*store.DB
	failures int
}

func (s *failingShelves) File(ctx context.Context, a store.Arrival) (int64, bool, error) {
	if s.failures == 0 || a.Unfetchable {
		return s.DB.File(ctx, a)
	}
	s.failures--
	return 0, false, errBroken
}

// That the store fails between the attempt and the filing is not the message's fault: it is filed whole once the store is
// back. One that it takes never is filed without its text in the end, so that a person looks for it.
func TestAFailingStoreParksNoMessage(t *testing.T) {
	for name, x := range map[string]struct {
		failures, looks int
		parked          bool
	}{"for a while": {10, 11, false}, "for ever": {-1, storesFault + 4, true}} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, "14")
			l := newLedger(&failingShelves{b.daemon.db, x.failures})
			at := ingest.Place{}
			b.inbox(func(box *ingest.Mailbox) (err error) {
				at, err = box.Append(t.Context(), "Alone", []byte("From: a@larkmoor.example\r\n\r\nplease ring\r\n"))
				return err
			})
			w := &ingest.Watch{Account: b.daemon.account, Folders: []string{"Alone"}, Largest: 1 << 20, Ledger: l}
			for look := 1; look < x.looks; look++ {
				if n, err := w.Once(t.Context()); err == nil || n != 0 {
					t.Fatalf("look %d filed %d, %v", look, n, err)
				}
			}
			if n, err := w.Once(t.Context()); err != nil || n != 1 {
				t.Fatalf("the last look filed %d, %v", n, err)
			}
			m, err := b.daemon.db.Message(t.Context(), 2)
			if err != nil || m.Place != store.Place(at) || m.Unfetchable != x.parked || (m.Raw == nil) != x.parked {
				t.Errorf("filed %+v, %v", m, err)
			}
		})
	}
}
