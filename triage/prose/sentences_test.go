package prose

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"referrald/parse/form"
)

// passageOf is one passage as the reader of messages gives it: a box of the form, or prose of the mail or tool.
func passageOf(source, text string) form.Passage {
	p := form.Passage{Source: form.Source(source), Evidence: form.Evidence{Text: text}}
	switch source {
	case "form":
		p.Key = form.Summary
	case "areas":
		p.Source, p.Key = form.FromForm, form.AreasOfWork
	}
	return p
}

// TestSentenceFile holds the lexicon to testdata/sentences.txt.
func TestSentenceFile(t *testing.T) {
	f, err := os.Open("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, rows := lexicon(t), 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.SplitN(line, " | ", 4)
		if len(row) != 4 || !slices.Contains(l.Keys(), row[1]) {
			t.Fatalf("%q is no row of a known key", line)
		}
		rows++
		checkSentence(t, l, row)
	}
	if rows < 200 {
		t.Errorf("only %d sentences", rows)
	}
}

func checkSentence(t *testing.T, l *Lexicon, row []string) {
	t.Helper()
	var got []Status
	for _, f := range l.Read([]form.Passage{passageOf(row[0], row[3])}) {
		if f.Key == row[1] {
			got = append(got, f.Status)
		}
	}
	want := Status(row[2])
	switch {
	case want == "-" && (len(got) == 0 || slices.Equal(got, []Status{Negated})):
	case slices.Equal(got, []Status{want}):
	default:
		t.Errorf("%s is %v, want %s: %s", row[1], got, want, row[3])
	}
}
