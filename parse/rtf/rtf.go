package rtf

import (
	"bytes"
	"errors"
	"strings"

	"referrald/parse/document"
	"referrald/parse/ocr"
)

// Limits of one file. Word itself stays far below.
const (
	MaxSize = 64 << 20 // bytes
	deepest = 500      // groups within each other
)

// Read returns what the file says, or an *document.Unreadable.
func Read(data []byte) (*document.Document, error) {
	if len(data) > MaxSize {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading rtf: over the limit of size")}
	}
	if !bytes.HasPrefix(bytes.TrimLeft(data, "\ufeff \t\r\n"), []byte(`{\rt`)) {
		return nil, &document.Unreadable{Why: document.Broken, Cause: errors.New("no RTF header")}
	}
	p := parser{scan: scanner{data: data}, out: newWriter(), fonts: map[int]font{}}
	p.state.uc = 1
	if err := p.run(); err != nil {
		return nil, err
	}
	d := p.document()
	d.Format = document.RTF
	d.FindMarks()
	d.FindShades()
	p.pictures.close()
	ocr.AddPasted(d, p.pictures.files, p.pictures.drawn)
	return d, nil
}

// A state is what a group inherits and may change: the look of text, and whether it is text at all.
type state struct {
	style   document.Style
	font    int
	uc      int  // how many characters stand in for a \u that a reader cannot show
	skip    bool // inside a destination without words of the writer
	dest    destination
	hidden  bool
	deleted bool
	ansi    bool // in the half of \upr that is for readers without Unicode
}

// A destination says where text of a group goes.
type destination uint8

const (
	toBody destination = iota
	toFontTable
	toColours
	toInstruction // \fldinst: the code of a field
	toFieldName
	toFieldDefault
	toFieldEntry // \ffl: one choice of a list
	toPicture
	toGenerator
)

type font struct {
	name   string
	symbol bool
	page   int // code page, 0 for the document's own
}

// title is the font's name without the sign that ends it in the table.
func (f font) title() string { return strings.TrimRight(f.name, "; ") }

// draws tells a font that draws pictures in the places of letters, whatever character set its entry claims: LibreOffice
// gives Wingdings that of letters, and letters that of symbols.
func (f font) draws() bool { return document.DrawsSymbols(f.title()) }

