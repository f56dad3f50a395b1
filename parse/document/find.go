package document

import (
	"strings"
	"unicode/utf8"
)

// FindMarks makes every box and tick of the document a token of its own, brackets such as "[x]" and "( )" among them,
// joins neighbouring texts of one look, and makes a template's prompts placeholders. Every lossless reader calls it once,
// at its end.
//
// List bullets share glyphs with filled boxes and radio buttons: "●" and "■" stay marks only where the document has an
// empty box, "○" only where it has a tick. A bare cross in a document with bare ticks is MarkUnknown, since it may mean
// "no".
func (d *Document) FindMarks() {
	for i := range d.Cells {
		for j := range d.Cells[i].Lines {
			l := &d.Cells[i].Lines[j]
			l.Tokens = MarkTokens(l.Tokens)
			markPrompts(l.Tokens)
		}
	}
	d.settleGlyphs()
}

// MarkTokens returns a line's tokens with every box and tick a token of its own and neighbouring texts of one look
// joined. Marks that the tokens already bear are kept.
func MarkTokens(tokens []Token) []Token {
	out := make([]Token, 0, len(tokens))
	for _, t := range tokens {
		if t.Mark != NoMark {
			out = append(out, t)
			continue
		}
		out = splitGlyphs(out, t)
	}
	return bracketMarks(joinTexts(out))
}

// splitGlyphs appends a text token to tokens, cut at its boxes and ticks.
func splitGlyphs(tokens []Token, t Token) []Token {
	start := 0
	text := t.Text
	for i, r := range text {
		if r < firstGlyph || i < start {
			continue
		}
		glyph, mark, source := glyphOf(r)
		if mark == NoMark && glyph == r {
			continue
		}
		end := i + utf8.RuneLen(r)
		if next, n := utf8.DecodeRuneInString(text[end:]); isSelector(next) {
			end += n
		}
		tokens = appendText(tokens, t, text[start:i])
		tokens = appendGlyph(tokens, t, glyph, mark, source)
		start = end
	}
	return appendText(tokens, t, text[start:])
}

// glyphOf returns a rune as it is drawn, its mark and the mark's source. Private codes are those of symbol fonts.
func glyphOf(r rune) (glyph rune, mark Mark, source Source) {
	if r >= 0xF000 && r <= 0xF0FF {
		if glyph = SymbolRune("", r); glyph == 0 {
			glyph = '•'
		}
		return glyph, MarkOf(glyph), SymbolFont
	}
	return r, MarkOf(r), Glyph
}

func appendGlyph(tokens []Token, like Token, glyph rune, mark Mark, source Source) []Token {
	if mark == NoMark {
		return appendText(tokens, like, string(glyph))
	}
	like.Text, like.Mark, like.Source = string(glyph), mark, source
	return append(tokens, like)
}

func appendText(tokens []Token, like Token, text string) []Token {
	if text == "" {
		return tokens
	}
	like.Text = text
	return append(tokens, like)
}

// joinTexts joins, in place, neighbouring texts of one look and drops empty ones.
func joinTexts(tokens []Token) []Token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		t := tokens[i]
		end, size := i+1, len(t.Text)
		for t.Mark == NoMark && end < len(tokens) && alike(t, tokens[end]) {
			size += len(tokens[end].Text)
			end++
		}
		if end > i+1 {
			t.Text = joined(tokens[i:end], size)
		}
		if t.Text != "" || t.Mark != NoMark {
			out = append(out, t)
		}
		i = end
	}
	return out
}

func joined(tokens []Token, size int) string {
	var b strings.Builder
	b.Grow(size)
	for _, t := range tokens {
		b.WriteString(t.Text)
	}
	return b.String()
}

// alike tells whether two texts can be one token.
func alike(a, b Token) bool {
	return a.Mark == NoMark && b.Mark == NoMark && a.Source == b.Source && a.Style == b.Style && a.Field == b.Field &&
		a.Confidence == b.Confidence && a.Box == b.Box
}

// settleGlyphs decides the glyphs that only the whole document can tell; see FindMarks.
func (d *Document) settleGlyphs() {
	var s glyphCensus
	d.eachGlyph(s.count)
	if s.doubtful == 0 {
		return
	}
	d.eachGlyph(s.settle)
	for i := range d.Cells {
		for j := range d.Cells[i].Lines {
			l := &d.Cells[i].Lines[j]
			l.Tokens = joinTexts(l.Tokens)
		}
	}
}

// eachGlyph calls f with every mark that was read from a glyph.
func (d *Document) eachGlyph(f func(t *Token, r rune)) {
	for i := range d.Cells {
		for j := range d.Cells[i].Lines {
			tokens := d.Cells[i].Lines[j].Tokens
			for k := range tokens {
				if t := &tokens[k]; t.Mark != NoMark && (t.Source == Glyph || t.Source == SymbolFont) {
					r, _ := utf8.DecodeRuneInString(t.Text)
					f(t, r)
				}
			}
		}
	}
}

