package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Handlers do the jobs. Each is given the id of the message or letter, may be called again for work that was done before,
// and says by Permanent that trying again is no use, and by Later that it is too early.
type Handlers struct {
	Take, Deliver, Settle, Alert func(ctx context.Context, id int64) error
	Periodic                     []Periodic
}

// A Periodic is work that one daemon among all does again and again. One that fell due while none ran is done at once.
type Periodic struct {
	Name string
	Next func(time.Time) time.Time // the next moment after the given one
	Do   func(ctx context.Context) error
}

// Times of the work.
const (
	jobTimeout   = 15 * time.Minute // of one job; a message with many scans takes long
	drainTimeout = 20 * time.Second // of the jobs that run when the daemon is to stop; they are done again
	workerLease  = 30 * time.Second // after which the jobs of a daemon that died are given to others
	leaseMargin  = 5 * time.Second  // before that a living one that cannot renew it lets go of them
	leaseRenew   = 6 * time.Second
	leaseRetry   = time.Second
	firstRetry   = 5 * time.Second
	lastRetry    = 15 * time.Minute
)

// Work does jobs until the context ends, then lets those that run come to their end within a bound. On a database file it
// needs the Lock.
//
// While the database is out of reach for so long that another daemon may take the jobs over, they are broken off here, so
// that none is done by two at once. The work begins anew, again and again, until the database is back.
func (db *DB) Work(ctx context.Context, h Handlers, workers int) error {
	if _, err := db.opened(); err != nil {
		return err
	}
	if err := h.whole(); err != nil {
		return err
	}
	for {
		err := db.shift(ctx, h, workers)
		switch {
		case ctx.Err() != nil && (errors.Is(err, errLapsed) || errors.Is(err, context.Cause(ctx))):
			return nil // it was to end anyhow
		case ctx.Err() != nil:
			return err
		}
		db.log.Warn("the work begins anew", "error", err)
		Pause(ctx, leaseRetry)
	}
}

// whole tells whether each kind of job has a handler.
func (h *Handlers) whole() error {
	for kind, do := range map[JobKind]func(context.Context, int64) error{TakeJob: h.Take, DeliverJob: h.Deliver, SettleJob: h.Settle, AlertJob: h.Alert} {
		if do == nil {
			return fmt.Errorf("no handler for the jobs of kind %s", kind)
		}
	}
	return nil
}

// errLapsed says that the worker's lease could not be renewed in time.
var errLapsed = errors.New("the database did not answer in time, and others may have taken over")

// shift is the work under one lease.
func (db *DB) shift(ctx context.Context, h Handlers, workers int) error {
	w := &worker{db: db, handlers: h, name: "referrald-" + rand.Text()}
	client, err := w.client(max(workers, 1))
	if err != nil {
		return err
	}
	if err := w.start(ctx); err != nil {
		return err
	}
	running, halt := context.WithCancel(context.WithoutCancel(ctx))
	defer halt()
	if err := client.Start(running); err != nil {
		return fmt.Errorf("starting the work: %w", err)
	}
	if err := w.attend(ctx); err != nil {
		return errors.Join(err, w.breakOff(running, client))
	}
	drained, cancel := context.WithTimeout(running, drainTimeout)
	defer cancel()
	if err := client.Stop(drained); err != nil {
		if err := w.breakOff(running, client); err != nil {
			return err
		}
	}
	return db.ReleaseLease(running, w.lease(), w.name)
}

// breakOff ends the jobs that run, at once.
func (w *worker) breakOff(ctx context.Context, client *river.Client[*sql.Tx]) error {
	hard, cancel := context.WithTimeout(ctx, drainTimeout)
	defer cancel()
	if err := client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stopping the work: %w", err)
	}
	return nil
}

// A worker is this process's share in the work.
type worker struct {
	db       *DB
	handlers Handlers
	name     string
}

func (w *worker) lease() string { return "worker:" + w.name }

