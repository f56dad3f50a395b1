package pdf

import "math"

// A path is the current path: its parts, in page coordinates, curves flattened.
type path struct {
	parts   [][]point
	curved  bool
	at      point
	clipped bool // W was said: the next painting operator narrows the clip
	points  int
}

const maxPathPoints = 200_000

func (p *path) moveTo(q point) {
	if n := len(p.parts); n > 0 && len(p.parts[n-1]) == 1 {
		p.parts[n-1][0] = q
	} else {
		p.parts = append(p.parts, []point{q})
	}
	p.at = q
}

func (p *path) lineTo(q point) {
	if p.points++; p.points > maxPathPoints {
		return
	}
	if len(p.parts) == 0 {
		p.moveTo(q)
		return
	}
	n := len(p.parts) - 1
	p.parts[n] = append(p.parts[n], q)
	p.at = q
}

// curveTo flattens a Bézier curve into a few lines: enough to see whether a tick stands in a box.
func (p *path) curveTo(c1, c2, end point) {
	p.curved = true
	start := p.at
	for _, t := range [...]float64{0.25, 0.5, 0.75, 1} {
		u := 1 - t
		p.lineTo(point{
			u*u*u*start.x + 3*u*u*t*c1.x + 3*u*t*t*c2.x + t*t*t*end.x,
			u*u*u*start.y + 3*u*u*t*c1.y + 3*u*t*t*c2.y + t*t*t*end.y,
		})
	}
}

func (p *path) close() {
	if n := len(p.parts); n > 0 && len(p.parts[n-1]) > 1 {
		start := p.parts[n-1][0]
		p.lineTo(start)
		p.at = start
	}
}

// paintPath carries out the path operators; it says whether op was one.
func (m *machine) paintPath(op []byte, args []operand) bool {
	if m.buildPath(op, args) {
		return true
	}
	switch string(op) {
	case "h":
		m.path.close()
	case "S":
		m.finish(false, true)
	case "s":
		m.path.close()
		m.finish(false, true)
	case "f", "F", "f*":
		m.finish(true, false)
	case "B", "B*":
		m.finish(true, true)
	case "b", "b*":
		m.path.close()
		m.finish(true, true)
	case "n":
		m.finish(false, false)
	case "W", "W*":
		m.path.clipped = true
	default:
		return false
	}
	return true
}

// buildPath carries out the operators that add to the path.
func (m *machine) buildPath(op []byte, args []operand) bool {
	at := func(i int) point { return m.state.ctm.at(args[i].number, args[i+1].number) }
	switch {
	case len(op) == 1 && op[0] == 'm' && len(args) >= 2:
		m.path.moveTo(at(0))
	case len(op) == 1 && op[0] == 'l' && len(args) >= 2:
		m.path.lineTo(at(0))
	case len(op) == 1 && op[0] == 'c' && len(args) >= 6:
		m.path.curveTo(at(0), at(2), at(4))
	case len(op) == 1 && op[0] == 'v' && len(args) >= 4:
		m.path.curveTo(m.path.at, at(0), at(2))
	case len(op) == 1 && op[0] == 'y' && len(args) >= 4:
		m.path.curveTo(at(0), at(2), at(2))
	case string(op) == "re" && len(args) >= 4:
		x, y, w, h := args[0].number, args[1].number, args[2].number, args[3].number
		m.path.moveTo(m.state.ctm.at(x, y))
		m.path.lineTo(m.state.ctm.at(x+w, y))
		m.path.lineTo(m.state.ctm.at(x+w, y+h))
		m.path.lineTo(m.state.ctm.at(x, y+h))
		m.path.close()
	default:
		return false
	}
	return true
}

// Sizes in points that part rules, boxes and areas from each other.
const (
	ruleThickness = 2.6 // a filled rectangle up to here is seen as a line
	straight      = 0.8 // a line's ends may differ by this and it is still level
	smallDrawing  = 60  // drawings up to here may be boxes, ticks or scribbles
)

// finish paints the path and clears it.
func (m *machine) finish(filled, inked bool) {
	p := m.path
	m.path = path{}
	if p.clipped {
		if b, ok := p.bounds(); ok {
			m.state.clip = m.state.clip.clip(b)
			m.state.ragged = m.state.ragged || len(p.parts) > 1 || !rectangular(p.parts[0])
		}
	}
	filled = filled && m.state.transparency > 0
	if !filled && !inked || p.points > maxPathPoints || m.off > 0 {
		return
	}
	m.order++
	whole, ok := p.bounds()
	if !ok || !whole.meets(m.state.clip) {
		return
	}
	m.budget.shapes += len(p.parts)
	if m.budget.shapes > maxShapes || len(m.canvas.shapes) > maxPageShapes || len(m.lines) > maxPageLines {
		panic(errBudget)
	}
	if inked && !filled && !m.state.ink.white() {
		m.noteRings(p)
	}
	if filled {
		m.noteCovers(p)
	}
	small := whole.width() <= smallDrawing && whole.height() <= smallDrawing
	at := -1
	if small {
		at = m.noteShape(p, whole, filled, inked)
	}
	for _, part := range p.parts {
		if b, ok := around(part); ok && !small && b.width() <= smallDrawing && b.height() <= smallDrawing {
			at = m.noteShape(path{parts: [][]point{part}, curved: p.curved}, b, filled, inked) // one of many drawn at once
		} else if ok && !small && m.pen && inked && len(part) > 2 && len(m.canvas.penned) < maxAnnotations {
			m.canvas.penned = append(m.canvas.penned, b)
		}
		m.noteFill(part, filled, at)
		if inked && !m.state.ink.white() && (!m.hand || len(part) == 2) { // a hand draws no table
			m.noteLines(part, at)
		}
	}
}

