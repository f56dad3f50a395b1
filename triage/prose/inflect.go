package prose

import "strings"

// inflect returns a word with its regular endings (carry, carries, carried, carrying; knife is irregular and stands in
// the lexicon's [irregular] table). Forms that nobody writes do no harm.
func inflect(w string, irregular map[string][]string) []string {
	if forms, ok := irregular[w]; ok {
		return append([]string{w}, forms...)
	}
	end := func(n int) string { return w[len(w)-min(n, len(w)):] }
	switch {
	case strings.HasSuffix(w, "y") && !vowel(end(2)[0]):
		stem := w[:len(w)-1]
		return []string{w, stem + "ies", stem + "ied", w + "ing"}
	case strings.HasSuffix(w, "e"):
		stem := w[:len(w)-1]
		return []string{w, w + "s", w + "d", stem + "ing"}
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return []string{w, w + "es", w + "ed", w + "ing"}
	case doubles(w):
		last := w[len(w)-1:]
		return []string{w, w + "s", w + last + "ed", w + last + "ing"}
	}
	return []string{w, w + "s", w + "ed", w + "ing"}
}

// doubles says whether a short word doubles its last letter: rob, robbed.
func doubles(w string) bool {
	if len(w) < 3 || len(w) > 4 {
		return false
	}
	a, b, c := w[len(w)-3], w[len(w)-2], w[len(w)-1]
	return !vowel(a) && vowel(b) && !vowel(c) && !strings.ContainsRune("wxy", rune(c))
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }
