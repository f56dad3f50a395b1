package form_test

import (
	"testing"

	"referrald/parse/form"
)

// strangeForms are forms as another school types them anew: with mistakes, questions of its own and answers that name people.
var strangeForms = []formCase{
	{name: "misspelt labels", drawing: `**Referral form**
		| **Young person:** Ania Kowal | **Date of birth:** 14/03/2013 |
		| **Adress:** 12 Mill Lane, Leek, ST13 8DL | **Ethnicity:** White British |
		| **Religon:** Catholic | **Language spoken:** English |
		| **Parental responsability?** Mother | **Current agency involvment - other:** None |
		| **Summary of risk & reason for referal:** New trainers. |`,
		fields: map[form.Key]string{form.Address: "12 Mill Lane, Leek, ST13 8DL", form.Postcode: "ST13 8DL", form.Religion: "Catholic", form.Responsibility: "Mother", form.OtherAgencies: "None", form.Summary: "New trainers."}},
	{name: "a name a letter from a label", drawing: `**Referral form**
		| **Name of young person:** | Parant Contant |
		| **Date of birth:** | 14/03/2013 |
		| **Name of parent/carer:** | Adress Carrer |`,
		fields: map[form.Key]string{form.Name: "Parant Contant", form.ParentName: "Adress Carrer"}},
	{name: "numbers of several people", drawing: `**Referral form**
		| **Name of young person:** Ania Kowal | **DOB:** 14/03/2013 |
		**Parent/Carer details**
		| **Name & relationship to young person:** Jo Kowal, mum | **Telephone/Email:** Mum: 07700 900123, Dad: 07700 900456 |
		| **Parental responsibility?** Mum and dad | **Are the parents aware of the referral?** Yes |`,
		fields: map[form.Key]string{form.ParentName: "Jo Kowal, mum", form.ParentContact: "Mum: 07700 900123, Dad: 07700 900456", form.Responsibility: "Mum and dad", form.ParentAware: "Yes"}},
	{name: "numbers of several people below their label", drawing: `**Referral form**
		| **Name of young person:**¶Ania Kowal | **DOB:**¶14/03/2013 |
		| **Name & relationship to young person:**¶Jo Kowal, mum | **Telephone/Email:**¶Mum: 07700 900123, Dad: 07700 900456 |`,
		fields: map[form.Key]string{form.ParentContact: "Mum: 07700 900123, Dad: 07700 900456"}},
	{name: "who has responsibility, in a column of values", drawing: `**Referral form**
		| **Name of young person** | Ania Kowal |
		| **Date of birth** | 14/03/2013 |
		| **Parental responsibility?** | Mum and dad |
		| **Parents aware?** | Yes |`,
		fields: map[form.Key]string{form.Responsibility: "Mum and dad", form.ParentAware: "Yes"}},
	{name: "required questions", drawing: `**CCE referral (Responses)**
		**1. Name of child** *
		Ania Kowal
		**2. What is their date of birth?** *
		14/03/2013
		**3. Has Contact 1 been told we are referring?** *
		Yes
		**4. Who else would be in the group? How many?** *
		Four friends`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.ParentAware: "Yes", form.GroupDynamics: "Four friends"}},
	{name: "a value that begins like a time", drawing: `**Referral form**
		| **Name of young person** Ania Kowal | **DOB** 14/03/2013 |
		| **Telephone / E-mail** via mum | **Sexuality** not known |
		| **Group Dynamics (number of children, names, details)** 1:1 requested |`,
		fields: map[form.Key]string{form.Contact: "via mum", form.GroupDynamics: "1:1 requested"}},
	{name: "labels of two halves", drawing: `**Referral form**
		| Subject's full legal name¶Ania Kowal | Subject's date of birth¶14/03/2013 |
		| Parent/guardian: full name and relationship to subject¶Jo Kowal (mother) | Parent/guardian: aware of and consenting to this referral?¶Yes |
		| Referring professional: full name and job title¶Lea Field, DSL | Education establishment¶Larkmoor Academy |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.ParentName: "Jo Kowal (mother)", form.ParentAware: "Yes", form.ReferrerName: "Lea Field, DSL", form.School: "Larkmoor Academy"}},
	{name: "a status with its short name within", drawing: `**Referral form**
		**Name of young person:** Ania Kowal
		**DOB:** 14/03/2013
		| **Social Care Status:** | **Contact information** |
		| ☐ Not open to Social Care | |
		| ☐ Child in Need (CIN) Plan | |
		| ☒ Child Protection (CP) Plan | Jo Field 01632 960111 |`,
		fields: map[form.Key]string{form.CareContact: "Jo Field 01632 960111"}, statuses: []form.CareStatus{form.ChildProtection}},
}

// strangeFills are ticks beside boxes that stayed empty.
var strangeFills = []formCase{
	{name: "x behind an empty box and its option", drawing: fillHead + `
		| ☐ Neglect x | ☐ Social isolation |
		| ☐ Care experienced | ☐ Mental health issues ✓ |`,
		factors: []form.Factor{"neglect", "mental_health"}},
	{name: "what follows the tick is another's", drawing: fillHead + `☐ Neglect ☒ being made to clean
		☐ Care experienced
		☒ Social isolation`,
		factors: []form.Factor{"social_isolation"}},
	{name: "highlighted beside empty boxes", drawing: fillHead + `
		| ☐ Neglect | ==☐ Social isolation== |
		| ☐ Care experienced | ☐ Mental health issues |`,
		factors: []form.Factor{"social_isolation"}},
	{name: "an option of the school's own words, in the form's order", drawing: fillHead + `
		| ☐ Physical health issues | ☐ Care experienced |
		| ☒ Struggles with anxiety | ☐ Online life is a worry |
		| ☐ Family members linked to criminality | ☒ Social isolation |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "an option of other words, out of the form's order", drawing: fillHead + `
		| ☐ Physical health issues |
		| ☒ Struggles with anxiety |
		| ☐ Neglect |`},
	{name: "lines to write on", drawing: fillHead + `_x_ Neglect
		___ Social isolation
		___ Care experienced
		_x_ Mental health issues`,
		factors: []form.Factor{"neglect", "mental_health"}},
}