// client makes the queue's client with a worker for each kind that has a handler.
func (w *worker) client(workers int) (*river.Client[*sql.Tx], error) {
	all := river.NewWorkers()
	h := &w.handlers
	for _, err := range []error{
		addWorker[takeArgs](all, w, TakeJob, h.Take),
		addWorker[deliverArgs](all, w, DeliverJob, h.Deliver),
		addWorker[settleArgs](all, w, SettleJob, h.Settle),
		addWorker[alertArgs](all, w, AlertJob, h.Alert),
		river.AddWorkerSafely(all, &periodicWorker{worker: w}),
	} {
		if err != nil {
			return nil, fmt.Errorf("preparing the work: %w", err)
		}
	}
	c, err := river.NewClient(w.db.engine.driver, &river.Config{
		ID: w.name, Logger: w.db.quiet(), Workers: all, PeriodicJobs: w.periodicJobs(),
		Queues:     map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, alertQueue: {MaxWorkers: 1}},
		JobTimeout: jobTimeout, RescueStuckJobsAfter: 3 * jobTimeout, RetryPolicy: backoff{},
		PollOnly: w.db.engine.pollOnly, FetchPollInterval: 500 * time.Millisecond, FetchCooldown: 100 * time.Millisecond,
		CompletedJobRetentionPeriod: 24 * time.Hour, CancelledJobRetentionPeriod: 7 * 24 * time.Hour, DiscardedJobRetentionPeriod: 7 * 24 * time.Hour,
	})
	if err != nil {
		return nil, fmt.Errorf("preparing the work: %w", err)
	}
	return c, nil
}

// backoff waits twice as long after each failure, up to a bound, and a random part more, so that what failed together does
// not come back together.
type backoff struct{}

// NextRetry returns when a failed job is tried again.
func (backoff) NextRetry(job *rivertype.JobRow) time.Time {
	wait := lastRetry
	if n := len(job.Errors); n < 8 {
		wait = min(firstRetry<<n, lastRetry)
	}
	return time.Now().Add(wait + mathrand.N(wait/4))
}

// A rowWorker works the jobs of one kind.
type rowWorker[A numbered] struct {
	river.WorkerDefaults[A]
	worker *worker
	kind   JobKind
	do     func(ctx context.Context, id int64) error
}

func addWorker[A numbered](all *river.Workers, w *worker, kind JobKind, do func(context.Context, int64) error) error {
	return river.AddWorkerSafely(all, &rowWorker[A]{worker: w, kind: kind, do: do})
}

// Work does one job, and tells the queue what a failure means.
func (r *rowWorker[A]) Work(ctx context.Context, job *river.Job[A]) error {
	err := r.do(ctx, job.Args.row())
	var permanent *Permanent
	var later *Later
	switch {
	case errors.As(err, &later):
		return river.JobSnooze(later.After)
	case errors.As(err, &permanent):
		if err := r.worker.db.giveUp(ctx, r.kind, job.Args.row(), permanent); err != nil {
			return fmt.Errorf("keeping a failure: %w", err)
		}
		return river.JobCancel(err)
	}
	return err
}

// A periodicWorker does the periodic work.
type periodicWorker struct {
	river.WorkerDefaults[periodicArgs]
	worker *worker
}

// Work does one round. A failed one is tried twice more; then the next round comes.
func (p *periodicWorker) Work(ctx context.Context, job *river.Job[periodicArgs]) error {
	for _, q := range p.worker.handlers.Periodic {
		if q.Name != job.Args.Name {
			continue
		}
		if err := p.worker.db.Beat(ctx, BeatPeriodic(q.Name), time.Now()); err != nil {
			return err
		}
		if err := q.Do(ctx); err != nil {
			return fmt.Errorf("%s: %w", q.Name, err)
		}
	}
	return nil
}

// schedule lets a function say when periodic work falls due.
type schedule func(time.Time) time.Time

// Next returns the next moment.
func (s schedule) Next(now time.Time) time.Time { return s(now) }

