package pdf

import (
	"strings"

	object "github.com/ledongthuc/pdf"

	"referrald/parse/document"
)

// Flags of an annotation (ISO 32000-1, table 165).
const (
	annotationHidden = 1 << 1
	annotationNoView = 1 << 5
)

const (
	maxAnnotations = 5000
	maxInk         = 20_000 // numbers of one annotation's lines
)

// annotations reads the form fields of a page and paints its other annotations: typed-on text, ink, stamps, marked words.
func (m *machine) annotations(page object.Value) {
	annots := page.Key("Annots")
	for i := 0; i < annots.Len() && i < maxAnnotations; i++ {
		a := annots.Index(i)
		if a.Key("F").Int64()&(annotationHidden|annotationNoView) != 0 || unseen(a.Key("OC")) {
			continue
		}
		if where, ok := boxOf(a.Key("Rect")); ok {
			m.annotation(a, where)
		}
	}
}

func (m *machine) annotation(a object.Value, where box) {
	switch kind := a.Key("Subtype").Name(); kind {
	case "Popup", "Link":
	case "Widget":
		if w, ok := m.readWidget(a); ok {
			w.box = where.mapped(m.state.ctm)
			m.widgets = append(m.widgets, w)
		}
	case "Highlight", "StrikeOut", "Underline", "Squiggly":
		m.markup(a, kind)
		m.note(a, where)
	case "Text", "Caret":
		m.note(a, where)
	case "FreeText":
		m.appearance(a, where)
	case "Ink":
		m.pen = true
		m.appearance(a, where)
		m.pen = false
		m.note(a, where)
	default:
		m.appearance(a, where)
		m.note(a, where)
	}
}

// appearance paints an annotation's own picture into its rectangle (ISO 32000-1, 12.5.5). Where it has none, its words
// or lines stand in.
func (m *machine) appearance(a object.Value, where box) {
	v := picture(a)
	if v.Kind() != object.Stream {
		m.freeText(a, where)
		m.drawing(a, where)
		return
	}
	b, ok := boxOf(v.Key("BBox"))
	if !ok {
		return
	}
	b = b.mapped(formMatrix(v))
	if b.width() <= 0 || b.height() <= 0 {
		return
	}
	sx, sy := where.width()/b.width(), where.height()/b.height()
	m.form(v, matrix{sx, 0, 0, sy, where.x0 - b.x0*sx, where.y0 - b.y0*sy}, &resources{})
}

// picture returns the stream that paints an annotation, in its present state if it has several.
func picture(a object.Value) object.Value {
	v := a.Key("AP").Key("N")
	if v.Kind() == object.Dict {
		v = v.Key(a.Key("AS").Name())
	}
	return v
}

// freeText keeps the words of a typed-on text that has no picture.
func (m *machine) freeText(a object.Value, where box) {
	if a.Key("Subtype").Name() != "FreeText" {
		return
	}
	m.state.fill, m.state.face = paint{}, standardTypeface()
	m.state.size = 12
	p := newProgram([]byte(textString(a.Key("DA"))))
	for op, args, ok := p.next(); ok; op, args, ok = p.next() {
		if string(op) == "Tf" && len(args) == 2 && args[1].number > 1 {
			m.state.size = args[1].number
		}
	}
	m.typeLines(textString(a.Key("Contents")), where)
}

// typeLines types text into a rectangle from its top, as programs do.
func (m *machine) typeLines(text string, where box) {
	const margin = 2
	m.text = textLine{matrix{1, 0, 0, 1, where.x0 + margin, where.y1 - margin}, matrix{1, 0, 0, 1, where.x0 + margin, where.y1 - margin}}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' || r == '\u2028' }) {
		m.move(0, -1.2*m.state.size)
		room := where.width() - 2*margin
		for i, word := range strings.Fields(line) {
			width := m.state.face.length(word) * m.state.size
			if i > 0 && width > room {
				m.move(0, -1.2*m.state.size)
				room = where.width() - 2*margin
			} else if i > 0 {
				m.typeText(" ")
			}
			m.typeText(word)
			room -= width + 0.278*m.state.size
		}
	}
}

// typeText paints a word of Unicode text with the typeface of the state.
func (m *machine) typeText(word string) {
	for _, r := range word {
		s := m.state.face.typed(r)
		m.paintGlyph(s, s.width*m.state.size)
		m.advance(s.width * m.state.size)
	}
}

// note keeps what somebody wrote to an annotation: it stands in a window of its own that the reader opens.
func (m *machine) note(a object.Value, where box) {
	if s := textString(a.Key("Contents")); s != "" && len(m.notes) < maxAnnotations {
		m.notes = append(m.notes, note{where.mapped(m.state.ctm), s})
	}
}

// markup marks words as the annotation does: four corners stand for each stretch of a line (ISO 32000-1, 12.5.6.10).
// Programs draw the ends of such a stretch round, so its picture would not be known for what it is.
func (m *machine) markup(a object.Value, kind string) {
	quads := a.Key("QuadPoints")
	for i := 0; i+7 < quads.Len() && i < maxInk; i += 8 {
		var corners [4]point
		for j := range corners {
			corners[j] = m.state.ctm.at(quads.Index(i+2*j).Float64(), quads.Index(i+2*j+1).Float64())
		}
		b, _ := around(corners[:])
		m.order++
		switch kind {
		case "Highlight":
			m.marked = append(m.marked, markedWords{b, document.Highlighted})
		case "StrikeOut":
			m.marked = append(m.marked, markedWords{b, document.Struck})
		default:
			m.marked = append(m.marked, markedWords{b, document.Underlined})
		}
	}
}

// drawing paints an annotation of lines that has no picture (ISO 32000-1, 12.5.6.7 to 12.5.6.13).
func (m *machine) drawing(a object.Value, where box) {
	switch a.Key("Subtype").Name() {
	case "Ink":
		lines := a.Key("InkList")
		for i := 0; i < lines.Len() && i < 1000; i++ {
			m.polyline(lines.Index(i))
		}
	case "Line":
		m.polyline(a.Key("L"))
	case "PolyLine":
		m.polyline(a.Key("Vertices"))
	case "Polygon":
		m.polyline(a.Key("Vertices"))
		m.path.close()
	case "Square":
		m.ring(where, 4)
	case "Circle":
		m.ring(where, 24)
	default:
		return
	}
	m.state.ink, m.state.fill = paint{}, paint{}
	m.finish(false, true)
}

// polyline adds a line through points to the path.
func (m *machine) polyline(v object.Value) {
	for i := 0; i+1 < v.Len() && i < maxInk; i += 2 {
		p := m.state.ctm.at(v.Index(i).Float64(), v.Index(i+1).Float64())
		if i == 0 {
			m.path.moveTo(p)
			continue
		}
		m.path.lineTo(p)
	}
}
