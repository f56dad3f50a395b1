package parse

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"referrald/parse/form"
)

// A child is what a sheet says about whose it is.
type child struct {
	name  []string // folded words, in no order that matters
	born  string   // ISO
	given bool     // a name stands there
}

// childOf reads the child of a form or of a tool.
func childOf(s *form.Sheet) child {
	name, born := form.Name, form.DateOfBirth
	if s.Kind == form.ScreeningTool {
		name, born = form.ToolChildName, form.ToolChildBirth
	}
	words := nameWords(s.Fields[name].Text)
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
	case sameWords(a.name, b.name):
		return sameChild
	case paired(a.name, b.name, sameBirth):
		return namedAlike
	case sameBirth:
		return sharedBirth
	}
	return otherChild
}

// sameWords tells whether two names are the same words in any order, or the same letters with other gaps.
func sameWords(a, b []string) bool {
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	return len(a) == len(b) && within(a, b, func(p, q string) bool { return p == q })
}

// paired tells whether the shorter name can stand for the longer: words left out, and with one birth date also initials
// and slips of the pen.
func paired(a, b []string, sameBirth bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) >= 2 && within(a, b, func(p, q string) bool { return p == q }) {
		return true
	}
	if len(a) >= 2 && within(a, b, func(p, q string) bool {
		return p == q || isInitial(p, q) || isInitial(q, p) || sameBirth && oneSlip(p, q)
	}) {
		return true
	}
	return sameBirth && (within(a, b, func(p, q string) bool { return p == q }) || len(a) == 1 && a[0] == initials(b))
}

// within tells whether each word of a has a partner of its own in b.
func within(a, b []string, same func(p, q string) bool) bool {
	used := make([]bool, len(b))
	for _, p := range a {
		found := false
		for i, q := range b {
			if !used[i] && same(p, q) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func isInitial(letter, word string) bool { return len(letter) == 1 && strings.HasPrefix(word, letter) }

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

// oneSlip tells whether one letter added, left out or exchanged, or two neighbours swapped, make p of q.
func oneSlip(p, q string) bool {
	if len(p) > len(q) {
		p, q = q, p
	}
	if len(p) < 3 || len(q)-len(p) > 1 {
		return false
	}
	i := 0
	for i < len(p) && p[i] == q[i] {
		i++
	}
	if len(p) < len(q) {
		return p[i:] == q[i+1:]
	}
	swapped := i+1 < len(p) && p[i] == q[i+1] && p[i+1] == q[i] && p[i+2:] == q[i+2:]
	return i == len(p) || p[i+1:] == q[i+1:] || swapped
}

// nameWords returns the words of a name: lower case, without accents, titles and what stands in brackets.
func nameWords(name string) []string {
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == '`':
		case plainLetters[r] != "":
			b.WriteString(plainLetters[r])
		case unicode.IsLetter(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	for len(words) > 1 && titles[words[0]] {
		words = words[1:]
	}
	return words
}

var titles = map[string]bool{"master": true, "miss": true, "mr": true, "ms": true, "mrs": true, "name": true}

// plainLetters are those that do not come apart into a letter and an accent.
var plainLetters = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ŋ': "n",
}
