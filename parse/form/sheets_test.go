package form_test

import (
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
)

const shortForm = `**Referral form- CONFIDENTIAL**
		**Name of young person:** %s
		**DOB:** 14/03/2013
		**Religion:** None
		**Spoken Language:** Polish
		**Name of School/Provision:** Larkmoor Academy
		**Current education status:** Full time
		**Referrer name:** Jo Field
		**Summary of risk/reason for referral:** New trainers.
		`

const shortTool = `**CE screening tool**
		**Name of child:** %s
		**DOB:** 14/03/2013
		**Date completed:** 01/10/2026
		**Completed by:** Jo Field
		**Risk level:** Low
		`

func named(drawing, name string) string { return strings.ReplaceAll(drawing, "%s", name) }

func TestReadSeveralSheets(t *testing.T) {
	for _, c := range []struct {
		name, drawing string
		kinds         []form.Kind
		names         []string
	}{
		{"form and tool in one file", named(shortForm, "Ania Kowal") + "\n" + named(shortTool, "Ania Kowal"),
			[]form.Kind{form.ReferralForm, form.ScreeningTool}, []string{"Ania Kowal", "Ania Kowal"}},
		{"two children's forms", named(shortForm, "Ania Kowal") + "\n" + named(shortForm, "Ben Ashe"),
			[]form.Kind{form.ReferralForm, form.ReferralForm}, []string{"Ania Kowal", "Ben Ashe"}},
		{"two children, form and tool each", named(shortForm+"\n"+shortTool, "Ania Kowal") + "\n" + named(shortForm+"\n"+shortTool, "Ben Ashe"),
			[]form.Kind{form.ReferralForm, form.ScreeningTool, form.ReferralForm, form.ScreeningTool}, []string{"Ania Kowal", "Ania Kowal", "Ben Ashe", "Ben Ashe"}},
		{"a letter that mentions both", "Hello,\nReferral form and screening tool attached.\nName: Ania\nRegards\nJo Field\nTel: 01632 960111", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheets := readSketch(t, c.drawing)
			if len(sheets) != len(c.kinds) {
				t.Fatalf("want %d sheets, got %d", len(c.kinds), len(sheets))
			}
			for i, s := range sheets {
				name := s.Fields[form.Name].Text + s.Fields[form.ToolChildName].Text
				if s.Kind != c.kinds[i] || name != c.names[i] {
					t.Errorf("sheet %d: want %s of %s, got %s of %s", i, c.kinds[i], c.names[i], s.Kind, name)
				}
			}
		})
	}
}

func TestReadEvidence(t *testing.T) {
	s := one(t, readSketch(t, "**Referral form**\n| **Name of young person:** Ania Kowal | **DOB:** 14/03/2013 |\n| **Religion:** | **Referrer name:** Jo Field |\n| **Hobbies:** Judo | |"), form.ReferralForm)
	v := s.Fields[form.DateOfBirth]
	want := form.Evidence{Document: "form.docx", Where: "table 1, row 1, cell 2", Text: "DOB: 14/03/2013"}
	if v.Evidence != want {
		t.Errorf("want %+v, got %+v", want, v.Evidence)
	}
	if v.Confidence < 0.9 {
		t.Errorf("a value behind its label is sure, got %v", v.Confidence)
	}
}

func TestReadConflicts(t *testing.T) {
	s := one(t, readSketch(t, named(shortForm, "Ania Kowal")+"\n**DOB:** 15/03/2013"), form.ReferralForm)
	if len(s.Conflicts) != 1 || s.Conflicts[0].Key != form.DateOfBirth || len(s.Conflicts[0].Between) != 2 {
		t.Errorf("two birth dates are a conflict of two witnesses, got %+v", s.Conflicts)
	}
}

// Story 13 of the peers' trouble: a completed form read as blank.
func TestStory13BlankAndFilledFormsAreToldApart(t *testing.T) {
	blank := one(t, readSketch(t, "**Referral form**\n| **Name of young person:** | **DOB:** |\n| **Religion:** | **Referrer name:** |\n| **Hobbies:** | **Sexuality:** |"), form.ReferralForm)
	if !blank.Blank {
		t.Error("a known template without a value is blank")
	}
	if one(t, readSketch(t, named(shortForm, "Ania Kowal")), form.ReferralForm).Blank {
		t.Error("a filled form is not blank")
	}
}

func TestReadPassages(t *testing.T) {
	tool := one(t, readSketch(t, `**CE screening tool**
		| **Child:** Ania | **Date completed:** 01/10/2026 |
		| **Completed by:** Jo Field | **Risk level:** Low |
		para
		| **Risk indicator** | **Yes** | **No** | **Comments** |
		| Goes missing from home | ☒ | ☐ | Came home at midnight twice. |
		| Strategy discussion needed | ☐ | ☒ | |
		para
		| **Risk level** | **Action** |
		| High | Strategy meeting at once |`), form.ScreeningTool)
	if len(tool.Passages) != 1 || tool.Passages[0].Text != "Came home at midnight twice." || tool.Passages[0].Source != form.FromTool {
		t.Errorf("only the remark is prose, got %+v", tool.Passages)
	}
	sheet := one(t, readSketch(t, named(shortForm, "Ania Kowal")), form.ReferralForm)
	if len(sheet.Passages) == 0 || sheet.Passages[0].Key != form.Summary || sheet.Passages[0].Text != "New trainers." {
		t.Errorf("the summary is prose with its key, got %+v", sheet.Passages)
	}
}

// TestReadRecognised holds that on a scan a missing mark is unknown, and that labels may be a letter off.
func TestReadRecognised(t *testing.T) {
	d := sketch("**Referral form**\n| **Narne of young person:** Ania Kowal | **DOB:** 14/O3/2013 |\n| **Referrer narne:** Jo Field | **Sexuaiity:** Not known |\n| **Hobbles/Interests/Aspirations:** Judo | |\n" +
		"| Neglect |\n| ☒ Social isolation |\n| Mental health issues |")
	for i := range d.Cells {
		for j := range d.Cells[i].Lines {
			for k := range d.Cells[i].Lines[j].Tokens {
				tok := &d.Cells[i].Lines[j].Tokens[k]
				tok.Source, tok.Confidence = document.Recognised, 0.9
			}
		}
	}
	d.Format = document.Image
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := one(t, lex.Read(d, "scan.pdf", 0), form.ReferralForm)
	checkFields(t, s, map[form.Key]string{form.Name: "Ania Kowal", form.DateOfBirth: "2013-03-14", form.ReferrerName: "Jo Field", form.Sexuality: "Not known", form.Interests: "Judo"})
	if s.Factors["neglect"].Mark != document.MarkUnknown || s.Factors["social_isolation"].Mark != document.Ticked {
		t.Errorf("no mark on a scan is unknown, got %v and %v", s.Factors["neglect"].Mark, s.Factors["social_isolation"].Mark)
	}
	if c := s.Fields[form.Name].Confidence; c >= 0.9 {
		t.Errorf("recognised words are less sure, got %v", c)
	}
}
