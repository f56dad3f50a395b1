package html

import (
	"strconv"

	"golang.org/x/net/html"

	"referrald/parse/document"
)

// A tableCell is a td or th with its place in the grid.
type tableCell struct {
	node      *html.Node
	in        look
	col, span int
}

// A tableRow is a tr with the look around it.
type tableRow struct {
	node *html.Node
	in   look
}

// table reads a table (HTML, 4.9.12): into cells of its own, or folded into the cell that it stands in. A table that only
// lays out the page is no table.
func (r *reader) table(n *html.Node, in look) {
	r.endBlock()
	defer r.endBlock()
	rows := r.rowsOf(n, in, nil)
	if r.out.InCell() {
		r.foldTable(rows)
		return
	}
	if isPresentation(n) {
		for _, row := range rows {
			for _, c := range (&grid{}).place(row) {
				r.cellBlocks(c)
			}
		}
		return
	}
	table, g := r.out.OpenTable(), &grid{}
	for number, row := range rows {
		cells := g.place(row)
		for _, c := range cells {
			if unwraps(c, cells) {
				r.cellBlocks(c)
				continue
			}
			r.out.OpenCell(table, number+1, c.col, c.span)
			r.out.Shade(c.in.shade)
			r.atSpace = true
			r.kids(c.node, c.in)
			r.out.CloseCell()
			r.atSpace = true
		}
	}
}

func (r *reader) cellBlocks(c tableCell) {
	r.endBlock()
	r.kids(c.node, c.in)
	r.endBlock()
}

// rowsOf returns a table's rows in its sections; its caption is read as a paragraph before it.
func (r *reader) rowsOf(n *html.Node, in look, rows []tableRow) []tableRow {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode {
			continue
		}
		inner := lookOf(k, in)
		if inner.hidden {
			continue
		}
		switch k.Data {
		case "tr":
			rows = append(rows, tableRow{k, inner})
		case "thead", "tbody", "tfoot":
			rows = r.rowsOf(k, inner, rows)
		case "caption":
			r.walk(k, in)
		}
	}
	return rows
}

// A grid remembers which columns are covered by cells of rows above.
type grid struct {
	covered map[int]int // column to rows still covered
}

// Limits of the HTML standard (4.9.11).
const (
	maxColSpan = 1000
	maxRowSpan = 65534
)

// place returns a row's cells with their grid columns.
func (g *grid) place(row tableRow) []tableCell {
	var out []tableCell
	below := map[int]int{}
	for col, left := range g.covered {
		if left > 1 {
			below[col] = left - 1
		}
	}
	col := 1
	for k := row.node.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode || k.Data != "td" && k.Data != "th" {
			continue
		}
		in := lookOf(k, row.in)
		if in.hidden {
			continue
		}
		for g.covered[col] > 0 {
			col++
		}
		span := spanOf(k, "colspan", maxColSpan)
		if rows := spanOf(k, "rowspan", maxRowSpan); rows > 1 {
			for i := col; i < col+span && i <= maxColSpan; i++ {
				below[i] = rows - 1
			}
		}
		out = append(out, tableCell{k, in, col, span})
		col += span
	}
	g.covered = below
	return out
}

func spanOf(n *html.Node, key string, most int) int {
	if !hasAttr(n, key) {
		return 1
	}
	v, err := strconv.Atoi(attr(n, key))
	switch {
	case err != nil || v < 0:
		return 1
	case v == 0 && key == "rowspan":
		return most
	}
	return min(max(v, 1), most)
}

// isPresentation tells a table that says of itself that it only lays out the page, and has no grid.
func isPresentation(n *html.Node) bool {
	role := attr(n, "role")
	return (role == "presentation" || role == "none") && !isGrid(n)
}

// unwraps tells a cell that only lays out the page: it stands alone in its row and holds a real table.
func unwraps(c tableCell, row []tableCell) bool {
	if !holdsGrid(c.node) {
		return false
	}
	for _, other := range row {
		if other.node != c.node && hasContent(other.node) {
			return false
		}
	}
	return true
}

func holdsGrid(n *html.Node) bool {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && (k.Data == "table" && isGrid(k) || holdsGrid(k)) {
			return true
		}
	}
	return false
}

// isGrid tells a table of at least two rows with a row of at least two cells that hold something.
func isGrid(n *html.Node) bool {
	var r reader
	rows, wide := r.rowsOf(n, look{}, nil), false
	for _, row := range rows {
		full := 0
		for k := row.node.FirstChild; k != nil; k = k.NextSibling {
			if k.Type == html.ElementNode && hasContent(k) {
				full++
			}
		}
		wide = wide || full > 1
	}
	return len(rows) > 1 && wide
}

func hasContent(n *html.Node) bool {
	if n.Type == html.TextNode {
		for _, c := range n.Data {
			if c > ' ' && c != 0xA0 {
				return true
			}
		}
		return false
	}
	if n.Data == "input" || n.Data == "select" || n.Data == "textarea" {
		return true
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if hasContent(k) {
			return true
		}
	}
	return false
}

// foldTable reads a nested table into its outer cell, a line for each row: its cells stand beside each other, parted by
// tabs, as long as each has one line.
func (r *reader) foldTable(rows []tableRow) {
	g := &grid{}
	for _, row := range rows {
		r.endBlock()
		single := false
		for i, c := range g.place(row) {
			if i > 0 && single {
				r.out.Resume()
				r.out.Add(document.Token{Text: "\t"})
				r.beside = true
			}
			before := r.out.Lines()
			r.atSpace = true
			r.kids(c.node, c.in)
			r.beside = false
			r.endBlock()
			single = r.out.Lines()-before <= 1
		}
	}
}
