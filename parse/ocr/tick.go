package ocr

import (
	"math"
	"slices"

	"referrald/parse/document"
)

// What makes a tick without a box, in inches and in shares of its size.
const (
	leastTick   = 0.06
	largestTick = 0.32
	tickLeft    = 0.04  // of paper to the left: more than between the letters of a typewriter
	tickRight   = 0.025 // and to the right
	tickSure    = 0.8
	mostPieces  = 30_000
)

// ticks finds ticks that stand without a box: pieces of ink, clear of letters, in the shape of a tick.
func (k *ink) ticks(parts [][]int) []mark {
	var out []mark
	for _, dots := range parts {
		if p, ok := k.piece(dots); ok && k.alone(p.rect) && p.isTick() {
			out = append(out, mark{p.rect, document.Ticked, tickSure, glyphTick})
		}
	}
	return out
}

// A piece is ink that hangs together: of each column its upper and its lower end.
type piece struct {
	rect
	top, low []int
	dots     int
}

// hangings parts the ink into what hangs together: letters, strokes of a pen, specks. Each is the places of its dots.
func (k *ink) hangings() [][]int {
	seen := make([]bool, len(k.dot))
	var out [][]int
	var stack []int
	for at := range k.dot {
		if k.dot[at] == 0 || seen[at] || len(out) >= mostPieces {
			continue
		}
		out = append(out, k.hanging(at, seen, &stack))
	}
	return out
}

// hanging returns the places of all ink that hangs together with a dot, corners included.
func (k *ink) hanging(start int, seen []bool, stack *[]int) []int {
	var dots []int
	s := append((*stack)[:0], start)
	seen[start] = true
	for len(s) > 0 {
		at := s[len(s)-1]
		s = s[:len(s)-1]
		dots = append(dots, at)
		x, y := at%k.w, at/k.w
		for ny := max(0, y-1); ny <= min(y+1, k.h-1); ny++ {
			for nx := max(0, x-1); nx <= min(x+1, k.w-1); nx++ {
				if next := ny*k.w + nx; k.dot[next] != 0 && !seen[next] {
					seen[next] = true
					s = append(s, next)
				}
			}
		}
	}
	*stack = s
	return dots
}

// piece measures ink that hangs together, if it has the size of a tick.
func (k *ink) piece(dots []int) (piece, bool) {
	r := rect{k.w, k.h, 0, 0}
	for _, at := range dots {
		r = r.union(rect{at % k.w, at / k.w, at % k.w, at / k.w})
	}
	least, most := int(leastTick*inch), int(largestTick*inch)
	if r.width() < least || r.height() < least || r.width() > most || r.height() > most {
		return piece{}, false
	}
	p := piece{rect: r, top: make([]int, r.width()), low: make([]int, r.width()), dots: len(dots)}
	for i := range p.top {
		p.top[i] = r.height()
	}
	for _, at := range dots {
		x, y := at%k.w-r.x0, at/k.w-r.y0
		p.top[x], p.low[x] = min(p.top[x], y), max(p.low[x], y)
	}
	return p, true
}

// alone tells whether a piece of ink has paper to its left and right.
func (k *ink) alone(r rect) bool {
	left, right := int(tickLeft*inch), int(tickRight*inch)
	return k.count(r.x0-left, r.y0, r.x0-1, r.y1) == 0 && k.count(r.x1+1, r.y0, r.x1+right, r.y1) == 0
}

// isTick tells the shape of a tick: a short arm falling, then a long thin arm rising to the upper right.
func (p *piece) isTick() bool {
	w, h := float64(p.width()), float64(p.height())
	if w < 0.6*h || w > 2*h || float64(p.dots) > 0.55*w*h {
		return false
	}
	foot, end := p.foot()
	f := float64(foot) / w
	if f < 0.08 || f > 0.55 {
		return false
	}
	start, tip := float64(p.top[0])/h, float64(p.top[len(p.top)-1])/h
	rise := (float64(p.low[foot]) - float64(p.low[0])) / h
	return start > 0.28 && tip < 0.15 && rise > 0.06 && p.rises(end, h)
}

// foot returns the column in the middle of the lowest ones, and the last of them.
func (p *piece) foot() (middle, last int) {
	first := -1
	lowest := slices.Max(p.low)
	for x, low := range p.low {
		if low >= lowest-p.height()/20 {
			last = x
			if first < 0 {
				first = x
			}
		}
	}
	return (first + last) / 2, last
}

// rises tells whether the ink behind the foot is one thin arm that rises evenly.
func (p *piece) rises(foot int, h float64) bool {
	var f fit
	var thick []float64
	for x := foot + 1; x < len(p.top); x++ {
		f.add(float64(x), float64(p.top[x]+p.low[x])/2, 1)
		thick = append(thick, float64(p.low[x]-p.top[x]+1))
	}
	l := f.line()
	var off []float64
	for x := foot + 1; x < len(p.top); x++ {
		off = append(off, math.Abs(l.value(float64(x))-float64(p.top[x]+p.low[x])/2))
	}
	return len(thick) > 3 && l.slope < -0.4 && median(off) < 0.11*h && median(thick) < 0.55*h
}