func (p *path) bounds() (box, bool) {
	var out box
	found := false
	for _, part := range p.parts {
		b, ok := around(part)
		switch {
		case !ok || math.IsNaN(b.x0+b.y0+b.x1+b.y1):
		case !found:
			out, found = b, true
		default:
			out = out.union(b)
		}
	}
	return out, found
}

// noteShape keeps a small drawing whole and returns its place, or -1.
func (m *machine) noteShape(p path, whole box, filled, inked bool) int {
	if whole.width() < 1 && whole.height() < 1 {
		return -1
	}
	m.canvas.shapes = append(m.canvas.shapes, shape{
		box: whole, paths: p.parts, filled: filled, inked: inked, fill: m.state.fill.colour, ink: m.state.ink.colour,
		curved: p.curved, square: len(p.parts) == 1 && rectangular(p.parts[0]), hand: m.hand, order: m.order,
	})
	return len(m.canvas.shapes) - 1
}

// noteFill keeps a filled part of a path as an area or, if it is thin, as a line.
func (m *machine) noteFill(part []point, filled bool, at int) {
	if !filled || len(part) < 3 || m.state.fill.white() && !m.state.fill.odd {
		return
	}
	b, _ := around(part)
	b = b.clip(m.state.clip)
	switch {
	case b.height() <= ruleThickness && b.width() >= b.height():
		y := (b.y0 + b.y1) / 2
		m.addLine(stroke{b.x0, y, b.x1, y, at, m.order})
		if b.width() <= ruleThickness { // a corner: it joins lines of both directions
			x := (b.x0 + b.x1) / 2
			m.addLine(stroke{x, b.y0, x, b.y1, at, m.order})
		}
	case b.width() <= ruleThickness:
		x := (b.x0 + b.x1) / 2
		m.addLine(stroke{x, b.y0, x, b.y1, at, m.order})
	case rectangular(part):
		m.fills = append(m.fills, fill{b, m.state.fill.colour, m.order})
	}
}

// noteLines keeps the level and upright lines of a stroked part.
func (m *machine) noteLines(part []point, at int) {
	for i := 1; i < len(part); i++ {
		a, b := part[i-1], part[i]
		s := stroke{min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y), at, m.order}
		wide, high := s.x1-s.x0, s.y1-s.y0
		if wide > straight && high > straight || wide+high < 1 {
			continue
		}
		if thick := m.state.lineWidth * m.state.ctm.scale(); thick > 8 { // a bar drawn as one thick line
			continue
		}
		if wide >= high {
			s.y0 = (s.y0 + s.y1) / 2
			s.y1 = s.y0
		} else {
			s.x0 = (s.x0 + s.x1) / 2
			s.x1 = s.x0
		}
		m.addLine(s)
	}
}

// addLine keeps a line as far as it can be seen.
func (m *machine) addLine(s stroke) {
	c := m.state.clip.grow(1)
	if s.x1 < c.x0 || s.x0 > c.x1 || s.y1 < c.y0 || s.y0 > c.y1 {
		return
	}
	s.x0, s.x1 = max(s.x0, c.x0), min(s.x1, c.x1)
	s.y0, s.y1 = max(s.y0, c.y0), min(s.y1, c.y1)
	m.lines = append(m.lines, s)
}

// rectangular tells whether the points go round an upright rectangle.
func rectangular(part []point) bool {
	if len(part) < 4 || len(part) > 6 {
		return false
	}
	for i := 1; i < len(part); i++ {
		if math.Abs(part[i].x-part[i-1].x) > straight && math.Abs(part[i].y-part[i-1].y) > straight {
			return false
		}
	}
	return true
}

// ring adds a line of so many corners around a rectangle of the file's coordinates: its own for four, else an ellipse.
func (m *machine) ring(b box, corners int) {
	x, y := (b.x0+b.x1)/2, (b.y0+b.y1)/2
	rx, ry := b.width()/2, b.height()/2
	if corners == 4 {
		rx, ry = rx*math.Sqrt2, ry*math.Sqrt2
	}
	for i := range corners {
		turn := 2 * math.Pi * (float64(i) + 0.5) / float64(corners)
		p := m.state.ctm.at(x+rx*math.Cos(turn), y+ry*math.Sin(turn))
		if i == 0 {
			m.path.moveTo(p)
			continue
		}
		m.path.lineTo(p)
	}
	m.path.close()
}
