package store

import (
	"context"
	"fmt"
	"time"
)

// AcquireLease takes or renews a lease, and tells whether the holder has it for that long: one daemon at a time watches a
// mailbox, and another takes over when the lease of one that died has run out. Renew it well before it ends.
func (db *DB) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error) {
	err = db.write(ctx, func(t *tx) error {
		held, err = t.changed(`INSERT INTO leases (name, holder, ends_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE
			SET holder = excluded.holder, ends_at = excluded.ends_at WHERE leases.holder = excluded.holder OR leases.ends_at <= ?`,
			name, holder, at(t.now.Add(ttl)), t.now)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("taking the lease of %s: %w", name, err)
	}
	return held, nil
}

// ReleaseLease gives a lease back, so that the next holder need not wait for its end.
func (db *DB) ReleaseLease(ctx context.Context, name, holder string) error {
	err := db.write(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM leases WHERE name = ? AND holder = ?`, name, holder)
	})
	if err != nil {
		return fmt.Errorf("giving back the lease of %s: %w", name, err)
	}
	return nil
}
