package pdf

import "math"

// turnedBlocks lays out text that runs upwards, downwards or aslant: each line a paragraph at its own place.
func (c *canvas) turnedBlocks() []block {
	byHeading := map[heading][]glyph{}
	var order []heading
	for _, g := range c.turned {
		h := heading{math.Round(g.dx * 10), math.Round(g.dy * 10)}
		if _, seen := byHeading[h]; !seen {
			order = append(order, h)
		}
		byHeading[h] = append(byHeading[h], g)
	}
	var out []block
	for _, h := range order {
		out = append(out, turnedLines(byHeading[h])...)
	}
	return out
}

// turnedLines turns glyphs of one heading level, lays them out, and puts the lines back to where they stand.
func turnedLines(glyphs []glyph) []block {
	h := glyphs[0].heading
	level := matrix{h.dx, -h.dy, h.dy, h.dx, 0, 0} // turns the heading to the right
	back := matrix{h.dx, h.dy, -h.dy, h.dx, 0, 0}
	flat := &canvas{glyphs: make([]glyph, len(glyphs))}
	for i, g := range glyphs {
		width := g.x1 - g.x0
		at := level.at(g.x0, g.y)
		g.x0, g.x1, g.y = at.x, at.x+width, at.y
		flat.glyphs[i] = g
	}
	var out []block
	for _, b := range freeBlocks(rows(flat.words(nil)), false) {
		b.edges = make([]edge, len(b.cells)) // never goes on on the next page
		b.box = b.mapped(back)
		for i := range b.cells {
			b.cells[i].Table, b.cells[i].Row, b.cells[i].Col, b.cells[i].Span = 0, 0, 0, 0
			b.cells[i].Box = rect(unrect(b.cells[i].Box).mapped(back))
		}
		out = append(out, b)
	}
	return out
}
