package pdf

import "math"

// A columnStart is a place across the page at which several lines go on after a wide gap: a column without rules.
type columnStart struct {
	x, top, bottom float64
	lines          int
}

// Measures of a column's start.
const (
	startNear  = 1.0  // points by which its lines may differ
	startReach = 45.0 // points above and below its lines in which others may belong to it
	startGap   = 0.42 // of the size: more than a blank
)

// columnStarts finds where the columns of lines begin.
func columnStarts(rs []row) []columnStart {
	var all []columnStart
	for i := range rs {
		segments := rs[i].segments()
		for _, s := range segments[1:] {
			all = addStart(all, s.x0(), rs[i].middle)
		}
	}
	for i := range rs { // a line that begins there goes on in the column
		for j := range all {
			if s := &all[j]; math.Abs(s.x-rs[i].x0()) < startNear && math.Abs(rs[i].middle-s.bottom) < startReach {
				s.lines++
			}
		}
	}
	out := all[:0]
	for _, s := range all {
		if s.lines >= 2 {
			out = append(out, s)
		}
	}
	return out
}

func addStart(all []columnStart, x, y float64) []columnStart {
	for i := range all {
		if s := &all[i]; math.Abs(s.x-x) < startNear && y-s.bottom < 3*startReach {
			s.bottom = max(s.bottom, y)
			s.lines++
			return all
		}
	}
	return append(all, columnStart{x, y, y, 1})
}

// columnAt tells whether word i of a line begins where the lines around it begin a column, though the gap before it is
// no wide one: what stands in the column before fills it.
func (r *row) columnAt(i int) bool {
	a, b := &r.words[i-1], &r.words[i]
	if b.x0-a.x1 < startGap*min(letterSize(a), letterSize(b)) {
		return false
	}
	for _, s := range r.starts {
		if math.Abs(s.x-b.x0) < startNear && r.middle > s.top-startReach && r.middle < s.bottom+startReach {
			return true
		}
	}
	return false
}
