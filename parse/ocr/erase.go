package ocr

import "math"

// How much of what is erased is taken with it, in dots: the soft edge of a stroke.
const halo = 1

// eraseRules paints paper over all rules, strokes of letters that cross them left standing as far as they go beyond.
func (p *sheet) eraseRules() {
	for _, rs := range [][]rule{p.rules.level, p.rules.strikes} {
		for i := range rs {
			r := &rs[i]
			for x := int(r.from) - 2; x <= int(r.to)+2; x++ {
				p.eraseThin(x, int(math.Round(r.value(float64(x)))), r.thick, true)
			}
		}
	}
	for i := range p.rules.upright {
		r := &p.rules.upright[i]
		for y := int(r.from) - 2; y <= int(r.to)+2; y++ {
			p.eraseThin(int(math.Round(r.value(float64(y)))), y, r.thick, false)
		}
	}
}

// eraseThin paints over the stroke of a rule at one place, unless a letter stands on it there: then ink goes on beyond.
func (p *sheet) eraseThin(x, y int, thick float64, level bool) {
	reach := int(thick/2) + 2
	dx, dy := 0, 1
	if !level {
		dx, dy = 1, 0
	}
	if p.ink.at(x-dx*(reach+1), y-dy*(reach+1)) || p.ink.at(x+dx*(reach+1), y+dy*(reach+1)) {
		reach = int(thick / 2)
	}
	p.erase(rect{x - dx*reach, y - dy*reach, x + dx*reach, y + dy*reach})
}

// erase paints a rectangle as paper.
func (p *sheet) erase(r rect) {
	p.ink.clear(r.x0, r.y0, r.x1, r.y1)
	for y := max(0, r.y0); y <= min(r.y1, p.flat.Rect.Dy()-1); y++ {
		for x := max(0, r.x0); x <= min(r.x1, p.flat.Rect.Dx()-1); x++ {
			p.flat.Pix[y*p.flat.Stride+x] = 255
		}
	}
}

// eraseMarks paints over marks, and over the strokes of a tick that reach out of its box.
func (p *sheet) eraseMarks(ms []mark) {
	for _, m := range ms {
		p.eraseOvershoot(m.rect)
		p.erase(m.grow(halo + 2))
	}
}

// eraseOvershoot paints over ink that hangs together with a box, as far as a pen may slip.
func (p *sheet) eraseOvershoot(r rect) {
	out := r.grow(r.width() / 2)
	seen := map[[2]int]bool{}
	var stack [][2]int
	for x := r.x0 - 1; x <= r.x1+1; x++ {
		stack = append(stack, [2]int{x, r.y0 - 1}, [2]int{x, r.y1 + 1})
	}
	for y := r.y0; y <= r.y1; y++ {
		stack = append(stack, [2]int{r.x0 - 1, y}, [2]int{r.x1 + 1, y})
	}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := at[0], at[1]
		if seen[at] || x < out.x0 || y < out.y0 || x > out.x1 || y > out.y1 || !p.ink.at(x, y) {
			continue
		}
		seen[at] = true
		for _, d := range [8][2]int{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}} {
			stack = append(stack, [2]int{x + d[0], y + d[1]})
		}
	}
	for at := range seen {
		p.erase(rect{at[0], at[1], at[0], at[1]}.grow(halo))
	}
}
