package pdf

import "math"

// A cover is an area that was painted over what was there before and lets nothing of it through: white over a value that
// was changed, black over one that nobody is to read, the picture of a page over what a scanner took its letters for.
type cover struct {
	box
	order int
	dark  bool
}

// maxCovers bounds the covers of a page, against each of which every letter is held.
const maxCovers = 5_000

// hides tells whether what is painted now covers what is under it.
func (m *machine) hides() bool {
	s := &m.state
	if len(m.covers) == maxCovers {
		m.gaps = true // what lies under the rest is taken for shown
		return false
	}
	return s.transparency == 1 && !s.blended && !s.masked && !s.ragged && !m.veiled
}

// noteCovers keeps the filled rectangles of a path. A frame that is painted as one rectangle inside another covers nothing.
func (m *machine) noteCovers(p path) {
	if !m.hides() || m.state.fill.odd || len(p.parts) > 1 {
		return
	}
	b, ok := around(p.parts[0])
	if b = b.clip(m.state.clip); ok && rectangular(p.parts[0]) && b.width() > 3 && b.height() > 3 {
		m.covers = append(m.covers, cover{b, m.order, m.state.fill.bright() < 0.25})
	}
}

// notePictureCover keeps the place of a picture that lies level.
func (m *machine) notePictureCover(b box) {
	t := m.state.ctm
	level := math.Abs(t.b)+math.Abs(t.c) < 0.01*math.Abs(t.a) || math.Abs(t.a)+math.Abs(t.d) < 0.01*math.Abs(t.b)
	if m.hides() && level {
		m.covers = append(m.covers, cover{b, m.order, false})
	}
}

// hideCovered hides the letters over which something was painted. Words under a black bar are told of.
func (c *canvas) hideCovered() {
	for i := range c.glyphs {
		g := &c.glyphs[i]
		x, y := g.middle()
		for j := len(c.covers) - 1; j >= 0 && c.covers[j].order > g.order && !g.hidden; j-- {
			if o := &c.covers[j]; o.holds(x, y) {
				g.hidden = true
				c.gaps = c.gaps || o.dark && !g.blank
			}
		}
	}
}
