package rtf

import (
	"math"
	"slices"
	"strconv"

	"referrald/parse/document"
)

// A writer gathers text into lines, lines into paragraphs and cells, cells into rows and tables. What stands apart from
// the text (page headers, notes, text boxes) has a writer of its own.
type writer struct {
	cellsOut []document.Cell // what is finished
	lines    []document.Line
	tokens   []document.Token
	words    []byte // text of one look that waits to be a token
	like     document.Token
	tabular  bool // the paragraph stands in a table

	edges []edge
	merge edge // what the next \cellx will be
	cells []document.Cell
	rows  []tableRow // of the open table

	inner innerRow        // the open row of a table within the cell
	boxes []document.Cell // text boxes that wait for the end of their paragraph
}

// An edge is the right border of a cell, in twips, and how the cell is merged.
type edge struct {
	right    int
	sideways bool // goes on from the cell to its left
	downward bool // goes on from the cell above
	shade    string
}

type tableRow struct {
	cells []document.Cell
	edges []edge
}

// An innerRow is a row of a nested table: where it begins among the lines of its outer cell, and its cells so far.
type innerRow struct {
	open  bool
	from  int
	cells [][]document.Line
}

func newWriter() *writer { return &writer{} }

func (w *writer) text(s string, like document.Token) {
	if s == "" {
		return
	}
	if like != w.like {
		w.flush()
		w.like = like
	}
	w.words = append(w.words, s...)
}

// flush makes a token of the text that waits.
func (w *writer) flush() {
	if len(w.words) == 0 {
		return
	}
	t := w.like
	t.Text = string(w.words)
	w.words = w.words[:0]
	w.tokens = append(w.tokens, t)
}

func (w *writer) token(t document.Token) {
	w.flush()
	w.tokens = append(w.tokens, t)
}

// line ends the line but not the paragraph. A line that shows nothing leaves none.
func (w *writer) line() {
	w.flush()
	if l := (document.Line{Tokens: w.tokens}); !l.Blank() {
		w.lines = append(w.lines, l)
	}
	w.tokens = nil
}

// paragraph ends the paragraph: outside tables it is a cell of its own.
func (w *writer) paragraph() {
	w.line()
	if w.tabular {
		w.foldBoxes()
		return
	}
	w.endTable()
	if c := (document.Cell{Lines: w.lines}); !isBlank(c) {
		w.cellsOut = append(w.cellsOut, c)
	}
	w.lines = nil
	w.take(w.boxes)
	w.boxes = nil
}

func isBlank(c document.Cell) bool {
	return !slices.ContainsFunc(c.Lines, func(l document.Line) bool { return !l.Blank() })
}

// foldBoxes puts the text boxes of a paragraph below it into its cell.
func (w *writer) foldBoxes() {
	for _, c := range w.boxes {
		w.lines = append(w.lines, c.Lines...)
	}
	w.boxes = nil
}

// take appends finished cells of another writer, their tables numbered on.
func (w *writer) take(cells []document.Cell) {
	last := lastTable(w.cellsOut)
	for _, c := range cells {
		if c.Table > 0 {
			c.Table += last
		}
		w.cellsOut = append(w.cellsOut, c)
	}
}

func lastTable(cells []document.Cell) (last int) {
	for i := range cells {
		last = max(last, cells[i].Table)
	}
	return last
}

func (w *writer) inTable(yes bool) { w.tabular = yes }

func (w *writer) rowDefinition() {
	w.edges, w.merge = nil, edge{}
}

// maxEdges bounds the cells of a row; Word allows 63.
const maxEdges = 1000

func (w *writer) cellEdge(right int) {
	w.merge.right = right
	if len(w.edges) < maxEdges {
		w.edges = append(w.edges, w.merge)
	}
	w.merge = edge{}
}

// cellShade notes the colour of the background of the next cell, by its place in the colour table.
func (w *writer) cellShade(colour int) { w.merge.shade = strconv.Itoa(colour) }

