package form_test

import (
	"testing"

	"referrald/parse/form"
)

// formWordings are further ways to lay out and fill a form: grids, columns, questions, lists with looks, typed ticks.
var formWordings = []formCase{
	{name: "answers of small words in brackets", drawing: `**Referral form**
		| **Name of young person:** | Tariq Mehmood | **DOB:** | 14/03/2013 |
		| **Are the parents aware of the referral?** (yes - both agree) | **Parental responsibility?** (yes - mum) |
		| **Referrer name:** | Jo Field | **Hobbies:** | Judo |`,
		fields: map[form.Key]string{form.ParentAware: "(yes - both agree)", form.Responsibility: "(yes - mum)", form.ReferrerName: "Jo Field"}},
	{name: "the group of a form tutor", drawing: `**Referral form**
		| **Name of young person:** | Tariq Mehmood | **DOB:** | 14/03/2013 |
		| **Form / tutor group:** | 9RT | **Referrer name:** | Jo Field |
		| **Please Group Dynamics (Number of children, names, details):** | Six boys | **Hobbies:** | Judo |`,
		fields: map[form.Key]string{form.Name: "Tariq Mehmood", form.GroupDynamics: "Six boys", form.ReferrerName: "Jo Field", form.Interests: "Judo"}},
	{name: "answers in square brackets, two labels a row", drawing: `**Referral form**
		| **Name of young person:** [Tariq Mehmood] | **DOB:** [14/03/2013] |
		| **Address:** [1 High Street, Stone, ST15 8AB] | **Ethnicity:** [N/K] |
		| **Name of School/Provision:** [Larkmoor Academy] | **Additional needs:** [none] |
		| **Referrer name:** [Jo Field] |`,
		fields: map[form.Key]string{form.Name: "Tariq Mehmood", form.DateOfBirth: "2013-03-14", form.Postcode: "ST15 8AB", form.Address: "1 High Street, Stone, ST15 8AB",
			form.Ethnicity: "N/K", form.School: "Larkmoor Academy", form.AdditionalNeeds: "none", form.ReferrerName: "Jo Field"}},
	{name: "ticks after labels, mixed marks", drawing: `**Referral form**
		| **Name of young person** | Zoë O’Brien-Łukasz | **DOB** | 4th Feb 2012 |
		| **Address** | c/o 12 Mill Lane, Leek, ST138dl | **Ethnicity** | White & Black Caribbean |
		| **Name of parent/carer** | Mrs van der Berg | **Contact number** | 07700 900123 |
		| **School** | Larkmoor Academy | **Referrer** | Jo Field |
		Vulnerability factors
		| Going missing or returning home late ☒ | Unusual mood swings ☐ |
		| Weapons ✔ | Social isolation |
		| Neglect X | Gangs |`,
		fields: map[form.Key]string{form.Name: "Zoë O’Brien-Łukasz", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.Address: "c/o 12 Mill Lane, Leek, ST138dl",
			form.Ethnicity: "White & Black Caribbean", form.ParentName: "Mrs van der Berg", form.ParentContact: "07700 900123", form.School: "Larkmoor Academy", form.ReferrerName: "Jo Field"},
		factors: []form.Factor{"missing_or_late", "weapons", "neglect"}},
	{name: "one column, label above value, plain", drawing: `Referral form
		Name of child
		Zoë O'Brien
		Date of birth
		4 February 2012
		Home address
		12 Mill Lane
		Leek
		ST13 8DL
		Ethnicity
		White British
		Name of parent/carer
		Mrs O'Brien
		Parent contact number
		07700 900123
		Are parents aware of the referral?
		Yes
		Name of school
		Larkmoor Academy
		Reason for referral
		She has new trainers.
		And a phone.
		Referrer name
		Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.Address: "12 Mill Lane\nLeek\nST13 8DL",
			form.Ethnicity: "White British", form.ParentName: "Mrs O'Brien", form.ParentContact: "07700 900123", form.ParentAware: "Yes", form.School: "Larkmoor Academy", form.ReferrerName: "Jo Field", form.Summary: "She has new trainers.\nAnd a phone."}},
	{name: "spread sheet style two columns plain", drawing: `CCE referral
		| Name | Zoë O'Brien |
		| DOB | 04/02/2012 |
		| Address | 12 Mill Lane, Leek |
		| Postcode | ST13 8DL |
		| Ethnicity | White British |
		| Religion | None |
		| Language | English |
		| Parent | Mrs O'Brien |
		| Parent phone | 07700 900123 |
		| Parents aware | Yes |
		| PR | Mother |
		| School | Larkmoor Academy |
		| SEND | EHCP |
		| Referred by | Jo Field |
		| Contact | jo@larkmoor.example |
		| Concerns | New trainers and a second phone. |
		| Strengths | Football |`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.Address: "12 Mill Lane, Leek", form.Ethnicity: "White British", form.Religion: "None", form.Language: "English",
			form.ParentName: "Mrs O'Brien", form.ParentContact: "07700 900123", form.ParentAware: "Yes", form.Responsibility: "Mother", form.School: "Larkmoor Academy", form.AdditionalNeeds: "EHCP", form.ReferrerName: "Jo Field", form.ReferrerContact: "jo@larkmoor.example",
			form.Summary: "New trainers and a second phone.", form.ProtectiveFactors: "Football"}},
	{name: "heads of columns and one row each for siblings", drawing: `Referral form
		| Name | Date of birth | Address | Ethnicity | School |
		| Zoë O'Brien | 04/02/2012 | 12 Mill Lane, Leek ST13 8DL | White British | Larkmoor Academy |
		| Parent/carer | Contact number | Relationship | Parental responsibility | Aware of referral |
		| Mrs O'Brien | 07700 900123 | Mother | Yes | Yes |
		Reason for referral: New trainers.
		Referrer name: Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.Ethnicity: "White British", form.School: "Larkmoor Academy", form.ParentName: "Mrs O'Brien, Mother", form.ParentContact: "07700 900123", form.Responsibility: "Yes", form.ReferrerName: "Jo Field"}},
	{name: "pasted with dashes and equals", drawing: `Hi, please see the referral below
		Child's name - Zoë O'Brien
		DOB - 4.2.12
		Address - 12 Mill Lane, Leek, ST13 8DL
		Ethnicity - White British
		Parent/carer - Mrs O'Brien (mum) 07700 900123
		Parental responsibility - mum
		Parents aware of referral - yes
		School - Larkmoor Academy
		Additional needs - none
		Reason for referral - He has been seen with older lads - staff are worried.
		Strengths - football
		Referrer - Jo Field, DSL
		Kind regards
		Jo`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.Ethnicity: "White British", form.Responsibility: "mum", form.ParentAware: "yes", form.School: "Larkmoor Academy", form.AdditionalNeeds: "none",
			form.Summary: "He has been seen with older lads - staff are worried.", form.ProtectiveFactors: "football", form.ReferrerName: "Jo Field, DSL"}},
	{name: "status strike on one line", drawing: `**Referral form**
		**Name of young person:** Zoë O'Brien
		**DOB:** 4/2/12
		**Social care status (delete as appropriate):** ~~Not open~~ / Early Help / ~~Child in Need / Child Protection / Child in Care~~
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "status highlighted on one line", drawing: `**Referral form**
		**Name of young person:** Zoë O'Brien
		**DOB:** 4/2/12
		**Social care status:** Not open / ==Early Help== / Child in Need / Child Protection / Child in Care
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "status printed list unchosen", drawing: `**Referral form**
		**Name of young person:** Zoë O'Brien
		**DOB:** 4/2/12
		**Social care status:** Not open / Early Help / Child in Need / Child Protection / Child in Care
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}},
	{name: "status bold on one line", drawing: `Referral form
		Name of young person: Zoë O'Brien
		DOB: 4/2/12
		Social care status: Not open / **Early Help** / Child in Need / Child Protection / Child in Care
		Referrer name: Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, statuses: []form.CareStatus{form.EarlyHelp}},
	{name: "factors as comma list", drawing: `Referral form
		Name of young person: Zoë O'Brien
		DOB: 4/2/12
		Vulnerability factors: going missing, mental health, social isolation; neglect
		Referrer name: Jo Field`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, factors: []form.Factor{"missing_or_late", "neglect", "mental_health", "social_isolation"}},
	{name: "yes no after factor lines", drawing: `Referral form
		Name of young person: Zoë O'Brien
		DOB: 4/2/12
		Referrer name: Jo Field
		Vulnerability factors
		Going missing or returning home late: Yes
		Neglect: No
		Mental health issues: Y
		Gangs: N`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, factors: []form.Factor{"missing_or_late", "mental_health"}},
	{name: "bracket boxes", drawing: `Referral form
		Name of young person: Zoë O'Brien
		DOB: 4/2/12
		Referrer name: Jo Field
		Vulnerability factors (tick)
		[x] Going missing or returning home late
		[ ] Neglect
		[X] Mental health issues
		( ) Gangs
		(x) Social isolation`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.ReferrerName: "Jo Field"}, factors: []form.Factor{"missing_or_late", "mental_health", "social_isolation"}},
	{name: "true false columns of a web form", drawing: `Referral form
		Young person's full name: Zoë O'Brien
		Date of birth: 2012-02-04
		Referrer's name: Jo Field
		Going missing or returning home late: True
		Neglect: False
		Mental health issues: Selected
		Gangs: Not selected`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.ReferrerName: "Jo Field"}, factors: []form.Factor{"missing_or_late", "mental_health"}},
	{name: "numbered questions", drawing: `Referral form
		1. What is the name of the child you are referring? Zoë O'Brien
		2. What is their date of birth? 04-Feb-2012
		3. What is their home address? 12 Mill Lane, Leek, ST13 8DL
		4. Which school does the child attend? Larkmoor Academy
		5. Who has parental responsibility? Mum
		6. Is the parent/carer aware of this referral? Yes
		7. Why are you referring this child? New trainers.
		8. Your name and role: Jo Field, DSL`,
		fields: map[form.Key]string{form.Name: "Zoë O'Brien", form.DateOfBirth: "2012-02-04", form.Postcode: "ST13 8DL", form.School: "Larkmoor Academy", form.Responsibility: "Mum", form.ParentAware: "Yes", form.Summary: "New trainers.", form.ReferrerName: "Jo Field, DSL"}},
}

func TestReadFormWordings(t *testing.T) {
	for _, c := range formWordings {
		t.Run(c.name, func(t *testing.T) {
			checkForm(t, c)
		})
	}
}
