package triage

import "fmt"

// lastPrimaryYear is the last school year of primary schools in England.
const lastPrimaryYear = 6

// rulePrimaryYears is the clause primary_years: in primary schools, years 5 and 6. Middle, secondary and special schools
// and alternative provision go by age alone.
func rulePrimaryYears(f *facts) {
	if !f.birth.known || f.birth.differ || !f.primary() {
		return
	}
	p, year := &f.policy.PrimaryYears, f.birth.year
	says := fmt.Sprintf("School year %d by age; in primary schools the service supports years %d and %d.", year, p.From, p.To)
	switch {
	case year < p.From && f.birth.age >= f.policy.Age.From:
		f.say(CodePrimaryNineBelow, fmt.Sprintf("%d years old, but school year %d; in primary schools the service supports years %d and %d.", f.birth.age, year, p.From, p.To), f.birth.words...)
	case year < p.From:
		f.say(CodePrimaryBelow, says, f.birth.words...)
	case year > p.To:
		f.say(CodePrimaryAbove, says, f.birth.words...)
	default:
		f.say(CodePrimaryWithin, says, f.birth.words...)
	}
}

// primary tells whether the child is taught in a primary school. Of an all-through school and of a school whose phase is
// not known the years below 7 are; a child who is home educated is in none.
func (f *facts) primary() bool {
	switch f.attended.phase {
	case PhasePrimary:
		return true
	case PhaseAllThrough, PhaseUnknown:
		return !f.attended.homeEducated && f.birth.year <= lastPrimaryYear
	}
	return false
}
