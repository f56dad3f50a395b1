package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrLegalHold says that a case is under legal hold.
var ErrLegalHold = errors.New("the case is under legal hold; end that first")

// Erase deletes everything personal about a case: what was read, decided and noted, and, once no other child's case needs
// them, the messages, their letters and their jobs. The audit trail stays, and the bare line for counts. Whole says that the
// messages went, too: what lies of them in the mailbox is among the Traces then.
func (db *DB) Erase(ctx context.Context, reference, by string) (whole bool, err error) {
	if strings.TrimSpace(by) == "" {
		return false, errors.New("an act on a case needs the name of who does it")
	}
	err = db.write(ctx, func(t *tx) error {
		c, err := t.caseRow(reference)
		if err != nil {
			return err
		}
		whole, err = t.erase(c, by)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("erasing a case: %w", err)
	}
	return whole, nil
}

func (t *tx) erase(c *caseRow, by string) (whole bool, err error) {
	switch {
	case c.LegalHold:
		return false, ErrLegalHold
	case !c.Erased.IsZero():
		return false, nil
	}
	if err := t.forgetCase(c); err != nil {
		return false, err
	}
	c.Erased, c.Changed, c.ChildKey, c.Urgent, c.NextReview = t.now, t.now, "", false, moment{}
	c.Status = string(StatusClosed)
	if c.Closed.IsZero() {
		c.Closed = t.now
	}
	if err := t.saveCase(c); err != nil {
		return false, err
	}
	if _, err := t.act(actRow{CaseID: c.ID, At: t.now, Machine: by == byMachine, ByWhom: by, Action: string(ActErased)}); err != nil {
		return false, err
	}
	if err := t.audit("erased", by, c.Reference, ""); err != nil {
		return false, err
	}
	left, err := t.count(`SELECT count(*) FROM cases WHERE opened = ? AND erased = ''`, c.Opened)
	if err != nil || left > 0 {
		return false, err
	}
	return true, t.eraseMessages(c.Opened)
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
func (t *tx) eraseMessages(opened string) error {
	rows, err := t.messageRows(opened)
	if err != nil {
		return err
	}
	for i := range rows {
		if err := t.eraseMessage(&rows[i]); err != nil {
			return err
		}
	}
	return t.eraseLetters(opened)
}

func (t *tx) eraseMessage(r *messageRow) error {
	if !r.Erased.IsZero() {
		return nil
	}
	m := r.message()
	if err := t.open(&m); err != nil {
		return err
	}
	trace := Trace{Place: r.place(), MessageID: m.MessageID}
	if !r.TooLarge { // else the bytes here are not all
		trace.Sum = sumOf(m.Raw)
	}
	if err := t.leaveTrace(ofMessage, r.ID, trace); err != nil {
		return err
	}
	if err := t.forget(ofMessage, r.ID); err != nil {
		return err
	}
	if err := t.exec(`UPDATE messages SET erased = ?, identity_key = '', content_key = '', mail_key = '' WHERE id = ?`, t.now, r.ID); err != nil {
		return err
	}
	for _, k := range []JobKind{TakeJob, SettleJob} {
		if err := t.dropJobs(k, r.ID); err != nil {
			return err
		}
	}
	return t.exec(`DELETE FROM failures WHERE row_id = ? AND kind IN ('take', 'settle')`, r.ID)
}

// eraseLetters deletes the letters of what a message opened, and those about a single child of it.
func (t *tx) eraseLetters(opened string) error {
	var rows []letterRow
	if err := t.list(&rows, `SELECT * FROM letters WHERE reference <> '' AND (reference = ?
		OR reference IN (SELECT reference FROM cases WHERE opened = ?))`, opened, opened); err != nil {
		return err
	}
	for _, r := range rows {
		l := r.letter()
		if err := t.openLetter(&l, false); err != nil {
			return err
		}
		if l.Tries > 0 { // even if it failed: the server may have taken it before the connection broke
			if err := t.leaveTrace(ofLetter, r.ID, Trace{MessageID: l.MessageID}); err != nil {
				return err
			}
		}
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
