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
}

// oldestUndecided is found by the index of what is undecided.
const oldestUndecided = `SELECT filed FROM messages WHERE class = '' ORDER BY id LIMIT 1`

// Pulse tells whether the work goes on.
func (db *DB) Pulse(ctx context.Context) (p Pulse, err error) {
	err = db.read(ctx, func(t *tx) error {
		if p.Beats, err = t.beats(); err != nil {
			return err
		}
		var filed moment
		if _, err := t.get(&filed, oldestUndecided); err != nil {
			return err
		}
		p.Undecided = filed.Time
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("feeling the daemon's pulse: %w", err)
	}
	return p, nil
}
