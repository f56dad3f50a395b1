package form

import (
	"strings"
	"unicode"
)

// A sign is what a writer put beside the options that apply, where it is neither a mark nor a yes.
type sign uint8

// The signs that are taken for ticks where they stand beside some options and not beside others.
const (
	noSign sign = iota
	initials
	dateSign
	oneSign
	zeroSign
	scoreSign // another number
	otherSign // words: no tick
)

// signed tells for each option whether a sign stands in the cell beside it, or returns nil where the cells beside the options
// hold anything else, or the same for all; and whether these are scores, of which nobody can tell from where on they count.
func (g *segment) signed(all []state) (out []bool, scored bool) {
	out = make([]bool, len(all))
	kinds, texts := map[sign]int{}, map[string]bool{}
	for i := range all {
		text := g.signBeside(&all[i])
		k := signOf(text)
		kinds[k]++
		out[i] = k != noSign && k != zeroSign
		if k == initials {
			texts[text] = true
		}
	}
	kind := len(kinds) - count(kinds[noSign] > 0) - count(kinds[zeroSign] > 0)
	if kinds[otherSign]+kinds[scoreSign] > 0 || kind != 1 || kinds[noSign]+kinds[zeroSign] == 0 || len(texts) > 1 || kinds[zeroSign] > 0 && kinds[oneSign] == 0 {
		return nil, kinds[scoreSign]+kinds[oneSign]+kinds[zeroSign] > 0
	}
	return out, false
}

// signBeside returns the text of the cell to the right of an option or, where that is another option's, to the left.
func (g *segment) signBeside(s *state) string {
	cell := g.lines[s.line].cell
	if g.doc.Cells[cell].Table == 0 || g.first[cell+1]-g.first[cell] > 1 {
		return ""
	}
	if right, ok := g.right(cell); ok && !g.hasHits(right) {
		return strings.TrimSpace(g.doc.Cells[right].Text())
	}
	c := &g.doc.Cells[cell]
	if left, ok := g.at[cellPlace{c.Table, c.Row, c.Col - 1}]; ok && !g.hasHits(left) && !g.serves(left) {
		return strings.TrimSpace(g.doc.Cells[left].Text())
	}
	return ""
}

func signOf(text string) sign {
	switch day, _ := ParseDate(text, CompletionDate); {
	case text == "":
		return noSign
	case text == "1":
		return oneSign
	case text == "0":
		return zeroSign
	case strings.Trim(text, "0123456789") == "":
		return scoreSign
	case day != "" && len(text) <= len("30th September 2026"):
		return dateSign
	case isInitials(text):
		return initials
	}
	return otherSign
}

// isInitials tells two or three capitals, with or without stops, that are no answer: "KB", "J.P."
func isInitials(text string) bool {
	letters := strings.NewReplacer(".", "", " ", "").Replace(text)
	if n := len([]rune(letters)); n < 2 || n > 3 || answerLength(strings.ToLower(letters)) > 0 {
		return false
	}
	return !strings.ContainsFunc(letters, func(r rune) bool { return !unicode.IsUpper(r) })
}
