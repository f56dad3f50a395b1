package parse_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/form"
)

// papers is how many forms and how many tools are generated.
const papers = 400

// A measure counts what was read right, read wrong, and not read.
type measure struct{ right, wrong, missed int }

func (m measure) precision() float64 { return float64(m.right) / float64(max(1, m.right+m.wrong)) }
func (m measure) recall() float64    { return float64(m.right) / float64(max(1, m.right+m.missed)) }

func (m measure) String() string {
	return fmt.Sprintf("precision %.4f, recall %.4f of %d", m.precision(), m.recall(), m.right+m.missed)
}

// TestGenerated reads forms and tools of many templates, hands and people, and holds what is read above its marks.
func TestGenerated(t *testing.T) {
	lex, err := form.Default()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*measure{"fields": {}, "factors": {}, "statuses": {}, "tool fields": {}, "levels": {}, "dates": {}}
	for n := range uint64(papers) {
		d := newDice(2026, n)
		h := d.hand()
		p := d.person()
		pf, want := h.formPaper(p)
		checkForm(t, all, n, h, want, readPaper(t, lex, pf, h, n))
		h = d.hand()
		pt, wantTool := h.toolPaper(p)
		checkTool(t, all, n, h, wantTool, readPaper(t, lex, pt, h, n))
	}
	for _, mark := range generatedMarks {
		m := *all[mark.of]
		t.Logf("%s: %s", mark.of, m)
		if m.precision() < mark.precision || m.recall() < mark.recall {
			t.Errorf("%s: below precision %.3f or recall %.3f", mark.of, mark.precision, mark.recall)
		}
	}
}

// generatedMarks are the least that must be reached.
var generatedMarks = []struct {
	of                string
	precision, recall float64
}{{"fields", 0.92, 0.86}, {"factors", 0.95, 0.9}, {"statuses", 0.97, 0.91}, {"tool fields", 0.96, 0.87}, {"levels", 0.8, 0.68}, {"dates", 0.99, 0.89}}

// readPaper reads a paper as a file of the format that its number gives.
func readPaper(t *testing.T, lex *form.Lexicon, p paper, h *hand, n uint64) parse.Referral {
	f := parse.File{Name: "paper.docx", Data: p.docx()}
	switch {
	case n%4 == 1:
		f = parse.File{Body: true, MediaType: "text/html", Data: p.html()}
	case n%8 == 2 && !p.showsLooks() && h.layout != belowCell: // nobody reads columns out of plain text
		f = parse.File{Body: true, MediaType: "text/plain", Data: p.text()}
	}
	x := parse.Read(f, parse.Options{})
	if x.Document == nil {
		t.Fatalf("paper %d is unreadable: %s", n, x.Why)
	}
	r := parse.Assemble([]parse.Extract{x}, "", lex)
	if len(r.Referrals) != 1 {
		t.Logf("#%d: %d referrals", n, len(r.Referrals))
		return parse.Referral{Form: &form.Sheet{}, Tool: &form.Sheet{}}
	}
	return r.Referrals[0]
}

func checkForm(t *testing.T, all map[string]*measure, n uint64, h *hand, want told, got parse.Referral) {
	s := got.Form
	if s == nil {
		t.Logf("#%d %+v: no form", n, *h)
		s = &form.Sheet{}
	}
	say := func(format string, args ...any) {
		t.Logf("#%d layout %d bold %t colon %q value %d ticks %d side %d: %s", n, h.layout, h.bold, h.colon, h.value, h.ticks, h.side, fmt.Sprintf(format, args...))
	}
	compare(all["fields"], want, s.Fields, say)
	compareTicks(all["factors"], want.factors, s.Factors, say)
	compareTicks(all["statuses"], want.statuses, s.Status, say)
}

func checkTool(t *testing.T, all map[string]*measure, n uint64, h *hand, want told, got parse.Referral) {
	s := got.Tool
	if s == nil {
		t.Logf("#%d %+v: no tool", n, *h)
		s = &form.Sheet{}
	}
	say := func(format string, args ...any) {
		t.Logf("#%d tool layout %d bold %t colon %q value %d ticks %d side %d: %s", n, h.layout, h.bold, h.colon, h.value, h.ticks, h.side, fmt.Sprintf(format, args...))
	}
	compare(all["tool fields"], want, s.Fields, say)
	date := told{fields: map[form.Key]string{form.ToolCompletedOn: want.fields[form.ToolCompletedOn]}, asked: want.asked}
	compare(all["dates"], date, map[form.Key]form.Value{form.ToolCompletedOn: s.Fields[form.ToolCompletedOn]}, say)
	m := all["levels"]
	switch {
	case slices.Contains(want.levels, s.Level):
		m.right++
	case s.Level == form.LevelUnknown || s.Level == "" || s.Fields[form.ToolLevel].Text == "":
		m.missed++
		say("level missed: %s", want.fields[form.ToolLevel])
	default:
		m.wrong++
		m.missed++
		say("level WRONG: %s read as %s (%q)", want.fields[form.ToolLevel], s.Level, s.Fields[form.ToolLevel].Text)
	}
}

func compare(m *measure, want told, got map[form.Key]form.Value, say func(string, ...any)) {
	for k, w := range want.fields {
		v := got[k].Text
		switch {
		case even(v) == even(w), k == form.ToolLevel && v != "" && strings.Contains(even(v), even(w)), k == form.Address && strings.Contains(even(w), even(v)) && v != "":
			m.right++
		case v == "":
			m.missed++
			say("%s missed at %q: %q", k, want.asked[k], w)
		default:
			m.missed++
			m.wrong++
			say("%s WRONG at %q: %q read as %q", k, want.asked[k], w, v)
		}
	}
	for k, v := range got {
		if _, ok := want.fields[k]; !ok && v.Text != "" {
			m.wrong++
			say("%s WRONG at %q: nothing read as %q", k, want.asked[k], v.Text)
		}
	}
}

func compareTicks[K comparable](m *measure, want map[K]bool, got map[K]form.Tick, say func(string, ...any)) {
	for k := range want {
		if got[k].Mark == document.Ticked {
			m.right++
			continue
		}
		m.missed++
		say("%v missed: %v", k, got[k].Mark)
	}
	for k, tick := range got {
		if tick.Mark == document.Ticked && !want[k] {
			m.wrong++
			say("%v WRONG: ticked, confidence %.2f", k, tick.Confidence)
		}
	}
}

// even folds what does not matter in a value: capitals, kinds of spaces, quotes and dashes.
func even(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "–", "-", "—", "-", ",", " ", ";", " ").Replace(strings.ToLower(norm.NFKC.String(s)))
	return strings.Trim(strings.Join(strings.Fields(s), " "), " .")
}
