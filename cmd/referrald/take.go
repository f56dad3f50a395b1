package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/parse"
	"referrald/parse/form"
	"referrald/store"
	"referrald/triage"
)

// take works a filed message out and keeps case, decision, letter and the jobs that follow in one transaction.
func (d *daemon) take(ctx context.Context, id int64) error {
	m, err := d.db.Message(ctx, id)
	if err != nil {
		return err
	}
	if m.Class != "" || m.Erased {
		return nil // done before
	}
	failpoint(beforeTake)
	if trial, err := d.takeCanary(ctx, m); trial || err != nil {
		return err
	}
	started := time.Now()
	x, err := d.examiner.Examine(ctx, m.Raw, surroundings{At: m.Arrived, Junk: m.Junk, TooLarge: m.TooLarge, Defects: defectsOf(m),
		History: func(ctx context.Context, mail *ingest.Message, read parse.Reading) (triage.History, [][]byte, error) {
			failpoint(beforeDecide)
			return d.history(ctx, m, mail, read)
		}})
	if err != nil {
		return err
	}
	failpoint(afterDecide)
	kept, err := d.decided(ctx, m, x)
	if err != nil {
		return err
	}
	// First, since a decided message is never taken again: a bounce recorded twice is recorded once.
	if len(x.Message.Bounced) > 0 {
		if _, err := d.db.Bounced(ctx, x.Message.Bounced); err != nil {
			return err
		}
	}
	failpoint(beforeCommit)
	if err := d.db.Decide(ctx, *kept); err != nil {
		return err
	}
	failpoint(afterCommit)
	d.metrics.decided.WithLabelValues(string(x.Intake.Class), string(x.Intake.Outcome)).Inc()
	d.log.Info("decided", "reference", m.Reference, "class", x.Intake.Class, "outcome", x.Intake.Outcome, "urgent", x.Intake.Urgent,
		"children", len(x.Intake.Children), "took", time.Since(started).Round(time.Millisecond))
	failpoint(afterTake)
	return nil
}

// defectsOf says what of a message could not be fetched: closed words, each a reason for a person to look.
func defectsOf(m *store.Message) (defects []string) {
	if m.TooLarge {
		defects = append(defects, "The message is larger than is fetched whole; it must be opened in the mailbox")
	}
	if m.Unfetchable {
		defects = append(defects, "The mail server could not hand the message over; it must be opened in the mailbox")
	}
	return defects
}

// history tells what is known that bears on a message. It joins an earlier case only by our own reference or Message-ID,
// and only for a verified sender of the same domain: anything else is linked and held, never merged.
func (d *daemon) history(ctx context.Context, m *store.Message, mail *ingest.Message, read parse.Reading) (triage.History, [][]byte, error) {
	h := triage.History{Resend: m.Resend, Returned: m.Returned}
	quotes, err := d.db.Quoted(ctx, append(mail.InReplyTo, mail.References...), referencesIn(mail, read))
	if err != nil {
		return h, nil, err
	}
	var earlier [][]byte
	if q := d.joined(m, mail, quotes); q != nil {
		h.Reference, h.Accepted = q.Reference, q.Accepted
		if earlier, err = d.earlier(ctx, q.Reference, m.ID); err != nil {
			return h, nil, err
		}
	}
	h.KnownAs, err = d.knownAs(ctx, m.ID, h.Reference, read)
	return h, earlier, err
}

// joined returns the one case that a message belongs to, or nil.
func (d *daemon) joined(m *store.Message, mail *ingest.Message, quotes []store.Quote) *store.Quote {
	if !mail.Authenticated(d.examiner.trust) {
		return nil
	}
	var found *store.Quote
	_, domain, _ := strings.Cut(mail.From, "@")
	for i := range quotes {
		q := &quotes[i]
		if q.Erased || q.Reference == m.Reference || domain == "" || q.SenderDomain != domain {
			continue
		}
		if found != nil && found.Reference != q.Reference {
			return nil // two cases: a person says which
		}
		found = q
	}
	return found
}

