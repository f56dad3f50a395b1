package prose

import (
	"errors"
	"os"
	"strings"
	"testing"

	"referrald/parse/form"
)

// Staff add a word of the street, a service of their area, a trap and a person, and nothing of the embedded words is lost.
func TestExtension(t *testing.T) {
	l, err := Load(strings.NewReader(`
[words]
weapon = ["rambo"]

[people]
family = ["abuela"]

[[say]]
key = "concern.higher_level"
patterns = ["(project)? lighthouse (team|worker)"]

[[trap]]
keys = ["weapons"]
patterns = ["rambo the film"]

[[key]]
name = "sign.tattoo"
title = "A gang's tattoo"
sign = "sign.gang_or_isolation"
heeds = ["negated"]
sources = ["body", "form"]

[[say]]
key = "sign.tattoo"
patterns = ["(new)? tattoo+"]
`), strings.NewReader(`template = ["Does the child carry weapons"]`))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		key, text string
		want      Status
	}{
		{"weapons", "He carries a rambo.", Present},
		{"weapons", "He carries Rambo the film everywhere.", ""},
		{"weapons", "He carries a knife.", Present},
		{"weapons", "His abuela carries a knife.", OtherPerson},
		{"weapons", "Does the child carry weapons: yes", Present},
		{"weapons", "Does the child carry weapons:", ""},
		{HigherLevel, "He has a Lighthouse worker.", Present},
		{"sign.tattoo", "She has two tattoos.", Present},
		{"sign.tattoo", "She has no tattoo.", Negated},
	} {
		got := said(t, l, form.FromForm, x.key, x.text)
		if x.want == "" && len(got) > 0 || x.want != "" && (len(got) != 1 || got[0] != x.want) {
			t.Errorf("%s in %q: %v, want %q", x.key, x.text, got, x.want)
		}
	}
	if got := l.SignOf("sign.tattoo"); got != "sign.gang_or_isolation" {
		t.Errorf("the new key tells the sign %q", got)
	}
}

// Every slip of an extension is named with its place and, where there is one, its remedy.
func TestBadExtensions(t *testing.T) {
	for text, wants := range map[string][]string{
		"words = [":                        {"lexicon extension 1", "reading TOML"},
		"wrods = {}":                       {"lexicon extension 1", "unknown setting", "wrods"},
		"[cues]\nnegatives = [\"no\"]":     {"cues.negatives", "negators"},
		"[people]\nenemies = [\"foe\"]":    {"people.enemies", "family"},
		"[people]\nfamily = [\"Mum\"]":     {"people.family", "Mum", "lower case"},
		"[irregular]\n\"Go\" = [\"went\"]": {"irregular", "lower case"},
		"template = [\"...\"]":             {"template", "without words"},
		"[[say]]\nkey = \"weapons\"":       {"say 1", "patterns"},
		"[[trap]]\nkeys = [\"weapon\"]\npatterns = [\"knife rest\"]":           {"trap", "weapon"},
		"[[key]]\nname = \"weapons\"":                                          {"weapons", "twice"},
		"[[key]]\nname = \"x\"\nheeds = [\"negation\"]":                        {"heeds", "negation", "negated"},
		"[[key]]\nname = \"x\"\nsources = [\"mail\"]":                          {"source", "mail", "body"},
		"[[key]]\nname = \"x\"\nfamily = \"y\"":                                {"x", "y"},
		saying("weapon", "knife"):                                              {"no key", "weapon", "[[key]]"},
		saying("weapons", "Knife"):                                             {"Knife", "lower case"},
		saying("weapons", "self-harm"):                                         {"self-harm", "without apostrophes or hyphens"},
		saying("weapons", "(knife"):                                            {"(knife", "not closed"},
		saying("weapons", "knife)"):                                            {"knife)", "not open"},
		saying("weapons", "{knives}"):                                          {"{knives}", "no words named"},
		saying("weapons", "knife *"):                                           {"gap at the end"},
		saying("weapons", "knife *99 fork"):                                    {"*99", "*12"},
		saying("weapons", "# @"):                                               {"only numbers and names"},
		saying("weapons", "(knife)?"):                                          {"no word that must be present"},
		saying("weapons", ""):                                                  {"empty pattern"},
		"[words]\na = [\"{b}\"]\nb = [\"{a}\"]\n" + saying("weapons", "{a} x"): {"circle"},
		saying("weapons", strings.Repeat("(a b|c d|e f|g h|i j) ", 900)):       {"more than 4000 words"},
		"[words]\na = [\"b c\", \"d e\"]\n" + saying("weapons", "* {a}"):       {"gap", "beginning"},
	} {
		err := faultOf(text)
		if err == nil {
			t.Errorf("%s: is taken", text)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", text, err, want)
			}
		}
	}
}

// faultOf compiles an extension of a lexicon of one key, which is quicker than the embedded one.
func faultOf(text string) error {
	whole := &book{Keys: []keyEntry{{Name: "weapons"}}, Words: map[string][]string{"weapon": {"knife"}}}
	if faults := whole.add("lexicon extension 1", strings.NewReader(text)); len(faults) > 0 {
		return errors.Join(faults...)
	}
	_, err := compile(whole)
	return err
}

func saying(key, pattern string) string {
	return "[[say]]\nkey = \"" + key + "\"\npatterns = [\"" + pattern + "\"]\n"
}

// All faults of all extensions come at once, so that an operator mends them in one go.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := Load(strings.NewReader(saying("weapons", "Knife")+saying("weapons", "(gun")), strings.NewReader(saying("gang", "crew")))
	if err == nil {
		t.Fatal("three faults are taken")
	}
	for _, want := range []string{"Knife", "(gun", "gang"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %q", err, want)
		}
	}
}

// The example of the page about the policy is taken as it stands there, and does what the page says.
func TestDocumentedExtension(t *testing.T) {
	page, err := os.ReadFile("../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```toml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the page has no example")
	}
	l, err := Load(strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		key, text string
		want      Status
	}{
		{"weapons", "He carries a rambo.", Present},
		{"weapons", "His abuela carries a rambo.", OtherPerson},
		{"weapons", "He has watched Rambo the film and carries it everywhere.", ""},
		{"weapons", "There is not a whiff of weapons.", Negated},
		{HigherLevel, "She has a Lighthouse worker.", Present},
		{HigherLevel, "She moved from Lighthouse Academy, where the Lighthouse team met her.", ""},
		{ActiveExploitation, "He hides his bobby for men in town.", Possible},
		{ActiveExploitation, "He hides his bobby in town.", ""},
	} {
		got := said(t, l, form.FromForm, x.key, x.text)
		if x.want == "" && len(got) > 0 || x.want != "" && (len(got) != 1 || got[0] != x.want) {
			t.Errorf("%s in %q: %v, want %q", x.key, x.text, got, x.want)
		}
	}
}
