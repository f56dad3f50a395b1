package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// A measure is the column that lines are set in: how far they may go before they wrap.
type measure struct {
	left, right float64
	spaced      bool // this program writes the blank at which a line wraps
}

// paragraphs makes lines of text of printed lines: a line that ends only because the next word found no room goes on in
// the next one.
func paragraphs(rs []row, m measure) []document.Line {
	var out []document.Line
	for i := range rs {
		tokens, rest := rs[i].tokens()
		if n := len(out); i > 0 && n > 0 && m.wraps(&rs[i-1], &rs[i]) {
			between := m.joiner(&rs[i-1], &rs[i])
			if divided(&rs[i-1], &rs[i]) {
				undivide(out[n-1].Tokens)
				between = ""
			}
			out[n-1].Tokens = glue(out[n-1].Tokens, tokens, between)
		} else if len(tokens) > 0 {
			out = append(out, document.Line{Tokens: tokens})
		}
		out = append(out, rest...)
	}
	return out
}

// wraps tells whether line b continues line a, which stands right above it.
func (m measure) wraps(a, b *row) bool {
	return b.middle-a.middle <= 2*max(a.size, b.size) && m.full(a, b)
}

// full tells whether line a had no room for the first word of b, so that b goes on with it.
func (m measure) full(a, b *row) bool {
	last, first := &a.words[len(a.words)-1], &b.words[0]
	if len(last.glyphs) == 0 || len(first.glyphs) == 0 {
		return false
	}
	if head := first.text(); bullet(head) || headline(last, first) || isHeading(b) && !isBold(last) {
		return false
	}
	need := first.x1 - first.x0 + 0.25*first.size
	slack := 0.2 * first.size
	if m.spaced && last.space {
		slack = 1.2 * first.size
	}
	inner := m.right - m.left
	return a.x1()+need > m.right-slack || a.x1()-a.x0()+need > inner-slack
}

// headline tells whether a ends a printed label: b begins what was written under it, or the next label.
func headline(a, b *word) bool {
	if !a.glyphs[len(a.glyphs)-1].style.Has(document.Bold) {
		return false
	}
	s := a.text()
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "?")
}

// labelBegins tells whether a printed line begins with a bold label of its own.
func labelBegins(r *row) bool {
	label, _ := boldStart(r)
	return label
}

// isHeading tells whether a printed line begins with a bold label of its own, or is a bold heading.
func isHeading(r *row) bool {
	label, whole := boldStart(r)
	return label || whole && begins(r)
}

// boldStart tells whether the bold words at the start of a printed line end as a label does, and whether all are bold.
func boldStart(r *row) (label, whole bool) {
	for i := range r.words {
		w := &r.words[i]
		if len(w.glyphs) == 0 || !w.glyphs[0].style.Has(document.Bold) {
			return false, false
		}
		if s := w.text(); strings.HasSuffix(s, ":") || strings.HasSuffix(s, "?") {
			return true, false
		}
	}
	return false, true
}

// isBold tells whether a word ends in bold letters.
func isBold(w *word) bool { return w.glyphs[len(w.glyphs)-1].style.Has(document.Bold) }

// begins tells whether a printed line begins with a capital.
func begins(r *row) bool {
	first, _ := utf8.DecodeRuneInString(r.words[0].text())
	return unicode.IsUpper(first)
}

// listed tells whether line i stands in a list of lines of their own, though the one above might have had no room for its
// first word: a third line above or below begins with a capital too, as far away and at the same place.
func listed(rs []row, i int) bool {
	gap := rs[i].middle - rs[i-1].middle
	alike := func(a, b int) bool {
		return a >= 0 && b < len(rs) && begins(&rs[a]) && begins(&rs[b]) && math.Abs(rs[a].x0()-rs[b].x0()) < 1 &&
			math.Abs(rs[b].middle-rs[a].middle-gap) < 0.1*rs[i].size
	}
	return alike(i-1, i) && (alike(i, i+1) || alike(i-2, i-1))
}

func bullet(s string) bool {
	switch s {
	case "•", "◦", "▪", "-", "–", "*", "·", "o":
		return true
	}
	return false
}

// joiner returns what stands between two printed lines of one paragraph: nothing where a word was cut, at a hyphen or
// because it was longer than a line.
func (m measure) joiner(a, b *row) string {
	last, first := &a.words[len(a.words)-1], &b.words[0]
	if last.space {
		return " "
	}
	s := last.text()
	stem := strings.TrimRight(s, "-‐/@_")
	before, _ := utf8.DecodeLastRuneInString(stem)
	if stem != s && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
		return ""
	}
	longer := len(a.words) == 1 && m.right-last.x1 < 0.8*last.size && last.x1-last.x0+first.x1-first.x0 > 0.97*(m.right-m.left)
	if longer && (strings.ContainsAny(s, "@./_:") || isNumber(s+first.text())) {
		return "" // an address or a number that is longer than a line begins on a line of its own
	}
	return " "
}

// longestNumber is how many digits a telephone number has at most, its country's among them.
const longestNumber = 14

func isNumber(s string) bool { return len(s) <= longestNumber && strings.Trim(s, "0123456789") == "" }

