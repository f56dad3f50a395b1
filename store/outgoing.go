package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Outgoing says whether letters to the outside may leave. It is a switch for the day on which something is wrong.
type Outgoing struct {
	Stopped bool      `json:"stopped"`
	Since   time.Time `json:"since"` // of the last change, zero if never
	By      string    `json:"by"`
}

const outgoingSwitch = "outgoing"

// OutgoingStopped returns how the switch stands.
func (db *DB) OutgoingStopped(ctx context.Context) (o Outgoing, err error) {
	err = db.read(ctx, func(t *tx) error {
		o, err = t.outgoing()
		return err
	})
	if err != nil {
		return o, fmt.Errorf("asking whether letters are stopped: %w", err)
	}
	return o, nil
}

func (t *tx) outgoing() (o Outgoing, err error) {
	var value []byte
	found, err := t.get(&value, `SELECT value FROM meta WHERE name = ?`, outgoingSwitch)
	if err != nil || !found {
		return o, err
	}
	return o, json.Unmarshal(value, &o)
}

// StopOutgoing keeps letters from leaving; they wait.
func (db *DB) StopOutgoing(ctx context.Context, by string) error {
	return db.switchOutgoing(ctx, true, "outgoing_stopped", by)
}

// StartOutgoing lets the waiting letters leave.
func (db *DB) StartOutgoing(ctx context.Context, by string) error {
	return db.switchOutgoing(ctx, false, "outgoing_started", by)
}

func (db *DB) switchOutgoing(ctx context.Context, stop bool, act, by string) error {
	err := db.write(ctx, func(t *tx) error {
		now, err := t.outgoing()
		if err != nil || now.Stopped == stop {
			return err
		}
		value, err := json.Marshal(Outgoing{stop, t.now.Time, by})
		if err != nil {
			return err
		}
		if err := t.setMeta(outgoingSwitch, value); err != nil {
			return err
		}
		if !stop {
			if err := t.hurry(DeliverJob); err != nil {
				return err
			}
		}
		return t.audit(act, by, "", "")
	})
	if err != nil {
		return fmt.Errorf("switching letters: %w", err)
	}
	return nil
}
