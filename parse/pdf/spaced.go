package pdf

import "math"

// Measures of words that are set letter by letter with space between, in sizes of the letters.
const (
	spacedLetters = 4    // as many must follow each other
	spacedWidest  = 1.2  // from one letter to the next
	spacedUneven  = 0.08 // by which the spaces may differ
)

// unspaced joins letters that stand apart by the same space, without a blank between them, into the words that they are:
// headings that are spaced out, values in combs.
func unspaced(words []word) []word {
	out := words[:0]
	for i := 0; i < len(words); {
		n := spacedRun(words[i:])
		if n < spacedLetters {
			out = append(out, words[i])
			i++
			continue
		}
		w := words[i]
		for _, next := range words[i+1 : i+n] {
			w.glyphs = append(w.glyphs[:len(w.glyphs):len(w.glyphs)], next.glyphs...)
			w.box, w.space = w.union(next.box), next.space
		}
		out = append(out, w)
		i += n
	}
	return out
}

// spacedRun returns how many words at the front of the list are single letters that are evenly set: with one space between
// them, or from one beginning or middle to the next.
func spacedRun(words []word) int {
	var first [3]float64
	even := [3]bool{true, true, true}
	for i := range words {
		w := &words[i]
		if len(w.glyphs) != 1 || w.tick != nil {
			return i
		}
		if i == 0 {
			continue
		}
		steps, ok := stepFrom(&words[i-1], w)
		if !ok {
			return i
		}
		if i == 1 {
			first = steps
		}
		left := false
		for k := range even {
			even[k] = even[k] && math.Abs(steps[k]-first[k]) <= spacedUneven
			left = left || even[k]
		}
		if !left {
			return i
		}
	}
	return len(words)
}

// stepFrom returns how far it is from one letter to the next: between them, and from beginning to beginning and middle to
// middle, in sizes of the letters; false where they do not belong to one line of letters.
func stepFrom(a, b *word) (steps [3]float64, ok bool) {
	gap := (b.x0 - a.x1) / b.size
	level := math.Abs(b.glyphs[0].y-a.glyphs[0].y) < 0.1*b.size && math.Abs(b.size-a.size) < 0.1
	if a.space || !level || gap <= 0 || gap > spacedWidest {
		return steps, false
	}
	return [3]float64{gap, (b.x0 - a.x0) / b.size, (b.x0 + b.x1 - a.x0 - a.x1) / 2 / b.size}, true
}
