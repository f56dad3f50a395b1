package notify

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"referrald/triage"
)

// A Step is what staff do next about a case, in a closed list. The empty step is the usual one of the list that the case
// stands in.
type Step string

// The steps.
const (
	StepAcknowledge Step = "acknowledge"       // an urgent case that nobody has acknowledged
	StepRead        Step = "read"              // a person reads and decides
	StepConfirm     Step = "confirm"           // met on paper: a worker confirms with the school
	StepWaitSchool  Step = "wait_school"       // the school was asked for something
	StepRelease     Step = "release"           // a drafted letter waits for a person
	StepLookOver    Step = "look_over"         // a signposted referral is looked at again
	StepOpenCase    Step = "open_case"         // check with the lead professional
	StepAgencies    Step = "agency_check"      // contact MASH
	StepWrite       Step = "write_to_referrer" // no letter may leave by itself
)

// A Line is a case in one of the digest's lists.
type Line struct {
	Reference Reference
	Since     time.Time // since when it waits
	Outcome   triage.Outcome
	Urgent    bool
	Code      triage.Code // the one reason that decides, or "" where none is known
	Next      Step
}

// A Week is how many referrals came in from a Monday on, by what followed.
type Week struct {
	Start  time.Time
	Counts map[triage.Outcome]int
}

// A ReviewLine is a review of the exploitation tracker that is due (clause tracker).
type ReviewLine struct {
	Reference Reference
	Code      triage.Code // triage.CodeStatusReview or triage.CodeToolReview
	Due       time.Time   // a day, as midnight UTC
	Overdue   bool
}

// A Failed says what did not succeed and will not by itself, in a closed list.
type Failed string

// What can fail.
const (
	LetterFailed  Failed = "letter_failed"
	LetterBounced Failed = "letter_bounced"
	JobFailed     Failed = "job_failed"
)

// A FailureLine is a failure that a person sees to. A job may belong to no message: then the reference is "".
type FailureLine struct {
	Reference Reference
	What      Failed
}

// A Notice is a state of the daemon that staff must know of, in a closed list.
type Notice string

// The notices.
const (
	NoRegister      Notice = "no_register"
	NoPostcodes     Notice = "no_postcodes"
	OutgoingStopped Notice = "outgoing_stopped"
	NoOCR           Notice = "no_ocr"
	ShadowMode      Notice = "shadow_mode"
	ConfirmMode     Notice = "confirm_mode"
	IntakeSilent    Notice = "intake_silent"
)

// DigestFacts are all that a digest is made of.
type DigestFacts struct {
	From, At      time.Time              // the time that it tells of, and when it was written
	Counts        map[triage.Outcome]int // referrals that came in since From, by outcome
	Urgent        []Line                 // that nobody has acknowledged
	Held          []Line                 // that wait for a person
	Waiting       []Line                 // that wait for the school
	Drafts        []Line                 // that wait for a person's release or second look
	Weeks         []Week
	Reviews       []ReviewLine
	Failed        []FailureLine
	LastRead      time.Time // when the mailbox was last read; zero is never
	Seen          int       // messages seen since From …
	Accounted     int       // … and those with an outcome
	AuditHead     string    // the newest hash of the audit chain, in hex, or ""
	SecretExpires time.Time // when the mailbox's credential ends; zero is not known
	Notices       []Notice
}

var (
	errTimes   = errors.New("a digest needs the time that it tells of, from one time to a later one")
	errCounts  = errors.New("a count is below 0, or of something that is no outcome")
	errAudit   = errors.New("the audit's hash must be hex digits")
	errLine    = errors.New("a line holds a reference, time, outcome, code or step that is not of its list")
	errReview  = errors.New("a review holds a reference, day or code that is not of its list")
	errFailed  = errors.New("a failure holds a reference or code that is not of its list")
	errNotice  = errors.New("a notice is not of its list")
	errWeek    = errors.New("a week needs its Monday")
	hexDigits  = regexp.MustCompile(`^[0-9a-fA-F]{0,128}$`)
	allCounted = [...]triage.Outcome{triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold, triage.Ignore}
)

// faults returns everything in the facts that is not in a closed list, without repeating it.
func (f *DigestFacts) faults() (all []error) {
	if f.From.IsZero() || f.At.Before(f.From) {
		all = append(all, errTimes)
	}
	if !counted(f.Counts) || f.Seen < 0 || f.Accounted < 0 {
		all = append(all, errCounts)
	}
	if !hexDigits.MatchString(f.AuditHead) {
		all = append(all, errAudit)
	}
	for _, list := range [...][]Line{f.Urgent, f.Held, f.Waiting, f.Drafts} {
		if slices.ContainsFunc(list, func(l Line) bool { return !l.closed() }) {
			all = append(all, errLine)
		}
	}
	return append(all, f.listFaults()...)
}

func (f *DigestFacts) listFaults() (all []error) {
	if slices.ContainsFunc(f.Reviews, func(r ReviewLine) bool { return !r.closed() }) {
		all = append(all, errReview)
	}
	if slices.ContainsFunc(f.Failed, func(l FailureLine) bool {
		return failedWords[l.What] == "" || l.Reference != "" && !l.Reference.Valid()
	}) {
		all = append(all, errFailed)
	}
	if slices.ContainsFunc(f.Notices, func(n Notice) bool { return noticeWords[n] == "" }) {
		all = append(all, errNotice)
	}
	for i, w := range f.Weeks {
		switch {
		case w.Start.IsZero():
			all = append(all, fmt.Errorf("week %d: %w", i+1, errWeek))
		case !counted(w.Counts):
			all = append(all, fmt.Errorf("week %d: %w", i+1, errCounts))
		}
	}
	return all
}

func counted(counts map[triage.Outcome]int) bool {
	for outcome, n := range counts {
		if n < 0 || !slices.Contains(allCounted[:], outcome) {
			return false
		}
	}
	return true
}

func (l *Line) closed() bool {
	return l.Reference.Valid() && !l.Since.IsZero() && slices.Contains(allCounted[:], l.Outcome) &&
		(l.Code == "" || l.Code.Known()) && (l.Next == "" || stepWords[l.Next] != "")
}

func (r *ReviewLine) closed() bool {
	return r.Reference.Valid() && !r.Due.IsZero() && (r.Code == triage.CodeStatusReview || r.Code == triage.CodeToolReview)
}
