package form

import (
	"slices"
	"strings"
)

// repair finds the label word that a recognised word is meant to be: OCR reads "rn" for "m", "1" for "l". One letter in
// six may be off. The text itself stays as it was recognised.
func (l *Lexicon) repair(text string) int32 {
	runes := []rune(text)
	allowed := len(runes) / 6
	if len(runes) == 5 {
		allowed = 1
	}
	if allowed == 0 {
		return noWord
	}
	return l.nearest(runes, allowed, func(w labelWord) bool { return w.length >= 4 })
}

// nearest returns the first of the fitting words that are the fewest letters off, of those allowed.
func (l *Lexicon) nearest(runes []rune, allowed int, fits func(labelWord) bool) int32 {
	best, bestID := allowed+1, noWord
	for _, w := range l.vocabulary {
		if d := w.length - len(runes); d > allowed || -d > allowed || !fits(w) {
			continue
		}
		if d := distance(runes, w.runes, best); d < best {
			best, bestID = d, w.id
		}
	}
	return bestID
}

// repairAll tries the confusions that OCR makes most before it counts letters.
func (l *Lexicon) repairAll(text string) int32 {
	if strings.Contains(text, "rn") {
		if id := l.words[strings.ReplaceAll(text, "rn", "m")]; id != noWord {
			return id
		}
	}
	return l.repair(text)
}

// A labelWord is one word of the lexicon, kept as runes for comparing.
type labelWord struct {
	runes  []rune
	length int
	id     int32
}

// spell lists the lexicon's words in a fixed order, so that equal distances are settled alike each time.
func (l *Lexicon) spell() {
	for text, id := range l.words {
		r := []rune(text)
		l.vocabulary = append(l.vocabulary, labelWord{r, len(r), id})
	}
	slices.SortFunc(l.vocabulary, func(a, b labelWord) int { return slices.Compare(a.runes, b.runes) })
}

// distance returns the edits between two words, or limit where there are as many.
func distance(a, b []rune, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal, least := row[0], i
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
			least = min(least, cost)
		}
		if least >= limit {
			return limit
		}
	}
	return row[len(b)]
}
