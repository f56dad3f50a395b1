package store

import (
	"context"
	"time"
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

// Handlers do the jobs. Each is given the id of the message or letter, may be called again for work that was done
// before, and says by Permanent that trying again is no use.
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
