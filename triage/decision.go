package triage

import (
	"referrald/parse"
	"referrald/parse/form"
)

// A Clause names one clause of the two source documents; see docs/decisions.md.
type Clause string

// The clauses of source document A (the service) and B (the CCE referral process), and the one of safety.
const (
	ClauseProvision      Clause = "provision"
	ClauseGroupWork      Clause = "group_work"
	ClauseSignposting    Clause = "signposting"
	ClauseAge            Clause = "age"
	ClausePrimaryYears   Clause = "primary_years"
	ClauseArea           Clause = "area"
	ClauseReferrer       Clause = "referrer"
	ClauseLowRisk        Clause = "low_risk"
	ClausePreventionOnly Clause = "prevention_only"
	ClauseScreeningTool  Clause = "screening_tool"
	ClauseContacts       Clause = "contacts"
	ClauseForm           Clause = "form"
	ClauseInformed       Clause = "informed"
	ClauseConfidential   Clause = "confidential"
	ClauseSigns          Clause = "signs"
	ClauseAgencyCheck    Clause = "agency_check"
	ClauseOpenCase       Clause = "open_case"
	ClauseClosedCase     Clause = "closed_case"
	ClauseEmerging       Clause = "emerging"
	ClauseModerate       Clause = "moderate"
	ClauseSignificant    Clause = "significant"
	ClauseTracker        Clause = "tracker"
	ClauseEmergency      Clause = "emergency"
)

// A Verdict is what a rule found. Unknown is never NotMet.
type Verdict string

// The verdicts.
const (
	Met     Verdict = "met"
	NotMet  Verdict = "not_met"
	Unknown Verdict = "unknown"
)

// An Effect is what a reason asks for, in rising caution; see Precedence. A met criterion asks for nothing.
type Effect string

// The effects.
const (
	EffectNone       Effect = ""            // the criterion is met, or the reason is a flag for staff
	EffectAsk        Effect = "ask"         // something required is missing
	EffectSignpost   Effect = "signpost"    // clearly not met
	EffectHold       Effect = "hold"        // a person must look
	EffectHoldSafety Effect = "hold_safety" // a person must look, and no clear not-met may decide before
	EffectHoldUrgent Effect = "hold_urgent" // a person must look now
)

// A Reason is one rule that spoke. Says is for staff and may hold numbers and dates that the rule computed, never a
// name or an address; Words are the very words relied on, and stay with staff. What leaves in letters and digests is
// made from Clause and Code alone.
type Reason struct {
	Clause  Clause          `json:"clause"`
	Code    Code            `json:"code"`
	Verdict Verdict         `json:"verdict"`
	Effect  Effect          `json:"effect,omitempty"`
	Says    string          `json:"says"`
	Source  string          `json:"source"` // the heading of the source document that the clause stands under
	Words   []form.Evidence `json:"words,omitempty"`
}

// A Code names one finding of one rule in a closed list (codes.go): "age.too_old", "screening_tool.absent". Its
// Sentence is safe to print anywhere.
type Code string

// An Outcome is what follows for a child or a message. Caution rises in the order accept, request_information,
// signpost, hold.
type Outcome string

// The outcomes of the explain contract.
const (
	Accept             Outcome = "accept"
	RequestInformation Outcome = "request_information"
	Signpost           Outcome = "signpost"
	Hold               Outcome = "hold"
	Ignore             Outcome = "ignore" // machine mail
)

// A Pathway is the threshold of source document B that a case stands at.
type Pathway string

// The pathways of the explain contract.
const (
	PathwayEmerging    Pathway = "emerging"
	PathwayModerate    Pathway = "moderate"
	PathwaySignificant Pathway = "significant"
	PathwayUnknown     Pathway = "unknown"
)

// A Missing names a thing that the school is asked for: a form.Key, or one of the constants below.
type Missing string

