package pdf

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	object "github.com/ledongthuc/pdf"

	"referrald/parse/document"
)

// A widget is one field of an interactive form as it stands on a page (ISO 32000-1, 12.5.6.19 and 12.7).
type widget struct {
	box
	mark  document.Mark // of a check box or radio button
	value string
	field string // what a reader's tool tip shows, or the field's name
	multi bool   // the value may hold several lines
	doubt bool   // the value is another than what the page shows
}

// Flags of a field (ISO 32000-1, tables 226 to 230).
const (
	flagMultiline  = 1 << 12
	flagPassword   = 1 << 13
	flagPushButton = 1 << 16
)

// readWidget reads type, value and name of a field; false where it shows nothing of its own (a push button).
func (m *machine) readWidget(a object.Value) (widget, bool) {
	f := climb(a)
	w := widget{field: f.name}
	if f.tip != "" {
		w.field = f.tip
	}
	switch f.kind {
	case "Btn":
		if f.flags&flagPushButton != 0 {
			return w, false
		}
		w.mark = m.checked(a, buttonMark(a, f.value))
		return w, true
	case "Ch":
		w.value = m.choice(f)
	case "Tx":
		if f.flags&flagPassword != 0 {
			return w, true
		}
		w.value = textString(f.value)
		w.multi = f.flags&flagMultiline != 0
	default:
		return w, false
	}
	m.compare(&w, a)
	return w, true
}

// compare holds a field's value against the picture that the page shows of it. A program that fills in a form may forget
// to draw the picture anew, and asks the reader to do it with NeedAppearances; else what is shown is what was sent.
func (m *machine) compare(w *widget, a object.Value) {
	if m.redraws {
		return
	}
	shown := m.shown(picture(a))
	if shown == nil || shown.opaque > 0 {
		return
	}
	var letters strings.Builder
	for i := range shown.glyphs {
		letters.WriteString(shown.glyphs[i].text)
	}
	seen, said := folded(letters.String()), folded(w.value)
	switch {
	case seen == "":
	case said == "":
		w.value = shown.plain()
	case !strings.Contains(said, seen) && !strings.Contains(seen, said): // a long value may be shown in part
		w.doubt = true
	}
}

// folded returns the letters and digits of s in lower case.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, clean(s))
}

// shown paints the picture of a field onto a canvas of its own; nil where there is none.
func (m *machine) shown(v object.Value) *canvas {
	if v.Kind() != object.Stream {
		return nil
	}
	b, ok := boxOf(v.Key("BBox"))
	if !ok {
		return nil
	}
	c := &canvas{frame: box{0, 0, b.width(), b.height()}}
	inner := newMachine(c, m.budget, m.fonts, matrix{1, 0, 0, -1, -b.x0, b.y1})
	inner.depth, inner.shared = m.depth+1, m.shared
	data := m.budget.stream(v)
	inner.run(data, readResources(v.Key("Resources")))
	c.empty = !paints(data)
	return c
}

// paints tells whether a content stream paints anything at all.
func paints(data []byte) bool {
	p := newProgram(data)
	for op, _, ok := p.next(); ok; op, _, ok = p.next() {
		switch string(op) {
		case "Tj", "TJ", "'", "\"", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI":
			return true
		}
	}
	return false
}

// plain returns the words of a canvas, line by line.
func (c *canvas) plain() string {
	var out []string
	for _, b := range freeBlocks(rows(c.words(nil)), 0, false) {
		for _, cell := range b.cells {
			out = append(out, cell.Text())
		}
	}
	return strings.Join(out, "\n")
}

// checked holds the state of a check box against its picture: a state that the picture belies is not known.
func (m *machine) checked(a object.Value, said document.Mark) document.Mark {
	states := a.Key("AP").Key("N")
	if m.redraws || said == document.MarkUnknown || states.Kind() != object.Dict {
		return said
	}
	if as := a.Key("AS").Name(); as != "" && said == document.Ticked && states.Key(as).Kind() != object.Stream {
		return document.MarkUnknown // a state without a picture shows nothing
	}
	shown := m.shown(picture(a))
	if shown == nil {
		return said
	}
	ticked := false
	for i := range shown.glyphs {
		g := &shown.glyphs[i]
		ticked = ticked || g.mark == document.Ticked || tickWord(g.text)
	}
	if said == document.Unticked && ticked || said == document.Ticked && shown.empty {
		return document.MarkUnknown
	}
	return said
}

// A field holds what a widget inherits from the fields above it.
type field struct {
	kind, name, tip string
	flags           int64
	value, options  object.Value
}

