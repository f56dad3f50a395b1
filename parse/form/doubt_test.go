package form_test

import (
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
)

// What a reader itself doubts is no surer for being typed or for standing in a form field.
func TestDoubtedTokens(t *testing.T) {
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := sketch(`
		CCE Prevention Service: Referral Form
		| Name of young person: Ada Quill | Date of birth: 14/03/2013 |
		| Address: 4 Moor Lane, Stoke | School: Larkmoor Academy |
		| ☒ Going missing or returning home late | ☐ Neglect |`)
	for i := range d.Cells {
		for _, l := range d.Cells[i].Lines {
			for k := range l.Tokens {
				l.Tokens[k].Confidence = 0.5
				if l.Tokens[k].Mark != document.NoMark {
					l.Tokens[k].Source = document.FormWidget
				}
			}
		}
	}
	sheets := lex.Read(d, "form.doc", 0)
	if len(sheets) != 1 {
		t.Fatalf("%d sheets", len(sheets))
	}
	if v := sheets[0].Fields[form.DateOfBirth]; v.Text != "2013-03-14" || v.Confidence > 0.5 {
		t.Errorf("the date of birth is %q, trusted %v", v.Text, v.Confidence)
	}
	if tick := sheets[0].Factors["missing_or_late"]; tick.Mark != document.Ticked || tick.Confidence > 0.5 {
		t.Errorf("the box is %v, trusted %v", tick.Mark, tick.Confidence)
	}
}
