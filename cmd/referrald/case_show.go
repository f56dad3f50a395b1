package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"referrald/store"
	"referrald/triage"
)

// caseShowCommand shows one case. What tells of persons is shown only where it is asked for, and asking is kept.
type caseShowCommand struct {
	withConfig
	aboutCase
	Personal bool   `help:"Show what was read, the words behind each reason, notes and addresses, too. The audit trail keeps that you looked."`
	By       string `help:"Your name; needed with --personal." placeholder:"NAME"`
}

// Run prints the case from what it is to what was done about it.
func (c *caseShowCommand) Run(ctx context.Context, t terminal) error {
	if c.Personal && strings.TrimSpace(c.By) == "" {
		return usageError("--personal needs --by NAME: the audit trail keeps who looked at whose data")
	}
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.find(ctx, c.Reference)
		if err != nil {
			return err
		}
		if c.Personal {
			if err := d.db.Audit(ctx, "looked", c.By, f.Reference, ""); err != nil {
				return err
			}
		}
		child, err := d.decisionOf(ctx, f)
		if err != nil {
			return err
		}
		s := shown{d, f, c.Personal}
		s.head()
		s.decision(child)
		s.history()
		s.letters()
		s.reviews()
		return nil
	})
}

// decisionOf returns what the machine decided last about a case: of its child or, where the message has none, as a whole.
func (d *desk) decisionOf(ctx context.Context, f *store.CaseFile) (*triage.Child, error) {
	var c triage.Child
	if f.Decision != nil {
		if err := json.Unmarshal(f.Decision, &c); err != nil {
			return nil, fmt.Errorf("reading a decision: %w", err)
		}
		return &c, nil
	}
	for i := len(f.Messages) - 1; i >= 0; i-- {
		kept, err := d.db.Kept(ctx, f.Messages[i].ID)
		if err != nil {
			return nil, err
		}
		if kept.Intake == nil {
			continue
		}
		in, err := intakeOf(kept)
		if err != nil {
			return nil, err
		}
		c.Signs = in.Signs
		c.Decision = triage.Decision{Outcome: in.Outcome, Urgent: in.Urgent, Reasons: in.Reasons, Contacts: in.Home}
		return &c, nil
	}
	return &c, nil
}

// intakeOf opens what was kept of a message's decision.
func intakeOf(kept store.Kept) (*triage.Intake, error) {
	var in triage.Intake
	if err := json.Unmarshal(kept.Intake, &in); err != nil {
		return nil, fmt.Errorf("reading a decision: %w", err)
	}
	return &in, nil
}

// A shown is one case on its way to the page.
type shown struct {
	*desk
	file     *store.CaseFile
	personal bool
}

func (s shown) head() {
	f := s.file
	s.line("%s", s.ink.bold(f.Reference))
	s.line("  Stands    %s", s.stands()+", "+words(f.Status))
	s.line("  Arrived   %s, as %s", s.when(f.Arrived), words(f.Class))
	s.line("  Council   %s", words(f.Council))
	s.line("  Pathway   %s", words(f.Pathway))
	if s.personal {
		s.line("  School    %s", orDash(f.School))
	}
	for _, m := range s.marks(&f.CaseLine) {
		s.line("  %s", m)
	}
	for _, m := range f.Messages {
		s.message(&m)
	}
}

// stands says by whose decision the case stands where it does.
func (s shown) stands() string {
	if s.file.ByPerson {
		return s.ink.bold("A person decided: " + words(s.file.Outcome))
	}
	return s.outcome(s.file.Outcome, s.file.Urgent) + " (the machine; no person has decided yet)"
}

func (s shown) message(m *store.Message) {
	how := ""
	switch {
	case m.Erased:
		how = ", erased"
	case m.Returned:
		how = ", moved back by staff"
	case m.Resend:
		how = ", the same again"
	case m.Joins != "":
		how = ", joined to this case"
	}
	from := ""
	if s.personal && m.From != "" {
		from = " from " + m.From
	}
	s.line("  Message   %s%s, in %s%s", s.when(m.Arrived), from, m.Folder, how)
}

