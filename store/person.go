package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"referrald/triage"
)

// ErrErased says that a case's personal data was erased; nothing can be decided about it any more.
var ErrErased = errors.New("the case was erased; only its audit trail is left")

// PersonDecided is a person's decision about a case.
type PersonDecided struct {
	Reference string
	By        string
	Outcome   triage.Outcome // "" leaves the outcome: a note, a release or a letter alone
	Release   bool           // let the drafted letter go; else a new outcome or letter withdraws it
	Note      string         // sealed
	Letter    *Mail          // a letter that goes with it, or nil
}

// DecideByPerson keeps a person's decision beside the machine's, which stays as it was. It acknowledges an urgent case.
func (db *DB) DecideByPerson(ctx context.Context, d PersonDecided) error {
	switch d.Outcome {
	case "", triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold:
	default:
		return fmt.Errorf("a person cannot decide %q; choose accept, request_information, signpost or hold", d.Outcome)
	}
	return db.person(ctx, d.Reference, d.By, "deciding", func(t *tx, c *caseRow) error {
		if d.Outcome != "" {
			c.decideByPerson(d.Outcome, t.now)
		}
		c.Acknowledged = c.Acknowledged || c.Urgent
		if err := t.personMail(c, &d); err != nil {
			return err
		}
		action := ActOutcome
		switch {
		case d.Outcome != "":
		case d.Release:
			action = ActReleased
		case d.Letter != nil:
			action = ActLetter
		default:
			action = ActNote
		}
		return t.personAct(c, action, d.By, string(d.Outcome), d.Note)
	})
}

func (c *caseRow) decideByPerson(o triage.Outcome, now moment) {
	c.Outcome, c.Status, c.ByPerson, c.Closed = string(o), string(statusOf(o)), true, moment{}
	if o == triage.Accept && c.Accepted.IsZero() {
		c.Accepted = now
	}
}

// personMail lets the drafts go or withdraws them, and keeps the new letter.
func (t *tx) personMail(c *caseRow, d *PersonDecided) error {
	if d.Release || d.Outcome != "" || d.Letter != nil {
		if err := t.drafts(c, d); err != nil {
			return err
		}
	}
	if d.Letter == nil {
		return nil
	}
	d.Letter.Kind = LetterMail
	return t.keepMail(0, c.Opened, d.Letter, LetterWaiting)
}

func (t *tx) drafts(c *caseRow, d *PersonDecided) error {
	var rows []letterRow
	if err := t.list(&rows, `SELECT * FROM letters WHERE reference = ? AND reference <> '' AND state = 'draft' ORDER BY id`, c.Opened); err != nil {
		return err
	}
	if d.Release && len(rows) == 0 {
		return errors.New("no letter waits for a release")
	}
	for _, r := range rows {
		state, action := LetterWithdrawn, ActWithdrawn
		if d.Release {
			state, action = LetterWaiting, ActReleased
			if err := t.enqueue(DeliverJob, r.ID); err != nil {
				return err
			}
		}
		if err := t.exec(`UPDATE letters SET state = ? WHERE id = ?`, string(state), r.ID); err != nil {
			return err
		}
		if err := t.audit("letter_"+string(action), d.By, c.Reference, r.words()); err != nil {
			return err
		}
	}
	return nil
}

// person runs one act of a person on a case: it finds the case, lets the act change it, and keeps it.
func (db *DB) person(ctx context.Context, reference, by, what string, do func(*tx, *caseRow) error) error {
	if strings.TrimSpace(by) == "" {
		return errors.New("an act on a case needs the name of who does it")
	}
	err := db.write(ctx, func(t *tx) error {
		c, err := t.caseRow(reference)
		if err != nil {
			return err
		}
		if !c.Erased.IsZero() {
			return ErrErased
		}
		if err := do(t, c); err != nil {
			return err
		}
		c.Changed = t.now
		c.schedule(db.zone)
		return t.saveCase(c)
	})
	if err != nil {
		return fmt.Errorf("%s about a case: %w", what, err)
	}
	return nil
}

// personAct adds a person's act, with its note sealed, to the history and the audit trail.
func (t *tx) personAct(c *caseRow, a Action, by, word, note string) error {
	id, err := t.act(actRow{CaseID: c.ID, At: t.now, ByWhom: by, Action: string(a), Outcome: c.Outcome, Urgent: c.Urgent, Pathway: c.Pathway, Word: word})
	if err != nil {
		return err
	}
	if err := t.seal(ofAct, id, "note", []byte(clean(note))); err != nil {
		return err
	}
	return t.audit(string(a), by, c.Reference, word)
}

// Acknowledge records that a person has seen an urgent case; it is no longer alerted.
func (db *DB) Acknowledge(ctx context.Context, reference, by string) error {
	return db.person(ctx, reference, by, "acknowledging", func(t *tx, c *caseRow) error {
		c.Acknowledged = true
		return t.personAct(c, ActAcknowledged, by, "", "")
	})
}

// CloseCase closes a case. That of an accepted one asks for a last review of the tool (clause tracker). Once no child of the
// message has an open case, what was drafted for a release is withdrawn.
func (db *DB) CloseCase(ctx context.Context, reference, by, note string) error {
	return db.person(ctx, reference, by, "closing", func(t *tx, c *caseRow) error {
		c.Status, c.Closed, c.Acknowledged, c.ByPerson = string(StatusClosed), t.now, true, true
		open, err := t.count(`SELECT count(*) FROM cases WHERE opened = ? AND id <> ? AND status <> 'closed'`, c.Opened, c.ID)
		if err != nil {
			return err
		}
		if open == 0 {
			if err := t.drafts(c, &PersonDecided{By: by}); err != nil {
				return err
			}
		}
		return t.personAct(c, ActClosed, by, "", note)
	})
}

// ReopenCase opens a closed case again, where its outcome had put it.
func (db *DB) ReopenCase(ctx context.Context, reference, by, note string) error {
	return db.person(ctx, reference, by, "reopening", func(t *tx, c *caseRow) error {
		c.Status, c.Closed = string(statusOf(triage.Outcome(c.Outcome))), moment{}
		return t.personAct(c, ActReopened, by, "", note)
	})
}

// LegalHold keeps a case from being erased, or ends that.
func (db *DB) LegalHold(ctx context.Context, reference, by string, on bool) error {
	return db.person(ctx, reference, by, "holding", func(t *tx, c *caseRow) error {
		c.LegalHold = on
		if on {
			return t.personAct(c, ActLegalHold, by, "", "")
		}
		return t.personAct(c, ActLegalFree, by, "", "")
	})
}

// statusWord is what a recorded status may look like, for it stands in lists and in the audit trail.
var statusWord = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Status records the tracker's status of a case as one closed word of the service ("low", "stepped_up"); it counts as the
// month's review of the status.
func (db *DB) Status(ctx context.Context, reference, status, by, note string) error {
	if !statusWord.MatchString(status) {
		return errors.New("a status is one word of small letters, digits and _; what there is to say belongs in the note")
	}
	return db.person(ctx, reference, by, "recording a status", func(t *tx, c *caseRow) error {
		c.StatusReview = t.now
		return t.personAct(c, ActStatus, by, status, note)
	})
}
