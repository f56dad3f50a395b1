package msdoc

import "referrald/parse/document"

// A look is what a character's properties mean to a reader.
type look struct {
	style   document.Style
	font    int // of letters, or -1
	hidden  bool
	deleted bool // by a tracked change
	special bool // the character is not itself but a sign of the format

	symbol  rune // drawn in place of the character, with symFont
	symFont int
	picture int // place in the data stream, or -1
	data    bool
}

var plainLook = look{font: -1, symFont: -1, picture: -1}

// with returns the look with a list of changes made to it. Below is the look of the style that toggles refer to.
func (l look) with(list []byte, below look, styles *styleSheet) look {
	each(list, func(s sprm) { l.change(s, below, styles) })
	return l
}

// change makes one change. Every property is of one of the three kinds.
func (l *look) change(s sprm, below look, styles *styleSheet) {
	l.toggles(s, below)
	l.draws(s)
	switch o := s.operand; s.code {
	case sprmPlain:
		l.style, l.hidden, l.font = below.style, below.hidden, below.font
	case sprmCharStyle:
		if c, ok := styles.character(u16(o, 0)); ok {
			*l = l.with(c, below, nil)
		}
	case sprmFontASCII:
		l.font = u16(o, 0)
	case sprmFontOther:
		if l.font < 0 {
			l.font = u16(o, 0)
		}
	case sprmSymbol:
		l.symFont, l.symbol = u16(o, 0), rune(u16(o, 2))
	case sprmPicture:
		l.picture = u32(o, 0)
	}
}

// toggles makes a change of what is on or off.
func (l *look) toggles(s sprm, below look) {
	o := s.operand
	switch s.code {
	case sprmBold:
		l.toggle(document.Bold, o, below)
	case sprmItalic:
		l.toggle(document.Italic, o, below)
	case sprmStrike, sprmStrike2:
		l.toggle(document.Struck, o, below)
	case sprmHidden:
		l.hidden = isOn(o, below.hidden)
	case sprmFieldHide:
		l.hidden = l.hidden || isOn(o, false)
	case sprmDeleted:
		l.deleted = isOn(o, false)
	case sprmSpecial:
		l.special = isOn(o, false)
	case sprmIsData:
		l.data = isOn(o, false)
	}
}

// draws makes a change of the colour of letters, or of what is drawn around, behind or under them.
func (l *look) draws(s sprm) {
	o := s.operand
	switch s.code {
	case sprmInk80:
		l.style = l.style.InkedHex(inkOf(u8(o, 0)))
	case sprmInk: // red, green and blue, and whether it is "automatic"
		if u8(o, 3) == 0xFF {
			o = make([]byte, 4)
		}
		l.style = l.style.Inked(u8(o, 0), u8(o, 1), u8(o, 2))
	case sprmUnderline:
		l.set(document.Underlined, u8(o, 0) != 0)
	case sprmHighlight:
		l.set(document.Highlighted, u8(o, 0) != 0 && u8(o, 0) != white)
	case sprmShade80:
		l.shade(isShaded80(u16(o, 0)))
	case sprmShade:
		l.shade(isShaded(o))
	case sprmBorder80: // a border around the letters is what Word offers for a circle
		l.set(document.Circled, isBorder(u8(o, 1)))
	case sprmBorder:
		l.set(document.Circled, isBorder(u8(o, 5)))
	}
}

// inks are the colours of letters of the old kind (2.9.119 Ico); the first is "automatic".
var inks = [...]string{"", "000000", "0000FF", "00FFFF", "00FF00", "FF00FF", "FF0000", "FFFF00", "FFFFFF", "000080", "008080", "008000",
	"800080", "800000", "808000", "808080", "C0C0C0"}

func inkOf(ico int) string {
	if ico < len(inks) {
		return inks[ico]
	}
	return ""
}

// isBorder tells by its kind (2.9.17 BrcType) whether a border is drawn.
func isBorder(kind int) bool { return kind != 0 && kind != 0xFF }

// white is the highlight colour of paper (2.9.119 Ico).
const white = 8

func (l *look) set(s document.Style, on bool) {
	l.style &^= s
	if on {
		l.style |= s
	}
}

// shade adds what shading says to what highlighting says.
func (l *look) shade(on bool) {
	if on {
		l.style |= document.Highlighted
	}
}

func (l *look) toggle(s document.Style, operand []byte, below look) {
	l.set(s, isOn(operand, below.style.Has(s)))
}

// isOn reads a toggle (2.9.328 ToggleOperand): off, on, as the style has it, or the contrary.
func isOn(operand []byte, below bool) bool {
	switch u8(operand, 0) {
	case 0:
		return false
	case 0x80:
		return below
	case 0x81:
		return !below
	}
	return true
}

// isShaded80 tells whether shading of the old kind (2.9.248 Shd80) differs from paper: five bits of text colour, five of
// background, six of pattern.
func isShaded80(v int) bool {
	if v == 0xFFFF {
		return false
	}
	fore, back, pattern := v&31, v>>5&31, v>>10
	return back != 0 && back != white || pattern == 1 && fore != 0 && fore != white
}

// isShaded tells the same of the new kind (2.9.247 Shd): two colours of four bytes, the last of which says "automatic".
func isShaded(o []byte) bool {
	back := slice(o, 4, 4)
	if len(back) < 4 || back[3] == 0xFF {
		return false
	}
	return back[0] != 0xFF || back[1] != 0xFF || back[2] != 0xFF
}
