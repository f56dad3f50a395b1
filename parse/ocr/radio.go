package ocr

import (
	"math"

	"referrald/parse/document"
)

// What makes a round box to tick, in inches and as shares of its radius. A lone circle may be a letter or a bullet, so at
// least two of one size must stand on a page, one of them empty.
const (
	leastRadio    = 0.075
	largestRadio  = 0.27
	roundness     = 1.18
	radioInner    = 0.68 // from here outwards lies the circle's stroke
	radioClosed   = 0.96
	radioHole     = 0.6 // within this the inside is measured
	radioGap      = 10  // dots
	radioAlike    = 1.2
	fewestRadios  = 2
	radioSectors  = 32
	radioTicked   = 0.16
	radioEmpty    = 0.02
	radioMostInk  = 0.88 // of the whole: a solid bullet is no box
	radioTickSure = 0.85
)

const (
	glyphCircle  = "○"
	glyphPressed = "◉"
)

// radios finds the round boxes of a page and tells by the ink inside whether they are ticked.
func (k *ink) radios(parts [][]int) []mark {
	var found []mark
	for _, dots := range parts {
		r := k.bounds(dots)
		side := max(r.width(), r.height())
		if float64(side) < leastRadio*inch || float64(side) > largestRadio*inch || float64(side) > roundness*float64(min(r.width(), r.height())) {
			continue
		}
		if k.isCircle(r, dots) && k.clearSides(r) {
			found = append(found, k.judgeRadio(r))
		}
	}
	return likeOthers(found)
}

// clearSides tells whether a circle stands apart from letters: there is paper to its left, and a space to its right.
func (k *ink) clearSides(r rect) bool {
	d := radioGap
	return k.count(r.x0-d, r.y0, r.x0-1, r.y1) == 0 && k.count(r.x1+1, r.y0, r.x1+d/2, r.y1) == 0
}

// isCircle tells whether the outermost ink of a piece goes evenly round, with paper behind it or ink to the middle.
func (k *ink) isCircle(r rect, dots []int) bool {
	var reach [radioSectors]float64
	c := r.middle()
	radius := float64(r.width()+r.height()) / 4
	for _, at := range dots {
		dx, dy := float64(at%k.w)-c.x, float64(at/k.w)-c.y
		i := int((math.Atan2(dy, dx)/(2*math.Pi)+0.5)*radioSectors) % radioSectors
		reach[i] = max(reach[i], math.Hypot(dx, dy)/radius)
	}
	n := 0
	for _, far := range reach {
		if far > 0.84 && far < 1.16 {
			n++
		}
	}
	return float64(n) >= radioClosed*radioSectors && float64(len(dots)) < radioMostInk*math.Pi*radius*radius
}

// judgeRadio tells by the ink inside whether a round box is ticked.
func (k *ink) judgeRadio(r rect) mark {
	c, radius := r.middle(), float64(r.width()+r.height())/4*radioHole
	inked, n := 0, 0
	for y := r.y0; y <= r.y1; y++ {
		for x := r.x0; x <= r.x1; x++ {
			if math.Hypot(float64(x)-c.x, float64(y)-c.y) < radius {
				n++
				inked += int(k.dot[y*k.w+x])
			}
		}
	}
	m := mark{rect: r, state: document.MarkUnknown, glyph: glyphCircle, sure: 0.5}
	switch share := float64(inked) / float64(max(n, 1)); {
	case share > radioTicked:
		m.state, m.glyph, m.sure = document.Ticked, glyphPressed, radioTickSure
	case share < radioEmpty:
		m.sure = 0.9
	}
	return m
}

// likeOthers keeps the round boxes that belong to a group: others of their size stand on the page, an empty one among them.
func likeOthers(all []mark) []mark {
	var out []mark
	for _, m := range all {
		alike, empty := 0, false
		for _, o := range all {
			a, b := float64(m.width()), float64(o.width())
			if max(a, b) <= radioAlike*min(a, b) {
				alike++
				empty = empty || o.state != document.Ticked && o.sure > 0.8
			}
		}
		if alike >= fewestRadios && empty {
			out = append(out, m)
		}
	}
	return out
}
