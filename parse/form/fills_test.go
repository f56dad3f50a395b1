package form_test

import (
	"testing"

	"referrald/parse/form"
)

// fillHead opens a form whose labels are known.
const fillHead = `**Referral form**
		**Name of young person:** Ania Kowal
		**Referrer name:** Jo Field
		**Hobbies:** Judo
		**Vulnerability factors that apply:**
		`

// fillCases are ways in which people tick, point at and sign what applies.
var fillCases = []formCase{
	{name: "no as the first answer of a column", drawing: fillHead + `
		| Neglect | N |
		| Social isolation | Y |
		| Care experienced | N |
		| Mental health issues | Y |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "answers and a dash before the options, two a row", drawing: fillHead + `
		| N - Neglect | Y - Social isolation |
		| Y - Care experienced | N - Mental health issues |
		| N - School exclusions | N - Experience of abuse |`,
		factors: []form.Factor{"care_experienced", "social_isolation"}},
	{name: "plus signs before what applies", drawing: fillHead + `
		| Neglect | + Social isolation |
		| + Care experienced | Mental health issues |
		| School exclusions | Experience of abuse |`,
		factors: []form.Factor{"care_experienced", "social_isolation"}},
	{name: "plus signs as bullets", drawing: fillHead + `+ ☐ Neglect
		+ ☒ Social isolation
		+ ☐ Care experienced`,
		factors: []form.Factor{"social_isolation"}},
	{name: "boxes at both edges of a table", drawing: fillHead + `
		| x | Neglect | Social isolation | x |
		| | Care experienced | Mental health issues | |
		| x | School exclusions | Experience of abuse | x |`,
		factors: []form.Factor{"school_exclusions", "neglect", "abuse", "social_isolation"}},
	{name: "bold beside boxes that all are empty", drawing: fillHead + `
		| ☐ Neglect | **☐ Social isolation** |
		| ☐ Care experienced | ☐ Mental health issues |
		| ☐ School exclusions | ☐ Experience of abuse |`,
		factors: []form.Factor{"social_isolation"}},
	{name: "answers with remarks", drawing: fillHead + `
		| **Factor** | **Applies? (give detail)** |
		| Neglect | No |
		| Social isolation | YES - since Sept |
		| Care experienced | |
		| Mental health issues | yes, see below |
		| Experience of abuse | Yes / No |
		| Weapons | No - never |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "denials among what was not deleted", drawing: fillHead + `Neglect
		SPECIAL EDUCATIONAL NEEDS / DISABILITIES
		N/A
		Social isolation
		Care experienced: none
		Mental health issues
		Experience of abuse`,
		factors: []form.Factor{"neglect", "abuse", "mental_health", "social_isolation"}},
	{name: "denials in cells", drawing: fillHead + `
		| Neglect | N/A |
		| Social isolation | Y |
		| Care experienced | none |
		| Mental health issues | Y |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "arrows", drawing: fillHead + `Neglect
		Social isolation <--
		Care experienced
		Mental health issues ←
		Experience of abuse`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "stars", drawing: fillHead + `(* = applies)
		* Neglect
		Social isolation
		Care experienced
		* Mental health issues
		Experience of abuse`,
		factors: []form.Factor{"neglect", "mental_health"}},
	{name: "initials", drawing: fillHead + `
		| Neglect | |
		| Social isolation | JF |
		| Care experienced | |
		| Mental health issues | JF |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "dates", drawing: fillHead + `
		| Neglect | |
		| Social isolation | 3/11/26 |
		| Care experienced | |
		| Mental health issues | 4/11/26 |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "ones and noughts", drawing: fillHead + `
		| 0 | Neglect |
		| 1 | Social isolation |
		| 0 | Care experienced |
		| 1 | Mental health issues |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "scores are no ticks", drawing: fillHead + `
		| Neglect | 0 |
		| Social isolation | 1 |
		| Care experienced | 3 |
		| Mental health issues | 2 |`},
	{name: "slashes before options, none of them in the first column", drawing: fillHead + `
		| | Neglect | / | Social isolation |
		| | Care experienced | | Poverty |
		| | Experience of abuse | / | Mental health issues |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "a box beside several options is of none of them", drawing: fillHead + `
		| Neglect Social isolation Care experienced | x |
		| Mental health issues | x |
		| Experience of abuse | |`,
		factors: []form.Factor{"mental_health"}},
	{name: "bold options, one of them the words of a label", drawing: `Referral form
		| Name of young person | Ania Kowal |
		| Referrer name | Jo Field |
		| Hobbies | Judo |
		Vulnerability factors
		| Neglect | **Social isolation** |
		| Care experienced | **Special educational needs** |
		| Poverty | Weapons |
		| Gangs | Family difficulties |
		| Non-attendance | School exclusions |
		| Criminality | Mental health issues |
		| Mood swings | Physical health issues |
		| New peers | Drug dealing |
		| Substance misuse | Social media |
		| Prolonged missing | Missing from home |
		| Unexplained gifts | Financial exploitation |`,
		factors: []form.Factor{"special_educational_needs", "social_isolation"}},
	{name: "an unknown option keeps its own box", drawing: fillHead + `
		| Neglect | | Keeps strange company | ✓ |
		| Social isolation | ✓ | Weapons | |
		| Care experienced | | Collects stamps | ✓ |`,
		factors: []form.Factor{"social_isolation"}},
	{name: "a list with unknown options had none deleted", drawing: fillHead + `Neglect
		Keeps strange company
		Social isolation
		Collects stamps
		Care experienced
		Talks in riddles
		Weapons`},
	{name: "yes and no in the cell beside", drawing: fillHead + `
		| Neglect | Yes ☒ No ☐ |
		| Social isolation | ==Yes== / No |
		| Care experienced | Yes / ==No== |
		| Weapons | Yes / No |
		| Mental health issues | ~~Yes~~ / No |
		| Poverty | Yes ☐ No ☒ |`,
		factors: []form.Factor{"neglect", "social_isolation"}},
	{name: "an x between two options is whose the others' are", drawing: fillHead + `Neglect x
		Weapons
		Social isolation x Care experienced
		Poverty x`,
		factors: []form.Factor{"poverty", "neglect", "social_isolation"}},
	{name: "ticks parted by tabs", drawing: fillHead + "Neglect\t✓\tSocial isolation\t\nWeapons\t\tCare experienced\t\nPoverty\t✓\tExperience of abuse\t",
		factors: []form.Factor{"poverty", "neglect"}},
	{name: "boxes parted from their words by the end of a line", drawing: fillHead + `
		| Factors | ☐ Neglect ☐ Weapons ☒¶Social isolation ☐ Care experienced ☐¶Poverty ☒ Mental health issues |`,
		factors: []form.Factor{"mental_health", "social_isolation"}},
	{name: "every option set off is no choice", drawing: fillHead + `==Not open to social care==
		==Early help==
		==Child in need==
		==Child protection plan==
		==Child in care==`},
}

func TestFills(t *testing.T) {
	for _, c := range fillCases {
		t.Run(c.name, func(t *testing.T) { checkForm(t, c) })
	}
}

// printCases are ways in which forms print their labels.
var printCases = []formCase{
	{name: "a label over its value beside an empty cell", drawing: `**Referral form**
		| **Name of young person** | **Date of birth** |
		| Ania Kowal | 14/3/13 |
		| **Religion** | **Ethnicity** |
		| None | Polish |
		| **Address + post code** | |
		| 3 Plover Way, Leek st138dl | |
		| **Referrer** | **Referrer tel/email** |
		| Jo Field | 01632 960111 |
		para
		| **Group dynamics** | |
		| Small group please | |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.Address: "3 Plover Way, Leek st138dl", form.Postcode: "ST13 8DL",
			form.ReferrerName: "Jo Field", form.ReferrerContact: "01632 960111", form.GroupDynamics: "Small group please"}},
	{name: "capitals in four columns", drawing: `REFERRAL FORM
		| NAME OF YOUNG PERSON | Ania Kowal | DATE OF BIRTH | 14/3/13 |
		| SOCIAL WORKER CONTACT INFORMATION | Jo Pemberton | OTHER AGENCY INVOLVEMENT | none |
		| PARENTAL RESPONSIBILITY | Mum | PARENT AWARE OF REFERRAL (Y/N) | Parents informed |
		| EDUCATION STATUS | Full time | REFERRER | Jo Field |`,
		fields: map[form.Key]string{form.CareContact: "Jo Pemberton", form.OtherAgencies: "none", form.ParentAware: "Parents informed", form.EducationStatus: "Full time", form.ReferrerName: "Jo Field"}},
	{name: "dots to write on", drawing: `**Referral form**
		Name of young person: ......Ania Kowal........
		Referrer name: ......Jo Field........
		**Social care status:**
		Child in Need Plan
		Contact information ......Duty team........
		Religion: ......................
		Hobbies: ......Judo......`,
		fields:   map[form.Key]string{form.Name: "Ania Kowal", form.CareContact: "Duty team", form.Religion: "", form.Interests: "Judo"},
		statuses: []form.CareStatus{form.ChildInNeed}},
	{name: "a heading run on to the value before it", drawing: `**Referral form**
		Name of young person: Ania Kowal
		Referrer name: Jo Field
		Other agencies involved: School nurse **Parent/Carer details**
		Parental responsibility? Mum`,
		fields: map[form.Key]string{form.OtherAgencies: "School nurse", form.Responsibility: "Mum"}},
	{name: "a colon in a cell of its own", drawing: `Referral form
		| Name of young person | : | Ania Kowal |
		| Date of birth | : | 14/3/13 |
		| Current status in school | : | On roll |
		| Parent/carer aware of referral? | : | Parents informed |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.EducationStatus: "On roll", form.ParentAware: "Parents informed"}},
	{name: "bold values, one of them the words of its label", drawing: `Referral form
		Young person's contact no. / email: **07700 900123**
		Young person's name: **Ania Kowal**
		Parent/carer aware of referral? **Parents informed**
		Is the child attending? (full time, part time, excluded): **Full time**
		Name of person referring: **Jo Field**`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.Contact: "07700 900123", form.ParentAware: "Parents informed", form.EducationStatus: "Full time", form.ReferrerName: "Jo Field"}},
	{name: "questions and answers", drawing: `Referral form
		Q1. Young person's name
		A: Ania Kowal
		Q2. D.O.B.
		A: 14/3/13
		Q3. Any additional needs or EHCP?
		A: SEN K - dyslexia
		Q4. Is this for a group? Who is in it?
		A: tbc
		Q5. Name of person referring
		A: Jo Field`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.AdditionalNeeds: "SEN K - dyslexia", form.GroupDynamics: "tbc", form.ReferrerName: "Jo Field"}},
	{name: "labels over values in one column, values that are labels too", drawing: `Referral form
		| Surname and forename(s) of learner |
		| Ania Kowal |
		| Details of special educational needs or disabilities |
		| SEN K - dyslexia |
		| Have the parents been told about this referral? |
		| Parents informed |
		| Protective factors identified |
		| Kind |
		para
		| Tel/e-mail of child | 07700 900123 |
		| List other agencies currently involved | CAMHS |
		| Group: number of pupils, names and dynamics | tbc |
		| Completed by (name/role) | Jo Field, DSL |
		| Contact details of person completing | 01632 960111 |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.AdditionalNeeds: "SEN K - dyslexia", form.ParentAware: "Parents informed", form.ProtectiveFactors: "Kind", form.Contact: "07700 900123",
			form.OtherAgencies: "CAMHS", form.GroupDynamics: "tbc", form.ReferrerName: "Jo Field, DSL", form.ReferrerContact: "01632 960111"}},
	{name: "sections beside their labels", drawing: `Referral form
		| Young person details | Name of young person | Ania Kowal |
		| | Date of birth | 14/3/13 |
		para
		| Parent/carer details | Parent / carer (name and relationship) | Ewa Kowal, mum |
		| | Have parents been told about this referral? | Yes |
		para
		| Risks | Strengths and protective factors | Kind |
		| | Interests and ambitions | Judo |`,
		fields: map[form.Key]string{form.Name: "Ania Kowal", form.ParentName: "Ewa Kowal, mum", form.ParentAware: "Yes", form.ProtectiveFactors: "Kind", form.Interests: "Judo"}},
}

