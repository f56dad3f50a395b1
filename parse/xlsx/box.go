package xlsx

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A box is a check box or option button that lies on a sheet.
type box struct {
	at      place
	mark    document.Mark
	caption string
}

// boxes reads the form controls of a sheet from its drawing for old readers ([MS-OI29500] 2.1.1759 and the VML of
// ECMA-376-4, 19.4.2), which every Excel writes.
func (r *reader) boxes(tree *part.Node, sheet string) []box {
	id := tree.Child("legacyDrawing").Value("id")
	if id == "" {
		return nil
	}
	drawing, err := r.archive.Tree(r.archive.Relations(sheet)[id].Target)
	if err != nil {
		r.out.Warn(document.UnreadControl)
		return nil
	}
	var out []box
	for _, shape := range drawing.Kids {
		data := shape.Child("ClientData")
		switch data.Value("ObjectType") {
		case "Checkbox", "Radio":
			if b, ok := boxOf(shape, data); ok {
				out = append(out, b)
				continue
			}
			r.out.Warn(document.UnreadControl)
		case "Drop", "List", "Spin", "Scroll":
			r.out.Warn(document.UnreadControl) // what is chosen stands in a cell, which may be hidden
		case "Note":
			r.out.Warn(document.Comments)
		}
	}
	return out
}

func boxOf(shape, data *part.Node) (box, bool) {
	// Left column and offset, top row and offset, right column and offset, bottom row and offset; from 0.
	var edges [8]int
	anchor := strings.Split(data.Child("Anchor").Words(), ",")
	if len(anchor) != len(edges) {
		return box{}, false
	}
	for i, v := range anchor {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 || n > maxRows {
			return box{}, false
		}
		edges[i] = n
	}
	b := box{at: place{(edges[2]+edges[6])/2 + 1, edges[0] + 1}, mark: document.Unticked}
	switch strings.TrimSpace(data.Child("Checked").Words()) {
	case "1":
		b.mark = document.Ticked
	case "2": // neither
		b.mark = document.MarkUnknown
	}
	b.caption = strings.Join(strings.Fields(shape.Child("textbox").Words()), " ")
	return b, true
}

// withBoxes puts boxes before what stands in their cells, making cells and rows where there are none.
func withBoxes(rows []row, boxes []box) []row {
	slices.SortStableFunc(boxes, func(a, b box) int { return cmp.Or(cmp.Compare(b.at.row, a.at.row), cmp.Compare(b.at.col, a.at.col)) })
	for _, b := range boxes { // the last first, since each is put before what is there
		line := document.Line{Tokens: []document.Token{{Mark: b.mark, Source: document.LegacyField, Style: document.Filled}}}
		if b.caption != "" {
			line.Tokens = append(line.Tokens, document.Token{Text: " " + b.caption})
		}
		i, found := slices.BinarySearchFunc(rows, b.at.row, func(w row, n int) int { return cmp.Compare(w.number, n) })
		if !found {
			rows = slices.Insert(rows, i, row{number: b.at.row})
		}
		rows[i].put(b.at.col, line)
	}
	return rows
}

func (w *row) put(col int, l document.Line) {
	i, found := slices.BinarySearchFunc(w.cells, col, func(c cell, n int) int { return cmp.Compare(c.col, n) })
	switch {
	case !found:
		w.cells = slices.Insert(w.cells, i, cell{col: col, lines: []document.Line{l}})
	case len(w.cells[i].lines) == 0 || len(l.Tokens) > 1:
		w.cells[i].lines = append([]document.Line{l}, w.cells[i].lines...)
	default:
		first := &w.cells[i].lines[0]
		first.Tokens = append(append(l.Tokens, document.Token{Text: " "}), first.Tokens...)
	}
}
