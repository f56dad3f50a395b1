package form_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"referrald/parse/form"
)

// A truth is what a careful person reads in one corpus message.
type truth struct {
	File          string `json:"file"`
	ScoreFields   *bool  `json:"score_fields"`
	ScoreReferral *bool  `json:"score_referrals"`
	Referrals     []struct {
		Fields  map[form.Key]any `json:"fields"`
		Factors []form.Factor    `json:"vulnerability_factors"`
		Tool    struct {
			Level any    `json:"level"`
			On    string `json:"completed_on"`
		} `json:"screening_tool"`
		Facts struct {
			HasTool bool `json:"has_tool"`
		} `json:"facts"`
	} `json:"referrals"`
	Tags struct {
		Difficulty string `json:"difficulty"`
	} `json:"tags"`
}

func readTruth(t testing.TB, folder string) []truth {
	f, err := os.Open(filepath.Join(folder, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []truth
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var one truth
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		t.Fatal("the corpus has no answers")
	}
	return all
}

// A tally counts what was read right, what was read wrong or besides, and what was missed.
type tally struct{ right, extra, missed int }

func (n tally) f1() float64 { return 2 * float64(n.right) / float64(2*n.right+n.extra+n.missed) }

// TestCorpus reads every message of the corpus whose files the readers here know, and compares fields, factors, level
// and date with the answers.
func TestCorpus(t *testing.T) {
	folder := corpusFolder(t)
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	var fields, factors, tools tally
	for _, want := range readTruth(t, folder) {
		if want.Tags.Difficulty == "ocr" || len(want.Referrals) != 1 || want.ScoreReferral != nil && !*want.ScoreReferral || want.ScoreFields != nil && !*want.ScoreFields {
			continue
		}
		var sheets []form.Sheet
		for i, l := range readMessage(t, filepath.Join(folder, "mail", want.File)) {
			sheets = append(sheets, lex.Read(l.doc, l.name, i)...)
		}
		if len(sheets) == 0 {
			continue // prose
		}
		ref := want.Referrals[0]
		compareFields(t, want.File, ref.Fields, sheets, &fields)
		for _, s := range sheets {
			if s.Kind == form.ReferralForm {
				got, _ := ticked(s)
				compareFactors(t, want.File, ref.Factors, got, &factors)
			} else if ref.Facts.HasTool {
				tools.count(accepts(ref.Tool.Level, string(s.Level)) && s.Fields[form.ToolCompletedOn].Text == ref.Tool.On)
			}
		}
	}
	for name, n := range map[string]tally{"fields": fields, "factors": factors, "levels and dates": tools} {
		t.Logf("%s: F1 %.4f of %d", name, n.f1(), n.right+n.missed)
		if n.right == 0 || n.f1() < 0.99 {
			t.Errorf("%s: F1 %.4f is below 0.99", name, n.f1())
		}
	}
}

func (n *tally) count(ok bool) {
	if ok {
		n.right++
		return
	}
	n.extra++
	n.missed++
}

func compareFields(t *testing.T, file string, want map[form.Key]any, sheets []form.Sheet, n *tally) {
	got := map[form.Key]string{}
	for _, s := range sheets {
		for k, v := range s.Fields {
			got[k] = v.Text
		}
	}
	for k, w := range want {
		v, ok := got[k]
		if !ok || !accepts(w, v) {
			t.Logf("%s %s: want %q, got %q", file, k, w, v)
			n.missed++
		} else {
			n.right++
			delete(got, k)
		}
	}
	n.extra += len(got)
	for k, v := range got {
		t.Logf("%s %s: not wanted: %q", file, k, v)
	}
}

func compareFactors(t *testing.T, file string, want, got []form.Factor, n *tally) {
	for _, f := range want {
		if slices.Contains(got, f) {
			n.right++
		} else {
			t.Logf("%s: %s was missed", file, f)
			n.missed++
		}
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Logf("%s: %s was not ticked", file, f)
			n.extra++
		}
	}
}

var spacing = regexp.MustCompile(`[\s,;]+`)

// accepts tells whether a value is an answer, or one of several; spaces, commas and capitals do not matter.
func accepts(want any, got string) bool {
	if all, ok := want.([]any); ok {
		return slices.ContainsFunc(all, func(w any) bool { return accepts(w, got) })
	}
	text, _ := want.(string)
	even := func(s string) string { return strings.Trim(spacing.ReplaceAllString(strings.ToLower(s), " "), " .") }
	return even(text) == even(got)
}
