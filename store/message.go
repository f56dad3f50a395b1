package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrUnknown says that there is no such message, letter or case.
var ErrUnknown = errors.New("there is no such case, message or letter")

// A Message is one filed mail.
type Message struct {
	ID          int64     `json:"id"`
	Place                 // where it lies as far as the ledger knows
	Reference   string    `json:"reference"`     // drawn when it was filed; that of the case it opened
	Raw         []byte    `json:"raw,omitempty"` // nil where it was erased, and in lists
	From        string    `json:"from,omitempty"`
	MessageID   string    `json:"message_id,omitempty"`
	Size        int64     `json:"size"`
	Arrived     time.Time `json:"arrived"`
	Filed       time.Time `json:"filed"`
	TooLarge    bool      `json:"too_large,omitempty"`
	Unfetchable bool      `json:"unfetchable,omitempty"`
	Junk        bool      `json:"junk,omitempty"`
	ResendOf    string    `json:"resend_of,omitempty"` // the reference of the same message, part for part, that was filed before
	Resend      bool      `json:"-"`                   // ResendOf is set, and staff did not move it back
	Returned    bool      `json:"returned,omitempty"`  // staff moved it back to a watched folder after it had been settled
	Class       string    `json:"class"`               // "" until it is decided
	Outcome     string    `json:"outcome"`             // "" until it is decided
	Urgent      bool      `json:"urgent,omitempty"`
	Decided     time.Time `json:"decided"`
	Settled     time.Time `json:"settled"`         // zero until it was moved to its outcome's folder
	Joins       string    `json:"joins,omitempty"` // the reference of the earlier case that it was joined to
	Erased      bool      `json:"erased,omitempty"`
}

func (r *messageRow) message() Message {
	return Message{
		ID: r.ID, Place: r.place(), Reference: r.Reference, Size: r.Size, Arrived: r.Arrived.Time, Filed: r.Filed.Time,
		TooLarge: r.TooLarge, Unfetchable: r.Unfetchable, Junk: r.Junk, ResendOf: r.ResendOf, Resend: r.ResendOf != "" && !r.Returned,
		Returned: r.Returned, Class: r.Class, Outcome: r.Outcome, Urgent: r.Urgent, Decided: r.Decided.Time, Settled: r.Settled.Time,
		Joins: r.Joins, Erased: !r.Erased.IsZero(),
	}
}

func (r *messageRow) place() Place { return Place{r.Folder, uint32(r.Validity), uint32(r.UID)} }

// Message returns a message with its raw bytes, or ErrUnknown.
func (db *DB) Message(ctx context.Context, id int64) (m *Message, err error) {
	err = db.read(ctx, func(t *tx) error {
		r, err := t.messageRow(id)
		if err != nil {
			return err
		}
		whole := r.message()
		m = &whole
		return t.open(m)
	})
	if err != nil {
		return nil, fmt.Errorf("reading message %d: %w", id, err)
	}
	return m, nil
}

func (t *tx) messageRow(id int64) (*messageRow, error) {
	var r messageRow
	found, err := t.get(&r, `SELECT * FROM messages WHERE id = ?`, id)
	if err == nil && !found {
		err = ErrUnknown
	}
	return &r, err
}

// open fills in what is sealed.
func (t *tx) open(m *Message) (err error) {
	if m.Raw, err = t.unseal(ofMessage, m.ID, "raw"); err != nil {
		return err
	}
	return t.openHead(m)
}

func (t *tx) openHead(m *Message) error {
	from, err := t.unseal(ofMessage, m.ID, "from")
	if err != nil {
		return err
	}
	id, err := t.unseal(ofMessage, m.ID, "message_id")
	m.From, m.MessageID = string(from), string(id)
	return err
}

// MessagesOf returns the messages of a case, the one that opened it first, without their raw bytes.
func (db *DB) MessagesOf(ctx context.Context, reference string) (out []Message, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.messagesOf(reference)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the messages of a case: %w", err)
	}
	return out, nil
}

func (t *tx) messagesOf(reference string) ([]Message, error) {
	rows, err := t.messageRows(reference)
	if err != nil {
		return nil, err
	}
	out := make([]Message, len(rows))
	for i := range rows {
		out[i] = rows[i].message()
		if err := t.openHead(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *tx) messageRows(reference string) (rows []messageRow, err error) {
	reference = opener(reference)
	err = t.list(&rows, `SELECT * FROM messages WHERE reference = ? UNION ALL
		SELECT * FROM messages WHERE joins = ? AND joins <> '' ORDER BY id`, reference, reference)
	return rows, err
}

// Settled records that a message was moved, and where it lies now; an empty folder leaves its place.
func (db *DB) Settled(ctx context.Context, id int64, when time.Time, where Place) error {
	err := db.write(ctx, func(t *tx) error {
		r, err := t.messageRow(id)
		if err != nil || !r.Settled.IsZero() {
			return err
		}
		if where.Folder != "" && where.UID != 0 {
			if err := t.occupy(where, id); err != nil {
				return err
			}
			if err := t.exec(`UPDATE messages SET folder = ?, validity = ?, uid = ? WHERE id = ?`, where.Folder, int64(where.Validity), int64(where.UID), id); err != nil {
				return err
			}
		}
		if err := t.exec(`UPDATE messages SET settled = ? WHERE id = ?`, at(when), id); err != nil {
			return err
		}
		return t.audit("settled", byMachine, r.Reference, r.Outcome)
	})
	if err != nil {
		return fmt.Errorf("recording that message %d was moved: %w", id, err)
	}
	return nil
}
