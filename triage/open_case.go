package triage

import (
	"slices"

	"referrald/parse/form"
)

// ruleOpenCase is the clause open_case: ordinary social care is no exclusion, but staff check with the lead
// professional first.
func ruleOpenCase(f *facts) {
	if f.open() {
		f.say(CodeOpenCase, "")
	}
}

// open tells whether the child is open to Early Help or social care.
func (f *facts) open() bool {
	return slices.ContainsFunc(f.ref.Statuses, func(s form.CareStatus) bool { return s != form.NotOpen })
}

// pathway is the threshold of document B for the tool's level (clauses emerging, moderate, significant).
func (f *facts) pathway() Pathway { return PathwayOf(f.ref.Level) }

// PathwayOf returns the threshold of document B at which a level of risk stands.
func PathwayOf(l form.Level) Pathway {
	switch l {
	case form.LevelLow:
		return PathwayEmerging
	case form.LevelMedium:
		return PathwayModerate
	case form.LevelHigh:
		return PathwaySignificant
	}
	return PathwayUnknown
}

// next lists what document B asks of the next step, for staff.
func (f *facts) next() []Code {
	out := append(make([]Code, 0, 5), CodeAgencyCheck)
	switch {
	case f.open():
		out = append(out, CodeOpenCase)
	case slices.Contains(f.ref.Statuses, form.NotOpen):
		out = append(out, CodeClosedCase)
	}
	return append(out, NextSteps(f.pathway())...)
}

// NextSteps lists who meets a threshold with what, and the tracker's reviews.
func NextSteps(p Pathway) []Code {
	switch p {
	case PathwayEmerging:
		return []Code{CodeNextEmerging, CodeStatusReview, CodeToolReview}
	case PathwayModerate:
		return []Code{CodeNextModerate, CodeStatusReview, CodeToolReview}
	case PathwaySignificant:
		return []Code{CodeNextSignificant, CodeStatusReview, CodeToolReview}
	}
	return nil
}
