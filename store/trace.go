package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// A Trace is what of something that was erased may still lie in the mailbox: a message, or the copy that the server kept of a
// letter of ours. It is kept, sealed, until it has been deleted there, too, so that no failure of the mailbox forgets it.
type Trace struct {
	Place     Place  `json:"place"` // where the message lay last; zero for a letter
	MessageID string `json:"message_id"`
	Sum       string `json:"sum"` // SHA-256 of the message's bytes in hex; "" of a letter, and where they were not all fetched

	name string
	row  int64
}

// Letter tells a letter of ours from a message.
func (t *Trace) Letter() bool { return t.name == ofLetter }

// ofTrace seals traces, under the row of what was erased and its kind.
const ofTrace = "trace"

// maxTraces bounds how many traces are followed at once.
const maxTraces = 1000

// leaveTrace keeps a trace of what is being erased.
func (t *tx) leaveTrace(name string, row int64, trace Trace) error {
	text, err := json.Marshal(trace)
	if err != nil {
		return fmt.Errorf("writing a trace: %w", err)
	}
	return t.seal(ofTrace, row, name, text)
}

// sumOf returns the SHA-256 of bytes in hex; "" of none.
func sumOf(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Traces returns what is still to be deleted in the mailbox, a bounded number of it.
func (db *DB) Traces(ctx context.Context) (out []Trace, err error) {
	err = db.read(ctx, func(t *tx) error {
		var rows []sealedRow
		if err := t.list(&rows, `SELECT kind, row_id, name FROM sealed WHERE kind = ? ORDER BY row_id, name LIMIT ?`, ofTrace, maxTraces); err != nil {
			return err
		}
		for _, r := range rows {
			text, err := t.unseal(ofTrace, r.RowID, r.Name)
			if err != nil {
				return err
			}
			trace := Trace{name: r.Name, row: r.RowID}
			if err := json.Unmarshal(text, &trace); err != nil {
				return fmt.Errorf("reading a trace: %w", err)
			}
			out = append(out, trace)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing what is to be deleted in the mailbox: %w", err)
	}
	return out, nil
}

// Purged forgets a trace: what it tells of has been deleted.
func (db *DB) Purged(ctx context.Context, trace *Trace) error {
	err := db.write(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM sealed WHERE kind = ? AND row_id = ? AND name = ?`, ofTrace, trace.row, trace.name)
	})
	if err != nil {
		return fmt.Errorf("forgetting what was deleted in the mailbox: %w", err)
	}
	return nil
}
