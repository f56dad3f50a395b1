package pdf

import (
	"math"

	"referrald/parse/document"
)

// A binding puts the pages of a file together: a table that goes on on the next page is one table, and a cell or
// paragraph that the page break cut is whole again.
type binding struct {
	blocks []block
	frame  box // of the last page
	from   int // the last page's first block
}

// add appends the blocks of a page.
func (b *binding) add(blocks []block, frame box) {
	if prev, next := b.lastTable(), firstTable(blocks, frame); prev != nil && next >= 0 && sameTable(prev, &blocks[next]) {
		prev.goOn(&blocks[next])
	} else if last := b.lastBlock(); last != nil && len(blocks) > 0 {
		paragraphGoesOn(last, &blocks[0])
	}
	b.from, b.frame = len(b.blocks), frame
	for _, blk := range blocks {
		if len(blk.cells) > 0 {
			blk.atFoot = blk.low(frame)
			b.blocks = append(b.blocks, blk)
		}
	}
}

// cells returns all cells, their tables numbered.
func (b *binding) cells() []document.Cell {
	b.markFeet()
	var out []document.Cell
	tables := 0
	for _, blk := range b.blocks {
		number := 0
		if blk.cells[0].Table > 0 {
			tables++
			number = tables
		}
		for _, c := range blk.cells {
			c.Table = number
			out = append(out, c)
		}
	}
	return out
}

// The parts of a page in which a table must end and begin to go on from one page to the next.
const (
	bottomPart = 0.75
	topPart    = 0.25
)

// lastBlock returns the block at the end of the last page, above its foot, or nil.
func (b *binding) lastBlock() *block {
	for i := len(b.blocks) - 1; i >= b.from && i >= 0; i-- {
		if blk := &b.blocks[i]; !blk.atFoot {
			return blk
		}
	}
	return nil
}

// lastTable returns the table with rules at the foot of the last page, or nil.
func (b *binding) lastTable() *block {
	for i := len(b.blocks) - 1; i >= b.from && i >= 0; i-- {
		if blk := &b.blocks[i]; len(blk.xs) > 0 && blk.y1 > b.frame.y0+bottomPart*b.frame.height() {
			return blk
		}
	}
	return nil
}

// foot returns where the table at the foot of the last page stands, or nil.
func (b *binding) foot() *box {
	if t := b.lastTable(); t != nil {
		return &t.box
	}
	return nil
}

// firstTable returns the place of the table with rules at the head of a page, or -1.
func firstTable(blocks []block, frame box) int {
	for i := range blocks {
		if blk := &blocks[i]; len(blk.xs) > 0 && blk.y0 < frame.y0+topPart*frame.height() {
			return i
		}
	}
	return -1
}

// sameTable tells whether two tables are as wide as each other and stand at the same place across the page.
func sameTable(a, b *block) bool {
	return near(a.xs[0], b.xs[0]) && near(a.xs[len(a.xs)-1], b.xs[len(b.xs)-1]) && len(a.cells) > 0 && len(b.cells) > 0
}

// goOn moves what the next page's table goes on with to this one: the rest of a row that was cut, and all further rows
// if their columns are the same.
func (t *block) goOn(next *block) {
	if t.rowGoesOn(next) {
		t.takeRow(next)
	}
	if len(next.cells) == 0 || !within(next.xs, t.xs) {
		return
	}
	last := 0
	for _, c := range t.cells {
		last = max(last, c.Row)
	}
	offset := last + 1 - next.cells[0].Row
	for i, c := range next.cells {
		from := nearest(t.xs, c.Box.X0)
		c.Row, c.Col, c.Span = c.Row+offset, from+1, max(1, nearest(t.xs, c.Box.X1)-from)
		t.cells, t.edges = append(t.cells, c), append(t.edges, next.edges[i])
	}
	next.cells, next.edges = nil, nil
}

// within tells whether every place of a is one of b.
func within(a, b []float64) bool {
	for _, x := range a {
		if !near(b[nearest(b, x)], x) {
			return false
		}
	}
	return true
}

// rowGoesOn tells whether the first row of next is the rest of this table's last row: each of its cells is empty or
// begins with a word for which the cell above had no room, or holds plain words alone under a cell that has a label: the
// page break then fell between two paragraphs of one cell.
func (t *block) rowGoesOn(next *block) bool {
	found := false
	for i, c := range next.cells {
		if c.Row != next.cells[0].Row {
			break
		}
		e := &next.edges[i]
		if e.first == nil {
			continue
		}
		above := t.foot(c.Box)
		if above < 0 || t.edges[above].last == nil {
			return false
		}
		whole := c.Span == len(next.xs)-1
		if !t.edges[above].full(t.edges[above].last, e.first) && !(whole && labelled(t.cells[above]) && plain(c)) {
			return false
		}
		found = true
	}
	return found
}

// labelled tells whether a cell begins with a bold label.
func labelled(c document.Cell) bool {
	return len(c.Lines) > 0 && len(c.Lines[0].Tokens) > 0 && c.Lines[0].Tokens[0].Style.Has(document.Bold)
}

// plain tells whether a cell holds neither labels nor boxes.
func plain(c document.Cell) bool {
	for _, l := range c.Lines {
		for _, t := range l.Tokens {
			if t.Style.Has(document.Bold) || t.Mark != document.NoMark {
				return false
			}
		}
	}
	return true
}

// foot returns the cell at this table's lower edge that is as wide as b, or -1.
func (t *block) foot(b document.Rect) int {
	for i := len(t.cells) - 1; i >= 0; i-- {
		c := t.cells[i].Box
		if math.Abs(c.Y1-t.y1) < reach && near(c.X0, b.X0) && near(c.X1, b.X1) {
			return i
		}
	}
	return -1
}

// takeRow moves the words of next's first row to the cells that they belong to.
func (t *block) takeRow(next *block) {
	n := 0
	first := next.cells[0].Row
	for n < len(next.cells) && next.cells[n].Row == first {
		c, e := next.cells[n], next.edges[n]
		if at := t.foot(c.Box); e.first != nil && at >= 0 {
			if m := t.edges[at]; m.full(m.last, e.first) {
				t.cells[at].Lines = continued(t.cells[at].Lines, c.Lines, m.joiner(m.last, e.first))
			} else {
				t.cells[at].Lines = append(t.cells[at].Lines, c.Lines...)
			}
			t.edges[at].last = e.last
		}
		n++
	}
	next.cells, next.edges = next.cells[n:], next.edges[n:]
}

// continued joins the last line of a with the first of b.
func continued(a, b []document.Line, between string) []document.Line {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	n := len(a) - 1
	a[n].Tokens = glue(a[n].Tokens, b[0].Tokens, between)
	return append(a, b[1:]...)
}

// paragraphGoesOn joins the last paragraph of a page with the first of the next if it was cut.
func paragraphGoesOn(a, b *block) {
	if len(a.cells) != 1 || len(b.cells) != 1 || a.cells[0].Table+b.cells[0].Table > 0 {
		return
	}
	e, f := &a.edges[0], &b.edges[0]
	if e.last == nil || f.first == nil || !sameColumn(e.last, f.first) || !e.full(e.last, f.first) {
		return
	}
	a.cells[0].Lines = continued(a.cells[0].Lines, b.cells[0].Lines, e.joiner(e.last, f.first))
	b.cells, b.edges = nil, nil
}
