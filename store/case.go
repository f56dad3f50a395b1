package store

import (
	"time"

	"referrald/triage"
)

// A CaseStatus says where a case stands with the staff.
type CaseStatus string

// The statuses.
const (
	StatusWaiting CaseStatus = "waiting" // for the school: information was asked for
	StatusHeld    CaseStatus = "held"    // for a person
	StatusOpen    CaseStatus = "open"    // accepted
	StatusClosed  CaseStatus = "closed"
	StatusOther   CaseStatus = "signposted" // until a person has looked again and closed it
)

// A CaseLine is a case in a list. It holds nothing personal.
type CaseLine struct {
	Reference    string // "7KQM-3XTR", or "7KQM-3XTR/2" for the second child of a message
	Class        triage.Class
	Outcome      triage.Outcome
	Status       CaseStatus
	Urgent       bool
	Acknowledged bool // a person has seen the urgent case
	Pathway      triage.Pathway
	Council      triage.Council
	Codes        []triage.Code
	Flags        []triage.Code
	Arrived      time.Time
	Changed      time.Time
	ByPerson     bool // the last decision is a person's
	NextReview   time.Time
	LetterFailed bool // a letter could not be delivered or came back
	LegalHold    bool
	Erased       bool
}

// A Filter chooses cases; a zero field does not narrow.
type Filter struct {
	Outcome  triage.Outcome
	Status   CaseStatus
	Urgent   bool // only urgent ones that nobody has acknowledged
	Due      time.Time
	Since    time.Time // arrived at or after
	Until    time.Time // arrived before
	Council  triage.Council
	Failed   bool // a letter failed
	Closed   bool // closed ones too
	Oldest   bool // oldest first; else newest
	Limit    int  // 0: 1000
	AfterRef string
}

// A CaseFile is everything about one case.
type CaseFile struct {
	CaseLine
	School   string
	Decision []byte // JSON of the last machine decision, with reasons and words
	Acts     []Act
	Letters  []Letter // without Raw
	Messages []Message
	Reviews  []triage.Review
	Tracked  triage.Tracked
	Audit    []Entry
}

// An Act is one thing that was done about a case, by the machine or by a person.
type Act struct {
	ID       int64
	At       time.Time
	Machine  bool
	By       string // the person, or "referrald"
	Version  string // of the machine
	Policy   string
	Action   Action
	Outcome  triage.Outcome
	Urgent   bool
	Pathway  triage.Pathway
	Word     string // of Action: which status, which review, which event
	Message  int64  // the message that led to it, or 0
	Note     string // a person's
	Decision []byte // JSON of a machine's decision
}

// An Action says what was done.
type Action string

// The actions.
const (
	ActDecided     Action = "decided"      // by the machine, on the first message
	ActFollowedUp  Action = "followed_up"  // by the machine, on a later message
	ActOutcome     Action = "outcome"      // a person decided
	ActReleased    Action = "released"     // a person let a drafted letter go
	ActAcknowledge Action = "acknowledged" // a person has seen an urgent case
	ActStatus      Action = "status"       // the tracker's status was recorded
	ActReview      Action = "review"       // a review was done
	ActEvent       Action = "event"        // a significant incident, transfer or closing
	ActClosed      Action = "closed"
	ActReopened    Action = "reopened"
	ActLegalHold   Action = "legal_hold"
	ActLegalFree   Action = "legal_hold_ended"
	ActBounced     Action = "bounced" // a letter came back
	ActErased      Action = "erased"
)

// PersonDecided is a person's decision about a case.
type PersonDecided struct {
	Reference string
	By        string
	Outcome   triage.Outcome // "" leaves it: a note, a release or an acknowledgement alone
	Release   bool           // let the drafted letter go
	Note      string         // sealed
	Letter    *Mail          // a letter that goes with it, or nil
}
