package form

import (
	"strings"

	"referrald/parse/document"
)

// A grid tells of each table which of its cells are for labels and which for values, by the known labels in its rows and
// columns.
type grid struct {
	labels map[int]bool // by cell: a label, whatever its words
	values map[int]bool // by cell: the place for a label's value
}

// gridOf looks for columns of labels and for rows of heads with their values below.
func (s *scanner) gridOf() grid {
	g := grid{labels: map[int]bool{}, values: map[int]bool{}}
	whole, own := s.wholeLabels()
	stacked := s.stackedLabels()
	all := 0
	for _, n := range stacked {
		all += n
	}
	for table, rows := range s.tables() {
		if stacked[table] >= 2 {
			continue // each cell holds its label and, below it, its value
		}
		if heads := s.headRows(rows, whole); heads != nil {
			s.noteHeads(g, rows, heads, whole)
			continue
		}
		s.noteColumns(g, rows, whole, own, all)
	}
	return g
}

// wholeLabels returns the cells that a known label fills, hints aside, and those that begin with one.
func (s *scanner) wholeLabels() (whole, own map[int]bool) {
	whole, own = map[int]bool{}, map[int]bool{}
	for _, a := range s.anchors {
		ln := &s.lines[a.line]
		if a.kind != labelSense || a.start > 0 || ln.no > 0 {
			continue
		}
		switch {
		case a.whole && s.isBrief(ln.cell):
			whole[ln.cell] = true
		case a.colon || a.bold:
			own[ln.cell] = true
		}
	}
	return whole, own
}

// stackedLabels counts for each table the cells that hold a known label with a value on the lines below it.
func (s *scanner) stackedLabels() map[int]int {
	out := map[int]int{}
	for _, a := range s.anchors {
		ln := &s.lines[a.line]
		if a.kind == labelSense && a.key != "" && a.start == 0 && a.whole && ln.no == 0 && !s.isBrief(ln.cell) {
			out[s.doc.Cells[ln.cell].Table]++
		}
	}
	return out
}

// isBrief tells a cell of one line, or whose further lines only say what to write.
func (s *scanner) isBrief(cell int) bool {
	for n := s.first[cell] + 1; n < s.first[cell+1]; n++ {
		ln := &s.lines[n]
		if !ln.has(0, len(ln.text), document.Italic) && !isHintText(ln.text) {
			return false
		}
	}
	return true
}

// tables returns the cells of each table by their rows.
func (s *scanner) tables() map[int][][]int {
	out := map[int][][]int{}
	for i := range s.doc.Cells {
		c := &s.doc.Cells[i]
		if c.Table == 0 || c.Margin {
			continue
		}
		rows := out[c.Table]
		if len(rows) == 0 || s.doc.Cells[rows[len(rows)-1][0]].Row != c.Row {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], i)
		out[c.Table] = rows
	}
	return out
}

// isEmpty tells a cell without a word or mark.
func (p *page) isEmpty(cell int) bool { return p.first[cell] == p.first[cell+1] }

// headRows returns the rows that hold labels for the row below them, or nil for a table of another kind.
func (s *scanner) headRows(rows [][]int, whole map[int]bool) map[int]bool {
	heads := map[int]bool{}
	for i := 0; i+1 < len(rows); i++ {
		labels, full := s.countLabels(rows[i], whole)
		below, _ := s.countLabels(rows[i+1], whole)
		if labels >= 2 && 2*labels > full && 2*below < labels {
			heads[i] = true
		}
	}
	if len(heads) == 0 {
		return s.loneHeads(rows, whole)
	}
	for i := 0; i+1 < len(rows); i++ {
		labels, _ := s.countLabels(rows[i], whole)
		below, _ := s.countLabels(rows[i+1], whole)
		if labels > 0 && below == 0 && !heads[i-1] {
			heads[i] = true
		}
	}
	s.addInStep(rows, heads)
	if !alternates(rows, heads) {
		return nil
	}
	return heads
}

