package ocr

import (
	"image"
	"math"
)

// How the sheet is looked for in a photograph.
const (
	outlineSide  = 400  // dots of the reduced picture's longer side
	leastSheet   = 0.3  // share of the picture that the sheet fills at least
	leastOnLine  = 0.7  // share of a side's dots that must lie on one line
	outlineSlack = 2.0  // dots
	borderDots   = 2    // nearer to the picture's border is no edge of the sheet
	leastDarker  = 25.0 // steps of brightness between sheet and table
	edgeReach    = 2    // dots within which it falls by so much: a shadow on the sheet ends more softly
)

// outline returns the corners of the sheet of paper that a photograph shows on a darker ground, and whether it shows
// one with straight sides. A page that fills the picture has none.
func outline(g *image.Gray) (quad, bool) {
	small := reduce(g, outlineSide)
	sheet, ok := brightest(small)
	if !ok {
		return quad{}, false
	}
	var sides [4]line // top, right, bottom, left
	free := 0
	for i := range sides {
		dots, border := sheet.side(i)
		if !border {
			free++
		}
		if sides[i], ok = fitLine(dots, i == 0 || i == 2); !ok {
			return quad{}, false
		}
		if !border && !falls(small, dots, i) {
			return quad{}, false
		}
	}
	if free == 0 {
		return quad{}, false
	}
	scale := float64(g.Rect.Dx()) / float64(small.Rect.Dx())
	var q quad
	for i := range q {
		across, down := sides[[4]int{0, 0, 2, 2}[i]], sides[[4]int{3, 1, 1, 3}[i]]
		p := crossing(across, down)
		q[i] = point{(p.x + 0.5) * scale, (p.y + 0.5) * scale}
	}
	return q, q.plausible(g.Rect.Dx(), g.Rect.Dy())
}

// falls tells whether a picture is sharply darker beyond the dots of one side of the sheet.
func falls(g *image.Gray, dots []point, side int) bool {
	out := [4][2]int{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}[side]
	bright := func(d point, far int) float64 {
		x := max(0, min(int(d.x)+out[0]*far, g.Rect.Dx()-1))
		y := max(0, min(int(d.y)+out[1]*far, g.Rect.Dy()-1))
		return float64(g.Pix[y*g.Stride+x])
	}
	var steps []float64
	for _, d := range dots {
		steps = append(steps, bright(d, -edgeReach)-bright(d, edgeReach))
	}
	return median(steps) > leastDarker
}

// plausible tells a sheet seen from above rather than any bright patch: large, convex, its opposite sides alike.
func (q quad) plausible(w, h int) bool {
	area := 0.0
	for i := range q {
		a, b, c := q[i], q[(i+1)%4], q[(i+2)%4]
		if (b.x-a.x)*(c.y-b.y)-(b.y-a.y)*(c.x-b.x) <= 0 {
			return false
		}
		area += (a.x*b.y - b.x*a.y) / 2
	}
	top, right, bottom, left := q.lengths()
	return area > leastSheet*float64(w*h) && alike(top, bottom) && alike(left, right)
}

func alike(a, b float64) bool { return min(a, b) > 0.6*max(a, b) }

// lengths returns the lengths of the sides.
func (q quad) lengths() (top, right, bottom, left float64) {
	side := func(i int) float64 {
		a, b := q[i], q[(i+1)%4]
		return math.Hypot(a.x-b.x, a.y-b.y)
	}
	return side(0), side(1), side(2), side(3)
}

// A patch is a connected bright part of a picture.
type patch struct {
	w, h           int
	on             []bool
	x0, y0, x1, y1 int
}

// brightest returns the bright part around the picture's middle if it is large and parted from a darker ground.
func brightest(g *image.Gray) (patch, bool) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	cut, apart := otsu(g)
	if apart < leastDarker {
		return patch{}, false
	}
	p := patch{w: w, h: h}
	size := 0
	done := make([]bool, w*h)
	for y := h / 4; y < 3*h/4; y += 7 {
		for x := w / 4; x < 3*w/4; x += 7 {
			if done[y*w+x] || g.Pix[y*g.Stride+x] < cut {
				continue
			}
			if on, n := flood(g, cut, x, y, done); n > size {
				p.on, size = on, n
			}
		}
	}
	if float64(size) < leastSheet*float64(w*h) {
		return patch{}, false
	}
	p.bound()
	return p, true
}

// flood returns the dots not darker than cut that hang together with one.
func flood(g *image.Gray, cut uint8, x, y int, done []bool) ([]bool, int) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	on := make([]bool, w*h)
	stack := []int{y*w + x}
	n := 0
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := at%w, at/w
		if done[at] || g.Pix[y*g.Stride+x] < cut {
			continue
		}
		done[at], on[at] = true, true
		n++
		for _, d := range [4][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
			if nx, ny := x+d[0], y+d[1]; nx >= 0 && ny >= 0 && nx < w && ny < h {
				stack = append(stack, ny*w+nx)
			}
		}
	}
	return on, n
}

func (p *patch) bound() {
	p.x0, p.y0 = p.w, p.h
	for i, on := range p.on {
		if on {
			x, y := i%p.w, i/p.w
			p.x0, p.y0, p.x1, p.y1 = min(p.x0, x), min(p.y0, y), max(p.x1, x), max(p.y1, y)
		}
	}
}

// side returns the outermost dots of the patch on one side (0 top, 1 right, 2 bottom, 3 left), corners left out, and
// whether that side is the picture's own border.
func (p *patch) side(i int) ([]point, bool) {
	var dots []point
	touching := 0
	level := i == 0 || i == 2
	from, to := p.y0, p.y1
	if level {
		from, to = p.x0, p.x1
	}
	cut := (to - from) / 10
	for at := from + cut; at <= to-cut; at++ {
		d, border, ok := p.outermost(i, at)
		if !ok {
			continue
		}
		if border {
			touching++
		}
		dots = append(dots, d)
	}
	return dots, touching > len(dots)/2
}

// outermost returns the first dot of the patch that is met from a side along one row or column.
func (p *patch) outermost(side, at int) (d point, border, ok bool) {
	n := p.h
	if side == 1 || side == 3 {
		n = p.w
	}
	for k := range n {
		x, y := at, k
		switch side {
		case 1:
			x, y = p.w-1-k, at
		case 2:
			y = p.h - 1 - k
		case 3:
			x, y = k, at
		}
		if p.on[y*p.w+x] {
			return point{float64(x), float64(y)}, k < borderDots, true
		}
	}
	return point{}, false, false
}

// otsu returns the brightness that best parts a picture's dots in two (Otsu 1979), and how far their means lie apart.
func otsu(g *image.Gray) (cut uint8, apart float64) {
	var hist [256]float64
	total, sum := 0.0, 0.0
	for _, v := range g.Pix {
		hist[v]++
		total++
		sum += float64(v)
	}
	below, belowSum, best := 0.0, 0.0, -1.0
	for v, n := range hist {
		below += n
		belowSum += n * float64(v)
		if below == 0 || below == total {
			continue
		}
		gap := (sum-belowSum)/(total-below) - belowSum/below
		if between := below * (total - below) * gap * gap; between > best {
			best, cut, apart = between, uint8(min(255, v+1)), gap
		}
	}
	return cut, apart
}
