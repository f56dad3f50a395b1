package form_test

import (
	"testing"

	"referrald/parse/form"
)

// nastyForms are ways to print and fill in a form that mislead a careless reader.
var nastyForms = []formCase{
	{name: "an unknown label ends the value before it", drawing: `**Referral form**
		**Name of young person:** Ffion ap Rhys
		**DOB:** 14/03/2013
		**Known to police?** Yes, twice
		**Religion:**
		**Favourite colour:** Green
		**Spoken language:** Welsh
		**Parental responsibility?**
		**Case closed on:** 01/02/2025
		**Referrer name:** Siân Ní Bhriain`,
		fields: map[form.Key]string{form.Name: "Ffion ap Rhys", form.DateOfBirth: "2013-03-14", form.Religion: "", form.Language: "Welsh", form.Responsibility: "", form.ReferrerName: "Siân Ní Bhriain"}},
	{name: "an unknown label in a column of labels", drawing: `Referral form
		| Pupil name | D'Shawn O'Dowd-Kowalczyk |
		| UPN | H860123456789 |
		| Date of birth | 4th of Feb 2012 |
		| Faith | |
		| Lunch arrangements | Packed |
		| Home language | English |
		| Referrer name | Jo Field |`,
		fields: map[form.Key]string{form.Name: "D'Shawn O'Dowd-Kowalczyk", form.DateOfBirth: "2012-02-04", form.Religion: "", form.Language: "English", form.ReferrerName: "Jo Field"}},
	{name: "an unknown head among heads of columns", drawing: `Referral form
		| Pupil name | UPN | Date of birth |
		| Mary-Kate St. John | H86 | 14.3.13 |
		| Faith | Lunch | Home language |
		| | Packed | Urdu |
		Referrer name: Jo Field
		Reason for referral: New trainers.`,
		fields: map[form.Key]string{form.Name: "Mary-Kate St. John", form.DateOfBirth: "2013-03-14", form.Religion: "", form.Language: "Urdu", form.Summary: "New trainers."}},
	{name: "numbered questions in words that nobody has tried", drawing: `Request for support: referral form
		1. Who is the pupil you would like us to see? Zoë D’Arcy
		2. On what date was the pupil born? 1/9/12
		3. Do the family know that you are sending this? Yes, mum rang us
		4. Tell us in a few words why you are worried: She comes home late.
		5. What do you hope our work will change? Keeping safe
		6. Colour of the school's bins: Green
		7. Your name and role in school: Jo Field, DSL`,
		fields: map[form.Key]string{form.DateOfBirth: "2012-09-01", form.ParentAware: "Yes, mum rang us", form.AreasOfWork: "Keeping safe", form.ReferrerName: "Jo Field, DSL"}},
	{name: "another person's name, birth date and school", drawing: `**Referral form**
		**Name of young person:** Hope Church
		**Date of birth:** 14/03/2013
		**Mother's date of birth:** 01/01/1980
		**Sibling's name and school:** Faith Church, Larkmoor Academy
		**Previous school:** Fenside Primary
		**Name of school:** The Hollies PRU
		**Name of social worker's manager:** A Head
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Hope Church", form.DateOfBirth: "2013-03-14", form.School: "The Hollies PRU", form.ReferrerName: "Jo Field"}},
	{name: "answers chosen in five ways", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		| **Parents aware of the referral?** | Yes / ~~No~~ |
		| **Parental responsibility?** | **Yes** / No |
		| **Additional needs:** | ☐ None ☒ EHCP |
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Bo Li", form.ParentAware: "Yes", form.AdditionalNeeds: "EHCP"}},
	{name: "nothing chosen", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		| **Parents aware of the referral?** | Yes / No |
		| **Parental consent given?** | ☐ Yes ☐ No |
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Bo Li", form.ParentAware: ""}},
	{name: "no is ticked", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Are the parents aware of the referral?***
		✓ No ☐ Yes
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.ParentAware: "No"}},
	{name: "columns of yes, no and not known", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Referrer name:** Jo Field
		| **Vulnerability factor** | **Yes** | **No** | **Not known** |
		| Neglect | x | | |
		| School exclusions | | x | |
		| Social isolation | | | x |
		| Mental health issues | ✓ | | |`,
		fields: map[form.Key]string{form.Name: "Bo Li"}, factors: []form.Factor{"neglect", "mental_health"}},
	{name: "the same pasted with tabs", drawing: "Referral form\nName of young person: Bo Li\nDOB: 14/03/2013\nReferrer name: Jo Field\nVulnerability factor\tYes\tNo\nNeglect\tx\nSchool exclusions\t\tx\nSocial isolation\t\tx\nMental health issues\tx",
		fields: map[form.Key]string{form.Name: "Bo Li"}, factors: []form.Factor{"neglect", "mental_health"}},
	{name: "the words of an option in a label", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		Social media handles
		@bo
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Name: "Bo Li"}},
	{name: "guidance between the boxes is no value", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Protective factors:** Close to nan
		Please complete all boxes in full.
		**Reason for referral:** Please can you help, he has a second phone.
		Please make sure that every section is answered.
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.ProtectiveFactors: "Close to nan", form.Summary: "Please can you help, he has a second phone."}},
	{name: "colons in free text are part of it", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Reason for referral:** Three things.
		School: attendance is 70%.
		Home: mum is out at night.
		Friends: older lads.
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Summary: "Three things.\nSchool: attendance is 70%.\nHome: mum is out at night.\nFriends: older lads."}},
	{name: "surname first, known as, one name", drawing: `**Referral form**
		**Pupil (full legal name):** VAN DER BERG, Jean-Luc (known as "JL")
		**DOB:** 14/03/2013
		**Name of parent/carer:** Suharto
		**Referrer name:** ÖZTÜRK Ayşe`,
		fields: map[form.Key]string{form.Name: `VAN DER BERG, Jean-Luc (known as "JL")`, form.ParentName: "Suharto", form.ReferrerName: "ÖZTÜRK Ayşe"}},
	{name: "surname and first name in boxes of their own", drawing: `Referral form
		| Surname | Nwosu-Ó Sé | First name(s) | Unity Grace |
		| Known as | Uni | DOB | 14/03/2013 |
		| Religion | None | Home language | Igbo |
		| Referrer name | Jo Field | Referrer email | jo@larkmoor.example |`,
		fields: map[form.Key]string{form.Name: "Unity Grace Nwosu-Ó Sé", form.DateOfBirth: "2013-03-14", form.Religion: "None"}},
	{name: "postcode on the line below its own label's", drawing: `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Postcode:** 12 Mill Lane, Leek
		**Home address:** 12 Mill Lane, Leek ST13 8DL
		**Referrer name:** Jo Field`,
		fields: map[form.Key]string{form.Postcode: "ST13 8DL", form.Address: "12 Mill Lane, Leek ST13 8DL"}},
}

