package notify

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"referrald/triage"
)

// Emergency is the sentence that every mail to the outside begins with. No template can change it.
const Emergency = "This inbox is not for emergencies: in an emergency, call 999."

// A Child is what a letter says of one referral: closed codes, and its number in the message.
type Child struct {
	Number   int // from 1, in the order of the attachments
	Outcome  triage.Outcome
	Missing  []triage.Missing
	Codes    []triage.Code // of the reasons that ask for something
	Contacts []triage.Contact
}

// LetterFacts are all that a letter is made of.
type LetterFacts struct {
	Kind       triage.LetterKind
	Reference  Reference
	ReceivedAt time.Time // when the message arrived
	Children   []Child   // a receipt may have none
	Released   bool      // a person decided that this letter leaves
	TooLarge   bool      // the message was not read, for its size; for receipts
}

// An Envelope is where a letter goes, and which message it answers.
type Envelope struct {
	To         string   // a plain address: the authenticated sender's
	MessageID  string   // of the letter, drawn once and kept; with or without angle brackets
	InReplyTo  string   // Message-ID of the message that is answered, or ""
	References []string // Message-IDs of the thread, oldest first
	At         time.Time
}

var (
	errKind       = errors.New("this is not a kind of letter")
	errReference  = errors.New("a letter needs a reference in the shape that ParseReference returns")
	errReceived   = errors.New("a letter needs the time at which the message arrived")
	errNoChildren = errors.New("a letter that decides needs the referral that it decides on")
)

// faults returns everything in the facts that is not in a closed list.
func (f *LetterFacts) faults() (all []error) {
	if !slices.Contains(letterKinds[:], f.Kind) {
		all = append(all, errKind)
	}
	if !f.Reference.Valid() {
		all = append(all, errReference)
	}
	if f.ReceivedAt.IsZero() {
		all = append(all, errReceived)
	}
	if f.Kind != triage.Receipt && len(f.Children) == 0 {
		all = append(all, errNoChildren)
	}
	for i := range f.Children {
		if err := f.Children[i].check(f.Kind, len(f.Children) == 1); err != nil {
			all = append(all, fmt.Errorf("referral %d: %w", i+1, err))
		}
	}
	return all
}

var letterKinds = [...]triage.LetterKind{triage.Acknowledgement, triage.InformationRequestLetter, triage.SignpostingLetter, triage.Receipt}

// check tells what of a child is not in a closed list. What it was that stood there is not told: it may be somebody's words.
func (c *Child) check(kind triage.LetterKind, only bool) error {
	switch {
	case c.Number < 1 || c.Number > maxChildren:
		return fmt.Errorf("the number must be 1 to %d", maxChildren)
	case !slices.Contains(outcomes[:], c.Outcome):
		return errors.New("the outcome is not one of the list")
	case slices.ContainsFunc(c.Missing, func(m triage.Missing) bool { return m.Label() == "" }):
		return errors.New("something is named as missing that has no label")
	case slices.ContainsFunc(c.Codes, func(k triage.Code) bool { return !k.Known() }):
		return errors.New("a code is not one of the list")
	case slices.ContainsFunc(c.Contacts, func(k triage.Contact) bool { return !slices.Contains(contacts[:], k) }):
		return errors.New("a contact is not one of the list")
	case c.outcome(kind, only) == triage.RequestInformation && len(c.Missing) == 0:
		return errors.New("nothing is named as missing")
	}
	return nil
}

const maxChildren = 999

var outcomes = [...]triage.Outcome{triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold}

var contacts = [...]triage.Contact{triage.ContactStoke, triage.ContactStaffordshire, triage.ContactHomeCouncil}

// outcome is what the letter says of the child. A letter about one alone is of its kind: a person may have released another
// than the rules would have sent.
func (c *Child) outcome(kind triage.LetterKind, only bool) triage.Outcome {
	if !only {
		return c.Outcome
	}
	switch kind {
	case triage.Acknowledgement:
		return triage.Accept
	case triage.InformationRequestLetter:
		return triage.RequestInformation
	case triage.SignpostingLetter:
		return triage.Signpost
	}
	return triage.Hold
}
