package form

import (
	"fmt"
	"strings"

	"referrald/parse/document"
)

// evidence says where the parts stand, with the label's words before theirs.
func (g *segment) evidence(a anchor, parts []stretch, text string) Evidence {
	n := a.line
	for _, p := range parts {
		if strings.TrimSpace(g.lines[p.line].text[p.start:p.end]) != "" {
			n = p.line
			break
		}
	}
	e := g.where(n)
	label := strings.TrimSpace(g.lines[a.line].text[a.start:a.end])
	e.Text = plain(strings.TrimSpace(label + " " + text))
	if len(parts) > 0 {
		e.Box = g.box(parts)
	}
	return e
}

// where says in words where a line stands.
func (p *page) where(n int) Evidence {
	c := &p.doc.Cells[p.lines[n].cell]
	e := Evidence{Document: p.name, Page: c.Page, Box: c.Box}
	switch {
	case c.Table > 0:
		e.Where = fmt.Sprintf("table %d, row %d, cell %d", c.Table, c.Row, c.Col)
	case c.Page > 0:
		e.Where = fmt.Sprintf("page %d", c.Page)
	default:
		e.Where = fmt.Sprintf("paragraph %d", p.lines[n].cell+1)
	}
	return e
}

// box returns the rectangle around the tokens of the parts, or that of the cell.
func (p *page) box(parts []stretch) document.Rect {
	var all document.Rect
	for _, s := range parts {
		for _, t := range p.lines[s.line].spans {
			if t.start < s.end && t.end > s.start {
				all = around(all, t.token.Box)
			}
		}
	}
	if all == (document.Rect{}) {
		return p.doc.Cells[p.lines[parts[0].line].cell].Box
	}
	return all
}

func around(a, b document.Rect) document.Rect {
	switch {
	case a == (document.Rect{}):
		return b
	case b == (document.Rect{}):
		return a
	}
	return document.Rect{X0: min(a.X0, b.X0), Y0: min(a.Y0, b.Y0), X1: max(a.X1, b.X1), Y1: max(a.Y1, b.Y1)}
}

// plain writes the private runes of marks as boxes that a person can read.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case offMark:
			return '☐'
		case onMark:
			return '☒'
		case doubtMark:
			return '▯'
		}
		return r
	}, text)
}
