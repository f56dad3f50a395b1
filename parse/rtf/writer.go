package rtf

import (
	"slices"
	"strings"

	"referrald/parse/document"
)

// A writer gathers text into lines, lines into paragraphs and cells, cells into rows and tables.
type writer struct {
	doc     document.Document
	lines   []document.Line
	tokens  []document.Token
	tabular bool // the paragraph stands in a table

	edges []edge // of the row as defined
	merge edge   // what the next \cellx will be
	cells []document.Cell
	rows  []tableRow // of the open table
}

// An edge is the right border of a cell, in twips, and how the cell is merged.
type edge struct {
	right    int
	sideways bool // goes on from the cell to its left
	downward bool // goes on from the cell above
}

type tableRow struct {
	cells []document.Cell
	edges []edge
}

func newWriter() *writer { return &writer{} }

func (w *writer) text(s string, like document.Token) {
	if s == "" {
		return
	}
	like.Text = s
	if n := len(w.tokens); n > 0 && sameLook(w.tokens[n-1], like) {
		w.tokens[n-1].Text += s
		return
	}
	w.tokens = append(w.tokens, like)
}

func sameLook(a, b document.Token) bool {
	a.Text, b.Text = "", ""
	return a == b && a.Mark == document.NoMark
}

func (w *writer) token(t document.Token) { w.tokens = append(w.tokens, t) }

// line ends the line but not the paragraph.
func (w *writer) line() {
	w.lines = append(w.lines, document.Line{Tokens: w.tokens})
	w.tokens = nil
}

// paragraph ends the paragraph: outside tables it is a cell of its own.
func (w *writer) paragraph() {
	w.line()
	if w.tabular {
		return
	}
	w.endTable()
	if c := (document.Cell{Lines: w.lines}); strings.TrimSpace(c.Text()) != "" || hasMark(c) {
		w.doc.Cells = append(w.doc.Cells, c)
	}
	w.lines = nil
}

func hasMark(c document.Cell) bool {
	for _, l := range c.Lines {
		for _, t := range l.Tokens {
			if t.Mark != document.NoMark {
				return true
			}
		}
	}
	return false
}

func (w *writer) inTable(yes bool) { w.tabular = yes }

func (w *writer) rowDefinition() {
	w.edges, w.merge = nil, edge{}
}

func (w *writer) cellEdge(right int) {
	w.merge.right = right
	w.edges = append(w.edges, w.merge)
	w.merge = edge{}
}

func (w *writer) cellMerge(sideways bool) {
	if sideways {
		w.merge.sideways = true
		return
	}
	w.merge.downward = true
}

// cell ends a cell of the row.
func (w *writer) cell() {
	w.line()
	w.cells = append(w.cells, document.Cell{Lines: trimLines(w.lines)})
	w.lines = nil
}

// trimLines drops empty lines at the end, which every \cell after a \par leaves.
func trimLines(lines []document.Line) []document.Line {
	for len(lines) > 1 && len(lines[len(lines)-1].Tokens) == 0 {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// row ends the row.
func (w *writer) row() {
	if len(w.cells) > 0 {
		w.rows = append(w.rows, tableRow{w.cells, slices.Clone(w.edges)})
	}
	w.cells = nil
	w.tabular = false
}

// endTable gives the open table's cells their places: a column begins wherever a cell of any row begins.
func (w *writer) endTable() {
	if len(w.rows) == 0 {
		return
	}
	table := 1
	for _, c := range w.doc.Cells {
		table = max(table, c.Table+1)
	}
	borders := w.borders()
	for i, r := range w.rows {
		left := 0
		for j, c := range r.cells {
			c.Table, c.Row, c.Col, c.Span = table, i+1, j+1, 1
			if j < len(r.edges) {
				from, _ := slices.BinarySearch(borders, left)
				to, _ := slices.BinarySearch(borders, r.edges[j].right)
				c.Col, c.Span = from+1, max(1, to-from)
				left = r.edges[j].right
				if (r.edges[j].sideways || r.edges[j].downward) && strings.TrimSpace(c.Text()) == "" {
					continue
				}
			}
			w.doc.Cells = append(w.doc.Cells, c)
		}
	}
	w.rows = nil
}

// borders lists the table's cell borders from the left; those within 3 points are one.
func (w *writer) borders() []int {
	var all []int
	for _, r := range w.rows {
		for _, e := range r.edges {
			all = append(all, e.right)
		}
	}
	slices.Sort(all)
	const near = 60 // twips
	var kept []int
	snap := map[int]int{}
	for _, b := range all {
		if len(kept) == 0 || b-kept[len(kept)-1] > near {
			kept = append(kept, b)
		}
		snap[b] = kept[len(kept)-1]
	}
	for i := range w.rows {
		for j := range w.rows[i].edges {
			w.rows[i].edges[j].right = snap[w.rows[i].edges[j].right]
		}
	}
	return append([]int{0}, kept...)
}

func (w *writer) document() *document.Document {
	w.tabular = false
	if len(w.cells) > 0 {
		w.row()
	}
	w.paragraph()
	w.endTable()
	return &w.doc
}
