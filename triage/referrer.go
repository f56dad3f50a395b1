package triage

import "strings"

// ruleReferrer is the clause referrer: only education provisions refer; police and councils can ask a school to. It
// speaks of the message, and so for every child in it.
func ruleReferrer(m *message) {
	s := &m.from
	switch {
	case s.noAddress:
		m.say(CodeReferrerNoAddress, "")
	case s.Kind == Police:
		m.say(CodeReferrerPolice, "")
	case s.Kind == LocalAuthority && s.provision:
		m.say(CodeReferrerCouncilProvision, "")
	case s.Kind == LocalAuthority:
		m.say(CodeReferrerCouncil, "")
	case s.Kind == Health:
		m.say(CodeReferrerHealth, "")
	case s.Kind == ParentOrOther:
		m.say(CodeReferrerParentOrOther, "")
	case s.Kind != Education:
		m.say(CodeReferrerUnknown, "")
	case s.closed:
		m.say(CodeReferrerClosed, "")
	case s.notStaff:
		m.say(CodeReferrerNotStaff, "")
	default:
		m.provision()
	}
	if !s.Authenticated {
		m.say(CodeReferrerNotAuthenticated, "")
	}
	m.trusted()
}

// provision is the clause provision: which kinds of education the service works with.
func (m *message) provision() {
	switch m.from.Phase {
	case PhaseSixteenPlus:
		m.say(CodeProvisionSixteenPlus, "")
	case PhaseNursery:
		m.say(CodeProvisionNursery, "")
	default:
		if m.from.Authenticated {
			m.say(CodeReferrerSchool, "")
		}
		m.say(CodeProvisionMet, "")
	}
}

// trusted is the clause confidential: a letter goes to the sender alone, and only where somebody is there to read it.
func (m *message) trusted() {
	a := m.arrival
	if m.elsewhere() {
		m.say(CodeReplyToElsewhere, "")
	} else if a.ReplyTo != "" {
		m.say(CodeReplyToColleague, "")
	}
	if a.Machine == Copier {
		m.say(CodeCopier, "")
	}
	if a.Junk {
		m.say(CodeFoundInJunk, "")
	}
	if m.assessor.Register == nil {
		m.say(CodeNoRegister, "")
	}
	if m.assessor.Gazetteer == nil {
		m.say(CodeNoPostcodeTable, "")
	}
}

// elsewhere tells whether replies are asked to go to somebody else: to another domain or, where the domain is not one
// organisation's, to another address.
func (m *message) elsewhere() bool {
	to := m.arrival.ReplyTo
	switch m.from.Kind {
	case Education, Police, LocalAuthority, Health:
		return to != "" && domainOf(to) != domainOf(m.arrival.From)
	}
	return to != "" && !strings.EqualFold(to, m.arrival.From)
}
