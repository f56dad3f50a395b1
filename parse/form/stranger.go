package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// A stem is the stretch of a line that a form printed as a label, whether or not the lexicon knows its words.
type stem struct {
	start, labelEnd, end int
	sure                 bool // it is a label by the document's own manner, and ends the value before it
	plain                bool // only its colon makes it one
}

// A manner is how a document prints its labels, as told by those that the lexicon knows.
type manner struct {
	bold, colon, number, tab bool
}

// The least known labels that make a manner, and the longest label that is looked for, in words.
const (
	mannerLabels   = 3
	longestStem    = 9
	longestAsking  = 22
	longestPrinted = 16
)

// strangers adds the labels whose wording the lexicon does not have: they stand where the document prints its labels, look
// like them, and end the value before them. A cue may tell what they ask for.
func (s *scanner) strangers() {
	g := s.gridOf()
	m := s.mannerOf()
	at := s.byLine()
	var out []anchor
	for n := range s.lines {
		known := at[n]
		ln := &s.lines[n]
		if c := &s.doc.Cells[ln.cell]; c.Margin || ln.chrome || ln.end || ln.cut || len(ln.words) == 0 && !ln.hasLetters() {
			out = append(out, known...)
			continue
		}
		st, ok := s.stemOf(n, m, g, known)
		if ok {
			known = s.withStem(n, st, known)
		}
		out = append(out, known...)
	}
	s.anchors = out
}

// byLine returns the anchors of each line.
func (s *scanner) byLine() map[int][]anchor {
	at := map[int][]anchor{}
	for _, a := range s.anchors {
		at[a.line] = append(at[a.line], a)
	}
	return at
}

func (l *line) hasLetters() bool { return strings.ContainsFunc(l.text, unicode.IsLetter) }

// mannerOf counts how the known labels are printed.
func (s *scanner) mannerOf() manner {
	all, bold, colon, number, tab := 0, 0, 0, 0, 0
	for _, a := range s.anchors {
		if a.kind != labelSense || a.key == "" || a.start > 0 {
			continue
		}
		ln := &s.lines[a.line]
		all++
		bold += count(a.bold)
		colon += count(a.colon)
		number += count(numbered(ln.text) > 0)
		tab += count(strings.HasPrefix(ln.text[a.end:], "\t"))
	}
	few := all < mannerLabels
	return manner{bold: !few && 5*bold > 3*all, colon: !few && 5*colon > 3*all, number: !few && 2*number > all, tab: !few && 2*tab > all}
}

// numbered returns the length of the number that begins a line: "12. ", "3) ", "Q4: ".
func numbered(text string) int {
	t := strings.TrimLeft(text, " ")
	t = strings.TrimPrefix(strings.TrimPrefix(t, "Q"), "q")
	digits := len(t) - len(strings.TrimLeft(t, "0123456789"))
	if digits == 0 || digits > 2 {
		return 0
	}
	rest := t[digits:]
	if sub := strings.TrimLeft(rest, ".0123456789"); strings.HasPrefix(rest, ".") && len(rest)-len(sub) <= 4 {
		rest = "." + sub
	}
	if rest == "" || !strings.ContainsRune(".):", rune(rest[0])) || len(rest) < 2 || rest[1] != ' ' {
		return 0
	}
	return len(text) - len(strings.TrimLeft(rest[1:], " "))
}

// stemOf returns the label that a line seems to begin with.
func (s *scanner) stemOf(n int, m manner, g grid, known []anchor) (stem, bool) {
	ln := &s.lines[n]
	if strings.IndexFunc(strings.TrimSpace(ln.text), isMark) == 0 && len(known) == 0 || ln.has(0, len(ln.text), document.Filled) {
		return stem{}, false
	}
	if g.labels[ln.cell] && ln.no == 0 && len(strings.Fields(ln.text)) <= longestPrinted && !strings.ContainsFunc(ln.text, isMark) {
		return stem{labelEnd: len(ln.text), end: len(ln.text), sure: true}, true
	}
	if g.values[ln.cell] {
		return stem{}, false
	}
	st, ok := s.looseStem(n, m)
	return st, ok && !ln.isOption(st)
}

// isOption tells a stem that is mostly a printed option: "Neglect: No".
func (l *line) isOption(st stem) bool {
	words := len(strings.Fields(l.text[st.start:st.labelEnd]))
	for _, h := range l.hits {
		if h.start < st.labelEnd && 2*h.words >= words {
			return true
		}
	}
	return false
}

