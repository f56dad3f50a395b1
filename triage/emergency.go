package triage

import (
	"referrald/parse/form"
	"referrald/triage/prose"
)

// The clause of safety: words that may tell of danger now, anywhere in the message or its documents, bring a person at
// once. Recall comes before precision, so that a "possible" and another child's danger count too.

// ruleEmergency reads the words of a child's own documents.
func ruleEmergency(f *facts) {
	danger, staff := alarming(f.own)
	if len(danger) > 0 {
		f.say(CodeDangerNow, "", danger...)
	}
	if len(staff) > 0 {
		f.say(CodeStaffAllegation, "", staff...)
	}
	if len(danger)+len(staff) == 0 && !f.mail.alarming {
		f.say(CodeNoDanger, "")
	}
}

// ruleMessageEmergency reads the mail's own words; what they tell concerns every child of the message.
func ruleMessageEmergency(m *message) {
	danger, staff := alarming(m.signs)
	if len(danger) > 0 {
		m.say(CodeDangerNow, "", danger...)
	}
	if len(staff) > 0 {
		m.say(CodeStaffAllegation, "", staff...)
	}
	m.alarming = len(danger)+len(staff) > 0
	if w := signed(m.signs, prose.ActiveExploitation, Present); len(w) > 0 {
		m.say(CodeActiveExploitation, "", w...)
	} else if w := signed(m.signs, prose.ActiveExploitation, Possible); len(w) > 0 {
		m.say(CodePossibleExploitation, "", w...)
	}
}

// alarming returns the words of danger now and those of an allegation about staff.
func alarming(signs []Sign) (danger, staff []form.Evidence) {
	return signed(signs, prose.DangerNow, Present, Possible, OtherPerson), signed(signs, prose.StaffAllegation, Present, Possible)
}
