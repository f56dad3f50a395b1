package form_test

import (
	"strings"
	"testing"

	"referrald/parse/form"
)

func TestLoadAddsLabels(t *testing.T) {
	lex, err := form.Load(strings.NewReader("[[label]]\nkey = \"risk.summary\"\ntexts = [\"Our worry in short\"]\n[[option]]\nfactor = \"gangs\"\ntexts = [\"Runs with a crew\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := sketch("**Referral form**\n**Name of young person:** Ania Kowal\n**Referrer name:** Jo Field\n**Our worry in short:** New phone.\n**Hobbies:** Judo\n☒ Runs with a crew")
	s := one(t, lex.Read(d, "form.docx", 0), form.ReferralForm)
	checkFields(t, s, map[form.Key]string{form.Summary: "New phone."})
	if factors, _ := ticked(s); len(factors) != 1 || factors[0] != "gangs" {
		t.Errorf("the operator's option is read, got %v", factors)
	}
}

// TestLoadListsFaults holds that all faults are told at once, each with its place and a remedy.
func TestLoadListsFaults(t *testing.T) {
	_, err := form.Load(strings.NewReader("[[label]]\nkey = \"child.shoe_size\"\ntexts = [\"Shoe size\"]\n[[label]]\nkey = \"risk.summary\"\ntexts = [\"why {whom}\"]\n[[heading]]\nkind = \"letter\"\ntexts = [\"Letter\"]\n[[option]]\nfactor = \"luck\"\ntexts = []\n[colour]\nred = 1\n[[cue]]\nkey = \"risk.summary\"\nall = [[\"why\"]]\nnone = [\"next of kin\"]\n"))
	if err == nil {
		t.Fatal("faulty labels were taken")
	}
	for _, want := range []string{"child.shoe_size", "use one of the keys", `"whom" is unknown`, "define it under [groups]", "heading 1", "option 1", "it has no texts", "colour", `"next of kin" is more than one word`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the faults do not tell %q:\n%v", want, err)
		}
	}
}
