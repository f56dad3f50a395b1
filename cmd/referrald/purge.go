package main

import (
	"context"

	"referrald/ingest"
	"referrald/store"
)

// purge deletes in the mailbox what was erased here: messages wherever they lie, and the copies of our letters among what
// was sent. What cannot be deleted stays for the next time, and is handed to left with the reason; the last reason is
// returned. A mailbox that does not open ends it all, so that not each of many waits for it.
func purge(ctx context.Context, db *store.DB, box *settler, left func(*store.Trace, error)) (deleted int, err error) {
	traces, err := db.Traces(ctx)
	if err != nil {
		return 0, err
	}
	for i := range traces {
		t := &traces[i]
		opened := false
		failure := box.With(ctx, func(b *ingest.Mailbox) error {
			opened = true
			if t.Letter() {
				return b.PurgeSent(ctx, t.MessageID)
			}
			return b.Purge(ctx, ingest.Place(t.Place), t.MessageID, t.Sum)
		})
		if failure == nil {
			failure = db.Purged(ctx, t)
		}
		switch {
		case failure == nil:
			deleted++
		case ctx.Err() != nil:
			return deleted, context.Cause(ctx)
		case !opened:
			return deleted, failure
		default:
			left(t, failure)
			err = failure
		}
	}
	return deleted, err
}
