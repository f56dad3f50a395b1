package document

import (
	"strconv"
	"strings"
)

// SymbolField reads the code of a SYMBOL field, by which Word keeps drawings that were inserted from a font:
// `SYMBOL 254 \f "Wingdings" \s 12`. It returns the font's name and the drawing's code.
func SymbolField(code string) (font string, symbol rune, ok bool) {
	rest, ok := cutWord(code, "SYMBOL")
	if !ok {
		return "", 0, false
	}
	number, rest, _ := strings.Cut(rest, " ")
	base := 10
	if hex, is := strings.CutPrefix(strings.ToLower(number), "0x"); is {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 16)
	if err != nil {
		return "", 0, false
	}
	if _, after, has := strings.Cut(rest, `\f`); has {
		font = quotedWord(after)
	}
	return font, rune(n), true
}

// cutWord takes a field's name off the front of its code.
func cutWord(code, name string) (string, bool) {
	code = strings.TrimSpace(code)
	if len(code) <= len(name) || !strings.EqualFold(code[:len(name)], name) || code[len(name)] != ' ' {
		return "", false
	}
	return strings.TrimSpace(code[len(name):]), true
}

// quotedWord returns the first word, or what stands between the first quotes.
func quotedWord(s string) string {
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, `"`); ok {
		word, _, _ := strings.Cut(inner, `"`)
		return word
	}
	word, _, _ := strings.Cut(s, " ")
	return word
}
