package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// longestHalf is how many bytes each half of a label has at most that a mail program has broken over two lines.
const longestHalf = 60

// rejoined returns a text with the labels that a mail program has broken over two lines put together on the second: "Name of
// young" and "person: Ada Quill". Where none is broken it is the text itself.
func (l *Lexicon) rejoined(d *document.Document) *document.Document {
	if d.Format != document.Text {
		return d
	}
	out := d
	for i := 1; i < len(d.Cells); i++ {
		above, below := out.Cells[i-1].Lines, d.Cells[i].Lines
		if len(above) != 1 || len(below) != 1 || !l.isBroken(above[0].Text(), below[0].Text()) {
			continue
		}
		if out == d {
			clone := *d
			clone.Cells = slices.Clone(d.Cells)
			out = &clone
		}
		space := above[0].Tokens[len(above[0].Tokens)-1]
		space.Text = " "
		out.Cells[i].Lines = []document.Line{{Tokens: slices.Concat(above[0].Tokens, []document.Token{space}, below[0].Tokens)}}
		out.Cells[i-1].Lines = nil
	}
	return out
}

// isBroken tells whether a label begins on one line and ends, with its colon or question mark, on the next. Where both halves
// can stand for themselves, the second is taken for more of the first if nothing begins there.
func (l *Lexicon) isBroken(above, below string) bool {
	at := strings.IndexAny(below, ":?")
	if at <= 0 || at > longestHalf || len(above) > longestHalf || strings.ContainsAny(above, ":?\t.") {
		return false
	}
	head, tail := l.wordsOf(above), l.wordsOf(below[:at])
	if len(head) == 0 || len(tail) == 0 || !l.isLabel(slices.Concat(head, tail)) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(below)
	return unicode.IsLower(first) || l.endsSmall(above) || !l.isLabel(head) && !l.isLabel(tail)
}

// wordsOf returns the words of a text that count in labels.
func (l *Lexicon) wordsOf(text string) []word {
	return l.flattenLine(0, 0, &document.Line{Tokens: []document.Token{{Text: text}}}).words
}

// isLabel tells words that are a label and no more.
func (l *Lexicon) isLabel(words []word) bool {
	w := walk{lex: l, words: words}
	for _, m := range w.at(0) {
		if m.words == len(words) && slices.ContainsFunc(m.senses, func(id int32) bool { return l.senses[id].kind == labelSense }) {
			return true
		}
	}
	return false
}

// endsSmall tells a line that ends with a small word, so that more must follow: "Name of".
func (l *Lexicon) endsSmall(text string) bool {
	words := split(text)
	return len(words) > 0 && l.skip[l.words[words[len(words)-1].text]]
}