func TestPrints(t *testing.T) {
	for _, c := range printCases {
		t.Run(c.name, func(t *testing.T) { checkForm(t, c) })
	}
}

// TestOnlyStatusLeft reads the status that alone was left below its heading as surely as one that is ticked.
func TestOnlyStatusLeft(t *testing.T) {
	s := one(t, readSketch(t, `**Referral form**
		**Name of young person:** Ania Kowal
		**Referrer name:** Jo Field
		**Social care status:**
		Child in Need Plan
		**Hobbies:** Judo`), form.ReferralForm)
	if got := s.Status[form.ChildInNeed].Confidence; got < 0.8 {
		t.Errorf("the status that was left: confidence %.2f", got)
	}
}

// TestLevelsOfTools reads levels from further layouts, and none from a key to the levels.
func TestLevelsOfTools(t *testing.T) {
	for drawing, want := range map[string]form.Level{
		`
		| Score | Level | Action |
		| 0-5 | Low | Prevention |
		| 6-12 | Medium | Refer |
		| 13+ | High | Strategy |
		para
		| **Level of risk** | |`: form.LevelUnknown,
		`**Tier:** Tier 2`:              form.LevelAmbiguous,
		`**Overall score:** 8/40 = Low`: form.LevelLow,
		`**Level of risk**
		Low
		Medium <---
		High`: form.LevelMedium,
		`
		| **Level of risk** | Please initial one |
		| LOW - early signs | KT |
		| MEDIUM - targeted | |
		| HIGH - exploited | |`: form.LevelLow,
		`Overall risk:
		| Low | ==Medium== | High |`: form.LevelMedium,
		`This child is assessed as being at LOW/~~MEDIUM~~/~~HIGH~~ risk of exploitation.`: form.LevelLow,
	} {
		if s := one(t, readSketch(t, toolHead+drawing), form.ScreeningTool); s.Level != want {
			t.Errorf("%s\nwant %s, got %s (%q)", drawing, want, s.Level, s.Fields[form.ToolLevel].Text)
		}
	}
}

