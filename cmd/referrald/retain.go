package main

import (
	"context"
	"time"

	"referrald/store"
	"referrald/triage"
)

// retain forgets what the policy lets be forgotten: nothing until it is set. What is erased in the store is deleted in
// the mailbox, too; that which could not be at an earlier time is tried again.
func (d *daemon) retain(ctx context.Context) error {
	if p := retentionOf(d.examiner.Policy); len(p.Days) > 0 || p.Ignored > 0 {
		if _, err := d.db.Retention(ctx, p, time.Now(), false); err != nil {
			return err
		}
	}
	_, err := purge(ctx, d.db, d.box, func(t *store.Trace, err error) {
		d.log.Warn("deleting in the mailbox what was erased; it is tried again", "folder", t.Place.Folder, "error", err)
	})
	return err
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
