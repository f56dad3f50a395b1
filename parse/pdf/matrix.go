package pdf

import "math"

// A matrix is a PDF transformation: x' = ax + cy + e, y' = bx + dy + f (ISO 32000-1, 8.3.3).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times returns the transformation that applies m first and n after it.
func (m matrix) times(n matrix) matrix {
	return matrix{
		a: m.a*n.a + m.b*n.c, b: m.a*n.b + m.b*n.d,
		c: m.c*n.a + m.d*n.c, d: m.c*n.b + m.d*n.d,
		e: m.e*n.a + m.f*n.c + n.e, f: m.e*n.b + m.f*n.d + n.f,
	}
}

// at returns where the point (x, y) comes to stand.
func (m matrix) at(x, y float64) point {
	return point{m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f}
}

// scale returns by how much lengths grow, on average over both axes.
func (m matrix) scale() float64 {
	return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c))
}

// sane tells whether every number of m is finite and small enough to compute with.
func (m matrix) sane() bool {
	for _, v := range [...]float64{m.a, m.b, m.c, m.d, m.e, m.f} {
		if math.IsNaN(v) || math.Abs(v) > 1e9 {
			return false
		}
	}
	return true
}

// A point stands on the page, in points from its top left corner.
type point struct{ x, y float64 }

// A box is a rectangle on the page, in points from its top left corner; y grows downwards.
type box struct{ x0, y0, x1, y1 float64 }

// around returns the smallest box that holds all points, and false for none.
func around(pts []point) (box, bool) {
	if len(pts) == 0 {
		return box{}, false
	}
	b := box{pts[0].x, pts[0].y, pts[0].x, pts[0].y}
	for _, p := range pts[1:] {
		b = b.with(p)
	}
	return b, true
}

func (b box) with(p point) box {
	return box{min(b.x0, p.x), min(b.y0, p.y), max(b.x1, p.x), max(b.y1, p.y)}
}

func (b box) union(o box) box {
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

func (b box) clip(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

func (b box) grow(by float64) box {
	return box{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by}
}

func (b box) width() float64  { return b.x1 - b.x0 }
func (b box) height() float64 { return b.y1 - b.y0 }
func (b box) area() float64   { return max(0, b.width()) * max(0, b.height()) }

func (b box) holds(x, y float64) bool {
	return x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1
}

func (b box) meets(o box) bool {
	return b.x0 <= o.x1 && o.x0 <= b.x1 && b.y0 <= o.y1 && o.y0 <= b.y1
}

// mapped returns the box around b's corners after m.
func (b box) mapped(m matrix) box {
	c := [4]point{m.at(b.x0, b.y0), m.at(b.x1, b.y0), m.at(b.x1, b.y1), m.at(b.x0, b.y1)}
	out, _ := around(c[:])
	return out
}
