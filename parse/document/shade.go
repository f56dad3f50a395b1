package document

// A Shade is what one cell of a table looks like from afar: the grid column that it begins at, the colour of its
// background ("" for paper) and whether words stand in it.
type Shade struct {
	Col    int
	Colour string
	Words  bool
}

// SetOff tells of each cell of a table's rows whether it is shaded against its surroundings, as staff mark a choice: it is
// of another colour than one beside it and one above or below it, or the only row of its colour under the table's head.
// Labels and banded rows or columns, which templates shade, are set off from nothing.
func SetOff(rows [][]Shade) [][]bool {
	whole := map[string]int{} // rows by the one colour that they have
	columns := make([]map[int]string, len(rows))
	for i, row := range rows {
		if colour, one := rowColour(row); one {
			whole[colour]++
		}
		columns[i] = coloursByColumn(row)
	}
	out := make([][]bool, len(rows))
	for i, row := range rows {
		out[i] = make([]bool, len(row))
		colour, one := rowColour(row)
		for j, s := range row {
			switch {
			case s.Colour == "":
			case one:
				out[i][j] = i > 0 && len(rows) > 2 && whole[colour] == 1
			default:
				out[i][j] = differsBelow(columns, i, s)
			}
		}
	}
	return out
}

// coloursByColumn returns the colours of the cells with words by their columns.
func coloursByColumn(row []Shade) map[int]string {
	out := make(map[int]string, len(row))
	for _, s := range row {
		if s.Words {
			out[s.Col] = s.Colour
		}
	}
	return out
}

// rowColour returns the colour of a row whose cells with words are all of one.
func rowColour(row []Shade) (colour string, one bool) {
	for _, s := range row {
		if !s.Words {
			continue
		}
		if one && s.Colour != colour {
			return "", false
		}
		colour, one = s.Colour, true
	}
	return colour, one
}

// differsBelow tells whether the cell above or below in a column is of another colour; where there is none, always.
func differsBelow(columns []map[int]string, at int, s Shade) bool {
	for _, i := range [...]int{at - 1, at + 1} {
		if i < 0 || i >= len(columns) {
			continue
		}
		if other, ok := columns[i][s.Col]; ok {
			return other != s.Colour
		}
	}
	return true
}

// FindShades highlights the words of the cells that are set off by their shading, for readers that note it in Cell.Shade.
func (d *Document) FindShades() {
	for from := 0; from < len(d.Cells); {
		to, shaded := from, false
		for to < len(d.Cells) && d.Cells[to].Table == d.Cells[from].Table {
			shaded = shaded || d.Cells[to].Shade != ""
			to++
		}
		if shaded && d.Cells[from].Table > 0 {
			highlightShades(d.Cells[from:to])
		}
		from = to
	}
}

// highlightShades does so in the cells of one table.
func highlightShades(cells []Cell) {
	var rows [][]Shade
	for i, c := range cells {
		if i == 0 || c.Row != cells[i-1].Row {
			rows = append(rows, nil)
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], Shade{Col: c.Col, Colour: c.Shade, Words: len(c.Lines) > 0})
	}
	i := 0
	for _, row := range SetOff(rows) {
		for _, set := range row {
			if set {
				cells[i].highlight()
			}
			i++
		}
	}
}

func (c *Cell) highlight() {
	for _, l := range c.Lines {
		for k := range l.Tokens {
			l.Tokens[k].Style |= Highlighted
		}
	}
}
