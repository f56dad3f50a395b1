package ocr

import "image"

// How ink is told from paper: darker than the mean around it by both a share and a number of steps.
const (
	windowsAcross = 25
	inkShare      = 82 // percent of the mean around
	inkSteps      = 16
	fewDots       = 400
	paperWhite    = 265 // what the mean around becomes: grain and folds of the paper vanish
)

// An ink is a picture of two colours: 1 where there is ink.
type ink struct {
	w, h int
	dot  []uint8
}

func newInk(w, h int) *ink { return &ink{w, h, make([]uint8, w*h)} }

// at tells whether there is ink at a place; there is none outside.
func (k *ink) at(x, y int) bool {
	return x >= 0 && y >= 0 && x < k.w && y < k.h && k.dot[y*k.w+x] != 0
}

// blank tells a page without any line of writing.
func (k *ink) blank() bool { return k.count(0, 0, k.w-1, k.h-1) < fewDots }

// count returns the dots of ink in a rectangle, its far edges included.
func (k *ink) count(x0, y0, x1, y1 int) int {
	n := 0
	for y := max(0, y0); y <= min(y1, k.h-1); y++ {
		for x := max(0, x0); x <= min(x1, k.w-1); x++ {
			n += int(k.dot[y*k.w+x])
		}
	}
	return n
}

// clear takes the ink out of a rectangle, its far edges included.
func (k *ink) clear(x0, y0, x1, y1 int) {
	for y := max(0, y0); y <= min(y1, k.h-1); y++ {
		for x := max(0, x0); x <= min(x1, k.w-1); x++ {
			k.dot[y*k.w+x] = 0
		}
	}
}

// without returns the ink with marks taken out.
func (k *ink) without(ms []mark) *ink {
	out := &ink{k.w, k.h, append([]uint8(nil), k.dot...)}
	for _, m := range ms {
		r := m.grow(halo)
		out.clear(r.x0, r.y0, r.x1, r.y1)
	}
	return out
}

// transposed returns the ink with rows and columns exchanged.
func (k *ink) transposed() *ink {
	out := newInk(k.h, k.w)
	const tile = 32 // keeps both pictures' rows in the processor's cache
	for ty := 0; ty < k.h; ty += tile {
		for tx := 0; tx < k.w; tx += tile {
			for y := ty; y < min(ty+tile, k.h); y++ {
				for x := tx; x < min(tx+tile, k.w); x++ {
					out.dot[x*k.h+y] = k.dot[y*k.w+x]
				}
			}
		}
	}
	return out
}

// inked finds the ink of a page and returns with it the page with its shades evened out: paper white, ink as dark
// against it as it was.
func inked(g *image.Gray) (*ink, *image.Gray) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	k, flat := newInk(w, h), image.NewGray(g.Rect)
	s := newSums(g)
	r := max(8, w/windowsAcross/2)
	for y := range h {
		for x := range w {
			mean := s.mean(x-r, y-r, x+r, y+r)
			v := int(g.Pix[y*g.Stride+x])
			if v*100 < mean*inkShare && mean-v > inkSteps {
				k.dot[y*w+x] = 1
			}
			flat.Pix[y*flat.Stride+x] = uint8(min(255, v*paperWhite/max(mean, 1)))
		}
	}
	return k, flat
}

// sums is an integral image: the sum of all dots above and to the left.
type sums struct {
	w, h int
	sum  []uint32
}

func newSums(g *image.Gray) *sums {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	s := &sums{w, h, make([]uint32, (w+1)*(h+1))}
	for y := range h {
		row := uint32(0)
		above, here := s.sum[y*(w+1):], s.sum[(y+1)*(w+1):]
		for x, v := range g.Pix[y*g.Stride:][:w] {
			row += uint32(v)
			here[x+1] = above[x+1] + row
		}
	}
	return s
}

// mean returns the mean brightness of a rectangle as far as it lies on the picture.
func (s *sums) mean(x0, y0, x1, y1 int) int {
	x0, y0, x1, y1 = max(0, x0), max(0, y0), min(s.w, x1+1), min(s.h, y1+1)
	w := s.w + 1
	total := s.sum[y1*w+x1] - s.sum[y0*w+x1] - s.sum[y1*w+x0] + s.sum[y0*w+x0]
	return int(total) / ((x1 - x0) * (y1 - y0))
}
