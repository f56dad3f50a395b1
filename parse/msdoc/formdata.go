package msdoc

import "referrald/parse/document"

// A formData is the data of a legacy form field (2.9.78 FFData).
type formData struct {
	kind     int
	result   int // of a box 0, 1 or undefined; of a list the entry that it shows
	standard int // what holds where the result is undefined
	name     string
	text     string // the default of a text field
	entries  []string
}

const (
	textField = 0
	boxField  = 1
	listField = 2

	undefinedResult = 25
	maxEntries      = 1000
)

// readFormData reads the form field that stands at a place of the data stream (2.9.157 NilPICFAndBinData), or nil.
func readFormData(data []byte, at int) *formData {
	size, header := u32(data, at), u16(data, at+4)
	return parseFormData(slice(data, at+header, size-header))
}

func parseFormData(b []byte) *formData {
	if len(b) < 10 || u32(b, 0) != 0xFFFFFFFF {
		return nil
	}
	bits := u16(b, 4)
	f := &formData{kind: bits & 3, result: bits >> 2 & 31}
	r := textReader{b: b, at: 10}
	f.name = r.text()
	if f.kind == textField {
		f.text = r.text()
	} else {
		f.standard = u16(b, r.at)
		r.at += 2
	}
	r.text() // its format
	help, status := r.text(), r.text()
	r.text() // macros on entry and on exit
	r.text()
	if f.name == "" {
		f.name = status
	}
	if f.name == "" {
		f.name = help
	}
	if f.kind == listField {
		f.entries = r.list()
	}
	return f
}

// A textReader takes texts from the front of its bytes.
type textReader struct {
	b  []byte
	at int
}

// text takes a text with its length before and a zero after it (2.9.358 Xstz).
func (r *textReader) text() string {
	n := u16(r.b, r.at)
	s := wideText(r.b, r.at+2, n)
	r.at += 2 + 2*n + 2
	return s
}

// list takes a table of texts (2.2.4 STTB).
func (r *textReader) list() []string {
	count := u16(r.b, r.at+2)
	extra := u16(r.b, r.at+4)
	r.at += 6
	var out []string
	for i := 0; i < count && i < maxEntries && r.at < len(r.b); i++ {
		n := u16(r.b, r.at)
		out = append(out, wideText(r.b, r.at+2, n))
		r.at += 2 + 2*n + extra
	}
	return out
}

// value is the result, or what holds where it is undefined.
func (f *formData) value() int {
	if f.result == undefinedResult {
		return f.standard
	}
	return f.result
}

// mark is the state of a box.
func (f *formData) mark() document.Mark {
	switch f.value() {
	case 0:
		return document.Unticked
	case 1:
		return document.Ticked
	}
	return document.MarkUnknown
}

// choice is the entry that a list shows.
func (f *formData) choice() string {
	if v := f.value(); v < len(f.entries) {
		return f.entries[v]
	}
	return ""
}

// A FormField is a legacy form field's data for the other formats of Word that keep it in this one's bytes.
type FormField struct {
	Box, List bool // else it is a text field
	Known     bool // a box says its state, and does not leave it to the default
	Result    int  // of a box 0 or 1; of a list the entry that it shows
	Default   int
	Name      string
	Text      string   // the default of a text field
	Entries   []string // of a list
}

// ReadFormField reads a legacy form field's data (2.9.78 FFData), and tells whether it is one.
func ReadFormField(data []byte) (FormField, bool) {
	f := parseFormData(data)
	if f == nil {
		return FormField{}, false
	}
	return FormField{Box: f.kind == boxField, List: f.kind == listField, Known: f.result != undefinedResult, Result: f.value(), Default: f.standard,
		Name: f.name, Text: f.text, Entries: f.entries}, true
}
