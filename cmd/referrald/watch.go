package main

import (
	"context"
	"fmt"
	"time"

	"referrald/ingest"
	"referrald/store"
)

// A mailbox is watched by one daemon at a time: whoever holds its lease. The holder renews it well before it ends; when
// a holder dies another takes over within leaseFor and leaseRenew together, less than a minute.
const (
	leaseFor    = 40 * time.Second
	leaseRenew  = 10 * time.Second
	leaseRetry  = time.Second
	leaseMargin = 10 * time.Second // before its end a lease that could not be renewed is given up
)

// watch brings mail in whenever this daemon holds the mailbox's lease, until ctx ends.
func (d *daemon) watch(ctx context.Context) error {
	lease, l := "mailbox:"+d.account.Host+"/"+d.account.User, newLedger(d.db)
	for ctx.Err() == nil {
		held, err := d.db.AcquireLease(ctx, lease, d.name, leaseFor)
		if err != nil && ctx.Err() == nil {
			d.log.Warn("asking for the mailbox", "error", err)
		}
		if held {
			d.watchWhileHeld(ctx, lease, l)
			continue
		}
		store.Pause(ctx, leaseRenew)
	}
	return nil
}

// watchWhileHeld watches until ctx ends or the lease is lost.
func (d *daemon) watchWhileHeld(ctx context.Context, lease string, l *ledger) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer cancel()
		d.renew(ctx, lease)
	}()
	events := make(chan ingest.Event, 256)
	go d.note(ctx, events)
	w := &ingest.Watch{Account: d.account, Folders: d.config.Mail.Folders, Junk: d.config.Mail.Junk, Poll: time.Duration(d.config.Mail.Poll),
		Largest: int64(d.config.Mail.LargestMiB) << 20, Ledger: l, Progress: func(e ingest.Event) {
			select {
			case events <- e:
			default: // a flood of events is not worth waiting for; the ledger knows what was filed
			}
		}}
	if err := w.Run(ctx); err != nil {
		d.log.Warn("watching the mailbox", "error", err)
	}
	if err := d.db.ReleaseLease(context.WithoutCancel(ctx), lease, d.name); err != nil {
		d.log.Warn("giving the mailbox back", "error", err)
	}
}

// renew renews the mailbox's lease until ctx ends, or until another may take it.
func (d *daemon) renew(ctx context.Context, lease string) {
	until, wait := time.Now().Add(leaseFor-leaseMargin), leaseRenew
	for store.Pause(ctx, wait) {
		asked := time.Now()
		held, err := d.db.AcquireLease(ctx, lease, d.name, leaseFor)
		switch {
		case err == nil && held:
			until, wait = asked.Add(leaseFor-leaseMargin), leaseRenew
		case err == nil || time.Now().After(until):
			return
		default:
			wait = leaseRetry
		}
	}
}

// onwardEvery is how often a message that was filed is a sign of life: each of a long backlog would be too much to write.
const onwardEvery = 30 * time.Second

// note keeps the signs of life and counts what happens.
func (d *daemon) note(ctx context.Context, events <-chan ingest.Event) {
	var read time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if e.Name == ingest.EventCycle || e.Onward && time.Since(read) >= onwardEvery {
				read = time.Now()
				d.metrics.lastRead.SetToCurrentTime()
				d.beat(ctx, store.BeatRead)
			}
			d.count(ctx, e)
		}
	}
}

// count counts what happened, and logs what is worth a line.
func (d *daemon) count(ctx context.Context, e ingest.Event) {
	d.metrics.watched.WithLabelValues(string(e.Name)).Inc()
	switch e.Name {
	case ingest.EventCycle:
	case ingest.EventFiled, ingest.EventConnected:
		d.log.Info("mailbox", "event", e.Name, "folder", e.Folder)
	default:
		if ingest.IsLogin(e.Err) {
			d.refused(ctx)
		}
		d.log.Warn("mailbox", "event", e.Name, "folder", e.Folder, "error", e.Err)
	}
}

// refused records that the mailbox does not let us in. A token that was refused is not shown again.
func (d *daemon) refused(ctx context.Context) {
	d.beat(ctx, beatRefused)
	if d.tokens != nil {
		d.tokens.Forget()
	}
}

// beat records a step, as well as it can: the watchdog tells where it could not.
func (d *daemon) beat(ctx context.Context, step string) {
	if err := d.steps.Beat(ctx, step, time.Now()); err != nil && ctx.Err() == nil {
		d.log.Warn("recording a step", "step", step, "error", err)
	}
}

// shelves are what the ledger needs of the store.
type shelves interface {
	Unknown(ctx context.Context, folder string, validity uint32, uids []uint32) ([]uint32, error)
	Attempt(ctx context.Context, p store.Place, further bool) (tries int, err error)
	File(ctx context.Context, a store.Arrival) (id int64, isNew bool, err error)
}

// A ledger lets ingest ask the store what is new, in its own words. It remembers which messages the store could not file, for
// that is not their fault: a try after it counts as the same one. Of a message that is refused very often nothing else is
// likely than that it cannot be kept, and a person must look for it in the mailbox.
type ledger struct {
	store   shelves
	refused map[ingest.Place]int
}

// storesFault is how many refusals in a row are the store's fault. The pauses between them make hours of them.
const storesFault = 30

func newLedger(s shelves) *ledger { return &ledger{s, map[ingest.Place]int{}} }

// Unknown returns the UIDs that have not been filed.
func (l *ledger) Unknown(ctx context.Context, f ingest.Folder, uids []uint32) ([]uint32, error) {
	return l.store.Unknown(ctx, f.Name, f.Validity, uids)
}

// Attempt records that a fetch begins.
func (l *ledger) Attempt(ctx context.Context, p ingest.Place) (int, error) {
	defer failpoint(beforeFetch)
	n := l.refused[p]
	return l.store.Attempt(ctx, store.Place(p), n == 0 || n > storesFault)
}

// File keeps a message with the job that works on it.
func (l *ledger) File(ctx context.Context, f ingest.Fetched) error {
	failpoint(afterFetch)
	a := store.Arrival{Place: store.Place(f.Place), Raw: f.Raw, Size: f.Size, Arrived: f.Arrived, TooLarge: f.TooLarge, Unfetchable: f.Unfetchable, Junk: f.Junk}
	if m, err := ingest.Open(f.Raw, ingest.DefaultLimits()); err == nil {
		a.Identity, a.MessageID, a.From = m.Identity, m.ID, m.From
	}
	failpoint(beforeFile)
	if _, _, err := l.store.File(ctx, a); err != nil {
		l.refused[f.Place]++
		return fmt.Errorf("filing: %w", err)
	}
	delete(l.refused, f.Place)
	failpoint(afterFile)
	return nil
}
