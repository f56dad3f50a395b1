package document

import "testing"

func TestIsPrompt(t *testing.T) {
	for text, want := range map[string]bool{
		"Click or tap here to enter text.": true,
		"Choose an item.":                  true,
		"<Enter name>":                     false,
		"<Enter your name>":                true,
		"-- Select --":                     true,
		"\u2002\u2002\u2002":               true,
		"___":                              true,
		"Selected for the county team":     false,
		"Entered care in 2019":             false,
		"N/A":                              false,
		"Please select him for the group work, he gets on with his peers and would benefit": false,
	} {
		if got := IsPrompt(text); got != want {
			t.Errorf("IsPrompt(%q) = %t", text, got)
		}
	}
}

func TestFindMarksMarksPrompts(t *testing.T) {
	d := Document{Cells: []Cell{{Lines: []Line{{Tokens: []Token{
		{Text: "Choose an item.", Style: Bold},
		{Text: "Select one", Style: Filled},
		{Text: "Select one", Style: Italic},
		{Text: "Ada", Style: Filled},
		{Text: "-", Style: Filled | Bold},
		{Text: "Jo", Style: Filled},
	}}}}}}
	d.FindMarks()
	for i, want := range []bool{true, true, false, false, false, false} {
		if got := d.Cells[0].Lines[0].Tokens[i].Style.Has(Placeholder); got != want {
			t.Errorf("token %d: placeholder %t", i, got)
		}
	}
}
