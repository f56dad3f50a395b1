package prose

import (
	"slices"
	"strings"
	"testing"

	"referrald/parse/form"
)

// holds are the concerns for which a person looks before any letter decides, by their letters in narratives.txt.
var holds = map[string]string{"D": DangerNow, "A": ActiveExploitation, "H": HigherLevel, "S": StaffAllegation, "O": OptOut, "L": LevelHigh}

// marks are the statuses, by their signs in narratives.txt.
var marks = map[byte]Status{'+': Present, '?': Possible, '<': Past, '~': Negated, '@': OtherPerson}

// TestNarratives holds the lexicon to testdata/narratives.txt, which was written without a look at the lexicon: a sentence
// that must bring a person does, any other brings none, and each key that a row names stands as it says.
func TestNarratives(t *testing.T) {
	l := lexicon(t)
	for _, line := range rows(t, "narratives.txt", 400) {
		labels, text, ok := strings.Cut(line, " | ")
		if !ok {
			t.Fatalf("%q has no labels", line)
		}
		p := form.Passage{Source: form.FromForm, Key: form.Summary, Evidence: form.Evidence{Text: text}}
		found := l.Read([]form.Passage{p})
		checkHold(t, strings.Fields(labels), text, found)
		for _, label := range strings.Fields(labels) {
			checkMark(t, l, label, text, found)
		}
	}
}

// checkHold compares whether a person looks, and for danger now that it is seen to be that.
func checkHold(t *testing.T, labels []string, text string, found []Finding) {
	t.Helper()
	var got []string
	for _, f := range found {
		if alarm(f) && slices.Contains(alarming, f.Key) {
			got = append(got, f.Key)
		}
	}
	want := slices.ContainsFunc(labels, func(s string) bool { return holds[s] != "" })
	if want != (len(got) > 0) || slices.Contains(labels, "D") && !slices.Contains(got, DangerNow) {
		t.Errorf("%v brings %v: %s", labels, got, text)
	}
}

// checkMark looks for one key as a label says it stands, or for another key of the same sign.
func checkMark(t *testing.T, l *Lexicon, label, text string, found []Finding) {
	t.Helper()
	want := marks[label[len(label)-1]]
	if want == "" {
		return
	}
	key := label[:len(label)-1]
	if !slices.Contains(l.Keys(), key) {
		t.Fatalf("no key %q", key)
	}
	sign := l.SignOf(key)
	if !slices.ContainsFunc(found, func(f Finding) bool {
		return f.Status == want && (f.Key == key || sign != "" && l.SignOf(f.Key) == sign)
	}) {
		t.Errorf("%s is not %s: %s", key, want, text)
	}
}
