package main

import (
	"context"
	"errors"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// retain forgets what the policy lets be forgotten: nothing until it is set. What is erased in the store is deleted in
// the mailbox, too.
func (d *daemon) retain(ctx context.Context) error {
	p := retentionOf(d.examiner.Policy)
	if len(p.Days) == 0 && p.Ignored == 0 {
		return nil
	}
	_, places, err := d.db.Retention(ctx, p, time.Now(), false)
	if err != nil {
		return err
	}
	return d.deleteMail(ctx, places)
}

// retentionOf returns the policy's term in the store's words: one term after closing for every outcome.
func retentionOf(p *triage.Policy) store.RetentionPolicy {
	r := store.RetentionPolicy{Days: map[triage.Outcome]int{}, Ignored: p.RetentionDays}
	if p.RetentionDays > 0 {
		for _, o := range []triage.Outcome{triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold} {
			r.Days[o] = p.RetentionDays
		}
	}
	return r
}

// deleteMail deletes messages in the mailbox; one that is gone already is no fault.
func (d *daemon) deleteMail(ctx context.Context, places []store.MailPlace) error {
	for _, p := range places {
		err := d.box.With(ctx, func(box *ingest.Mailbox) error { return box.Delete(ctx, ingest.Place(p.Place)) })
		if err != nil && !errors.Is(err, ingest.ErrGone) {
			return err
		}
	}
	return nil
}
