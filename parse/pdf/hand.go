package pdf

import (
	"math"
	"slices"
	"strings"

	"referrald/parse/document"
)

// What people do by hand to a printed page with a PDF program: words marked with a pen, rings drawn around a choice, ticks
// scribbled on or beside it, notes.

// A note is what somebody wrote to an annotation.
type note struct {
	box
	text string
}

// markedWords is a stretch of a line that an annotation marks.
type markedWords struct {
	box
	style document.Style
}

// markWords gives the letters under an annotation its look.
func (c *canvas) markWords() {
	if len(c.marked) == 0 {
		return
	}
	for i := range c.glyphs {
		g := &c.glyphs[i]
		x, y := g.middle()
		for _, m := range c.marked {
			if m.holds(x, y) {
				g.style |= m.style
			}
		}
	}
}

// Measures of a ring: of its size in points, and of the share of its rectangle that it encloses. An ellipse has 0.785; a
// frame with round corners has more than a ring may.
const (
	ringLow, ringHigh = 9.0, 60.0
	ringWide          = 320.0
	ringLean, ringFat = 0.55, 0.88
	ringGap           = 0.4 // of its shorter side: a hand does not always come back to where it began
)

// noteRings keeps the parts of a stroked path that go round something.
func (m *machine) noteRings(p path) {
	for _, part := range p.parts {
		b, ok := around(part)
		corners, fat := 7, ringFat
		if m.hand { // somebody's frame around words is no cell
			corners, fat = 5, 1.01
		}
		if !ok || len(part) < corners || b.height() < ringLow || b.height() > ringHigh || b.width() < ringLow || b.width() > ringWide {
			continue
		}
		a, z := part[0], part[len(part)-1]
		share := math.Abs(area(part)) / b.area()
		if share < ringLean || share > 1.01 || math.Hypot(a.x-z.x, a.y-z.y) > ringGap*min(b.width(), b.height()) {
			continue
		}
		if len(m.rings) < 2000 {
			m.rings = append(m.rings, shape{box: b, paths: [][]point{part}, hand: m.hand, square: share > fat})
		}
	}
}

// circle marks the letters that a ring goes round. One ring chooses a few words, not a paragraph.
func (c *canvas) circle() {
	c.frameWords()
	for i := range c.rings {
		r := &c.rings[i]
		var inside []int
		fits := true
		for j := range c.glyphs {
			g := &c.glyphs[j]
			if x, y := g.middle(); !g.blank && !g.hidden && r.holds(x, y) && r.covers(point{x, y}) {
				inside = append(inside, j)
				fits = fits && r.height() < 4.5*g.size
			}
		}
		if len(inside) == 0 || !fits || !r.hand && len(inside) < 2 && !c.ringed(r.box) || r.square && !c.tight(r.box, inside) {
			continue
		}
		for _, j := range inside {
			c.glyphs[j].style |= document.Circled
		}
	}
}

// ringed tells whether a ring, which may be as small as a round box, goes round an answer that is printed there.
func (c *canvas) ringed(f box) bool {
	for i := range c.rings {
		if r := &c.rings[i]; !near(r.x0, f.x0) || !near(r.x1, f.x1) || !near(r.y0, f.y0) || !near(r.y1, f.y1) {
			continue
		}
		var word strings.Builder
		for j := range c.glyphs {
			if g := &c.glyphs[j]; !g.blank && !g.hidden && f.holds(g.middle()) {
				word.WriteString(g.text)
			}
		}
		switch strings.ToLower(word.String()) {
		case "y", "n", "yes", "no":
			return true
		}
	}
	return false
}

// tight tells whether a frame goes closely round a few letters: it chooses them, as a ring does. That of a field has room.
func (c *canvas) tight(frame box, letters []int) bool {
	first := &c.glyphs[letters[0]]
	words := box{first.x0, first.y, first.x1, first.y}
	for _, i := range letters {
		g := &c.glyphs[i]
		if math.Abs(g.y-first.y) > 0.5*first.size {
			return false
		}
		words.x0, words.x1 = min(words.x0, g.x0), max(words.x1, g.x1)
	}
	return frame.width() < words.width()+2.4*first.size && frame.height() < 2.4*first.size
}

// frameWords marks the words of a line around which a frame was drawn closely, beside others that have none.
func (c *canvas) frameWords() {
	for i := range c.shapes {
		s := &c.shapes[i]
		if !s.square || !s.inked || s.filled || s.ink.white() || s.height() < ringLow || s.hand || c.stacked(s.box) {
			continue
		}
		var inside []int
		beside := false
		for j := range c.glyphs {
			g := &c.glyphs[j]
			x, y := g.middle()
			switch {
			case g.blank || g.hidden || y < s.y0 || y > s.y1:
			case x > s.x0 && x < s.x1:
				inside = append(inside, j)
			default:
				beside = beside || !g.style.Has(document.Bold)
			}
		}
		if len(inside) < 2 || !beside || !c.tight(s.box, inside) {
			continue
		}
		for _, j := range inside {
			c.glyphs[j].style |= document.Circled
		}
		c.dropLines(s.grow(1.2))
	}
}

