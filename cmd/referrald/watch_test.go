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
