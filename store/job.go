package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// A JobKind says what a job does.
type JobKind string

// The kinds. Take and Settle are about a message, Deliver and Alert about a letter.
const (
	TakeJob     JobKind = "take"
	DeliverJob  JobKind = "deliver"
	SettleJob   JobKind = "settle"
	AlertJob    JobKind = "alert"
	PeriodicJob JobKind = "periodic"
)

// Permanent is a failure for which trying again is no use; the job is given up and stands among the failures.
type Permanent struct {
	Code string // a closed word or an SMTP code, for lists
	Err  error
}

func (p *Permanent) Error() string { return p.Err.Error() }

// Unwrap returns the cause.
func (p *Permanent) Unwrap() error { return p.Err }

// Later is a wish to be called again after a while that counts as no failure, as while letters are stopped.
type Later struct{ After time.Duration }

func (l *Later) Error() string { return "to be done after " + l.After.String() }

// The rows of jobs hold a number and nothing else. Each kind is a type of its own, because that is how the queue tells them.
type (
	takeArgs struct {
		ID int64 `json:"id"`
	}
	deliverArgs struct {
		ID int64 `json:"id"`
	}
	settleArgs struct {
		ID int64 `json:"id"`
	}
	alertArgs struct {
		ID int64 `json:"id"`
	}
	periodicArgs struct {
		Name string `json:"name"`
	}
)

func (takeArgs) Kind() string     { return string(TakeJob) }
func (deliverArgs) Kind() string  { return string(DeliverJob) }
func (settleArgs) Kind() string   { return string(SettleJob) }
func (alertArgs) Kind() string    { return string(AlertJob) }
func (periodicArgs) Kind() string { return string(PeriodicJob) }

// numbered is the arguments of a job about one row.
type numbered interface {
	river.JobArgs
	row() int64
}

func (a takeArgs) row() int64    { return a.ID }
func (a deliverArgs) row() int64 { return a.ID }
func (a settleArgs) row() int64  { return a.ID }
func (a alertArgs) row() int64   { return a.ID }

// alertQueue is worked by workers of its own, so that an alert never waits behind a heap of other work.
const alertQueue = "alerts"

// maxTries lets a job be tried for months: nothing that arrived is given up because a server was long away.
const maxTries = 10000

// enqueue puts a job in, to be worked when the transaction has been committed. One of its kind and row that waits already
// is enough.
func (t *tx) enqueue(kind JobKind, id int64) error {
	o := &river.InsertOpts{MaxAttempts: maxTries, Queue: river.QueueDefault, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}}
	if kind == AlertJob {
		o.Queue = alertQueue
	}
	args := map[JobKind]river.JobArgs{TakeJob: takeArgs{id}, DeliverJob: deliverArgs{id}, SettleJob: settleArgs{id}, AlertJob: alertArgs{id}}[kind]
	if args == nil {
		return fmt.Errorf("there are no jobs of the kind %q about a row", kind)
	}
	if _, err := t.db.queue.InsertTx(t.ctx, t.Tx.Tx, args, o); err != nil {
		return fmt.Errorf("putting in the job %s: %w", kind, err)
	}
	return nil
}

// unfinished are the states of a job that is still to be done.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// dropJobs takes the jobs about a row out that are not running.
func (t *tx) dropJobs(kind JobKind, id int64) error {
	return t.exec(`DELETE FROM river_job WHERE kind = ? AND state <> 'running' AND CAST(args ->> 'id' AS BIGINT) = ?`, string(kind), id)
}

// hurry lets the waiting jobs of a kind be done now.
func (t *tx) hurry(kind JobKind) error {
	return t.exec(`UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP WHERE kind = ? AND state IN ('scheduled', 'retryable')`, string(kind))
}

// Idle tells whether no job waits or runs, other than the periodic ones.
func (db *DB) Idle(ctx context.Context) (bool, error) {
	waiting := 0
	err := db.read(ctx, func(t *tx) (err error) {
		waiting, err = t.count(`SELECT count(*) FROM river_job WHERE state IN ('available', 'pending', 'running', 'retryable', 'scheduled') AND kind <> 'periodic'`)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("asking whether jobs wait: %w", err)
	}
	return waiting == 0, nil
}

// Failures returns what was given up and needs a person, oldest first.
func (db *DB) Failures(ctx context.Context) (out []Failure, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.failures()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing failures: %w", err)
	}
	return out, nil
}

func (t *tx) failures() ([]Failure, error) {
	var rows []failureRow
	if err := t.list(&rows, `SELECT * FROM failures ORDER BY at, kind, row_id LIMIT ?`, maxListed); err != nil {
		return nil, err
	}
	out := make([]Failure, len(rows))
	for i, r := range rows {
		out[i] = Failure{JobKind(r.Kind), r.RowID, r.Reference, r.At.Time, r.Code}
	}
	return out, nil
}

// giveUp keeps a failure, since the queue forgets its own after a while.
func (db *DB) giveUp(ctx context.Context, kind JobKind, id int64, p *Permanent) error {
	return db.write(ctx, func(t *tx) error {
		reference, err := t.referenceOf(kind, id)
		if err != nil {
			return err
		}
		code := p.Code
		if code == "" {
			code = "permanent"
		}
		if err := t.exec(`INSERT INTO failures (kind, row_id, reference, at, code) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (kind, row_id) DO UPDATE SET at = excluded.at, code = excluded.code`, string(kind), id, reference, t.now, code); err != nil {
			return err
		}
		return t.audit("gave_up", byMachine, reference, string(kind)+" "+code)
	})
}

func (t *tx) referenceOf(kind JobKind, id int64) (string, error) {
	if kind == TakeJob || kind == SettleJob {
		r, err := t.messageRow(id)
		return r.Reference, skipUnknown(err)
	}
	r, err := t.letterRow(id)
	return r.Reference, skipUnknown(err)
}

// skipUnknown lets a failure about a row that is gone be kept, too.
func skipUnknown(err error) error {
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	return err
}

// Retry takes a failure up again.
func (db *DB) Retry(ctx context.Context, kind JobKind, id int64, by string) error {
	err := db.write(ctx, func(t *tx) error {
		found, err := t.changed(`DELETE FROM failures WHERE kind = ? AND row_id = ?`, string(kind), id)
		if err != nil {
			return err
		}
		if !found {
			return ErrUnknown
		}
		reference, err := t.referenceOf(kind, id)
		if err != nil {
			return err
		}
		if kind == DeliverJob || kind == AlertJob {
			if err := t.exec(`UPDATE letters SET state = 'waiting' WHERE id = ? AND state = 'failed'`, id); err != nil {
				return err
			}
		}
		if err := t.enqueue(kind, id); err != nil {
			return err
		}
		return t.audit("retried", by, reference, string(kind))
	})
	if err != nil {
		return fmt.Errorf("taking up %s %d again: %w", kind, id, err)
	}
	return nil
}
