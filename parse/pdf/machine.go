package pdf

import (
	"math"

	object "github.com/ledongthuc/pdf"

	"referrald/parse/document"
)

// A machine paints content streams onto a canvas (ISO 32000-1, clauses 8 and 9).
type machine struct {
	*canvas
	*budget
	fonts   map[string]*typeface // of the whole file
	state   state
	stack   []state
	path    path
	text    textLine
	meant   meaning
	order   int
	depth   int
	shared  object.Value // the fonts of the form, for pictures that name fonts which they do not have
	off     int          // the depth of marked content from which on a layer is not shown; 0 for none
	hand    bool         // annotations are being painted
	pen     bool         // one of them is ink
	veiled  bool         // inside a form that is painted so that something shines through
	redraws bool         // the form asks for its fields to be drawn anew: their pictures say nothing
}

// A state is the graphics state that q saves and Q restores.
type state struct {
	ctm          matrix
	fill, ink    paint
	lineWidth    float64
	face         *typeface
	size         float64
	spacing      float64 // Tc
	wordSpacing  float64 // Tw
	stretch      float64 // Th, 1 for 100 %
	leading      float64
	rise         float64
	mode         int
	clip         box
	transparency float64 // ca
	blended      bool    // mixed with what is under it
	masked       bool
	ragged       bool // the clip is no rectangle
}

// A paint is a colour and the colour space that its operands are in.
type paint struct {
	colour
	tint bool // one operand: how much ink, not how much light
	odd  bool // a pattern or an indexed space: the colour is not known
}

// textLine holds the text matrices, which live from BT to ET.
type textLine struct{ matrix, line matrix }

const maxStates = 512

// resources are the dictionaries that a content stream names things in, resolved once.
type resources struct {
	fonts, forms, spaces, states, layers object.Value
	fontKey                              string
}

func readResources(v object.Value) *resources {
	r := &resources{
		fonts:  v.Key("Font"),
		forms:  v.Key("XObject"),
		spaces: v.Key("ColorSpace"),
		states: v.Key("ExtGState"),
		layers: v.Key("Properties"),
	}
	r.fontKey = r.fonts.String() // names the objects behind the names: the same font is read once for the file
	return r
}

func newMachine(c *canvas, limits *budget, fonts map[string]*typeface, base matrix) *machine {
	m := &machine{canvas: c, budget: limits, fonts: fonts}
	m.reset(base)
	return m
}

// reset begins anew with the graphics state of an empty page.
func (m *machine) reset(base matrix) {
	m.state = state{ctm: base, stretch: 1, lineWidth: 1, transparency: 1, clip: m.frame.grow(2)}
	m.stack, m.path = nil, path{}
}

// run interprets one content stream.
func (m *machine) run(data []byte, res *resources) {
	p := newProgram(data)
	for {
		op, args, ok := p.next()
		if !ok {
			return
		}
		if m.operators++; m.operators > maxOperators {
			panic(errBudget)
		}
		if len(op) == 2 && op[0] == 'B' && op[1] == 'I' {
			m.picture(true)
			p.skipInlineImage()
			continue
		}
		if m.contents(op, args, res) || m.graphics(op, args, res) || m.paintPath(op, args) || m.colours(op, args, res) {
			continue
		}
		m.texts(op, args, res)
	}
}

// graphics carries out the operators of the graphics state and Do; it says whether op was one.
func (m *machine) graphics(op []byte, args []operand, res *resources) bool {
	switch string(op) {
	case "q":
		if len(m.stack) < maxStates {
			m.stack = append(m.stack, m.state)
		}
	case "Q":
		if n := len(m.stack); n > 0 {
			m.state, m.stack = m.stack[n-1], m.stack[:n-1]
		}
	case "cm":
		if t, ok := matrixOf(args); ok {
			if next := t.times(m.state.ctm); next.sane() {
				m.state.ctm = next
			}
		}
	case "w":
		m.state.lineWidth = first(args)
	case "gs":
		m.extended(res.states.Key(lastName(args)))
	case "Do":
		if m.off > 0 {
			return true
		}
		m.do(res.forms.Key(lastName(args)), res)
	default:
		return false
	}
	return true
}

// extended applies a graphics state dictionary: only what shines through matters here.
func (m *machine) extended(v object.Value) {
	if ca := v.Key("ca"); !ca.IsNull() {
		m.state.transparency = ca.Float64()
	}
	if mode := v.Key("BM"); !mode.IsNull() {
		m.state.blended = mode.Name() != "Normal" && mode.Name() != "Compatible"
	}
	if mask := v.Key("SMask"); !mask.IsNull() {
		m.state.masked = mask.Name() != "None"
	}
}

// do paints an external object: a Form is content of its own, an image is only noted.
func (m *machine) do(v object.Value, res *resources) {
	if unseen(v.Key("OC")) {
		return
	}
	switch v.Key("Subtype").Name() {
	case "Image":
		m.picture(v.Key("SMask").IsNull() && v.Key("Mask").IsNull() && !v.Key("ImageMask").Bool())
	case "Form":
		m.form(v, identity, res)
	}
}