func referencesIn(mail *ingest.Message, read parse.Reading) (all []string) {
	texts := []string{mail.Subject}
	for _, p := range read.Passages {
		texts = append(texts, p.Text)
	}
	for _, r := range notify.FindReferences(strings.Join(texts, "\n")) {
		all = append(all, string(r))
	}
	return all
}

// earlier returns the raw messages of a case, oldest first.
func (d *daemon) earlier(ctx context.Context, reference string, except int64) (raws [][]byte, err error) {
	lines, err := d.db.MessagesOf(ctx, reference)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if l.ID == except || l.Erased {
			continue
		}
		m, err := d.db.Message(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		raws = append(raws, m.Raw)
	}
	return raws, nil
}

func (d *daemon) knownAs(ctx context.Context, id int64, joined string, read parse.Reading) (known []string, err error) {
	for i := range read.Referrals {
		name, birth := nameAndBirth(&read.Referrals[i])
		found, err := d.db.KnownChildren(ctx, name, birth, id)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			if string(notify.Reference(r).Opener()) != joined {
				known = append(known, r)
			}
		}
	}
	return known, nil
}

func nameAndBirth(r *parse.Referral) (name, birth string) {
	if name = r.Value(form.Name); name == "" {
		name = r.Value(form.ToolChildName)
	}
	if birth = r.Value(form.DateOfBirth); birth == "" {
		birth = r.Value(form.ToolChildBirth)
	}
	return name, birth
}

// decided puts all that one transaction keeps together.
func (d *daemon) decided(ctx context.Context, m *store.Message, x *examined) (*store.Decided, error) {
	k := &store.Decided{MessageID: m.ID, Class: x.Intake.Class, Outcome: x.Intake.Outcome, Urgent: x.Intake.Urgent,
		Joins: x.Arrival.History.Reference, By: store.Machine{Version: version(), Policy: d.examiner.policyHash}}
	var err error
	if k.Intake, err = json.Marshal(x.Intake); err != nil {
		return nil, fmt.Errorf("writing the decision down: %w", err)
	}
	if k.Reading, err = json.Marshal(x.Reading); err != nil {
		return nil, fmt.Errorf("writing the reading down: %w", err)
	}
	if k.Cases, err = casesOf(x); err != nil {
		return nil, err
	}
	if err := d.letters(ctx, m, x, k); err != nil {
		return nil, err
	}
	return k, d.alerts(m, x, k)
}

func casesOf(x *examined) ([]store.NewCase, error) {
	var cases []store.NewCase
	for i := range x.Intake.Children {
		c := &x.Intake.Children[i]
		decision, err := json.Marshal(c)
		if err != nil {
			return nil, fmt.Errorf("writing the decision down: %w", err)
		}
		n := store.NewCase{Number: i + 1, Outcome: c.Decision.Outcome, Urgent: c.Decision.Urgent, Pathway: c.Decision.Pathway,
			Codes: weighty(c.Decision.Reasons), Flags: c.Decision.Flags, Decision: decision, Council: x.Intake.Sender.Council, School: schoolOf(x, c)}
		n.Name, n.Birth = nameAndBirth(&c.Referral)
		n.ToolCompleted, _ = time.Parse(time.DateOnly, c.Referral.Value(form.ToolCompletedOn)) // zero where it is not a day
		cases = append(cases, n)
	}
	if len(cases) == 0 {
		cases = append(cases, store.NewCase{Number: 1, Outcome: x.Intake.Outcome, Urgent: x.Intake.Urgent, Pathway: triage.PathwayUnknown,
			Codes: weighty(x.Intake.Reasons), Council: x.Intake.Sender.Council, School: x.Intake.Sender.School})
	}
	return cases, nil
}

func schoolOf(x *examined, c *triage.Child) string {
	if x.Intake.Sender.School != "" {
		return x.Intake.Sender.School
	}
	return c.Referral.Value(form.School)
}

