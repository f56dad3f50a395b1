package ocr

import (
	"image"
	"math"
)

// A point is a place on a picture, in dots.
type point struct{ x, y float64 }

// A quad is four corners: top left, top right, bottom right, bottom left.
type quad [4]point

// A homography maps the places of one view of a plane to those of another, as a camera does. Rows of a 3 by 3 matrix.
type homography [9]float64

var identity = homography{1, 0, 0, 0, 1, 0, 0, 0, 1}

// at returns where a place is mapped to.
func (h homography) at(x, y float64) (float64, float64) {
	w := h[6]*x + h[7]*y + h[8]
	return (h[0]*x + h[1]*y + h[2]) / w, (h[3]*x + h[4]*y + h[5]) / w
}

// after returns the mapping that applies first and then h.
func (h homography) after(first homography) homography {
	var out homography
	for r := range 3 {
		for c := range 3 {
			for k := range 3 {
				out[3*r+c] += h[3*r+k] * first[3*k+c]
			}
		}
	}
	return out
}

// mapping returns the homography that takes the corners of from to those of to, and whether there is one.
func mapping(from, to quad) (homography, bool) {
	var m [8][9]float64
	for i := range 4 {
		f, t := from[i], to[i]
		m[2*i] = [9]float64{f.x, f.y, 1, 0, 0, 0, -f.x * t.x, -f.y * t.x, t.x}
		m[2*i+1] = [9]float64{0, 0, 0, f.x, f.y, 1, -f.x * t.y, -f.y * t.y, t.y}
	}
	if !eliminate(&m) {
		return identity, false
	}
	var h homography
	for i := range 8 {
		h[i] = m[i][8]
	}
	h[8] = 1
	return h, true
}

// eliminate solves eight linear equations in place, by Gauss and Jordan with pivots.
func eliminate(m *[8][9]float64) bool {
	for c := range 8 {
		best := c
		for r := c + 1; r < 8; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[best][c]) {
				best = r
			}
		}
		if math.Abs(m[best][c]) < 1e-9 {
			return false
		}
		m[c], m[best] = m[best], m[c]
		pivot := m[c][c]
		for k := range 9 {
			m[c][k] /= pivot
		}
		for r := range 8 {
			if f := m[r][c]; r != c && f != 0 {
				for k := range 9 {
					m[r][k] -= f * m[c][k]
				}
			}
		}
	}
	return true
}

// rotation returns the mapping that turns by an angle about the middle of a picture.
func rotation(angle float64, w, h int) homography {
	s, c := math.Sincos(angle)
	cx, cy := float64(w)/2, float64(h)/2
	return homography{c, -s, cx - c*cx + s*cy, s, c, cy - s*cx - c*cy, 0, 0, 1}
}

// warp draws a picture of size w by h, each dot taken from where source says it stands in g; paper outside is white.
func warp(g *image.Gray, source homography, w, h int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		row := out.Pix[y*out.Stride:][:w]
		fy := float64(y)
		nx, ny, nw := source[1]*fy+source[2], source[4]*fy+source[5], source[7]*fy+source[8]
		for x := range row {
			inv := 1 / nw
			row[x] = sample(g, nx*inv, ny*inv)
			nx, ny, nw = nx+source[0], ny+source[3], nw+source[6]
		}
	}
	return out
}

// sample returns the brightness between four dots.
func sample(g *image.Gray, x, y float64) uint8 {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if !(x > -1 && y > -1 && x < float64(w) && y < float64(h)) {
		return 255
	}
	x0, y0 := max(0, min(int(x), w-2)), max(0, min(int(y), h-2))
	fx := int(256 * max(0, min(1, x-float64(x0))))
	fy := int(256 * max(0, min(1, y-float64(y0))))
	p := g.Pix[y0*g.Stride+x0:]
	top := int(p[0])*(256-fx) + int(p[1])*fx
	low := int(p[g.Stride])*(256-fx) + int(p[g.Stride+1])*fx
	return uint8((top*(256-fy) + low*fy) >> 16)
}
