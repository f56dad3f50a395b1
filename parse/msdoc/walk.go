package msdoc

import (
	"strings"
	"unicode/utf16"

	"referrald/parse/document"
)

// A reader walks the text of one document.
type reader struct {
	streams *streams
	fib     *fib
	chars   *characters
	runs    runs // of characters
	paras   runs // of paragraphs
	styles  *styleSheet
	fonts   []string
	out     document.Builder

	fields []*field // open fields, the outermost first
	boxes  *textBoxes
	waits  []story // text boxes that wait for the end of their paragraph

	buf   []uint16 // text of one look that waits to be put out
	like  look
	drawn bool // the document has pictures
}

// A story is a stretch of the text.
type story struct{ from, to int }

func newReader(s *streams) (*reader, error) {
	f, err := readFIB(s)
	if err != nil {
		return nil, err
	}
	c, err := readCharacters(s, f)
	if err != nil {
		return nil, err
	}
	r := &reader{streams: s, fib: f, chars: c}
	r.runs = readRuns(s.main, f.part(s.main, pairCharacters), false)
	r.paras = readRuns(s.main, f.part(s.main, pairParagraphs), true)
	r.styles = readStyles(f.part(s.main, pairStyles))
	r.fonts = readFonts(f.part(s.main, pairFonts))
	r.boxes = readTextBoxes(f, s.main)
	return r, nil
}

// paragraph reads a paragraph and then the text boxes that are anchored in it.
func (r *reader) paragraph(p paragraph) {
	r.text(p)
	r.closeCodes()
	if l := r.lookOfMark(p); l.deleted {
		r.out.Add(document.Token{Text: " "})
	} else {
		r.out.EndParagraph()
	}
	r.anchored()
}

// anchored reads the text boxes met in a paragraph: within a table they fold into its cell.
func (r *reader) anchored() {
	waits, fields := r.waits, r.fields
	r.waits, r.fields = nil, nil
	for _, s := range waits {
		r.out.EndParagraph()
		r.story(s)
		r.out.EndParagraph()
	}
	r.fields = fields
}

// story reads a stretch of the text.
func (r *reader) story(s story) { r.blocks(r.paragraphs(s.from, s.to), 0) }

// text reads the characters of a paragraph, run by run.
func (r *reader) text(p paragraph) {
	below := r.styles.paragraph(p.istd)
	last, l := -2, below
	var at *piece
	for cp := p.from; cp < p.to; cp++ {
		if at == nil || cp >= at.end {
			if at = r.chars.pieceAt(cp); at == nil {
				break
			}
			last = -2
		}
		if last < 0 || at.place(cp) >= r.runs[last].to {
			if i := r.runs.at(at.place(cp)); i != last {
				r.flush()
				last, l = i, r.lookOf(i, at, below)
				r.like = l
			}
		}
		r.character(r.chars.units[cp], cp, l)
	}
	r.flush()
}

// lookOf returns the look of a run of characters.
func (r *reader) lookOf(i int, p *piece, below look) look {
	l := below
	if i >= 0 {
		l = l.with(r.runs[i].sprms, below, r.styles)
	}
	return l.with(p.sprms, below, r.styles)
}

func (r *reader) lookOfMark(p paragraph) look {
	piece := r.chars.pieceAt(p.to)
	if piece == nil || p.mark != markParagraph {
		return plainLook
	}
	return r.lookOf(r.runs.at(piece.place(p.to)), piece, plainLook)
}

// The characters that are signs of the format (2.4.3, 2.6.1 sprmCFSpec).
const (
	signPicture       = 0x01
	signNote          = 0x02
	signComment       = 0x05
	signDrawn         = 0x08
	lineBreak         = 0x0B
	columnBreak       = 0x0E
	hyphenNoBreak     = 0x1E
	hyphenSoft        = 0x1F
	spaceNoBreak      = 0xA0
	hyphenSoftUnicode = 0xAD
)

// character reads one character.
func (r *reader) character(u uint16, cp int, l look) {
	switch u {
	case fieldBegin, fieldSeparator, fieldEnd:
		r.flush()
		r.fieldMark(u, l)
		return
	case signPicture:
		if r.inCode() {
			r.takeFormData(l)
		} else if l.special && !l.data {
			r.drawn = true
		}
		return
	case signDrawn:
		r.waits = append(r.waits, r.boxes.at(cp)...)
		if r.boxes.isDrawnOver(cp) {
			r.out.Warn(document.Handwriting)
		}
		return
	}
	switch f := r.innermost(); {
	case f != nil && !f.result:
		if f.code.Len() < maxCode {
			f.code.WriteRune(rune(u))
		}
	case l.hidden || l.deleted || r.inCode():
	case l.symbol != 0 && (l.special || u == '('):
		r.flush()
		r.out.AddAll(document.SymbolTokens(r.font(l.symFont), string(l.symbol), r.token(l, "")))
	default:
		r.letter(u)
	}
}

// letter takes a character that is shown.
func (r *reader) letter(u uint16) {
	switch u {
	case lineBreak, columnBreak:
		r.flush()
		r.out.Break()
	case hyphenNoBreak:
		r.buf = append(r.buf, '-')
	case spaceNoBreak:
		r.buf = append(r.buf, ' ')
	case hyphenSoft, hyphenSoftUnicode, 0x200B, 0, signNote, signComment:
	default:
		r.buf = append(r.buf, u)
	}
}

// flush puts out the text that waits.
func (r *reader) flush() {
	if len(r.buf) == 0 {
		return
	}
	text := string(utf16.Decode(r.buf))
	r.buf = r.buf[:0]
	if font := r.font(r.like.font); font != "" && document.DrawsSymbols(font) {
		r.out.AddAll(document.SymbolTokens(font, text, r.token(r.like, "")))
		return
	}
	r.out.Add(r.token(r.like, text))
}

func (r *reader) token(l look, text string) document.Token {
	return r.withField(document.Token{Text: text, Style: l.style})
}

func (r *reader) font(i int) string {
	if i < 0 || i >= len(r.fonts) {
		return ""
	}
	return strings.TrimSpace(r.fonts[i])
}
