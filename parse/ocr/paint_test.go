package ocr

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"referrald/parse/document"
)

// A painter draws the pages that the tests read, at pageDPI.
type painter struct {
	*image.Gray
	plain, bold font.Face
}

var (
	white   = color.Gray{Y: 255}
	regular = goregular.TTF
	heavy   = gobold.TTF
)

func newPainter(t testing.TB) *painter {
	t.Helper()
	p := &painter{image.NewGray(image.Rect(0, 0, a4Short, a4Long)), face(t, regular, 11), face(t, heavy, 11)}
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	return p
}

func face(t testing.TB, ttf []byte, points float64) font.Face {
	t.Helper()
	f, err := opentype.Parse(ttf)
	if err != nil {
		t.Fatal(err)
	}
	out, err := opentype.NewFace(f, &opentype.FaceOptions{Size: points, DPI: pageDPI, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// text writes a line on its baseline and returns where it ends.
func (p *painter) text(f font.Face, x, y int, s string) int {
	d := font.Drawer{Dst: p, Src: image.Black, Face: f, Dot: fixed.P(x, y)}
	d.DrawString(s)
	return d.Dot.X.Round()
}

func (p *painter) fill(x0, y0, x1, y1 int) {
	draw.Draw(p, image.Rect(x0, y0, x1, y1), image.Black, image.Point{}, draw.Src)
}

// stroke draws a line of a pen.
func (p *painter) stroke(x0, y0, x1, y1, wide float64) {
	n := int(math.Hypot(x1-x0, y1-y0)*2) + 1
	for i := range n + 1 {
		f := float64(i) / float64(n)
		x, y := x0+(x1-x0)*f, y0+(y1-y0)*f
		p.fill(int(x-wide/2), int(y-wide/2), int(x+wide/2)+1, int(y+wide/2)+1)
	}
}

// table draws a grid of rules.
func (p *painter) table(xs, ys []int) {
	for _, x := range xs {
		p.fill(x, ys[0], x+2, ys[len(ys)-1]+2)
	}
	for _, y := range ys {
		p.fill(xs[0], y, xs[len(xs)-1]+2, y+2)
	}
}

// How a box was filled in.
const (
	empty = iota
	cross
	ticked
	overshot
	blot
)

// box draws a square box and what is in it.
func (p *painter) box(x, y, side, filling int) {
	p.fill(x, y, x+side, y+2)
	p.fill(x, y+side-2, x+side, y+side)
	p.fill(x, y, x+2, y+side)
	p.fill(x+side-2, y, x+side, y+side)
	fx, fy, s := float64(x), float64(y), float64(side)
	switch filling {
	case cross:
		p.stroke(fx+4, fy+4, fx+s-4, fy+s-4, 2)
		p.stroke(fx+4, fy+s-4, fx+s-4, fy+4, 2)
	case ticked:
		p.tick(fx+4, fy+4, s-8, 3)
	case overshot:
		p.tick(fx+3, fy-s*0.2, s*1.15, 3)
	case blot:
		p.fill(x+4, y+4, x+side-4, y+side-4)
	}
}

// tick draws a tick within a square.
func (p *painter) tick(x, y, side, wide float64) {
	p.stroke(x, y+0.55*side, x+0.3*side, y+side, wide)
	p.stroke(x+0.3*side, y+side, x+side, y, wide)
}

// noisy adds the grain of a sensor.
func noisy(g *image.Gray, sigma float64) *image.Gray {
	r := rand.New(rand.NewPCG(1, 2))
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = uint8(max(0, min(255, float64(v)*0.9+r.NormFloat64()*sigma)))
	}
	return out
}

// twoColoured makes a picture black and white, as a fax does.
func twoColoured(g *image.Gray) *image.Gray {
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		if v > 128 {
			out.Pix[i] = 255
		}
	}
	return out
}

// askew turns a page by degrees.
func askew(g *image.Gray, degrees float64) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	return warp(g, rotation(degrees*math.Pi/180, w, h), w, h)
}

// photographed shows a page lying on a dark table, seen at a slant and with its light falling off.
func photographed(t testing.TB, g *image.Gray) *image.Gray {
	t.Helper()
	w, h := float64(g.Rect.Dx()), float64(g.Rect.Dy())
	seen := quad{{90, 120}, {w - 20, 60}, {w + 80, h + 40}, {30, h - 30}}
	m, ok := mapping(seen, quad{{0, 0}, {w, 0}, {w, h}, {0, h}})
	if !ok {
		t.Fatal("no such view")
	}
	out := image.NewGray(image.Rect(0, 0, int(w)+140, int(h)+120))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			v := 60.0
			if sx, sy := m.at(float64(x), float64(y)); sx >= 0 && sy >= 0 && sx < w-1 && sy < h-1 {
				v = float64(sample(g, sx, sy)) * (0.95 - 0.25*float64(x)/w)
			}
			out.SetGray(x, y, color.Gray{Y: uint8(v)})
		}
	}
	return out
}

func scanOf(t testing.TB, g *image.Gray) document.Scan {
	t.Helper()
	data, err := encode(g)
	if err != nil {
		t.Fatal(err)
	}
	return document.Scan{Page: 1, DPI: pageDPI, PNG: data}
}
