package triage

import (
	"slices"
	"strings"
	"time"

	"referrald/parse"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// A message is what the rules read of the mail as a whole; its reasons stand before those of each child.
type message struct {
	assessor *Assessor
	arrival  *Arrival
	read     *parse.Reading
	day      time.Time // of arrival, in London
	from     correspondent
	signs    []Sign // of the mail's own words
	levels   []form.Level
	class    Class
	alarming bool
	reasons  []Reason
}

// say adds a reason about the message.
func (m *message) say(c Code, says string, words ...form.Evidence) {
	m.reasons = append(m.reasons, reasonOf(c, says, words))
}

// tells returns the words of the writer's own mail that bear a key.
func (m *message) tells(key string) []form.Evidence { return signed(m.signs, key, Present) }

// classify says what kind of message it is.
func (m *message) classify() Class {
	referral, history := len(m.read.Referrals) > 0, &m.arrival.History
	_, staff := alarming(m.signs)
	switch {
	case len(staff) > 0 && !referral:
		return ClassConcernAboutStaff
	case history.Reference != "" && history.Accepted:
		return ClassUpdate
	case referral && (history.Reference != "" || m.addsToEarlier()):
		return ClassFollowUp
	case referral:
		return ClassReferral
	case m.saysOne(prose.RightsRequest):
		return ClassRightsRequest
	case m.unreadable():
		return ClassUnreadable
	case m.saysOne(prose.Withdrawal) || m.optsOut() || m.bringsNews():
		return ClassUpdate
	case m.saysOne(prose.Password) || history.Reference != "":
		return ClassFollowUp
	case m.refers():
		return ClassReferral
	case m.saysOne(prose.FollowUp):
		return ClassFollowUp
	}
	return ClassEnquiry
}

func (m *message) saysOne(keys ...string) bool {
	for _, k := range keys {
		if len(m.tells(k)) > 0 {
			return true
		}
	}
	return false
}

// addsToEarlier tells whether a message brings a tool alone and calls itself an addition to an earlier one.
func (m *message) addsToEarlier() bool {
	for i := range m.read.Referrals {
		if m.read.Referrals[i].Form != nil {
			return false
		}
	}
	return m.saysOne(prose.FollowUp)
}

func (m *message) unreadable() bool {
	for _, d := range m.read.Documents {
		if d.Kind == parse.KindUnreadable {
			return true
		}
	}
	return false
}

// ruleMessage says what in the message as a whole needs a person, whatever its documents say.
func ruleMessage(m *message) {
	m.documents()
	m.ruleCount()
	m.ruleWhose()
	m.history()
	for _, x := range [...]struct {
		key  string
		code Code
	}{{prose.RightsRequest, CodeRightsRequest}, {prose.Complaint, CodeComplaint}, {prose.Withdrawal, CodeWithdrawal}} {
		if w := m.tells(x.key); len(w) > 0 {
			m.say(x.code, "", w...)
		}
	}
	if m.optsOut() && !m.says(CodeWithdrawal) {
		m.say(CodeWithdrawal, "", m.tells(prose.OptOut)...)
	}
	m.kind()
}

// documents says which documents could not be read, or not wholly, each reason once, and what is wrong with the mail itself.
func (m *message) documents() {
	for _, d := range m.read.Documents {
		if d.Kind == parse.KindUnreadable {
			m.sayOnce(CodeUnreadable, d.Why.Sentence(), d.Name)
		}
		for _, w := range d.Unread {
			m.sayOnce(CodePartlyRead, w.Sentence(), d.Name)
		}
	}
	for _, d := range m.arrival.Defects {
		m.say(CodeDefect, strings.TrimSuffix(CodeDefect.Sentence(), ".")+": "+strings.TrimSuffix(d, ".")+".")
	}
	if _, ok := m.machine(); ok && slices.ContainsFunc(m.read.Documents, mayHideForm) {
		m.say(CodeMachineUnread, "")
	}
}

// sayOnce adds a reason that names a document, unless it stands already for another one.
func (m *message) sayOnce(c Code, says, name string) {
	if !slices.ContainsFunc(m.reasons, func(r Reason) bool { return r.Code == c && r.Says == says }) {
		m.say(c, says, form.Evidence{Document: name})
	}
}

// history says what the store knows of the message or the child.
func (m *message) history() {
	h := &m.arrival.History
	if h.Returned {
		m.say(CodeReturned, "")
	}
	if h.Resend {
		m.say(CodeResend, "")
	}
	for _, ref := range h.KnownAs {
		if ref != h.Reference {
			m.say(CodeKnownChild, "")
			return
		}
	}
}

// kind holds what is no first referral.
func (m *message) kind() {
	referral := len(m.read.Referrals) > 0
	switch m.class {
	case ClassUpdate:
		m.update()
	case ClassFollowUp:
		m.followUp(referral)
	case ClassEnquiry:
		m.enquiry()
	case ClassReferral:
		if m.arrival.Machine != Human && m.arrival.Machine != Copier {
			m.say(CodeMachineWithForm, "")
		}
	}
}

func (m *message) followUp(referral bool) {
	switch h := &m.arrival.History; {
	case len(m.tells(prose.Password)) > 0:
		m.say(CodePassword, "", m.tells(prose.Password)...)
	case h.Reference == "":
		m.say(CodeFollowUpUnjoined, "", m.tells(prose.FollowUp)...)
	case !referral:
		m.say(CodeFollowUpWords, "")
	default:
		m.say(CodeFollowUp, "")
	}
}

func (m *message) enquiry() {
	switch {
	case len(m.tells(prose.Enquiry)) > 0:
		m.say(CodeEnquiry, "", m.tells(prose.Enquiry)...)
	case len(m.reasons) == 0 || !m.held():
		m.say(CodeUnclear, "")
	}
}

// says tells whether a reason stands already.
func (m *message) says(c Code) bool {
	return slices.ContainsFunc(m.reasons, func(r Reason) bool { return r.Code == c })
}

// held tells whether a reason already brings a person.
func (m *message) held() bool {
	for i := range m.reasons {
		if e := m.reasons[i].Effect; e == EffectHoldSafety || e == EffectHoldUrgent {
			return true
		}
	}
	return false
}

// serious are the signs that make the news of a child urgent: an arrest, an injury, weapons, exploitation.
var serious = [...]string{
	prose.ActiveExploitation, prose.LevelHigh, prose.LevelMedium, prose.AssaultOrInjuries, "criminality", "weapons",
	"drug_dealing", "abuse", "prolonged_missing",
}

// update is the clause tracker: news of a child comes to a person, at once where it tells of an arrest, an injury or a
// higher level.
func (m *message) update() {
	for _, key := range serious {
		if w := signed(m.signs, key, Present, Possible); len(w) > 0 {
			m.say(CodeSeriousUpdate, "", w...)
			break
		}
	}
	if w := m.seriously(); !m.says(CodeSeriousUpdate) && (len(w) > 0 || m.levelAbove(form.LevelMedium, form.LevelHigh)) {
		m.say(CodeSeriousUpdate, "", w...)
	}
	m.say(CodeUpdate, "", m.tells(prose.Update)...)
}

func (m *message) levelAbove(levels ...form.Level) bool {
	for _, have := range m.levels {
		for _, l := range levels {
			if have == l {
				return true
			}
		}
	}
	return false
}
