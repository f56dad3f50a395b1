package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"
)

// AcquireLease takes or renews a lease, and tells whether the holder has it for that long: one daemon at a time watches a
// mailbox, and another takes over when the lease of one that died has run out. Renew it well before it ends.
func (db *DB) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error) {
	var got bool // held may be read before a write that was given up has ended
	err = db.promptly(ctx, func(t *tx) (err error) {
		got, err = t.changed(`INSERT INTO leases (name, holder, ends_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE
			SET holder = excluded.holder, ends_at = excluded.ends_at WHERE leases.holder = excluded.holder OR leases.ends_at <= ?`,
			name, holder, at(t.now.Add(ttl)), t.now)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("taking the lease of %s: %w", name, err)
	}
	return got, nil
}

// ReleaseLease gives a lease back, so that the next holder need not wait for its end.
func (db *DB) ReleaseLease(ctx context.Context, name, holder string) error {
	err := db.promptly(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM leases WHERE name = ? AND holder = ?`, name, holder)
	})
	if err != nil {
		return fmt.Errorf("giving back the lease of %s: %w", name, err)
	}
	return nil
}

// turnPause is the time between two looks whether it is one's turn.
const turnPause = 100 * time.Millisecond

// InTurn does something that only one process among all may do at a time, waiting until it is its turn. Its context ends
// after that long, and so does the turn, so that one that dies in it stops the others no longer.
func (db *DB) InTurn(ctx context.Context, name string, atMost time.Duration, do func(context.Context) error) error {
	name, holder := "turn:"+name, rand.Text()
	var ends time.Time
	for held := false; !held; {
		ends = time.Now().Add(atMost)
		var err error
		if held, err = db.AcquireLease(ctx, name, holder, atMost); err != nil {
			return err
		}
		if !held && !Pause(ctx, turnPause) {
			return fmt.Errorf("waiting for one's turn: %w", context.Cause(ctx))
		}
	}
	defer func() {
		if err := db.ReleaseLease(context.WithoutCancel(ctx), name, holder); err != nil {
			db.log.Warn("ending a turn; it ends by itself", "error", err)
		}
	}()
	ctx, cancel := context.WithDeadline(ctx, ends)
	defer cancel()
	return do(ctx)
}
