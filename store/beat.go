package store

import (
	"context"
	"fmt"
	"time"
)

// BeatRead is the step of having looked through the mailbox without an error, or filed a message on the way there. The
// watchdog and the digest go by it.
const BeatRead = "read"

// Beat records that a step of the daemon's round was done. What is alive and does nothing is known by its being old.
func (db *DB) Beat(ctx context.Context, step string, when time.Time) error {
	err := db.write(ctx, func(t *tx) error { return t.beat(step, at(when)) })
	if err != nil {
		return fmt.Errorf("recording a step: %w", err)
	}
	return nil
}

// beat never goes back in time.
func (t *tx) beat(step string, when moment) error {
	return t.exec(`INSERT INTO beats (step, at) VALUES (?, ?) ON CONFLICT (step) DO UPDATE SET at = excluded.at
		WHERE excluded.at > beats.at`, step, when)
}

// Beats returns when each step was last done.
func (db *DB) Beats(ctx context.Context) (out map[string]time.Time, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.beats()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the daemon's steps: %w", err)
	}
	return out, nil
}

func (t *tx) beats() (map[string]time.Time, error) {
	var rows []beatRow
	if err := t.list(&rows, `SELECT * FROM beats`); err != nil {
		return nil, err
	}
	out := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		out[r.Step] = r.At.Time
	}
	return out, nil
}

// BeatPeriodic is the step of a periodic work of that name.
func BeatPeriodic(name string) string { return "periodic:" + name }