func (w *writer) cellMerge(sideways bool) {
	if sideways {
		w.merge.sideways = true
		return
	}
	w.merge.downward = true
}

// cell ends a cell of the row.
func (w *writer) cell() {
	w.endInnerRow()
	w.line()
	w.foldBoxes()
	w.cells = append(w.cells, document.Cell{Lines: w.lines})
	w.lines = nil
}

// row ends the row.
func (w *writer) row() {
	if len(w.cells) > 0 {
		w.rows = append(w.rows, tableRow{w.cells, slices.Clone(w.edges)})
	}
	w.cells = nil
	w.tabular = false
}

// openInnerRow begins a row of a nested table, unless one is open: the lines before it are the outer cell's.
func (w *writer) openInnerRow() {
	if !w.inner.open {
		w.line()
		w.inner = innerRow{open: true, from: len(w.lines)}
	}
}

// innerCell ends a cell of a nested table.
func (w *writer) innerCell() {
	w.line()
	if !w.inner.open {
		w.inner = innerRow{open: true, from: max(len(w.lines)-1, 0)}
	}
	from := min(w.inner.from, len(w.lines))
	w.inner.cells = append(w.inner.cells, slices.Clone(w.lines[from:]))
	w.lines = w.lines[:from]
}

// endInnerRow folds a row of a nested table into its outer cell: its cells stand beside each other in a line, parted by
// tabs, as long as each has one line.
func (w *writer) endInnerRow() {
	if !w.inner.open {
		return
	}
	cells, from := w.inner.cells, len(w.lines)
	w.inner = innerRow{}
	single := false
	for i, lines := range cells {
		if n := len(w.lines); i > 0 && single && len(lines) > 0 {
			last := &w.lines[n-1]
			last.Tokens = append(append(last.Tokens, document.Token{Text: "\t"}), lines[0].Tokens...)
			lines = lines[1:]
		}
		w.lines = append(w.lines, lines...)
		single = len(w.lines) > from && len(cells[i]) <= 1
	}
}

// endTable gives the open table's cells their places: a column begins wherever a cell of any row begins.
func (w *writer) endTable() {
	if len(w.rows) == 0 {
		return
	}
	table := lastTable(w.cellsOut) + 1
	borders := w.borders()
	for i, r := range w.rows {
		left := math.MinInt // a row begins where the table does
		for j, c := range r.cells {
			c.Table, c.Row, c.Col, c.Span = table, i+1, j+1, 1
			if j < len(r.edges) {
				from, _ := slices.BinarySearch(borders, left)
				to, _ := slices.BinarySearch(borders, r.edges[j].right)
				c.Col, c.Span = from+1, max(1, to-from)
				c.Shade = r.edges[j].shade
				left = r.edges[j].right
				if (r.edges[j].sideways || r.edges[j].downward) && isBlank(c) {
					continue
				}
			}
			w.cellsOut = append(w.cellsOut, c)
		}
	}
	w.rows = nil
}

// borders lists the table's cell borders from the left; those within 3 points are one.
func (w *writer) borders() []int {
	all := []int{}
	for _, r := range w.rows {
		for _, e := range r.edges {
			all = append(all, e.right)
		}
	}
	slices.Sort(all)
	const near = 60 // twips
	kept := []int{math.MinInt}
	snap := map[int]int{}
	for i, b := range all {
		if i == 0 || b-kept[len(kept)-1] > near {
			kept = append(kept, b)
		}
		snap[b] = kept[len(kept)-1]
	}
	for i := range w.rows {
		for j := range w.rows[i].edges {
			w.rows[i].edges[j].right = snap[w.rows[i].edges[j].right]
		}
	}
	return kept
}

// finish ends what is open and returns the cells.
func (w *writer) finish() []document.Cell {
	w.endInnerRow()
	w.tabular = false
	if len(w.cells) > 0 {
		w.row()
	}
	w.paragraph()
	w.endTable()
	return w.cellsOut
}