func (w *worker) periodicJobs() []*river.PeriodicJob {
	var out []*river.PeriodicJob
	for _, p := range w.handlers.Periodic {
		out = append(out, river.NewPeriodicJob(schedule(p.Next), func() (river.JobArgs, *river.InsertOpts) {
			return periodicArgs{p.Name}, periodicOpts()
		}, nil))
	}
	return out
}

func periodicOpts() *river.InsertOpts {
	return &river.InsertOpts{MaxAttempts: 3, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}}
}

// start makes this worker known, takes over what a dead one left, and puts in the periodic work that was missed.
func (w *worker) start(ctx context.Context) error {
	if err := w.alone(ctx); err != nil {
		return err
	}
	if _, err := w.db.AcquireLease(ctx, w.lease(), w.name, workerLease); err != nil {
		return err
	}
	if err := w.rescue(ctx); err != nil {
		return err
	}
	beats, err := w.db.Beats(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	err = w.db.write(ctx, func(t *tx) error {
		for _, p := range w.handlers.Periodic {
			last, ok := beats[BeatPeriodic(p.Name)]
			if !ok {
				if err := t.beat(BeatPeriodic(p.Name), at(now)); err != nil { // the first start: it counts from now
					return err
				}
				continue
			}
			if p.Next(last).After(now) {
				continue
			}
			if _, err := w.db.queue.InsertTx(ctx, t.Tx.Tx, periodicArgs{p.Name}, periodicOpts()); err != nil {
				return fmt.Errorf("putting in %s: %w", p.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("putting in the periodic work that was missed: %w", err)
	}
	return nil
}

// alone ends the leases of earlier workers where this one is known to be the only one.
func (w *worker) alone(ctx context.Context) error {
	if w.db.engine.file == "" {
		return nil
	}
	return w.db.write(ctx, func(t *tx) error { return t.exec(`DELETE FROM leases WHERE name LIKE 'worker:%'`) })
}

// rescue frees the jobs that are held by workers that have no lease any more. The queue itself would wait for the longest time
// that a job may take.
func (w *worker) rescue(ctx context.Context) error {
	err := w.db.promptly(ctx, func(t *tx) error {
		if err := t.exec(`DELETE FROM leases WHERE name LIKE 'worker:%' AND ends_at <= ?`, t.now); err != nil {
			return err
		}
		return t.exec(`UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP WHERE state = 'running'
			AND NOT EXISTS (SELECT 1 FROM leases WHERE name = 'worker:' || ` + w.db.engine.lastBy + `)`)
	})
	if err != nil {
		return fmt.Errorf("freeing the jobs of workers that died: %w", err)
	}
	return nil
}

// attend keeps the lease until the context ends, or says that it lapsed. A renewal that hangs counts as none.
func (w *worker) attend(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	renewed := make(chan time.Time)
	go w.renew(ctx, renewed)
	lapsed := time.NewTimer(workerLease - leaseMargin)
	defer lapsed.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-lapsed.C:
			return errLapsed
		case at := <-renewed:
			lapsed.Reset(time.Until(at.Add(workerLease - leaseMargin)))
		}
	}
}

// renew renews the lease again and again, tells from when it counts, and looks after the jobs of workers that died.
func (w *worker) renew(ctx context.Context, renewed chan<- time.Time) {
	wait := leaseRenew
	for Pause(ctx, wait) {
		at := time.Now()
		if _, err := w.db.AcquireLease(ctx, w.lease(), w.name, workerLease); err != nil {
			w.warn(ctx, "the worker's lease could not be renewed", err)
			wait = leaseRetry
			continue
		}
		wait = leaseRenew
		select {
		case renewed <- at:
		case <-ctx.Done():
		}
		if err := w.rescue(ctx); err != nil {
			w.warn(ctx, "looking after the jobs of others", err)
		}
	}
}

func (w *worker) warn(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		w.db.log.Warn(what, "error", err)
	}
}
