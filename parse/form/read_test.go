package form_test

import (
	"slices"
	"testing"

	"referrald/parse/form"
)

// A formCase is one way to lay out or word a referral form.
type formCase struct {
	name     string
	drawing  string
	fields   map[form.Key]string
	factors  []form.Factor
	statuses []form.CareStatus
}

var formCases = []formCase{
	{name: "no colons, four columns", drawing: `**CCE Prevention Service referral form**
		| Pupil's full name | Ania Kowal | Date of birth (dd/mm/yyyy) | 14.3.2013 |
		| Home address | 3 Plover Way, Leek ST13 8DL | Ethnicity | White British |
		| Religion | None | First language | Polish |
		| Name of parent / carer | Ewa Kowal | Relationship to child | Mother |
		| Parental responsibility | Mother | Are parents/carers aware and consenting | Yes |
		| School | Larkmoor Academy | SEND needs | None |
		| Referrer name | Jo Field | Referrer email | jo@larkmoor.example |
		| Reason for referral | New trainers. | Areas of work | Online safety. |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Postcode: "ST13 8DL", form.Ethnicity: "White British",
			form.Religion: "None", form.Language: "Polish", form.ParentName: "Ewa Kowal, Mother", form.Responsibility: "Mother", form.ParentAware: "Yes",
			form.School: "Larkmoor Academy", form.AdditionalNeeds: "None", form.ReferrerName: "Jo Field", form.ReferrerContact: "jo@larkmoor.example",
			form.Summary: "New trainers.", form.AreasOfWork: "Online safety."}},
	{name: "sections tell twins", drawing: `**Referral form**
		**Child's details**
		First name: Ania
		Surname: Kowal
		D.O.B: 14th March 2013
		Address: 3 Plover Way, Leek
		Postcode: st13 8dl
		Telephone: 07700 900123
		Email: ania@example.org
		**Parent/carer details**
		Name: Ewa Kowal
		Relationship: mum
		Telephone: 01632 960111
		Email: ewa@example.org
		**Education**
		Name of school: Larkmoor Academy
		Year group: 8
		Additional needs: SEN K
		**Referrer details**
		Name: Jo Field
		Job title: DSL
		Email: jo@larkmoor.example
		Phone: 01632 960222`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Postcode: "ST13 8DL",
			form.Contact: "07700 900123 / ania@example.org", form.ParentName: "Ewa Kowal, mum", form.ParentContact: "01632 960111 / ewa@example.org",
			form.School: "Larkmoor Academy", form.AdditionalNeeds: "SEN K", form.ReferrerName: "Jo Field", form.ReferrerContact: "01632 960222 / jo@larkmoor.example"}},
	{name: "boxes in values, printed choices", drawing: `**Referral form**
		| **Name of child:** Ania Kowal | **DOB:** 14/03/2013 |
		| **Parental responsibility?** ☒ Yes ☐ No | **Are the parents aware of the referral?** Yes / ~~No~~ |
		| **Parents' consent obtained?** ☐ Yes ☐ No | **Ethnicity:** (please state) |
		| **Any SEND?** Yes / No | **Religion:** ______ |
		| **Social worker:** | **Referrer:** Jo Field |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.Responsibility: "Yes", form.ParentAware: "Yes", form.Ethnicity: "", form.AdditionalNeeds: "",
			form.Religion: "", form.CareContact: "", form.ReferrerName: "Jo Field"}},
	{name: "yes and no columns", drawing: `**Referral form**
		Name of young person: Ania Kowal
		DOB: 14/3/13
		Referrer name: Jo Field
		Reason for referral: She is tired.
		| **Vulnerability factors** | **Yes** | **No** |
		| Going missing or returning home late | x | |
		| Prolonged episodes of missing | | x |
		| Neglect | | x |
		| Mental health issues | x | |
		| Social isolation | | |
		| **Social care status** | **Yes** | **No** |
		| Not open to social care | | x |
		| Child in Need Plan | x | |`,
		fields:  map[form.Key]string{form.Name: "Ania Kowal", form.Summary: "She is tired."},
		factors: []form.Factor{"missing_or_late", "mental_health"}, statuses: []form.CareStatus{form.ChildInNeed}},
	{name: "only the applying ones as bullets, status on one line", drawing: `Referral form
		Name of young person: Ania Kowal
		DOB: 14/03/13
		Social care status: Early Help
		Name of school: Larkmoor Academy
		Referrer name: Jo Field
		Please select vulnerability factors that are relevant for the child:
		- Neglect
		- Poor relationship with parents/carers
		- Social isolation
		Summary of risk/reason for referral: Row with mum about neglect of homework.`,
		fields:  map[form.Key]string{form.School: "Larkmoor Academy", form.Summary: "Row with mum about neglect of homework."},
		factors: []form.Factor{"poor_parent_relationship", "neglect", "social_isolation"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "struck options", drawing: `**Referral form**
		**Name of young person:** Ania Kowal
		**DOB:** 14/03/13
		**Referrer name:** Jo Field
		**Social care status:**
		~~Not open to social care~~
		~~Early Help Assessment/Plan~~
		Child in Need Plan
		~~Child Protection Plan~~
		~~Child in Care~~
		**Hobbies/Interests/Aspirations:** Judo`,
		fields: map[form.Key]string{form.Interests: "Judo"}, statuses: []form.CareStatus{form.ChildInNeed}},
	{name: "highlighted options", drawing: `**Referral form**
		**Name of young person:** Ania Kowal
		**DOB:** 14/03/13
		**Referrer name:** Jo Field
		**Social care status:**
		Not open to social care
		==Early Help Assessment/Plan==
		Child in Need Plan
		Child Protection Plan
		Child in Care
		**Hobbies/Interests/Aspirations:** Judo`,
		fields: map[form.Key]string{form.Interests: "Judo"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "a printed list is no choice", drawing: `**Referral form**
		**Name of young person:** Ania Kowal
		**DOB:** 14/03/13
		**Referrer name:** Jo Field
		**Social care status:**
		Not open to social care
		Early Help Assessment/Plan
		Child in Need Plan
		Child Protection Plan
		Child in Care
		**Hobbies/Interests/Aspirations:** Judo`,
		fields: map[form.Key]string{form.Interests: "Judo"}},
	{name: "label words inside values", drawing: `**Referral form**
		| **Name of young person:** Ania School | **DOB:** 14/03/13 |
		| **Address:** The Old School, Church Road, Leek ST13 8DL | **Referrer name:** Parent Field |
		| **Summary of risk/reason for referral:** She told her school: nothing.¶School: attendance is 81%.¶Concerns: new phone. |
		| **What areas of work do you feel would most benefit the young person?:** Peers |`,
		fields: map[form.Key]string{form.Name: "Ania School", form.ReferrerName: "Parent Field", form.School: "",
			form.Summary: "She told her school: nothing.\nSchool: attendance is 81%.\nConcerns: new phone.", form.AreasOfWork: "Peers"}},
	{name: "labels that go on to the colon", drawing: `**Referral form**
		Full name of the young person you are referring: Ania Kowal
		Date of birth and current age: 14/03/2013 (13)
		Home address (including postcode): 3 Plover Way, Leek ST13 8DL
		Legal guardian: Ewa Kowal
		Guardian's telephone: 01632 960111
		Have the parents/carers been informed of this referral?: Yes, by phone
		School or setting currently attended: Larkmoor Academy
		Person completing this referral: Jo Field`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Address: "3 Plover Way, Leek ST13 8DL", form.Postcode: "ST13 8DL",
			form.ParentName: "Ewa Kowal", form.ParentContact: "01632 960111", form.ParentAware: "Yes, by phone", form.School: "Larkmoor Academy", form.ReferrerName: "Jo Field"}},
	{name: "tabs instead of tables", drawing: "Referral form\nName of young person:\tAnia Kowal\tDOB:\t14/03/13\nTelephone/Email:\t07700 900123\tSexuality:\tNot known\nReligion:\t\tSpoken Language:\tPolish\nReferrer name:\tJo Field\nHobbies:\tJudo",
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Contact: "07700 900123", form.Sexuality: "Not known", form.Religion: "", form.Language: "Polish", form.ReferrerName: "Jo Field"}},
	{name: "ticks typed behind options", drawing: `**Referral form**
		**Name of young person:** Ania Kowal
		**Referrer name:** Jo Field
		**Any SEND:** SEN K
		**Hobbies/Interests/Aspirations:** Judo
		| Special educational needs - x | Neglect |
		| Social isolation (yes) | Mental health issues: Y |
		| YES Poverty and disadvantage | Experience of abuse - no |
		| X  Family difficulties | Care experienced |`,
		fields:  map[form.Key]string{form.AdditionalNeeds: "SEN K"},
		factors: []form.Factor{"poverty", "family_difficulties", "mental_health", "special_educational_needs", "social_isolation"}},
	{name: "ticks in cells of their own, before and behind", drawing: `**Referral form**
		| **Name of young person:** | Ania Kowal |
		| **Referrer name:** | Jo Field |
		| **Hobbies:** | Judo |
		para
		| x | Neglect | | Mental health issues |
		| | Social isolation | ✓ | Care experienced |
		para
		| Not open to social care | |
		| Early Help Assessment/Plan | x |
		| Child in Need Plan | |`,
		fields:  map[form.Key]string{form.Name: "Ania Kowal", form.CareContact: ""},
		factors: []form.Factor{"neglect", "care_experienced"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "a guide in the label's cell", drawing: `**Referral form**
		| **Name of young person** | Ania Kowal |
		| **Additional needs**¶(Please confirm SEND/EHCP details) | None |
		| **Summary of risk**¶Please include dates and times. | New phone in May. |
		| **Referrer name** | Jo Field |
		| **Current education status**¶e.g. full time | Dual registered |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.AdditionalNeeds: "None", form.Summary: "New phone in May.", form.ReferrerName: "Jo Field", form.EducationStatus: "Dual registered"}},
	{name: "contact beside a status", drawing: `**Referral form**
		| **Name of young person:** Ania | **DOB:** 14/03/2013 |
		| **Referrer name:** Jo Field | **Religion:** None |
		| **Social care status:** | **Contact information** |
		| ☐ Not open to social care | |
		| ☒ Child Protection Plan | Tom Hale 01632 960111 |
		| **Current agency involvement- Other:** None | |`,
		fields:   map[form.Key]string{form.CareContact: "Tom Hale 01632 960111", form.OtherAgencies: "None"},
		statuses: []form.CareStatus{form.ChildProtection}},
	{name: "filled fields and prompts", drawing: `**Referral form**
		| **Name of young person:** {Ania Kowal} | **DOB:** {14/03/2013} |
		| **Religion:** {Click or tap here to enter text.} | **Ethnicity:** {White British} |
		| **Referrer name:** {Jo Field} | **Hobbies:** {DOB: no} |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.Religion: "", form.Ethnicity: "White British", form.Interests: "DOB: no"}},
}

func TestReadForms(t *testing.T) {
	for _, c := range formCases {
		t.Run(c.name, func(t *testing.T) {
			checkForm(t, c)
		})
	}
}

func checkForm(t *testing.T, c formCase) {
	t.Helper()
	s := one(t, readSketch(t, c.drawing), form.ReferralForm)
	checkFields(t, s, c.fields)
	factors, statuses := ticked(s)
	if !slices.Equal(factors, c.factors) {
		t.Errorf("factors: want %v, got %v", c.factors, factors)
	}
	if !slices.Equal(statuses, c.statuses) {
		t.Errorf("statuses: want %v, got %v", c.statuses, statuses)
	}
}
