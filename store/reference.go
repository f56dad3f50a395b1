package store

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// referenceLetters leaves out vowels, so that no word comes out, and what is misread over the telephone (0 O, 1 I L, 5 S,
// 2 Z, 8 B).
const referenceLetters = "34679CDFGHJKMNPQRTVWXY"

// drawReference draws a reference at random: nothing about a case or its number can be told from it.
func drawReference() (string, error) {
	var b strings.Builder
	for i := range 8 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(referenceLetters))))
		if err != nil {
			return "", fmt.Errorf("drawing a reference: %w", err)
		}
		if i == 4 {
			b.WriteByte('-')
		}
		b.WriteByte(referenceLetters[n.Int64()])
	}
	return b.String(), nil
}

// newReference draws a reference that no message has.
func (t *tx) newReference() (string, error) {
	for {
		r, err := drawReference()
		if err != nil {
			return "", err
		}
		n, err := t.count(`SELECT count(*) FROM messages WHERE reference = ?`, r)
		if err != nil || n == 0 {
			return r, err
		}
	}
}

var referencePattern = regexp.MustCompile(`^[` + referenceLetters + `]{4}-[` + referenceLetters + `]{4}(/[1-9][0-9]?)?$`)

// NormaliseReference brings a reference as a person types it into the shape in which it is kept; "" for what is none.
func NormaliseReference(typed string) string {
	s := typedReference(typed)
	if !referencePattern.MatchString(s) {
		return ""
	}
	return s
}

// typedReference takes the blanks and a leading "R-" off, with which mails may quote a reference.
func typedReference(typed string) string {
	return strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(typed)), "R-")
}

// opener returns the reference of the message that opened a case: without the child's number.
func opener(reference string) string {
	r, _, _ := strings.Cut(reference, "/")
	return r
}
