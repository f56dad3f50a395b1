package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrLegalHold says that a case is under legal hold.
var ErrLegalHold = errors.New("the case is under legal hold; end that first")

// A MailPlace is where an erased message lies in the mailbox, to be deleted there, too.
type MailPlace struct {
	Place
	MessageID string // to be compared before anything is deleted
}

// Erase deletes everything personal about a case: what was read, decided and noted, and, once no other child's case needs
// them, the messages, their letters and their jobs. The audit trail stays, and the bare line for counts. It returns the
// places in the mailbox where the messages are to be deleted.
func (db *DB) Erase(ctx context.Context, reference, by string) (places []MailPlace, err error) {
	if strings.TrimSpace(by) == "" {
		return nil, errors.New("an act on a case needs the name of who does it")
	}
	err = db.write(ctx, func(t *tx) error {
		c, err := t.caseRow(reference)
		if err != nil {
			return err
		}
		places, err = t.erase(c, by)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("erasing a case: %w", err)
	}
	return places, nil
}

func (t *tx) erase(c *caseRow, by string) ([]MailPlace, error) {
	switch {
	case c.LegalHold:
		return nil, ErrLegalHold
	case !c.Erased.IsZero():
		return nil, nil
	}
	if err := t.forgetCase(c); err != nil {
		return nil, err
	}
	c.Erased, c.Changed, c.ChildKey, c.Urgent, c.NextReview = t.now, t.now, "", false, moment{}
	c.Status = string(StatusClosed)
	if c.Closed.IsZero() {
		c.Closed = t.now
	}
	if err := t.saveCase(c); err != nil {
		return nil, err
	}
	if _, err := t.act(actRow{CaseID: c.ID, At: t.now, Machine: by == byMachine, ByWhom: by, Action: string(ActErased)}); err != nil {
		return nil, err
	}
	if err := t.audit("erased", by, c.Reference, ""); err != nil {
		return nil, err
	}
	left, err := t.count(`SELECT count(*) FROM cases WHERE opened = ? AND erased = ''`, c.Opened)
	if err != nil || left > 0 {
		return nil, err
	}
	return t.eraseMessages(c.Opened)
}

// forgetCase deletes what is sealed of a case and its acts.
func (t *tx) forgetCase(c *caseRow) error {
	if err := t.forget(ofCase, c.ID); err != nil {
		return err
	}
	var acts []int64
	if err := t.list(&acts, `SELECT id FROM acts WHERE case_id = ?`, c.ID); err != nil {
		return err
	}
	for _, id := range acts {
		if err := t.forget(ofAct, id); err != nil {
			return err
		}
	}
	return nil
}

// eraseMessages deletes the messages and letters that belong to what a message opened.
func (t *tx) eraseMessages(opened string) (places []MailPlace, err error) {
	rows, err := t.messageRows(opened)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		p, err := t.eraseMessage(&rows[i])
		if err != nil {
			return nil, err
		}
		places = append(places, p...)
	}
	return places, t.eraseLetters(opened)
}

func (t *tx) eraseMessage(r *messageRow) ([]MailPlace, error) {
	if !r.Erased.IsZero() {
		return nil, nil
	}
	id, err := t.unseal(ofMessage, r.ID, "message_id")
	if err != nil {
		return nil, err
	}
	if err := t.forget(ofMessage, r.ID); err != nil {
		return nil, err
	}
	if err := t.exec(`UPDATE messages SET erased = ?, identity_key = '', content_key = '', mail_key = '' WHERE id = ?`, t.now, r.ID); err != nil {
		return nil, err
	}
	for _, k := range []JobKind{TakeJob, SettleJob} {
		if err := t.dropJobs(k, r.ID); err != nil {
			return nil, err
		}
	}
	if err := t.exec(`DELETE FROM failures WHERE row_id = ? AND kind IN ('take', 'settle')`, r.ID); err != nil {
		return nil, err
	}
	return []MailPlace{{r.place(), string(id)}}, nil
}

// eraseLetters deletes the letters of what a message opened, and those about a single child of it.
func (t *tx) eraseLetters(opened string) error {
	var rows []letterRow
	if err := t.list(&rows, `SELECT * FROM letters WHERE reference <> '' AND (reference = ?
		OR reference IN (SELECT reference FROM cases WHERE opened = ?))`, opened, opened); err != nil {
		return err
	}
	for _, r := range rows {
		if err := t.forget(ofLetter, r.ID); err != nil {
			return err
		}
		if err := t.exec(`UPDATE letters SET state = 'erased', to_key = '' WHERE id = ?`, r.ID); err != nil {
			return err
		}
		for _, k := range []JobKind{DeliverJob, AlertJob} {
			if err := t.dropJobs(k, r.ID); err != nil {
				return err
			}
		}
		if err := t.exec(`DELETE FROM failures WHERE row_id = ? AND kind IN ('deliver', 'alert')`, r.ID); err != nil {
			return err
		}
	}
	return nil
}
