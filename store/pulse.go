package store

import (
	"context"
	"fmt"
	"time"
)

// A Pulse is what tells whether the work goes on, as of one state of the database.
type Pulse struct {
	Beats     map[string]time.Time // when each step was last done
	Undecided time.Time            // when the oldest message that is not decided yet was filed, zero if none waits
	Unsettled time.Time            // when the oldest message that is not moved to its folder yet was decided, zero if none waits
}

// The oldest are found by the indexes of what is undecided, and of what is unsettled.
const (
	oldestUndecided = `SELECT filed FROM messages WHERE class = '' ORDER BY id LIMIT 1`
	oldestUnsettled = `SELECT decided FROM messages WHERE settled = '' AND erased = '' AND class <> '' ORDER BY id LIMIT 1`
)

// Pulse tells whether the work goes on.
func (db *DB) Pulse(ctx context.Context) (p Pulse, err error) {
	err = db.read(ctx, func(t *tx) error {
		if p.Beats, err = t.beats(); err != nil {
			return err
		}
		var filed, decided moment
		if _, err := t.get(&filed, oldestUndecided); err != nil {
			return err
		}
		if _, err := t.get(&decided, oldestUnsettled); err != nil {
			return err
		}
		p.Undecided, p.Unsettled = filed.Time, decided.Time
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("feeling the daemon's pulse: %w", err)
	}
	return p, nil
}
