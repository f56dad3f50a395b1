package pdf

import "referrald/parse/document"

// A canvas is one page as painted: what the layout is made from, in painting order.
type canvas struct {
	number   int
	frame    box     // the visible page
	above    *box    // the table at the foot of the page before
	right    float64 // how far to the right the words of this page and of those before it go
	glyphs   []glyph
	turned   []glyph // text that does not run from left to right
	lines    []stroke
	fills    []fill
	covers   []cover
	shapes   []shape // small drawings: boxes, ticks, bullets
	widgets  []widget
	rings    []shape // stroked lines that go round something
	marked   []markedWords
	notes    []note
	pictures []box
	penned   []box // strokes of ink that are larger than a tick
	written  bool  // by hand: what it says is not read
	empty    bool  // nothing at all was painted; only of the picture of a field
	opaque   int   // visible glyphs whose character the file does not say
	gaps     bool  // some of them stand in words
}

// A glyph is one painted character, or a few where a font draws them as one.
type glyph struct {
	sign
	x0, x1 float64 // from its origin to the next
	y      float64 // the baseline
	size   float64
	style  document.Style
	order  int  // in painting order, over the whole page
	hidden bool // painted invisibly: a scanner's hidden text
	heading
}

// heading says which way a turned glyph's line runs.
type heading struct{ dx, dy float64 }

// middle returns the point inside the glyph that decides where it belongs.
func (g *glyph) middle() (x, y float64) { return (g.x0 + g.x1) / 2, g.y - 0.3*g.size }

// A stroke is a straight horizontal or vertical line, or a filled rectangle thin enough to be seen as one.
type stroke struct {
	x0, y0, x1, y1 float64
	shape          int // the small drawing that it is part of; -1 for none
	order          int
}

func (s stroke) horizontal() bool { return s.x1-s.x0 >= s.y1-s.y0 }

// A fill is a coloured rectangle.
type fill struct {
	box
	colour
	order int
}

// A shape is a drawing small enough to be a box or a tick.
type shape struct {
	box
	paths          [][]point
	filled, inked  bool // inked: stroked
	fill, ink      colour
	curved, square bool
	hand           bool // of an annotation: somebody drew it onto the page
	order          int
}

// A colour has its parts from 0 to 1.
type colour struct{ r, g, b float64 }

func grey(v float64) colour { return colour{v, v, v} }

// bright returns the luminance.
func (c colour) bright() float64 { return 0.3*c.r + 0.59*c.g + 0.11*c.b }

// vivid returns the distance between the strongest and the weakest part: 0 for grey.
func (c colour) vivid() float64 {
	return max(c.r, c.g, c.b) - min(c.r, c.g, c.b)
}

// white tells whether the colour cannot be seen on paper.
func (c colour) white() bool { return c.bright() > 0.97 }

// inked returns the style of letters of the colour.
func (c colour) inked(s document.Style) document.Style {
	return s.Inked(int(255*c.r), int(255*c.g), int(255*c.b))
}
