package ocr

import "referrald/parse/document"

// pageDPI is the density at which pages are read, and inches and points in its dots.
const (
	pageDPI = 200
	inch    = float64(pageDPI)
	dot     = 72 / inch // in points
)

// A rect is a block of dots, its far edges included.
type rect struct{ x0, y0, x1, y1 int }

func (r rect) width() int  { return r.x1 - r.x0 + 1 }
func (r rect) height() int { return r.y1 - r.y0 + 1 }

func (r rect) middle() point {
	return point{float64(r.x0+r.x1) / 2, float64(r.y0+r.y1) / 2}
}

func (r rect) grow(n int) rect { return rect{r.x0 - n, r.y0 - n, r.x1 + n, r.y1 + n} }

func (r rect) union(o rect) rect {
	return rect{min(r.x0, o.x0), min(r.y0, o.y0), max(r.x1, o.x1), max(r.y1, o.y1)}
}

func (r rect) overlaps(o rect) bool {
	return r.x0 <= o.x1 && o.x0 <= r.x1 && r.y0 <= o.y1 && o.y0 <= r.y1
}

// points returns the rectangle in points.
func (r rect) points() document.Rect {
	return document.Rect{X0: float64(r.x0) * dot, Y0: float64(r.y0) * dot, X1: float64(r.x1+1) * dot, Y1: float64(r.y1+1) * dot}
}
