package document

import "strings"

// firstGlyph is the lowest rune that is a tick ('√').
const firstGlyph = 0x221A

// MarkOf returns what a Unicode box or tick shows, and NoMark for every other rune. A letter "x" is never decided here:
// only the words around it can tell.
func MarkOf(r rune) Mark {
	if r < firstGlyph {
		return NoMark
	}
	switch r {
	case '☐', '□', '▢', '◻', '◽', '⬜', '⬚', '❏', '❐', '❑', '❒', '❍', '⎕', '▯', '🔲', '🔳', '🗆', '🞎', '🞏', '🞐', '🞑',
		'○', '◯', '⚪', '⭘', '🞅', '🞆':
		return Unticked
	case '☑', '☒', '✅', '❎', '⌧', '⊠', '⮽', '🗷', '🗹', '🗳', '✓', '✔', '🗸', '√', '■', '◼', '◾', '⬛', '▣', '▩',
		'●', '⬤', '⚫', '◉', '◎', '⦿', '⊙', '⊗', '🔘', '🞊':
		return Ticked
	}
	if isBareCross(r) {
		return Ticked
	}
	return NoMark
}

// isBareCross tells a cross without a box: beside ticks it may as well mean "no".
func isBareCross(r rune) bool {
	switch r {
	case '✗', '✘', '✕', '✖', '☓', '❌', '🗙', '🗴', '🗵', '🗶':
		return true
	}
	return false
}

// isBareTick tells a tick without a box.
func isBareTick(r rune) bool {
	return r == '✓' || r == '✔' || r == '√' || r == '🗸' || r == '✅'
}

// isBullet tells the glyphs that list bullets share with filled boxes and radio buttons.
func isBullet(r rune) bool { return r == '●' || r == '■' || r == '⬤' || r == '◼' || r == '◾' }

// isHollowBullet tells the glyphs that list bullets share with empty radio buttons.
func isHollowBullet(r rune) bool { return r == '○' || r == '◯' || r == '❍' }

// isSelector tells the invisible runes that only choose between two looks of the glyph before them.
func isSelector(r rune) bool { return r == 0xFE0E || r == 0xFE0F }

// DrawsSymbols tells by its name whether a font draws pictures in the places of letters.
func DrawsSymbols(font string) bool { return symbolTable(font) != nil || isGreekSymbol(font) }

// SymbolRune returns the Unicode rune that a symbol font draws for a code, given as its byte, as the letter typed for it
// or in the private range U+F000 to U+F0FF. It is 0 where the drawing is not known. A code of the private range without
// a known font is read as Wingdings, the font that Word and LibreOffice give such codes.
func SymbolRune(font string, code rune) rune {
	private := code >= 0xF000 && code <= 0xF0FF
	low := symbolByte(code)
	table := symbolTable(font)
	switch {
	case low == 0 && code > 0xFF: // another font stands in for what this one lacks
		return code
	case isGreekSymbol(font):
		return greekSymbol(low)
	case table != nil:
		return table[low]
	case private:
		if r := wingdings[low]; r != 0 {
			return r
		}
		return wingdings2[low]
	}
	return 0
}

// SymbolMark returns what a symbol font's glyph shows, and whether it is a box or tick at all. The code is as for
// SymbolRune.
func SymbolMark(font string, code rune) (Mark, bool) {
	m := MarkOf(SymbolRune(font, code))
	return m, m != NoMark
}

// SymbolTokens turns text set in a symbol font into tokens with the looks of like: each box or tick its own token, other
// drawings as their Unicode runes, unknown ones left out.
func SymbolTokens(font, text string, like Token) []Token {
	var out []Token
	for _, code := range text {
		r := SymbolRune(font, code)
		if r == 0 && (code == ' ' || code == '\t' || code == 0xA0 || code == 0xF020) {
			r = ' '
		}
		if r == 0 {
			continue
		}
		t := like
		t.Text = string(r)
		if t.Mark = MarkOf(r); t.Mark != NoMark {
			t.Source = SymbolFont
		}
		out = append(out, t)
	}
	return out
}