// form paints a Form XObject, placed by an extra matrix, which annotations use (ISO 32000-1, 8.10 and 12.5.5).
func (m *machine) form(v object.Value, placed matrix, outer *resources) {
	if m.depth >= maxForms {
		return
	}
	if m.forms++; m.forms > maxFormRuns {
		panic(errBudget)
	}
	inner := outer
	if r := v.Key("Resources"); r.Kind() == object.Dict {
		inner = readResources(r)
	}
	saved, stack, text, veiled := m.state, m.stack, m.text, m.veiled
	m.stack, m.depth = nil, m.depth+1
	m.veiled = veiled || saved.transparency < 1 || saved.blended || saved.masked
	m.state.ctm = formMatrix(v).times(placed).times(m.state.ctm)
	if b, ok := boxOf(v.Key("BBox")); ok {
		m.state.clip = m.state.clip.clip(b.mapped(m.state.ctm).grow(1))
	}
	if m.state.ctm.sane() {
		m.run(m.budget.stream(v), inner)
	}
	m.state, m.stack, m.text, m.depth, m.veiled = saved, stack, text, m.depth-1, veiled
}

func formMatrix(v object.Value) matrix {
	a := v.Key("Matrix")
	if a.Len() != 6 {
		return identity
	}
	return matrix{a.Index(0).Float64(), a.Index(1).Float64(), a.Index(2).Float64(),
		a.Index(3).Float64(), a.Index(4).Float64(), a.Index(5).Float64()}
}

// picture notes where an image stands: the unit square of its matrix.
func (m *machine) picture(solid bool) {
	if m.off > 0 {
		return
	}
	m.order++
	b := box{0, 0, 1, 1}.mapped(m.state.ctm).clip(m.state.clip)
	if b.width() > 1 && b.height() > 1 && len(m.pictures) < 10_000 {
		m.pictures = append(m.pictures, b)
		if solid {
			m.notePictureCover(b)
		}
	}
}

// texts carries out the text operators.
func (m *machine) texts(op []byte, args []operand, res *resources) {
	s := &m.state
	switch string(op) {
	case "BT":
		m.text = textLine{identity, identity}
	case "Tf":
		if len(args) >= 2 {
			s.face, s.size = m.face(string(args[len(args)-2].bytes), res), args[len(args)-1].number
		}
	case "Tc":
		s.spacing = first(args)
	case "Tw":
		s.wordSpacing = first(args)
	case "Tz":
		s.stretch = first(args) / 100
	case "TL":
		s.leading = first(args)
	case "Ts":
		s.rise = first(args)
	case "Tr":
		s.mode = int(first(args))
	case "Td", "TD":
		if len(args) >= 2 {
			m.move(args[0].number, args[1].number)
			if op[1] == 'D' {
				s.leading = -args[1].number
			}
		}
	case "Tm":
		if t, ok := matrixOf(args); ok && t.sane() {
			m.text = textLine{t, t}
		}
	case "T*":
		m.move(0, -s.leading)
	default:
		m.show(op, args)
	}
}

// show carries out the operators that paint strings.
func (m *machine) show(op []byte, args []operand) {
	if len(args) == 0 {
		return
	}
	last := args[len(args)-1]
	switch string(op) {
	case "Tj":
		m.paintText(last.bytes)
	case "'":
		m.move(0, -m.state.leading)
		m.paintText(last.bytes)
	case "\"":
		if len(args) >= 3 {
			m.state.wordSpacing, m.state.spacing = args[0].number, args[1].number
		}
		m.move(0, -m.state.leading)
		m.paintText(last.bytes)
	case "TJ":
		for _, item := range last.items {
			if item.kind == number {
				m.advance(-item.number / 1000 * m.state.size * m.state.stretch)
				continue
			}
			m.paintText(item.bytes)
		}
	}
}

func (m *machine) move(x, y float64) {
	if next := (matrix{1, 0, 0, 1, x, y}).times(m.text.line); next.sane() {
		m.text = textLine{next, next}
	}
}

// advance moves the pen along the line by x in text space.
func (m *machine) advance(x float64) {
	if m.state.face != nil && m.state.face.vertical {
		m.text.matrix = matrix{1, 0, 0, 1, 0, x}.times(m.text.matrix)
		return
	}
	m.text.matrix = matrix{1, 0, 0, 1, x, 0}.times(m.text.matrix)
}

// face returns the font of a name, read once for the file.
func (m *machine) face(fontName string, res *resources) *typeface {
	key := res.fontKey + "\x00" + fontName
	if f, ok := m.fonts[key]; ok {
		return f
	}
	v := res.fonts.Key(fontName)
	if v.Kind() != object.Dict {
		v = m.shared.Key(fontName)
	}
	var f *typeface
	if v.Kind() == object.Dict {
		f = readTypeface(v, m.budget)
	}
	m.fonts[key] = f
	return f
}