// looseStem returns the label that a line begins with by its colon, its bold letters, its number or its tab.
func (s *scanner) looseStem(n int, m manner) (stem, bool) {
	ln := &s.lines[n]
	number := numbered(ln.text)
	if st, ok := ln.askStem(number); ok {
		st.sure = m.colon && startsUpper(ln.text[number:]) || m.number && number > 0
		st.plain = !(m.number && number > 0) && !ln.has(st.start, st.labelEnd, document.Bold)
		return st, true
	}
	if end := ln.boldEnd(0); m.bold && end > 0 && hasWords(ln.text[:end]) && hasWords(ln.text[end:]) && len(strings.Fields(ln.text[:end])) <= longestPrinted {
		return stem{labelEnd: end, end: end, sure: true}, true
	}
	if i := strings.IndexByte(ln.text, '\t'); m.tab && i > 0 && len(strings.Fields(ln.text[:i])) <= longestPrinted && !strings.ContainsFunc(ln.text[:i], isMark) {
		return stem{labelEnd: i, end: i, sure: true}, true
	}
	if m.number && number > 0 && len(strings.Fields(ln.text)) <= longestPrinted {
		return stem{labelEnd: len(ln.text), end: len(ln.text), sure: true}, true
	}
	return stem{}, false
}

// askStem returns the words of a line up to its first colon or question mark, where they can be a label.
func (l *line) askStem(from int) (stem, bool) {
	for i, r := range l.text {
		switch {
		case i < from:
		case isMark(r), r == '\t', r == ';', r == '.' && strings.HasPrefix(l.text[i:], ". ") && i > from+3, i > maxHint:
			return stem{}, false
		case (r == ':' || r == '?') && !insideBrackets(l.text[:i]):
			words, most := len(strings.Fields(dropHints(l.text[from:i]))), longestStem
			if r == '?' {
				most = longestAsking
			}
			if next, _ := utf8.DecodeRuneInString(l.text[i+1:]); words == 0 || words > most || isWordRune(next) {
				return stem{}, false
			}
			return stem{labelEnd: i, end: overPromptHint(l.text, i+separator(l.text[i:]))}, true
		}
	}
	return stem{}, false
}

func insideBrackets(text string) bool {
	return strings.Count(text, "(") > strings.Count(text, ")")
}

func startsUpper(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsUpper(r)
}

// withStem brings what the lexicon found in a line and the stem of the line together.
func (s *scanner) withStem(n int, st stem, known []anchor) []anchor {
	ln := &s.lines[n]
	at := slices.IndexFunc(known, func(a anchor) bool { return a.start < st.labelEnd && a.end > st.start })
	if at >= 0 && (known[at].kind != labelSense || !st.leavesOut(ln, known[at])) {
		return known
	}
	form, tool := s.cueOf(ln.text[st.start:st.labelEnd])
	if at >= 0 && form == nil && tool == nil && (known[at].colon || known[at].start > 0) {
		return known
	}
	if form == nil && tool == nil && !(st.sure && (at >= 0 || !st.plain || !s.inFree(n))) {
		return known
	}
	a := anchor{sense: form, tool: tool, line: n, start: st.start, end: st.end, trust: trustCue, colon: st.end > st.labelEnd, whole: !hasWords(ln.text[st.end:]), cued: true,
		bold: ln.has(st.start, st.labelEnd, document.Bold), words: len(strings.Fields(ln.text[:st.labelEnd]))}
	if a.sense == nil {
		a.sense = &sense{kind: labelSense, in: anySection}
	}
	out := []anchor{a}
	for _, k := range known {
		if k.start >= st.labelEnd {
			out = append(out, k)
		}
	}
	return out
}

// leavesOut tells whether a known label covers only a part of the words that were printed as one.
func (st stem) leavesOut(ln *line, a anchor) bool {
	rest := ln.text[min(a.end, st.labelEnd):st.labelEnd]
	return hasWords(dropHints(rest)) || a.start > st.start && hasWords(ln.text[st.start:a.start])
}

// dropHints leaves out what stands in brackets.
func dropHints(text string) string {
	for {
		from := strings.IndexAny(text, "([")
		if from < 0 {
			return text
		}
		to := strings.IndexAny(text[from:], ")]")
		if to < 0 {
			return text[:from]
		}
		text = text[:from] + text[from+to+1:]
	}
}

// inFree tells a line in a box for free text, in which colons part what is said.
func (s *scanner) inFree(n int) bool {
	for i := len(s.anchors) - 1; i >= 0; i-- {
		a := s.anchors[i]
		if a.line >= n || a.kind != labelSense {
			continue
		}
		return isFree(a.key)
	}
	return false
}
