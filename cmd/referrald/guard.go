package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"referrald/notify"
	"referrald/store"
)

// A logbook is where it is written down what was done when.
type logbook interface {
	Beat(ctx context.Context, step string, when time.Time) error
}

// books are what the guard needs of the store.
type books interface {
	logbook
	Pulse(ctx context.Context) (store.Pulse, error)
	AcquireLease(ctx context.Context, name, holder string, d time.Duration) (bool, error)
}

// A road is a way on which staff are told.
type road interface {
	Tell(ctx context.Context, c turn, now time.Time) error
}

// A guard looks once a minute whether all is well, and tells staff when something is not, and when it is again. It is no job
// of the queue, since the queue is among what it looks after. Where several daemons run one of them tells; of a store that
// cannot be reached each tells by itself.
type guard struct {
	books  books
	roads  func(turn) []road // those that a turn is told on; none where every road is the trouble itself
	pulse  pulse             // what does not change
	holder string            // of the lease
	log    *slog.Logger
	shown  func(map[notify.Trouble]time.Time, *pulse) // told what lasts, after each look; the pulse has no beats where the store fails

	failing   time.Time // since when the store fails, zero while it does not
	storeTold bool
	errands   []errand
	mu        sync.Mutex
	lasting   map[notify.Trouble]time.Time
}

// An errand is something that is still to be told on a road that failed.
type errand struct {
	road road
	turn turn
	at   time.Time
}

// errandFor is how long a road is tried again, once a minute.
const errandFor = 6 * time.Hour

// tellTimeout bounds one telling on one road.
const tellTimeout = time.Minute

// guardLease is held by the daemon that tells.
const guardLease = "watchdog"

// Run looks until ctx ends.
func (g *guard) Run(ctx context.Context) error {
	for {
		g.look(ctx, time.Now())
		if !store.Pause(ctx, watchEvery) {
			return nil
		}
	}
}

// look is one round. A failure of it is told in the log, and the next round comes.
func (g *guard) look(ctx context.Context, now time.Time) {
	g.retry(ctx, now)
	p := g.pulse
	err := g.feel(ctx, now, &p)
	if ctx.Err() != nil {
		return
	}
	g.store(ctx, now, err)
	if err != nil {
		g.show(nil, &p, now)
		return
	}
	verdicts := p.judge(now)
	g.show(verdicts, &p, now)
	held, err := g.books.AcquireLease(ctx, guardLease, g.holder, 3*watchEvery)
	if err != nil || !held {
		return
	}
	for _, c := range turns(verdicts, p.Beats) {
		g.change(ctx, c, now)
	}
}

// feel reads and writes, because a full disk lets itself be read.
func (g *guard) feel(ctx context.Context, now time.Time, p *pulse) (err error) {
	ctx, cancel := context.WithTimeout(ctx, tellTimeout)
	defer cancel()
	if err := g.books.Beat(ctx, guardLease, now); err != nil {
		return err
	}
	p.Pulse, err = g.books.Pulse(ctx)
	return err
}

// store tells of the store, from memory alone.
func (g *guard) store(ctx context.Context, now time.Time, err error) {
	switch {
	case err != nil && g.failing.IsZero():
		g.failing = now
	case err != nil && !g.storeTold && now.Sub(g.failing) >= unwritten:
		g.log.Error("the store fails", "error", err)
		g.tell(ctx, turn{notify.TroubleStore, g.failing, false}, now)
		g.storeTold = true
	case err == nil && g.storeTold:
		g.tell(ctx, turn{notify.TroubleStore, g.failing, true}, now)
		g.storeTold, g.failing = false, time.Time{}
	case err == nil:
		g.failing = time.Time{}
	}
}

// change tells and writes down that it was told. Where every road fails nothing is written, and the next look tells again.
func (g *guard) change(ctx context.Context, c turn, now time.Time) {
	if !g.tell(ctx, c, now) {
		return
	}
	step := told(c.what)
	if c.recovered {
		step = over(c.what)
	}
	err := errors.Join(g.books.Beat(ctx, since(c.what), c.since), g.books.Beat(ctx, step, now))
	if err != nil && ctx.Err() == nil {
		g.log.Warn("recording what staff were told", "error", err)
	}
}

// tell tells on all roads, and says whether one of them, if there are any, was open. Those that were not are tried again.
func (g *guard) tell(ctx context.Context, c turn, now time.Time) (done bool) {
	if c.recovered {
		g.log.Info("trouble is over", "trouble", c.what, "since", c.since)
	} else {
		g.log.Error("trouble", "trouble", c.what, "since", c.since)
	}
	roads := g.roads(c)
	var missed []errand
	for _, r := range roads {
		if err := g.on(ctx, r, c, now); err != nil {
			missed = append(missed, errand{r, c, now})
		}
	}
	if len(missed) == len(roads) && len(roads) > 0 && c.what != notify.TroubleStore {
		return false
	}
	g.errands = append(g.errands, missed...)
	return true
}

func (g *guard) on(ctx context.Context, r road, c turn, now time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, tellTimeout)
	defer cancel()
	err := r.Tell(ctx, c, now)
	if err != nil && !errors.Is(ctx.Err(), context.Canceled) {
		g.log.Warn("telling of trouble", "trouble", c.what, "road", fmt.Sprint(r), "error", err)
	}
	return err
}

// retry runs the errands that are left.
func (g *guard) retry(ctx context.Context, now time.Time) {
	var left []errand
	for _, e := range g.errands {
		if now.Sub(e.at) < errandFor && g.on(ctx, e.road, e.turn, e.at) != nil {
			left = append(left, e)
		}
	}
	g.errands = left
}

// show keeps what lasts, for /readyz and the metrics.
func (g *guard) show(verdicts map[notify.Trouble]verdict, p *pulse, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	lasting := map[notify.Trouble]time.Time{}
	for _, what := range notify.Troubles() {
		before, lasted := g.lasting[what]
		switch v := verdicts[what]; {
		case v.health == ill:
			lasting[what] = v.since
		case v.health == unsure && lasted && what != notify.TroubleStore:
			lasting[what] = before
		}
	}
	if !g.failing.IsZero() && now.Sub(g.failing) >= unwritten {
		lasting[notify.TroubleStore] = g.failing
	}
	g.lasting = lasting
	if g.shown != nil {
		g.shown(lasting, p)
	}
}

// Lasting returns the troubles that the last look found, in the order of the list.
func (g *guard) Lasting() (all []notify.Trouble) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, what := range notify.Troubles() {
		if _, ok := g.lasting[what]; ok {
			all = append(all, what)
		}
	}
	return all
}
