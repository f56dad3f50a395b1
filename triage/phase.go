package triage

import "strings"

// phaseOf folds a register's type and phase of education to what the rules tell apart; low and high are the statutory
// ages, or 0. The type speaks first: a special school's phase reads "Not applicable".
func phaseOf(kind, phase string, low, high int) Phase {
	kind, phase = foldText(kind), foldText(phase)
	switch {
	case strings.Contains(kind, "post 16"), strings.Contains(kind, "post-16"), strings.Contains(kind, "further education"),
		strings.Contains(kind, "sixth form"), strings.Contains(kind, "higher education"), strings.Contains(kind, "16 to 19"),
		strings.Contains(kind, "16-19"):
		return PhaseSixteenPlus
	case strings.Contains(kind, "pupil referral"), strings.Contains(kind, "alternative provision"):
		return PhaseAlternative
	case strings.Contains(kind, "special"):
		return PhaseSpecial
	case strings.Contains(kind, "nursery"):
		return PhaseNursery
	}
	if p := phaseByName(phase); p != PhaseUnknown {
		return p
	}
	return phaseByAges(low, high)
}

// phaseByName folds the register's phase of education. A middle school deemed primary is a primary school by law.
func phaseByName(phase string) Phase {
	switch phase {
	case "nursery":
		return PhaseNursery
	case "primary", "middle deemed primary":
		return PhasePrimary
	case "middle deemed secondary":
		return PhaseMiddle
	case "secondary":
		return PhaseSecondary
	case "all-through", "all through":
		return PhaseAllThrough
	case "16 plus", "16 plus (sixth form)":
		return PhaseSixteenPlus
	}
	return PhaseUnknown
}

// phaseByAges tells an independent school's phase, for which the register gives none, by the ages that it takes.
func phaseByAges(low, high int) Phase {
	switch {
	case low == 0 || high == 0:
		return PhaseUnknown
	case high <= 5:
		return PhaseNursery
	case low >= 16:
		return PhaseSixteenPlus
	case high <= 11:
		return PhasePrimary
	case low >= 11:
		return PhaseSecondary
	case low <= 7 && high >= 16:
		return PhaseAllThrough
	}
	return PhaseUnknown
}

// takes tells whether a school of this phase can have a pupil of an age, a year put back or forward included. Of the
// phases that take all ages nothing is told.
func (p Phase) takes(age int) bool {
	switch p {
	case PhasePrimary:
		return age <= 12
	case PhaseMiddle:
		return age >= 8 && age <= 14
	case PhaseSecondary:
		return age >= 10 && age <= 19
	}
	return true
}

// named tells a school's phase by the words of its name ("… CE First School"), where no register does.
func (w *PhaseWords) named(school string) Phase {
	name := foldText(school)
	for _, x := range [...]struct {
		phase Phase
		words []string
	}{
		{PhaseAlternative, w.Alternative}, {PhaseSpecial, w.Special}, {PhaseAllThrough, w.AllThrough}, {PhaseMiddle, w.Middle},
		{PhasePrimary, w.Primary}, {PhaseSixteenPlus, w.SixteenPlus}, {PhaseSecondary, w.Secondary}, {PhaseNursery, w.Nursery},
	} {
		if hasAnyWord(name, x.words) {
			return x.phase
		}
	}
	return PhaseUnknown
}
