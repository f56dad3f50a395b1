package pdf

import (
	"math"
	"strings"

	"referrald/parse/document"
)

// Sizes of a drawn box, in points.
const (
	boxMin    = 5.5
	boxMax    = 24.0
	boxUneven = 0.25 // how much longer one side may be
)

// A tick is a box or a tick at its place on the page.
type tick struct {
	box
	mark   document.Mark
	source document.Source
	text   string
}

// drawnBoxes finds the squares and circles that are drawn as boxes, tells by the ink inside whether they are ticked,
// and takes their lines and the letters typed into them off the canvas.
func (c *canvas) drawnBoxes() []tick {
	frames := c.frames()
	used := make([]bool, len(c.shapes))
	var ticks []tick
	for _, f := range frames {
		t := tick{box: f, mark: document.Unticked, source: document.Drawn}
		typed, foreign := c.typedInto(f)
		if foreign || c.ringed(f) {
			continue // words stand inside: a small cell, or a ring around an answer
		}
		if typed || c.inked(f) {
			t.mark = document.Ticked
		}
		if !c.fielded(f) {
			ticks = append(ticks, t)
		}
		inside := f.grow(1.2)
		for i, s := range c.shapes {
			used[i] = used[i] || inside.holds(s.x0, s.y0) && inside.holds(s.x1, s.y1)
		}
		c.dropGlyphs(f)
		c.dropLines(inside)
	}
	kept := c.lines[:0]
	for _, l := range c.lines {
		if l.shape < 0 || !used[l.shape] {
			kept = append(kept, l)
		}
	}
	c.lines = kept
	return ticks
}

// fielded tells whether a button of the form stands in a drawn box: then the form says its state.
func (c *canvas) fielded(f box) bool {
	for i := range c.widgets {
		w := &c.widgets[i]
		if w.mark != document.NoMark && (w.holds((f.x0+f.x1)/2, (f.y0+f.y1)/2) || f.holds((w.x0+w.x1)/2, (w.y0+w.y1)/2)) {
			return true
		}
	}
	return false
}

// frames returns where drawn boxes may stand, each place once.
func (c *canvas) frames() []box {
	var found []box
	add := func(b box) {
		for i, f := range found {
			if b.grow(1).holds((f.x0+f.x1)/2, (f.y0+f.y1)/2) && f.grow(1).holds((b.x0+b.x1)/2, (b.y0+b.y1)/2) {
				found[i] = f.union(b)
				return
			}
		}
		if len(found) < 2000 {
			found = append(found, b)
		}
	}
	for i := range c.shapes {
		s := &c.shapes[i]
		if s.hand || !boxSized(s.box) || !s.outline() {
			continue
		}
		if s.inked && !s.ink.white() || c.whiteGround(i) {
			add(s.box)
		}
	}
	for _, b := range c.fourLines() {
		add(b)
	}
	return c.alone(found)
}

func boxSized(b box) bool {
	w, h := b.width(), b.height()
	return w >= boxMin && h >= boxMin && w <= boxMax && h <= boxMax && math.Abs(w-h) <= boxUneven*max(w, h)
}

// outline tells whether the shape goes all the way round its box, as a square or a circle does and a tick does not: its
// points reach the middle of all four sides.
func (s *shape) outline() bool {
	if s.square {
		return true
	}
	for _, part := range s.paths {
		b, _ := around(part)
		if len(part) < 5 || b.area() < 0.8*s.area() || !closed(part) {
			continue
		}
		if math.Abs(area(part)) > 0.7*b.area() {
			return true
		}
	}
	return false
}

func closed(part []point) bool {
	a, b := part[0], part[len(part)-1]
	return math.Abs(a.x-b.x) < 1 && math.Abs(a.y-b.y) < 1
}

// area returns the signed area inside a closed line.
func area(part []point) float64 {
	sum := 0.0
	for i := range part {
		j := (i + 1) % len(part)
		sum += part[i].x*part[j].y - part[j].x*part[i].y
	}
	return sum / 2
}

