package pdf

import (
	"cmp"
	"slices"
	"unicode"
)

// firstLeftward is the lowest rune of a script that is written from right to left.
const firstLeftward = 0x0590

// isLeftward tells a word of a script that is written from right to left.
func isLeftward(w *word) bool {
	for i := range w.glyphs {
		for _, r := range w.glyphs[i].text {
			if r >= firstLeftward && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) {
				return true
			}
		}
	}
	return false
}

// asRead returns the words of a printed line in the order in which they are read, and what stands before each of them:
// where several in a row are written from right to left, the rightmost comes first, and its letters likewise.
func (r *row) asRead() (words []word, before []string) {
	before = make([]string, len(r.words))
	for i := 1; i < len(r.words); i++ {
		before[i] = spacing(&r.words[i-1], &r.words[i])
	}
	words = r.words
	for from := 0; from < len(words); from++ {
		if !isLeftward(&words[from]) {
			continue
		}
		words = slices.Clone(words)
		to := from
		for ; to < len(words) && isLeftward(&words[to]); to++ {
			words[to].glyphs = lettersAsRead(words[to].glyphs)
		}
		slices.Reverse(words[from:to])
		slices.Reverse(before[from+1 : to])
		from = to
	}
	return words, before
}

// lettersAsRead returns the letters of a word from right to left.
func lettersAsRead(glyphs []glyph) []glyph {
	out := slices.Clone(glyphs)
	slices.SortStableFunc(out, func(a, b glyph) int { return cmp.Compare(b.x0, a.x0) })
	return out
}
