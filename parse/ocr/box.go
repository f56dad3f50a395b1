package ocr

import (
	"math"
	"sort"

	"referrald/parse/document"
)

// What makes a box to tick: its size in inches, and the shares of its sides that must be inked.
const (
	leastBox     = 0.075
	largestBox   = 0.27
	squareness   = 1.3
	leastSide    = 0.84
	leastEdge    = 0.8
	thinSide     = 4 // dots
	thinShare    = 0.17
	solidShare   = 0.9
	thickestSide = 4    // dots beyond where a side was found
	sideSlack    = 2    // dots that a side may be searched for off its place
	innerPart    = 0.24 // of the side, cut off all round before the inside is measured
	tickedShare  = 0.14
	emptyShare   = 0.05

	oneSize     = 1.22 // by how much boxes of one size may differ
	verySize    = 1.12 // by how much one may differ that stands by itself
	smallSize   = 0.8  // a smaller frame, as a share of the typical one, may be a letter's
	fewestLined = 3    // boxes in columns or rows that show how boxes stand on a page
	inLine      = 0.05 // how far from each other the middles of boxes in one column may stand, in inches
	rareSize    = 5    // a size that is so many times rarer on a page than another is no box's

	crowdedLeft  = 0.3 // shares of the rows beside a box that may bear ink, within so many dots
	crowdedRight = 0.4
	farLeft      = 10
	farRight     = 6
	letterWide   = 0.11 // inches: narrower frames may be a letter's
	strokeOn     = 6    // dots that a stroke goes on at least
	ruleReach    = 7    // dots that an upright rule runs past a box at least
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
	for _, f := range usual(distinct(found)) {
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
	f := frame{k.outer(rect{lx, r.y0, rx, r.y1}), top + bottom + left + right}
	return f, f.square() && k.thin(f.rect) && k.straight(f.rect) && k.cornered(f.rect) && k.apart(f.rect) && k.free(f.rect)
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

// free tells whether no side of a frame goes on beyond its corners, as those of a cell in a grid and the stems of letters
// do. One whole side may, since a box can stand on a rule, and one stroke of a pen at a corner.
func (k *ink) free(r rect) bool {
	corners := [4][2]int{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}}
	var level, upright [4]bool
	all := 0
	for i, c := range corners {
		dx, dy := 1, 1
		if i == 0 || i == 3 {
			dx = -1
		}
		if i < 2 {
			dy = -1
		}
		if level[i] = k.goesOn(c[0], c[1], dx, 0); level[i] {
			all++
		}
		if upright[i] = k.goesOn(c[0], c[1], 0, dy); upright[i] {
			all++
		}
	}
	whole := level[0] && level[1] || level[2] && level[3] || upright[0] && upright[3] || upright[1] && upright[2]
	if stem := upright[0] || upright[1] || upright[2] || upright[3]; stem && !whole && float64(r.width()) < letterWide*inch {
		return false // the bowl of a d, b, p or q
	}
	corner := level[0] && upright[0] || level[1] && upright[1] || level[2] && upright[2] || level[3] && upright[3]
	return all <= 1 || all == 2 && (whole || corner)
}

// goesOn tells whether a stroke goes on from a place, one dot of slack to its sides.
func (k *ink) goesOn(x, y, dx, dy int) bool {
	for d := 2; d <= strokeOn; d++ {
		cx, cy := x+dx*d, y+dy*d
		if !k.at(cx, cy) && !k.at(cx+dy, cy+dx) && !k.at(cx-dy, cy-dx) {
			return false
		}
	}
	return true
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

// square tells whether no side is much longer than the other.
func (r rect) square() bool {
	w, h := float64(r.width()), float64(r.height())
	return max(w, h) <= squareness*min(w, h)
}

// outer moves the sides of a frame out to the edge of their strokes.
func (k *ink) outer(r rect) rect {
	for range thickestSide {
		g := r
		if w := r.width(); k.count(r.x0, r.y0-1, r.x1, r.y0-1)*2 > w {
			g.y0--
		}
		if w := r.width(); k.count(r.x0, r.y1+1, r.x1, r.y1+1)*2 > w {
			g.y1++
		}
		if h := r.height(); k.count(r.x0-1, r.y0, r.x0-1, r.y1)*2 > h {
			g.x0--
		}
		if h := r.height(); k.count(r.x1+1, r.y0, r.x1+1, r.y1)*2 > h {
			g.x1++
		}
		if g == r {
			break
		}
		r = g
	}
	return r
}

// straight tells whether all outer edges are inked along their length, as the bowls of letters are not.
func (k *ink) straight(r rect) bool {
	level := func(y int) bool {
		return k.lined(r.width(), func(i int) bool { return k.at(r.x0+i, y) || k.at(r.x0+i, y+1) })
	}
	upright := func(x int) bool {
		return k.lined(r.height(), func(i int) bool { return k.at(x, r.y0+i) || k.at(x+1, r.y0+i) })
	}
	return level(r.y0) && level(r.y1-1) && upright(r.x0) && upright(r.x1-1)
}

// thin tells whether the sides are thin strokes for the frame's size, or the frame is filled altogether. The stems and
// bowls of bold and of large letters are thick.
func (k *ink) thin(r rect) bool {
	most := max(thinSide, int(thinShare*float64(min(r.width(), r.height()))))
	var thick [4]bool
	for i, t := range [4]int{
		k.depth(r.width(), func(i, d int) bool { return k.at(r.x0+i, r.y0+d) }),
		k.depth(r.width(), func(i, d int) bool { return k.at(r.x0+i, r.y1-d) }),
		k.depth(r.height(), func(i, d int) bool { return k.at(r.x0+d, r.y0+i) }),
		k.depth(r.height(), func(i, d int) bool { return k.at(r.x1-d, r.y0+i) }),
	} {
		thick[i] = t > most
	}
	opposite := thick[0] && thick[1] || thick[2] && thick[3] // a tick in a box may lie along two sides that meet
	return !opposite || k.inside(r) > solidShare
}

// depth returns how deep the ink of a side usually is, by its n places and the dots inwards.
func (k *ink) depth(n int, at func(i, d int) bool) int {
	var depths []float64
	for i := n / 5; i < n-n/5; i++ {
		d := 0
		for d < n/2 && at(i, d) {
			d++
		}
		for gap := 0; d == 0 && gap < 2; gap++ { // a worn edge
			if at(i, gap+1) {
				for d = gap + 1; d < n/2 && at(i, d); {
					d++
				}
			}
		}
		depths = append(depths, float64(d))
	}
	return int(median(depths))
}

// lined tells whether enough of n places are inked.
func (k *ink) lined(n int, at func(i int) bool) bool {
	inked := 0
	for i := range n {
		if at(i) {
			inked++
		}
	}
	return float64(inked) >= leastEdge*float64(n)
}

// cornered tells whether enough outer corners are inked: the round ones of letters are not. The shadow that some fonts
// draw leaves two of a box's.
func (k *ink) cornered(r rect) bool {
	n := 0
	var inked [4]bool
	for i, c := range [4][2]int{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}} {
		if inked[i] = k.count(c[0]-1, c[1]-1, c[0]+1, c[1]+1) > 0; inked[i] {
			n++
		}
	}
	return n >= 3 || inked[0] && inked[2]
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

// usual keeps the frames that have their like on the page: boxes are printed in one or two sizes, in columns and rows.
// Letters that happen to form a frame have sizes of their own, and stand anywhere within words.
func usual(fs []frame) []frame {
	fellows := make([]int, len(fs))
	most := 0
	for i, f := range fs {
		for _, o := range fs {
			if f.sized(o.rect, oneSize) {
				fellows[i]++
			}
		}
		most = max(most, fellows[i])
	}
	var w, h []float64
	for i, f := range fs {
		if fellows[i] == most {
			w, h = append(w, float64(f.width())), append(h, float64(f.height()))
		}
	}
	typical := rect{0, 0, int(median(w)) - 1, int(median(h)) - 1}
	var out, alone []frame
	for i, f := range fs {
		rare := fellows[i]*rareSize < most
		switch n := f.lined(fs, typical); {
		case n >= 2, n > 0 && !rare:
			out = append(out, f)
		case !rare:
			alone = append(alone, f)
		}
	}
	lined := len(out)
	for _, f := range alone {
		if lined < fewestLined || f.sized(typical, verySize) {
			out = append(out, f)
		}
	}
	return out
}

// lined counts the frames above, below and beside a frame that show it to be one of a column or row: those of the typical
// size, and those of its own unless it is smaller, as letters are.
func (f frame) lined(fs []frame, typical rect) int {
	n := 0
	small := float64(f.width()+f.height()) < smallSize*float64(typical.width()+typical.height())
	for _, o := range fs {
		dx, dy := math.Abs(f.middle().x-o.middle().x), math.Abs(f.middle().y-o.middle().y)
		if o.rect == f.rect || dx > inLine*inch && dy > inLine*inch {
			continue
		}
		if dx <= inLine*inch && o.sized(typical, oneSize) || !small && f.sized(o.rect, oneSize) {
			n++
		}
	}
	return n
}

// sized tells whether two frames are as wide and as high as each other, but for a factor.
func (r rect) sized(o rect, factor float64) bool {
	like := func(a, b int) bool { return float64(max(a, b)) <= factor*float64(min(a, b)) }
	return like(r.width(), o.width()) && like(r.height(), o.height())
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
