package pdf

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// baseEncoding returns the character of a byte in one of the named encodings of ISO 32000-1, Annex D. An unknown name
// means the standard encoding. 0 means that the encoding has no character there.
func baseEncoding(encoding string, c byte) rune {
	switch encoding {
	case "WinAnsiEncoding":
		return charmap.Windows1252.DecodeByte(c)
	case "MacRomanEncoding":
		return charmap.Macintosh.DecodeByte(c)
	}
	if r, ok := standardHigh[c]; ok {
		return r
	}
	if c >= 0x20 && c < 0x7f {
		return rune(c)
	}
	return 0
}

// standardHigh holds where StandardEncoding differs from ASCII.
var standardHigh = map[byte]rune{
	0x27: '’', 0x60: '‘', 0xA1: '¡', 0xA2: '¢', 0xA3: '£', 0xA4: '⁄', 0xA5: '¥', 0xA6: 'ƒ', 0xA7: '§', 0xA8: '¤',
	0xA9: '\'', 0xAA: '“', 0xAB: '«', 0xAC: '‹', 0xAD: '›', 0xAE: 'ﬁ', 0xAF: 'ﬂ', 0xB1: '–', 0xB2: '†', 0xB3: '‡',
	0xB4: '·', 0xB6: '¶', 0xB7: '•', 0xB8: '‚', 0xB9: '„', 0xBA: '”', 0xBB: '»', 0xBC: '…', 0xBD: '‰', 0xBF: '¿',
	0xC1: '`', 0xC2: '´', 0xC3: 'ˆ', 0xC4: '˜', 0xC5: '¯', 0xC6: '˘', 0xC7: '˙', 0xC8: '¨', 0xCA: '˚', 0xCB: '¸',
	0xCD: '˝', 0xCE: '˛', 0xCF: 'ˇ', 0xD0: '—', 0xE1: 'Æ', 0xE3: 'ª', 0xE8: 'Ł', 0xE9: 'Ø', 0xEA: 'Œ', 0xEB: 'º',
	0xF1: 'æ', 0xF5: 'ı', 0xF8: 'ł', 0xF9: 'ø', 0xFA: 'œ', 0xFB: 'ß',
}

// accents are the combining characters that glyph names end in ("eacute", "Ccedilla").
var accents = []struct {
	suffix    string
	combining rune
}{
	{"acute", 0x301}, {"grave", 0x300}, {"circumflex", 0x302}, {"dieresis", 0x308}, {"tilde", 0x303}, {"ring", 0x30A},
	{"cedilla", 0x327}, {"caron", 0x30C}, {"macron", 0x304}, {"breve", 0x306}, {"ogonek", 0x328},
	{"dotaccent", 0x307}, {"hungarumlaut", 0x30B}, {"commaaccent", 0x327}, {"dotbelow", 0x323},
}

