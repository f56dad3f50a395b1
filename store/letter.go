package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// A LetterState says how far a kept mail has come.
type LetterState string

// The states. A mail whose connection broke after the final dot stays LetterSending and is sent again under its Message-ID.
const (
	LetterDraft     LetterState = "draft" // waits for a person's release
	LetterWaiting   LetterState = "waiting"
	LetterSending   LetterState = "sending"
	LetterSent      LetterState = "sent"
	LetterFailed    LetterState = "failed" // for good
	LetterBounced   LetterState = "bounced"
	LetterWithdrawn LetterState = "withdrawn" // a person decided otherwise
	LetterErased    LetterState = "erased"
)

// A Letter is a kept mail with its fate.
type Letter struct {
	ID int64 `json:"id"`
	Mail
	Message   int64       `json:"message,omitempty"`   // the message that it answers, or 0
	Reference string      `json:"reference,omitempty"` // of the case that it is about
	State     LetterState `json:"state"`
	Created   time.Time   `json:"created"`
	Sent      time.Time   `json:"sent"`
	Tries     int         `json:"tries"`
	Code      string      `json:"code,omitempty"` // why the last try failed: a closed word or an SMTP code
}

// Done tells that there is nothing to send: it was sent, or is not to be.
func (l *Letter) Done() bool { return l.State != LetterWaiting && l.State != LetterSending }

func (r *letterRow) letter() Letter {
	return Letter{ID: r.ID, Mail: Mail{Kind: MailKind(r.Kind), Template: r.Template}, Message: r.Message, Reference: r.Reference,
		State: LetterState(r.State), Created: r.Created.Time, Sent: r.Sent.Time, Tries: int(r.Tries), Code: r.Code}
}

// Letter returns a kept mail with its bytes, or ErrUnknown.
func (db *DB) Letter(ctx context.Context, id int64) (l *Letter, err error) {
	err = db.read(ctx, func(t *tx) error {
		r, err := t.letterRow(id)
		if err != nil {
			return err
		}
		whole := r.letter()
		l = &whole
		return t.openLetter(l, true)
	})
	if err != nil {
		return nil, fmt.Errorf("reading letter %d: %w", id, err)
	}
	return l, nil
}

func (t *tx) letterRow(id int64) (*letterRow, error) {
	var r letterRow
	found, err := t.get(&r, `SELECT * FROM letters WHERE id = ?`, id)
	if err == nil && !found {
		err = ErrUnknown
	}
	return &r, err
}

func (t *tx) openLetter(l *Letter, whole bool) error {
	head, err := t.unseal(ofLetter, l.ID, "envelope")
	if err != nil || head == nil {
		return err
	}
	var e envelope
	if err := json.Unmarshal(head, &e); err != nil {
		return fmt.Errorf("reading an envelope: %w", err)
	}
	l.MessageID, l.From, l.To = e.MessageID, e.From, e.To
	if whole {
		l.Raw, err = t.unseal(ofLetter, l.ID, "raw")
	}
	return err
}

