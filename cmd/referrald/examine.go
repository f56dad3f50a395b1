package main

import (
	"context"
	"fmt"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/parse"
	"referrald/triage"
)

// An examiner takes one message apart, has its documents read, and decides: the whole way that is a function of the
// message and the tables alone. `explain` and the daemon's job both go it.
type examiner struct {
	*tables
	reader *reader
	trust  ingest.Trust
}

// newExaminer loads the tables and prepares the reading child.
func newExaminer(c *Config) (*examiner, error) {
	t, err := loadTables(c)
	if err != nil {
		return nil, err
	}
	r, err := newReader(c.Reading)
	if err != nil {
		return nil, err
	}
	return &examiner{tables: t, reader: r, trust: ingest.Trust{Profile: c.Mail.TrustProfile, AuthservID: c.Mail.TrustedAuthservID}}, nil
}

// What the daemon knows of a message beside its bytes.
type surroundings struct {
	At       time.Time // when our own server took it; zero: as the message itself says
	Junk     bool
	TooLarge bool     // only its header was fetched
	Earlier  [][]byte // the raw messages of the case that it belongs to, oldest first
	Defects  []string
	// History is asked for once the documents are read, because a known child is found by its name and birth date.
	History func(context.Context, *ingest.Message, parse.Reading) (triage.History, [][]byte, error)
}

// An examined is one message with all that was worked out about it.
type examined struct {
	Message  *ingest.Message
	Arrival  triage.Arrival
	Reading  parse.Reading
	Intake   triage.Intake
	Letter   *notify.Letter // set by whoever writes it
	TooLarge bool           // only the message's header was read

	zone   *time.Location
	policy *triage.Policy
}

// Examine works a message out. An error means that nothing is known yet (ctx ended, or the history could not be asked).
func (e *examiner) Examine(ctx context.Context, raw []byte, s surroundings) (*examined, error) {
	m, err := ingest.Open(raw, ingest.DefaultLimits())
	if err != nil {
		m = &ingest.Message{Defects: []string{"Nothing of the message could be read"}}
	}
	extracts, err := e.readParts(ctx, m)
	if err != nil {
		return nil, err
	}
	x := &examined{Message: m, TooLarge: s.TooLarge, zone: e.Policy.London, policy: e.Policy, Reading: parse.Assemble(extracts, m.Subject, e.Labels)}
	x.Arrival = e.arrival(m, s)
	if s.History != nil {
		if err := e.remember(ctx, x, extracts, s.History); err != nil {
			return nil, err
		}
	}
	x.Intake = e.Assessor.Assess(x.Arrival, x.Reading)
	return x, nil
}

// remember asks what is known already. A message that belongs to a case is read together with that case's earlier
// documents, so that the tool that was missing completes the referral.
func (e *examiner) remember(ctx context.Context, x *examined, extracts []parse.Extract, ask func(context.Context, *ingest.Message, parse.Reading) (triage.History, [][]byte, error)) error {
	h, earlier, err := ask(ctx, x.Message, x.Reading)
	if err != nil {
		return fmt.Errorf("asking what is known: %w", err)
	}
	x.Arrival.History = h
	var before []parse.Extract
	for _, raw := range earlier {
		m, err := ingest.Open(raw, ingest.DefaultLimits())
		if err != nil {
			continue // it was held for that when it came
		}
		more, err := e.readParts(ctx, m)
		if err != nil {
			return err
		}
		before = append(before, attachments(more)...)
	}
	if len(before) > 0 {
		x.Reading = parse.Assemble(append(before, extracts...), x.Message.Subject, e.Labels)
	}
	return nil
}

// attachments leaves out the earlier messages' own words, which were answered already.
func attachments(all []parse.Extract) (files []parse.Extract) {
	for _, x := range all {
		if !x.Body {
			files = append(files, x)
		}
	}
	return files
}

func (e *examiner) arrival(m *ingest.Message, s surroundings) triage.Arrival {
	at := s.At
	if at.IsZero() {
		at = m.ReceivedAt
	}
	return triage.Arrival{At: at, From: m.From, ReplyTo: m.ReplyTo, Authenticated: m.Authenticated(e.trust),
		Machine: triage.Machine(m.Machine), Junk: s.Junk, Subject: m.Subject, Defects: append(m.Defects, s.Defects...)}
}

// readParts has every part read, in the order of the message.
func (e *examiner) readParts(ctx context.Context, m *ingest.Message) ([]parse.Extract, error) {
	var all []parse.Extract
	for _, p := range m.Parts {
		f := parse.File{Name: p.Name, MediaType: p.MediaType, Body: p.Body && !p.Forwarded, Inline: p.Inline, Data: p.Data}
		extracts, err := e.reader.Read(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("reading the documents: %w", err)
		}
		all = append(all, extracts...)
	}
	return all, nil
}

// compose writes a letter about what was decided; nil where none may leave.
func (e *examiner) compose(x *examined, kind triage.LetterKind, ref notify.Reference, messageID string, now time.Time) (*notify.Letter, error) {
	if kind == triage.NoLetter {
		return nil, nil
	}
	l, err := e.Composer.Letter(lettersFacts(x, kind, ref), notify.Envelope{To: x.Arrival.From, MessageID: messageID,
		InReplyTo: x.Message.ID, References: append(x.Message.References, x.Message.ID), At: now})
	if err != nil {
		return nil, fmt.Errorf("writing the letter: %w", err)
	}
	return &l, nil
}

// lettersFacts takes from a decision the closed facts that a letter is made of.
func lettersFacts(x *examined, kind triage.LetterKind, ref notify.Reference) notify.LetterFacts {
	f := notify.LetterFacts{Kind: kind, Reference: ref, ReceivedAt: x.Arrival.At, TooLarge: x.TooLarge}
	for i := range x.Intake.Children {
		d := &x.Intake.Children[i].Decision
		f.Children = append(f.Children, notify.Child{Number: i + 1, Outcome: d.Outcome, Missing: d.Missing, Codes: weighty(d.Reasons), Contacts: d.Contacts})
	}
	return f
}

// weighty returns the codes of the reasons that ask for something, each once.
func weighty(reasons []triage.Reason) (codes []triage.Code) {
	seen := map[triage.Code]bool{}
	for i := range reasons {
		if r := &reasons[i]; r.Effect != triage.EffectNone && !seen[r.Code] {
			seen[r.Code] = true
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// contacts returns the addresses that a signposting letter names.
func (x *examined) contacts(list []triage.Contact) []string {
	out := []string{}
	for _, c := range list {
		if a := x.policy.Address(c); a != "" {
			out = append(out, a)
		}
	}
	return out
}
