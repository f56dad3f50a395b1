package form

import (
	"slices"
	"strings"

	"referrald/parse/document"
)

// How surely the words of a date, a postcode or a level, and of any other value, must have been recognised. Below it what
// OCR makes of them, of handwriting above all, is no reading at all. Names with letters of other languages are often right
// where the engine is hardly sure, and what is read so unsurely is confirmed by a person.
const (
	leastWornKey = 0.45
	leastWorn    = 0.15
)

// shortestLevel is how many letters a level has at least on a recognised page, where a speck is read as a letter.
const shortestLevel = 3

// worn tells recognised words that are too doubtful to be a value. Free text with a word that could not be read is still
// worth reading.
func (g *segment) worn(k Key, parts []stretch) bool {
	least := leastWorn
	switch {
	case !g.scan || isFree(k):
		return false
	case k == ToolLevel && len(Fold(g.raw(parts))) < shortestLevel:
		return true
	case k == DateOfBirth, k == ToolChildBirth, k == ToolCompletedOn, k == Postcode, k == ToolLevel:
		least = leastWornKey
	}
	return g.typed(parts) < least
}

// fewestPrinted is how many options of a list stand elsewhere where it is printed whole.
const fewestPrinted = 3

// printed tells a list's value that is the start of the printed list: rows that OCR has run together. The options in it are
// no more chosen than those that stand elsewhere.
func (f *filler) printed(r reading) bool {
	n := 0
	for i := f.from; i < f.to; i++ {
		if slices.ContainsFunc(r.parts, func(p stretch) bool { return p.line == i }) {
			continue
		}
		for _, h := range f.lines[i].hits {
			if (h.status != "") == (r.field == statusList) {
				n++
			}
		}
	}
	return n >= fewestPrinted
}

// answerBehind reads a printed choice of yes and no behind an option: which of the two was circled or highlighted, or left
// when the other was struck. Where that cannot be told it is unknown. On recognised pages a "yes" with anything behind it
// is such a choice, and one alone where other options have both: the pen that circles a word makes it unreadable.
func (g *segment) answerBehind(s *state, ln *line, to int) bool {
	var words []word
	for _, w := range ln.words {
		if w.start >= s.end && w.end <= to {
			words = append(words, w)
		}
	}
	if len(words) == 0 || words[0].text != "yes" && words[0].text != "y" {
		return false
	}
	last := words[len(words)-1].text
	rest := strings.Trim(ln.text[words[0].end:to], " .,:;")
	if last != "no" && last != "n" && (!g.scan || rest == "" && !g.offersNo()) {
		return false
	}
	s.mark, s.trust = document.MarkUnknown, trustImage
	shown, kept, inked := "", "", ""
	for _, w := range words {
		if ln.ink(w.start, w.end) == document.Coloured {
			inked += w.text
		}
		if ln.has(w.start, w.end, document.Circled) || ln.has(w.start, w.end, document.Highlighted) {
			shown += w.text
		}
		if !ln.has(w.start, w.end, document.Struck) {
			kept += w.text
		}
	}
	if shown == "" && len(words) == 2 && kept != words[0].text+words[1].text {
		shown = kept
	}
	s.trust = trustShown
	if shown == "" {
		shown, s.trust = inked, trustInk
	}
	switch shown {
	case "yes", "y":
		s.mark = document.Ticked
	case "no", "n":
		s.mark = document.Unticked
	default:
		s.trust = trustImage
	}
	return true
}

// offersNo tells whether a yes and a no are printed behind the options of a list.
func (g *segment) offersNo() bool {
	n := 0
	for i := g.from; i < g.to; i++ {
		ln := &g.lines[i]
		said := func(text string) bool {
			return slices.ContainsFunc(ln.words, func(w word) bool { return w.text == text })
		}
		if len(ln.hits) > 0 && said("yes") && said("no") {
			n++
		}
	}
	return n >= fewestPrinted
}

// levelRow tells whether the level that a reading found is one of several printed in the cells of one row, and returns the
// words of the cell that was circled or highlighted, if one alone was. A printed row is no choice.
func (f *filler) levelRow(r reading) (chosen string, printed bool) {
	if len(r.parts) == 0 {
		return "", false
	}
	at := &f.doc.Cells[f.lines[r.parts[0].line].cell]
	if at.Table == 0 {
		return "", false
	}
	seen := map[Level]bool{}
	var shown []string
	for i := range f.doc.Cells {
		c := &f.doc.Cells[i]
		if c.Table != at.Table || c.Row != at.Row {
			continue
		}
		parts := f.wholeCell(i)
		if c == at {
			parts = r.parts
		}
		text := tidy(f.raw(parts))
		level := LevelOf(text)
		if !isLevelOption(text) || level == LevelUnknown || level == LevelAmbiguous {
			continue
		}
		seen[level] = true
		if look := tidy(f.shown(parts)); look != "" {
			shown = append(shown, look)
		}
	}
	switch {
	case len(seen) < 2:
		return "", false
	case len(shown) == 1:
		return shown[0], true
	}
	return "", true
}