// symbolTable returns the drawings of a symbol font by its codes, or nil for a font of letters.
func symbolTable(font string) map[byte]rune {
	name := strings.ToLower(strings.TrimLeft(font, "@'\" "))
	switch {
	case strings.Contains(name, "wingding"):
		return wingdingsTable(name)
	case strings.Contains(name, "webding"):
		return webdings
	case strings.Contains(name, "opensymbol"), strings.Contains(name, "starsymbol"):
		return wingdings
	case strings.Contains(name, "dingbat"), strings.Contains(name, "zadb"), strings.Contains(name, "monotype sort"),
		strings.Contains(name, "mtsort"):
		return dingbats
	case strings.Contains(name, "marlett"):
		return marlett
	}
	return nil
}

func wingdingsTable(name string) map[byte]rune {
	switch {
	case strings.Contains(name, "2"):
		return wingdings2
	case strings.Contains(name, "3"):
		return wingdings3
	}
	return wingdings
}

// isGreekSymbol tells the font "Symbol", which holds Greek letters and no boxes.
func isGreekSymbol(font string) bool {
	name := strings.ToLower(strings.Trim(font, "@'\" "))
	return name == "symbol" || strings.HasPrefix(name, "symbolmt") || name == "symbol mt"
}

func greekSymbol(code byte) rune {
	switch code {
	case 0xB7:
		return '•'
	case 0xD6:
		return '√'
	case 0xA8:
		return '♦'
	}
	return 0
}

// symbolByte returns a code's place in an 8-bit symbol font: of the private range the low byte, of a letter of
// Windows-1252 its byte.
func symbolByte(code rune) byte {
	if code >= 0xF000 && code <= 0xF0FF || code <= 0xFF {
		return byte(code)
	}
	for i, r := range windows1252 {
		if r == code {
			return byte(0x80 + i)
		}
	}
	return 0
}

// windows1252 is the range of Windows-1252 that differs from Unicode, from 0x80.
var windows1252 = [...]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// The drawings that matter to forms and letters; the fonts hold many more.
var (
	wingdings = map[byte]rune{
		0x22: '✂', 0x28: '☎', 0x2A: '✉', 0x45: '☜', 0x46: '☞', 0x4A: '☺', 0x4B: '😐', 0x4C: '☹',
		0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x70: '❐', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫', 0x75: '◆',
		0x76: '❖', 0x77: '⬥', 0x78: '⌧', 0x9E: '·', 0x9F: '•', 0xA1: '○', 0xA2: '○', 0xA3: '○', 0xA4: '◉', 0xA5: '◎',
		0xA7: '▪', 0xA8: '◻', 0xAB: '★', 0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE8: '➔', 0xF0: '⇨',
		0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
	}
	wingdings2 = map[byte]rune{
		0x2A: '□', 0x4F: '🗴', 0x50: '🗸', 0x51: '☒', 0x52: '☑', 0x53: '⮽', 0x54: '☒', 0x55: '⊗', 0x97: '▪', 0xA3: '□',
	}
	wingdings3 = map[byte]rune{0x7D: '▶'}
	webdings   = map[byte]rune{0x61: '✔', 0x63: '□', 0x67: '■', 0x6E: '●', 0x72: '✖', 0x69: 'ℹ', 0xC8: '☎'}
	marlett    = map[byte]rune{0x61: '✓', 0x62: '✓', 0x72: '✕'}
	dingbats   = map[byte]rune{
		0x33: '✓', 0x34: '✔', 0x35: '✕', 0x36: '✖', 0x37: '✗', 0x38: '✘', 0x48: '★',
		0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '❏', 0x70: '❐', 0x71: '❑', 0x72: '❒', 0x75: '◆', 0x76: '❖',
	}
)
