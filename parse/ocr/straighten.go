package ocr

import (
	"image"
	"math"
)

// The size of a sheet of A4 in dots, and when a shape is taken for one.
const (
	a4Short    = 1654
	a4Long     = 2339
	leastA4    = 1.22 // long by short side as a camera may see them
	mostA4     = 1.65
	inset      = 0.004 // of the sheet, cut off where its edge may be seen
	worthwhile = 0.0015
	mostLean   = 0.2
	mostPage   = 20 << 20
)

// A view is a page on its way to being level and square: where each of its dots stands in the picture.
type view struct {
	picture *image.Gray
	source  homography
	w, h    int
}

// newView looks at a picture as it is or, where it shows a sheet of paper on a ground, at the sheet.
func newView(g *image.Gray, dpi float64) view {
	if q, ok := outline(g); ok {
		w, h := q.sheet()
		fw, fh := float64(w), float64(h)
		dx, dy := inset*fw, inset*fh
		if m, ok := mapping(quad{{-dx, -dy}, {fw + dx, -dy}, {fw + dx, fh + dy}, {-dx, fh + dy}}, q); ok {
			return view{g, m, w, h}
		}
	}
	scale := dpi / pageDPI
	w, h := float64(g.Rect.Dx())/scale, float64(g.Rect.Dy())/scale
	if w*h > mostPage {
		more := math.Sqrt(w * h / mostPage)
		w, h, scale = w/more, h/more, scale*more
	}
	return view{g, homography{scale, 0, (scale - 1) / 2, 0, scale, (scale - 1) / 2, 0, 0, 1}, max(2, int(w)), max(2, int(h))}
}

// sheet returns the size of the sheet that a quad shows: A4 if its sides allow it.
func (q quad) sheet() (w, h int) {
	top, right, bottom, left := q.lengths()
	across, down := (top+bottom)/2, (left+right)/2
	switch {
	case down > leastA4*across && down < mostA4*across:
		return a4Short, a4Long
	case across > leastA4*down && across < mostA4*down:
		return a4Long, a4Short
	case down > across:
		return int(a4Long * across / down), a4Long
	}
	return a4Long, int(a4Long * down / across)
}

// draw returns the page as seen.
func (v *view) draw() *image.Gray { return warp(v.picture, v.source, v.w, v.h) }

// level turns the view so that lines of writing run level, and returns the page.
func (v *view) level() *image.Gray {
	g := v.draw()
	a := skew(g)
	if math.Abs(a) < worthwhile {
		return g
	}
	v.source = v.source.after(rotation(a, v.w, v.h))
	return v.draw()
}

// square takes out what is left of the camera's perspective, judging by the drawn rules, and tells whether it did.
func (v *view) square(r *rules) bool {
	cx, cy := float64(v.w)/2, float64(v.h)/2
	across, ok := lean(r.level, cx, float64(v.h))
	if !ok {
		return false
	}
	down, ok := lean(r.upright, cy, float64(v.w))
	if !ok {
		down = line{at: -across.value(cy)}
	}
	if small(across, float64(v.h)) && small(down, float64(v.w)) {
		return false
	}
	levelAt := func(y float64) line { s := across.value(y); return line{y - s*cx, s} }
	uprightAt := func(x float64) line { s := down.value(x); return line{x - s*cy, s} }
	top, bottom := levelAt(0), levelAt(float64(v.h))
	left, right := uprightAt(0), uprightAt(float64(v.w))
	to := quad{crossing(top, left), crossing(top, right), crossing(bottom, right), crossing(bottom, left)}
	w, h := float64(v.w), float64(v.h)
	m, ok := mapping(quad{{0, 0}, {w, 0}, {w, h}, {0, h}}, to)
	if ok {
		v.source = v.source.after(m)
	}
	return ok
}

func small(l line, size float64) bool {
	return math.Abs(l.at) < worthwhile && math.Abs(l.value(size)) < worthwhile
}

// lean returns how the slope of rules changes over the page: linear in where they cross its middle, since all pass
// through one vanishing point. It is false where there are too few rules to tell.
func lean(rs []rule, middle, size float64) (line, bool) {
	var where, slope []float64
	var f fit
	for i := range rs {
		if r := &rs[i]; r.length() > 0.8*inch && math.Abs(r.slope) < mostLean {
			where, slope = append(where, r.value(middle)), append(slope, r.slope)
		}
	}
	if len(where) < 2 {
		return line{}, false
	}
	typical := median(slope)
	low, high := math.Inf(1), math.Inf(-1)
	for i, at := range where {
		if math.Abs(slope[i]-typical) < 0.04 {
			f.add(at, slope[i], 1)
			low, high = min(low, at), max(high, at)
		}
	}
	if f.n < 3 || high-low < 0.25*size {
		return line{at: typical}, true
	}
	return f.line(), true
}