// isPrivate tells the codes by which Word means a place in a font.
func isPrivate(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

// A parser walks over the items and writes what is text.
type parser struct {
	scan  scanner
	out   *writer
	state state
	stack []state

	fonts    map[int]font
	fontNow  int
	fontBase int // \deff, which \plain goes back to
	colours  colourTable
	codePage int
	pending  []byte // octets of a code page, decoded together because some pages use two for a character
	toSkip   int    // characters that stand in for the last \u
	high     rune   // first half of a surrogate pair

	fields   []*field // open fields, the innermost last
	stories  []story  // open stories apart from the text, the innermost last
	apart    apart    // finished ones
	shapes   []shape  // open drawing objects, the innermost last
	maker    string   // the program that wrote the file
	pictures pictures
	starred  bool // \* came just before: an unknown destination is to be skipped
}

func (p *parser) run() error {
	for {
		it := p.scan.next()
		if it.kind != octet && it.kind != text {
			p.flush()
		}
		switch it.kind {
		case end:
			return p.ended()
		case groupOpen:
			if len(p.stack) >= deepest {
				return &document.Unreadable{Why: document.TooLarge, Cause: errors.New("groups nested too deeply")}
			}
			p.stack = append(p.stack, p.state)
			continue
		case groupClose:
			if len(p.stack) == 0 {
				return nil // what follows the last group is no part of the document
			}
			p.close()
		case word:
			p.word(it)
		case sign:
			p.sign(it.name)
			if it.name == "*" {
				continue
			}
		case octet:
			p.octet(byte(it.number))
		case text:
			p.text(it.text)
		}
		p.starred = false
	}
}

// ended judges the end of the bytes within a group: a file that was cut short must not pass for a form whose other fields
// are empty. A last brace that was forgotten is no loss.
func (p *parser) ended() error {
	tail := bytes.TrimRight(p.scan.data, "\x00 \r\n\t")
	if len(p.stack) == 0 || len(p.stack) == 1 && (bytes.HasSuffix(tail, []byte("\\par")) || bytes.HasSuffix(tail, []byte("}"))) {
		return nil
	}
	return &document.Unreadable{Why: document.Broken, Cause: errors.New("reading rtf: it ends too early")}
}

// close ends a group: the state before it holds again, and a field that it was is done.
func (p *parser) close() {
	p.toSkip = 0
	before := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.closeField(len(p.stack))
	p.closeStory(len(p.stack))
	p.closeShape(len(p.stack))
	p.state = before
}

func (p *parser) sign(name string) {
	switch name {
	case "*":
		p.starred = true
	case "~":
		p.put(" ")
	case "_":
		p.put("-")
	case "\\", "{", "}":
		p.text([]byte(name))
	case "\n", "\r":
		p.word(item{kind: word, name: "par"})
	}
}

func (p *parser) text(b []byte) {
	if n := min(p.toSkip, len(b)); n > 0 {
		p.toSkip -= n
		b = b[n:]
	}
	if p.state.dest == toPicture {
		p.pictures.hex(b)
		return
	}
	p.pending = append(p.pending, b...)
}

func (p *parser) octet(b byte) {
	if p.toSkip > 0 {
		p.toSkip--
		return
	}
	p.pending = append(p.pending, b)
}

// flush decodes the octets gathered so far.
func (p *parser) flush() {
	if len(p.pending) == 0 {
		return
	}
	f := p.fonts[p.state.font]
	if p.state.dest == toBody && f.draws() {
		p.putSymbols(f.title(), string(latin(p.pending)))
	} else {
		page := p.codePage
		if f.page != 0 && p.state.dest == toBody {
			page = f.page
		}
		p.put(decode(page, p.pending))
	}
	p.pending = p.pending[:0]
}

// put hands decoded text to where the group's text goes.
func (p *parser) put(s string) {
	switch {
	case p.state.dest == toFontTable:
		f := p.fonts[p.fontNow]
		f.name += s
		p.fonts[p.fontNow] = f
	case p.state.dest == toGenerator:
		p.maker += s
	case p.state.dest == toColours:
		p.colours.end(strings.Count(s, ";"))
	case p.state.dest != toBody:
		p.fieldText(s)
	case p.state.skip || p.state.hidden || p.state.deleted:
	default:
		p.written(s)
		p.out.text(s, p.look())
	}
}

func (p *parser) putSymbols(name, s string) {
	if p.state.skip || p.state.hidden || p.state.deleted {
		return
	}
	p.written(s)
	for _, t := range document.SymbolTokens(name, s, p.look()) {
		p.out.token(t)
	}
}

// look is the token that text of the present state makes.
func (p *parser) look() document.Token {
	t := document.Token{Style: p.state.style}
	if f := p.result(); f != nil {
		t.Style |= document.Filled
		t.Source, t.Field = document.LegacyField, f.title()
	}
	return t
}

func (p *parser) unicode(n int) {
	r := rune(n)
	if n < 0 {
		r = rune(n + 0x10000)
	}
	p.toSkip = p.state.uc
	switch {
	case r >= 0xD800 && r <= 0xDBFF:
		p.high = r
		return
	case r >= 0xDC00 && r <= 0xDFFF && p.high != 0:
		r = (p.high-0xD800)<<10 + (r - 0xDC00) + 0x10000
	}
	p.high = 0
	if r < ' ' && r != '\t' { // a sign of the program's own
		return
	}
	if f := p.fonts[p.state.font]; p.state.dest == toBody && (f.draws() || f.symbol && isPrivate(r)) {
		p.putSymbols(f.title(), string(r))
		return
	}
	p.put(string(r))
}