// whiteGround tells whether shape i is a white area that other drawings of its size stand on or under: how browsers
// paint their input elements.
func (c *canvas) whiteGround(i int) bool {
	s := &c.shapes[i]
	if !s.filled || !s.fill.white() {
		return false
	}
	for j := range c.shapes {
		o := &c.shapes[j]
		if j != i && o.filled && !o.fill.white() && boxSized(o.box) && o.outline() && s.grow(2.5).holds(o.x0, o.y0) &&
			s.grow(2.5).holds(o.x1, o.y1) {
			return true
		}
	}
	return false
}

// fourLines finds squares drawn as four separate lines: short ones, so that the cells of a table are none.
func (c *canvas) fourLines() []box {
	const near = 1.2
	var across, down []stroke
	for _, l := range c.lines {
		if l.x1-l.x0 >= boxMin && l.x1-l.x0 <= boxMax {
			across = append(across, l)
		}
		if l.y1-l.y0 >= boxMin && l.y1-l.y0 <= boxMax {
			down = append(down, l)
		}
	}
	if len(across) > 4000 || len(down) > 4000 {
		return nil
	}
	var out []box
	for _, top := range across {
		left, right := false, false
		bottom := 0.0
		for _, d := range down {
			if math.Abs(d.y0-top.y0) > near || math.Abs((d.y1-d.y0)-(top.x1-top.x0)) > near+2 {
				continue
			}
			left = left || math.Abs(d.x0-top.x0) <= near
			right = right || math.Abs(d.x0-top.x1) <= near
			bottom = d.y1
		}
		if !left || !right {
			continue
		}
		for _, low := range across {
			if math.Abs(low.y0-bottom) <= near && math.Abs(low.x0-top.x0) <= near && math.Abs(low.x1-top.x1) <= near {
				out = append(out, box{top.x0, top.y0, top.x1, low.y0})
				break
			}
		}
	}
	return out
}

// alone drops the frames whose sides go on beyond them or that share a side with another: they are cells of a table or
// of a comb for single letters.
func (c *canvas) alone(frames []box) []box {
	var out []box
	for _, f := range frames {
		if !shared(f, frames) && !c.continued(f) {
			out = append(out, f)
		}
	}
	return out
}

func shared(f box, frames []box) bool {
	const near = 0.7
	for _, o := range frames {
		if o == f {
			continue
		}
		level := math.Abs(o.y0-f.y0) < near && math.Abs(o.y1-f.y1) < near
		upright := math.Abs(o.x0-f.x0) < near && math.Abs(o.x1-f.x1) < near
		if level && (math.Abs(o.x1-f.x0) < near || math.Abs(o.x0-f.x1) < near) ||
			upright && (math.Abs(o.y1-f.y0) < near || math.Abs(o.y0-f.y1) < near) {
			return true
		}
	}
	return false
}

// continued tells whether at least two lines run along a side of the frame and on beyond its corners.
func (c *canvas) continued(f box) bool {
	const near, beyond = 0.7, 2.0
	n := 0
	for _, l := range c.lines {
		if l.horizontal() {
			along := math.Abs(l.y0-f.y0) < near || math.Abs(l.y0-f.y1) < near
			if along && l.x0 < f.x1 && l.x1 > f.x0 && (l.x0 < f.x0-beyond || l.x1 > f.x1+beyond) {
				n++
			}
			continue
		}
		along := math.Abs(l.x0-f.x0) < near || math.Abs(l.x0-f.x1) < near
		if along && l.y0 < f.y1 && l.y1 > f.y0 && (l.y0 < f.y0-beyond || l.y1 > f.y1+beyond) {
			n++
		}
	}
	return n >= 3
}

