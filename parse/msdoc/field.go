package msdoc

import (
	"strings"

	"referrald/parse/document"
)

// A field is an open field (2.8.25 Plcfld): its code runs to the separator, its result to the end.
type field struct {
	code   strings.Builder
	data   *formData
	result bool // past the separator
	hidden bool
	marked bool // its mark or choice is already out
	drawn  bool // a SYMBOL, whose result shows what its code says
}

// The characters that part fields.
const (
	fieldBegin     = 0x13
	fieldSeparator = 0x14
	fieldEnd       = 0x15
)

// maxCode bounds the text of one field code.
const maxCode = 4096

func (r *reader) fieldMark(u uint16, l look) {
	switch u {
	case fieldBegin:
		r.fields = append(r.fields, &field{hidden: l.hidden})
	case fieldSeparator:
		if f := r.innermost(); f != nil {
			r.showField(f, l.style)
			f.result = true
		}
	case fieldEnd:
		if f := r.innermost(); f != nil {
			r.showField(f, l.style)
			r.fields = r.fields[:len(r.fields)-1]
		}
	}
}

func (r *reader) innermost() *field {
	if len(r.fields) == 0 {
		return nil
	}
	return r.fields[len(r.fields)-1]
}

// inCode tells whether the walk stands in what is not shown: a field's code, or the result of one that is out already.
func (r *reader) inCode() bool {
	for _, f := range r.fields {
		if !f.result || f.drawn {
			return true
		}
	}
	return false
}

// closeCodes gives up fields whose code does not end with its paragraph: a lost end must not swallow the document.
func (r *reader) closeCodes() {
	for i, f := range r.fields {
		if !f.result || f.drawn {
			r.showField(f, 0)
			r.fields = r.fields[:i]
			return
		}
	}
}

// takeFormData gives the innermost field the data that a picture character in its code points to.
func (r *reader) takeFormData(l look) {
	if f := r.innermost(); f != nil && f.data == nil && l.picture >= 0 {
		f.data = readFormData(r.streams.data, l.picture)
	}
}

// showField puts out, once, the box of a FORMCHECKBOX, the choice of a FORMDROPDOWN or the drawing of a SYMBOL.
func (r *reader) showField(f *field, style document.Style) {
	if f.marked || f.hidden {
		return
	}
	f.marked = true
	t := document.Token{Source: document.LegacyField, Style: style | document.Filled}
	if f.data != nil {
		t.Field = f.data.name
	}
	code := strings.ToUpper(f.code.String())
	switch {
	case strings.Contains(code, "FORMCHECKBOX"):
		t.Mark = document.MarkUnknown
		if f.data != nil && f.data.kind == boxField {
			t.Mark = f.data.mark()
		}
		if t.Mark == document.MarkUnknown {
			r.out.Warn(document.UnreadControl)
		}
		r.out.Add(t)
	case strings.Contains(code, "FORMDROPDOWN"):
		if f.data == nil || f.data.kind != listField {
			r.out.Warn(document.UnreadControl)
			return
		}
		t.Text = f.data.choice()
		r.out.Add(t)
	case strings.HasPrefix(strings.TrimSpace(code), "CONTROL "): // ActiveX, whose state stands in a storage of its own
		r.out.Warn(document.UnreadControl)
		if isActiveBox(code) {
			t.Mark = document.MarkUnknown
			r.out.Add(t)
		}
	default:
		if font, symbol, ok := document.SymbolField(f.code.String()); ok {
			f.drawn = true
			r.out.AddAll(document.SymbolTokens(font, string(symbol), document.Token{Style: style}))
		}
	}
}

// isActiveBox tells the boxes of Microsoft Forms by the class in their field's code.
func isActiveBox(code string) bool {
	return strings.Contains(code, "CHECKBOX") || strings.Contains(code, "OPTIONBUTTON") || strings.Contains(code, "TOGGLEBUTTON")
}

// withField gives a token the looks of the text form field that it stands in. What the template filled in is no value.
func (r *reader) withField(t document.Token) document.Token {
	f := r.innermost()
	if f == nil || !f.result || !strings.Contains(strings.ToUpper(f.code.String()), "FORMTEXT") {
		return t
	}
	t.Source, t.Style = document.LegacyField, t.Style|document.Filled
	if f.data == nil {
		return t
	}
	t.Field = f.data.name
	if words := strings.TrimSpace(t.Text); words != "" && words == strings.TrimSpace(f.data.text) {
		t.Style |= document.Placeholder
	}
	return t
}
