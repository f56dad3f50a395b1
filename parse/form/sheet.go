package form

import "referrald/parse/document"

// A Key names a field of the referral form or the screening tool, as in the explain contract.
type Key string

// The fields of the referral form (source document A, Referral form) and of a screening tool.
const (
	Name              Key = "young_person.name"
	DateOfBirth       Key = "young_person.date_of_birth" // ISO
	Contact           Key = "young_person.contact"
	Sexuality         Key = "young_person.sexuality"
	Address           Key = "young_person.address"
	Postcode          Key = "young_person.postcode" // upper case, one space
	Ethnicity         Key = "young_person.ethnicity"
	Religion          Key = "young_person.religion"
	Language          Key = "young_person.language"
	CareContact       Key = "social_care.contact"
	OtherAgencies     Key = "agencies.other"
	ParentName        Key = "parent.name"
	ParentContact     Key = "parent.contact"
	Responsibility    Key = "parent.responsibility"
	ParentAware       Key = "parent.aware"
	School            Key = "education.school"
	AdditionalNeeds   Key = "education.additional_needs"
	EducationStatus   Key = "education.status"
	ReferrerName      Key = "education.referrer_name"
	ReferrerContact   Key = "education.referrer_contact"
	GroupDynamics     Key = "group.dynamics"
	ProtectiveFactors Key = "risk.protective_factors"
	Interests         Key = "risk.interests"
	Summary           Key = "risk.summary"
	AreasOfWork       Key = "risk.areas_of_work"

	ToolChildName   Key = "screening.child_name"
	ToolChildBirth  Key = "screening.child_date_of_birth" // ISO
	ToolCompletedOn Key = "screening.completed_on"        // ISO
	ToolCompletedBy Key = "screening.completed_by"
	ToolLevel       Key = "screening.level" // as written
)

// A CareStatus is one of the form's five social care statuses, as in the explain contract.
type CareStatus string

// The five statuses, in the form's order.
const (
	NotOpen         CareStatus = "not_open"
	EarlyHelp       CareStatus = "early_help"
	ChildInNeed     CareStatus = "child_in_need"
	ChildProtection CareStatus = "child_protection"
	ChildInCare     CareStatus = "child_in_care"
)

// CareStatuses lists the five statuses in the form's order.
var CareStatuses = [...]CareStatus{NotOpen, EarlyHelp, ChildInNeed, ChildProtection, ChildInCare}

// A Factor is one of the form's thirty vulnerability factors, as in the explain contract.
type Factor string

// Factors lists the thirty factors in the form's order, the left column first.
var Factors = [...]Factor{
	"missing_or_late", "prolonged_missing", "travelling_elsewhere", "non_attendance", "school_exclusions",
	"unexplained_gifts", "criminality", "weapons", "drug_dealing", "substance_use", "poverty", "identity_demographic",
	"family_difficulties", "poor_parent_relationship", "neglect",
	"associating_with_children_at_risk", "financial_exploitation", "new_peer_network", "problematic_peers", "abuse",
	"mood_swings", "behaviour_changes", "physical_health", "mental_health", "family_criminality",
	"special_educational_needs", "care_experienced", "social_media", "social_isolation", "gangs",
}

// A Level is the level of risk that a screening tool states, as in the explain contract.
type Level string

// The levels. LevelUnknown means that the tool's level field is blank or was not found; LevelAbsent, that there is no tool.
const (
	LevelLow       Level = "low"
	LevelMedium    Level = "medium"
	LevelHigh      Level = "high"
	LevelNone      Level = "none"
	LevelAmbiguous Level = "ambiguous"
	LevelUnknown   Level = "unknown"
	LevelAbsent    Level = "absent"
)

// Evidence says where a value was read: in which document, where in it, and the very words.
type Evidence struct {
	Document string        `json:"document"`       // the file's name as sent; empty for the mail's own text
	Where    string        `json:"where"`          // "table 1, row 3, cell 1" or "page 2"
	Page     int           `json:"page,omitempty"` // from 1
	Box      document.Rect `json:"box,omitzero"`
	Text     string        `json:"text"` // label and value as they stand
}

// A Value is one field as read. Text is normalised as the explain contract says (dates ISO, postcodes upper case).
type Value struct {
	Text       string  `json:"value"`
	Confidence float64 `json:"confidence"` // 0 to 1; below 0.8 a person confirms
	Evidence
}

// A Tick is the state of one printed option with how sure it is and where it stood.
type Tick struct {
	Mark       document.Mark `json:"mark"`
	Confidence float64       `json:"confidence"`
	Evidence   Evidence      `json:"evidence"`
}

// A Kind says what a sheet is.
type Kind string

// The kinds of sheet. A document that holds a form and a tool gives two sheets.
const (
	ReferralForm  Kind = "referral_form"
	ScreeningTool Kind = "screening_tool"
)

// A Sheet is one referral form or one screening tool as filled in for one child. A document holds none, one or several.
type Sheet struct {
	Kind      Kind                `json:"kind"`
	Document  string              `json:"document"` // the file's name as sent
	Part      int                 `json:"part"`     // the file's place in its message, from 0
	Format    document.Format     `json:"format"`
	Fields    map[Key]Value       `json:"fields,omitempty"`
	Status    map[CareStatus]Tick `json:"status,omitempty"`
	Factors   map[Factor]Tick     `json:"factors,omitempty"`
	Level     Level               `json:"level,omitempty"`   // of a tool; LevelUnknown where blank
	Council   string              `json:"council,omitempty"` // "stoke", "staffordshire", "other" or "": whose tool it is, by its heading
	Dated     Dated               `json:"dated,omitempty"`   // of a tool: how its completion date reads
	Born      Dated               `json:"born,omitempty"`    // how the birth date reads
	Conflicts []Conflict          `json:"conflicts,omitempty"`
	Passages  []Passage           `json:"passages,omitempty"` // free text of the boxes and the tool's rows, template text removed
	Scanned   bool                `json:"scanned,omitempty"`  // recognised in a picture: what is not in Fields may all the same stand there
	Blank     bool                `json:"blank,omitempty"`    // the template is known, and not one value was found: our failure until shown otherwise
}

// Dated says how a date field reads where its Value is missing or doubtful.
type Dated string

// How a date can read.
const (
	DateBlank      Dated = ""           // nothing stands there
	DateGood       Dated = "good"       // a day that exists, in Fields as ISO
	DateNoDay      Dated = "no_day"     // month and year only
	DateImpossible Dated = "impossible" // 31/02/2012
	DateUnclear    Dated = "unclear"    // words that are no date
)

// A Conflict is a thing that two witnesses tell differently (a box and its field, a level field and a ticked level).
type Conflict struct {
	Key      Key        `json:"key"`
	Between  []Evidence `json:"between"`
	Sentence string     `json:"sentence"` // closed words for staff, nothing of the document
}

// A Passage is a piece of prose with where it stood, for the rules that read prose.
type Passage struct {
	Source Source `json:"source"`
	Key    Key    `json:"key,omitempty"` // the box it stood in, for FromForm
	Evidence
}

// A Source says which part of a message a passage is from.
type Source string

// Where prose can stand.
const (
	FromSubject Source = "subject"
	FromBody    Source = "body"   // the writer's own words in the mail
	FromQuoted  Source = "quoted" // an earlier mail quoted below
	FromForm    Source = "form"   // a box of the referral form
	FromTool    Source = "tool"   // a row or box of a screening tool
	FromOther   Source = "other"  // another attached document
	FromFooter  Source = "footer" // signature or disclaimer: never evidence
)
