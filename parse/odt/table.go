package odt

import (
	"strconv"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A tableCell is one table:table-cell with its place in the grid.
type tableCell struct {
	node      *part.Node
	col, span int
}

// table reads a table (9.1): into cells of its own, or folded into the cell that it stands in.
func (r *reader) table(n *part.Node, at place) {
	rows := rowsOf(n, nil)
	if r.out.InCell() {
		r.foldTable(rows, at)
		return
	}
	table := r.out.OpenTable()
	for number, row := range rows {
		cells := cellsOf(row)
		for _, c := range cells {
			if unwraps(c, cells) {
				r.blocks(c.node.Kids, at)
				r.endParagraph()
				continue
			}
			r.out.OpenCell(table, number+1, c.col, c.span)
			r.out.Shade(r.styles.shade(c.node.Value("style-name")))
			r.blocks(c.node.Kids, at)
			r.out.CloseCell()
		}
	}
}

// rowsOf returns a table's rows in their groups; repeated rows are empty ones and stand once.
func rowsOf(n *part.Node, rows []*part.Node) []*part.Node {
	for _, k := range n.Kids {
		switch k.Name {
		case "table-row":
			if v := k.Value("visibility"); v != "collapse" && v != "filter" {
				rows = append(rows, k)
			}
		case "table-header-rows", "table-rows", "table-row-group":
			rows = rowsOf(k, rows)
		}
	}
	return rows
}

// maxSpan bounds grid columns and the cells of a row.
const maxSpan = 1000

// maxRepeated bounds how often a cell stands that the file holds once. Blank forms repeat two or three empty cells.
const maxRepeated = 64

// cellsOf returns a row's cells with their grid columns; cells that others cover are left out.
func cellsOf(row *part.Node) []tableCell {
	var out []tableCell
	col := 1
	for _, k := range row.Kids {
		repeated := number(k, "number-columns-repeated")
		switch k.Name {
		case "table-cell":
			span := number(k, "number-columns-spanned")
			for i := range copies(k, repeated) {
				if len(out) < maxSpan {
					out = append(out, tableCell{k, col + i, span})
				}
			}
			col += repeated
		case "covered-table-cell":
			col += repeated
		}
	}
	return out
}

// copies returns how often a repeated cell is read: one that holds a table only once, since tables within each other would
// multiply.
func copies(cell *part.Node, repeated int) int {
	if repeated > 1 && cell.Find("table") != nil {
		return 1
	}
	return min(repeated, maxRepeated)
}

func number(n *part.Node, name string) int {
	v, err := strconv.Atoi(n.Value(name))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, maxSpan)
}

// unwraps tells a cell that only lays out the page: it stands alone in its row and holds a real table.
func unwraps(c tableCell, row []tableCell) bool {
	inner := c.node.Find("table")
	if inner == nil || inner.Value("is-sub-table") == "true" || !isGrid(inner) {
		return false
	}
	for _, other := range row {
		if other.node != c.node && other.node.Words() != "" {
			return false
		}
	}
	return true
}

// isGrid tells a table of at least two rows with a row of at least two cells.
func isGrid(n *part.Node) bool {
	rows, wide := rowsOf(n, nil), false
	for _, row := range rows {
		wide = wide || len(cellsOf(row)) > 1
	}
	return len(rows) > 1 && wide
}

// foldTable reads a nested table into its outer cell, a line for each row: its cells stand beside each other, parted by
// tabs, as long as each has one line.
func (r *reader) foldTable(rows []*part.Node, at place) {
	for _, row := range rows {
		r.endParagraph()
		single := false
		for i, c := range cellsOf(row) {
			if i > 0 && single {
				r.out.Resume()
				r.out.Add(document.Token{Text: "\t"})
			}
			before := r.out.Lines()
			r.blocks(c.node.Kids, at)
			r.endParagraph()
			single = r.out.Lines()-before <= 1
		}
	}
}
