package main

import (
	"time"

	"referrald/parse/form"
	"referrald/triage"
)

// The types of this file are the JSON of `referrald explain --json`, one explained for each message. Field names and
// values are a contract with those who read it; they change only together with it.
type explained struct {
	File       string              `json:"file"`
	MessageID  string              `json:"message_id"`
	From       string              `json:"from"`
	ReceivedAt string              `json:"received_at"`
	Class      triage.Class        `json:"class"`
	Sender     explainedSender     `json:"sender"`
	Documents  []explainedDocument `json:"documents"`
	Referrals  []explainedReferral `json:"referrals"`
	Reasons    []explainedReason   `json:"reasons"` // about the message as a whole
	Outcome    triage.Outcome      `json:"outcome"`
	Urgent     bool                `json:"urgent"`
	Reply      *explainedReply     `json:"reply"`
}

type explainedSender struct {
	Kind          triage.SenderKind `json:"kind"`
	Authenticated bool              `json:"authenticated"`
	School        string            `json:"school"`
	Council       triage.Council    `json:"council"`
}

type explainedDocument struct {
	Name    string `json:"name"`
	Format  string `json:"format"`
	Kind    string `json:"kind"`
	Problem string `json:"problem"`
}

type explainedReferral struct {
	Fields   map[form.Key]explainedField `json:"fields"`
	Statuses []form.CareStatus           `json:"social_care_status"`
	Factors  []form.Factor               `json:"vulnerability_factors"`
	Tool     explainedTool               `json:"screening_tool"`
	Signs    []explainedSign             `json:"signs"`
	Decision explainedDecision           `json:"decision"`
}

type explainedField struct {
	Value      string  `json:"value"`
	Confidence float64 `json:"confidence"`
	Document   string  `json:"document"`
	Where      string  `json:"where"`
	Text       string  `json:"text"`
}

type explainedTool struct {
	Level       form.Level `json:"level"`
	LevelText   string     `json:"level_text"`
	CompletedOn string     `json:"completed_on"`
	Council     string     `json:"council"`
}

type explainedSign struct {
	Key    string        `json:"key"`
	Status triage.Status `json:"status"`
	Text   string        `json:"text"`
}

type explainedReason struct {
	Clause  triage.Clause  `json:"clause"`
	Verdict triage.Verdict `json:"verdict"`
	Says    string         `json:"says"`
	Source  string         `json:"source"`
	Words   []string       `json:"words,omitempty"`
}

type explainedDecision struct {
	Outcome  triage.Outcome    `json:"outcome"`
	Urgent   bool              `json:"urgent"`
	Missing  []triage.Missing  `json:"missing"`
	Reasons  []explainedReason `json:"reasons"`
	Contacts []string          `json:"contacts"`
	Pathway  triage.Pathway    `json:"pathway"`
}

type explainedReply struct {
	Kind    triage.LetterKind `json:"kind"`
	To      string            `json:"to"`
	Subject string            `json:"subject"`
	Text    string            `json:"text"`
}

// explainedOf puts what was worked out about one message into the contract's shape.
func explainedOf(file string, x *examined) explained {
	e := explained{
		File: file, MessageID: x.Message.ID, From: x.Arrival.From, ReceivedAt: x.Arrival.At.UTC().Format(time.RFC3339),
		Class:     x.Intake.Class,
		Sender:    explainedSender{x.Intake.Sender.Kind, x.Intake.Sender.Authenticated, x.Intake.Sender.School, x.Intake.Sender.Council},
		Documents: []explainedDocument{}, Referrals: []explainedReferral{}, Reasons: explainedReasons(x.Intake.Reasons),
		Outcome: x.Intake.Outcome, Urgent: x.Intake.Urgent,
	}
	for _, d := range x.Reading.Documents {
		e.Documents = append(e.Documents, explainedDocument{d.Name, string(d.Format), string(d.Kind), d.Why.Sentence()})
	}
	for i := range x.Intake.Children {
		e.Referrals = append(e.Referrals, explainedReferralOf(&x.Intake.Children[i], x.contacts))
	}
	if l := x.Letter; l != nil {
		e.Reply = &explainedReply{l.Kind, l.To, l.Subject, l.Text}
	}
	return e
}

func explainedReferralOf(c *triage.Child, contacts func([]triage.Contact) []string) explainedReferral {
	r, d := &c.Referral, &c.Decision
	out := explainedReferral{
		Fields: map[form.Key]explainedField{}, Statuses: emptyNotNil(r.Statuses), Factors: emptyNotNil(r.Factors),
		Tool: explainedTool{Level: r.Level, LevelText: r.Value(form.ToolLevel), CompletedOn: r.Value(form.ToolCompletedOn)},
		Decision: explainedDecision{Outcome: d.Outcome, Urgent: d.Urgent, Missing: emptyNotNil(d.Missing),
			Reasons: explainedReasons(d.Reasons), Contacts: contacts(d.Contacts), Pathway: d.Pathway},
		Signs: []explainedSign{},
	}
	if r.Tool != nil {
		out.Tool.Council = r.Tool.Council
	}
	for k, v := range r.Fields {
		out.Fields[k] = explainedField{v.Text, v.Confidence, v.Document, v.Where, v.Evidence.Text}
	}
	for _, s := range c.Signs {
		if contractSign(s.Key) {
			out.Signs = append(out.Signs, explainedSign{s.Key, s.Status, s.Evidence.Text})
		}
	}
	return out
}

func explainedReasons(reasons []triage.Reason) []explainedReason {
	out := []explainedReason{}
	for _, r := range reasons {
		e := explainedReason{Clause: r.Clause, Verdict: r.Verdict, Says: r.Says, Source: r.Source}
		for _, w := range r.Words {
			e.Words = append(e.Words, w.Text)
		}
		out = append(out, e)
	}
	return out
}

// contractSign tells whether the contract knows the key: the nine signs and the thirty factors, not the concerns that
// only the rules use.
func contractSign(key string) bool {
	if len(key) > 5 && key[:5] == "sign." {
		return true
	}
	for _, f := range form.Factors {
		if string(f) == key {
			return true
		}
	}
	return false
}

// emptyNotNil makes a missing list print as [] rather than null.
func emptyNotNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
