package pdf

import (
	"math"
	"sort"

	"referrald/parse/document"
)

// A block is what is read in one go: a table, or a paragraph outside tables.
type block struct {
	box
	cells  []document.Cell // Table is 1 for the cells of a table, 0 for a paragraph
	edges  []edge          // of each cell: its printed lines, for a cell that goes on on the next page
	xs     []float64       // the rules between the columns of a table with rules
	atFoot bool            // stands where the feet of pages are printed
}

// An edge keeps the first and the last printed line of a cell, and the column that they are set in.
type edge struct {
	first, last *row
	measure
}

func newEdge(rs []row, m measure) edge {
	if len(rs) == 0 {
		return edge{}
	}
	return edge{&rs[0], &rs[len(rs)-1], m}
}

// layout returns the blocks of a page in reading order.
func (c *canvas) layout() []block {
	c.doubtFields()
	ticks := append(c.drawnBoxes(), c.glyphTicks()...)
	ticks = append(ticks, c.handTicks(ticks)...)
	ticks = append(ticks, c.pictureBoxes()...)
	c.circle()
	c.markWords()
	c.highlights()
	c.strikes()
	grids := c.grids()
	c.underlines(grids)
	blocks := c.blocks(c.words(ticks), grids)
	blocks = append(blocks, c.turnedBlocks()...)
	blocks = append(blocks, c.noteBlocks()...)
	sort.SliceStable(blocks, func(i, j int) bool {
		a, b := blocks[i], blocks[j]
		if math.Abs(a.y0-b.y0) > 4 {
			return a.y0 < b.y0
		}
		return a.x0 < b.x0
	})
	for i := range blocks {
		for j := range blocks[i].cells {
			blocks[i].cells[j].Page = c.number
		}
	}
	return blocks
}

// grids returns the page's tables; a frame around the page is none.
func (c *canvas) grids() []table {
	across, down := c.rules()
	found := tables(across, down)
	out := found[:0]
	for _, t := range found {
		if !t.frame(c.frame) && !c.fieldFrame(&t) {
			out = append(out, t)
		}
	}
	return out
}

// fieldFrame tells whether a table is only the drawn border of one field of the form.
func (c *canvas) fieldFrame(t *table) bool {
	if len(t.regions) != 1 {
		return false
	}
	for i := range c.widgets {
		if w := &c.widgets[i]; w.mark == document.NoMark && w.clip(t.box).area() > 0.6*t.area() {
			return true
		}
	}
	return false
}

// underlines gives the words over lines that belong to no table their look.
func (c *canvas) underlines(grids []table) {
	rows := c.byBaseline()
	for _, l := range c.lines {
		if !l.horizontal() || inGrid(l, grids) {
			continue
		}
		c.underline(l, rows)
	}
}

func inGrid(l stroke, grids []table) bool {
	for i := range grids {
		t := &grids[i]
		if t.grow(reach).holds((l.x0+l.x1)/2, l.y0) && near(t.ys[nearest(t.ys, l.y0)], l.y0) {
			return true
		}
	}
	return false
}

// blocks parts words into the cells of tables and the free text around them.
func (c *canvas) blocks(words []word, grids []table) []block {
	held := make([][][]word, len(grids))
	for i := range grids {
		held[i] = make([][]word, len(grids[i].regions))
	}
	var free []word
	for _, w := range words {
		if t, r := locate(&w, grids); t >= 0 {
			held[t][r] = append(held[t][r], w)
		} else {
			free = append(free, w)
		}
	}
	spaced := endsInBlanks(words)
	for i := range words {
		c.right = max(c.right, words[i].x1)
	}
	grids, held, framed := c.slots(grids, held, spaced)
	free = append(free, framed...)
	var out []block
	for i := range grids {
		out = append(out, grids[i].block(held[i], spaced)...)
	}
	return append(out, freeBlocks(rows(free), c.right, spaced)...)
}

// locate returns the innermost table and its region that a word stands in, or -1.
func locate(w *word, grids []table) (at, reg int) {
	at, reg = -1, -1
	x, y := (w.x0+w.x1)/2, w.middle
	for i := range grids {
		if at >= 0 && grids[i].area() >= grids[at].area() {
			continue
		}
		if r := grids[i].at(x, y); r >= 0 {
			at, reg = i, r
		}
	}
	return at, reg
}

// endsInBlanks tells whether this page's program writes blanks at the ends of wrapped lines: then a line without one was
// cut inside a word or ended on purpose.
func endsInBlanks(words []word) bool {
	n := 0
	for i := range words {
		if words[i].space && (i+1 == len(words) || len(words[i+1].glyphs) > 0 && words[i+1].middle > words[i].middle+0.5*words[i].size) {
			n++
		}
	}
	return n >= 3
}

// block makes the cells of a table. Empty cells are kept: what is beside or below a label must not move up.
func (t *table) block(held [][]word, spaced bool) []block {
	main := block{box: t.box, xs: t.xs}
	var inner []block
	for _, i := range t.reading() {
		r := &t.regions[i]
		if len(held[i]) == 0 && (r.open || r.width() < 3 || r.height() < 3) {
			continue
		}
		rs := rows(held[i])
		if r.span == len(t.xs)-1 && columned(rs) {
			inner = append(inner, freeBlocks(rs, 0, spaced)...)
			rs = nil
		}
		m := r.measure(rs, spaced)
		main.cells = append(main.cells, document.Cell{
			Table: 1, Row: r.row, Col: r.col, Span: r.span, Box: rect(r.box), Lines: paragraphs(rs, m),
		})
		main.edges = append(main.edges, newEdge(rs, m))
	}
	return append([]block{main}, inner...)
}

// reading returns the places of the regions in reading order.
func (t *table) reading() []int {
	order := make([]int, len(t.regions))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		a, b := &t.regions[order[i]], &t.regions[order[j]]
		return a.row < b.row || a.row == b.row && a.col < b.col
	})
	return order
}

// measure returns the column of a region: as far from the right rule as the text is from the left one.
func (r *region) measure(rs []row, spaced bool) measure {
	pad := 8.0
	for i := range rs {
		pad = min(pad, rs[i].x0()-r.x0)
	}
	pad = max(pad, 0)
	return measure{left: r.x0 + pad, right: r.x1 - pad, spaced: spaced}
}

// columned tells whether the lines of a wide cell stand in columns of their own.
func columned(rs []row) bool {
	var starts []float64
	for i := range rs {
		segments := rs[i].segments()
		if len(segments) < 2 {
			continue
		}
		x := segments[1].x0()
		for _, s := range starts {
			if math.Abs(s-x) < rs[i].size {
				return true
			}
		}
		starts = append(starts, x)
	}
	return false
}
