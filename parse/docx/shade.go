package docx

import (
	"strings"

	"referrald/parse/part"
)

// noteShades marks the cells that are shaded against their surroundings: a cell of another colour than one beside it and
// one above or below it, or the only row of its colour under a table's head. Labels and banded rows or columns, which
// templates shade, are set off from nothing.
func noteShades(rows [][]tableCell) {
	whole := map[string]int{} // rows by the one colour that they have
	fills := make([]map[int]string, len(rows))
	for i, row := range rows {
		if fill, one := fillOfRow(row); one {
			whole[fill]++
		}
		fills[i] = fillsByColumn(row)
	}
	for i, row := range rows {
		rowFill, one := fillOfRow(row)
		for j := range row {
			c := &row[j]
			switch fill := fillOf(c.node); {
			case fill == "":
			case one:
				c.shaded = i > 0 && len(rows) > 2 && whole[rowFill] == 1
			default:
				c.shaded = differsBelow(fills, i, c.col, fill)
			}
		}
	}
}

// fillsByColumn returns the colours of the cells with words by their columns.
func fillsByColumn(row []tableCell) map[int]string {
	out := make(map[int]string, len(row))
	for _, c := range row {
		if hasContent(c.node) {
			out[c.col] = fillOf(c.node)
		}
	}
	return out
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

// differsBelow tells whether the cell above or below in a column is of another colour; where there is none, always.
func differsBelow(fills []map[int]string, at, col int, fill string) bool {
	for _, i := range [...]int{at - 1, at + 1} {
		if i < 0 || i >= len(fills) {
			continue
		}
		if other, ok := fills[i][col]; ok {
			return other != fill
		}
	}
	return true
}
