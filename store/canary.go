package store

import (
	"context"
	"fmt"
	"time"
)

// CanaryTemplate marks, among the kept mails, those that the system sends to itself.
const CanaryTemplate = "canary"

// Canary returns the trial message that was kept under one of these Message-IDs, and when it was written; nil where none of
// them is of one.
func (db *DB) Canary(ctx context.Context, messageIDs ...string) (raw []byte, written time.Time, err error) {
	err = db.read(ctx, func(t *tx) error {
		keys, err := t.mailKeys(messageIDs)
		if err != nil || len(keys) == 0 {
			return err
		}
		var rows []letterRow
		if err := t.listIn(&rows, `SELECT * FROM letters WHERE mail_key IN (?) AND template = '`+CanaryTemplate+`' ORDER BY id LIMIT 1`, keys); err != nil || len(rows) == 0 {
			return err
		}
		written = rows[0].Created.Time
		raw, err = t.unseal(ofLetter, rows[0].ID, "raw")
		return err
	})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("looking for a trial message: %w", err)
	}
	return raw, written, nil
}
