package triage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldText brings a text into the shape in which words are compared: lower case, plain quotes and dashes, single spaces.
func foldText(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '‘' || r == '’' || r == 'ʼ' || r == '`' || r == '´':
			r = '\''
		case r >= '‐' && r <= '―' || r == '−':
			r = '-'
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// indexWord returns where a folded phrase stands in a folded text as whole words, or -1.
func indexWord(text, phrase string) int {
	for from := 0; phrase != "" && from <= len(text); {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return -1
		}
		i += from
		if wordEdge(text, i, phrase) {
			return i
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + max(size, 1)
	}
	return -1
}

// wordEdge tells whether a phrase found at i is not part of a longer word.
func wordEdge(text string, i int, phrase string) bool {
	first, _ := utf8.DecodeRuneInString(phrase)
	last, _ := utf8.DecodeLastRuneInString(phrase)
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+len(phrase):])
	return !(inWord(first) && inWord(before)) && !(inWord(last) && inWord(after))
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hasAnyWord tells whether a folded text has one of the phrases as whole words.
func hasAnyWord(text string, phrases []string) bool {
	for _, p := range phrases {
		if indexWord(text, p) >= 0 {
			return true
		}
	}
	return false
}

// startsWithAny returns the longest phrase with which a folded text begins, as whole words, or "".
func startsWithAny(text string, phrases []string) string {
	best := ""
	for _, p := range phrases {
		if len(p) > len(best) && strings.HasPrefix(text, p) && wordEdge(text, 0, p) {
			best = p
		}
	}
	return best
}

// clauses parts a folded text at the marks and words behind which a "no" no longer reaches.
func clauses(text string) []string {
	parts := strings.FieldsFunc(strings.ReplaceAll(text, " but ", ";"), func(r rune) bool {
		return strings.ContainsRune(",.;()[]&+\n", r)
	})
	out := parts[:0]
	for _, p := range parts {
		if p = strings.Trim(p, " -:!"); p != "" {
			out = append(out, p)
		}
	}
	return out
}
