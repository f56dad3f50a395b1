package ocr

import (
	"math"
	"sort"
)

// What makes a rule, in inches.
const (
	levelRun     = 0.30 // the shortest run of ink that may be part of a level rule
	levelRule    = 0.45
	uprightRun   = 0.11
	uprightRule  = 0.17
	thickestRule = 0.06
	ruleGap      = 0.12 // a rule that a scanner broke goes on within this
	ruleStep     = 3.0  // dots that the parts of one rule may stand off each other
	crowded      = 0.30 // share of a rule with ink close on one side: then it belongs to letters
	mostRules    = 4000
	stretchGap   = 4 // dots without ink that do not end a rule
	leastCovered = 0.75
	leastWhole   = 0.17 // of an upright rule hangs together at least: stems of letters below each other are shorter
)

// A rule is a drawn line: level ones as y over x, upright ones as x over y.
type rule struct {
	line
	from, to float64
	thick    float64
	whole    float64 // length of its longest part whose ink hangs together
	mass     fit
}

func (r *rule) length() float64 { return r.to - r.from }

// rules are the lines drawn on a page. Strikes are level lines that run through letters.
type rules struct{ level, upright, strikes []rule }

// findRules finds them; the sides of boxes are none.
func findRules(k *ink, boxes []mark) rules {
	var out rules
	turned := k.without(boxes).transposed()
	for _, r := range k.rules(levelRun*inch, levelRule*inch) {
		above, below := k.beside(&r)
		switch {
		case above > crowded && below > crowded:
			out.strikes = append(out.strikes, r)
		case above <= crowded && below <= crowded:
			out.level = append(out.level, r)
		}
	}
	for _, r := range turned.rules(uprightRun*inch, uprightRule*inch) {
		if before, behind := turned.beside(&r); before <= crowded && behind <= crowded {
			out.upright = append(out.upright, r)
		}
	}
	return out
}

// beside returns the shares of a rule that have ink close above and close below it.
func (k *ink) beside(r *rule) (above, below float64) {
	n, up, low := 0, 0, 0
	reach := int(r.thick/2) + 3
	for x := int(r.from); x <= int(r.to); x += 2 {
		y := int(math.Round(r.value(float64(x))))
		n++
		if k.at(x, y-reach) || k.at(x, y-reach-1) {
			up++
		}
		if k.at(x, y+reach) || k.at(x, y+reach+1) {
			low++
		}
	}
	return float64(up) / float64(n), float64(low) / float64(n)
}

// A run is an unbroken stretch of ink in a row; a single white dot does not break it.
type run struct{ y, x0, x1 int }

func (k *ink) runs(shortest float64) []run {
	var out []run
	least := int(shortest)
	for y := range k.h {
		row := k.dot[y*k.w:][:k.w]
		for x := 0; x < k.w; x++ {
			if row[x] == 0 {
				continue
			}
			end := x
			for next := x + 1; next < k.w && next <= end+2; next++ {
				if row[next] != 0 {
					end = next
				}
			}
			if end-x+1 >= least {
				out = append(out, run{y, x, end})
			}
			x = end
		}
	}
	return out
}

// rules returns the level lines of a picture that are made of runs of ink.
func (k *ink) rules(shortestRun, shortest float64) []rule {
	parts := gather(k.runs(shortestRun))
	if len(parts) > mostRules {
		return nil
	}
	out := chain(parts)
	for i := range out {
		k.stretch(&out[i])
	}
	out = chain(out)
	kept := out[:0]
	for _, r := range out {
		if r.length() >= shortest && r.whole >= leastWhole*inch && r.thick <= thickestRule*inch && k.covers(&r) > leastCovered {
			kept = append(kept, r)
		}
	}
	return kept
}

// stretch lengthens a rule as far as ink goes on where it points: a line that is a little askew or worn ends in runs too
// short to be found.
func (k *ink) stretch(r *rule) {
	for _, step := range [2]float64{-1, 1} {
		end := &r.to
		if step < 0 {
			end = &r.from
		}
		for gap, at := 0, *end+step; gap <= stretchGap; at += step {
			gap++
			if k.near(at, r.value(at)) {
				*end, gap = at, 0
			}
		}
	}
}

// near tells whether there is ink at a place, one dot of slack up or down.
func (k *ink) near(x, y float64) bool {
	cx, cy := int(math.Round(x)), int(math.Round(y))
	return k.at(cx, cy) || k.at(cx, cy-1) || k.at(cx, cy+1)
}

// covers returns the share of a rule's length that bears ink.
func (k *ink) covers(r *rule) float64 {
	n := 0
	for x := r.from; x <= r.to; x++ {
		if k.near(x, r.value(x)) {
			n++
		}
	}
	return float64(n) / (r.to - r.from + 1)
}

// gather makes a part of a rule of all runs that touch each other in neighbouring rows.
func gather(runs []run) []rule {
	group := newGroups(len(runs))
	start := 0
	for i, r := range runs {
		for runs[start].y < r.y-2 {
			start++
		}
		for j := start; j < i; j++ {
			if o := runs[j]; o.y < r.y && o.x0 <= r.x1+3 && r.x0 <= o.x1+3 {
				group.join(i, j)
			}
		}
	}
	index := map[int]int{}
	var out []rule
	for i, r := range runs {
		g := group.of(i)
		at, ok := index[g]
		if !ok {
			at = len(out)
			index[g] = at
			out = append(out, rule{from: math.Inf(1), to: math.Inf(-1)})
		}
		p := &out[at]
		p.mass.addRun(float64(r.x0), float64(r.x1), float64(r.y))
		p.from, p.to = min(p.from, float64(r.x0)), max(p.to, float64(r.x1))
	}
	for i := range out {
		out[i].settle()
		out[i].whole = out[i].length()
	}
	return out
}

// settle lays the line through the rule's ink.
func (r *rule) settle() {
	r.line = r.mass.line()
	r.thick = r.mass.n / max(1, r.to-r.from+1)
}

// join takes in a part of the same rule.
func (r *rule) join(o *rule) {
	r.mass.n += o.mass.n
	r.mass.t += o.mass.t
	r.mass.v += o.mass.v
	r.mass.tt += o.mass.tt
	r.mass.tv += o.mass.tv
	r.from, r.to, r.whole = min(r.from, o.from), max(r.to, o.to), max(r.whole, o.whole)
	r.settle()
}

// chain joins the parts of rules that lie in one line, one behind the other.
func chain(parts []rule) []rule {
	sort.Slice(parts, func(i, j int) bool { return parts[i].from < parts[j].from })
	var out []rule
	for i := range parts {
		p := &parts[i]
		if at := before(out, p); at >= 0 {
			out[at].join(p)
			continue
		}
		out = append(out, *p)
	}
	return out
}

// before returns the rule that a part goes on, or -1.
func before(rs []rule, p *rule) int {
	for i := len(rs) - 1; i >= 0; i-- {
		r := &rs[i]
		gap := p.from - r.to
		if gap > ruleGap*inch || p.to <= r.to && gap > 0 {
			continue
		}
		if math.Abs(r.value(p.from)-p.value(p.from)) <= ruleStep {
			return i
		}
	}
	return -1
}

// groups is a forest of things that belong together.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) of(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

func (g groups) join(i, j int) {
	if a, b := g.of(i), g.of(j); a != b {
		g[max(a, b)] = min(a, b)
	}
}
