package store

import (
	"time"

	"referrald/triage"
)

// Facts are what the staff's digest tells, between two moments.
type Facts struct {
	From, At time.Time
	Urgent   []CaseLine // not acknowledged, oldest first
	Held     []CaseLine // oldest first
	Waiting  []CaseLine // for schools, oldest first
	Look     []CaseLine // signposted, not looked at again by a person, oldest first
	Accepted []CaseLine // since From
	Due      []DueReview
	Outcomes map[triage.Outcome]int // cases that arrived since From
	Classes  map[triage.Class]int   // messages since From
	Weeks    []Week                 // the last eight, oldest first
	Failures []Failure

	Seen      int // messages that the ledger knows of
	Decided   int // of them, decided
	Undecided int // of them, filed and not yet decided
	Unfiled   int // places that were tried and could not be filed yet

	AuditCount int64
	AuditHead  string
	LastRead   time.Time // the last time that the mailbox was looked through, zero if never
	Stopped    bool      // letters are stopped
	StoppedAt  time.Time
	Queued     int // letters that wait to leave
}

// A Week is one week's counts, from Monday.
type Week struct {
	Monday   time.Time
	Messages int
	Outcomes map[triage.Outcome]int
}

// A DueReview is a review of the tracker that is due.
type DueReview struct {
	Reference string
	Review    triage.Review
	Overdue   bool
}

// A Failure is something that was given up and needs a person.
type Failure struct {
	Kind      JobKind
	ID        int64 // of the message or the letter
	Reference string
	At        time.Time
	Code      string
}