// stacked tells whether another frame of its height stands beside or under a frame: they are cells.
func (c *canvas) stacked(b box) bool {
	for i := range c.shapes {
		o := &c.shapes[i]
		if o.box != b && o.square && o.inked && near(o.height(), b.height()) && (near(o.y0, b.y0) || near(o.x0, b.x0) && near(o.y0, b.y1)) {
			return true
		}
	}
	return false
}

// Sizes of a tick by hand, in points.
const (
	tickLow, tickHigh = 4.0, 34.0
	tickLean          = 2.0 // how much longer one side may be
	tickApart         = 14.0
)

// handTicks returns the ticks that were drawn by hand where no box is: beside an option, in an empty cell. A single small
// scribble is a tick; several beside each other are handwriting, which nobody here can read.
func (c *canvas) handTicks(ticks []tick) []tick {
	var loose []box
	for i := range c.shapes {
		if s := &c.shapes[i]; s.hand && !c.placed(s, ticks) {
			loose = joinBox(loose, s.box)
		}
	}
	var out []tick
	for i, b := range loose {
		w, h := b.width(), b.height()
		alone := true
		for j, o := range loose {
			alone = alone && (i == j || !b.grow(tickApart).meets(o) || o.y0 > b.y1 || o.y1 < b.y0)
		}
		if alone && max(w, h) >= tickLow && max(w, h) <= tickHigh && w < tickLean*h && h < tickLean*w {
			out = append(out, tick{box: b, mark: document.Ticked, source: document.Drawn})
		} else {
			c.written = c.written || !c.signed(b)
		}
	}
	for _, b := range c.penned {
		c.written = c.written || !c.signed(b) && !slices.ContainsFunc(c.rings, func(r shape) bool { return r.box == b })
	}
	return out
}

// signatureHigh is how far above and below the line of its label a signature goes, in points.
const signatureHigh = 30

// signed tells whether what is written by hand is a signature: it begins behind a label that asks for one, on its line.
func (c *canvas) signed(b box) bool {
	var before strings.Builder
	for i := range c.glyphs {
		if g := &c.glyphs[i]; !g.blank && !g.hidden && g.x0 < b.x0 && g.y > b.y0-signatureHigh/3 && g.y < b.y1+signatureHigh/3 && b.height() < 2*signatureHigh {
			before.WriteString(strings.ToLower(g.text))
		}
	}
	label := strings.TrimRight(before.String(), ":_. ")
	return strings.HasSuffix(label, "signed") || strings.HasSuffix(label, "signature") || strings.HasSuffix(label, "sign")
}

// joinBox adds a box to those that it meets or makes it one of its own.
func joinBox(boxes []box, b box) []box {
	for i, o := range boxes {
		if o.grow(1).meets(b) {
			boxes[i] = o.union(b)
			return boxes
		}
	}
	return append(boxes, b)
}

// placed tells whether a scribble belongs to a box that is known, to a ring, or to letters that it crosses.
func (c *canvas) placed(s *shape, ticks []tick) bool {
	for i := range ticks {
		if ticks[i].grow(2).meets(s.box) {
			return true
		}
	}
	for i := range c.widgets {
		if c.widgets[i].mark != document.NoMark && c.widgets[i].meets(s.box) {
			return true
		}
	}
	for i := range c.rings {
		if c.rings[i].box == s.box {
			return true
		}
	}
	x, y := (s.x0+s.x1)/2, (s.y0+s.y1)/2
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if !g.blank && x > g.x0 && x < g.x1 && y < g.y && y > g.y-0.7*g.size {
			return true
		}
	}
	return false
}

// doubtFields makes the state of a form's box unknown where somebody drew over the empty box: the form says one thing and
// the page another.
func (c *canvas) doubtFields() {
	for i := range c.widgets {
		w := &c.widgets[i]
		if w.mark != document.Unticked {
			continue
		}
		for j := range c.shapes {
			s := &c.shapes[j]
			if s.hand && s.box.clip(w.box).area() > 0.1*w.area() {
				w.mark = document.MarkUnknown
			}
		}
		if typed, foreign := c.typedInto(w.grow(-0.1 * w.width())); typed && !foreign {
			w.mark = document.MarkUnknown
			c.dropGlyphs(w.box)
		}
	}
}

// noteBlocks lays out the notes, each a paragraph at its own place.
func (c *canvas) noteBlocks() []block {
	var out []block
	for _, n := range c.notes {
		w := widget{box: n.box, value: n.text}
		line, rest := w.tokens()
		cell := document.Cell{Box: rect(n.box), Lines: append([]document.Line{{Tokens: line}}, rest...)}
		for i := range cell.Lines {
			for j := range cell.Lines[i].Tokens {
				t := &cell.Lines[i].Tokens[j]
				t.Source, t.Style = document.Typed, 0
			}
		}
		if strings.TrimSpace(cell.Text()) != "" {
			out = append(out, block{box: n.box, cells: []document.Cell{cell}, edges: []edge{{}}})
		}
	}
	return out
}
