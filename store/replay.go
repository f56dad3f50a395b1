package store

import (
	"context"
	"fmt"
	"time"
)

// DecidedMessages returns the numbers of the messages that were decided and are still kept, in the order of their filing,
// from those that arrived at a moment or later: what a changed policy can be tried on. It is not bounded; a number is small.
func (db *DB) DecidedMessages(ctx context.Context, since time.Time) (ids []int64, err error) {
	err = db.read(ctx, func(t *tx) error {
		return t.list(&ids, `SELECT id FROM messages WHERE class <> '' AND erased = '' AND arrived >= ? ORDER BY id`, at(since))
	})
	if err != nil {
		return nil, fmt.Errorf("listing the decided messages: %w", err)
	}
	return ids, nil
}

// CasesOf returns the references of the cases that a message opened, by the message's reference, in the order of the children.
func (db *DB) CasesOf(ctx context.Context, reference string) (references []string, err error) {
	err = db.read(ctx, func(t *tx) error {
		return t.list(&references, `SELECT reference FROM cases WHERE opened = ? AND opened <> '' ORDER BY number`, opener(reference))
	})
	if err != nil {
		return nil, fmt.Errorf("listing the cases of a message: %w", err)
	}
	return references, nil
}
