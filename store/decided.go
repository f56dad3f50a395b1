package store

import (
	"time"

	"referrald/triage"
)

// Decided is all that one message leads to, kept in one transaction.
type Decided struct {
	MessageID int64
	At        time.Time
	Class     triage.Class
	Outcome   triage.Outcome
	Urgent    bool
	Sender    string // the author's address, sealed; its blind index is for the caps
	Joins     string // the reference of the earlier case that a follow-up belongs to, or ""
	By        Machine
	Intake    []byte    // JSON, sealed
	Reading   []byte    // JSON, sealed
	Cases     []NewCase // one for each child; none makes one case of the whole message, unless it is ignored
	Letter    *Mail     // the one letter that leaves by itself, or nil
	Drafted   *Mail     // a letter that waits for a person's release, or nil
	Alerts    []Mail    // to staff, at once; one for each recipient
}

// A Machine says which build and which policy decided.
type Machine struct {
	Version string
	Policy  string // the hash of the policy
}

// A NewCase is one child of a message, with what was decided.
type NewCase struct {
	Number        int // from 1, in the order of the attachments
	Outcome       triage.Outcome
	Urgent        bool
	Pathway       triage.Pathway
	Codes         []triage.Code // the reasons' codes: closed words, not sealed
	Flags         []triage.Code
	Decision      []byte // JSON with reasons and words, sealed
	Name, Birth   string // for the blind index of known children; never stored
	ToolCompleted time.Time
	Council       triage.Council // of the home or, where that is not known, of the sender: for counts
	School        string         // sealed
}

// A MailKind says what a kept mail is.
type MailKind string

// The kinds of mail.
const (
	LetterMail MailKind = "letter"
	AlertMail  MailKind = "alert" // leaves even while letters are stopped
	DigestMail MailKind = "digest"
	NoticeMail MailKind = "notice" // to a configured hub: a changed status
)

// A Mail is a finished mail to one recipient, composed and with its Message-ID fixed.
type Mail struct {
	Kind      MailKind
	Template  string // which letter it is (triage.LetterKind), for lists
	MessageID string
	From, To  string // envelope addresses
	Raw       []byte // the whole mail
}