// paintText paints a string, glyph by glyph.
func (m *machine) paintText(s []byte) {
	st := &m.state
	if st.face == nil {
		return
	}
	for len(s) > 0 {
		c, n := st.face.cut(s)
		s = s[n:]
		sign := st.face.decode(c, n)
		extra := st.spacing
		if n == 1 && c == ' ' {
			extra += st.wordSpacing
		}
		if st.face.vertical {
			m.paintGlyph(sign, st.size)
			m.advance(-st.size - extra)
			continue
		}
		width := sign.width * st.size * st.stretch
		m.paintGlyph(sign, width)
		m.advance(width + extra*st.stretch)
		if !m.text.matrix.sane() {
			m.text.matrix = identity
			return
		}
	}
}

// paintGlyph puts one glyph on the canvas; width is in text space.
func (m *machine) paintGlyph(s sign, width float64) {
	st := &m.state
	s, fresh := m.actual(s)
	if !fresh {
		return
	}
	if m.off > 0 {
		return
	}
	if s.text == "" && s.mark == document.NoMark && !s.blank {
		m.stretchLast(width)
		return
	}
	t := m.text.matrix.times(st.ctm)
	from, to := t.at(0, st.rise), t.at(width, st.rise)
	size := math.Hypot(t.c, t.d) * math.Abs(st.size)
	if size < 0.5 || size > 2000 || !m.frame.grow(4).holds((from.x+to.x)/2, from.y-size*0.3) {
		return
	}
	if m.budget.glyphs++; m.budget.glyphs > maxGlyphs {
		panic(errBudget)
	}
	m.order++
	g := glyph{sign: s, x0: from.x, x1: to.x, y: from.y, size: size, style: st.face.style, order: m.order}
	g.hidden = st.mode == 3 || st.mode == 7 || st.transparency == 0
	if st.mode == 2 && st.lineWidth > 0 { // filled and stroked: how programs fake bold
		g.style |= document.Bold
	}
	if !st.fill.odd && st.mode != 1 {
		g.style = st.fill.inked(g.style)
	}
	if s.opaque && !g.hidden {
		m.opaque++
	}
	if st.fill.white() && !st.fill.odd && st.mode != 1 {
		g.hidden = g.hidden || !m.behind(from.x, from.y-size*0.3)
	}
	m.place(g, t, from, to)
}

// stretchLast gives the room of a code that paints nothing to the letter before it, so that it parts no words.
func (m *machine) stretchLast(width float64) {
	n := len(m.canvas.glyphs) - 1
	t := m.text.matrix.times(m.state.ctm)
	if from := t.at(0, m.state.rise); n >= 0 && math.Abs(m.canvas.glyphs[n].x1-from.x)+math.Abs(m.canvas.glyphs[n].y-from.y) < 0.1 {
		m.canvas.glyphs[n].x1 = t.at(width, m.state.rise).x
	}
}

// behind tells whether something was painted under a point, so that white letters can be seen there.
func (m *machine) behind(x, y float64) bool {
	for i := len(m.fills) - 1; i >= 0; i-- {
		if m.fills[i].holds(x, y) {
			return true
		}
	}
	for _, p := range m.pictures {
		if p.holds(x, y) {
			return true
		}
	}
	return false
}

// place files a glyph by the way its line runs.
func (m *machine) place(g glyph, t matrix, from, to point) {
	length := math.Hypot(t.a, t.b)
	if length == 0 {
		return
	}
	g.dx, g.dy = t.a/length, t.b/length
	if g.dx > 0.97 {
		m.canvas.glyphs = append(m.canvas.glyphs, g)
		return
	}
	g.x1 = from.x + math.Hypot(to.x-from.x, to.y-from.y) // its length; turnedLines lays it along its line
	m.turned = append(m.turned, g)
}

func first(args []operand) float64 {
	if len(args) == 0 {
		return 0
	}
	return args[0].number
}

func lastName(args []operand) string {
	if len(args) == 0 {
		return ""
	}
	return string(args[len(args)-1].bytes)
}

func matrixOf(args []operand) (matrix, bool) {
	if len(args) < 6 {
		return identity, false
	}
	a := args[len(args)-6:]
	return matrix{a[0].number, a[1].number, a[2].number, a[3].number, a[4].number, a[5].number}, true
}

// boxOf reads a rectangle of four numbers in any order of its corners (ISO 32000-1, 7.9.5).
func boxOf(v object.Value) (box, bool) {
	if v.Len() != 4 {
		return box{}, false
	}
	x0, y0, x1, y1 := v.Index(0).Float64(), v.Index(1).Float64(), v.Index(2).Float64(), v.Index(3).Float64()
	b := box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	return b, b.area() < 1e12
}