// glyphNames are the names of the Adobe Glyph List that no rule below gives.
var glyphNames = map[string]rune{
	"space": ' ', "exclam": '!', "quotedbl": '"', "numbersign": '#', "dollar": '$', "percent": '%', "ampersand": '&',
	"quotesingle": '\'', "parenleft": '(', "parenright": ')', "asterisk": '*', "plus": '+', "comma": ',', "hyphen": '-',
	"minus": '−', "period": '.', "slash": '/', "zero": '0', "one": '1', "two": '2', "three": '3', "four": '4',
	"five": '5', "six": '6', "seven": '7', "eight": '8', "nine": '9', "colon": ':', "semicolon": ';', "less": '<',
	"equal": '=', "greater": '>', "question": '?', "at": '@', "bracketleft": '[', "backslash": '\\',
	"bracketright": ']', "asciicircum": '^', "underscore": '_', "grave": '`', "braceleft": '{', "bar": '|',
	"braceright": '}', "asciitilde": '~', "exclamdown": '¡', "cent": '¢', "sterling": '£', "currency": '¤', "yen": '¥',
	"brokenbar": '¦', "section": '§', "dieresis": '¨', "copyright": '©', "ordfeminine": 'ª', "guillemotleft": '«',
	"logicalnot": '¬', "registered": '®', "macron": '¯', "degree": '°', "plusminus": '±', "twosuperior": '²',
	"threesuperior": '³', "acute": '´', "mu": 'µ', "paragraph": '¶', "periodcentered": '·', "cedilla": '¸',
	"onesuperior": '¹', "ordmasculine": 'º', "guillemotright": '»', "onequarter": '¼', "onehalf": '½',
	"threequarters": '¾', "questiondown": '¿', "AE": 'Æ', "ae": 'æ', "Eth": 'Ð', "eth": 'ð', "Oslash": 'Ø',
	"oslash": 'ø', "Thorn": 'Þ', "thorn": 'þ', "germandbls": 'ß', "multiply": '×', "divide": '÷', "Dcroat": 'Đ',
	"dcroat": 'đ', "Lslash": 'Ł', "lslash": 'ł', "OE": 'Œ', "oe": 'œ', "dotlessi": 'ı', "Hbar": 'Ħ', "hbar": 'ħ',
	"Euro": '€', "quotesinglbase": '‚', "florin": 'ƒ', "quotedblbase": '„', "ellipsis": '…', "dagger": '†',
	"daggerdbl": '‡', "circumflex": 'ˆ', "perthousand": '‰', "guilsinglleft": '‹', "quoteleft": '‘',
	"quoteright": '’', "quotedblleft": '“', "quotedblright": '”', "bullet": '•', "endash": '–', "emdash": '—',
	"tilde": '˜', "trademark": '™', "guilsinglright": '›', "fi": 'ﬁ', "fl": 'ﬂ', "ff": 'ﬀ', "ffi": 'ﬃ', "ffl": 'ﬄ',
	"fraction": '⁄', "nbspace": '\u00a0', "nonbreakingspace": '\u00a0', "sfthyphen": '\u00ad', "softhyphen": '\u00ad',
	"middot": '·', "checkmark": '✓', "H18533": '■', "filledbox": '■', "H22073": '□', "H18543": '▪', "H18551": '▫',
	"square": '□', "openbullet": '◦', "circle": '○', "H18533a": '■', "lozenge": '◊', "arrowright": '→',
	"minute": '′', "second": '″', "afii61352": '№', "afii10024": 'Ђ', "notequal": '≠', "lessequal": '≤',
	"greaterequal": '≥', "approxequal": '≈', "infinity": '∞', "radical": '√', "overscore": '¯', "commaaccent": ',',
}

// glyphRune returns the character that a glyph name stands for by the rules of the Adobe Glyph List, and 0 for a name
// that says nothing ("g23", ".notdef").
func glyphRune(glyph string) rune {
	if base, _, cut := strings.Cut(glyph, "."); cut && base != "" {
		glyph = base // "a.sc", "one.oldstyle"
	}
	if r, ok := glyphNames[glyph]; ok {
		return r
	}
	if len(glyph) == 1 && glyph[0] >= 'A' && glyph[0] <= 'z' {
		return rune(glyph[0])
	}
	for _, prefix := range [...]string{"uni", "u"} {
		digits, found := strings.CutPrefix(glyph, prefix)
		if found && len(digits) >= 4 && len(digits) <= 6 {
			if v, err := strconv.ParseUint(digits, 16, 32); err == nil {
				return rune(v)
			}
		}
	}
	return accented(glyph)
}

// accented resolves names such as "eacute" by composition.
func accented(glyph string) rune {
	for _, a := range accents {
		letter, found := strings.CutSuffix(glyph, a.suffix)
		if !found || len(letter) != 1 {
			continue
		}
		composed := []rune(norm.NFC.String(letter + string(a.combining)))
		if len(composed) == 1 {
			return composed[0]
		}
	}
	return 0
}
