package form

import (
	"strings"

	"referrald/parse/document"
)

// shortestMisspelt is how many letters a typed word has at least that is taken for a misspelt one of a label: shorter ones
// are too near to others.
const shortestMisspelt = 6

// labelLike returns how much of a typed line may be a label by its looks: what stands before its first colon or question
// mark, or its leading bold letters. Only there is a word taken for a misspelt one of the lexicon: "Adress:", "Religon:".
func (l *line) labelLike() int {
	end := max(0, strings.IndexAny(l.text, ":?"))
	if len(l.spans) > 0 && l.spans[0].token.Style.Has(document.Bold) {
		end = max(end, l.boldEnd(0))
	}
	return min(end, maxHint)
}

// misspelt finds the word of the lexicon that a typed word is meant to be: one letter in six off, and not the first.
func (l *Lexicon) misspelt(text string) int32 {
	runes := []rune(text)
	if len(runes) < shortestMisspelt {
		return noWord
	}
	return l.nearest(runes, len(runes)/6, func(w labelWord) bool { return w.runes[0] == runes[0] })
}
