package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	object "github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"

	"referrald/parse/document"
)

// A widget is one field of an interactive form as it stands on a page (ISO 32000-1, 12.5.6.19 and 12.7).
type widget struct {
	box
	mark  document.Mark // of a check box or radio button
	value string
	field string // what a reader's tool tip shows, or the field's name
	multi bool   // the value may hold several lines
}

// Flags of a field (ISO 32000-1, tables 226 to 230).
const (
	flagMultiline  = 1 << 12
	flagPassword   = 1 << 13
	flagPushButton = 1 << 16
)

// Flags of an annotation (ISO 32000-1, table 165).
const (
	annotationHidden = 1 << 1
	annotationNoView = 1 << 5
)

const maxAnnotations = 5000

// annotations reads the form fields of a page and paints its other annotations: typed-on text, ink, stamps.
func (m *machine) annotations(page object.Value) {
	annots := page.Key("Annots")
	for i := 0; i < annots.Len() && i < maxAnnotations; i++ {
		a := annots.Index(i)
		if a.Key("F").Int64()&(annotationHidden|annotationNoView) != 0 {
			continue
		}
		where, ok := boxOf(a.Key("Rect"))
		if !ok {
			continue
		}
		switch a.Key("Subtype").Name() {
		case "Popup", "Link":
		case "Widget":
			if w, ok := readWidget(a); ok {
				w.box = where.mapped(m.state.ctm)
				m.widgets = append(m.widgets, w)
			}
		default:
			m.appearance(a, where)
		}
	}
}

// appearance paints an annotation's own picture into its rectangle (ISO 32000-1, 12.5.5).
func (m *machine) appearance(a object.Value, where box) {
	v := a.Key("AP").Key("N")
	if v.Kind() == object.Dict {
		v = v.Key(a.Key("AS").Name())
	}
	if v.Kind() != object.Stream {
		m.freeText(a, where)
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

// freeText keeps the words of a typed-on note that has no picture.
func (m *machine) freeText(a object.Value, where box) {
	if a.Key("Subtype").Name() != "FreeText" {
		return
	}
	if s := textString(a.Key("Contents")); s != "" {
		m.widgets = append(m.widgets, widget{box: where.mapped(m.state.ctm), value: s, multi: true})
	}
}

// readWidget reads type, value and name of a field; false where it shows nothing of its own (a push button).
func readWidget(a object.Value) (widget, bool) {
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
		w.mark = buttonMark(a, f.value)
	case "Ch":
		w.value = choice(f)
	case "Tx":
		if f.flags&flagPassword == 0 {
			w.value = textString(f.value)
		}
		w.multi = f.flags&flagMultiline != 0
	default:
		return w, false
	}
	return w, true
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
// the field's value. A group's value turns on only the button that has an appearance of that name.
func buttonMark(a, value object.Value) document.Mark {
	if as := a.Key("AS"); as.Kind() == object.Name {
		return onOff(as.Name())
	}
	v := value.Name()
	if v == "" {
		v = textString(value)
	}
	if v == "" || strings.EqualFold(v, "off") {
		return document.Unticked
	}
	states := a.Key("AP").Key("N")
	if states.Kind() != object.Dict {
		if parent := a.Key("Parent"); parent.Key("Kids").Len() > 1 {
			return document.MarkUnknown // one of several, and nothing says which
		}
		return document.Ticked
	}
	if states.Key(v).IsNull() {
		return document.Unticked
	}
	return document.Ticked
}

func onOff(state string) document.Mark {
	if state == "" || strings.EqualFold(state, "off") {
		return document.Unticked
	}
	return document.Ticked
}

// choice returns what a list shows for its value: the display text where an option has one.
func choice(f field) string {
	values := []string{textString(f.value)}
	if f.value.Kind() == object.Array {
		values = values[:0]
		for i := 0; i < f.value.Len() && i < 100; i++ {
			values = append(values, textString(f.value.Index(i)))
		}
	}
	for i, v := range values {
		for j := 0; j < f.options.Len() && j < 2000; j++ {
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
	raw := v.RawString()
	if v.Kind() == object.Stream {
		raw = string((&budget{}).stream(v))
	}
	switch {
	case strings.HasPrefix(raw, "\xfe\xff"), strings.HasPrefix(raw, "\xff\xfe"):
		return decodeUTF16(raw[2:], raw[0] == 0xff)
	case strings.HasPrefix(raw, "\xef\xbb\xbf") && utf8.ValidString(raw):
		return raw[3:]
	case v.Kind() == object.String:
		raw = v.Text()
	}
	if !utf8.ValidString(raw) {
		decoded, err := charmap.Windows1252.NewDecoder().String(raw)
		if err != nil {
			return strings.ToValidUTF8(raw, "\ufffd")
		}
		return decoded
	}
	return raw
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
