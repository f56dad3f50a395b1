package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"referrald/triage"
)

// Decided is all that one message leads to, kept in one transaction.
type Decided struct {
	MessageID int64
	At        time.Time // zero: now
	Class     triage.Class
	Outcome   triage.Outcome
	Urgent    bool
	Joins     string // the reference of the earlier case that a follow-up belongs to, or ""
	By        Machine
	Intake    []byte    // JSON, sealed
	Reading   []byte    // JSON, sealed
	Cases     []NewCase // one for each child; none makes one case of the whole message, unless it is ignored
	Letter    *Mail     // the one letter that leaves by itself, or nil
	Drafted   *Mail     // a letter that waits for a person's release, or nil
	Alerts    []Mail    // to staff, at once; one for each recipient
}

// A Machine says which build and which policy decided.
type Machine struct {
	Version string
	Policy  string // the hash of the policy
}

// A NewCase is one child of a message, with what was decided.
type NewCase struct {
	Number        int // from 1, in the order of the attachments
	Outcome       triage.Outcome
	Urgent        bool
	Pathway       triage.Pathway
	Codes         []triage.Code // the reasons' codes: closed words, not sealed
	Flags         []triage.Code
	Decision      []byte // JSON with reasons and words, sealed
	Name, Birth   string // for the blind index of known children; not kept
	ToolCompleted time.Time
	Council       triage.Council // of the home or, where that is not known, of the sender: for counts
	School        string         // sealed
}

// Decide keeps what one message leads to: cases and acts, letters, the jobs that deliver them and settle the message, and the
// audit entries, in one transaction. A message that was decided before is left as it is. A joined message adds to the cases
// of the earlier one, child by child.
func (db *DB) Decide(ctx context.Context, d Decided) error {
	err := db.write(ctx, func(t *tx) error {
		m, err := t.messageRow(d.MessageID)
		if err != nil || m.Class != "" {
			return err
		}
		if d.At.IsZero() {
			d.At = t.now.Time
		}
		return t.decide(m, &d)
	})
	if err != nil {
		return fmt.Errorf("keeping the decision on message %d: %w", d.MessageID, err)
	}
	return nil
}

func (t *tx) decide(m *messageRow, d *Decided) error {
	if d.Joins != "" {
		d.Joins = opener(d.Joins)
	}
	if err := t.exec(`UPDATE messages SET class = ?, outcome = ?, urgent = ?, decided = ?, joins = ? WHERE id = ?`,
		string(d.Class), string(d.Outcome), d.Urgent, at(d.At), d.Joins, m.ID); err != nil {
		return err
	}
	m.Class, m.Outcome, m.Urgent, m.Joins = string(d.Class), string(d.Outcome), d.Urgent, d.Joins
	if err := t.seal(ofMessage, m.ID, "intake", d.Intake); err != nil {
		return err
	}
	if err := t.seal(ofMessage, m.ID, "reading", d.Reading); err != nil {
		return err
	}
	if err := t.audit("decided", byMachine, m.Reference, fmt.Sprintf("%s %s version %s policy %s", d.Class, d.Outcome, d.By.Version, d.By.Policy)); err != nil {
		return err
	}
	if err := t.decideCases(m, d); err != nil {
		return err
	}
	if err := t.mails(m, d); err != nil {
		return err
	}
	return t.enqueue(SettleJob, m.ID)
}

// decideCases makes or goes on with the case of each child.
func (t *tx) decideCases(m *messageRow, d *Decided) error {
	if d.Outcome == triage.Ignore {
		return nil
	}
	all := d.Cases
	if len(all) == 0 {
		all = []NewCase{{Number: 1, Outcome: d.Outcome, Urgent: d.Urgent, Pathway: triage.PathwayUnknown, Council: triage.CouncilUnknown}}
	}
	for i := range all {
		if err := t.decideCase(m, d, &all[i], len(all)); err != nil {
			return fmt.Errorf("child %d: %w", all[i].Number, err)
		}
	}
	return nil
}

func (t *tx) decideCase(m *messageRow, d *Decided, n *NewCase, of int) error {
	if n.Number < 1 {
		n.Number = 1
	}
	if d.Joins == "" {
		return t.openCase(m, d, n, m.Reference, of)
	}
	var c caseRow
	found, err := t.get(&c, `SELECT * FROM cases WHERE opened = ? AND number = ?`, d.Joins, n.Number)
	if err != nil {
		return err
	}
	if !found {
		return t.openCase(m, d, n, d.Joins, max(of, n.Number))
	}
	return t.goOn(&c, m, d, n)
}

// openCase makes a case. The only child of a message has the message's reference; of several, each has its number behind it.
func (t *tx) openCase(m *messageRow, d *Decided, n *NewCase, opened string, of int) error {
	reference := opened
	if of > 1 {
		reference = fmt.Sprintf("%s/%d", opened, n.Number)
	}
	key, err := t.childKey(n.Name, n.Birth)
	if err != nil {
		return err
	}
	c := caseRow{
		Reference: reference, Opened: opened, Number: int64(n.Number), Message: m.ID, Class: string(d.Class), ChildKey: key,
		Arrived: m.Arrived, ToolCompleted: at(n.ToolCompleted), Council: string(n.Council),
	}
	c.take(n, at(d.At))
	c.schedule(t.db.zone)
	if c.ID, err = t.insertCase(&c); err != nil {
		return err
	}
	return t.keepDecision(&c, ActDecided, m, d, n)
}

