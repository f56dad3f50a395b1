package prose

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"referrald/parse/form"
)

// alarming are the keys that a calm sentence must not tell.
var alarming = []string{
	DangerNow, ActiveExploitation, HigherLevel, StaffAllegation, OptOut, LevelHigh, LevelMedium,
	RightsRequest, Withdrawal, Complaint, Update, Enquiry,
}

// alarm says whether a finding brings a person, as the rules that read it do.
func alarm(f Finding) bool {
	switch f.Status {
	case Present, Possible:
		return true
	case Past:
		return f.Key == HigherLevel
	case OtherPerson:
		return f.Key == DangerNow
	}
	return false
}

// alarms lists the keys that a sentence tells in the form's summary, and in the mail's own words.
func alarms(l *Lexicon, source form.Source, text string) (keys []string) {
	p := form.Passage{Source: source, Evidence: form.Evidence{Text: text}}
	if source == form.FromForm {
		p.Key = form.Summary
	}
	for _, f := range l.Read([]form.Passage{p}) {
		if alarm(f) && slices.Contains(alarming, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// rows reads a file of testdata line by line, without its remarks.
func rows(t *testing.T, name string, least int) (lines []string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	if len(lines) < least {
		t.Fatalf("%s has only %d rows", name, len(lines))
	}
	return lines
}

// TestAlarms holds the lexicon to testdata/alarms.txt: recall.
func TestAlarms(t *testing.T) {
	l := lexicon(t)
	for _, row := range rows(t, "alarms.txt", 250) {
		key, text, ok := strings.Cut(row, " | ")
		if !ok || !slices.Contains(alarming, key) {
			t.Fatalf("%q is no row of a known key", row)
		}
		for _, source := range []form.Source{form.FromForm, form.FromBody} {
			if !slices.Contains(alarms(l, source, text), key) {
				t.Errorf("%s is not told in the %s by %q", key, source, text)
			}
		}
	}
}

// TestCalm holds the lexicon to testdata/calm.txt: no false alarms.
func TestCalm(t *testing.T) {
	l := lexicon(t)
	for _, text := range rows(t, "calm.txt", 400) {
		for _, source := range []form.Source{form.FromForm, form.FromBody} {
			if got := alarms(l, source, text); len(got) > 0 {
				t.Errorf("%v in the %s of %q", got, source, text)
			}
		}
	}
}
