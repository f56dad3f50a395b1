package triage

import (
	"strings"
	"testing"
)

// TestBadPolicies has one bad value each, and the message that it must have of its own.
func TestBadPolicies(t *testing.T) {
	said := map[string]string{}
	for bad, want := range map[string]string{
		`mode = "sometimes"`:                              `mode: "sometimes" is none of automatic, confirm, shadow`,
		`letters_per_sender_and_day = 0`:                  "letters_per_sender_and_day: 0 is too few",
		`letters_per_day = 9`:                             "letters_per_day: 9 is below letters_per_sender_and_day (10)",
		`retention_days = -1`:                             "retention_days: -1 is below 0",
		"[age]\nfrom = 0":                                 "age.from: 0 is no age",
		"[age]\nto = 8":                                   "age.to: 8 is below age.from (9)",
		"[age]\nto_with_send = 10":                        "age.to_with_send: 10 is not from age.to (16)",
		"[age]\nyear_of_limit = \"maybe\"":                `age.year_of_limit: "maybe" is none of`,
		"[primary_years]\nfrom = 0":                       "primary_years.from: 0 is no school year",
		"[primary_years]\nto = 4":                         "primary_years.to: 4 is not from primary_years.from (5)",
		"[screening_tool]\nmonths = 36":                   "screening_tool.months: 36 is not from 1 to 24",
		"[screening_tool]\nflag_months = 9":               "screening_tool.flag_months: 9 is not from 1 to screening_tool.months (6)",
		"[prevention_only]\neffect = \"ignore\"":          `prevention_only.effect: "ignore" is neither hold nor signpost`,
		"[form]\nrequired = [\"young_person.shoe_size\"]": `form.required: "young_person.shoe_size" is no field`,
		"[form]\nrequired = [\"young_person.religion\"]":  `form.required: "young_person.religion" is no field that can be required`,
		"[form]\nrequired = []":                           "form.required: young_person.date_of_birth must stay",
		"[form]\nconfidence = 1.5":                        "form.confidence: 1.5 is not from 0 to 1",
		"[contacts]\nstoke = \"not an address\"":          `contacts.stoke: "not an address" is no bare mail address`,
		"[contacts]\nstaffordshire = \"A <a@b.example>\"": "contacts.staffordshire: ",
		"[area]\nstoke_districts = []":                    "area.stoke_districts: is empty",
		"[area]\nstaffordshire_districts = []":            "area.staffordshire_districts: is empty",
		"[senders]\npolice = [\"*police.uk\"]":            `senders.police: "*police.uk" is neither a domain`,
		"[senders]\nfree_mail = [\"a@gmail.com\"]":        "senders.free_mail: ",
		"[senders]\nprovision_words = []":                 "senders.provision_words: is empty",
		"[phases]\nprimary = [\" \"]":                     "phases.primary: holds an empty word",
		"[send]\nstated = []":                             "send.stated: is empty",
		"[informed]\nyes = []":                            "informed.yes: is empty",
		"[age]\nfrm = 9":                                  "age.frm: no such key",
		"colour = \"blue\"":                               "colour: no such key",
		"[age]\nfrom = \"nine\"":                          "age.from",
		"mode = ":                                         "line 1",
	} {
		p, err := ReadPolicy(strings.NewReader(bad))
		if p != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q in it", bad, err, want)
			continue
		}
		if other, twice := said[err.Error()]; twice {
			t.Errorf("%q and %q have one message: %v", bad, other, err)
		}
		said[err.Error()] = bad
	}
}

// TestEveryListIsChecked: each list of the policy has a message of its own where it is empty of words, or holds what is
// no mail domain.
func TestEveryListIsChecked(t *testing.T) {
	p := testPolicy(t)
	for _, l := range p.wordLists() {
		table, key, _ := strings.Cut(l.key, ".")
		for bad, want := range map[string]string{"[]": l.key + ": is empty", "[\"\"]": l.key + ": holds an empty word"} {
			if _, err := ReadPolicy(strings.NewReader("[" + table + "]\n" + key + " = " + bad)); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s = %s: %v", l.key, bad, err)
			}
		}
	}
	for _, l := range p.domainLists() {
		table, key, _ := strings.Cut(l.key, ".")
		want := l.key + `: "a@b.example" is neither a domain`
		if _, err := ReadPolicy(strings.NewReader("[" + table + "]\n" + key + " = [\"a@b.example\"]")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", l.key, err)
		}
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, err := ReadPolicy(strings.NewReader("mode = \"x\"\n[age]\nfrom = 0\n[contacts]\nstoke = \"y\"\n"))
	for _, want := range []string{"mode:", "age.from:", "contacts.stoke:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in %v", want, err)
		}
	}
}

func TestPolicyOverrides(t *testing.T) {
	p, err := ReadPolicy(strings.NewReader("mode = \"confirm\"\n[age]\nto = 15\n[senders]\neducation_stoke = [\"Trust.example\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Mode != Confirm || p.Age.To != 15 || p.Age.From != 9 || p.Senders.EducationStoke[0] != "trust.example" || len(p.Senders.Police) == 0 {
		t.Errorf("%+v", p)
	}
}

func TestAddresses(t *testing.T) {
	p := testPolicy(t)
	if p.Address(ContactStoke) != "childexploitation@stoke.gov.uk" || p.Address(ContactStaffordshire) != "CSEinbox@staffordshire.gov.uk" || p.Address(ContactHomeCouncil) != "" {
		t.Error("the contacts are not those of the source document")
	}
}

func FuzzReadPolicy(f *testing.F) {
	f.Add("mode = \"confirm\"")
	f.Add("[form]\nrequired = [1]")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPolicy(strings.NewReader(text))
		if (p == nil) == (err == nil) {
			t.Fatal("neither a policy nor an error, or both")
		}
	})
}
