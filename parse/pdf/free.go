package pdf

import (
	"math"
	"sort"

	"referrald/parse/document"
)

// freeBlocks lays out lines that no rules enclose. Lines with wide gaps stand in columns and become a table, so that
// "beside" and "below" mean the same as in a printed grid; all others become paragraphs.
// Right is how far the lines around them go.
func freeBlocks(rs []row, right float64, spaced bool) []block {
	starts := columnStarts(rs)
	for i := range rs {
		right = max(right, rs[i].x1())
		rs[i].starts = starts
	}
	var out []block
	for i := 0; i < len(rs); {
		if len(rs[i].segments()) > 1 {
			t := newColumns(rs[i:], right, spaced)
			out = append(out, t.block())
			i += t.used
			continue
		}
		j := i + 1
		m := measure{rs[i].x0(), right, spaced}
		for j < len(rs) && len(rs[j].segments()) == 1 && sameColumn(&rs[i], &rs[j]) && m.wraps(&rs[j-1], &rs[j]) && !listed(rs, j) {
			j++
		}
		out = append(out, paragraph(rs[i:j], m))
		i = j
	}
	return out
}

// sameColumn tells whether a line may go on a paragraph: it starts where the paragraph does, but for an indent.
func sameColumn(a, b *row) bool {
	return math.Abs(a.x0()-b.x0()) < 3.5*a.size
}

func paragraph(rs []row, m measure) block {
	b := aroundRows(rs)
	return block{box: b, cells: []document.Cell{{Box: rect(b), Lines: paragraphs(rs, m)}}, edges: []edge{newEdge(rs, m)}}
}

// aroundRows returns the box around lines.
func aroundRows(rs []row) box {
	b := rs[0].words[0].box
	for i := range rs {
		for j := range rs[i].words {
			b = b.union(rs[i].words[j].box)
		}
	}
	return b
}

// columns is a table without rules: lines whose parts stand under each other.
type columns struct {
	lines [][]entry
	right float64
	used  int // printed lines taken in
	last  row
	m     measure
}

// An entry is one cell of columns: the lines that it is made of.
type entry struct{ rows []row }

func (e *entry) x0() float64 { return e.rows[0].x0() }

// newColumns takes lines from the first of rs on as long as they belong to one table.
func newColumns(rs []row, right float64, spaced bool) *columns {
	t := &columns{right: right, m: measure{spaced: spaced}}
	for i := range rs {
		if i > 0 && !t.takes(rs, i) {
			break
		}
		if i == 0 {
			t.add(rs[0].segments())
		}
		t.used++
		t.last = rs[i]
	}
	return t
}

func (t *columns) add(segments []row) {
	line := make([]entry, len(segments))
	for i, s := range segments {
		line[i] = entry{[]row{s}}
	}
	t.lines = append(t.lines, line)
}

// takes adds line i if it belongs to the table and says whether it does.
func (t *columns) takes(rs []row, i int) bool {
	r := &rs[i]
	gap := r.middle - t.last.middle
	if r.top()-t.last.bottom() > 2.4*max(r.size, t.last.size) {
		return false
	}
	segments := r.segments()
	if !(t.column(r.x0(), r.size) == 0 && listed(rs, i)) && t.continues(segments, gap) {
		return true
	}
	if len(segments) > 1 {
		t.add(segments)
		return true
	}
	only := &segments[0]
	at := t.column(only.x0(), r.size)
	switch {
	case at < 0 || only.x1() > t.limit(only.x0(), r.size)+0.5*r.size:
		return false
	case at > 0, isField(only):
		t.add(segments)
		return true
	}
	if i+1 < len(rs) && len(rs[i+1].segments()) > 1 && t.column(rs[i+1].x0(), r.size) == 0 { // one gap in the columns
		t.add(segments)
		return true
	}
	return false
}

func isField(r *row) bool {
	return len(r.words) == 1 && (r.words[0].widget != nil || r.words[0].slot != nil)
}

// continues adds the parts of a line to the cells above them if each of them continues its cell.
func (t *columns) continues(segments []row, gap float64) bool {
	last := t.lines[len(t.lines)-1]
	places := make([]int, len(segments))
	for i := range segments {
		s := &segments[i]
		places[i] = -1
		for j := range last {
			above := &last[j].rows[len(last[j].rows)-1]
			if !aligned(&last[j], s) || gap > 1.75*max(s.size, above.size) {
				continue
			}
			m := measure{last[j].x0(), t.limit(last[j].x0(), s.size), t.m.spaced}
			if s.x1() > m.right+s.size { // too long for the cell: a line of its own
				continue
			}
			if m.wraps(above, s) || j > 0 && len(segments) == 1 && valueGoesOn(above, s) {
				places[i] = j
			}
		}
		if places[i] < 0 {
			return false
		}
	}
	for i, j := range places {
		last[j].rows = append(last[j].rows, segments[i])
	}
	return true
}

// aligned tells whether s stands under a cell: at its start, or at the start of the value behind its label.
func aligned(e *entry, s *row) bool {
	return math.Abs(e.x0()-s.x0()) < 1.1*s.size
}

// valueGoesOn tells whether a lone line under the last column goes on with what stands there: letters under letters.
func valueGoesOn(above, s *row) bool {
	a, b := &above.words[len(above.words)-1], &s.words[0]
	return len(a.glyphs) > 0 && len(b.glyphs) > 0 && !isMark(&above.words[0]) &&
		a.glyphs[0].style.Has(document.Bold) == b.glyphs[0].style.Has(document.Bold)
}

// starts returns where the table's columns begin.
func (t *columns) starts() []float64 {
	var all []float64
	size := 10.0
	for _, line := range t.lines {
		for i := range line {
			all = append(all, line[i].x0())
			size = line[i].rows[0].size
		}
	}
	sort.Float64s(all)
	var out []float64
	for _, x := range all {
		if n := len(out); n == 0 || x-out[n-1] > 1.1*size {
			out = append(out, x)
		}
	}
	return out
}

// column returns the number of the column that begins at x, or -1.
func (t *columns) column(x, size float64) int {
	for i, s := range t.starts() {
		if math.Abs(s-x) < 1.1*size {
			return i
		}
	}
	return -1
}

// columnGap is the least space between columns, in sizes of the letters.
const columnGap = 1.0

// limit returns how far a cell that begins at x may go to the right.
func (t *columns) limit(x, size float64) float64 {
	for _, s := range t.starts() {
		if s > x+1.1*size {
			return s - columnGap*size
		}
	}
	return t.right
}

// block makes cells of the table.
func (t *columns) block() block {
	starts := t.starts()
	var out block
	for y, line := range t.lines {
		for i := range line {
			e := &line[i]
			b := aroundRows(e.rows)
			at := nearest(starts, e.x0())
			next := len(starts)
			if i+1 < len(line) {
				next = nearest(starts, line[i+1].x0())
			}
			m := measure{e.x0(), t.limit(e.x0(), e.rows[0].size), t.m.spaced}
			if len(out.cells) == 0 {
				out.box = b
			}
			out.box = out.box.union(b)
			out.cells = append(out.cells, document.Cell{Table: 1, Row: y + 1, Col: at + 1, Span: max(1, next-at),
				Box: rect(b), Lines: paragraphs(e.rows, m)})
			out.edges = append(out.edges, newEdge(e.rows, m))
		}
	}
	return out
}