func TestStrangeForms(t *testing.T) {
	for _, c := range append(strangeForms, strangeFills...) {
		t.Run(c.name, func(t *testing.T) { checkForm(t, c) })
	}
}

// strangeLevels are ways of other councils to ask for the level and to state it.
var strangeLevels = []toolCase{
	{name: "pathways", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Which pathway applies? (select one)
		☒ Pathway 1 – Low risk: prevention and early help
		☐ Pathway 2 – Medium risk: multi-agency plan
		☐ Pathway 3 – High risk: strategy meeting`},
	{name: "marks between the levels of a row", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk** | Low | x | Medium | | High | |`},
	{name: "marks before the levels of a row", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `
		| | Low | x | Medium | | High |`},
	{name: "question with the levels in it", level: form.LevelHigh, dated: form.DateGood, drawing: toolHead + `**Is the child at Low / Medium / High risk?** High`},
	{name: "sentence in a box", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Overall assessment of risk**
		| Based on the above the level of risk is considered to be LOW. |`},
	{name: "highlighted row with its meaning", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `Highlight the level that applies
		| Level | Meaning |
		| Low | Vulnerable |
		| ==Medium== | ==Targeted== |
		| High | Exploited |`},
	{name: "date of a manager's sign-off", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Risk level:** Low
		**Manager sign-off:** D. Ashcombe   **Date signed off:** 30/11/2026`, fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01"}},
}

func TestStrangeLevels(t *testing.T) {
	for _, c := range strangeLevels {
		t.Run(c.name, func(t *testing.T) { checkLevel(t, c) })
	}
}
