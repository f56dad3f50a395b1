package pdf

import (
	"math"
	"sort"

	"referrald/parse/document"
)

// A rule is a printed line after its pieces are joined: at a fixed height or place, from one end to the other. For a
// horizontal rule at is y and from and to are x; for an upright one the other way round.
type rule struct{ at, from, to float64 }

// Distances in points within which lines belong together.
const (
	sameLine = 1.2 // pieces of one line
	gapInRow = 2.6 // between pieces of one line: dashes, cells with a little space between
	reach    = 3.2 // a rule ends at another rule
)

// rules joins the lines of a page into rules, after what strikes words out or underlines them is taken away.
func (c *canvas) rules() (across, down []rule) {
	for _, l := range c.lines {
		if l.horizontal() {
			across = append(across, rule{l.y0, l.x0, l.x1})
		}
		if l.y1-l.y0 >= l.x1-l.x0 {
			down = append(down, rule{l.x0, l.y0, l.y1})
		}
	}
	return join(across), join(down)
}

// join puts pieces together that continue each other.
func join(pieces []rule) []rule {
	sort.Slice(pieces, func(i, j int) bool { return pieces[i].at < pieces[j].at })
	var out []rule
	for i := 0; i < len(pieces); {
		j := i + 1
		for j < len(pieces) && pieces[j].at-pieces[j-1].at <= sameLine && pieces[j].at-pieces[i].at <= 2*sameLine {
			j++
		}
		out = append(out, joinRow(pieces[i:j])...)
		i = j
	}
	return out
}

// joinRow joins pieces of one height.
func joinRow(row []rule) []rule {
	sort.Slice(row, func(i, j int) bool { return row[i].from < row[j].from })
	var out []rule
	for _, r := range row {
		if n := len(out); n > 0 && r.from <= out[n-1].to+gapInRow {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}

// strikes finds the lines that run through the middle of letters, marks those letters struck and takes the lines away,
// so that they do not cut cells.
func (c *canvas) strikes() {
	if len(c.lines) == 0 || len(c.glyphs) == 0 {
		return
	}
	rows := c.byBaseline()
	kept := c.lines[:0]
	for _, l := range c.lines {
		if !l.horizontal() || !c.strike(l, rows) {
			kept = append(kept, l)
		}
	}
	c.lines = kept
}

// byBaseline returns the places of the visible, inked glyphs in the order of their baselines.
func (c *canvas) byBaseline() []int {
	rows := make([]int, 0, len(c.glyphs))
	for i := range c.glyphs {
		if g := &c.glyphs[i]; !g.blank && !g.hidden {
			rows = append(rows, i)
		}
	}
	sort.Slice(rows, func(a, b int) bool { return c.glyphs[rows[a]].y < c.glyphs[rows[b]].y })
	return rows
}

// strike marks the letters that l runs through, if they fill most of it.
func (c *canvas) strike(l stroke, rows []int) bool {
	const low, high = 0.1, 0.5 // of the size, above the baseline
	return c.along(l, rows, func(g *glyph) bool {
		up := g.y - l.y0
		return up > low*g.size && up < high*g.size
	}, document.Struck)
}

// underlines marks the letters that the lines outside grids run under, and takes those lines away.
func (c *canvas) underline(l stroke, rows []int) bool {
	return c.along(l, rows, func(g *glyph) bool {
		below := l.y0 - g.y
		return below > -0.05*g.size && below < 0.32*g.size
	}, document.Underlined)
}

// along gives a style to the glyphs above or behind a line for which fits holds, if they cover most of the line.
func (c *canvas) along(l stroke, rows []int, fits func(*glyph) bool, style document.Style) bool {
	const margin = 40 // no letter is larger
	from := sort.Search(len(rows), func(i int) bool { return c.glyphs[rows[i]].y >= l.y0-margin })
	covered := 0.0
	var hit []int
	for _, i := range rows[from:] {
		g := &c.glyphs[i]
		if g.y > l.y0+margin {
			break
		}
		over := min(g.x1, l.x1) - max(g.x0, l.x0)
		if over > 0.5*(g.x1-g.x0) && over > 0 && fits(g) {
			covered += over
			hit = append(hit, i)
		}
	}
	if covered < 0.55*(l.x1-l.x0) {
		return false
	}
	for _, i := range hit {
		c.glyphs[i].style |= style
	}
	return true
}

// highlights marks the letters on areas of colour that are made for them: as high as the line, or vivid.
func (c *canvas) highlights() {
	var areas []fill
	for _, f := range c.fills {
		if f.vivid() < 0.18 && f.bright() > 0.88 || f.bright() < 0.25 || f.height() < 4 {
			continue // the pale ground of a table's head; a dark ground under white letters
		}
		areas = append(areas, f)
	}
	if len(areas) == 0 {
		return
	}
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if g.blank {
			continue
		}
		x, y := g.middle()
		for _, a := range areas {
			if a.holds(x, y) && g.order > a.order && (a.height() <= 2*g.size && a.width() < 0.8*c.frame.width() || a.vivid() > 0.35) {
				g.style |= document.Highlighted
				break
			}
		}
	}
}

// near tells whether two coordinates are the same within the reach of a rule.
func near(a, b float64) bool { return math.Abs(a-b) <= reach }
