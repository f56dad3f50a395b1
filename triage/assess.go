package triage

import (
	"slices"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// An Assessor decides, with the tables that the rules look things up in. Policy is required. A nil Register knows no
// school: domain endings and the policy's lists decide; a nil Gazetteer leaves the built-in table of districts; both are
// flagged. Without a Prose lexicon nobody has read the words, and everything is held. It may be used by any number of
// goroutines at once.
type Assessor struct {
	Policy    *Policy
	Register  *Register
	Gazetteer *Gazetteer
	Prose     *prose.Lexicon

	recognise func([]form.Passage) []prose.Finding // in tests, instead of Prose
}

// childRules are the rules of one child in the order in which their reasons stand.
var childRules = [...]func(*facts){
	ruleEmergency, ruleProvision, ruleAge, rulePrimaryYears, ruleArea, ruleLowRisk, rulePreventionOnly, ruleScreeningTool, ruleForm,
	ruleInformed, ruleGroupWork, ruleSigns, ruleOpenCase, ruleScanned,
}

// Assess decides on all that a message leads to. It is a function of its arguments and the Assessor's tables alone. For
// a message that History joins to a case, the reading holds that case's earlier documents too, so that the tool that was
// missing completes the referral.
func (a *Assessor) Assess(arr Arrival, read parse.Reading) Intake {
	m := &message{assessor: a, arrival: &arr, read: &read, day: dayOf(arr.At, a.Policy.London), reasons: make([]Reason, 0, 16)}
	m.from = a.sender(&arr, read.Passages)
	if class, ok := m.machine(); ok && !m.brings() {
		return Intake{Class: class, Sender: m.from.Sender, Outcome: Ignore}
	}
	m.signs = a.signs(read.Passages)
	for i := range read.Referrals {
		m.levels = append(m.levels, read.Referrals[i].Level)
	}
	m.class = m.classify()
	ruleMessageEmergency(m)
	if !a.reads() {
		m.say(CodeNoLexicon, "")
	}
	ruleReferrer(m)
	ruleMessage(m)
	return m.intake()
}

// machine tells mail that a machine wrote, which is never answered.
func (m *message) machine() (Class, bool) {
	switch m.arrival.Machine {
	case Bounce:
		return ClassBounce, true
	case AutoReply:
		return ClassAutoReply, true
	case Bulk:
		return ClassBulk, true
	}
	return "", false
}

// brings tells machine mail that must not be ignored. Copiers, school systems and out-of-office phrases in a person's mail
// look like machines too, so that a filled-in form brings a person, and so does a document that may be one and could not be
// read, or was lost with a part of the message. The mail that comes back in a bounce is ours.
func (m *message) brings() bool {
	if m.arrival.Machine != Bounce && (m.carriesForm() || len(m.arrival.Defects) > 0) {
		return true
	}
	return slices.ContainsFunc(m.read.Documents, mayHideForm)
}

// mayHideForm tells a document that could not be read, or not wholly. A picture shown within the text of a newsletter or a
// signature hides none.
func mayHideForm(d parse.DocumentNote) bool {
	return (d.Kind == parse.KindUnreadable || len(d.Unread) > 0) && !(d.Inline && d.Format == document.Image)
}

func (m *message) carriesForm() bool {
	return slices.ContainsFunc(m.read.Referrals, func(r parse.Referral) bool {
		return (r.Form != nil || r.Tool != nil) && len(r.Fields) > 0
	})
}

// intake decides on each child, then on the message.
func (m *message) intake() Intake {
	in := Intake{Class: m.class, Sender: m.from.Sender, Signs: m.signs, Reasons: m.reasons}
	referrals := m.read.Referrals
	if len(referrals) == 0 && m.class == ClassReferral {
		referrals = []parse.Referral{{Level: form.LevelAbsent}} // asked for in prose alone
	}
	for i := range referrals {
		c, home := m.child(&referrals[i], len(referrals) == 1)
		if home != "" && !slices.Contains(in.Home, home) {
			in.Home = append(in.Home, home)
		}
		in.Children = append(in.Children, c)
		in.Outcome = moreCautious(in.Outcome, c.Decision.Outcome)
		in.Urgent = in.Urgent || c.Decision.Urgent
	}
	if len(in.Children) == 0 {
		in.Outcome, in.Urgent = decide(m.reasons)
		in.Outcome = moreCautious(in.Outcome, Hold) // nothing to decide on: a person reads it
	}
	m.letters(&in)
	return in
}

// child decides on one referral, and tells the home authority where it is certain.
func (m *message) child(ref *parse.Referral, only bool) (Child, Contact) {
	f := factsOf(m, ref, m.assessor.signs(ref.Passages), only)
	for _, rule := range childRules {
		rule(f)
	}
	outcome, urgent := decide(f.reasons)
	d := Decision{Outcome: outcome, Urgent: urgent || f.ref.Level == form.LevelHigh, Missing: inOrder(f.missing), Pathway: f.pathway(), Next: f.next()}
	if outcome == Signpost {
		f.say(CodeSignpostedLookOver, "")
	}
	if outcome == Signpost || f.drafts() {
		d.Contacts = f.contact()
	}
	d.Reasons = f.reasons
	d.Flags = flagsOf(f.reasons)
	return Child{Referral: *ref, Signs: f.own, Decision: d}, f.homeContact()
}

// drafts tells whether the child is held with a signposting letter for a person to release (clause prevention_only).
func (f *facts) drafts() bool {
	return slices.ContainsFunc(f.reasons, func(r Reason) bool { return r.Code == CodeHigherLevel })
}

// flagsOf returns the codes that staff are told of beside the outcome, each once.
func flagsOf(reasons []Reason) []Code {
	var out []Code
	for i := range reasons {
		if c := reasons[i].Code; c.entry().flag && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// inOrder sorts what is missing into the order of the form: the form itself, its fields, then the tool.
func inOrder(missing []Missing) []Missing {
	slices.SortFunc(missing, func(a, b Missing) int { return place(a) - place(b) })
	return missing
}

func place(m Missing) int {
	switch m {
	case MissingForm:
		return -1
	case MissingTool, MissingToolDate, MissingToolLevel:
		return len(requirable)
	case Missing(form.Postcode):
		m = Missing(form.Address)
	}
	return slices.Index(requirable, m)
}

// reads tells whether there is anything that reads words.
func (a *Assessor) reads() bool { return a.Prose != nil || a.recognise != nil }

// signs reads prose.
func (a *Assessor) signs(ps []form.Passage) []Sign {
	var found []prose.Finding
	switch {
	case len(ps) == 0:
		return nil
	case a.recognise != nil:
		found = a.recognise(ps)
	case a.Prose != nil:
		found = a.Prose.Read(ps)
	}
	if len(found) == 0 {
		return nil
	}
	out := make([]Sign, len(found))
	for i, f := range found {
		out[i] = Sign{Key: f.Key, Status: Status(f.Status), Evidence: f.Evidence, Source: f.Source, Box: f.Box}
	}
	return out
}