// loneHeads returns the rows that hold one label each, with one value in the row below it and nothing beside either. Not all
// of the labels need be known.
func (s *scanner) loneHeads(rows [][]int, whole map[int]bool) map[int]bool {
	heads := map[int]bool{}
	known, odd := 0, 0
	for i, row := range rows {
		labels, full := s.countLabels(row, whole)
		if full > 1 || i%2 == 0 && (s.isEmpty(row[0]) || !s.looksPrinted(row[0])) {
			return nil
		}
		if i%2 > 0 {
			odd += labels
			labels = 0
		}
		known += labels
		heads[i] = i%2 == 0
	}
	if len(rows)%2 > 0 || len(rows) < 2 || 4*known < len(rows) || 2*odd > known {
		return nil
	}
	return heads
}

// addInStep adds the rows that keep step with the heads, every second row, and look printed.
func (s *scanner) addInStep(rows [][]int, heads map[int]bool) {
	first := -1
	for i := range rows {
		if heads[i] && first < 0 {
			first = i
		}
		if heads[i] && (i-first)%2 > 0 {
			return
		}
	}
	for i := first; i+1 < len(rows); i += 2 {
		printed := !heads[i-1] && !heads[i+1]
		for _, c := range rows[i] {
			printed = printed && (s.isEmpty(c) || s.looksPrinted(c))
		}
		if printed {
			heads[i] = true
		}
	}
}

// alternates tells a table in which rows of labels and of values take turns, but for the rows at its end. A single head
// above many rows is a list of another kind.
func alternates(rows [][]int, heads map[int]bool) bool {
	return 2*len(heads)+1 >= len(rows)
}

func (s *scanner) countLabels(row []int, whole map[int]bool) (labels, full int) {
	for _, c := range row {
		labels += count(whole[c])
		full += count(!s.isEmpty(c))
	}
	return labels, full
}

func (s *scanner) noteHeads(g grid, rows [][]int, heads, whole map[int]bool) {
	for i, row := range rows {
		for _, c := range row {
			s.under[c] = s.under[c] || heads[i-1]
			switch {
			case heads[i] && !whole[c] && !s.isEmpty(c):
				g.labels[c] = true
			case heads[i-1] && !heads[i]:
				g.values[c] = true
			}
		}
	}
}

// noteColumns notes the columns of which half the cells or more are known labels with a cell to their right. The document has
// so many labels in all with their values below them in their cells.
func (s *scanner) noteColumns(g grid, rows [][]int, whole, own map[int]bool, all int) {
	known, owned, other := map[int]int{}, map[int]int{}, map[int][]int{}
	for _, row := range rows {
		for _, c := range row {
			right, ok := s.right(c)
			if !ok {
				continue
			}
			col := s.doc.Cells[c].Col
			switch {
			case whole[c] && all >= mannerLabels && s.first[right+1]-s.first[right] > 1:
				// a label without a value, beside another with one
			case whole[c] && !whole[right] && !own[right]:
				known[col]++
				g.values[right] = true
			case own[c]:
				owned[col]++
			case !s.isEmpty(c):
				other[col] = append(other[col], c)
			}
		}
	}
	for col, cells := range other {
		if known[col] < 2 || len(cells) > known[col] || 2*owned[col] > known[col] {
			continue
		}
		for _, c := range cells {
			if !g.values[c] && s.looksPrinted(c) {
				g.labels[c] = true
			}
		}
	}
	for c := range g.labels {
		if right, ok := s.right(c); ok && (!whole[right] || known[s.doc.Cells[right].Col] < 2) {
			g.values[right] = true
		}
	}
}

// looksPrinted tells a cell that can be a label: one line of few words, no field, no box.
func (s *scanner) looksPrinted(cell int) bool {
	if !s.isBrief(cell) {
		return false
	}
	ln := &s.lines[s.first[cell]]
	return len(strings.Fields(ln.text)) <= longestPrinted && !ln.has(0, len(ln.text), document.Filled) && !strings.ContainsFunc(ln.text, isMark) && len(ln.hits) == 0
}
