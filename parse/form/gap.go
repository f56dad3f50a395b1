package form

import "strings"

// mostGapWords is how many words an option has at most that is known by its place alone.
const mostGapWords = 9

// fillGaps knows the factor that a school words its own way by its place: where the printed list keeps the form's order, the
// only option between two known ones that are two apart is the one between them, if it stands nowhere else.
func (s *scanner) fillGaps() {
	if s.page.scan {
		return // an option that OCR misread is not known by its place: its mark may be another's
	}
	seen := map[Factor]bool{}
	for i := range s.lines {
		for _, h := range s.lines[i].hits {
			seen[h.factor] = true
		}
	}
	for n := range s.lines {
		above, okAbove := s.neighbour(n, -1)
		below, okBelow := s.neighbour(n, 1)
		if !okAbove || !okBelow {
			continue
		}
		f, ok := factorBetween(s.onlyFactor(above), s.onlyFactor(below))
		if !ok || seen[f] {
			continue
		}
		if h, ok := s.lines[n].asOption(f); ok {
			s.lines[n].hits, seen[f] = []hit{h}, true
		}
	}
}

// neighbour returns the line that stands before or behind one in a list: in the next row of its column, or, outside tables and
// in cells of several lines, the next line.
func (s *scanner) neighbour(n, step int) (int, bool) {
	cell := s.lines[n].cell
	if s.doc.Cells[cell].Table > 0 && s.first[cell+1]-s.first[cell] == 1 {
		next := s.below
		if step < 0 {
			next = s.above
		}
		at, ok := next(cell)
		if !ok || s.first[at+1]-s.first[at] != 1 {
			return 0, false
		}
		return s.first[at], true
	}
	at := n + step
	return at, at >= 0 && at < len(s.lines) && (s.lines[at].cell == cell || s.doc.Cells[cell].Table == 0 && s.doc.Cells[s.lines[at].cell].Table == 0)
}

// onlyFactor returns the factor that a line prints, if it prints one and little else.
func (s *scanner) onlyFactor(n int) Factor {
	ln := &s.lines[n]
	if len(ln.hits) != 1 || len(ln.words) > ln.hits[0].words+2 {
		return ""
	}
	return ln.hits[0].factor
}

// factorBetween returns the factor that the form prints between two others.
func factorBetween(above, below Factor) (Factor, bool) {
	for i := 1; i+1 < len(Factors); i++ {
		if Factors[i-1] == above && Factors[i+1] == below {
			return Factors[i], true
		}
	}
	return "", false
}

// asOption takes the words of a line, but for ticks about them, for an option.
func (l *line) asOption(f Factor) (hit, bool) {
	words := split(l.text)
	for len(words) > 0 && isTick(words[0].text) {
		words = words[1:]
	}
	for len(words) > 0 && (isTick(words[len(words)-1].text) || isYesNo(words[len(words)-1].text)) {
		words = words[:len(words)-1]
	}
	if len(l.hits) > 0 || len(words) == 0 || len(words) > mostGapWords || l.chrome || strings.ContainsAny(l.text, "\t?") {
		return hit{}, false
	}
	return hit{&sense{kind: optionSense, factor: f}, words[0].start, words[len(words)-1].end, len(words)}, true
}
