package docx

import (
	"strings"

	"referrald/parse/part"
)

// noteShades marks the cells that are shaded against their surroundings: a cell of another colour than one beside it and
// one above or below it, or the only row of its colour under a table's head. Labels and banded rows or columns, which
// templates shade, are set off from nothing.
func noteShades(rows [][]tableCell) {
	fills := map[string]int{} // whole rows by their colour
	for _, row := range rows {
		if fill, one := fillOfRow(row); one {
			fills[fill]++
		}
	}
	for i, row := range rows {
		whole, one := fillOfRow(row)
		for j := range row {
			c := &row[j]
			switch fill := fillOf(c.node); {
			case fill == "":
			case one:
				c.shaded = i > 0 && len(rows) > 2 && fills[whole] == 1
			default:
				c.shaded = differsBelow(rows, i, c.col, fill)
			}
		}
	}
}

// fillOf returns the colour of a cell's shading (17.4.32), or "" where it has that of paper.
func fillOf(tc *part.Node) string {
	shd := tc.Child("tcPr").Child("shd")
	if shd == nil || !isShaded(shd) {
		return ""
	}
	return strings.ToLower(shd.Value("fill")) + " " + shd.Value("color")
}

// fillOfRow returns the colour of a row whose cells with words are all of one.
func fillOfRow(row []tableCell) (fill string, one bool) {
	for _, c := range row {
		if !hasContent(c.node) {
			continue
		}
		f := fillOf(c.node)
		if one && f != fill {
			return "", false
		}
		fill, one = f, true
	}
	return fill, one
}

// differsBelow tells whether the cell above or below in a column is of another colour; in a table of one row, always.
func differsBelow(rows [][]tableCell, at, col int, fill string) bool {
	if len(rows) == 1 {
		return true
	}
	for _, i := range [...]int{at - 1, at + 1} {
		if i < 0 || i >= len(rows) {
			continue
		}
		for _, c := range rows[i] {
			if c.col == col && hasContent(c.node) {
				return fillOf(c.node) != fill
			}
		}
	}
	return true
}
