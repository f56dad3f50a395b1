package form_test

import (
	"testing"

	"referrald/parse/form"
)

// levelWordings are further ways to state a level: scores, bands, scales, sentences, looks. All have the head of toolHead unless
// they say otherwise.
var levelWordings = []toolCase{
	{name: "score with bands, blank level", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `
		| **Total score** | 14 |
		| **Score 0-9 Low, 10-19 Medium, 20+ High** |
		| **Level of risk** | |`},
	{name: "circled with brackets", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk (circle):** (LOW)   MEDIUM   HIGH |`},
	{name: "circled with brackets, narrow gaps", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk:** LOW (MEDIUM) HIGH |`},
	{name: "circled with brackets, first of a line", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk:** (LOW) MEDIUM HIGH |`},
	{name: "brackets that explain", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk:** LOW MEDIUM (amber) HIGH |`},
	{name: "every level in brackets", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk (circle):** (LOW)   (MEDIUM)   (HIGH) |`},
	{name: "assess the risk as", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Analysis**
		Having considered all of the indicators we assess the risk of exploitation as low.`},
	{name: "assess the risk as no longer", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `**Analysis**
		We do not assess the risk of exploitation as low.`},
	{name: "the one row left under heads", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk** | **What it means** |
		| Medium risk | Several indicators |`},
	{name: "two rows left under heads", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `
		| **Level of risk** | **What it means** |
		| Low risk | A few indicators |
		| Medium risk | Several indicators |`},
	{name: "score only line", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `Total score: 7 / 40`},
	{name: "score in level field", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `**Overall level of risk:** 7`},
	{name: "score with level", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Total score:** 7
		**Level of risk:** Low`},
	{name: "score and level joined", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Overall score and level:** 7 - Low`},
	{name: "score (Low)", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Risk level:** Score 7 (Low)`},
	{name: "sentence bracket low", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `**Outcome:** Assessed as vulnerable to exploitation (low)`},
	{name: "no label sentence", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Following this screening Ania is assessed as low risk of exploitation.`},
	{name: "no label sentence 2", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `The overall level of risk is medium.`},
	{name: "level of risk has been assessed as", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Overall, the level of risk has been assessed as LOW.`},
	{name: "bold chosen", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Overall risk: **Low** / Medium / High (delete as appropriate)`},
	{name: "bold chosen table", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `
		| Overall risk level | Low **Medium** High |`},
	{name: "delete as appropriate printed", level: form.LevelUnknown, dated: form.DateGood, drawing: toolHead + `Overall risk: Low / Medium / High (delete as appropriate)`},
	{name: "strike in cell no label colon", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Overall risk (delete as appropriate) | Low ~~/ Medium / High~~ |`},
	{name: "X before in brackets", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Risk level: [X] Low [ ] Medium [ ] High`},
	{name: "paren x", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `Risk level: Low ( ) Medium (x) High ( )`},
	{name: "heavy tick", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Risk level | Low ✔ | Medium | High |`},
	{name: "Y under column", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Low | Medium | High |
		| Y | N | N |`},
	{name: "label above value paras", level: form.LevelLow, dated: form.DateGood, drawing: `**Child exploitation screening tool**
		**Name of child**
		Ania Kowal
		**Date of birth**
		14 March 2013
		**Date of assessment**
		1st Oct 2026
		**Assessed by**
		Jo Field
		**Level of risk**
		Low`, fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "label above value plain", level: form.LevelLow, dated: form.DateGood, drawing: `Child exploitation screening tool
		Name of child
		Ania Kowal
		Date of birth
		14 March 2013
		Date of assessment
		1st Oct 2026
		Assessed by
		Jo Field
		Level of risk
		Low`, fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "RAG grid with factor rows", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Indicator** | **Green** | **Amber** | **Red** |
		| Missing episodes | x | | |
		| Peers | | x | |
		| Online | x | | |
		| **Overall RAG** | Green | | |`},
	{name: "RAG grid ticked row", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Indicator** | **Low** | **Medium** | **High** |
		| Missing episodes | ☒ | ☐ | ☐ |
		| Peers | ☐ | ☒ | ☐ |
		| Online | ☒ | ☐ | ☐ |
		| **Overall level of risk** | ☒ | ☐ | ☐ |`},
	{name: "scored grid RAG", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `
		| **Indicator** | **0 None** | **1 Low** | **2 Medium** | **3 High** | **Score** |
		| Missing | | x | | | 1 |
		| Peers | | | x | | 2 |
		| Total | | | | | 3 |
		0-5 = Low 6-12 = Medium 13+ = High
		Level of risk following professional judgement: Medium`},
	{name: "level column 1-row table header", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Total score | Risk band | Review date |
		| 6 | Low (0-9) | 12/03/2027 |`},
	{name: "bands printed with level chosen", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `☒ 0-9 Low
		☐ 10-19 Medium
		☐ 20 or more High`},
	{name: "bands in table with tick", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Score** | **Level** | **Tick** |
		| 0 - 9 | Low | ✓ |
		| 10 - 19 | Medium | |
		| 20 + | High | |`},
	{name: "standard/medium/high", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Risk grading: ☑ Standard ☐ Medium ☐ High`},
	{name: "not low", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `Risk level: Low/Medium`},
	{name: "question label", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `What is the overall level of risk of exploitation for this child? Low`},
	{name: "previous level", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Previous level of risk | Medium |
		| Current level of risk | Low |`},
	{name: "date of previous", level: form.LevelLow, dated: form.DateGood, drawing: `**CE screening tool**
		| Name | Ania Kowal | DOB | 14/03/2013 |
		| Date of previous screening | 01/02/2026 | Date of this screening | 01/10/2026 |
		| Worker | Jo Field | Risk | Low |`, fields: map[form.Key]string{form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field", form.ToolLevel: "Low"}},
	{name: "exploitation type levels", level: form.LevelAmbiguous, dated: form.DateGood, drawing: toolHead + `
		| CSE risk level | Low |
		| CCE risk level | Medium |`},
	{name: "exploitation type same", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Risk of CSE | Low |
		| Risk of CCE | Low |`},
	{name: "date and signature line", level: form.LevelLow, dated: form.DateGood, drawing: `**Exploitation Screening Checklist**
		Name of child: Ania Kowal    D.O.B.: 14-03-13
		Overall level: Low
		Signed: J Field    Name: Jo Field    Date: Thurs 1st October 2026`, fields: map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedOn: "2026-10-01", form.ToolLevel: "Low"}},
	{name: "level bracket code", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Level of risk: 1 (Low)`},
	{name: "level 1 low", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Level of risk: Level 1 - Low`},
	{name: "grid with Low/Med/High options and circles", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Overall risk** | ● Low | ○ Medium | ○ High |`},
	{name: "emoji", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Level of risk: 🟢 Green`},
	{name: "negated", level: form.LevelMedium, dated: form.DateGood, drawing: toolHead + `Level of risk: Medium (not high)`},
	{name: "low with qualifier", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Level of risk: Low at present, to be reviewed if things change`},
	{name: "could become medium", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `Level of risk: Low. Would move to medium if missing again.`},
	{name: "head of levels with definitions", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| **Level** | **Description** | **Selected** |
		| Low | A vulnerable child who may be at risk of being groomed | Yes |
		| Medium | A child who is targeted for opportunistic abuse | |
		| High | A child whose exploitation is habitual | |`},
	{name: "levels definitions with trailing tick", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `
		| Low risk - vulnerable but no indicators of current exploitation | X |
		| Medium risk - some indicators that the child is being targeted | |
		| High risk - strong indicators of exploitation | |`},
	{name: "bold levels def with box", level: form.LevelLow, dated: form.DateGood, drawing: toolHead + `☒ Low risk: vulnerable but no indicators of current exploitation
		☐ Medium risk: some indicators that the child is being targeted
		☐ High risk: strong indicators of exploitation`},
}

func TestReadLevelWordings(t *testing.T) {
	for _, c := range levelWordings {
		t.Run(c.name, func(t *testing.T) { checkLevel(t, c) })
	}
}

// checkLevel reads a tool with the head of toolHead, unless its case says what else it holds.
func checkLevel(t *testing.T, c toolCase) {
	t.Helper()
	s := one(t, readSketch(t, c.drawing), form.ScreeningTool)
	if c.fields == nil {
		c.fields = map[form.Key]string{form.ToolChildName: "Ania Kowal", form.ToolChildBirth: "2013-03-14", form.ToolCompletedOn: "2026-10-01", form.ToolCompletedBy: "Jo Field"}
	}
	checkFields(t, s, c.fields)
	if s.Level != c.level {
		t.Errorf("level: want %s, got %s (%q)", c.level, s.Level, s.Fields[form.ToolLevel].Text)
	}
}
