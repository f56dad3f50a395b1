package prose

import "referrald/parse/form"

// A Status says how a thing stands in the narrative; the strings are those of the explain contract.
type Status string

// The statuses, the weightiest first.
const (
	Present     Status = "present"
	Possible    Status = "possible"
	Past        Status = "past"
	OtherPerson Status = "other_person"
	Negated     Status = "negated"
)

// Keys of concerns. Of DangerNow and ActiveExploitation, Possible is as good a reason for a person to look as Present.
const (
	DangerNow          = "concern.danger_now"
	ActiveExploitation = "concern.active_exploitation"
	HigherLevel        = "concern.higher_level" // a higher-level exploitation service or process is or was involved
	StaffAllegation    = "concern.staff_allegation"
	LevelHigh          = "concern.level_high" // a level of risk claimed in prose
	LevelMedium        = "concern.level_medium"
	LevelLow           = "concern.level_low"
	OptOut             = "concern.opt_out"
	NotInformed        = "concern.not_informed" // parents are said not to know of the referral
	OneToOne           = "concern.one_to_one"
	Group              = "concern.group"
)

// Keys of the kinds of message, read in the subject and in the writer's own words.
const (
	Enquiry       = "class.enquiry"
	RightsRequest = "class.rights_request"
	Update        = "class.update"
	Withdrawal    = "class.withdrawal"
	FollowUp      = "class.follow_up"
	Password      = "class.password"
	Complaint     = "class.complaint"
	AsksForHelp   = "class.asks_for_help"
)

// The signs of source document B that have words of their own; the others are told by the factors (see SignOf).
const (
	ExcessiveCalls         = "sign.excessive_calls"
	ControllingOlderPeople = "sign.controlling_older_people"
	AssaultOrInjuries      = "sign.assault_or_injuries"
	DeclineAtSchool        = "sign.decline_at_school"
)

// A Finding is one thing that the prose tells, with the words that tell it.
type Finding struct {
	Key      string // a form.Factor, a sign.* of the contract, a concern.* or a class.*
	Status   Status
	Evidence form.Evidence // the passage's, with Text the quoted sentence or clause
	Source   form.Source
	Box      form.Key // the box of the form, or ""
}

// weight orders the statuses: where a sentence tells a thing twice, the weightiest stands first.
func (s Status) weight() int {
	switch s {
	case Present:
		return 4
	case Possible:
		return 3
	case Past:
		return 2
	case OtherPerson:
		return 1
	}
	return 0
}
