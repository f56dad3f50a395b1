package docx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A field is an open complex field (17.16.18): its code runs to the separator, its result to the end.
type field struct {
	data   *part.Node // ffData of a legacy form field (17.16.17)
	code   string
	result bool // past the separator
	hidden bool
	marked bool // its mark or choice is already out
	drawn  bool // a SYMBOL, whose result shows what its code says
}

// maxCode bounds the text of one field code.
const maxCode = 4096

func (r *reader) fieldChar(n *part.Node, like document.Token, hidden bool) {
	switch n.Value("fldCharType") {
	case "begin":
		r.fields = append(r.fields, field{data: n.Child("ffData"), hidden: hidden})
	case "separate":
		if f := r.innermost(); f != nil {
			r.showField(f, like)
			f.result = true
		}
	case "end":
		if f := r.innermost(); f != nil {
			r.showField(f, like)
			r.fields = r.fields[:len(r.fields)-1]
		}
	}
}

func (r *reader) innermost() *field {
	if len(r.fields) == 0 {
		return nil
	}
	return &r.fields[len(r.fields)-1]
}

func (r *reader) fieldCode(words string) {
	if f := r.innermost(); f != nil && !f.result && len(f.code) < maxCode {
		f.code += words
	}
}

// inCode tells whether the walk stands in what is not shown: a field's code, or the result of one that is out already.
func (r *reader) inCode() bool {
	for i := range r.fields {
		if !r.fields[i].result || r.fields[i].drawn {
			return true
		}
	}
	return false
}

// closeCodes gives up fields whose code does not end with its paragraph: a lost end must not swallow the document.
func (r *reader) closeCodes() {
	for i := range r.fields {
		if !r.fields[i].result || r.fields[i].drawn {
			r.showField(&r.fields[i], document.Token{})
			r.fields = r.fields[:i]
			return
		}
	}
}

// showField puts out, once, the box of a FORMCHECKBOX, the choice of a FORMDROPDOWN or the drawing of a SYMBOL.
func (r *reader) showField(f *field, like document.Token) {
	if f.marked || f.hidden {
		return
	}
	f.marked = true
	if font, symbol, ok := document.SymbolField(f.code); ok {
		f.drawn = true
		r.out.AddAll(document.SymbolTokens(font, string(symbol), like))
		return
	}
	like.Source, like.Field = document.LegacyField, fieldName(f.data)
	like.Style |= document.Filled
	code := strings.ToUpper(f.code)
	switch {
	case f.data.Child("checkBox") != nil:
		like.Mark = legacyMark(f.data.Child("checkBox"))
		r.out.Add(like)
	case strings.Contains(code, "FORMCHECKBOX"):
		like.Mark = document.MarkUnknown
		r.out.Add(like)
	case f.data.Child("ddList") != nil:
		like.Text = legacyChoice(f.data.Child("ddList"))
		r.out.Add(like)
	}
}

func fieldName(data *part.Node) string {
	for _, name := range [...]string{"name", "statusText", "helpText"} {
		if v := data.Child(name).Value("val"); v != "" {
			return v
		}
	}
	return ""
}

// legacyMark reads a check box (17.16.7): its state, else its default, else empty.
func legacyMark(box *part.Node) document.Mark {
	state := box.Child("checked")
	if state == nil {
		state = box.Child("default")
	}
	if state != nil && isOn(state) == on {
		return document.Ticked
	}
	return document.Unticked
}

// legacyChoice reads a drop-down list (17.16.9): the entry that it shows.
func legacyChoice(list *part.Node) string {
	chosen := list.Child("result")
	if chosen == nil {
		chosen = list.Child("default")
	}
	index, err := strconv.Atoi(chosen.Value("val"))
	if err != nil {
		index = 0
	}
	for _, k := range list.Kids {
		if k.Name != "listEntry" {
			continue
		}
		if index == 0 {
			return k.Value("val")
		}
		index--
	}
	return ""
}

// withField gives a token the looks of the text form field that it stands in.
func (r *reader) withField(like document.Token) document.Token {
	f := r.innermost()
	if f == nil || !f.result {
		return like
	}
	if f.data.Child("textInput") == nil && !strings.Contains(strings.ToUpper(f.code), "FORMTEXT") {
		return like
	}
	like.Source, like.Style = document.LegacyField, like.Style|document.Filled
	if name := fieldName(f.data); name != "" {
		like.Field = name
	}
	return like
}

// placeholder marks a text form field's words as the template's own where nothing was typed over them.
func (r *reader) placeholder(t *document.Token) {
	if t.Source != document.LegacyField {
		return
	}
	words := strings.TrimSpace(t.Text)
	f := r.innermost()
	if words != "" && f != nil && words == strings.TrimSpace(f.data.Child("textInput").Child("default").Value("val")) {
		t.Style |= document.Placeholder
	}
}

// simpleField reads w:fldSimple (17.16.19).
func (r *reader) simpleField(n *part.Node, at place) {
	r.fields = append(r.fields, field{data: n.Child("fldData"), code: n.Value("instr")})
	depth := len(r.fields)
	f := r.innermost()
	r.showField(f, at.control)
	f.result = true
	r.inline(n.Kids, at)
	if len(r.fields) >= depth {
		r.fields = r.fields[:depth-1]
	}
}
