package notify

import "referrald/triage"

// A Step is what staff do next: one of the closed steps, or a triage.Code of what document B asks.
type Step string

// The closed steps.
const (
	StepAcknowledge Step = "acknowledge"
	StepDecide      Step = "decide"
	StepRelease     Step = "release"
	StepAwait       Step = "await"
	StepLookOver    Step = "look_over"
	StepConfirm     Step = "confirm"
	StepReview      Step = "review"
)

// steps says them. Command names are those of the daemon.
var steps = map[Step]string{
	StepAcknowledge: "read it now, act, and acknowledge it (case acknowledge), or it is reported again",
	StepDecide:      "read it and decide (case show, case decide)",
	StepRelease:     "read the drafted letter and release or replace it (case decide)",
	StepAwait:       "wait for the school's reply; ring if it takes long",
	StepLookOver:    "look the signposting over and close the case (case close)",
	StepConfirm:     "confirm the referral with the school",
	StepReview:      "review it and record that (case review)",
}

// Sentence returns the step in closed words, or "" for what is none.
func (s Step) Sentence() string {
	if says, ok := steps[s]; ok {
		return says
	}
	return triage.Code(s).Sentence()
}

// A Mishap is a closed word for what failed.
type Mishap string

// The mishaps.
const (
	LetterFailed  Mishap = "letter_failed"
	LetterBounced Mishap = "letter_bounced"
	JobFailed     Mishap = "job_failed"
	MoveFailed    Mishap = "move_failed"
	ReadFailed    Mishap = "read_failed"
)

var mishaps = map[Mishap]string{
	LetterFailed:  "A letter could not be delivered; tell the school another way.",
	LetterBounced: "A letter came back; the school has not got it. Tell it another way.",
	JobFailed:     "A piece of work was given up after many tries; the log names it.",
	MoveFailed:    "The message could not be moved to the folder of its outcome; the decision stands.",
	ReadFailed:    "The message could not be fetched whole; look at it in the mailbox.",
}

// Sentence returns the mishap in closed words.
func (m Mishap) Sentence() string {
	if says, ok := mishaps[m]; ok {
		return says
	}
	return "Something failed; the log names it."
}

// A Notice is a closed word for a state of the daemon that staff must know.
type Notice string

// The notices.
const (
	NoRegister      Notice = "no_register"
	NoPostcodes     Notice = "no_postcodes"
	OutgoingStopped Notice = "outgoing_stopped"
	NoOCR           Notice = "no_ocr"
	ShadowMode      Notice = "shadow_mode"
	ConfirmMode     Notice = "confirm_mode"
	NoUrgentContact Notice = "no_urgent_contact"
	NoRetention     Notice = "no_retention"
)

// notices are ordered by weight; those before NoRegister are shown as warnings.
var notices = [...]struct {
	notice  Notice
	warning bool
	says    string
}{
	{OutgoingStopped, true, "Letters to schools are stopped. They wait until somebody starts them again."},
	{NoUrgentContact, true, "Nobody is named whom an urgent case reaches at night and at weekends: set digest.urgent_to."},
	{ShadowMode, false, "Shadow mode: only receipts leave; every letter that decides waits for a person."},
	{ConfirmMode, false, "Confirm mode: signposting that turns on the child waits for a person."},
	{NoRegister, false, "No register of schools is configured: only the endings of school domains are known, and more is held."},
	{NoPostcodes, false, "No postcode table is configured: the built-in table of districts decides, and more is held."},
	{NoOCR, false, "No text recognition is installed: scans and photographs wait for a person."},
	{NoRetention, false, "No retention is set: closed cases are kept until a person deletes them."},
}
