package store

import "time"

// A Message is one filed mail.
type Message struct {
	ID          int64
	Place              // where it was first found, or lies now as far as the ledger knows
	Reference   string // drawn when it was filed; the case's, where it opened one
	Raw         []byte // nil where it was erased
	Size        int64
	Arrived     time.Time
	Filed       time.Time
	TooLarge    bool
	Unfetchable bool
	Junk        bool
	Resend      bool   // the same message, part for part, was filed before; ResendOf is its reference
	ResendOf    string // the reference of the earlier one, or ""
	Returned    bool   // staff moved it back to a watched folder after it had been settled
	Class       string // "" until it is decided
	Outcome     string // "" until it is decided
	Urgent      bool
	Settled     time.Time // zero until it was moved to its outcome's folder
	Joins       string    // the reference of the earlier case that it was joined to, or ""
}

// A Quote is a case that a message refers to by one of our references or by a Message-ID.
type Quote struct {
	Reference    string // of the message that opened the case
	SenderDomain string // of the school that referred
	Accepted     bool   // a case of it is accepted
	By           string // ByReference, ByLetter or ByMessage
	Erased       bool
}

// How a message may refer to a case.
const (
	ByReference = "reference" // it names our reference
	ByLetter    = "letter"    // it answers a letter of ours
	ByMessage   = "message"   // it answers the referral itself
)
