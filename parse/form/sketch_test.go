package form_test

import (
	"strings"
	"sync"
	"testing"

	"referrald/parse/document"
	"referrald/parse/form"
)

// sketch builds a Document from a drawing: every line a paragraph, a line that begins with "|" a row of a table, its
// cells parted by "|", their lines by "¶". **bold**, ~~struck~~, ==highlighted==, ^^coloured^^ and ,,grey,, are looks; {filled} stands in a field.
func sketch(drawing string) *document.Document {
	var b document.Builder
	table, row := 0, 0
	for _, l := range strings.Split(drawing, "\n") {
		l = strings.TrimLeft(l, "\t")
		if !strings.HasPrefix(l, "|") {
			table = 0
			draw(&b, l)
			b.EndParagraph()
			continue
		}
		if table == 0 {
			table, row = b.OpenTable(), 0
		}
		row++
		for i, cell := range strings.Split(strings.Trim(strings.TrimSpace(l), "|"), "|") {
			b.OpenCell(table, row, i+1, 1)
			for _, part := range strings.Split(cell, "¶") {
				draw(&b, strings.TrimSpace(part))
				b.Break()
			}
			b.CloseCell()
		}
	}
	return b.Finish(document.DOCX)
}

// draw adds the tokens of one line.
func draw(b *document.Builder, l string) {
	var style document.Style
	for l != "" {
		at, n, flip := nextLook(l)
		b.Add(document.Token{Text: l[:at], Style: style})
		style ^= flip
		l = l[at+n:]
	}
}

func nextLook(l string) (at, n int, flip document.Style) {
	at = len(l)
	for mark, s := range map[string]document.Style{"**": document.Bold, "~~": document.Struck, "==": document.Highlighted, "^^": document.Coloured, ",,": document.Faint, "{": document.Filled, "}": document.Filled} {
		if i := strings.Index(l, mark); i >= 0 && i < at {
			at, n, flip = i, len(mark), s
		}
	}
	return at, n, flip
}

// lexicon reads the embedded labels once for all tests.
var lexicon = sync.OnceValues(func() (*form.Lexicon, error) { return form.Load() })

// readSketch reads a drawing as one document.
func readSketch(t testing.TB, drawing string) []form.Sheet {
	lex, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	return lex.Read(sketch(drawing), "form.docx", 0)
}

// one returns the single sheet of a kind.
func one(t testing.TB, sheets []form.Sheet, kind form.Kind) form.Sheet {
	t.Helper()
	var found []form.Sheet
	for _, s := range sheets {
		if s.Kind == kind {
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		t.Fatalf("want one %s, got %d of %d sheets", kind, len(found), len(sheets))
	}
	return found[0]
}

// checkFields compares the values of a sheet, an empty text meaning no field.
func checkFields(t testing.TB, s form.Sheet, want map[form.Key]string) {
	t.Helper()
	for k, w := range want {
		if got := s.Fields[k].Text; got != w {
			t.Errorf("%s: want %q, got %q", k, w, got)
		}
	}
}

func ticked(s form.Sheet) (factors []form.Factor, statuses []form.CareStatus) {
	for _, f := range form.Factors {
		if s.Factors[f].Mark == document.Ticked {
			factors = append(factors, f)
		}
	}
	for _, c := range form.CareStatuses {
		if s.Status[c].Mark == document.Ticked {
			statuses = append(statuses, c)
		}
	}
	return factors, statuses
}