// typedInto tells whether a tick was typed into a box, and whether other words stand in it.
func (c *canvas) typedInto(f box) (ticked, foreign bool) {
	inside := f.grow(0.5)
	var typed strings.Builder
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if x, y := g.middle(); g.blank || g.hidden || !inside.holds(x, y) {
			continue
		}
		if g.mark == document.Unticked { // a box glyph with a frame around it
			continue
		}
		if g.mark == document.Ticked {
			ticked = true
			continue
		}
		typed.WriteString(g.text)
	}
	switch {
	case typed.Len() == 0:
		return ticked, false
	case tickWord(typed.String()):
		return true, false
	}
	return false, true
}

// tickWord tells whether a typed word in a box is a tick.
func tickWord(s string) bool {
	switch s {
	case "x", "X", "xx", "XX", "×", "√", "v", "V", "/", "\\", "*", "•", "+", "Y", "y", "Yes", "yes":
		return true
	}
	return false
}

func (c *canvas) dropGlyphs(f box) {
	inside := f.grow(0.5)
	kept := c.glyphs[:0]
	for _, g := range c.glyphs {
		if x, y := g.middle(); g.blank || !inside.holds(x, y) {
			kept = append(kept, g)
		}
	}
	c.glyphs = kept
}

func (c *canvas) dropLines(inside box) {
	kept := c.lines[:0]
	for _, l := range c.lines {
		if !inside.holds(l.x0, l.y0) || !inside.holds(l.x1, l.y1) {
			kept = append(kept, l)
		}
	}
	c.lines = kept
}

// Sampling of a box's inside.
const (
	samples = 24   // a side
	rim     = 5    // samples left out at each side: the frame itself
	inkMin  = 0.06 // the share of the inside that a tick covers at least
	inkFull = 0.97 // above, the inside has one even colour
	inkDark = 0.62 // an even colour darker than this is a filled box
)

// inked tells by painting the drawings over a box in their order whether a tick, cross, dot or fill is in it.
func (c *canvas) inked(f box) bool { return c.inkOf(f, 0, len(c.shapes)) }

// inkOf tells it of some of the drawings.
func (c *canvas) inkOf(f box, first, end int) bool {
	var light [samples][samples]float64 // luminance, vivid colours darkened
	for y := range light {
		for x := range light[y] {
			light[y][x] = 1
		}
	}
	for i := first; i < end; i++ {
		if s := &c.shapes[i]; s.meets(f) {
			s.paintOver(f, &light)
		}
	}
	dark, sum, n := 0, 0.0, 0
	for y := rim; y < samples-rim; y++ {
		for x := rim; x < samples-rim; x++ {
			n++
			sum += light[y][x]
			if light[y][x] < 0.9 {
				dark++
			}
		}
	}
	share := float64(dark) / float64(n)
	if share >= inkFull {
		return sum/float64(n) < inkDark
	}
	return share >= inkMin
}

// paintOver paints a shape onto the samples of the box f.
func (s *shape) paintOver(f box, light *[samples][samples]float64) {
	step := point{f.width() / samples, f.height() / samples}
	if s.filled {
		for y := range light {
			for x := range light[y] {
				if s.covers(point{f.x0 + (float64(x)+0.5)*step.x, f.y0 + (float64(y)+0.5)*step.y}) {
					light[y][x] = s.fill.shade()
				}
			}
		}
	}
	if !s.inked {
		return
	}
	for _, part := range s.paths {
		for i := 1; i < len(part); i++ {
			strokeOver(part[i-1], part[i], f, step, s.ink.shade(), light)
		}
	}
}

// shade is the luminance, with vivid colours counted as darker: a yellow tick is a tick.
func (c colour) shade() float64 { return c.bright() - 0.5*c.vivid() }

// strokeOver paints a line one sample wide.
func strokeOver(a, b point, f box, step point, shade float64, light *[samples][samples]float64) {
	n := int(math.Hypot(b.x-a.x, b.y-a.y)/min(step.x, step.y)) + 1
	for i := 0; i <= min(n, 400); i++ {
		t := float64(i) / float64(n)
		x, y := int((a.x+(b.x-a.x)*t-f.x0)/step.x), int((a.y+(b.y-a.y)*t-f.y0)/step.y)
		if x >= 0 && y >= 0 && x < samples && y < samples {
			light[y][x] = shade
		}
	}
}

