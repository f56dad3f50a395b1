package docx

import (
	"strconv"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A tableCell is one w:tc with the place that the controls around it give.
type tableCell struct {
	node      *part.Node
	at        place
	col, span int
	shaded    bool // against its surroundings
}

// table reads a table (17.4.37): into cells of its own, or folded into the cell that it stands in.
func (r *reader) table(n *part.Node, at place) {
	if r.out.InCell() {
		r.foldTable(n, at)
		return
	}
	table := r.out.OpenTable()
	adorned := r.adorned
	r.adorned = isAdorned(n)
	defer func() { r.adorned = adorned }()
	for i, cells := range tableRows(n, at) {
		for _, c := range cells {
			if unwraps(c, cells) {
				r.blocks(c.node.Kids, c.at)
				r.out.EndParagraph()
				continue
			}
			r.out.OpenCell(table, i+1, c.col, c.span)
			r.cell(c)
			r.out.CloseCell()
		}
	}
}

// cell reads what stands in a cell. A small picture alone in it is a tick that somebody pasted there.
func (r *reader) cell(c tableCell) {
	if c.shaded {
		c.at.control.Style |= document.Highlighted
	}
	r.icon = ""
	r.blocks(c.node.Kids, c.at)
	r.fields = nil
	if r.icon != "" && r.out.Lines() == 0 && !r.adorned {
		r.out.Add(r.pastedTick())
	}
}

// tableRows returns the rows of a table that are not deleted, with their cells.
func tableRows(n *part.Node, at place) [][]tableCell {
	var rows [][]tableCell
	for _, row := range wrapped(n.Kids, "tr", at) {
		if !isDeletedRow(row.node) {
			rows = append(rows, rowCells(row))
		}
	}
	noteShades(rows)
	return rows
}

// wrapped returns the rows of a table or the cells of a row, those in content controls and custom XML among them.
func wrapped(kids []*part.Node, name string, at place) []tableCell {
	var out []tableCell
	for _, n := range kids {
		switch n.Name {
		case name:
			out = append(out, tableCell{node: n, at: at})
		case "sdt":
			c := readControl(n)
			inner := at
			if name == "tc" {
				inner = c.inside(at)
			}
			out = append(out, wrapped(c.kids(), name, inner)...)
		case "customXml", "smartTag", "ins", "moveTo", "sdtContent":
			out = append(out, wrapped(n.Kids, name, at)...)
		case "AlternateContent":
			out = append(out, wrapped(alternative(n), name, at)...)
		}
	}
	return out
}

func isDeletedRow(tr *part.Node) bool {
	pr := tr.Child("trPr")
	return pr.Child("del") != nil || pr.Child("hidden") != nil && isOn(pr.Child("hidden")) == on
}

// rowCells returns the cells of a row that show something of their own, with their grid columns: what a merged cell
// covers (17.4.84 vMerge, 17.4.22 hMerge) is left out.
func rowCells(row tableCell) []tableCell {
	col := 1 + number(row.node.Child("trPr").Child("gridBefore"), 0)
	var out []tableCell
	for _, c := range wrapped(row.node.Kids, "tc", row.at) {
		pr := c.node.Child("tcPr")
		c.col, c.span = col, number(pr.Child("gridSpan"), 1)
		col += c.span
		switch {
		case isContinued(pr.Child("vMerge")), pr.Child("cellDel") != nil:
		case isContinued(pr.Child("hMerge")) && len(out) > 0:
			out[len(out)-1].span += c.span
		default:
			out = append(out, c)
		}
	}
	return out
}

// isContinued tells a merged cell that is covered: "continue" is the value where none is given.
func isContinued(merge *part.Node) bool { return merge != nil && merge.Value("val") != "restart" }

// maxSpan bounds grid columns; Word allows 63.
const maxSpan = 1000

func number(n *part.Node, otherwise int) int {
	v, err := strconv.Atoi(n.Value("val"))
	if err != nil || v < 0 || v > maxSpan {
		return otherwise
	}
	return v
}

// unwraps tells a cell that only lays out the page: it stands alone in its row and holds a real table.
func unwraps(c tableCell, row []tableCell) bool {
	inner := c.node.Find("tbl")
	if inner == nil || !isGrid(inner) {
		return false
	}
	for _, other := range row {
		if other.node != c.node && hasContent(other.node) {
			return false
		}
	}
	return true
}

// isGrid tells a table of at least two rows with a row of at least two cells.
func isGrid(tbl *part.Node) bool {
	rows, wide := 0, false
	for _, row := range wrapped(tbl.Kids, "tr", place{}) {
		rows++
		wide = wide || len(wrapped(row.node.Kids, "tc", place{})) > 1
	}
	return rows > 1 && wide
}

func hasContent(n *part.Node) bool {
	return n.Find("t") != nil || n.Find("sym") != nil || n.Find("fldChar") != nil
}

// foldTable reads a nested table into its outer cell, a line for each row: its cells stand beside each other, parted by
// tabs, as long as each has one line.
func (r *reader) foldTable(n *part.Node, at place) {
	for _, cells := range tableRows(n, at) {
		r.out.EndParagraph()
		single := false
		for i, c := range cells {
			if i > 0 && single {
				r.out.Resume()
				r.out.Add(document.Token{Text: "\t"})
			}
			before := r.out.Lines()
			if c.shaded {
				c.at.control.Style |= document.Highlighted
			}
			r.blocks(c.node.Kids, c.at)
			r.out.EndParagraph()
			single = r.out.Lines()-before <= 1
		}
	}
}
