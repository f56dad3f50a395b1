package form

import (
	"testing"

	"referrald/parse/document"
)

// scanned makes a page of a recognised form: rows of cells, each its words; "*" before a word rings it, "{x}" is a tick.
func scanned(rows ...[]string) *document.Document {
	d := &document.Document{Format: document.Image, Pages: 1}
	for i, row := range rows {
		for j, text := range row {
			c := document.Cell{Table: 1, Row: i + 1, Col: j + 1, Page: 1}
			var l document.Line
			for _, w := range splitKeep(text) {
				t := document.Token{Text: w + " ", Source: document.Recognised, Confidence: 0.9}
				switch {
				case w == "{x}":
					t.Text, t.Mark = "☒", document.Ticked
				case w[0] == '*':
					t.Text, t.Style = w[1:]+" ", document.Circled
				case w[0] == '?':
					t.Text, t.Confidence = w[1:]+" ", 0.2
				}
				l.Tokens = append(l.Tokens, t)
			}
			if len(l.Tokens) > 0 {
				c.Lines = []document.Line{l}
			}
			d.Cells = append(d.Cells, c)
		}
	}
	return d
}

func splitKeep(text string) []string {
	var out []string
	word := ""
	for _, r := range text + " " {
		if r != ' ' {
			word += string(r)
			continue
		}
		if word != "" {
			out = append(out, word)
		}
		word = ""
	}
	return out
}

func readScanned(t *testing.T, d *document.Document, kind Kind) *Sheet {
	t.Helper()
	lex, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lex.Read(d, "scan.pdf", 0) {
		if s.Kind == kind {
			return &s
		}
	}
	t.Fatal("no such sheet")
	return nil
}

func TestChosenOnScans(t *testing.T) {
	s := readScanned(t, scanned(
		[]string{"Referral form - CONFIDENTIAL"}, []string{"Name of young person: Sam Example", "DOB: ?14/03/2013"},
		[]string{"Please select vulnerability factors that are relevant for the child:"},
		[]string{"School exclusions *Yes / No"}, []string{"Neglect Yes / *No"}, []string{"Experience of abuse Yes / Qo)"},
		[]string{"Possession of weapons Yes / A"}, []string{"Social Isolation Yes / No"}, []string{"Care experienced Yes"},
	), ReferralForm)
	for f, want := range map[Factor]document.Mark{"school_exclusions": document.Ticked, "neglect": document.Unticked, "abuse": document.MarkUnknown,
		"weapons": document.MarkUnknown, "social_isolation": document.MarkUnknown, "care_experienced": document.MarkUnknown} {
		if got := s.Factors[f].Mark; got != want {
			t.Errorf("%s is %v, want %v", f, got, want)
		}
	}
	if v, ok := s.Fields[DateOfBirth]; ok {
		t.Errorf("a date that was hardly recognised is read as %q", v.Text)
	}
}

func TestTicksOfMisreadOptionsOnScans(t *testing.T) {
	s := readScanned(t, scanned(
		[]string{"Referral form - CONFIDENTIAL"}, []string{"Name of young person: Sam Example", "DOB: 14/03/2013"},
		[]string{"Please select vulnerability factors that are relevant for the child:"},
		[]string{"School exclusions", "", "Care experienced", "{x}"}, []string{"Neglect", "", "Assocíotìcns wlth gcngs’qruops", "{x}"},
		[]string{"Exqerlonce ef cbvse", "{x}", "Social Isolation", ""}, []string{"Possession of weapons", "", "Mental Health Issues", ""},
	), ReferralForm)
	for f, tick := range s.Factors {
		if want := f == "care_experienced"; (tick.Mark == document.Ticked) != want {
			t.Errorf("%s is %v", f, tick.Mark)
		}
	}
	if s.Factors["care_experienced"].Mark != document.Ticked {
		t.Error("the tick that is plain was not read")
	}
}

func TestNoNameWithinAMisreadQuestion(t *testing.T) {
	s := readScanned(t, scanned([]string{"Referral form - CONFIDENTIAL"}, []string{"Reason for referral: we worry"},
		[]string{"What areas of work do you fee would most benefit the young person?: Keeping safe online"}), ReferralForm)
	if v := s.Fields[Name].Text; v != "" || s.Fields[AreasOfWork].Text != "Keeping safe online" {
		t.Errorf("name %q, areas of work %q", v, s.Fields[AreasOfWork].Text)
	}
}

func TestYesAloneAmongPrintedChoicesOnScans(t *testing.T) {
	s := readScanned(t, scanned(
		[]string{"Referral form - CONFIDENTIAL"}, []string{"Name of young person: Sam Example", "DOB: 14/03/2013"},
		[]string{"Please select vulnerability factors that are relevant for the child:"},
		[]string{"School exclusions Yes / No", "Social Isolation Yes / No"}, []string{"Possession of weapons Yes / No", "Neglect Yes"},
	), ReferralForm)
	for f, tick := range s.Factors {
		if tick.Mark == document.Ticked {
			t.Errorf("%s is ticked", f)
		}
	}
}

func TestRowsRunTogetherOnScansChooseNothing(t *testing.T) {
	s := readScanned(t, scanned(
		[]string{"Referral form - CONFIDENTIAL"}, []string{"Name of young person: Sam Example", "DOB: 14/03/2013"},
		[]string{"Please select vulnerability factors: Going missing or returning home late Yes / No", "Neglect Yes / No"},
		[]string{"School exclusions Yes / No", "Social Isolation Yes / No"}, []string{"Possession of weapons Yes / No", "Poverty and disadvantage Yes / No"},
	), ReferralForm)
	for f, tick := range s.Factors {
		if tick.Mark == document.Ticked {
			t.Errorf("%s is ticked", f)
		}
	}
}

func TestLevelsInARowOfCells(t *testing.T) {
	head := [][]string{{"Child Exploitation Screening Tool"}, {"Name of child: Sam Example", "Date completed: 01/10/2026"}}
	for name, c := range map[string]struct {
		rows [][]string
		want Level
	}{
		"printed":  {[][]string{{"Overall level of risk"}, {"Low risk", "Medium risk", "High risk"}}, LevelUnknown},
		"a speck":  {[][]string{{"Overall level of risk:", "l"}}, LevelUnknown},
		"in a row": {[][]string{{"Level of risk: Low", "Medium", "High"}}, LevelUnknown},
		"ringed":   {[][]string{{"Level of risk (please circle): Low", "Medium", "*High"}}, LevelHigh},
		"written":  {[][]string{{"Level of risk", "Low risk"}}, LevelLow},
		"worn":     {[][]string{{"Level of risk", "?Low risk"}}, LevelUnknown},
	} {
		if got := readScanned(t, scanned(append(head, c.rows...)...), ScreeningTool).Level; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
