package form_test

import (
	"testing"

	"referrald/parse/form"
)

// A toolCase is one way to lay out or word a screening tool.
type toolCase struct {
	name    string
	drawing string
	fields  map[form.Key]string
	level   form.Level
	dated   form.Dated
	council string
}

const toolHead = `**CE screening tool**
		| **Name of child:** Ania Kowal | **DOB:** 14/03/2013 |
		| **Date completed:** 01/10/2026 | **Completed by:** Jo Field |
		`

var toolCases = []toolCase{
	{name: "levels ticked in a table", level: form.LevelLow, dated: form.DateGood, council: "staffordshire", drawing: `**Staffordshire County Council**
		**CHILD EXPLOITATION SCREENING TOOL**
		Edition 3, published January 2024. Reviewed 02/02/2025.
		| **Child's name:** Ania Kowal | **Date of birth:** 14.03.2013 |
		| **Completed by:** Jo Field, DSL | **Date completed:** 3/10/26 |
		| **Risk indicator** | **Yes** | **No** | **Comments** |
		| Goes missing | ☐ | ☒ | |
		| Associating with others at risk | ☒ | ☐ | one friend only |
		| **Overall level of risk (tick one)** | **Suggested action** |
		| ☐ No risk identified | Universal services |
		| ☒ Low | Prevention |
		| ☐ Medium | Front door |
		| ☐ High | Strategy discussion |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedBy: "Jo Field, DSL", form.ToolCompletedOn: "2026-10-03", form.ToolLevel: "Low"}},
	{name: "levels not ticked", level: form.LevelUnknown, dated: form.DateBlank, drawing: `**Exploitation risk assessment**
		| **Name of child:** Ania Kowal | **DOB:** 14/03/2013 |
		| **Assessor:** Jo Field | **Date of assessment:** |
		| **Overall level of risk** | |
		| ☐ Low | |
		| ☐ Medium | |
		| ☐ High | |
		Review date: 01/02/2027`,
		fields: map[form.Key]string{form.ToolCompletedBy: "Jo Field", form.ToolCompletedOn: "", form.ToolLevel: ""}},
	{name: "a printed list is no choice", level: form.LevelUnknown, dated: form.DateNoDay, drawing: `**CCE screening tool**
		Pupil name: Ania Kowal
		DOB: 14/03/2013
		Date of screening: Nov-25
		Screened by: Jo Field
		Risk outcome: Low / Medium / High
		Comments: Low mood, high attendance.`,
		fields: map[form.Key]string{form.ToolCompletedBy: "Jo Field", form.ToolLevel: ""}},
	{name: "struck levels", level: form.LevelMedium, dated: form.DateGood, drawing: `**CCE screening tool**
		Name: Ania Kowal
		Date of birth: 14/03/2013
		Date of completion: Saturday 3rd October 2026
		Completed by: Jo Field
		Overall risk rating (delete as appropriate): ~~Low~~ / Medium / ~~High~~`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-10-03", form.ToolLevel: "Medium"}},
	{name: "highlighted level", level: form.LevelLow, dated: form.DateGood, council: "stoke", drawing: `**Stoke-on-Trent Safeguarding: Exploitation Screening**
		Young person: Ania Kowal
		DOB: 14/03/2013
		Assessment date: 30-9-26
		Name of practitioner: Jo Field
		RAG rating: ==Green== / Amber / Red`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-09-30", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Green"}},
	{name: "boxes behind the levels, on one line", level: form.LevelLow, dated: form.DateGood, council: "other", drawing: `**Cheshire East Borough Council: Child Exploitation Screening Checklist**
		| Name of pupil | Ania Kowal |
		| Date of birth | 14/03/2013 |
		| Date screening completed | 1 Oct 2026 |
		| Screening completed by | Jo Field |
		| Level of risk | Low ☒ Medium ☐ High ☐ |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "levels as heads of columns", level: form.LevelLow, dated: form.DateGood, drawing: `**CE screening tool**
		| **Child:** Ania Kowal | **DOB:** 14/03/2013 | **Date:** 01/10/2026 |
		| **Risk level** | Low | Medium | High |
		| | x | | |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Low"}},
	{name: "a key to the levels is not the level", level: form.LevelHigh, dated: form.DateGood, drawing: `**CE RISK FACTOR MATRIX**
		| **FULL NAME OF CHILD:** Ania Kowal | **DATE OF BIRTH:** 14/03/2013 |
		| **DATE OF COMPLETION:** 01/10/2026 | **COMPLETED BY:** Jo Field |
		| **RISK LEVEL** | **BEHAVIOURS** |
		| Low Risk | Vulnerable |
		| Medium Risk | Getting into cars |
		| High Risk | Injuries |
		**Risk level:** High`,
		fields: map[form.Key]string{form.ToolLevel: "High"}},
	{name: "two levels contradict", level: form.LevelAmbiguous, dated: form.DateGood, drawing: `**CE screening tool**
		Name: Ania Kowal
		Date completed: 01/10/2026
		Completed by: Jo Field
		Level from score: Medium
		Professional judgement: Low`,
		fields: map[form.Key]string{form.ToolLevel: "Medium / Low"}},
	{name: "a score is no level", level: form.LevelAmbiguous, dated: form.DateImpossible, drawing: `**CE screening tool**
		Name: Ania Kowal
		Date completed: 31/02/2026
		Completed by: Jo Field
		Total score: 4
		Level of risk: 4`,
		fields: map[form.Key]string{form.ToolCompletedOn: ""}},
	{name: "level in a sentence", level: form.LevelLow, dated: form.DateGood, drawing: `**Child Exploitation Screening Tool**
		| **Name of child:** Ania Kowal | **Date of birth:** 14/03/2013 |
		| **Screen completed by:** Jo Field | **Date screen completed:** 01/10/2026 |
		| **Summary and outcome:** She has low mood. The child is assessed as low risk of exploitation at this time. |`,
		fields: map[form.Key]string{form.ToolLevel: "The child is assessed as low risk of exploitation at this time."}},
	{name: "levels in columns with boxes", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `| **Overall risk level** | ☐ Low | ☒ Medium | ☐ High |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Medium"}},
	{name: "boxes in the cell before the level", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Overall level of risk**
		| ☐ | No risk identified | Universal services |
		| ☒ | Low risk | Some vulnerability; low mood |
		| ☐ | High risk | Being exploited |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low risk"}},
	{name: "boxes on the label's line", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `**Overall risk:** ☐ Low ☒ Medium ☐ High`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Medium"}},
	{name: "named levels with a tick beside", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `| **Level of risk** | **Tick** |
		| Vulnerable to exploitation (Low) | ✓ |
		| Targeted for exploitation (Medium) | |
		| Being exploited (High) | |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Vulnerable to exploitation (Low)"}},
	{name: "a shaded cell", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `| **Risk level:** | LOW | ==MEDIUM== | HIGH |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "MEDIUM"}},
	{name: "yes and no beside levels", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `| **Level of risk identified** | |
		| Low | Yes |
		| Medium | No |
		| High | No |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "a drop-down list", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `| **Outcome of screening:** | {Low} |`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "an x typed before", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Level of risk (please mark):**
		x Low
		Medium
		High`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "an empty level field beside a note", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `**Overall level of risk:**
		**Where the level is MEDIUM or HIGH a referral to social care must be made the same day.**`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: ""}},
	{name: "vulnerable, without a level's number", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Risk assessed as:** Vulnerable to Exploitation`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Vulnerable to Exploitation"}},
	{name: "emerging", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `**Level of concern:** Emerging`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Emerging"}},
	{name: "the only level left of a deleted list", level: form.LevelHigh, dated: form.DateGood, drawing: toolHead + `**Overall level of risk (delete as appropriate):** HIGH`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "HIGH"}},
	{name: "other levels and dates beside", level: form.LevelLow, dated: form.DateGood, drawing: `Exploitation screening tool
		Date of this version: 01/01/2024
		Date of last review: 01/02/2025
		Name of child: Ania Kowal
		Date of birth: 14/03/2013
		Date of referral: 05/10/2026
		Date of completion: 01/10/2026
		Suggested review date: 01/04/2027
		Completed by: Jo Field
		Level of attendance: High
		Level of risk to others: High
		Level of risk: Low
		Outcome of meeting: Significant harm threshold`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Low"}},
	{name: "two boxes ticked", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `**Overall risk:** ☒ Low ☒ Medium ☐ High`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low, Medium"}},
	{name: "yes to a question on risk", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `**Is there a risk to others?** No`,
		fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: ""}},
	{name: "who completed it, in a section of its own", level: form.LevelLow, dated: form.DateGood, drawing: `**Exploitation screening tool**
		**Child's details**
		Name: Ania Kowal
		Date of birth: 14/03/2013
		Age: 13
		**Completed by**
		Name: Jo Field
		Role: DSL
		Agency: Larkmoor Academy
		Overall risk level: Low
		Signed: J Field   Date: 1/10/26`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolCompletedBy: "Jo Field", form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Low"}},
	{name: "values below heads of columns", level: form.LevelMedium, dated: form.DateGood, drawing: `**Exploitation risk assessment**
		| **Name of child** | **DOB** | **Date of assessment** | **Assessed by** |
		| Ania Kowal | 14/03/2013 | 1 October 2026 | Jo Field |
		| **Overall risk rating** | **Rationale** | **Next review date** | **Manager** |
		| Moderate | Older peers | 01/04/2027 | A Head |`,
		fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedBy: "Jo Field", form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Moderate"}},
}

func TestReadTools(t *testing.T) {
	for _, c := range toolCases {
		t.Run(c.name, func(t *testing.T) {
			s := one(t, readSketch(t, c.drawing), form.ScreeningTool)
			checkFields(t, s, c.fields)
			if s.Level != c.level {
				t.Errorf("level: want %s, got %s (%q)", c.level, s.Level, s.Fields[form.ToolLevel].Text)
			}
			if s.Dated != c.dated {
				t.Errorf("dated: want %q, got %q", c.dated, s.Dated)
			}
			if s.Council != c.council {
				t.Errorf("council: want %q, got %q", c.council, s.Council)
			}
		})
	}
}
