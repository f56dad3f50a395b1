package triage

import (
	"referrald/parse/form"
)

// readAttended works out which school the child attends: the one that the form names, where the register has it; else
// the sender's.
func (f *facts) readAttended() attended {
	s := &f.mail.from
	a := attended{council: CouncilUnknown}
	if s.Kind == Education {
		a.council, a.phase = s.Council, s.Phase
	}
	name := f.value(form.School)
	folded := foldText(name)
	phases := &f.policy.Phases
	if name == "" {
		folded = foldText(f.value(form.EducationStatus))
	}
	if hasAnyWord(folded, phases.HomeEducated) {
		a.homeEducated, a.phase = true, PhaseUnknown
		return a
	}
	if found, ok := pick(s.schools, name, true); ok {
		a.council, a.phase = found.Council, found.Phase
		return a
	}
	if found, ok := f.mail.assessor.Register.ByName(name); ok {
		a.council, a.phase, a.other = found.Council, found.Phase, s.listed
		return a
	}
	if p := phases.named(name); a.phase == PhaseUnknown || p == PhaseSixteenPlus || p == PhaseNursery {
		a.phase = p // a school that the register does not know: its name tells more than who sent the form
	}
	return a
}

// ruleProvision is the clause provision, as far as the child's own school bears on it.
func ruleProvision(f *facts) {
	if f.attended.homeEducated {
		f.say(CodeProvisionHomeEducated, "", f.words(form.School)...)
	}
	switch f.attended.phase {
	case f.mail.from.Phase: // the message's own reasons speak of it
	case PhaseSixteenPlus:
		f.say(CodeProvisionSixteenPlus, "The form names a college for students over 16; a person decides whether it counts as a provision.", f.words(form.School)...)
	case PhaseNursery:
		f.say(CodeProvisionNursery, "The form names a nursery; a person decides how to answer.", f.words(form.School)...)
	}
	if f.attended.other {
		f.say(CodeReferrerOtherSchool, "", f.words(form.School)...)
	}
}
