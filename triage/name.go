package triage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sameName tells whether two names can be one child's: the same words whatever their order, accents and hyphens; words
// left out ("Ali Raza Khan", "Ali Khan"); with the same birth date also initials ("A. Khan", "AK") and a slip of one
// letter.
func sameName(a, b string, sameBirth bool) bool {
	x, y := childName(a), childName(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	if len(x) >= 2 && within(x, y, func(p, q string) bool { return p == q }) {
		return true
	}
	if strings.Join(x, "") == strings.Join(y, "") {
		return true
	}
	if !sameBirth {
		return false
	}
	return within(x, y, alike) || initials(x, y)
}

// within tells whether each word of x has a partner of its own in y.
func within(x, y []string, same func(p, q string) bool) bool {
	used := make([]bool, len(y))
	for _, p := range x {
		found := false
		for i, q := range y {
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

// alike tells whether two words of a name are equal but for a slip of one letter, or one is the other's initial.
func alike(p, q string) bool {
	if p == q || len(p) == 1 && q[0] == p[0] || len(q) == 1 && p[0] == q[0] {
		return true
	}
	return len(p) > 2 && len(q) > 2 && oneSlip(p, q)
}

// oneSlip tells whether one letter added, left out or exchanged makes p of q.
func oneSlip(p, q string) bool {
	if len(p) > len(q) {
		p, q = q, p
	}
	if len(q)-len(p) > 1 {
		return false
	}
	i := 0
	for i < len(p) && p[i] == q[i] {
		i++
	}
	if len(p) == len(q) {
		return p[i+1:] == q[i+1:]
	}
	return p[i:] == q[i+1:]
}

// initials tells whether x is nothing but the initials of y ("kod" for Kieran O'Dowd is not; "ko" is).
func initials(x, y []string) bool {
	if len(x) != 1 || len(x[0]) != len(y) {
		return false
	}
	for i, w := range y {
		if w[0] != x[0][i] {
			return false
		}
	}
	return true
}

// childName returns the words of a child's name: lower case, without accents, titles and what stands in brackets.
func childName(name string) []string {
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(foldText(name)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'':
		case plainLetters(r) != "":
			b.WriteString(plainLetters(r))
		case unicode.IsLetter(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	if len(words) > 1 && (words[0] == "master" || words[0] == "miss" || words[0] == "mr" || words[0] == "ms") {
		words = words[1:]
	}
	return words
}

// plainLetters returns the plain letters of one that does not come apart into a letter and an accent, or "".
func plainLetters(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ı':
		return "i"
	}
	return ""
}
