package parse

import "referrald/parse/form"

// A child is what a sheet says about whose it is.
type child struct {
	name  Name
	born  string // ISO
	given bool   // a name stands there
}

// childOf reads the child of a form or of a tool.
func childOf(s *form.Sheet) child {
	name, born := form.Name, form.DateOfBirth
	if s.Kind == form.ScreeningTool {
		name, born = form.ToolChildName, form.ToolChildBirth
	}
	words := NameOf(s.Fields[name].Text)
	return child{name: words, born: s.Fields[born].Text, given: len(words) > 0}
}

// A likeness says how far two sheets can be about one child.
type likeness int

// From no to yes. Without a name or a birth date in common nothing is known; two names that differ speak against it even
// where the birth date is one, since twins share it.
const (
	otherChild  likeness = iota // both say who it is, and differ
	sharedBirth                 // the names differ, the birth date is one
	unsaid                      // one of them does not say
	bornAlike                   // one has no name; the birth date is one
	namedAlike                  // the names can be one child's: initials, a slip, a name left out
	sameChild                   // the names are one
)

// like compares two children.
func (a child) like(b child) likeness {
	sameBirth := a.born != "" && a.born == b.born
	switch {
	case !a.given || !b.given:
		switch {
		case sameBirth:
			return bornAlike
		case a.born != "" && b.born != "":
			return otherChild
		}
		return unsaid
	case a.name.Equal(b.name):
		return sameChild
	case a.name.Like(b.name, sameBirth):
		return namedAlike
	case sameBirth:
		return sharedBirth
	}
	return otherChild
}
