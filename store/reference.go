package store

import (
	"crypto/rand"

	"referrald/notify"
)

// newReference draws a reference that no message has.
func (t *tx) newReference() (string, error) {
	for {
		r, err := notify.NewReference(rand.Reader)
		if err != nil {
			return "", err
		}
		n, err := t.count(`SELECT count(*) FROM messages WHERE reference = ?`, string(r))
		if err != nil || n == 0 {
			return string(r), err
		}
	}
}

// opener returns the reference of the message that opened a case: without the child's number.
func opener(reference string) string { return string(notify.Reference(reference).Opener()) }
