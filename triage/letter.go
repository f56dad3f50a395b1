package triage

import "slices"

// letters decides which one letter may leave by itself, and which waits for a person's release.
func (m *message) letters(in *Intake) {
	kind := letterOf(in.Outcome)
	if in.Outcome == Hold && m.drafts(in) {
		in.Drafted = SignpostingLetter
	}
	if kind != Receipt && m.waits(in) {
		in.Drafted, kind = kind, Receipt
	}
	if !m.answerable() {
		in.Drafted = NoLetter
	}
	if m.mayWrite() {
		in.Letter = kind
	}
	for i := range in.Children {
		d := &in.Children[i].Decision
		d.Released = in.Drafted == NoLetter && (in.Outcome != Hold || d.Outcome == Hold)
	}
}

// letterOf returns the letter that belongs to an outcome. A message with several children has the most cautious
// one's: any of them held, and it is a receipt alone.
func letterOf(o Outcome) LetterKind {
	switch o {
	case Accept:
		return Acknowledgement
	case RequestInformation:
		return InformationRequestLetter
	case Signpost:
		return SignpostingLetter
	}
	return Receipt
}

// answerable tells whether a letter to the sender can reach somebody who is who the address says, whoever releases it.
func (m *message) answerable() bool {
	return !m.from.noAddress && m.from.Authenticated && m.arrival.Machine == Human
}

// mayWrite tells whether an automatic letter may go to the sender at all: to an authenticated address of which we know
// that somebody reads it, once, and from the junk folder only to a school.
func (m *message) mayWrite() bool {
	a := m.arrival
	switch {
	case !m.answerable(), m.elsewhere(), a.History.Returned, a.History.Resend:
		return false
	case a.Junk:
		return m.from.Kind == Education
	}
	return true
}

// waits tells whether the policy's mode keeps a letter that decides for a person.
func (m *message) waits(in *Intake) bool {
	switch m.assessor.Policy.Mode {
	case Shadow:
		return true
	case Confirm:
		return in.Outcome == Signpost && slices.ContainsFunc(in.Children, turnsOnChild)
	}
	return false
}

// turnsOnChild tells whether a child is signposted for a reason that lies in the child, and not in who wrote.
func turnsOnChild(c Child) bool {
	return slices.ContainsFunc(c.Decision.Reasons, func(r Reason) bool {
		return r.Effect == EffectSignpost && r.Clause != ClauseReferrer
	})
}

// drafts tells whether every held child is held with a signposting letter drafted.
func (m *message) drafts(in *Intake) bool {
	return len(in.Children) == 1 && slices.ContainsFunc(in.Children[0].Decision.Reasons, func(r Reason) bool { return r.Code == CodeHigherLevel })
}