// TestSignerAndDate parts one box for who completed a tool and when.
func TestSignerAndDate(t *testing.T) {
	s := one(t, readSketch(t, `**Child exploitation screening tool**
		**Name of child:** Ania Kowal
		**DOB:** 14/3/13
		**Completed by / date:** Jo Field (DSL), Friday 2 October 2026
		**Risk level:** Low`), form.ScreeningTool)
	checkFields(t, s, map[form.Key]string{form.ToolCompletedBy: "Jo Field (DSL)", form.ToolCompletedOn: "2026-10-02"})
}

// TestChosenLevels reads a level that was set off from the others surely enough to decide.
func TestChosenLevels(t *testing.T) {
	for name, drawing := range map[string]string{
		"struck":      `**Level of risk:** LOW / ~~MEDIUM~~ / ~~HIGH~~`,
		"highlighted": `**Level of risk:** ==LOW== / MEDIUM / HIGH`,
		"colours": `
		| Level | Description | Tick |
		| Green | Vulnerable to exploitation; preventative work | ☑ |
		| Amber | Moderate risk | ☐ |
		| Red | High risk, exploited | ☐ |`,
	} {
		s := one(t, readSketch(t, toolHead+drawing), form.ScreeningTool)
		if c := s.Fields[form.ToolLevel].Confidence; s.Level != form.LevelLow || c < 0.8 {
			t.Errorf("%s: %s, confidence %.2f", name, s.Level, c)
		}
	}
}
