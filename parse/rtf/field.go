package rtf

import (
	"strings"

	"referrald/parse/document"
)

// A field is an open \field: its code, its form field's data, and how deep its groups are.
type field struct {
	code    strings.Builder
	upper   string // the code in capitals, once it is whole
	name    strings.Builder
	text    strings.Builder // the default of a text field
	entries []string        // the choices of a list
	depth   int             // groups open when the field began, its own among them
	result  int             // groups open when its result began, 0 before
	kind    int             // \fftype: 0 text, 1 check box, 2 list
	state   int             // \ffres: 25 means that the default holds
	normal  int             // \ffdefres
	isForm  bool
	from    int  // where its result begins among the tokens of the line
	shown   bool // its result has words of its own
	written bool // its box, choice or drawing has been put into the text
}

// defaultHolds is the \ffres by which Word says that the field has its default state.
const defaultHolds = 25

// Limits of a field's own texts; Word's are shorter.
const (
	maxCode    = 4096
	maxEntries = 1000
)

func (p *parser) openField() {
	p.fields = append(p.fields, &field{depth: len(p.stack), state: -1, normal: -1})
}

func (p *parser) field() *field {
	if len(p.fields) == 0 {
		return nil
	}
	return p.fields[len(p.fields)-1]
}

func (p *parser) openResult() {
	if f := p.field(); f != nil {
		f.result, f.from = len(p.stack), p.out.mark()
		f.upper = strings.ToUpper(f.code.String())
		if f.is("FORMCHECKBOX") {
			p.writeField(f)
		}
	}
}

// result returns the text or list field in whose result text stands, so that it is a value and no label; nil elsewhere.
func (p *parser) result() *field {
	if f := p.field(); f != nil && f.result > 0 && (f.is("FORMTEXT") || f.is("FORMDROPDOWN")) {
		return f
	}
	return nil
}

// written notes that the result of the innermost field shows words.
func (p *parser) written(s string) {
	if f := p.field(); f != nil && f.result > 0 && !f.shown {
		f.shown = strings.TrimSpace(s) != ""
	}
}

// is tells a field by the name in its code.
func (f *field) is(name string) bool { return strings.Contains(f.upper, name) }

func (f *field) title() string { return f.name.String() }

func (p *parser) fieldText(s string) {
	f := p.field()
	if f == nil {
		return
	}
	var into *strings.Builder
	switch p.state.dest {
	case toInstruction:
		into = &f.code
	case toFieldName:
		into = &f.name
	case toFieldDefault:
		into = &f.text
	case toFieldEntry:
		if n := len(f.entries); n > 0 && len(f.entries[n-1]) < maxCode {
			f.entries[n-1] += s
		}
		return
	default:
		return
	}
	if into.Len() < maxCode {
		into.WriteString(s)
	}
}

// openEntry begins a choice of a list.
func (p *parser) openEntry() {
	if f := p.field(); f != nil && len(f.entries) < maxEntries {
		f.entries = append(f.entries, "")
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
		p.writeField(f)
		p.fields = p.fields[:len(p.fields)-1]
	}
}

// writeField puts into the text, once, what the result of a field does not show: the box of a FORMCHECKBOX, the choice of
// a FORMDROPDOWN, the drawing of a SYMBOL.
func (p *parser) writeField(f *field) {
	if f.written || p.state.skip || p.state.hidden || p.state.deleted {
		return
	}
	f.written = true
	f.upper = strings.ToUpper(f.code.String())
	t := document.Token{Style: p.state.style | document.Filled, Source: document.LegacyField, Field: f.title()}
	switch {
	case f.is("FORMCHECKBOX"):
		if t.Mark = f.mark(); t.Mark == document.MarkUnknown {
			p.warn(document.UnreadControl)
		}
		p.out.token(t)
	case f.is("FORMDROPDOWN") && !f.shown:
		if len(f.entries) == 0 {
			p.warn(document.UnreadControl)
		}
		t.Text = f.choice()
		p.out.token(t)
	case f.is("FORMTEXT") && strings.HasPrefix(p.maker, "LibreOffice"): // which writes what was typed as the default too
		p.out.dropRepeat(f.from)
	case f.is("FORMTEXT") && f.text.Len() > 0:
		p.out.settle(f)
	case !f.shown:
		if font, symbol, ok := document.SymbolField(f.code.String()); ok {
			for _, t := range document.SymbolTokens(font, string(symbol), document.Token{Style: p.state.style}) {
				p.out.token(t)
			}
		}
	}
}

// value is the field's result, or its default where that holds.
func (f *field) value() int {
	if f.state == defaultHolds || f.state < 0 {
		return f.normal
	}
	return f.state
}

// mark tells the box's state; a file that does not say leaves it unknown.
func (f *field) mark() document.Mark {
	switch state := f.value(); {
	case !f.isForm || state < 0:
		return document.MarkUnknown
	case state == 0:
		return document.Unticked
	}
	return document.Ticked
}

// choice is the entry that a list shows: the first where nothing says otherwise, as in Word.
func (f *field) choice() string {
	if v := max(f.value(), 0); v < len(f.entries) {
		return f.entries[v]
	}
	return ""
}

// settle makes the result of a text field that just ended a placeholder where it is what the template put there.
func (w *writer) settle(f *field) {
	w.flush()
	from, words := len(w.tokens), ""
	for from > 0 && w.tokens[from-1].Source == document.LegacyField && w.tokens[from-1].Field == f.title() {
		from--
		words = w.tokens[from].Text + words
	}
	if strings.TrimSpace(words) != strings.TrimSpace(f.text.String()) {
		return
	}
	for i := from; i < len(w.tokens); i++ {
		w.tokens[i].Style |= document.Placeholder
	}
}

// mark returns the place of the next token in the line.
func (w *writer) mark() int {
	w.flush()
	return len(w.tokens)
}

// firstOther is the lowest rune of the scripts that LibreOffice keeps apart from those of Europe.
const firstOther = 0x0590

// dropRepeat takes away the field that just ended, from a token on, where it says again what the field before it says:
// LibreOffice writes a field once more for every stretch of another script in it, with the words of that stretch before it.
func (w *writer) dropRepeat(from int) {
	w.flush()
	if from > len(w.tokens) {
		return
	}
	words := textOf(w.tokens[from:])
	end := from
	for end > 0 && w.tokens[end-1].Source != document.LegacyField {
		end--
	}
	begin := end
	for begin > 0 && w.tokens[begin-1].Source == document.LegacyField {
		begin--
	}
	other := strings.ContainsFunc(words, func(r rune) bool { return r >= firstOther })
	if other && textOf(w.tokens[begin:end]) == words && strings.Contains(words, textOf(w.tokens[end:from])) {
		w.tokens = w.tokens[:end]
	}
}

func textOf(tokens []document.Token) string { return document.Line{Tokens: tokens}.Text() }
