package msdoc

// A sprm is one change of a property (2.2.5): its code and its operand.
type sprm struct {
	code    int
	operand []byte
}

// The properties of characters that are read (2.6.1).
const (
	sprmDeleted   = 0x0800
	sprmFieldHide = 0x0802
	sprmIsData    = 0x0806
	sprmBold      = 0x0835
	sprmItalic    = 0x0836
	sprmStrike    = 0x0837
	sprmHidden    = 0x083C
	sprmSpecial   = 0x0855
	sprmHighlight = 0x2A0C
	sprmUnderline = 0x2A3E
	sprmInk80     = 0x2A42
	sprmPlain     = 0x2A33
	sprmStrike2   = 0x2A53
	sprmShade80   = 0x4866
	sprmCharStyle = 0x4A30
	sprmFontASCII = 0x4A4F
	sprmFontOther = 0x4A51
	sprmPicture   = 0x6A03
	sprmSymbol    = 0x6A09
	sprmBorder80  = 0x6865
	sprmInk       = 0x6870
	sprmBorder    = 0xCA72
	sprmShade     = 0xCA71
)

// The properties of paragraphs and rows that are read (2.6.2, 2.6.3).
const (
	sprmInTable     = 0x2416
	sprmRowEnd      = 0x2417
	sprmInnerCell   = 0x244B
	sprmInnerRowEnd = 0x244C
	sprmStyle       = 0x4600
	sprmHugeOld     = 0x6645
	sprmHuge        = 0x6646
	sprmDepth       = 0x6649
	sprmRow         = 0xD608
	sprmTabs        = 0xC615
	sprmMergeDown   = 0xD62B
	sprmShades80    = 0xD609
	sprmShades      = 0xD612
	sprmShades2     = 0xD616 // of the 23rd cell on
	sprmShades3     = 0xD60C // of the 45th
)

// nextSprm reads the change at the front of a list and returns what follows. The size of an operand stands in the code's
// highest three bits.
func nextSprm(list []byte) (sprm, []byte, bool) {
	if len(list) < 3 {
		return sprm{}, nil, false
	}
	s := sprm{code: u16(list, 0)}
	at, size := 2, 0
	switch s.code >> 13 {
	case 0, 1:
		size = 1
	case 2, 4, 5:
		size = 2
	case 3:
		size = 4
	case 7:
		size = 3
	case 6:
		at, size = variableSize(s.code, list)
	}
	if at+size > len(list) {
		return sprm{}, nil, false
	}
	s.operand = list[at : at+size]
	return s, list[at+size:], true
}

// variableSize returns where an operand of its own length begins and how long it is.
func variableSize(code int, list []byte) (at, size int) {
	switch {
	case code == sprmRow:
		return 4, max(u16(list, 2)-1, 0)
	case code == sprmTabs && u8(list, 2) == 255:
		deleted := u8(list, 3)
		return 3, 2 + 4*deleted + 3*u8(list, 4+4*deleted)
	}
	return 3, u8(list, 2)
}

// each calls f for every change of a list.
func each(list []byte, f func(s sprm)) {
	for {
		s, rest, ok := nextSprm(list)
		if !ok {
			return
		}
		f(s)
		list = rest
	}
}