func TestReadNastyForms(t *testing.T) {
	for _, c := range nastyForms {
		t.Run(c.name, func(t *testing.T) { checkForm(t, c) })
	}
}

// nastyTools are screening tools that mislead a careless reader.
var nastyTools = []toolCase{
	{name: "suspected heads a column of indicators", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `| **Indicator** | **Yes** | **Suspected** | **No** | **Not known** |
		| Goes missing | | x | | |
		| Older friends | | | x | |
		para
		| **Overall risk** | Low |`, fields: map[form.Key]string{form.ToolLevel: "Low"}},
	{name: "a grid of levels for each indicator is no level", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `| **Indicator** | **Low** | **Medium** | **High** |
		| Goes missing | x | | |
		| Older friends | | | x |
		para
		| **Overall level of risk** | |`, fields: map[form.Key]string{form.ToolLevel: ""}},
	{name: "emerging, standard, medium, significant", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `| **Level of risk:** | ☐ Emerging | ☒ Standard | ☐ Medium | ☐ Significant |`, fields: map[form.Key]string{form.ToolLevel: "Standard"}},
	{name: "a scale without low that nobody chose from", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `**Level of risk:** Emerging / Moderate / Significant`, fields: map[form.Key]string{form.ToolLevel: ""}},
	{name: "an x behind one of a list", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `**Level of risk:** Emerging / Moderate x / Significant`, fields: map[form.Key]string{form.ToolLevel: "Moderate"}},
	{name: "struck to the one left", level: form.LevelHigh, dated: form.DateGood, drawing: toolHead + `**Level of risk:** ~~Emerging~~ / ~~Moderate~~ / Significant`, fields: map[form.Key]string{form.ToolLevel: "Significant"}},
	{name: "struck to two", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `**Level of risk:** ~~Low~~ / Medium / High`, fields: map[form.Key]string{form.ToolLevel: "Medium, High"}},
	{name: "one of a stacked list shaded", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `| **Level of risk** | **What it means** |
		| Low | Universal support |
		| ==Medium== | ==Early help== |
		| High | Strategy discussion |`, fields: map[form.Key]string{form.ToolLevel: "Medium"}},
	{name: "boxes in the last column, meanings between", level: form.LevelHigh, dated: form.DateGood, drawing: toolHead + `**Level of risk**
		| Standard | Some vulnerability | ☐ |
		| Medium | Indicators of being targeted by others | ☐ |
		| Significant | No further action | ☒ |`, fields: map[form.Key]string{form.ToolLevel: "Significant"}},
	{name: "a level with its meaning in brackets", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `**Level of risk:** Moderate (targeted)`, fields: map[form.Key]string{form.ToolLevel: "Moderate (targeted)"}},
	{name: "this assessment and the one before", level: form.LevelMedium, dated: form.DateGood, drawing: `**Exploitation risk assessment**
		| **Name of young person** | Ania Kowal |
		| **Date of previous assessment** | 03/02/2026 |
		| **Previous level of risk** | High |
		| **Date of this assessment** | 01/10/2026 |
		| **Assessor** | Jo Field |
		| **Current level of risk** | Medium |
		| **Date of next review** | 01/04/2027 |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Medium"}},
	{name: "labels in words that nobody has tried", level: form.LevelLow, dated: form.DateGood, drawing: `**CE indicator matrix**
		**Name of the child this screening is about:** Ania Kowal
		**Their date of birth:** 14/03/2013
		**Who completed it (name and role)?** Jo Field
		**Date on which the screening was completed:** 01/10/2026
		**Date on which it was last reviewed:** 02/02/2026
		**Practitioner's overall judgement of risk:** Low`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedBy: "Jo Field", form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Low"}},
	{name: "a table turned sideways", level: form.LevelLow, dated: form.DateGood, drawing: `**CE screening tool**
		| **Name of child** | **DOB** | **Date completed** | **Completed by** |
		| Ania Kowal | 14/03/2013 | 01/10/2026 | Jo Field |
		para
		| **Low** | **Medium** | **High** |
		| ☒ | ☐ | ☐ |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "scores, total and bands", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `| **Indicator** | **Score** |
		| Goes missing | 2 |
		| Older friends | 3 |
		| **Total score** | 5 |
		**0-5 Low, 6-10 Medium, 11 and over High**`, fields: map[form.Key]string{form.ToolLevel: ""}},
}

func TestReadNastyTools(t *testing.T) {
	for _, c := range nastyTools {
		t.Run(c.name, func(t *testing.T) {
			s := one(t, readSketch(t, c.drawing), form.ScreeningTool)
			checkFields(t, s, c.fields)
			if s.Level != c.level || s.Dated != c.dated {
				t.Errorf("want %s, %s; got %s (%q), %s", c.level, c.dated, s.Level, s.Fields[form.ToolLevel].Text, s.Dated)
			}
		})
	}
}

// TestReadBoxesBehindHints holds that words between a label and its first box do not move every tick to its neighbour.
func TestReadBoxesBehindHints(t *testing.T) {
	s := one(t, readSketch(t, `**Referral form**
		**Name of young person:** Bo Li
		**DOB:** 14/03/2013
		**Are the parents aware of the referral?** tick one: ☐ Yes ☒ No
		**Social care status:** tick one ☐ Not open ☒ Early Help ☐ Child in Need ☐ Child Protection ☐ Child in Care
		**Referrer name:** Jo Field`), form.ReferralForm)
	checkFields(t, s, map[form.Key]string{form.ParentAware: "No"})
	if _, statuses := ticked(s); len(statuses) != 1 || statuses[0] != form.EarlyHelp {
		t.Errorf("want early help, got %v", statuses)
	}
	tool := one(t, readSketch(t, toolHead+"Overall level of risk ☐ Standard ☒ Moderate / ☐ Significant"), form.ScreeningTool)
	if tool.Level != form.LevelMedium {
		t.Errorf("want medium, got %s", tool.Level)
	}
}

// TestReadMargins holds that a header's values fill what the body leaves blank, and contradict what it says otherwise.
func TestReadMargins(t *testing.T) {
	lex, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, header, body, child, born string
		conflicts                       int
	}{
		{"fills", "DOB: 14/03/2013\tName of young person: Bo Li Page 1 of 2", "**Name of young person:**\n**DOB:**", "Bo Li", "2013-03-14", 0},
		{"agrees", "Name of young person: Bo Li", "**Name of young person:** Bo Li\n**DOB:** 14/03/2013", "Bo Li", "2013-03-14", 0},
		{"contradicts", "DOB: 15/03/2013", "**Name of young person:** Bo Li\n**DOB:** 14/03/2013", "Bo Li", "2013-03-14", 1},
		{"says nothing", "Larkmoor Academy - confidential", "**Name of young person:** Bo Li\n**DOB:**", "Bo Li", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := sketch(c.header + "\n**Referral form**\n" + c.body + "\n**Religion:** None\n**Referrer name:** Jo Field\n**Hobbies:** Judo")
			d.Cells[0].Margin = true
			s := one(t, lex.Read(d, "form.docx", 0), form.ReferralForm)
			checkFields(t, s, map[form.Key]string{form.Name: c.child, form.DateOfBirth: c.born, form.ReferrerName: "Jo Field"})
			if len(s.Conflicts) != c.conflicts {
				t.Errorf("want %d conflicts, got %+v", c.conflicts, s.Conflicts)
			}
		})
	}
}
