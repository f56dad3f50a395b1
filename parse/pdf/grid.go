package pdf

import (
	"math"
	"sort"
)

// A table is one grid of rules that touch each other, cut into regions.
type table struct {
	box
	xs, ys  []float64 // the places of its rules, in order
	owner   []int     // the region of each elementary cell, row by row
	regions []region
}

// A region is one cell of a table: all elementary cells between which no rule stands.
type region struct {
	box
	row, col, span int
	open           bool // reaches the table's edge where no rule is
}

// maxElementary bounds the elementary cells of one table.
const maxElementary = 60_000

// tables makes tables of a page's rules. A rule counts only if it meets others at both ends or somewhere between:
// underlines and the lines people write on stand free.
func tables(across, down []rule) []table {
	across, down = touching(across, down)
	var out []table
	for _, g := range groups(across, down) {
		if t, ok := newTable(g.across, g.down); ok {
			out = append(out, t)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if math.Abs(out[i].y0-out[j].y0) > reach {
			return out[i].y0 < out[j].y0
		}
		return out[i].x0 < out[j].x0
	})
	return out
}

// crosses tells whether a horizontal and an upright rule meet.
func crosses(h, v rule) bool {
	return v.at >= h.from-reach && v.at <= h.to+reach && h.at >= v.from-reach && h.at <= v.to+reach
}

// touching drops the rules that stand free, until no more fall.
func touching(across, down []rule) (a, d []rule) {
	for range 4 {
		before := len(across) + len(down)
		across = meeting(across, down, func(r, other rule) bool { return crosses(r, other) })
		down = meeting(down, across, func(r, other rule) bool { return crosses(other, r) })
		if len(across)+len(down) == before {
			break
		}
	}
	return across, down
}

// meeting keeps the rules of rs whose two ends meet a rule of others, or that others meet between their ends.
func meeting(rs, others []rule, meet func(r, other rule) bool) []rule {
	var kept []rule
	for _, r := range rs {
		start, end, between := false, false, false
		for _, o := range others {
			if !meet(r, o) {
				continue
			}
			start = start || near(o.at, r.from)
			end = end || near(o.at, r.to)
			between = between || o.at > r.from+reach && o.at < r.to-reach
		}
		if start && end || between {
			kept = append(kept, r)
		}
	}
	return kept
}

// A group is a set of rules that hang together.
type group struct{ across, down []rule }

// groups parts rules into those that hang together. Cells that are framed one by one with a little space between them
// hang together too.
func groups(across, down []rule) []group {
	n := len(across)
	parent := make([]int, n+len(down))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range across {
		for j, v := range down {
			if crosses(h, v) {
				parent[find(i)] = find(n + j)
			}
		}
	}
	index := map[int]int{}
	var out []group
	at := func(i int) *group {
		root := find(i)
		if _, ok := index[root]; !ok {
			index[root] = len(out)
			out = append(out, group{})
		}
		return &out[index[root]]
	}
	for i, h := range across {
		g := at(i)
		g.across = append(g.across, h)
	}
	for j, v := range down {
		g := at(n + j)
		g.down = append(g.down, v)
	}
	return out
}

// newTable cuts a group of rules into regions; false where they enclose nothing.
func newTable(across, down []rule) (table, bool) {
	if len(across) < 2 || len(down) < 1 {
		return table{}, false
	}
	t := table{xs: places(down, across), ys: places(across, down)}
	cols, rows := len(t.xs)-1, len(t.ys)-1
	if cols < 1 || rows < 1 || cols*rows > maxElementary {
		return table{}, false
	}
	t.box = box{t.xs[0], t.ys[0], t.xs[cols], t.ys[rows]}
	upright, level := walls(down, t.xs, t.ys), walls(across, t.ys, t.xs)
	t.flood(cols, rows, upright, level)
	t.open(cols, rows, upright, level)
	return t, true
}

