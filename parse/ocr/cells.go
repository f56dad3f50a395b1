package ocr

import (
	"math"
	"slices"
	"sort"
	"strings"

	"referrald/parse/document"
)

// A block is what is read in one go: a table, or a paragraph outside tables.
type block struct {
	rect
	cells []document.Cell // Table is 1 in a table, 0 in a paragraph
}

// blocksOf puts items into the cells of tables and the text around them, in reading order.
func blocksOf(all []item, gs []grid) []block {
	em := emOf(all)
	var free []item
	for _, it := range all {
		if r := regionOf(it, gs); r != nil {
			r.items = append(r.items, it)
		} else {
			free = append(free, it)
		}
	}
	var out []block
	for i := range gs {
		out = append(out, gs[i].block())
	}
	out = append(out, freeBlocks(rowsOf(free), em)...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if math.Abs(float64(a.y0-b.y0)) > same {
			return a.y0 < b.y0
		}
		return a.x0 < b.x0
	})
	return out
}

// regionOf returns the cell of the smallest table in which an item stands, or nil.
func regionOf(it item, gs []grid) *region {
	var in *region
	area := math.MaxInt
	for i := range gs {
		b := gs[i].bounds()
		if a := b.width() * b.height(); a < area {
			if r := gs[i].at(it.middle()); r != nil {
				in, area = r, a
			}
		}
	}
	return in
}

// block makes cells of a table. Empty ones stay: what is beside or below a label must not move up.
func (g *grid) block() block {
	out := block{rect: g.bounds()}
	sort.SliceStable(g.regions, func(i, j int) bool {
		a, b := &g.regions[i], &g.regions[j]
		return a.row < b.row || a.row == b.row && a.col < b.col
	})
	for i := range g.regions {
		r := &g.regions[i]
		c := document.Cell{Table: 1, Row: r.row, Col: r.col, Box: r.points()}
		if r.span > 1 {
			c.Span = r.span
		}
		c.Lines = r.lines()
		out.cells = append(out.cells, c)
	}
	return out
}

// lines returns the lines of a cell, as far from its right rule as they are from its left one.
func (r *region) lines() []document.Line {
	rs := rowsOf(r.items)
	pad := r.width() / 4
	for i := range rs {
		pad = min(pad, rs[i].x0-r.x0)
	}
	return unwrapped(rs, r.x1-max(pad, 0))
}

// unwrapped makes lines of printed ones: a line whose next word would not have fitted goes on in the one below, and so does
// one that breaks off within brackets.
func unwrapped(rs []row, limit int) []document.Line {
	var out []document.Line
	open := 0
	for i := range rs {
		if i > 0 && (rs[i-1].wraps(&rs[i], limit) || open > 0 && !rs[i].asks()) {
			last := &out[len(out)-1]
			last.Tokens[len(last.Tokens)-1].Text += " "
			last.Tokens = append(last.Tokens, rs[i].line().Tokens...)
		} else {
			out, open = append(out, rs[i].line()), 0
		}
		open = max(0, open+rs[i].brackets())
	}
	return out
}

// brackets returns how many more brackets a line opens than it closes.
func (r *row) brackets() int {
	open := 0
	for _, it := range r.items {
		open += strings.Count(it.text, "(") - strings.Count(it.text, ")")
	}
	return open
}

// asks tells a line with a question or a box of its own, which no bracket that OCR failed to close reaches.
func (r *row) asks() bool {
	return slices.ContainsFunc(r.items, func(it item) bool { return it.mark != document.NoMark || strings.ContainsAny(it.text, ":?") })
}

// looseWrap is how many hundredths of a line's height short of the rule a word may have been thought not to fit: word
// processors wrap by margins that nobody sees.
const looseWrap = 80

// wraps tells whether a line goes on in the next: its first word would not have fitted on this one, or this one ends on a
// word that ends nothing.
func (r *row) wraps(next *row, limit int) bool {
	first, last := next.items[0], r.items[len(r.items)-1]
	if first.mark != document.NoMark || last.mark != document.NoMark {
		return false
	}
	if len(r.items) > 1 && slices.Contains(binding[:], last.text) {
		return true
	}
	space := r.height() / 4
	return r.x1+space+first.width()+r.height()*looseWrap/100 > limit
}

// binding are words that no line of its own ends on.
var binding = [...]string{"the", "of", "to", "and", "or", "a", "an", "for", "in", "with", "by", "&", "/", "young"}

// freeBlocks lays out lines that no rules enclose. Lines whose parts stand apart become a table, so that "beside" and
// "below" mean the same as in a printed grid; others become paragraphs.
func freeBlocks(rs []row, em float64) []block {
	var out []block
	right := 0
	for i := range rs {
		right = max(right, rs[i].x1)
	}
	for i := 0; i < len(rs); {
		j := i + 1
		if len(rs[i].parts(em)) > 1 {
			for j < len(rs) && near(&rs[j-1], &rs[j], 2.2*em) && (len(rs[j].parts(em)) > 1 || j+1 < len(rs) && len(rs[j+1].parts(em)) > 1) {
				j++
			}
			out = append(out, columns(rs[i:j], em))
			i = j
			continue
		}
		for j < len(rs) && len(rs[j].parts(em)) == 1 && near(&rs[j-1], &rs[j], 0.75*em) && sameStart(&rs[i], &rs[j], em) {
			j++
		}
		out = append(out, paragraph(rs[i:j], right))
		i = j
	}
	return out
}

// near tells whether no more than a gap of paper stands between two lines.
func near(a, b *row, gap float64) bool { return float64(b.y0-a.y1) < gap }

func sameStart(a, b *row, em float64) bool { return math.Abs(float64(a.x0-b.x0)) < 2*em }

func paragraph(rs []row, right int) block {
	b := block{rect: rs[0].rect}
	c := document.Cell{}
	for i := range rs {
		b.rect = b.union(rs[i].rect)
	}
	c.Lines = unwrapped(rs, right)
	c.Box = b.points()
	b.cells = []document.Cell{c}
	return b
}

// columns makes a table of lines whose parts stand under each other.
func columns(rs []row, em float64) block {
	var starts []float64
	for i := range rs {
		for _, p := range rs[i].parts(em) {
			starts = append(starts, float64(p.x0))
		}
	}
	starts = apart(starts, em)
	b := block{rect: rs[0].rect}
	for i := range rs {
		b.rect = b.union(rs[i].rect)
		for _, p := range rs[i].parts(em) {
			b.cells = append(b.cells, document.Cell{Table: 1, Row: i + 1, Col: nearest(starts, float64(p.x0)) + 1,
				Box: p.points(), Lines: []document.Line{p.line()}})
		}
	}
	return b
}

// apart returns the starts of columns, those of one column once.
func apart(xs []float64, em float64) []float64 {
	sort.Float64s(xs)
	var out []float64
	for _, x := range xs {
		if n := len(out); n == 0 || x-out[n-1] > 1.2*em {
			out = append(out, x)
		}
	}
	return out
}
