package ocr

import "math"

// What makes a ring drawn around words: its size in inches, and the shape of its stroke, measured as if it were a circle
// of radius 1.
const (
	ringLow     = 0.13
	ringHigh    = 0.62
	ringNarrow  = 0.2
	ringWide    = 3.5
	ringInner   = 0.72
	ringOuter   = 1.12
	ringSectors = 24
	ringClosed  = 20 // sectors that bear the stroke; a pen may leave a gap
	ringStroke  = 0.6
	ringSlack   = 7    // dots by which words may reach over their ring
	ringWords   = 0.06 // share of ink within a ring that holds words
)

// A ring is a line drawn around words to choose them, and the dots that it is made of.
type ring struct {
	rect
	stroke []int
}

// rings finds the ovals that a pen has drawn around words. Letters are smaller, and hold no words.
func (k *ink) rings(parts [][]int) []ring {
	var out []ring
	for _, dots := range parts {
		r := k.bounds(dots)
		w, h := float64(r.width())/inch, float64(r.height())/inch
		if h < ringLow || h > ringHigh || w < ringNarrow || w > ringWide || 2*w < h {
			continue
		}
		if stroke, ok := k.oval(r, dots); ok && k.holdsWords(r, stroke) {
			out = append(out, ring{r, stroke})
		}
	}
	return out
}

// bounds returns the rectangle around some places of ink.
func (k *ink) bounds(dots []int) rect {
	r := rect{k.w, k.h, 0, 0}
	for _, at := range dots {
		x, y := at%k.w, at/k.w
		r = r.union(rect{x, y, x, y})
	}
	return r
}

// oval returns the dots of a piece of ink that lie on the oval within its bounds, and whether they go round and are most
// of it: a letter that the pen touched hangs on the ring too.
func (k *ink) oval(r rect, dots []int) ([]int, bool) {
	var stroke []int
	var seen [ringSectors]bool
	c := r.middle()
	rx, ry := float64(r.width())/2, float64(r.height())/2
	for _, at := range dots {
		dx, dy := (float64(at%k.w)-c.x)/rx, (float64(at/k.w)-c.y)/ry
		if d := math.Hypot(dx, dy); d > ringInner && d < ringOuter {
			stroke = append(stroke, at)
			seen[int((math.Atan2(dy, dx)/(2*math.Pi)+0.5)*ringSectors)%ringSectors] = true
		}
	}
	n := 0
	for _, s := range seen {
		if s {
			n++
		}
	}
	return stroke, n >= ringClosed && float64(len(stroke)) > ringStroke*float64(len(dots))
}

// holdsWords tells whether there is writing within a ring.
func (k *ink) holdsWords(r rect, stroke []int) bool {
	dx, dy := r.width()/6, r.height()/4
	in := rect{r.x0 + dx, r.y0 + dy, r.x1 - dx, r.y1 - dy}
	own := 0
	for _, at := range stroke {
		if x, y := at%k.w, at/k.w; x >= in.x0 && x <= in.x1 && y >= in.y0 && y <= in.y1 {
			own++
		}
	}
	return float64(k.count(in.x0, in.y0, in.x1, in.y1)-own) > ringWords*float64(in.width()*in.height())
}

// eraseRings paints over rings, so that the words within them can be recognised.
func (p *sheet) eraseRings() {
	for _, r := range p.rings {
		for _, at := range r.stroke {
			x, y := at%p.ink.w, at/p.ink.w
			p.erase(rect{x - halo, y - halo, x + halo, y + halo})
		}
	}
}

// isRinged tells whether a word stands within a ring.
func isRinged(w rect, rings []ring) bool {
	slack := ringSlack
	for _, r := range rings {
		if m := w.middle(); m.y > float64(r.y0) && m.y < float64(r.y1) && w.x0 >= r.x0-slack && w.x1 <= r.x1+slack {
			return true
		}
	}
	return false
}
