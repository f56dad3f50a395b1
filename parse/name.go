package parse

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Name is the words of a person's name as they are compared: lower case, without accents, apostrophes, titles and what
// stands in brackets, in no order that matters.
type Name []string

// NameOf takes a name's words from how it is written.
func NameOf(written string) Name {
	if i := strings.IndexByte(written, '('); i > 0 {
		written = written[:i]
	}
	var b strings.Builder
	b.Grow(len(written))
	for _, r := range norm.NFKD.String(strings.ToLower(written)) {
		switch {
		case unicode.Is(unicode.Mn, r), strings.ContainsRune("'’‘ʼ`´\u00AD\u200B\uFEFF", r):
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

// Equal tells whether two names are the same words in any order, or the same letters with other gaps.
func (n Name) Equal(o Name) bool {
	return strings.Join(n, "") == strings.Join(o, "") || len(n) == len(o) && n.within(o, equal)
}

// Shortens tells whether one of two names is the other with words left out, two at least being there ("Ali Raza Khan",
// "Ali Khan").
func (n Name) Shortens(o Name) bool {
	short, long := byLength(n, o)
	return len(short) >= 2 && short.within(long, equal)
}

// Like tells whether one of two names can stand for the other: words left out, initials beside a word ("A. Khan"), and with
// one birth date also one word alone, bare initials ("AK") and slips of the pen.
func (n Name) Like(o Name, sameBirth bool) bool {
	short, long := byLength(n, o)
	switch {
	case len(short) == 0:
		return false
	case sameBirth:
		return short.within(long, sameButSlip) || len(short) == 1 && short[0] == long.initials()
	}
	return len(short) >= 2 && short.within(long, func(p, q string) bool { return p == q || isInitial(p, q) || isInitial(q, p) })
}

func byLength(a, b Name) (short, long Name) {
	if len(a) > len(b) {
		return b, a
	}
	return a, b
}

// within tells whether each word of n has a partner of its own in o.
func (n Name) within(o Name, same func(p, q string) bool) bool {
	used := make([]bool, len(o))
	for _, p := range n {
		found := false
		for i, q := range o {
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

func (n Name) initials() string {
	var b strings.Builder
	for _, w := range n {
		b.WriteByte(w[0])
	}
	return b.String()
}

func equal(p, q string) bool { return p == q }

// sameButSlip tells whether two words of a name are equal but for a slip of the pen, or one is the other's initial.
func sameButSlip(p, q string) bool {
	return p == q || isInitial(p, q) || isInitial(q, p) || oneSlip(p, q)
}

func isInitial(letter, word string) bool { return len(letter) == 1 && strings.HasPrefix(word, letter) }

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