// A glyphCensus counts the marks of a document by what they can mean.
type glyphCensus struct {
	empty, ticked       int // beyond doubt
	bareTicks, doubtful int
	bullets, hollow     int
}

func (s *glyphCensus) count(t *Token, r rune) {
	switch {
	case isBullet(r):
		s.bullets++
		s.doubtful++
	case isHollowBullet(r):
		s.hollow++
		s.doubtful++
	case isBareCross(r):
		s.doubtful++
		s.ticked++
	case t.Mark == Ticked:
		s.ticked++
	case t.Mark == Unticked:
		s.empty++
	}
	if isBareTick(r) {
		s.bareTicks++
	}
}

func (s *glyphCensus) settle(t *Token, r rune) {
	switch {
	case isBullet(r) && s.empty+s.hollow == 0, isHollowBullet(r) && s.ticked+s.bullets == 0:
		t.Mark, t.Source = NoMark, Typed
	case isBareCross(r) && s.bareTicks > 0:
		t.Mark = MarkUnknown
	}
}

// bracketMarks turns brackets that hold a tick, an x or nothing into marks: "[x]", "( )", "[ ✓ ]".
func bracketMarks(tokens []Token) []Token {
	if !hasBracket(tokens) {
		return tokens
	}
	out := make([]Token, 0, len(tokens)+4)
	for len(tokens) > 0 {
		at, b := nextBracket(tokens)
		if at < 0 {
			return append(out, tokens...)
		}
		out = append(out, tokens[:at]...)
		out = appendText(out, tokens[at], tokens[at].Text[:b.start])
		out = append(out, b.token)
		tokens = tokens[b.last:]
		if tokens[0].Text = tokens[0].Text[b.end:]; tokens[0].Text == "" {
			tokens = tokens[1:]
		}
	}
	return out
}

func hasBracket(tokens []Token) bool {
	for _, t := range tokens {
		if t.Mark == NoMark && strings.ContainsAny(t.Text, "[(") {
			return true
		}
	}
	return false
}

// A bracket is a mark drawn with brackets: from byte start of its first token to byte end of its last.
type bracket struct {
	start, last, end int
	token            Token
}

// nextBracket returns the first bracket mark and the index of the token it starts in, or -1.
func nextBracket(tokens []Token) (int, bracket) {
	for i, t := range tokens {
		if t.Mark != NoMark {
			continue
		}
		for at := 0; at < len(t.Text); at++ {
			if c := t.Text[at]; c != '[' && c != '(' {
				continue
			}
			if b, ok := bracketAt(tokens, i, at); ok {
				return i, b
			}
		}
	}
	return -1, bracket{}
}

// maxBracket bounds the runes between two brackets of a mark.
const maxBracket = 5

// bracketAt reads the bracket that opens at byte at of token i: at most maxBracket runes, over as many tokens.
func bracketAt(tokens []Token, i, at int) (bracket, bool) {
	first := tokens[i]
	closing := byte(']')
	if first.Text[at] == '(' {
		closing = ')'
	}
	raw := strings.Builder{}
	raw.WriteByte(first.Text[at])
	b := bracket{start: at, token: first}
	inside, from := bracketInside{}, at+1
	for j := i; j < len(tokens) && j <= i+maxBracket; j++ {
		t := tokens[j]
		if t.Mark != NoMark {
			raw.WriteString(t.Text)
			inside.addMark(t)
			from = 0
			continue
		}
		for k, r := range t.Text[from:] {
			raw.WriteRune(r)
			if r == rune(closing) {
				b.last, b.end = j, from+k+1
				b.token.Text = raw.String()
				return b, inside.settle(&b.token, closing)
			}
			if !inside.addRune(r) {
				return b, false
			}
		}
		from = 0
	}
	return b, false
}

// A bracketInside is what stands between two brackets.
type bracketInside struct {
	runes, xs, stars, lines, marks int
	mark                           Token
}

// addRune takes a rune between the brackets and tells whether this can still be a mark.
func (b *bracketInside) addRune(r rune) bool {
	b.runes++
	switch r {
	case 'x', 'X', '×':
		b.xs++
	case '*':
		b.stars++
	case '_':
		b.lines++
	case ' ', '\t', 0xA0, 0x2002, 0x2003, 0x2009:
	default:
		return false
	}
	return b.runes <= maxBracket
}

func (b *bracketInside) addMark(t Token) {
	b.marks++
	b.mark = t
}

// settle sets the mark of a whole bracket and tells whether it is one: "()" and "(*)" are not.
func (b *bracketInside) settle(t *Token, closing byte) bool {
	switch {
	case b.xs+b.stars+b.lines+b.marks > 1, b.stars > 0 && closing == ')':
		return false
	case b.marks == 1:
		t.Mark, t.Source = b.mark.Mark, b.mark.Source
		t.Style |= b.mark.Style & Filled
	case b.xs+b.stars == 1:
		t.Mark = Ticked
	case b.runes == 0 && closing == ')':
		return false
	default:
		t.Mark = Unticked
	}
	return true
}
