package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// soon bounds how long a test waits for an event.
const soon = 30 * time.Second

// hands are handlers that tell of each call.
type hands struct {
	mu     sync.Mutex
	called map[JobKind][]int64
	event  chan JobKind
	answer func(kind JobKind, n int) error // n: which call of the kind it is, from 1
}

func newHands() *hands { return &hands{called: map[JobKind][]int64{}, event: make(chan JobKind, 1000)} }

func (h *hands) do(kind JobKind) func(context.Context, int64) error {
	return func(_ context.Context, id int64) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.called[kind] = append(h.called[kind], id)
		h.event <- kind
		if h.answer != nil {
			return h.answer(kind, len(h.called[kind]))
		}
		return nil
	}
}

func (h *hands) handlers() Handlers {
	return Handlers{Take: h.do(TakeJob), Deliver: h.do(DeliverJob), Settle: h.do(SettleJob), Alert: h.do(AlertJob)}
}

func (h *hands) await(t *testing.T, kind JobKind) {
	t.Helper()
	late := time.After(soon)
	for {
		select {
		case k := <-h.event:
			if k == kind {
				return
			}
		case <-late:
			t.Fatalf("no job of kind %s was done", kind)
		}
	}
}

// working starts the work, and ends it with the test.
func working(t *testing.T, db *DB, h Handlers) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- db.Work(ctx, h, 2) }()
	return func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("stopping: %v", err)
			}
		case <-time.After(soon):
			t.Error("the work does not stop")
		}
	}
}

func work(t *testing.T, url string) {
	db := opened(t, url)
	if idle, err := db.Idle(t.Context()); err != nil || !idle {
		t.Fatalf("a new database is not idle, %v", err)
	}
	kept(t, db, 1)
	if idle, _ := db.Idle(t.Context()); idle {
		t.Error("idle with jobs")
	}
	h := newHands()
	handlers := h.handlers()
	missed := make(chan struct{}, 10)
	handlers.Periodic = []Periodic{{Name: "digest", Next: func(now time.Time) time.Time { return now.Add(time.Hour) },
		Do: func(context.Context) error { missed <- struct{}{}; return nil }}}
	must(t, db.Beat(t.Context(), BeatPeriodic("digest"), time.Now().Add(-2*time.Hour)))
	stop := working(t, db, handlers)
	defer stop()
	for _, k := range []JobKind{TakeJob, DeliverJob, SettleJob} {
		for len(h.of(k)) == 0 {
			h.awaitAny(t)
		}
	}
	select {
	case <-missed:
	case <-time.After(soon):
		t.Error("the digest that was missed did not come")
	}
}

func (h *hands) of(kind JobKind) []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]int64(nil), h.called[kind]...)
}

func (h *hands) awaitAny(t *testing.T) {
	t.Helper()
	select {
	case <-h.event:
	case <-time.After(soon):
		t.Fatal("no job was done")
	}
}

func permanentAndLater(t *testing.T, url string) {
	db := opened(t, url)
	m := filed(t, db, 1)
	h := newHands()
	h.answer = func(_ JobKind, n int) error {
		if n == 1 {
			return &Later{time.Millisecond}
		}
		return &Permanent{Code: "poison", Err: errors.New("cannot be read")}
	}
	stop := working(t, db, h.handlers())
	h.await(t, TakeJob)
	h.await(t, TakeJob)
	stop()
	f, err := db.Failures(t.Context())
	if err != nil || len(f) != 1 || f[0].Kind != TakeJob || f[0].ID != m.ID || f[0].Code != "poison" || f[0].Reference != m.Reference {
		t.Fatalf("failures: %+v, %v", f, err)
	}
	if jobs(t, db, TakeJob) != 0 {
		t.Error("a job that was given up is tried again")
	}
	must(t, db.Retry(t.Context(), TakeJob, m.ID, "kim"))
	if f, _ = db.Failures(t.Context()); len(f) != 0 || jobs(t, db, TakeJob) != 1 {
		t.Error("the failure was not taken up again")
	}
	if err := db.Retry(t.Context(), TakeJob, m.ID, "kim"); !errors.Is(err, ErrUnknown) {
		t.Errorf("took up what had not failed: %v", err)
	}
}

// rescueContract holds that the jobs of a worker that died are done by the next.
func rescueContract(t *testing.T, url string) {
	db := opened(t, url)
	filed(t, db, 1)
	must(t, db.write(t.Context(), func(x *tx) error {
		by := `'["dead"]'`
		if db.engine.file == "" {
			by = `'{dead}'`
		}
		return x.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = CURRENT_TIMESTAMP, attempted_by = ` + by)
	}))
	h := newHands()
	stop := working(t, db, h.handlers())
	defer stop()
	h.await(t, TakeJob)
}
