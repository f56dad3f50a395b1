package main

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"referrald/notify"
	"referrald/store"
)

// A notebook is a store that can be made to fail.
type notebook struct {
	mu        sync.Mutex
	beats     map[string]time.Time
	undecided time.Time
	broken    bool
	notMine   bool              // another daemon holds the lease
	beaten    func(step string) // told of each step, or nil
}

var errBroken = errors.New("the disk is full")

func (n *notebook) Pulse(context.Context) (store.Pulse, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.broken {
		return store.Pulse{}, errBroken
	}
	return store.Pulse{Beats: maps.Clone(n.beats), Undecided: n.undecided}, nil
}

func (n *notebook) Beat(_ context.Context, step string, when time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.broken {
		return errBroken
	}
	if n.beaten != nil {
		n.beaten(step)
	}
	if when.After(n.beats[step]) {
		n.beats[step] = when
	}
	return nil
}

func (n *notebook) AcquireLease(context.Context, string, string, time.Duration) (bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return !n.notMine, nil
}

func (n *notebook) set(change func(*notebook)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change(n)
}

// A wire is a road that notes what it is told, and can be cut.
type wire struct {
	mu   sync.Mutex
	cut  bool
	told []string
}

func (w *wire) Tell(_ context.Context, c turn, _ time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut {
		return errors.New("the wire is cut")
	}
	state := "failed"
	if c.recovered {
		state = "recovered"
	}
	w.told = append(w.told, string(c.what)+" "+state)
	return nil
}

func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
}

func (w *wire) heard(t *testing.T, want ...string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if diff := cmp.Diff(want, w.told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// A watch is a guard at work in its bubble, a healthy day around it, and two wires.
type watch struct {
	book       *notebook
	mail, hook *wire
	guard      *guard
	reading    bool
}

// watched runs a test beside a guard in virtual time.
func watched(t *testing.T, test func(*testing.T, *watch)) {
	synctest.Test(t, func(t *testing.T) {
		w := &watch{book: &notebook{beats: map[string]time.Time{store.BeatRead: time.Now()}}, mail: &wire{}, hook: &wire{}, reading: true}
		w.guard = &guard{books: w.book, pulse: pulse{Started: time.Now()}, log: slog.New(slog.DiscardHandler), roads: func(c turn) []road {
			if c.what == notify.TroubleSending && !c.recovered {
				return []road{w.hook}
			}
			return []road{w.mail, w.hook}
		}}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = w.guard.Run(ctx) }()
		go func() {
			for store.Pause(ctx, 30*time.Second) {
				w.book.set(func(n *notebook) {
					if w.reading && !n.broken {
						n.beats[store.BeatRead] = time.Now()
					}
				})
			}
		}()
		test(t, w)
	})
}

// pass lets virtual time go by.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestSilenceIsToldOnceAndItsEndOnce(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		pass(3 * hour)
		w.mail.heard(t)
		w.book.set(func(*notebook) { w.reading = false })
		pass(14 * minute)
		w.mail.heard(t)
		pass(3 * minute)
		w.mail.heard(t, "intake_silent failed")
		if diff := cmp.Diff([]notify.Trouble{notify.TroubleIntakeSilent}, w.guard.Lasting()); diff != "" {
			t.Errorf("lasting: %s", diff)
		}
		pass(20 * hour)
		w.mail.heard(t, "intake_silent failed")
		w.book.set(func(*notebook) { w.reading = true })
		pass(2 * minute)
		w.mail.heard(t, "intake_silent failed", "intake_silent recovered")
		w.hook.heard(t, "intake_silent failed", "intake_silent recovered")
		if left := w.guard.Lasting(); len(left) > 0 {
			t.Errorf("%v lasts when all is well", left)
		}
		pass(20 * hour)
		w.mail.heard(t, "intake_silent failed", "intake_silent recovered")
	})
}

// That the store fails is told without the store, and the past is not forgotten over it.
func TestABrokenStoreIsTold(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		pass(hour)
		w.book.set(func(n *notebook) { n.broken = true })
		pass(2 * minute)
		w.mail.heard(t)
		pass(3 * minute)
		w.mail.heard(t, "store failed")
		w.hook.heard(t, "store failed")
		if diff := cmp.Diff([]notify.Trouble{notify.TroubleStore}, w.guard.Lasting()); diff != "" {
			t.Errorf("lasting: %s", diff)
		}
		pass(5 * hour)
		w.book.set(func(n *notebook) { n.broken = false; n.beats[store.BeatRead] = time.Now() })
		pass(2 * minute)
		w.mail.heard(t, "store failed", "store recovered")
		w.hook.heard(t, "store failed", "store recovered")
	})
}

// A road that is cut is tried again; where another was open the news is told there once.
func TestACutRoadIsTriedAgain(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		w.hook.set(true)
		w.book.set(func(n *notebook) { n.undecided = time.Now() })
		pass(30 * minute)
		w.mail.heard(t, "jobs failed")
		w.hook.heard(t)
		w.hook.set(false)
		pass(2 * minute)
		w.hook.heard(t, "jobs failed")
		w.mail.heard(t, "jobs failed")
	})
}

// Where every road is cut nothing counts as told, also for a daemon that takes over.
func TestWhatReachedNobodyIsNotTold(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		w.mail.set(true)
		w.hook.set(true)
		w.book.set(func(n *notebook) { n.undecided = time.Now() })
		pass(hour)
		w.book.set(func(n *notebook) {
			if !n.beats[told(notify.TroubleJobs)].IsZero() {
				t.Error("what reached nobody counts as told")
			}
		})
		w.mail.set(false)
		w.hook.set(false)
		pass(2 * minute)
		w.mail.heard(t, "jobs failed")
		w.hook.heard(t, "jobs failed")
	})
}

// That letters do not leave is told past the mail, and its end by both.
func TestSendingIsToldPastTheMail(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		w.book.set(func(n *notebook) { n.beats[beatUnsent] = time.Now() })
		pass(12 * minute)
		w.mail.heard(t)
		w.hook.heard(t, "sending failed")
		w.book.set(func(n *notebook) { n.beats[beatSent] = time.Now() })
		pass(2 * minute)
		w.mail.heard(t, "sending recovered")
		w.hook.heard(t, "sending failed", "sending recovered")
	})
}

// Of several daemons the one with the lease tells; one that takes over tells nothing again.
func TestOneOfSeveralTells(t *testing.T) {
	watched(t, func(t *testing.T, w *watch) {
		w.book.set(func(n *notebook) { n.notMine = true; n.undecided = time.Now() })
		pass(hour)
		w.mail.heard(t)
		if len(w.guard.Lasting()) != 1 {
			t.Error("a daemon without the lease does not see the trouble, and would call itself ready")
		}
		w.book.set(func(n *notebook) { n.notMine, n.beats[told(notify.TroubleJobs)] = false, time.Now() })
		pass(hour)
		w.mail.heard(t)
		w.book.set(func(n *notebook) { n.undecided = time.Time{} })
		pass(2 * minute)
		w.mail.heard(t, "jobs recovered")
	})
}