// decision prints the machine's reasons: closed sentences, and the words that led to them only where persons may be shown.
func (s shown) decision(c *triage.Child) {
	s.line("\n  %s", s.ink.bold("What the machine decided, clause by clause"))
	if s.file.Erased {
		s.line("    erased")
		return
	}
	if c.Decision.Outcome != "" {
		s.line("    %s", s.outcome(c.Decision.Outcome, c.Decision.Urgent))
	}
	if len(c.Decision.Missing) > 0 {
		s.line("    Missing   %s", s.wrap(labelsOf(c.Decision.Missing), 14))
	}
	if s.personal {
		s.reasons("  ", c.Decision.Reasons)
		s.next(c)
		if len(c.Referral.Fields) > 0 {
			s.line("\n  %s", s.ink.bold("What was read"))
			s.fields(c)
		}
		s.signs(c.Signs)
		return
	}
	s.reasons("  ", withoutWords(c.Decision.Reasons))
	s.next(c)
	s.line("    %s", s.ink.faint("The words behind each reason: --personal --by NAME"))
}

func withoutWords(reasons []triage.Reason) []triage.Reason {
	out := make([]triage.Reason, len(reasons))
	for i, r := range reasons {
		out[i] = triage.Reason{Clause: r.Clause, Code: r.Code, Verdict: r.Verdict, Effect: r.Effect, Says: r.Code.Sentence(), Source: r.Source}
	}
	return out
}

// labelsOf names missing things as the form does.
func labelsOf(missing []triage.Missing) string {
	labels := make([]string, len(missing))
	for i, m := range missing {
		labels[i] = m.Label()
	}
	return strings.Join(labels, "; ")
}

// history prints what was done, the machine's acts and persons' told apart.
func (s shown) history() {
	s.line("\n  %s", s.ink.bold("History"))
	for i := range s.file.Acts {
		a := &s.file.Acts[i]
		s.line("    %s  %s  %s", s.when(a.At), s.who(a), actWords(a))
		switch {
		case a.Note == "":
		case s.personal:
			s.line("%24s“%s”", "", s.wrap(oneLine(a.Note), 25))
		default:
			s.line("%24s%s", "", s.ink.faint("with a note: --personal --by NAME"))
		}
	}
}

func (s shown) who(a *store.Act) string {
	if a.Machine {
		return s.ink.faint(strings.TrimSpace("machine " + strings.Trim(a.Version+" policy "+a.Policy, " ")))
	}
	return s.ink.blue("person  " + a.By)
}

// actWords says what was done.
func actWords(a *store.Act) string {
	what := words(a.Action)
	switch a.Action {
	case store.ActDecided, store.ActFollowedUp, store.ActOutcome:
		what += ": " + words(a.Outcome)
	}
	if a.Word != "" && a.Action != store.ActOutcome {
		what += ": " + words(a.Word)
	}
	if a.Urgent && a.Machine {
		what += ", urgent"
	}
	return what
}

func (s shown) letters() {
	s.line("\n  %s", s.ink.bold("Letters"))
	if len(s.file.Letters) == 0 {
		s.line("    none")
	}
	for _, l := range s.file.Letters {
		to := ""
		if s.personal && l.To != "" {
			to = " to " + l.To
		}
		s.line("    %s  %s %s%s: %s%s", s.when(l.Created), words(l.Kind), words(l.Template), to, words(l.State), fateOf(&l))
	}
}

// fateOf says more where a letter has trouble, or waits for somebody.
func fateOf(l *store.Letter) string {
	switch {
	case l.State == store.LetterDraft:
		return " (waits for `case release` or `case decide`)"
	case l.Code != "":
		return fmt.Sprintf(" (%s, %d tries)", l.Code, l.Tries)
	}
	return ""
}

func (s shown) reviews() {
	if len(s.file.Reviews) == 0 {
		return
	}
	s.line("\n  %s", s.ink.bold("Reviews that are due"))
	for _, r := range s.file.Reviews {
		s.line("    %s  %s", r.Due.Format("2 Jan 2006"), r.Code.Sentence())
	}
}
