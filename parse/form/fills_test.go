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
	{name: "answers with remarks", drawing: fillHead + `
		| **Factor** | **Applies? (give detail)** |
		| Neglect | No |
		| Social isolation | YES - since Sept |
		| Care experienced | |
		| Mental health issues | yes, see below |
		| Experience of abuse | Yes / No |
		| Weapons | No - never |`,
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
