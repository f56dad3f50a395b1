package xlsx

import (
	"errors"
	"slices"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// Limits of a workbook. A tool has a few hundred cells; whatever passes these is a register or an export.
const (
	maxCells   = 20_000
	maxColumns = 16_384 // Excel's own
	maxRows    = 1_048_576
)

// A cell is what stands in one place of a sheet.
type cell struct {
	col, span int
	lines     []document.Line
	shade     string
}

// A row is the cells of one row, from the left.
type row struct {
	number int
	cells  []cell
}

// sheet reads one worksheet (18.3.1.99): its rows, with the boxes that lie on them. Empty rows part its tables.
func (r *reader) sheet(tree *part.Node, name string) error {
	rows, err := r.rows(tree)
	if err != nil {
		return err
	}
	rows = withBoxes(rows, r.boxes(tree, name))
	if tree.Child("legacyDrawing") == nil && tree.Child("controls") != nil {
		r.out.Warn(document.UnreadControl)
	}
	if tree.Child("oleObjects") != nil {
		r.out.Warn(document.UnreadFiles)
	}
	r.write(rows)
	r.drawing(tree, name)
	return nil
}

// rows returns the rows that are shown and hold anything, without what merged cells cover and hidden columns hold.
func (r *reader) rows(tree *part.Node) ([]row, error) {
	spans, covered := merges(tree.Child("mergeCells"))
	hidden := hiddenColumns(tree.Child("cols"))
	var out []row
	count, number := 0, 0
	data := tree.Child("sheetData")
	if data == nil {
		return nil, nil
	}
	for _, n := range data.Kids {
		if n.Name != "row" {
			continue
		}
		number = rowNumber(n, number+1)
		if isOn(n.Value("hidden")) {
			continue
		}
		this := row{number: number}
		col := 0
		for _, c := range n.Kids {
			if c.Name != "c" {
				continue
			}
			at := place{number, col + 1}
			if p, ok := placeOf(c.Value("r")); ok {
				at = p
			}
			col = at.col
			if covered[at] || hidden.has(col) {
				continue
			}
			if count++; count > maxCells {
				return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading xlsx: too many cells")}
			}
			this.cells = append(this.cells, cell{col: col, span: spans[at], lines: r.value(c), shade: r.formatOf(c).fill})
		}
		out = append(out, this)
	}
	return out, nil
}

// write puts rows out as tables. A row's empty cells stay where others stand in it.
func (r *reader) write(rows []row) {
	table, number, last := 0, 0, 0
	for _, w := range rows {
		if w.isBlank() {
			continue
		}
		if table == 0 || w.number > last+1 {
			table, number = r.out.OpenTable(), 0
		}
		last = w.number
		number++
		for _, c := range w.cells {
			r.out.OpenCell(table, number, c.col, c.span)
			r.out.Shade(c.shade)
			for _, l := range c.lines {
				r.out.AddAll(l.Tokens)
				r.out.Break()
			}
			r.out.CloseCell()
		}
	}
}

func (w *row) isBlank() bool {
	for _, c := range w.cells {
		for _, l := range c.lines {
			if !l.Blank() {
				return false
			}
		}
	}
	return true
}

// A place is a cell's row and column, from 1.
type place struct{ row, col int }

// placeOf reads a cell's name (18.18.7): letters for the column, digits for the row.
func placeOf(name string) (place, bool) {
	var p place
	for _, c := range strings.ToUpper(name) {
		switch {
		case c == '$':
		case c >= 'A' && c <= 'Z' && p.row == 0:
			p.col = 26*p.col + int(c-'A') + 1
		case c >= '0' && c <= '9':
			p.row = 10*p.row + int(c-'0')
		default:
			return place{}, false
		}
		if p.row > maxRows || p.col > maxColumns {
			return place{}, false
		}
	}
	return p, p.row > 0 && p.col > 0
}

func rowNumber(n *part.Node, otherwise int) int {
	if p, ok := placeOf("A" + n.Value("r")); ok {
		return p.row
	}
	return otherwise
}

// merges returns the columns that merged cells (18.3.1.55) cover by their first cells, and the cells that they cover.
func merges(n *part.Node) (spans map[place]int, covered map[place]bool) {
	spans, covered = map[place]int{}, map[place]bool{}
	if n == nil {
		return spans, covered
	}
	for _, m := range n.Kids {
		from, to, _ := strings.Cut(m.Value("ref"), ":")
		a, okA := placeOf(from)
		b, okB := placeOf(to)
		if !okA || !okB || b.row < a.row || b.col < a.col {
			continue
		}
		spans[a] = b.col - a.col + 1
		for row := a.row; row <= b.row && len(covered) < maxCells; row++ {
			for col := a.col; col <= b.col && len(covered) < maxCells; col++ {
				if at := (place{row, col}); at != a {
					covered[at] = true
				}
			}
		}
	}
	return spans, covered
}

// columns are ranges of them.
type columns [][2]int

func (all columns) has(col int) bool {
	return slices.ContainsFunc(all, func(c [2]int) bool { return c[0] <= col && col <= c[1] })
}

func hiddenColumns(n *part.Node) (out columns) {
	if n == nil {
		return nil
	}
	for _, c := range n.Kids {
		from, okFrom := placeOf("A" + c.Value("min"))
		to, okTo := placeOf("A" + c.Value("max"))
		if isOn(c.Value("hidden")) && okFrom && okTo {
			out = append(out, [2]int{from.row, to.row})
		}
	}
	return out
}

func isOn(v string) bool { return v == "1" || v == "true" }