// places returns the distinct places of rules, and of the ends of the others where those stand out (a table without
// outer lines).
func places(rs, others []rule) []float64 {
	var all []float64
	for _, r := range rs {
		all = append(all, r.at)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, o := range others {
		low, high = min(low, o.from), max(high, o.to)
	}
	sort.Float64s(all)
	if len(all) == 0 || all[0] > low+2*reach {
		all = append([]float64{low}, all...)
	}
	if all[len(all)-1] < high-2*reach {
		all = append(all, high)
	}
	var out []float64
	for i := 0; i < len(all); {
		j, sum := i, 0.0
		for j < len(all) && all[j]-all[i] <= reach {
			sum += all[j]
			j++
		}
		out = append(out, sum/float64(j-i))
		i = j
	}
	return out
}

// A wall tells, by the place of the rule and the strip that it runs through, whether a rule stands there.
type wall struct {
	strips int
	set    []bool
}

func (w wall) at(place, strip int) bool { return w.set[place*w.strips+strip] }

// walls lays rules onto the places and strips of a table.
func walls(rs []rule, at, strips []float64) wall {
	w := wall{strips: len(strips) - 1, set: make([]bool, len(at)*(len(strips)-1))}
	for _, r := range rs {
		i := nearest(at, r.at)
		for s := 0; s+1 < len(strips); s++ {
			over := min(r.to, strips[s+1]) - max(r.from, strips[s])
			if over > 0.5*(strips[s+1]-strips[s]) {
				w.set[i*w.strips+s] = true
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

// flood gives every elementary cell to a region: cells without a wall between them belong together.
func (t *table) flood(cols, rows int, upright, level wall) {
	t.owner = make([]int, cols*rows)
	for i := range t.owner {
		t.owner[i] = -1
	}
	var queue []int
	for start := range t.owner {
		if t.owner[start] >= 0 {
			continue
		}
		id := len(t.regions)
		t.owner[start] = id
		queue = append(queue[:0], start)
		r := extent{cols, rows, 0, 0}
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			x, y := at%cols, at/cols
			r.add(x, y)
			try := func(open bool, next int) {
				if open && t.owner[next] < 0 {
					t.owner[next] = id
					queue = append(queue, next)
				}
			}
			try(x+1 < cols && !upright.at(x+1, y), at+1)
			try(x > 0 && !upright.at(x, y), at-1)
			try(y+1 < rows && !level.at(y+1, x), at+cols)
			try(y > 0 && !level.at(y, x), at-cols)
		}
		t.regions = append(t.regions, region{
			box: box{t.xs[r.x0], t.ys[r.y0], t.xs[r.x1+1], t.ys[r.y1+1]},
			row: r.y0 + 1, col: r.x0 + 1, span: r.x1 - r.x0 + 1,
		})
	}
}

// An extent is a block of elementary cells.
type extent struct{ x0, y0, x1, y1 int }

func (e *extent) add(x, y int) {
	e.x0, e.y0, e.x1, e.y1 = min(e.x0, x), min(e.y0, y), max(e.x1, x), max(e.y1, y)
}

// open notes the regions that reach the table's edge where no rule closes them.
func (t *table) open(cols, rows int, upright, level wall) {
	for i, id := range t.owner {
		x, y := i%cols, i/cols
		if x == 0 && !upright.at(0, y) || x == cols-1 && !upright.at(cols, y) ||
			y == 0 && !level.at(0, x) || y == rows-1 && !level.at(rows, x) {
			t.regions[id].open = true
		}
	}
}

// at returns the region in which a point stands, or -1.
func (t *table) at(x, y float64) int {
	if !t.holds(x, y) {
		return -1
	}
	col := sort.SearchFloat64s(t.xs, x) - 1
	row := sort.SearchFloat64s(t.ys, y) - 1
	col, row = min(max(col, 0), len(t.xs)-2), min(max(row, 0), len(t.ys)-2)
	return t.owner[row*(len(t.xs)-1)+col]
}

// frame tells whether the table is no more than a frame around the page or a large part of it.
func (t *table) frame(page box) bool {
	return len(t.regions) == 1 && t.area() > 0.35*page.area()
}
