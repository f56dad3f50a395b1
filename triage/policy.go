package triage

import (
	_ "embed" // the default policy
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"referrald/parse/form"
)

//go:embed policy.toml
var defaultPolicy string

// A Mode says which letters leave by themselves.
type Mode string

// The modes.
const (
	Automatic Mode = "automatic" // letters leave as decided
	Confirm   Mode = "confirm"   // signposting that turns on the child waits for a person
	Shadow    Mode = "shadow"    // only receipts leave
)

// A Policy is the rules' numbers, words and lists as validated data. DefaultPolicy and ReadPolicy make one; it is not
// changed afterwards.
type Policy struct {
	Mode          Mode `toml:"mode"`
	SenderCap     int  `toml:"letters_per_sender_and_day"` // automatic letters to one address within a day
	DailyCap      int  `toml:"letters_per_day"`            // automatic letters in all within a day
	RetentionDays int  `toml:"retention_days"`             // after closing; 0 is unset

	Age struct {
		From       int    `toml:"from"`
		To         int    `toml:"to"`
		ToWithSEND int    `toml:"to_with_send"`
		Limit      string `toml:"year_of_limit"` // hold, accept or signpost
	} `toml:"age"`
	PrimaryYears struct {
		From int `toml:"from"`
		To   int `toml:"to"`
	} `toml:"primary_years"`
	ScreeningTool struct {
		Months     int `toml:"months"`
		FlagMonths int `toml:"flag_months"`
	} `toml:"screening_tool"`
	Form struct {
		Required     []string `toml:"required"`
		Placeholders []string `toml:"placeholders"`
		Several      []string `toml:"several"`
		NotNames     []string `toml:"not_names"`
		Confidence   float64  `toml:"confidence"`
	} `toml:"form"`
	PreventionOnly struct {
		Effect string `toml:"effect"` // hold or signpost
	} `toml:"prevention_only"`
	Contacts struct {
		Stoke         string `toml:"stoke"`
		Staffordshire string `toml:"staffordshire"`
	} `toml:"contacts"`
	Area     Districts     `toml:"area"`
	Senders  SenderLists   `toml:"senders"`
	Phases   PhaseWords    `toml:"phases"`
	SEND     SENDWords     `toml:"send"`
	Informed InformedWords `toml:"informed"`
	Messages MessageWords  `toml:"messages"`

	// London is the place whose calendar counts days, months and birthdays.
	London *time.Location `toml:"-"`
}

// SenderLists tell kinds of senders by their mail domains.
type SenderLists struct {
	Police                 []string `toml:"police"`
	LocalAuthority         []string `toml:"local_authority"`
	Government             []string `toml:"government"`
	Health                 []string `toml:"health"`
	FreeMail               []string `toml:"free_mail"`
	SchoolsStoke           []string `toml:"schools_stoke"`
	SchoolsStaffordshire   []string `toml:"schools_staffordshire"`
	SchoolsElsewhere       []string `toml:"schools_elsewhere"`
	EducationStoke         []string `toml:"education_stoke"`
	EducationStaffordshire []string `toml:"education_staffordshire"`
	EducationElsewhere     []string `toml:"education_elsewhere"`
	SharedHosts            []string `toml:"shared_hosts"`
	NotStaff               []string `toml:"not_staff"`
	ProvisionWords         []string `toml:"provision_words"`
	ProvisionLabels        []string `toml:"provision_labels"`
	AttendsWords           []string `toml:"attends_words"`
}

// PhaseWords are the words of a school's name that tell its phase.
type PhaseWords struct {
	Nursery      []string `toml:"nursery"`
	Primary      []string `toml:"primary"`
	Middle       []string `toml:"middle"`
	Secondary    []string `toml:"secondary"`
	AllThrough   []string `toml:"all_through"`
	Special      []string `toml:"special"`
	Alternative  []string `toml:"alternative"`
	SixteenPlus  []string `toml:"sixteen_plus"`
	HomeEducated []string `toml:"home_educated"`
}

