package form_test

import (
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/parse/text"
)

// TestReadOnlineAnswers reads the mail of an online form, which joins several answers of one question.
func TestReadOnlineAnswers(t *testing.T) {
	s := one(t, readSketch(t, named(shortForm, "Ania Kowal")+"\nAre the parents aware?\nYes;\nWhich vulnerability factors apply?\nNeglect;Social isolation;"), form.ReferralForm)
	checkFields(t, s, map[form.Key]string{form.ParentAware: "Yes"})
	if s.Factors["neglect"].Mark != document.Ticked || s.Factors["social_isolation"].Mark != document.Ticked || len(s.Factors) != 2 {
		t.Errorf("factors %v", s.Factors)
	}
}

// TestReadBrokenLabels reads a form that was pasted into a mail whose program breaks lines amid labels.
func TestReadBrokenLabels(t *testing.T) {
	d, err := text.Read([]byte("Referral form\nName of young\nperson: Ada Quill\nDate of\nbirth: 14/03/2013\nHome address: 1 High Street,\nStoke ST4 2AA\n" +
		"School: Larkmoor Academy\nName of\nreferrer: Jo Field\nAre the parents aware of\nthe referral? Yes\nReligion:\nNone\nSpoken\nlanguage: Polish\n"))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := one(t, lex.Read(d, "mail", 0), form.ReferralForm)
	checkFields(t, s, map[form.Key]string{form.Name: "Ada Quill", form.DateOfBirth: "2013-03-14", form.Address: "1 High Street,\nStoke ST4 2AA", form.Postcode: "ST4 2AA",
		form.School: "Larkmoor Academy", form.ReferrerName: "Jo Field", form.ParentAware: "Yes", form.Religion: "None", form.Language: "Polish"})
	if d.Cells[1].Text() != "Name of young" {
		t.Errorf("the document itself was changed: %q", d.Cells[1].Text())
	}
}
