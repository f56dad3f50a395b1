package store

import "time"

// An Entry is one line of the audit trail. It holds no personal data of children, parents or schools.
type Entry struct {
	Number    int64
	At        time.Time
	Act       string
	By        string
	Reference string
	Detail    string // closed words and numbers
	Hash      string
}
