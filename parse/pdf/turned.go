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
	for _, b := range freeBlocks(rows(flat.words(nil)), 0, false) {
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

// sideways returns by how many quarter turns to the right the page must be turned for most of its letters to stand
// upright: some printer drivers and scanners' programs write the page as it lay.
func (c *canvas) sideways() int64 {
	var byTurn [4]int
	byTurn[0] = c.visible() - len(c.turned)
	for _, g := range c.turned {
		switch {
		case g.dy < -0.97: // runs upwards
			byTurn[1]++
		case g.dx < -0.97:
			byTurn[2]++
		case g.dy > 0.97:
			byTurn[3]++
		}
	}
	for turn, n := range byTurn {
		if turn > 0 && n >= fewGlyphs && n > 4*(c.visible()-n) {
			return int64(turn)
		}
	}
	return 0
}