// climb gathers a widget's inheritable entries. The way up is bounded: a hostile file may go in a circle.
func climb(v object.Value) field {
	var f field
	seenFlags := false
	for depth := 0; depth < 16 && v.Kind() == object.Dict; depth++ {
		if f.kind == "" {
			f.kind = v.Key("FT").Name()
		}
		if f.tip == "" {
			f.tip = textString(v.Key("TU"))
		}
		if f.name == "" {
			f.name = textString(v.Key("T"))
		}
		if ff := v.Key("Ff"); !seenFlags && !ff.IsNull() {
			f.flags, seenFlags = ff.Int64(), true
		}
		if f.value.IsNull() {
			f.value = v.Key("V")
		}
		if f.options.IsNull() {
			f.options = v.Key("Opt")
		}
		v = v.Key("Parent")
	}
	return f
}

// buttonMark tells whether a check box or radio button is on: by its own appearance state, or, where it has none, by
// the field's value. A group's value turns on only the button that has an appearance of that name. A state and a value
// that contradict each other leave it unknown.
func buttonMark(a, value object.Value) document.Mark {
	v := value.Name()
	if v == "" {
		v = textString(value)
	}
	states := a.Key("AP").Key("N")
	as := a.Key("AS")
	if as.Kind() == object.Name {
		state := onOff(as.Name())
		switch {
		case v == "" || v == as.Name():
		case state == document.Unticked && onOff(v) == document.Ticked && states.Key(v).Kind() == object.Stream,
			state == document.Ticked && onOff(v) == document.Unticked,
			state == document.Ticked && inGroup(a) && siblingHas(a, v):
			return document.MarkUnknown
		}
		return state
	}
	if onOff(v) == document.Unticked {
		return document.Unticked
	}
	if states.Kind() != object.Dict {
		if inGroup(a) {
			return document.MarkUnknown // one of several, and nothing says which
		}
		return document.Ticked
	}
	if states.Key(v).IsNull() {
		return document.Unticked
	}
	return document.Ticked
}

// inGroup tells whether a button is one of several of its field.
func inGroup(a object.Value) bool { return a.Key("Parent").Key("Kids").Len() > 1 }

// siblingHas tells whether another button of the field has a state of this name, and this one has not.
func siblingHas(a object.Value, state string) bool {
	if a.Key("AP").Key("N").Key(state).Kind() == object.Stream {
		return false
	}
	kids := a.Key("Parent").Key("Kids")
	for i := 0; i < kids.Len() && i < 1000; i++ {
		if kids.Index(i).Key("AP").Key("N").Key(state).Kind() == object.Stream {
			return true
		}
	}
	return false
}

func onOff(state string) document.Mark {
	if state == "" || strings.EqualFold(state, "off") {
		return document.Unticked
	}
	return document.Ticked
}

// choice returns what a list shows for its value: the display text where an option has one.
func (m *machine) choice(f field) string {
	values := []string{textString(f.value)}
	if f.value.Kind() == object.Array {
		values = values[:0]
		for i := 0; i < f.value.Len() && i < 100; i++ {
			values = append(values, textString(f.value.Index(i)))
		}
	}
	for i, v := range values {
		for j := 0; j < f.options.Len() && j < 2000; j++ {
			if m.options++; m.options > maxOptions {
				panic(errBudget)
			}
			if o := f.options.Index(j); o.Len() == 2 && textString(o.Index(0)) == v {
				values[i] = textString(o.Index(1))
			}
		}
	}
	return strings.Join(values, ", ")
}

// textString decodes a text string or a text stream: UTF-16 of either order, UTF-8 with its mark, or PDFDocEncoding
// (ISO 32000-2, 7.9.2.2).
func textString(v object.Value) string {
	if v.Kind() == object.Stream {
		return decodeText(string((&budget{}).stream(v)))
	}
	return decodeText(v.RawString())
}

// decodeText decodes the bytes of a text string.
func decodeText(raw string) string {
	switch {
	case strings.HasPrefix(raw, "\xfe\xff"), strings.HasPrefix(raw, "\xff\xfe"):
		return decodeUTF16(raw[2:], raw[0] == 0xff)
	case strings.HasPrefix(raw, "\xef\xbb\xbf") && utf8.ValidString(raw):
		return raw[3:]
	case utf8.ValidString(raw): // ASCII, or against the standard, but what was meant
		return raw
	}
	var b strings.Builder
	for i := range len(raw) {
		b.WriteRune(documentRune(raw[i]))
	}
	return b.String()
}

// documentRune returns the character of a byte in PDFDocEncoding, which is Latin-1 but for these (ISO 32000-1, D.3).
func documentRune(c byte) rune {
	const high = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€"
	if c >= 0x80 && c <= 0xA0 {
		return []rune(high)[c-0x80]
	}
	return rune(c)
}

func decodeUTF16(raw string, little bool) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		high, low := raw[i], raw[i+1]
		if little {
			high, low = low, high
		}
		units = append(units, uint16(high)<<8|uint16(low))
	}
	return string(utf16.Decode(units))
}