// goOn adds a later message's decision to a case. A closed case that something is said about is a person's again.
func (t *tx) goOn(c *caseRow, m *messageRow, d *Decided, n *NewCase) error {
	if c.Status == string(StatusClosed) {
		n.Outcome, c.Closed = triage.Hold, moment{}
	}
	if key, err := t.childKey(n.Name, n.Birth); err != nil {
		return err
	} else if key != "" && c.Erased.IsZero() {
		c.ChildKey = key
	}
	if !n.ToolCompleted.IsZero() {
		c.ToolCompleted = at(n.ToolCompleted)
	}
	if n.Pathway == "" || n.Pathway == triage.PathwayUnknown {
		n.Pathway = triage.Pathway(c.Pathway) // a later message that says nothing of it changes nothing
	}
	c.take(n, at(d.At))
	c.schedule(t.db.zone)
	if err := t.saveCase(c); err != nil {
		return err
	}
	return t.keepDecision(c, ActFollowedUp, m, d, n)
}

// take brings what was decided into a case's line.
func (c *caseRow) take(n *NewCase, when moment) {
	c.Outcome, c.Status = string(n.Outcome), string(statusOf(n.Outcome))
	c.Acknowledged = c.Acknowledged && !n.Urgent // a new danger is told again
	c.Urgent = c.Urgent || n.Urgent
	c.Pathway, c.Changed, c.ByPerson = string(n.Pathway), when, false
	c.Codes, c.Flags = joinCodes(n.Codes), joinCodes(n.Flags)
	if n.Outcome == triage.Accept && c.Accepted.IsZero() {
		c.Accepted = when
	}
}

// statusOf says where a case stands after an outcome.
func statusOf(o triage.Outcome) CaseStatus {
	switch o {
	case triage.Accept:
		return StatusOpen
	case triage.RequestInformation:
		return StatusWaiting
	case triage.Signpost:
		return StatusSignposted
	case triage.Ignore:
		return StatusClosed
	}
	return StatusHeld
}

func (t *tx) keepDecision(c *caseRow, a Action, m *messageRow, d *Decided, n *NewCase) error {
	id, err := t.act(actRow{CaseID: c.ID, At: at(d.At), Machine: true, ByWhom: byMachine, Version: d.By.Version, Policy: d.By.Policy,
		Action: string(a), Outcome: string(n.Outcome), Urgent: n.Urgent, Pathway: string(n.Pathway), Message: m.ID})
	if err != nil {
		return err
	}
	if err := t.seal(ofAct, id, "decision", n.Decision); err != nil {
		return err
	}
	if err := t.seal(ofCase, c.ID, "school", []byte(n.School)); err != nil {
		return err
	}
	return t.audit(string(a), byMachine, c.Reference, fmt.Sprintf("%s %s", n.Outcome, c.Codes))
}

// mails keeps the letters and alerts with the jobs that deliver them.
func (t *tx) mails(m *messageRow, d *Decided) error {
	reference := m.Reference
	if d.Joins != "" {
		reference = d.Joins
	}
	if d.Letter != nil {
		if err := t.keepMail(m.ID, reference, d.Letter, LetterWaiting); err != nil {
			return err
		}
	}
	if d.Drafted != nil {
		if err := t.keepMail(m.ID, reference, d.Drafted, LetterDraft); err != nil {
			return err
		}
	}
	for i := range d.Alerts {
		d.Alerts[i].Kind = AlertMail
		if err := t.keepMail(m.ID, reference, &d.Alerts[i], LetterWaiting); err != nil {
			return err
		}
	}
	return nil
}

// Codes are kept as words between blanks, for lists; what they were derived from stands sealed in the decision.
func joinCodes(codes []triage.Code) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, " ")
}

func splitCodes(s string) (out []triage.Code) {
	for _, w := range strings.Fields(s) {
		out = append(out, triage.Code(w))
	}
	return out
}

// A Kept is what the machine made of a message, as it was kept.
type Kept struct {
	Intake  []byte // JSON
	Reading []byte // JSON
}

// Kept returns what Decide kept of a message: nil where it is undecided or was erased.
func (db *DB) Kept(ctx context.Context, messageID int64) (k Kept, err error) {
	err = db.read(ctx, func(t *tx) error {
		if k.Intake, err = t.unseal(ofMessage, messageID, "intake"); err != nil {
			return err
		}
		k.Reading, err = t.unseal(ofMessage, messageID, "reading")
		return err
	})
	if err != nil {
		return Kept{}, fmt.Errorf("reading what was kept of message %d: %w", messageID, err)
	}
	return k, nil
}