// SENDWords tell whether a form states special educational needs or disabilities.
type SENDWords struct {
	Stated  []string `toml:"stated"`
	None    []string `toml:"none"`
	Unsure  []string `toml:"unsure"`
	Negated []string `toml:"negated"`
	Doubted []string `toml:"doubted"`
}

// InformedWords tell the answers to whether the parents know of the referral.
type InformedWords struct {
	Yes            []string `toml:"yes"`
	No             []string `toml:"no"`
	Blank          []string `toml:"blank"`
	NotNo          []string `toml:"not_no"`
	But            []string `toml:"but"`
	Refusal        []string `toml:"refusal"`
	NegatedRefusal []string `toml:"negated_refusal"`
}

// MessageWords tell what a message without documents wants, beside the lexicon of prose.
type MessageWords struct {
	Refers  []string `toml:"refers"`
	Serious []string `toml:"serious"`
}

// DefaultPolicy returns the built-in policy.
func DefaultPolicy() (*Policy, error) { return ReadPolicy() }

// ReadPolicy returns the built-in policy with the given files laid over it, in their order. Every fault of a file is in
// the error, one a line, each with its key and what it may be; then no policy is returned.
func ReadPolicy(over ...io.Reader) (*Policy, error) {
	p := &Policy{}
	var faults []error
	for _, r := range append([]io.Reader{strings.NewReader(defaultPolicy)}, over...) {
		faults = append(faults, p.decode(r)...)
	}
	if len(faults) == 0 {
		faults = p.faults()
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		faults = append(faults, fmt.Errorf("loading the calendar of London: %w", err))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("reading the policy: %w", errors.Join(faults...))
	}
	p.London = london
	p.fold()
	return p, nil
}

// decode lays one file over the policy and returns its faults: bad TOML, or keys that no rule knows.
func (p *Policy) decode(r io.Reader) []error {
	meta, err := toml.NewDecoder(r).Decode(p)
	if err != nil {
		var bad toml.ParseError
		if errors.As(err, &bad) {
			return []error{fmt.Errorf("line %d: %s", bad.Position.Line, bad.Message)}
		}
		return []error{err}
	}
	var faults []error
	for _, key := range meta.Undecoded() {
		faults = append(faults, fmt.Errorf("%s: no such key; docs/policy.md names them all", key))
	}
	return faults
}

// Address returns the address that a signposting letter names for a contact, or "" for a council outside the area.
func (p *Policy) Address(c Contact) string {
	switch c {
	case ContactStoke:
		return p.Contacts.Stoke
	case ContactStaffordshire:
		return p.Contacts.Staffordshire
	}
	return ""
}

// requires tells whether a field must be filled in before a referral is accepted.
func (p *Policy) requires(key string) bool {
	for _, k := range p.Form.Required {
		if k == key {
			return true
		}
	}
	return false
}

// requirable are the fields that a policy may require, in the form's order.
var requirable = []Missing{
	Missing(form.Name), Missing(form.DateOfBirth), Missing(form.Contact), Missing(form.Address), MissingStatus,
	Missing(form.CareContact), Missing(form.OtherAgencies), Missing(form.ParentName), Missing(form.ParentContact),
	Missing(form.Responsibility), Missing(form.ParentAware), Missing(form.School), Missing(form.AdditionalNeeds),
	Missing(form.EducationStatus), Missing(form.ReferrerName), Missing(form.ReferrerContact), Missing(form.GroupDynamics),
	Missing(form.ProtectiveFactors), Missing(form.Interests), Missing(form.Summary), Missing(form.AreasOfWork),
	Missing(form.Language),
}

// essential are the fields without which no rule can decide: a policy must require them.
var essential = []Missing{Missing(form.Name), Missing(form.DateOfBirth), Missing(form.Address), Missing(form.ParentAware)}
