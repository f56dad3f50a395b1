package ocr

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is what the engine recognised, where it stands in dots, and how sure it is (0 to 1).
type word struct {
	rect
	text string
	sure float64
}

// The columns of the engine's table that matter, and the level of its rows that are words.
const (
	tsvColumns = 12
	tsvWord    = "5"
	mostWords  = 20_000
)

// parseTSV reads the words of the engine's table. Rows that are no words, or are broken, are passed over.
func parseTSV(tsv []byte) []word {
	var out []word
	for row := range bytes.Lines(tsv) {
		if len(out) == mostWords {
			break
		}
		cols := strings.Split(strings.TrimRight(string(row), "\r\n"), "\t")
		if len(cols) != tsvColumns || cols[0] != tsvWord {
			continue
		}
		w, ok := parseWord(cols)
		switch last := len(out) - 1; {
		case !ok:
		case last >= 0 && splitYear(&out[last], &w):
			out[last] = word{out[last].union(w.rect), out[last].text + w.text, min(out[last].sure, w.sure)}
		default:
			out = append(out, w)
		}
	}
	return out
}

// century ends a date whose year the engine has cut in two: "06/03/20 15".
var century = regexp.MustCompile(`[0-9][./-][0-9]{1,2}[./-](19|20)$`)

// splitYear tells two halves of one date, no wider apart than a digit or two.
func splitYear(a, b *word) bool {
	if len(b.text) != 2 || strings.Trim(b.text, "0123456789") != "" || !century.MatchString(a.text) {
		return false
	}
	gap, digit := b.x0-a.x1, a.width()/len(a.text)
	return gap >= 0 && gap <= 2*digit && b.middle().y > float64(a.y0) && b.middle().y < float64(a.y1)
}

func parseWord(cols []string) (word, bool) {
	var n [4]int
	for i := range n {
		v, err := strconv.Atoi(cols[6+i])
		if err != nil || v < 0 || v > 1<<20 {
			return word{}, false
		}
		n[i] = v
	}
	sure, err := strconv.ParseFloat(cols[10], 64)
	text := mended(strings.TrimSpace(cols[11]))
	if err != nil || !(sure >= 0 && sure <= 100) || text == "" || !utf8.ValidString(text) || n[2] == 0 || n[3] == 0 {
		return word{}, false
	}
	return word{rect: rect{n[0], n[1], n[0] + n[2] - 1, n[1] + n[3] - 1}, text: text, sure: max(0.01, sure/100)}, true
}

// mended returns a word with what engines mistake in it put right: bars inside it are a worn letter l, an l between a small
// letter and a capital is a slash ("TelephonelEmail"), and the signs of copyright and trade mark are a round letter's: an
// "@" before a domain, a nought before digits.
func mended(text string) string {
	r := []rune(text)
	if len(r) > 4 && (r[0] == '©' || r[0] == '®') {
		switch rest := string(r[1:]); {
		case strings.Trim(rest, "0123456789") == "":
			r[0] = '0'
		case strings.Contains(strings.Trim(rest, "."), "."):
			r[0] = '@'
		}
	}
	for i := 1; i+1 < len(r); i++ {
		switch {
		case (r[i] == 'l' || r[i] == '|') && unicode.IsLower(r[i-1]) && unicode.IsUpper(r[i+1]):
			r[i] = '/'
		case r[i] == '|' && unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i+1]):
			r[i] = 'l'
		case (r[i] == '©' || r[i] == '®') && strings.Contains(strings.TrimRight(string(r[i+1:]), "."), "."):
			r[i] = '@'
		}
	}
	return string(r)
}
