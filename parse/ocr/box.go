package ocr

import (
	"sort"

	"referrald/parse/document"
)

// What makes a box to tick: its size in inches, and the shares of its sides that must be inked.
const (
	leastBox    = 0.075
	largestBox  = 0.27
	squareness  = 1.3
	leastSide   = 0.84
	sideSlack   = 2    // dots that a side may be searched for off its place
	innerPart   = 0.24 // of the side, cut off all round before the inside is measured
	tickedShare = 0.14
	emptyShare  = 0.05

	crowdedLeft  = 0.3 // shares of the rows beside a box that may bear ink, within so many dots
	crowdedRight = 0.4
	farLeft      = 10
	farRight     = 6
	ruleReach    = 7 // dots that an upright rule runs past a box at least
)

// A mark is a box or tick as it was seen.
type mark struct {
	rect
	state document.Mark
	sure  float64
	glyph string
}

// The glyphs that stand for what was seen.
const (
	glyphBox   = "☐"
	glyphCross = "☒"
	glyphTick  = "✓"
)

// boxes finds the square frames on a page and tells by the ink inside whether they are ticked.
func (k *ink) boxes() []mark {
	var found []frame
	for _, r := range k.runs(leastBox * inch) {
		if r.x1-r.x0+1 <= int(largestBox*inch) {
			if f, ok := k.frameOf(r); ok {
				found = append(found, f)
			}
		}
	}
	var out []mark
	for _, f := range distinct(found) {
		out = append(out, k.judge(f.rect))
	}
	return out
}

// A frame is a square of four inked sides.
type frame struct {
	rect
	score float64
}

// frameOf looks for the square that has a run of ink as its upper or lower side.
func (k *ink) frameOf(r run) (frame, bool) {
	n := float64(r.x1 - r.x0 + 1)
	best := frame{}
	low, high := int(max(n/squareness, leastBox*inch)), int(min(n*squareness, largestBox*inch))
	for d := low; d <= high; d++ {
		for _, f := range [2]rect{{r.x0, r.y, r.x1, r.y + d}, {r.x0, r.y - d, r.x1, r.y}} {
			if c, ok := k.squared(f); ok && c.score > best.score {
				best = c
			}
		}
	}
	return best, best.score > 0
}

// squared tells whether a rectangle's sides and corners are inked. Sides may stand a little off.
func (k *ink) squared(r rect) (frame, bool) {
	top, bottom := k.levelSide(r.x0, r.x1, r.y0), k.levelSide(r.x0, r.x1, r.y1)
	if top < leastSide || bottom < leastSide {
		return frame{}, false
	}
	left, lx := k.uprightSide(r.x0, r.y0, r.y1)
	right, rx := k.uprightSide(r.x1, r.y0, r.y1)
	if left < leastSide || right < leastSide {
		return frame{}, false
	}
	f := frame{rect{min(lx, r.x0), r.y0, max(rx, r.x1), r.y1}, top + bottom + left + right}
	return f, k.corners(f.rect) >= 3 && k.apart(f.rect) && k.arms(f.rect) < 3
}

// apart tells whether paper stands to the left of a frame and mostly to its right, as it does not beside letters that
// happen to form one. The end of a pen stroke may stand there, and a rule.
func (k *ink) apart(r rect) bool {
	return k.beyond(r, -1, farLeft) < crowdedLeft && k.beyond(r, 1, farRight) < crowdedRight
}

// beyond returns the share of rows that have ink a little way off one side of a frame, rules left out.
func (k *ink) beyond(r rect, side, far int) float64 {
	x := r.x0
	if side > 0 {
		x = r.x1
	}
	crowded := make([]bool, r.height())
	for d := 3; d <= far; d++ {
		at := x + side*d
		if k.at(at, r.y0-ruleReach) && k.at(at, r.y1+ruleReach) {
			continue
		}
		for y := r.y0; y <= r.y1; y++ {
			crowded[y-r.y0] = crowded[y-r.y0] || k.at(at, y)
		}
	}
	n := 0
	for _, c := range crowded {
		if c {
			n++
		}
	}
	return float64(n) / float64(r.height())
}

// arms counts the sides that go on beyond their corners: those of a box do not, those of a cell in a grid do.
func (k *ink) arms(r rect) int {
	const far = 6
	n := 0
	for _, a := range [8][2]int{{r.x0 - far, r.y0}, {r.x1 + far, r.y0}, {r.x0 - far, r.y1}, {r.x1 + far, r.y1},
		{r.x0, r.y0 - far}, {r.x1, r.y0 - far}, {r.x0, r.y1 + far}, {r.x1, r.y1 + far}} {
		if k.count(a[0]-1, a[1]-1, a[0]+1, a[1]+1) > 0 {
			n++
		}
	}
	return n
}

// levelSide returns the share of a level side that is inked, one dot of slack up or down.
func (k *ink) levelSide(x0, x1, y int) float64 {
	n := 0
	for x := x0; x <= x1; x++ {
		if k.at(x, y) || k.at(x, y-1) || k.at(x, y+1) {
			n++
		}
	}
	return float64(n) / float64(x1-x0+1)
}

// uprightSide returns the share of an upright side that is inked, and where it was found.
func (k *ink) uprightSide(x, y0, y1 int) (share float64, at int) {
	for c := x - sideSlack; c <= x+sideSlack; c++ {
		n := 0
		for y := y0; y <= y1; y++ {
			if k.at(c, y) || k.at(c+1, y) {
				n++
			}
		}
		if s := float64(n) / float64(y1-y0+1); s > share {
			share, at = s, c
		}
	}
	return share, at
}

// corners counts the corners that are inked.
func (k *ink) corners(r rect) int {
	n := 0
	for _, c := range [4]point{{float64(r.x0), float64(r.y0)}, {float64(r.x1), float64(r.y0)}, {float64(r.x0), float64(r.y1)}, {float64(r.x1), float64(r.y1)}} {
		x, y := int(c.x), int(c.y)
		if k.count(x-1, y-1, x+1, y+1) > 0 {
			n++
		}
	}
	return n
}

// distinct keeps of frames that overlap the one with the best sides, the larger of equals.
func distinct(fs []frame) []frame {
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		if d := a.score - b.score; d > 0.1 || d < -0.1 {
			return d > 0
		}
		return a.width()*a.height() > b.width()*b.height()
	})
	var out []frame
	for _, f := range fs {
		free := true
		for _, o := range out {
			free = free && !f.overlaps(o.rect)
		}
		if free {
			out = append(out, f)
		}
	}
	return out
}

// judge tells by the ink inside whether a box is ticked. What is not plainly ticked is unknown.
func (k *ink) judge(r rect) mark {
	share := k.inside(r)
	m := mark{rect: r, state: document.MarkUnknown, glyph: glyphBox}
	switch {
	case share > tickedShare:
		m.state, m.glyph = document.Ticked, glyphCross
		m.sure = min(0.95, 0.6+2*(share-tickedShare))
	case share < emptyShare:
		m.sure = 0.9
	default:
		m.sure = 0.5
	}
	return m
}

// inside returns the share of ink in the middle of a box.
func (k *ink) inside(r rect) float64 {
	dx, dy := int(innerPart*float64(r.width())+0.5), int(innerPart*float64(r.height())+0.5)
	in := rect{r.x0 + dx, r.y0 + dy, r.x1 - dx, r.y1 - dy}
	return float64(k.count(in.x0, in.y0, in.x1, in.y1)) / float64(in.width()*in.height())
}
