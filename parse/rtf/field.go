package rtf

import (
	"strings"

	"referrald/parse/document"
)

// A field is an open \field: its code, its form field's data, and how deep its groups are.
type field struct {
	code    strings.Builder
	name    strings.Builder
	depth   int // groups open when the field began, its own among them
	result  int // groups open when its result began, 0 before
	kind    int // \fftype: 0 text, 1 check box, 2 list
	state   int // \ffres: 25 means that the default holds
	normal  int // \ffdefres
	isForm  bool
	written bool // the box has been put into the text
}

// defaultHolds is the \ffres by which Word says that the field has its default state.
const defaultHolds = 25

func (p *parser) openField() {
	p.fields = append(p.fields, field{depth: len(p.stack), state: -1, normal: -1})
}

func (p *parser) field() *field {
	if len(p.fields) == 0 {
		return nil
	}
	return &p.fields[len(p.fields)-1]
}

func (p *parser) openResult() {
	if f := p.field(); f != nil {
		f.result = len(p.stack)
		p.writeBox(f)
	}
}

// inResult tells whether text stands in the result of a form field, so that it is a value and no label.
func (p *parser) inResult() bool {
	f := p.field()
	return f != nil && f.result > 0 && f.isFormText()
}

func (f *field) isFormText() bool {
	code := f.code.String()
	return strings.Contains(code, "FORMTEXT") || strings.Contains(code, "FORMDROPDOWN")
}

func (f *field) isBox() bool { return strings.Contains(f.code.String(), "FORMCHECKBOX") }

func (p *parser) fieldText(s string) {
	f := p.field()
	switch {
	case f == nil:
	case p.state.dest == toInstruction:
		f.code.WriteString(s)
	case p.state.dest == toFieldName:
		f.name.WriteString(s)
	}
}

func (p *parser) fieldNumber(name string, n int) {
	f := p.field()
	if f == nil {
		return
	}
	f.isForm = true
	switch name {
	case "fftype":
		f.kind = n
	case "ffres":
		f.state = n
	case "ffdefres":
		f.normal = n
	}
}

// closeField ends the innermost field when the group that it began in ends.
func (p *parser) closeField(open int) {
	if f := p.field(); f != nil && open < f.depth {
		p.writeBox(f)
		p.fields = p.fields[:len(p.fields)-1]
	}
}

// writeBox puts the box of a FORMCHECKBOX field into the text, once.
func (p *parser) writeBox(f *field) {
	if f.written || !f.isBox() || p.state.deleted {
		return
	}
	f.written = true
	p.out.token(document.Token{Mark: f.mark(), Source: document.LegacyField, Field: f.name.String()})
}

// mark tells the box's state; a file that does not say leaves it unknown.
func (f *field) mark() document.Mark {
	state := f.state
	if state == defaultHolds || state < 0 {
		state = f.normal
	}
	switch {
	case !f.isForm || state < 0:
		return document.MarkUnknown
	case state == 0:
		return document.Unticked
	}
	return document.Ticked
}
