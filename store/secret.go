package store

import (
	"context"
	"fmt"
)

// ofDaemon seals what the daemon keeps for itself: no row's, but known by its name.
const ofDaemon = "daemon"

// KeepSecret keeps something that the daemons share and nobody else may read, such as a login's newest token. It is sealed as
// the letters are, and stands in backups so.
func (db *DB) KeepSecret(ctx context.Context, name string, value []byte) error {
	err := db.write(ctx, func(t *tx) error { return t.seal(ofDaemon, 0, name, value) })
	if err != nil {
		return fmt.Errorf("keeping %s: %w", name, err)
	}
	return nil
}

// Secret returns what was kept under a name; nil where nothing was.
func (db *DB) Secret(ctx context.Context, name string) (value []byte, err error) {
	err = db.read(ctx, func(t *tx) error {
		value, err = t.unseal(ofDaemon, 0, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return value, nil
}
