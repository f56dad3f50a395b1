package notify

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// A Reference names a message or, with a number behind a slash, one child of it: "7K3M-Q4XP", "7K3M-Q4XP/2". It is drawn
// at random when a message is filed, and kept; nothing about a case can be told from it.
type Reference string

// Specimen is a reference for examples.
const Specimen Reference = "7K3M-Q4XP"

// referenceLetters leaves out vowels, so that no word comes out, and what is misread over the telephone (0 O, 1 I L, 5 S,
// 2 Z, 8 B).
const referenceLetters = "34679CDFGHJKMNPQRTVWXY"

const referenceShape = `[` + referenceLetters + `]{4}-[` + referenceLetters + `]{4}`

// A child's number is at most two digits long.
var (
	wholeReference = regexp.MustCompile(`^` + referenceShape + `(/[1-9][0-9]?)?$`)
	quoted         = regexp.MustCompile(`(?i)(?:^|[^0-9A-Za-z])` + `(` + referenceShape + `(?:/[1-9][0-9]?)?)`)
)

var errShape = errors.New("not a reference: one looks like 7K3M-Q4XP, or 7K3M-Q4XP/2 for a second child")

// ParseReference reads a reference as a person types it: in small letters, among blanks, or behind "R-". Its error says how
// a reference looks, and does not repeat what was typed.
func ParseReference(s string) (Reference, error) {
	r := Reference(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(s)), "R-"))
	if !r.Valid() {
		return "", errShape
	}
	return r, nil
}

// NewReference draws a reference from a source of random bytes, such as crypto/rand's Reader.
func NewReference(random io.Reader) (Reference, error) {
	var b strings.Builder
	for i := range 8 {
		n, err := rand.Int(random, big.NewInt(int64(len(referenceLetters))))
		if err != nil {
			return "", fmt.Errorf("drawing a reference: %w", err)
		}
		if i == 4 {
			b.WriteByte('-')
		}
		b.WriteByte(referenceLetters[n.Int64()])
	}
	return Reference(b.String()), nil
}

// FindReferences returns the references that a text quotes, each once and in the order of the text: with or without "R-",
// with the number of a child where one stands behind it.
func FindReferences(text string) (found []Reference) {
	for from := 0; ; {
		at := quoted.FindStringSubmatchIndex(text[from:])
		if at == nil {
			return found
		}
		start, end := from+at[2], from+at[3]
		from = end
		if !standsAlone(text, start, end) {
			continue
		}
		if r := Reference(strings.ToUpper(text[start:end])); !slices.Contains(found, r) {
			found = append(found, r)
		}
	}
}

// standsAlone tells a reference from a piece of a longer number: before it may stand "R-", but no other word with a dash.
func standsAlone(text string, start, end int) bool {
	if end < len(text) && (wordByte(text[end]) || text[end] == '-' && end+1 < len(text) && wordByte(text[end+1])) {
		return false
	}
	if start == 0 || text[start-1] != '-' {
		return true
	}
	before := text[:start-1]
	if !strings.HasSuffix(strings.ToUpper(before), "R") {
		return before == "" || !wordByte(before[len(before)-1])
	}
	return len(before) == 1 || !wordByte(before[len(before)-2])
}

func wordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// Opener returns the reference of the message that opened a case: without the child's number.
func (r Reference) Opener() Reference {
	opener, _, _ := strings.Cut(string(r), "/")
	return Reference(opener)
}

// Valid tells whether the reference has the shape that ParseReference returns.
func (r Reference) Valid() bool { return wholeReference.MatchString(string(r)) }
