package ocr

import (
	"math"
	"sort"
)

// How near rules must come to count as touching, and to count as one, in dots.
const (
	touching   = 0.02 * inch
	same       = 0.05 * inch
	mostBlocks = 60_000
)

// A grid is one table: rules that touch each other, and the regions that they enclose.
type grid struct {
	xs, ys  []float64
	owner   []int // the region of each block between neighbouring rules, row by row
	regions []region
}

// A region is one cell of a table. Row and col count from 1.
type region struct {
	rect
	row, col, span int
	items          []item
}

// grids makes tables of a page's rules. Rules that meet fewer than two others belong to none: they are underlines, or
// lines to write on.
func (r *rules) grids() []grid {
	r.close()
	level, upright := r.meeting()
	group := newGroups(len(level) + len(upright))
	for i := range level {
		for j := range upright {
			if meet(&level[i], &upright[j]) {
				group.join(i, len(level)+j)
			}
		}
	}
	parts := map[int]*rules{}
	var order []int
	part := func(i int) *rules {
		g := group.of(i)
		if parts[g] == nil {
			parts[g] = &rules{}
			order = append(order, g)
		}
		return parts[g]
	}
	for i := range level {
		p := part(i)
		p.level = append(p.level, level[i])
	}
	for j := range upright {
		p := part(len(level) + j)
		p.upright = append(p.upright, upright[j])
	}
	var out []grid
	for _, g := range order {
		if t, ok := parts[g].grid(); ok {
			out = append(out, t)
		}
	}
	return out
}

// leastFlush is how many level rules that end below each other show the edge of a table whose own rule is worn away.
const leastFlush = 3

// close adds the outer rules of tables that a copier or a faint print has lost: where level rules that begin at one upright
// rule end below each other without one, or the other way round.
func (r *rules) close() {
	var lost []rule
	for i := range r.upright {
		for _, right := range [2]bool{true, false} {
			if edge, ok := r.opposite(&r.upright[i], right); ok {
				lost = append(lost, edge)
			}
		}
	}
	r.upright = append(r.upright, lost...)
}

// opposite returns the edge on the right or left of a table that has an upright rule as its other one, and whether it is
// lost.
func (r *rules) opposite(u *rule, right bool) (rule, bool) {
	edge := rule{from: math.Inf(1), to: math.Inf(-1), thick: 1}
	n, end := 0, 0.0
	for i := range r.level {
		l := &r.level[i]
		at := l.end(right)
		if !meet(l, u) || math.Abs(crossing(l.line, u.line).x-l.end(!right)) > same {
			continue
		}
		if n++; n == 1 {
			end = at
		}
		if math.Abs(at-end) > same || r.bounded(l, at) {
			return rule{}, false
		}
		edge.mass.add(l.value(at), at, 1)
		edge.from, edge.to = min(edge.from, l.value(at)), max(edge.to, l.value(at))
	}
	edge.settle()
	edge.thick = 1
	return edge, n >= leastFlush
}

// end returns where a level rule ends on one side.
func (r *rule) end(right bool) float64 {
	if right {
		return r.to
	}
	return r.from
}

// bounded tells whether a level rule meets an upright one at its end.
func (r *rules) bounded(l *rule, end float64) bool {
	for i := range r.upright {
		if u := &r.upright[i]; meet(l, u) && math.Abs(crossing(l.line, u.line).x-end) <= same {
			return true
		}
	}
	return false
}

// meeting returns the rules that meet at least two rules of the other kind that do so too.
func (r *rules) meeting() (level, upright []rule) {
	level, upright = r.level, r.upright
	for {
		l := keepMeeting(level, upright, meet)
		u := keepMeeting(upright, l, func(a, b *rule) bool { return meet(b, a) })
		if len(l) == len(level) && len(u) == len(upright) {
			return l, u
		}
		level, upright = l, u
	}
}

func keepMeeting(rs, others []rule, meet func(a, b *rule) bool) []rule {
	var out []rule
	for i := range rs {
		n := 0
		for j := range others {
			if meet(&rs[i], &others[j]) {
				n++
			}
		}
		if n >= 2 {
			out = append(out, rs[i])
		}
	}
	return out
}

func meet(level, upright *rule) bool {
	p := crossing(level.line, upright.line)
	return p.x >= level.from-touching && p.x <= level.to+touching && p.y >= upright.from-touching && p.y <= upright.to+touching
}

// grid makes one table of rules that hang together.
func (r *rules) grid() (grid, bool) {
	g := grid{xs: places(r.upright), ys: places(r.level)}
	cols, rows := len(g.xs)-1, len(g.ys)-1
	if cols < 1 || rows < 1 || cols*rows > mostBlocks {
		return grid{}, false
	}
	g.fill(cols, rows, walls(r.upright, g.xs, g.ys), walls(r.level, g.ys, g.xs))
	return g, true
}

