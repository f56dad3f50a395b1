package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"referrald/notify"
	"referrald/triage"
)

// ErrSeveral says that a reference is that of a message about several children.
var ErrSeveral = errors.New("the reference stands for several children; name one of them")

// A CaseStatus says where a case stands with the staff.
type CaseStatus string

// The statuses.
const (
	StatusWaiting    CaseStatus = "waiting"    // for the school: information was asked for
	StatusHeld       CaseStatus = "held"       // for a person
	StatusOpen       CaseStatus = "open"       // accepted
	StatusSignposted CaseStatus = "signposted" // until a person has looked again and closed it
	StatusClosed     CaseStatus = "closed"
)

// A CaseLine is a case in a list. It holds nothing personal.
type CaseLine struct {
	Reference    string         `json:"reference"` // "7KQM-3XTR", or "7KQM-3XTR/2" for the second child of a message
	Class        triage.Class   `json:"class"`
	Outcome      triage.Outcome `json:"outcome"`
	Status       CaseStatus     `json:"status"`
	Urgent       bool           `json:"urgent"`
	Acknowledged bool           `json:"acknowledged"` // a person has seen the urgent case
	Pathway      triage.Pathway `json:"pathway"`
	Council      triage.Council `json:"council"`
	Codes        []triage.Code  `json:"codes"`
	Flags        []triage.Code  `json:"flags"`
	Arrived      time.Time      `json:"arrived"`
	Changed      time.Time      `json:"changed"`
	ByPerson     bool           `json:"by_person"` // the last decision is a person's
	NextReview   time.Time      `json:"next_review"`
	LetterFailed bool           `json:"letter_failed"` // a letter could not be delivered or came back
	LegalHold    bool           `json:"legal_hold"`
	Erased       bool           `json:"erased"`
}

func (c *caseRow) line() CaseLine {
	return CaseLine{
		Reference: c.Reference, Class: triage.Class(c.Class), Outcome: triage.Outcome(c.Outcome), Status: CaseStatus(c.Status),
		Urgent: c.Urgent, Acknowledged: c.Acknowledged, Pathway: triage.Pathway(c.Pathway), Council: triage.Council(c.Council),
		Codes: splitCodes(c.Codes), Flags: splitCodes(c.Flags), Arrived: c.Arrived.Time, Changed: c.Changed.Time, ByPerson: c.ByPerson,
		NextReview: c.NextReview.Time, LetterFailed: c.LetterFailed, LegalHold: c.LegalHold, Erased: !c.Erased.IsZero(),
	}
}

// A Filter chooses cases; a zero field does not narrow.
type Filter struct {
	Outcome triage.Outcome
	Status  CaseStatus // closed cases are listed only where it is StatusClosed or All is set
	Council triage.Council
	Urgent  bool      // only urgent ones that nobody has acknowledged
	Failed  bool      // only those with a letter that did not arrive
	Since   time.Time // arrived at or after
	Until   time.Time // arrived before
	Taken   time.Time // accepted at or after, whenever it arrived
	All     bool      // closed ones, too
	Oldest  bool      // oldest first; else newest
	Limit   int       // 0: 1000
}

// maxListed bounds a list that asks for no limit.
const maxListed = 1000

// where writes the filter as SQL. Only fixed texts are joined; every value is an argument.
func (f *Filter) where() (text string, values []any) {
	var parts []string
	add := func(part string, value ...any) {
		parts = append(parts, part)
		values = append(values, value...)
	}
	if f.Outcome != "" {
		add(`outcome = ?`, string(f.Outcome))
	}
	switch {
	case f.Status != "":
		add(`status = ?`, string(f.Status))
	case !f.All:
		add(`status <> 'closed'`)
	}
	if f.Council != "" {
		add(`council = ?`, string(f.Council))
	}
	if f.Urgent {
		add(`urgent AND NOT acknowledged`)
	}
	if f.Failed {
		add(`letter_failed`)
	}
	if !f.Since.IsZero() {
		add(`arrived >= ?`, at(f.Since))
	}
	if !f.Taken.IsZero() {
		add(`accepted >= ? AND accepted <> ''`, at(f.Taken))
	}
	if !f.Until.IsZero() {
		add(`arrived < ?`, at(f.Until))
	}
	if len(parts) == 0 {
		return `TRUE`, nil
	}
	return strings.Join(parts, ` AND `), values
}

// Cases lists cases.
func (db *DB) Cases(ctx context.Context, f Filter) (out []CaseLine, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.lines(f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing cases: %w", err)
	}
	return out, nil
}

func (t *tx) lines(f Filter) ([]CaseLine, error) {
	where, values := f.where()
	order := `arrived DESC, id DESC`
	if f.Oldest {
		order = `arrived, id`
	}
	if f.Limit <= 0 {
		f.Limit = maxListed
	}
	var rows []caseRow
	if err := t.list(&rows, `SELECT * FROM cases WHERE `+where+` ORDER BY `+order+` LIMIT ?`, append(values, f.Limit)...); err != nil {
		return nil, err
	}
	return caseLines(rows), nil
}

func caseLines(rows []caseRow) []CaseLine {
	out := make([]CaseLine, len(rows))
	for i := range rows {
		out[i] = rows[i].line()
	}
	return out
}

// caseRow returns a case by its reference as typed. That of a message with several children names none of them alone.
func (t *tx) caseRow(reference string) (*caseRow, error) {
	known, err := notify.ParseReference(reference)
	if err != nil {
		return nil, ErrUnknown
	}
	reference = string(known)
	var c caseRow
	found, err := t.get(&c, `SELECT * FROM cases WHERE reference = ?`, reference)
	if err != nil || found {
		return &c, err
	}
	var several []string
	if err := t.list(&several, `SELECT reference FROM cases WHERE opened = ? ORDER BY number`, reference); err != nil {
		return nil, err
	}
	if len(several) > 0 {
		return nil, fmt.Errorf("%w: %s", ErrSeveral, strings.Join(several, ", "))
	}
	return nil, ErrUnknown
}

func (t *tx) insertCase(c *caseRow) (int64, error) {
	return t.insert(`INSERT INTO cases (reference, opened, number, message, class, outcome, status, urgent, acknowledged, pathway, council,
		codes, flags, child_key, arrived, changed, by_person, accepted, tool_completed, next_review)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Reference, c.Opened, c.Number, c.Message, c.Class, c.Outcome, c.Status, c.Urgent, c.Acknowledged, c.Pathway, c.Council,
		c.Codes, c.Flags, c.ChildKey, c.Arrived, c.Changed, c.ByPerson, c.Accepted, c.ToolCompleted, c.NextReview)
}

// saveCase writes all of a case that can change.
func (t *tx) saveCase(c *caseRow) error {
	return t.exec(`UPDATE cases SET outcome = ?, status = ?, urgent = ?, acknowledged = ?, pathway = ?, codes = ?, flags = ?, child_key = ?,
		changed = ?, by_person = ?, accepted = ?, tool_completed = ?, status_review = ?, tool_review = ?, event = ?, closed = ?,
		next_review = ?, legal_hold = ?, erased = ? WHERE id = ?`,
		c.Outcome, c.Status, c.Urgent, c.Acknowledged, c.Pathway, c.Codes, c.Flags, c.ChildKey,
		c.Changed, c.ByPerson, c.Accepted, c.ToolCompleted, c.StatusReview, c.ToolReview, c.Event, c.Closed,
		c.NextReview, c.LegalHold, c.Erased, c.ID)
}