// Things that can be missing beside fields.
const (
	MissingForm      Missing = "referral_form"
	MissingTool      Missing = "screening_tool"
	MissingToolLevel Missing = "screening_tool.level"
	MissingToolDate  Missing = "screening_tool.completed_on"
	MissingStatus    Missing = "social_care_status"
)

// A Contact is a council that a signposting letter may name; its address comes from the policy (source document A,
// Screening tools and pathways), never from a message.
type Contact string

// The contacts. ContactHomeCouncil stands for the children's services of a council outside the area: no address is named.
const (
	ContactStoke         Contact = "stoke"
	ContactStaffordshire Contact = "staffordshire"
	ContactHomeCouncil   Contact = "home_council"
)

// A Decision is what the rules make of one child.
type Decision struct {
	Outcome  Outcome   `json:"outcome"`
	Urgent   bool      `json:"urgent"`
	Missing  []Missing `json:"missing"`
	Reasons  []Reason  `json:"reasons"`  // every rule that spoke, in the order of the rules
	Contacts []Contact `json:"contacts"` // whom a signposting letter names
	Pathway  Pathway   `json:"pathway"`
	Flags    []Code    `json:"flags,omitempty"`    // for staff: open_case, wish for 1:1, high level …
	Next     []Code    `json:"next,omitempty"`     // what document B asks of the next step, for staff
	Released bool      `json:"released,omitempty"` // false where a letter that decides waits for a person
}

// A Status says how a sign stands in the narrative.
type Status string

// The statuses of the explain contract.
const (
	Present     Status = "present"
	Possible    Status = "possible"
	Past        Status = "past"
	Negated     Status = "negated"
	OtherPerson Status = "other_person"
)

// A Sign is one of the nine signs or thirty factors (or, for the rules only, active exploitation, an earlier
// higher-level intervention, danger now, …) as the narrative tells it, with the quoted words.
type Sign struct {
	Key      string        `json:"key"` // a form.Factor, "sign.*" of the contract, or one of the concern keys of the recogniser
	Status   Status        `json:"status"`
	Evidence form.Evidence `json:"evidence"`
	Source   form.Source   `json:"source"`
	Box      form.Key      `json:"box,omitempty"`
}

// A Class says what kind of message it is.
type Class string

// The classes of the explain contract.
const (
	ClassReferral          Class = "referral"
	ClassFollowUp          Class = "follow_up"
	ClassUpdate            Class = "update"
	ClassEnquiry           Class = "enquiry"
	ClassRightsRequest     Class = "rights_request"
	ClassConcernAboutStaff Class = "concern_about_staff"
	ClassAutoReply         Class = "auto_reply"
	ClassBounce            Class = "bounce"
	ClassBulk              Class = "bulk"
	ClassUnreadable        Class = "unreadable"
)

// A LetterKind is a kind of letter to the sender; the empty kind is no letter.
type LetterKind string

// The kinds of the explain contract.
const (
	NoLetter                 LetterKind = ""
	Acknowledgement          LetterKind = "acknowledgement"
	InformationRequestLetter LetterKind = "request_information"
	SignpostingLetter        LetterKind = "signposting"
	Receipt                  LetterKind = "receipt"
)

// A Child is one referral of a message with what was decided about it.
type Child struct {
	Referral parse.Referral `json:"referral"`
	Signs    []Sign         `json:"signs"`
	Decision Decision       `json:"decision"`
}

// An Intake is all that one message leads to.
type Intake struct {
	Class    Class      `json:"class"`
	Sender   Sender     `json:"sender"`
	Children []Child    `json:"children"`
	Signs    []Sign     `json:"signs"`   // what the mail's own words say
	Reasons  []Reason   `json:"reasons"` // rules about the message as a whole
	Outcome  Outcome    `json:"outcome"`
	Urgent   bool       `json:"urgent"`
	Letter   LetterKind `json:"letter"`            // the one letter that may leave by itself
	Drafted  LetterKind `json:"drafted,omitempty"` // the letter that waits for a person's release
	Home     []Contact  `json:"home,omitempty"`    // the home authorities, where certain
}