// caseReference returns the reference by which staff and school find what a message is about: its own, unless it goes on with
// an earlier case.
func caseReference(m *store.Message, k *store.Decided) string {
	return cmp.Or(k.Joins, m.Reference)
}

// letters writes the one letter that leaves by itself and the one that waits for a person, if any. Beyond the caps
// nothing leaves by itself: the letter waits.
func (d *daemon) letters(ctx context.Context, m *store.Message, x *examined, k *store.Decided) error {
	reference := caseReference(m, k)
	leaving, drafted := x.Intake.Letter, x.Intake.Drafted
	if leaving != triage.NoLetter {
		full, err := d.capped(ctx, x.Arrival.From)
		if err != nil {
			return err
		}
		if full {
			leaving, drafted = triage.NoLetter, leaving
		}
	}
	var err error
	if k.Letter, err = d.letter(m, x, leaving, reference, "a"); err != nil {
		return err
	}
	if x.Arrival.Authenticated && x.Arrival.From != "" {
		k.Drafted, err = d.letter(m, x, drafted, reference, "d")
	}
	return err
}

// capped tells whether the sender, or all senders together, have had as many automatic letters as one day allows.
func (d *daemon) capped(ctx context.Context, address string) (bool, error) {
	p := d.examiner.Policy
	one, all, err := d.db.LettersTo(ctx, address, time.Now().Add(-24*time.Hour))
	return one >= p.SenderCap || all >= p.DailyCap, err
}

// letter writes one letter. Its Message-ID follows from the message, so that work done again writes the same.
func (d *daemon) letter(m *store.Message, x *examined, kind triage.LetterKind, reference, suffix string) (*store.Mail, error) {
	id := fmt.Sprintf("%s.%s.%d@%s", strings.ToLower(m.Reference), suffix, m.ID, domainOf(d.config.Service.Address))
	l, err := d.examiner.compose(x, kind, notify.Reference(reference), id, time.Now())
	if err != nil || l == nil {
		return nil, err
	}
	return &store.Mail{Kind: store.LetterMail, Template: string(kind), MessageID: l.MessageID, From: serverOf(d.config, nil).EnvelopeFrom, To: l.To, Raw: l.Raw}, nil
}

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}

// alerts tells staff at once of what is urgent.
func (d *daemon) alerts(m *store.Message, x *examined, k *store.Decided) error {
	if !x.Intake.Urgent {
		return nil
	}
	facts := notify.AlertFacts{Reference: notify.Reference(caseReference(m, k)), Code: urgentCode(&x.Intake), Since: m.Arrived}
	if k.Letter != nil {
		facts.Letter = triage.LetterKind(k.Letter.Template)
	}
	for i, to := range urgentTo(d.config) {
		mail, err := d.alert(facts, to, fmt.Sprintf("%s.alert.%d@%s", strings.ToLower(m.Reference), i, domainOf(d.config.Service.Address)))
		if err != nil {
			return err
		}
		k.Alerts = append(k.Alerts, *mail)
	}
	return nil
}

func (d *daemon) alert(f notify.AlertFacts, to, id string) (*store.Mail, error) {
	mail, err := d.examiner.Composer.Alert(f, notify.StaffEnvelope{To: []string{to}, MessageID: id, At: time.Now()})
	if err != nil {
		return nil, fmt.Errorf("writing an alert: %w", err)
	}
	return &store.Mail{Kind: store.AlertMail, Template: "alert", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: to, Raw: mail.Raw}, nil
}

func urgentTo(c *Config) []string {
	if len(c.Digest.Urgent) > 0 {
		return c.Digest.Urgent
	}
	return c.Digest.To
}

// urgentCode returns the reason for which a message is urgent.
func urgentCode(in *triage.Intake) triage.Code {
	all := append([]triage.Reason{}, in.Reasons...)
	for i := range in.Children {
		all = append(all, in.Children[i].Decision.Reasons...)
	}
	for i := range all {
		if all[i].Effect == triage.EffectHoldUrgent {
			return all[i].Code
		}
	}
	return triage.CodeHighRisk
}
