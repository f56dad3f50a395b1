package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is one word of a text as labels are compared: small letters and digits only, apostrophes and dots within it
// left out, "&" read as "and". Start and end are its bytes in the text.
type word struct {
	text       string
	id         int32 // in the lexicon; noWord where no label has it
	start, end int
}

// Fold returns a text as labels are compared: its words in small letters, parted by single spaces.
func Fold(text string) string {
	ws := split(text)
	all := make([]string, len(ws))
	for i, w := range ws {
		all[i] = w.text
	}
	return strings.Join(all, " ")
}

// foldTabs folds the words between a text's tabs.
func foldTabs(text string) string {
	pieces := strings.Split(text, "\t")
	for i, p := range pieces {
		pieces[i] = Fold(p)
	}
	return strings.Join(pieces, "\t")
}

// split returns the words of a text.
func split(text string) []word {
	out := make([]word, 0, len(text)/6+1)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '&':
			out = append(out, word{text: "and", start: i, end: i + 1})
			i++
		case isWordRune(r):
			w := wordAt(text, i)
			out = append(out, w)
			i = w.end
		default:
			i += n
		}
	}
	return out
}

// wordAt returns the word that begins at byte i.
func wordAt(text string, i int) word {
	w := word{start: i, end: i}
	plain := true
	for w.end < len(text) {
		r, n := utf8.DecodeRuneInString(text[w.end:])
		if isApostrophe(r) && continues(text[w.end+n:]) {
			plain = false
		} else if !isWordRune(r) {
			break
		} else if r >= utf8.RuneSelf || unicode.IsUpper(r) {
			plain = false
		}
		w.end += n
	}
	w.text = text[i:w.end]
	if !plain {
		w.text = strings.Map(foldRune, w.text)
	}
	return w
}

func continues(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return isWordRune(r)
}

func foldRune(r rune) rune {
	if isApostrophe(r) {
		return -1
	}
	return unicode.ToLower(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' }

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) && r < privateMark
}
