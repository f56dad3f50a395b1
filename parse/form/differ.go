package form

import (
	"slices"
	"strings"
)

// differ tells whether two witnesses of a field on which a decision turns disagree.
func (f *filler) differ(a, b reading) bool {
	switch a.field {
	case Name, ToolChildName:
		return Fold(a.text) != Fold(b.text) && !strings.Contains(Fold(a.text), Fold(b.text)) && !strings.Contains(Fold(b.text), Fold(a.text))
	case DateOfBirth, ToolChildBirth, ToolCompletedOn:
		x, _ := ParseDate(a.text, roleOf(a.field))
		y, _ := ParseDate(b.text, roleOf(b.field))
		return x != "" && y != "" && x != y
	case Postcode:
		x, y := PostcodeOf(a.text), PostcodeOf(b.text)
		return a.in != "parent" && b.in != "parent" && x != "" && y != "" && x != y
	case ParentAware:
		x, y := yesOrNo(a.text), yesOrNo(b.text)
		return x != "" && y != "" && x != y
	case School:
		return !a.cued && !b.cued && otherSchool(a.text, b.text)
	}
	return false
}

// yesOrNo returns "yes" or "no" where an answer begins with one of them, else "".
func yesOrNo(text string) string {
	words := strings.Fields(Fold(text))
	if len(words) == 0 || isPrintedChoice(text) {
		return ""
	}
	switch words[0] {
	case "yes", "y":
		return "yes"
	case "no", "n", "not":
		return "no"
	}
	return ""
}

// schoolKinds are the words of a school's name that many share.
var schoolKinds = []string{"school", "academy", "college", "primary", "secondary", "high", "junior", "infant", "infants", "centre", "unit", "pru", "provision"}

// otherSchool tells two schools: both texts name one, and no word of the one's own name is in the other's.
func otherSchool(a, b string) bool {
	x, y := strings.Fields(Fold(a)), strings.Fields(Fold(b))
	isKind := func(w string) bool { return slices.Contains(schoolKinds, w) }
	if !slices.ContainsFunc(x, isKind) || !slices.ContainsFunc(y, isKind) {
		return false
	}
	own := func(w string) bool { return !isKind(w) && len(w) > 2 && w != "the" && w != "and" }
	return slices.ContainsFunc(x, own) && slices.ContainsFunc(y, own) &&
		!slices.ContainsFunc(x, func(w string) bool { return own(w) && slices.Contains(y, w) })
}
