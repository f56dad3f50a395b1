package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// CanaryTemplate marks, among the kept mails, those that the system sends to itself.
const CanaryTemplate = "canary"

// Canary returns the trial message that was kept under one of these Message-IDs, and when it was written; nil where none of
// them is of one.
func (db *DB) Canary(ctx context.Context, messageIDs ...string) (raw []byte, written time.Time, err error) {
	err = db.read(ctx, func(t *tx) error {
		rows, err := t.canaries(messageIDs)
		if err != nil || len(rows) == 0 {
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

// ForgetCanary forgets a trial message that came back, in the outbox and in the ledger; that its place is taken stays known.
func (db *DB) ForgetCanary(ctx context.Context, message int64, messageIDs ...string) error {
	err := db.write(ctx, func(t *tx) error {
		if err := t.forget(ofMessage, message); err != nil {
			return err
		}
		rows, err := t.canaries(messageIDs)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := errors.Join(t.forget(ofLetter, r.ID), t.exec(`DELETE FROM letters WHERE id = ?`, r.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forgetting a trial message: %w", err)
	}
	return nil
}

// canaries returns the trial messages that are kept under these Message-IDs, oldest first.
func (t *tx) canaries(messageIDs []string) (rows []letterRow, err error) {
	keys, err := t.mailKeys(messageIDs)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	err = t.listIn(&rows, `SELECT * FROM letters WHERE mail_key IN (?) AND template = ? ORDER BY id`, keys, CanaryTemplate)
	return rows, err
}
