package store

import (
	"time"

	"referrald/triage"
)

// A RetentionPolicy says after how many days since its last change a case of an outcome is erased; 0 or absent: never.
// Accepted cases count from their closing and are kept while open; held and waiting ones are kept until they are closed.
type RetentionPolicy struct {
	Days        map[triage.Outcome]int
	IgnoredDays int // messages that are no referral, from their arrival; 0: never
}

// A RetentionLine is one case or message that may be forgotten.
type RetentionLine struct {
	Reference string
	Outcome   triage.Outcome
	Since     time.Time
	LegalHold bool // kept for that reason alone
	Erased    bool // false in a dry run
}
