package form

import "referrald/parse/document"

// ink returns how the letters between two bytes of a line are coloured: Coloured, Faint, or 0 where they are black, of
// several inks, or a link, which is coloured and underlined.
func (l *line) ink(a, b int) document.Style {
	switch {
	case l.has(a, b, document.Faint):
		return document.Faint
	case l.has(a, b, document.Coloured) && !l.has(a, b, document.Underlined):
		return document.Coloured
	}
	return 0
}

// An inkList says which of the options of a list are set off by the colour of their letters.
type inkList struct {
	chosen document.Style // the ink of those; Coloured, or 0 for the black ones among grey
	some   bool           // some are set off and others not
	most   bool           // half of them or more: whether those were chosen or the others, a person can tell
}

// inksOf looks at the inks of a list's options: coloured ones were chosen from others, black ones from grey ones.
func inksOf(inks []document.Style) inkList {
	coloured, faint := 0, 0
	for _, ink := range inks {
		coloured += count(ink == document.Coloured)
		faint += count(ink == document.Faint)
	}
	set, l := coloured, inkList{chosen: document.Coloured}
	if coloured == 0 && faint > 0 {
		set, l.chosen = len(inks)-faint, 0
	}
	l.some = set > 0 && set < len(inks)
	l.most = 2*set >= len(inks)
	return l
}

// inksOfStates looks at the inks of options that were found.
func inksOfStates(all []state) inkList {
	inks := make([]document.Style, len(all))
	for i, s := range all {
		inks[i] = s.ink
	}
	return inksOf(inks)
}

// inksOfAlternatives looks at the inks of the pieces of a printed list.
func inksOfAlternatives(all []alternative) inkList {
	inks := make([]document.Style, len(all))
	for i, a := range all {
		inks[i] = a.ink
	}
	return inksOf(inks)
}

// markOf returns what an option's ink says. Letters are coloured for other reasons too, so it is hardly sure, and unknown
// where it says the same of half of the list.
func (l inkList) markOf(ink document.Style) (document.Mark, float64) {
	if l.most {
		return document.MarkUnknown, trustImage
	}
	return tickIf(ink == l.chosen), trustInk
}