// covers tells whether a point is inside the filled shape, by the even-odd rule over all its parts.
func (s *shape) covers(p point) bool {
	inside := false
	for _, part := range s.paths {
		for i := range part {
			a, b := part[i], part[(i+1)%len(part)]
			if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
				inside = !inside
			}
		}
	}
	return inside
}

// glyphTicks takes the glyphs that are boxes or ticks off the canvas. An empty box over which something was drawn or
// typed is ticked: that is how people fill in a printed page with a PDF program.
func (c *canvas) glyphTicks() []tick {
	var ticks []tick
	kept := c.glyphs[:0]
	for _, g := range c.glyphs {
		if g.mark == document.NoMark || g.hidden {
			kept = append(kept, g)
			continue
		}
		b := box{g.x0, g.y - 0.78*g.size, g.x1, g.y + 0.12*g.size}
		ticks = append(ticks, tick{box: b, mark: g.mark, source: g.source, text: g.text})
	}
	c.glyphs = kept
	return c.overlaid(ticks)
}

// overlaid ticks the empty glyph boxes that a scribble, a typed cross or a tick glyph stands on, once.
func (c *canvas) overlaid(ticks []tick) []tick {
	for i := range ticks {
		t := &ticks[i]
		if t.mark != document.Unticked {
			continue
		}
		if typed, foreign := c.typedInto(t.grow(-0.15 * t.width())); typed && !foreign {
			c.dropGlyphs(t.box)
			t.mark = document.Ticked
			continue
		}
		if c.scribbled(t.box) {
			t.mark = document.Ticked
		}
	}
	return mergeTicks(ticks)
}

// scribbled tells whether a scribble stands in a box that is printed as a glyph. A hand overshoots: what counts is the
// ink inside.
func (c *canvas) scribbled(b box) bool {
	for i := range c.shapes {
		s := &c.shapes[i]
		seen := s.inked && !s.ink.white() || s.filled && s.fill.bright() < 0.6
		in := s.box.clip(b)
		if !seen || s.square || in.width() < 0.25*b.width() || in.height() < 0.25*b.height() {
			continue
		}
		if s.outline() && s.width() > 1.1*b.width() && !s.filled { // a ring around the box
			continue
		}
		if c.inkOf(b, i, i+1) {
			return true
		}
	}
	return false
}

// mergeTicks joins a tick glyph that stands on a box glyph with it.
func mergeTicks(ticks []tick) []tick {
	var out []tick
next:
	for _, t := range ticks {
		for i := range out {
			o := &out[i]
			if t.mark == o.mark || !t.holds((o.x0+o.x1)/2, (o.y0+o.y1)/2) && !o.holds((t.x0+t.x1)/2, (t.y0+t.y1)/2) {
				continue
			}
			o.mark = document.Ticked
			continue next
		}
		out = append(out, t)
	}
	return out
}

// pictureBoxes returns the boxes that are small pictures: several in a column, each before a word. Whether they are ticked
// is not known.
func (c *canvas) pictureBoxes() []tick {
	var small []box
	for _, p := range c.pictures {
		if boxSized(p) && c.wordBehind(p) && len(small) < 1000 {
			small = append(small, p)
		}
	}
	var out []tick
	for _, p := range small {
		column := 0
		for _, o := range small {
			if math.Abs(o.x0-p.x0) < 1 && math.Abs(o.width()-p.width()) < 1 {
				column++
			}
		}
		if column >= 3 {
			out = append(out, tick{box: p, mark: document.MarkUnknown, source: document.Drawn})
		}
	}
	return out
}

// wordBehind tells whether a word begins right behind a box on its line.
func (c *canvas) wordBehind(b box) bool {
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if _, y := g.middle(); !g.blank && y > b.y0 && y < b.y1 && g.x0 > b.x1-1 && g.x0 < b.x1+1.2*b.width() {
			return true
		}
	}
	return false
}