// places returns where rules stand, those of one place once.
func places(rs []rule) []float64 {
	var all []float64
	for i := range rs {
		all = append(all, rs[i].value((rs[i].from+rs[i].to)/2))
	}
	sort.Float64s(all)
	var out []float64
	for i := 0; i < len(all); {
		j, sum := i, 0.0
		for j < len(all) && all[j]-all[i] <= same {
			sum += all[j]
			j++
		}
		out = append(out, sum/float64(j-i))
		i = j
	}
	return out
}

// A wall tells by the place of the rule and the strip that it crosses whether a rule stands there.
type wall struct {
	strips int
	set    []bool
}

func (w wall) at(place, strip int) bool { return w.set[place*w.strips+strip] }

func walls(rs []rule, at, strips []float64) wall {
	w := wall{len(strips) - 1, make([]bool, len(at)*(len(strips)-1))}
	for i := range rs {
		r := &rs[i]
		p := nearest(at, r.value((r.from+r.to)/2))
		for s := 0; s+1 < len(strips); s++ {
			if min(r.to, strips[s+1])-max(r.from, strips[s]) > 0.5*(strips[s+1]-strips[s]) {
				w.set[p*w.strips+s] = true
			}
		}
	}
	return w
}

func nearest(at []float64, v float64) int {
	i := sort.SearchFloat64s(at, v)
	if i == len(at) || i > 0 && v-at[i-1] < at[i]-v {
		return i - 1
	}
	return i
}

// fill gives every block to a region: blocks without a wall between them belong together.
func (g *grid) fill(cols, rows int, upright, level wall) {
	g.owner = make([]int, cols*rows)
	for i := range g.owner {
		g.owner[i] = -1
	}
	for start := range g.owner {
		if g.owner[start] >= 0 {
			continue
		}
		e := g.spread(start, cols, rows, upright, level)
		g.regions = append(g.regions, region{
			rect: rect{int(g.xs[e.x0]), int(g.ys[e.y0]), int(g.xs[e.x1+1]), int(g.ys[e.y1+1])},
			row:  e.y0 + 1, col: e.x0 + 1, span: e.x1 - e.x0 + 1,
		})
	}
}

// spread gives a block and all that hang together with it to a new region and returns the blocks' bounds.
func (g *grid) spread(start, cols, rows int, upright, level wall) rect {
	id := len(g.regions)
	bounds := rect{cols, rows, 0, 0}
	queue := []int{start}
	for len(queue) > 0 {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if g.owner[at] >= 0 {
			continue
		}
		g.owner[at] = id
		x, y := at%cols, at/cols
		bounds = bounds.union(rect{x, y, x, y})
		if x+1 < cols && !upright.at(x+1, y) {
			queue = append(queue, at+1)
		}
		if x > 0 && !upright.at(x, y) {
			queue = append(queue, at-1)
		}
		if y+1 < rows && !level.at(y+1, x) {
			queue = append(queue, at+cols)
		}
		if y > 0 && !level.at(y, x) {
			queue = append(queue, at-cols)
		}
	}
	return bounds
}

// bounds returns the rectangle of the whole table.
func (g *grid) bounds() rect {
	return rect{int(g.xs[0]), int(g.ys[0]), int(g.xs[len(g.xs)-1]), int(g.ys[len(g.ys)-1])}
}

// at returns the region in which a place lies, or nil.
func (g *grid) at(p point) *region {
	b := g.bounds()
	if p.x < float64(b.x0) || p.y < float64(b.y0) || p.x > float64(b.x1) || p.y > float64(b.y1) {
		return nil
	}
	col := max(0, min(sort.SearchFloat64s(g.xs, p.x)-1, len(g.xs)-2))
	row := max(0, min(sort.SearchFloat64s(g.ys, p.y)-1, len(g.ys)-2))
	return &g.regions[g.owner[row*(len(g.xs)-1)+col]]
}

// frame tells whether the table is no more than a frame around most of the page.
func (g *grid) frame(w, h int) bool {
	b := g.bounds()
	return len(g.regions) == 1 && float64(b.width())*float64(b.height()) > 0.4*float64(w)*float64(h)
}

// sortGrids orders tables as they are read.
func sortGrids(gs []grid) {
	sort.SliceStable(gs, func(i, j int) bool {
		a, b := gs[i].bounds(), gs[j].bounds()
		if math.Abs(float64(a.y0-b.y0)) > same {
			return a.y0 < b.y0
		}
		return a.x0 < b.x0
	})
}
