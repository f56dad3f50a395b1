package notify

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"referrald/triage"
)

// TestEveryFindingHasItsSentence holds the sentences to the rules' table of codes: what can be signposted has a criterion to
// name, and what is asked for by its own code has a hint.
func TestEveryFindingHasItsSentence(t *testing.T) {
	s := composer(t, nil).sentences
	signposted := 0
	for _, c := range triage.Codes() {
		if c.Effect() != triage.EffectSignpost {
			continue
		}
		signposted++
		if s.Criterion[string(c.Clause())] == "" {
			t.Errorf("%s signposts, and no sentence names the criterion %s", c, c.Clause())
		}
	}
	if signposted == 0 {
		t.Error("no code signposts")
	}
	for key := range s.Ask {
		if len(asks[triage.Code(key)]) == 0 {
			t.Errorf("ask.%q is said beside nothing", key)
		}
	}
	for code, about := range asks {
		if s.Ask[string(code)] == "" || code.Effect() != triage.EffectAsk {
			t.Errorf("%s asks for %v without a sentence, or asks for nothing", code, about)
		}
		for _, m := range about {
			if m.Label() == "" {
				t.Errorf("%s asks for %s, which has no label", code, m)
			}
		}
	}
	for key := range s.Criterion {
		if key != otherCriterion && triage.Clause(key).Source() == "" {
			t.Errorf("criterion.%s is no clause", key)
		}
	}
	for _, k := range contacts {
		if s.Contact[string(k)] == "" {
			t.Errorf("no sentence names the contact %s", k)
		}
	}
}

func TestSentencesSayThePolicysNumbers(t *testing.T) {
	p, err := triage.ReadPolicy(strings.NewReader("[age]\nfrom = 8\nto = 17\n[primary_years]\nfrom = 4\nto = 6\n[screening_tool]\nmonths = 5\n"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewComposer(service(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		c.sentences.Criterion["age"]:              "aged 8 to 17, ",
		c.sentences.Criterion["primary_years"]:    "years 4 to 6.",
		c.sentences.Ask["screening_tool.too_old"]: "no more than 5 months",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}

// TestAnOwnFrameCarriesTheDigestToo refuses a frame that knows letters alone.
func TestAnOwnFrameCarriesTheDigestToo(t *testing.T) {
	ours, err := fs.ReadFile(builtIn, "templates/"+frameFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct{ from, to, want string }{
		"no cards":   {`eq .Kind "cards"`, `eq .Kind "nothing"`, "the same words"},
		"no grid":    {`eq .Kind "grid"`, `eq .Kind "nothing"`, "the same words"},
		"no picture": {`eq .Kind "picture"`, `eq .Kind "nothing"`, "must show the digest's chart"},
		"remote":     {`src="cid:{{.Image.ID}}"`, `src="https://pictures.example/{{.Image.ID}}"`, "must load nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			page := strings.Replace(string(ours), x.from, x.to, 1)
			if page == string(ours) {
				t.Fatal("nothing was replaced")
			}
			_, err := NewComposer(service(), policy(t), fstest.MapFS{frameFile: {Data: []byte(page)}})
			if err == nil || !strings.Contains(fmt.Sprint(err), x.want) {
				t.Errorf("%v", err)
			}
		})
	}
}