// softHyphen stands where a program divided a word.
const softHyphen = "\u00ad"

// divided tells whether a word was divided at the end of line a: by a soft hyphen, or by the hyphen that layout programs
// have for it, which nobody types.
func divided(a, b *row) bool {
	s, next := a.words[len(a.words)-1].text(), b.words[0].text()
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) && (strings.HasSuffix(s, softHyphen) || strings.HasSuffix(s, "‐"))
}

// undivide takes the hyphen of a divided word away.
func undivide(line []document.Token) {
	if n := len(line) - 1; n >= 0 {
		line[n].Text = strings.TrimRight(line[n].Text, softHyphen+"‐")
	}
}

// glue appends tokens to a line.
func glue(line, more []document.Token, between string) []document.Token {
	n := len(line) - 1
	switch { // a space belongs to words, never to a mark
	case between == "" || len(more) == 0:
	case n >= 0 && line[n].Mark == document.NoMark && !line[n].Style.Has(document.Filled):
		line[n].Text += between
	case more[0].Mark == document.NoMark && !more[0].Style.Has(document.Filled):
		more[0].Text = between + more[0].Text
	}
	if n >= 0 && len(more) > 0 && alike(&line[n], &more[0]) {
		line[n].Text += more[0].Text
		line[n].Box = rect(unrect(line[n].Box).union(unrect(more[0].Box)))
		more = more[1:]
	}
	return append(line, more...)
}

// alike tells whether two tokens can be one.
func alike(a, b *document.Token) bool {
	return a.Mark == document.NoMark && b.Mark == document.NoMark && a.Style == b.Style && a.Source == b.Source &&
		a.Field == b.Field && a.Confidence == b.Confidence && !a.Style.Has(document.Filled)
}

func rect(b box) document.Rect { return document.Rect{X0: b.x0, Y0: b.y0, X1: b.x1, Y1: b.y1} }

func unrect(r document.Rect) box { return box{r.X0, r.Y0, r.X1, r.Y1} }

// tokens returns the tokens of a printed line, and the further lines of a field that holds several.
func (r *row) tokens() (line []document.Token, rest []document.Line) {
	words, before := r.asRead()
	for i := range words {
		more, below := words[i].tokens(i+1 == len(words))
		line = glue(line, more, before[i])
		rest = append(rest, below...)
	}
	return line, rest
}

// spacing returns what stands between two neighbours of a line.
func spacing(a, b *word) string {
	gap := b.x0 - a.x1
	size := min(letterSize(a), letterSize(b))
	switch {
	case wide(a, b):
		return "\t"
	case a.space || gap > gapWord*size || isMark(a) || isMark(b) || len(a.glyphs) == 0 || len(b.glyphs) == 0:
		return " "
	}
	return ""
}

// tokens returns the tokens of one word; ends says that it ends a line.
func (w *word) tokens(ends bool) (line []document.Token, rest []document.Line) {
	switch {
	case w.tick != nil:
		t := w.tick
		return []document.Token{{Text: t.text, Mark: t.mark, Source: t.source, Box: rect(t.box)}}, nil
	case w.widget != nil:
		return w.widget.tokens()
	case w.slot != nil:
		return w.slot.tokens()
	}
	for i := range w.glyphs {
		g := &w.glyphs[i]
		if g.text == softHyphen && !(ends && i+1 == len(w.glyphs)) {
			continue // the word is not divided here
		}
		t := document.Token{Text: g.text, Style: g.style, Source: g.typed(), Confidence: g.trust(),
			Box: document.Rect{X0: g.x0, Y0: g.y - 0.75*g.size, X1: g.x1, Y1: g.y + 0.22*g.size}}
		line = glue(line, []document.Token{t}, "")
	}
	return line, nil
}

// doubtTrust is how far a form field is believed whose picture on the page shows something else, and a letter of which the
// file does not say what it is.
const doubtTrust = 0.5

// hiddenTrust is how far a scanner's hidden text is believed: nobody saw it before it was sent.
const hiddenTrust = 0.6

func (g *glyph) typed() document.Source {
	if g.hidden {
		return document.Recognised
	}
	return document.Typed
}

func (g *glyph) trust() float64 {
	switch {
	case g.opaque:
		return doubtTrust
	case g.hidden:
		return hiddenTrust
	}
	return 0
}

// tokens returns a field's mark or its value, line by line.
func (f *widget) tokens() (line []document.Token, rest []document.Line) {
	t := document.Token{Source: document.FormWidget, Style: document.Filled, Field: f.field, Box: rect(f.box)}
	if f.doubt {
		t.Confidence = doubtTrust
	}
	if f.mark != document.NoMark {
		t.Mark, t.Style = f.mark, 0
		return []document.Token{t}, nil
	}
	value := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(f.value)
	parts := strings.Split(strings.TrimRight(value, "\n "), "\n")
	for i, part := range parts {
		t.Text = clean(part)
		if i == 0 {
			line = []document.Token{t}
			continue
		}
		rest = append(rest, document.Line{Tokens: []document.Token{t}})
	}
	return line, rest
}
