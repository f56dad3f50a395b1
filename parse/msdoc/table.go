package msdoc

import "referrald/parse/document"

// A tableRow is one row: its cells' paragraphs, and its shape if the file gives one.
type tableRow struct {
	cells [][]paragraph
	shape *rowShape
}

// A tableCell is one cell that shows something of its own.
type tableCell struct {
	paragraphs []paragraph
	col, span  int
	shade      string
}

// blocks reads paragraphs and the tables among them that stand deeper than depth.
func (r *reader) blocks(ps []paragraph, depth int) {
	for i := 0; i < len(ps); {
		if ps[i].depth <= depth {
			r.paragraph(ps[i])
			i++
			continue
		}
		end := i
		for end < len(ps) && ps[end].depth > depth {
			end++
		}
		r.table(ps[i:end], depth+1)
		i = end
	}
}

// rowsOf parts the paragraphs of a table at the marks of its cells and rows. Nested tables stay in their cells.
func rowsOf(ps []paragraph, depth int) []tableRow {
	var rows []tableRow
	var row tableRow
	var cell []paragraph
	for _, p := range ps {
		switch {
		case p.depth > depth:
			cell = append(cell, p)
		case p.endsRow(depth):
			if len(cell) > 0 {
				row.cells = append(row.cells, cell)
			}
			row.shape = p.row
			rows = append(rows, row)
			row, cell = tableRow{}, nil
		default:
			cell = append(cell, p)
			if p.endsCell(depth) {
				row.cells = append(row.cells, cell)
				cell = nil
			}
		}
	}
	if len(cell) > 0 {
		row.cells = append(row.cells, cell)
	}
	if len(row.cells) > 0 {
		rows = append(rows, row)
	}
	return rows
}

func (p *paragraph) endsRow(depth int) bool { return depth == 1 && p.rowEnd || depth > 1 && p.innerRow }

func (p *paragraph) endsCell(depth int) bool {
	return depth == 1 && p.mark == markCell || depth > 1 && p.innerCell
}

// table reads a table: into cells of its own, or folded into the cell that it stands in.
func (r *reader) table(ps []paragraph, depth int) {
	rows := rowsOf(ps, depth)
	g := gridOf(rows)
	if r.out.InCell() {
		r.fold(rows, g, depth)
		return
	}
	number := r.out.OpenTable()
	for i, row := range rows {
		cells := row.visible(g)
		for _, c := range cells {
			if unwraps(c, cells, depth) {
				r.blocks(c.paragraphs, depth)
				r.out.EndParagraph()
				continue
			}
			r.out.OpenCell(number, i+1, c.col, c.span)
			r.out.Shade(c.shade)
			r.blocks(c.paragraphs, depth)
			r.fields = nil
			r.out.CloseCell()
		}
	}
}

// visible returns the cells of a row that show something of their own, with their grid columns.
func (row *tableRow) visible(g grid) []tableCell {
	var out []tableCell
	for i, ps := range row.cells {
		c := tableCell{paragraphs: ps, col: i + 1, span: 1}
		if s := row.shape; s != nil && i+1 < len(s.edges) {
			c.col = g.column(s.edges[i])
			c.span = max(g.column(s.edges[i+1])-c.col, 1)
			c.shade = s.shades[i]
			if s.isCovered(i) && len(out) > 0 {
				out[len(out)-1].span += c.span
				continue
			}
			if s.down[i] {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// unwraps tells a cell that only lays out the page: it stands alone in its row and holds a table of at least two rows
// with a row of at least two cells.
func unwraps(c tableCell, row []tableCell, depth int) bool {
	for _, other := range row {
		if other.col != c.col && hasText(other.paragraphs) {
			return false
		}
	}
	var inner []paragraph
	for _, p := range c.paragraphs {
		if p.depth > depth {
			inner = append(inner, p)
		}
	}
	wide := false
	rows := rowsOf(inner, depth+1)
	for _, r := range rows {
		wide = wide || len(r.cells) > 1
	}
	return wide && len(rows) > 1
}

func hasText(ps []paragraph) bool {
	for _, p := range ps {
		if p.to > p.from {
			return true
		}
	}
	return false
}

// fold reads a nested table into its outer cell, a line for each row: its cells stand beside each other, parted by tabs,
// as long as each has one line.
func (r *reader) fold(rows []tableRow, g grid, depth int) {
	for _, row := range rows {
		r.out.EndParagraph()
		single := false
		for i, c := range row.visible(g) {
			if i > 0 && single {
				r.out.Resume()
				r.out.Add(document.Token{Text: "\t"})
			}
			before := r.out.Lines()
			r.blocks(c.paragraphs, depth)
			r.out.EndParagraph()
			single = r.out.Lines()-before <= 1
		}
	}
}
