package store

import "time"

// A LetterState says how far a kept mail has come.
type LetterState string

// The states. A mail whose connection broke after the final dot stays Sending and is sent again under its Message-ID.
const (
	LetterDraft     LetterState = "draft" // waits for a person's release
	LetterWaiting   LetterState = "waiting"
	LetterSending   LetterState = "sending"
	LetterSent      LetterState = "sent"
	LetterFailed    LetterState = "failed" // for good
	LetterBounced   LetterState = "bounced"
	LetterWithdrawn LetterState = "withdrawn" // a person decided otherwise
)

// A Letter is a kept mail with its fate.
type Letter struct {
	ID int64
	Mail
	Reference string // the case that it is about, or ""
	State     LetterState
	Created   time.Time
	Sent      time.Time
	Tries     int
	Code      string // why the last try failed: a closed word or an SMTP code
}
