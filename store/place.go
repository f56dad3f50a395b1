package store

import (
	"context"
	"fmt"
	"slices"
)

// A Place is where a message lies in the mailbox. It is a message's identity for the ledger, never a flag and never a
// Message-ID.
type Place struct {
	Folder   string `json:"folder"`
	Validity uint32 `json:"validity"` // UIDVALIDITY
	UID      uint32 `json:"uid"`
}

// Unknown returns those of a folder's UIDs, in rising order, at which the ledger has filed nothing.
func (db *DB) Unknown(ctx context.Context, folder string, validity uint32, uids []uint32) ([]uint32, error) {
	if len(uids) == 0 {
		return nil, nil
	}
	var known []uint32
	err := db.read(ctx, func(t *tx) error {
		return t.list(&known, `SELECT uid FROM places WHERE folder = ? AND validity = ? AND uid >= ? AND uid <= ? AND message <> 0`,
			folder, int64(validity), int64(slices.Min(uids)), int64(slices.Max(uids)))
	})
	if err != nil {
		return nil, fmt.Errorf("asking the ledger: %w", err)
	}
	filed := make(map[uint32]bool, len(known))
	for _, u := range known {
		filed[u] = true
	}
	out := slices.DeleteFunc(slices.Clone(uids), func(u uint32) bool { return filed[u] })
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Attempt records that a message is about to be fetched, and how often that was tried: one that breaks the connection each
// time is known by it, and filed as unfetchable. A try after one that failed for the store's own sake is no further one.
func (db *DB) Attempt(ctx context.Context, p Place, further bool) (tries int, err error) {
	more := int64(0)
	if further {
		more = 1
	}
	err = db.write(ctx, func(t *tx) error {
		_, err := t.get(&tries, `INSERT INTO places (folder, validity, uid, tries, first_seen) VALUES (?, ?, ?, 1, ?)
			ON CONFLICT (folder, validity, uid) DO UPDATE SET tries = places.tries + ? RETURNING tries`,
			p.Folder, int64(p.Validity), int64(p.UID), t.now, more)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("recording an attempt: %w", err)
	}
	return tries, nil
}

// occupy records which message lies at a place.
func (t *tx) occupy(p Place, message int64) error {
	return t.exec(`INSERT INTO places (folder, validity, uid, message, first_seen) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (folder, validity, uid) DO UPDATE SET message = excluded.message`,
		p.Folder, int64(p.Validity), int64(p.UID), message, t.now)
}
