package form

import (
	"slices"
	"strings"

	"referrald/parse/document"
)

// Marks stand in a line's text as private runes, so that words and boxes keep their order.
const (
	privateMark rune = 0xE000
	offMark     rune = 0xE001
	onMark      rune = 0xE002
	doubtMark   rune = 0xE003
)

// A line is one line of a document, flattened for matching.
type line struct {
	cell   int // index of its cell
	no     int // within its cell
	text   string
	spans  []span
	words  []word // those that count in labels
	hits   []hit  // options found
	chrome bool   // printed by the template: heading, section, template line
	fuzzy  bool   // some of its words are a letter off
	cut    bool   // a template's line is run on to it
	end    bool   // a sign-off: what follows is no value
}

// A span is a token's place in its line's text.
type span struct {
	start, end int
	token      *document.Token
}

// A page is a whole document, flattened.
type page struct {
	doc   *document.Document
	name  string
	lines []line
	first []int             // by cell: its first line
	at    map[cellPlace]int // table, row, column -> cell
	under map[int]bool      // by cell: what stands under a row of labels
	scan  bool              // recognised by OCR, at least in part
}

type cellPlace struct{ table, row, col int }

func (l *Lexicon) flatten(d *document.Document, name string) *page {
	p := &page{doc: d, name: name, first: make([]int, len(d.Cells)+1), at: map[cellPlace]int{}, under: map[int]bool{}}
	for i := range d.Cells {
		c := &d.Cells[i]
		p.first[i] = len(p.lines)
		if c.Table > 0 {
			p.place(c, i)
		}
		lines := withTheirBoxes(c.Lines)
		for j := range lines {
			from := lines[j]
			if d.Format == document.PDF || d.Format == document.Image { // drawn text: its marks may stand among the letters
				from.Tokens = document.MarkTokens(from.Tokens)
			}
			p.lines = append(p.lines, l.flattenLine(i, j, &from))
			p.scan = p.scan || recognised(&from)
		}
	}
	p.first[len(d.Cells)] = len(p.lines)
	return p
}

// withTheirBoxes moves a box from the end of a line to the line below it, where the cell's boxes stand before their words: the
// line was wrapped between the two.
func withTheirBoxes(lines []document.Line) []document.Line {
	if len(lines) < 2 || !beginsWithMark(lines[0]) {
		return lines
	}
	out := slices.Clone(lines)
	for i := 0; i+1 < len(out); i++ {
		tokens := out[i].Tokens
		last := len(tokens) - 1
		for last > 0 && tokens[last].Mark == document.NoMark && strings.TrimSpace(tokens[last].Text) == "" {
			last--
		}
		if last > 0 && tokens[last].Mark != document.NoMark && !beginsWithMark(out[i+1]) {
			out[i+1].Tokens = append([]document.Token{tokens[last]}, out[i+1].Tokens...)
			out[i].Tokens = tokens[:last]
		}
	}
	return out
}

func beginsWithMark(l document.Line) bool {
	for _, t := range l.Tokens {
		if t.Mark != document.NoMark || strings.TrimSpace(t.Text) != "" {
			return t.Mark != document.NoMark
		}
	}
	return false
}

// place notes a cell under every column that it covers.
func (p *page) place(c *document.Cell, i int) {
	for k := range min(max(c.Span, 1), 64) {
		at := cellPlace{c.Table, c.Row, c.Col + k}
		if _, ok := p.at[at]; !ok {
			p.at[at] = i
		}
	}
}

func recognised(l *document.Line) bool {
	for i := range l.Tokens {
		if l.Tokens[i].Source == document.Recognised {
			return true
		}
	}
	return false
}

func (l *Lexicon) flattenLine(cell, no int, from *document.Line) line {
	out := line{cell: cell, no: no, spans: make([]span, 0, len(from.Tokens))}
	var b strings.Builder
	for i := range from.Tokens {
		t := &from.Tokens[i]
		start := b.Len()
		if t.Mark == document.NoMark {
			b.WriteString(t.Text)
		} else {
			b.WriteRune(privateMark + rune(t.Mark))
		}
		out.spans = append(out.spans, span{start, b.Len(), t})
	}
	out.text = withoutStar(b.String())
	fuzzy, label := recognised(from), out.labelLike()
	for _, w := range split(out.text) {
		w.id = l.words[w.text]
		switch {
		case w.id != noWord:
		case fuzzy:
			w.id = l.repairAll(w.text)
			out.fuzzy = out.fuzzy || w.id != noWord
		case w.end <= label:
			w.id = l.misspelt(w.text)
		}
		if !l.skip[w.id] {
			out.words = append(out.words, w)
		}
	}
	return out
}

// withoutStar blanks the star behind a question that a form requires to be answered: "3. What is their name? *"
func withoutStar(text string) string {
	head := strings.TrimRight(text, " ")
	if !strings.HasSuffix(head, "*") || !strings.ContainsAny(head, "?:") && numbered(head) == 0 {
		return text
	}
	return head[:len(head)-1] + " " + text[len(head):]
}

// tokenAt returns the token at a byte of the line.
func (l *line) tokenAt(at int) *document.Token {
	for _, s := range l.spans {
		if at >= s.start && at < s.end {
			return s.token
		}
	}
	return &document.Token{}
}

// has tells whether the whole stretch from byte a to byte b bears a look.
func (l *line) has(a, b int, want document.Style) bool {
	any := false
	for _, s := range l.spans {
		if s.end <= a || s.start >= b || strings.TrimSpace(l.text[max(a, s.start):min(b, s.end)]) == "" {
			continue
		}
		if !s.token.Style.Has(want) {
			return false
		}
		any = true
	}
	return any
}

// isMark tells the private runes that stand for marks.
func isMark(r rune) bool { return r >= offMark && r <= doubtMark }