// LettersTo counts the automatic letters to an address since a moment, and all of them, for the caps.
func (db *DB) LettersTo(ctx context.Context, address string, since time.Time) (toAddress, total int, err error) {
	err = db.read(ctx, func(t *tx) error {
		key, err := t.addressKey(address)
		if err != nil {
			return err
		}
		if toAddress, err = t.count(`SELECT count(*) FROM letters WHERE to_key = ? AND created >= ? AND kind = 'letter' AND state <> 'draft' AND state <> 'withdrawn'`, key, at(since)); err != nil {
			return err
		}
		total, err = t.count(`SELECT count(*) FROM letters WHERE created >= ? AND kind = 'letter' AND state <> 'draft' AND state <> 'withdrawn'`, at(since))
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("counting letters: %w", err)
	}
	return toAddress, total, nil
}

// Sending records, before the first byte leaves, that a letter is being sent.
func (db *DB) Sending(ctx context.Context, id int64) error {
	err := db.write(ctx, func(t *tx) error {
		return t.exec(`UPDATE letters SET state = 'sending', tries = tries + 1 WHERE id = ? AND state IN ('waiting', 'sending')`, id)
	})
	if err != nil {
		return fmt.Errorf("recording that letter %d is being sent: %w", id, err)
	}
	return nil
}

// Sent records that the server took a letter. It does not wait long: who is not told of it sends the letter again.
func (db *DB) Sent(ctx context.Context, id int64, when time.Time) error {
	err := db.promptly(ctx, func(t *tx) error {
		r, err := t.letterRow(id)
		if err != nil || r.State == string(LetterSent) || r.State == string(LetterBounced) || !r.Sent.IsZero() {
			return err
		}
		// One that was erased while it was on its way stays erased.
		if err := t.exec(`UPDATE letters SET state = CASE WHEN state = 'erased' THEN state ELSE 'sent' END, sent = ?, code = '' WHERE id = ?`, at(when), id); err != nil {
			return err
		}
		return t.audit("sent", byMachine, r.Reference, r.words())
	})
	if err != nil {
		return fmt.Errorf("recording that letter %d was sent: %w", id, err)
	}
	return nil
}

func (r *letterRow) words() string { return strings.TrimSpace(r.Kind + " " + r.Template) }

// Failed records why a letter could not be sent. One that failed for good marks its case.
func (db *DB) Failed(ctx context.Context, id int64, code string, permanent bool) error {
	err := db.write(ctx, func(t *tx) error {
		r, err := t.letterRow(id)
		if err != nil || r.State != string(LetterSending) && r.State != string(LetterWaiting) {
			return err
		}
		if !permanent {
			return t.exec(`UPDATE letters SET state = 'waiting', code = ? WHERE id = ?`, code, id)
		}
		if err := t.exec(`UPDATE letters SET state = 'failed', code = ? WHERE id = ?`, code, id); err != nil {
			return err
		}
		if err := t.markFailed(r.Reference); err != nil {
			return err
		}
		return t.audit("letter_failed", byMachine, r.Reference, r.words()+" "+code)
	})
	if err != nil {
		return fmt.Errorf("recording that letter %d failed: %w", id, err)
	}
	return nil
}

// markFailed marks the cases of a message whose letter did not arrive.
func (t *tx) markFailed(reference string) error {
	if reference == "" {
		return nil
	}
	return t.exec(`UPDATE cases SET letter_failed = TRUE, changed = ? WHERE opened = ?`, t.now, opener(reference))
}

// Bounced marks the cases whose letters came back, by the Message-IDs that the bounce quotes, and returns their references.
func (db *DB) Bounced(ctx context.Context, messageIDs []string) (references []string, err error) {
	err = db.write(ctx, func(t *tx) error {
		mails, err := t.mailKeys(messageIDs)
		if err != nil || len(mails) == 0 {
			return err
		}
		var rows []letterRow
		if err := t.listIn(&rows, `SELECT * FROM letters WHERE mail_key IN (?) ORDER BY id`, mails); err != nil {
			return err
		}
		for i := range rows {
			if rows[i].Reference != "" {
				references = append(references, rows[i].Reference)
			}
			if err := t.bounced(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("recording a bounce: %w", err)
	}
	return references, nil
}

func (t *tx) bounced(r *letterRow) error {
	if r.State == string(LetterBounced) || r.State == string(LetterErased) {
		return nil
	}
	if err := t.exec(`UPDATE letters SET state = 'bounced' WHERE id = ?`, r.ID); err != nil {
		return err
	}
	if err := t.markFailed(r.Reference); err != nil {
		return err
	}
	var cases []caseRow
	if err := t.list(&cases, `SELECT * FROM cases WHERE opened = ? AND opened <> ''`, opener(r.Reference)); err != nil {
		return err
	}
	for _, c := range cases {
		if _, err := t.act(actRow{CaseID: c.ID, At: t.now, Machine: true, ByWhom: byMachine, Action: string(ActBounced)}); err != nil {
			return err
		}
	}
	return t.audit("bounced", byMachine, r.Reference, r.words())
}
