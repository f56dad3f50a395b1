package notify

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"referrald/triage"
)

// The chart's measures, in dots; it is shown at half of them, so that it is sharp on dense screens.
const (
	chartWidth  = 1180
	chartHeight = 440
	chartLeft   = 64
	chartRight  = 20
	chartTop    = 74
	chartBottom = 56
)

var (
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink   = color.RGBA{0x1b, 0x27, 0x33, 0xff}
	faint = color.RGBA{0xd5, 0xdb, 0xe1, 0xff}
)

// A canvas is the picture with what draws on it.
type canvas struct {
	*image.Paletted
	small, strong font.Face
}

// chart draws the weeks' outcomes as standing bars, one colour each, with their numbers where they fit.
func (c *Composer) chart(all []Week) ([]byte, error) {
	weeks := recent(all)
	shown := columns(weeks)
	p, err := newCanvas()
	if err != nil {
		return nil, fmt.Errorf("drawing the chart: %w", err)
	}
	p.legend(shown)
	top := roundUp(highest(weeks, shown))
	p.lines(top)
	step := float64(chartWidth-chartLeft-chartRight) / float64(len(weeks))
	for i, w := range weeks {
		middle := chartLeft + int(step*(float64(i)+0.5))
		p.bar(w, shown, middle, min(int(step*0.62), 84), top)
		p.centred(p.small, w.Start.In(c.policy.London).Format("2 Jan"), middle, chartHeight-chartBottom+34)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p.Paletted); err != nil {
		return nil, fmt.Errorf("drawing the chart: %w", err)
	}
	return out.Bytes(), nil
}

func newCanvas() (*canvas, error) {
	small, err := face(goregular.TTF, 22)
	if err != nil {
		return nil, err
	}
	strong, err := face(gomedium.TTF, 22)
	if err != nil {
		return nil, err
	}
	p := &canvas{image.NewPaletted(image.Rect(0, 0, chartWidth, chartHeight), palette()), small, strong}
	p.fill(p.Bounds(), paper)
	return p, nil
}

func face(ttf []byte, size float64) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
}

// palette holds the colours and, for the letters' edges, what lies between them and what they stand on.
func palette() color.Palette {
	p := color.Palette{paper, ink, faint}
	between := func(a, b color.RGBA) {
		for i := 1; i < 8; i++ {
			p = append(p, mixed(a, b, i, 8))
		}
	}
	between(paper, ink)
	for _, o := range charted {
		colour := colourOf(o.outcome)
		p = append(p, colour)
		between(colour, lettersOn(colour))
	}
	return p
}

func mixed(a, b color.RGBA, i, of int) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8((int(x)*(of-i) + int(y)*i) / of) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

func colourOf(o triage.Outcome) color.RGBA {
	n, err := strconv.ParseUint(tone(string(o))[1:], 16, 32)
	if err != nil {
		return ink
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
}

// lettersOn returns the colour in which letters can be read on another: white on dark ones, ink on light ones.
func lettersOn(c color.RGBA) color.RGBA {
	if 299*int(c.R)+587*int(c.G)+114*int(c.B) < 110_000 {
		return paper
	}
	return ink
}

// legend names the colours along the top.
func (p *canvas) legend(shown []triage.Outcome) {
	x := chartLeft
	for _, o := range shown {
		p.fill(image.Rect(x, 20, x+26, 46), colourOf(o))
		x = p.text(p.small, outcomeWord(o), x+36, 41, ink) + 38
	}
}

// lines draws the scale.
func (p *canvas) lines(top int) {
	for i := 0; i <= 4; i++ {
		n := top * i / 4
		y := height(n, top)
		p.fill(image.Rect(chartLeft, y-1, chartWidth-chartRight, y+1), faint)
		label := strconv.Itoa(n)
		p.text(p.small, label, chartLeft-14-font.MeasureString(p.small, label).Ceil(), y+8, ink)
	}
}

// bar draws one week, the first outcome lowest.
func (p *canvas) bar(w Week, shown []triage.Outcome, middle, width, top int) {
	sum := 0
	for _, o := range shown {
		n := max(0, w.Counts[o])
		if n == 0 {
			continue
		}
		from, to := height(sum, top), height(sum+n, top)
		sum += n
		colour := colourOf(o)
		p.fill(image.Rect(middle-width/2, to, middle+width/2, from), colour)
		p.fill(image.Rect(middle-width/2, to, middle+width/2, to+2), paper)
		if from-to >= 26 {
			label := strconv.Itoa(n)
			p.text(p.strong, label, middle-font.MeasureString(p.strong, label).Ceil()/2, (from+to)/2+9, lettersOn(colour))
		}
	}
}

func height(n, top int) int {
	return chartHeight - chartBottom - n*(chartHeight-chartTop-chartBottom)/top
}

// fill writes whole rows of one colour: the library's own drawing looks each dot's colour up.
func (p *canvas) fill(r image.Rectangle, c color.Color) {
	r = r.Intersect(p.Rect)
	index := byte(p.Palette.Index(c))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := p.Pix[p.PixOffset(r.Min.X, y):p.PixOffset(r.Max.X, y)]
		for i := range row {
			row[i] = index
		}
	}
}

func (p *canvas) centred(f font.Face, s string, x, y int) {
	p.text(f, s, x-font.MeasureString(f, s).Ceil()/2, y, ink)
}

// text writes a word and returns where it ends.
func (p *canvas) text(f font.Face, s string, x, y int, c color.Color) int {
	d := font.Drawer{Dst: p, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(s)
	return d.Dot.X.Ceil()
}

func highest(weeks []Week, shown []triage.Outcome) (most int) {
	for _, w := range weeks {
		sum := 0
		for _, o := range shown {
			sum += max(0, w.Counts[o])
		}
		most = max(most, sum)
	}
	return most
}

// roundUp returns the scale's top: a number that four lines divide.
func roundUp(n int) int {
	for unit := 4; ; unit *= 10 {
		for _, times := range []int{1, 2, 3, 5} {
			if n <= unit*times {
				return unit * times
			}
		}
	}
}
