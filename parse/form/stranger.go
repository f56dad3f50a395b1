package form

import (
	"slices"
	"strconv"
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
	bold, colon, dash, number, tab, under bool
	cell                                  bool // labels fill cells, with their values in the cells beside them
}

// The least known labels that make a manner, and the longest label that is looked for, in words.
const (
	mannerLabels   = 3
	longestStem    = 9
	longestAsking  = 22
	longestPrinted = 16
	mostPieces     = 8 // of one line
)

// strangers adds the labels whose wording the lexicon does not have: they stand where the document prints its labels, look
// like them, and end the value before them. A cue may tell what they ask for.
func (s *scanner) strangers() {
	g := s.gridOf()
	m := s.mannerOf()
	at := s.byLine()
	var out []anchor
	last := anchor{sense: &sense{}, line: -1}
	for n := range s.lines {
		known := at[n]
		ln := &s.lines[n]
		if c := &s.doc.Cells[ln.cell]; c.Margin || ln.chrome || ln.end || ln.cut || len(ln.words) == 0 && !ln.hasLetters() {
			out = append(out, known...)
			continue
		}
		if g.values[ln.cell] {
			known = slices.DeleteFunc(known, isBare)
		}
		known = s.mergeTwins(ln, s.dropOdd(known, m, last))
		for _, from := range s.stemStarts(n) {
			if st, ok := s.stemOf(n, from, m, g, known); ok && !(last.key == ParentContact && st.end > st.labelEnd && hasNumber(firstPiece(ln.text[st.end:]))) {
				known = s.withStem(n, st, known)
			}
		}
		out = append(out, known...)
		if len(known) > 0 {
			last = known[len(known)-1]
		}
	}
	s.anchors = out
}

// dropOdd leaves out what is no label by the document's manner: a word before a dash where labels bear none, and the words
// of a label that stand alone under the same label, as its value: "EHCP in place - MLD".
func (s *scanner) dropOdd(known []anchor, m manner, last anchor) []anchor {
	before := anchor{sense: &sense{}}
	return slices.DeleteFunc(known, func(a anchor) bool {
		last, same := last, before.kind == labelSense && before.key == a.key && a.key != "" && before.end >= a.start-1
		before = a
		if same && !a.colon {
			return true // "Parents aware? Parents informed"
		}
		if a.kind != labelSense || a.bold || a.colon {
			return false
		}
		under := last.whole && last.key == a.key && a.part == 0 && a.start == 0 && last.line < a.line && last.line+2 >= a.line && a.key != "" && s.follows(last.line, a.line)
		return under || a.dash && !m.dash && (m.bold || m.colon || m.tab || m.under)
	})
}

// asks tells a cell whose right neighbour holds no label: that is its value, and it is a label itself.
func (s *scanner) asks(cell int) bool {
	right, ok := s.right(cell)
	return ok && !slices.ContainsFunc(s.anchors, func(a anchor) bool { return a.kind == labelSense && s.lines[a.line].cell == right })
}

// follows tells whether a line stands under another one in its cell, in the cell to its right, or outside tables.
func (s *scanner) follows(above, below int) bool {
	a, b := s.lines[above].cell, s.lines[below].cell
	right, ok := s.right(a)
	if ok && isColon(s.doc.Cells[right].Text()) {
		right, ok = s.right(right)
	}
	return a == b || ok && right == b && !s.asks(right) || s.doc.Cells[a].Table == 0 && s.doc.Cells[b].Table == 0
}

// mergeTwins makes one label of two for the same field that only small words part: "Reason for referral and summary of
// risk".
func (s *scanner) mergeTwins(ln *line, known []anchor) []anchor {
	for i := 0; i+1 < len(known); {
		a, b := &known[i], known[i+1]
		if a.kind != labelSense || b.kind != labelSense || !s.isTwin(ln, *a, b) {
			i++
			continue
		}
		if a.part != b.part {
			a.sense = &sense{kind: labelSense, key: a.key, in: a.in, weak: a.weak}
		}
		a.end, a.colon, a.dash, a.whole, a.words = b.end, b.colon, b.dash, b.whole, a.words+b.words
		known = slices.Delete(known, i+1, i+2)
	}
	return known
}

// isTwin tells a label that goes on with another one of the same field, or with the role of the person that it asks for: "full
// name and relationship", "name and job title".
func (s *scanner) isTwin(ln *line, a, b anchor) bool {
	gap := ln.text[a.end:max(a.end, b.start)]
	switch {
	case !s.onlySmall(gap):
		return false
	case a.key == b.key && a.part == b.part:
		return true
	}
	return hasWords(gap) && !a.colon && a.key != "" && (a.key == b.key || b.key == "" && isRole(Fold(ln.text[b.start:b.end])))
}

// isRole tells the words of a label for what a person does.
func isRole(folded string) bool {
	words := strings.Fields(folded)
	switch strings.Join(words[max(0, len(words)-2):], " ") {
	case "job title", "and role", "role", "and position", "position", "and designation", "designation", "and job", "and title":
		return true
	}
	return false
}

// onlySmall tells a text of small words and signs.
func (s *scanner) onlySmall(text string) bool {
	for _, w := range split(text) {
		if !s.skip[s.Lexicon.words[w.text]] {
			return false
		}
	}
	return !strings.ContainsAny(text, ":?\t") && !strings.ContainsFunc(text, isMark)
}

// isBare tells a label that neither a colon nor its letters make one: in the place for a value it is a part of it.
func isBare(a anchor) bool { return a.kind == labelSense && !a.colon && !a.bold }

// stemStarts returns where the labels of a line may begin: at its start and, outside tables, behind its tabs.
func (s *scanner) stemStarts(n int) []int {
	ln := &s.lines[n]
	starts := []int{0}
	if s.doc.Cells[ln.cell].Table > 0 {
		return starts
	}
	for i, r := range ln.text {
		if r == '\t' && len(starts) < mostPieces && hasWords(ln.text[i:]) {
			starts = append(starts, i+1)
		}
	}
	return starts
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
	all, bold, colon, dash, number, tab, under, cell := 0, 0, 0, 0, 0, 0, 0, 0
	for _, a := range s.anchors {
		if a.kind != labelSense || a.key == "" || a.start > 0 {
			continue
		}
		ln := &s.lines[a.line]
		all++
		bold += count(a.bold)
		colon += count(a.colon)
		dash += count(a.dash)
		number += count(numbered(ln.text) > 0)
		under += count(a.whole && ln.no == 0 && s.first[ln.cell+1]-s.first[ln.cell] > 1 && !s.isBrief(ln.cell))
		cell += count(a.whole && s.fillsCell(a.line))
		tab += count(strings.HasPrefix(ln.text[a.end:], "\t"))
	}
	few := all < mannerLabels
	return manner{bold: !few && 5*bold > 3*all, colon: !few && 5*colon > 3*all, dash: !few && 2*dash > all, number: !few && 2*number > all || s.isNumbered(), tab: !few && 2*tab > all, under: !few && 2*under > all, cell: !few && 2*cell > all}
}

// leastNumbered is how many questions, numbered one after the other, make a numbered form.
const leastNumbered = 4

// isNumbered tells a document whose questions are numbered from 1 on.
func (s *scanner) isNumbered() bool {
	next := 1
	for i := range s.lines {
		text, hits := strings.TrimSpace(s.lines[i].text), s.lines[i].hits
		n := numbered(text)
		asks := strings.IndexAny(text, ":?")
		if n == 0 || asks < 0 || len(hits) > 0 && hits[0].start < asks {
			continue
		}
		if at, _, _ := strings.Cut(strings.TrimLeft(text, "Qq"), text[n-2:n-1]); at == strconv.Itoa(next) {
			next++
		}
	}
	return next > leastNumbered
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
func (s *scanner) stemOf(n, from int, m manner, g grid, known []anchor) (stem, bool) {
	ln := &s.lines[n]
	if strings.IndexFunc(strings.TrimSpace(ln.text[from:]), isMark) == 0 && len(known) == 0 || ln.has(0, len(ln.text), document.Filled) {
		return stem{}, false
	}
	if g.labels[ln.cell] && ln.no == 0 && len(strings.Fields(ln.text)) <= longestPrinted && !strings.ContainsFunc(ln.text, isMark) {
		return stem{labelEnd: len(ln.text), end: len(ln.text), sure: true}, true
	}
	if g.values[ln.cell] {
		return stem{}, false
	}
	if from == 0 && s.isAnswered(n) {
		return stem{labelEnd: len(ln.text), end: len(ln.text), sure: true}, true
	}
	st, ok := s.looseStem(n, from, m)
	if !ok && m.cell && len(known) == 0 && s.fillsCell(n) && s.leadsRow(ln.cell) && s.looksPrinted(ln.cell) {
		st, ok = stem{labelEnd: len(ln.text), end: len(ln.text), plain: true}, true
	}
	return st, ok && !(ln.isOption(st) && s.nearHits(n))
}

// nearHits tells a line with printed options on the lines around it.
func (s *scanner) nearHits(n int) bool {
	for i := max(0, n-nearLines); i < min(len(s.lines), n+nearLines+1); i++ {
		if i != n && len(s.lines[i].hits) > 0 {
			return true
		}
	}
	return false
}

// nearLines is how far apart the options of a list stand at most, empty cells not counted.
const nearLines = 3

// fillsCell tells the first line of a cell that has a cell to its right.
func (s *scanner) fillsCell(n int) bool {
	cell := s.lines[n].cell
	return s.doc.Cells[cell].Table > 0 && s.lines[n].no == 0 && s.isBrief(cell) && s.hasRight(cell)
}

// leadsRow tells the first cell of a row, one with the question's number before it not counted, or one that stands behind a
// label and its value.
func (s *scanner) leadsRow(cell int) bool {
	c := &s.doc.Cells[cell]
	before, ok := s.left(cell)
	return !ok || !isColon(s.doc.Cells[before].Text()) && s.pairsUp(c) || c.Col == 2 && isQuestionNumber(s.doc.Cells[before].Text())
}

// isQuestionNumber tells what only numbers a question: "12", "4.", "B2".
func isQuestionNumber(text string) bool {
	text = strings.Trim(text, " .)")
	digits := strings.TrimLeft(strings.ToUpper(text), "ABCDEFGHIQ")
	return digits != "" && len(text) <= 4 && len(text)-len(digits) <= 1 && strings.Trim(digits, "0123456789.") == ""
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

// looseStem returns the label that begins at a byte of a line by its colon, its bold letters, its number or its tab.
func (s *scanner) looseStem(n, from int, m manner) (stem, bool) {
	ln := &s.lines[n]
	number := numbered(ln.text[from:])
	isNumbered := m.number && number > 0
	st, ok := ln.askStem(from, from+number)
	if !ok && m.dash {
		st, ok = ln.dashStem(from, from+number)
	}
	if ok {
		st.sure = (m.colon || m.dash) && startsUpper(ln.text[from+number:]) || isNumbered
		st.plain = !isNumbered && !ln.has(st.start, st.labelEnd, document.Bold)
		return st, true
	}
	end := pieceEnd(ln.text, from)
	if bold := ln.boldEnd(from); m.bold && bold > from && hasWords(ln.text[from:bold]) && hasWords(ln.text[bold:]) {
		end = bold
	} else if !(m.tab && from == 0 && end < len(ln.text)) && !isNumbered && !(m.under && from == 0 && s.opensCell(n)) {
		return stem{}, false
	}
	if strings.ContainsFunc(ln.text[from:end], isMark) || len(strings.Fields(ln.text[from:end])) > longestPrinted {
		return stem{}, false
	}
	return stem{start: from, labelEnd: end, end: end, sure: true}, true
}

// opensCell tells the first line of a cell with more lines.
func (s *scanner) opensCell(n int) bool {
	ln := &s.lines[n]
	return s.doc.Cells[ln.cell].Table > 0 && ln.no == 0 && s.first[ln.cell+1]-s.first[ln.cell] > 1
}

// askStem returns the words of a line, from behind their number, up to the first colon or question mark, where they can be a
// label.
func (l *line) askStem(start, from int) (stem, bool) {
	for i, r := range l.text {
		switch {
		case i < from:
		case isMark(r), r == '\t', r == ';', r == '.' && strings.HasPrefix(l.text[i:], ". ") && i > from+3 && !endsShort(l.text[:i]), i > start+maxHint:
			return stem{}, false
		case (r == ':' || r == '?') && !insideBrackets(l.text[:i]):
			words, most := len(strings.Fields(dropHints(l.text[from:i]))), longestStem
			if r == '?' {
				most = longestAsking
			}
			if next, _ := utf8.DecodeRuneInString(l.text[i+1:]); words == 0 || isAnswerSign(l.text[from:i]) || words > most || isWordRune(next) {
				return stem{}, false
			}
			end := i + separator(l.text[i:])
			if both := l.overQuestions(end); both > end {
				return stem{start: start, labelEnd: both, end: both}, true
			}
			return stem{start: start, labelEnd: i, end: overPromptHint(l.text, end)}, true
		}
	}
	return stem{}, false
}

// isAnswered tells a line above one that begins with the sign of an answer.
func (s *scanner) isAnswered(n int) bool {
	if n+1 >= len(s.lines) || !s.follows(n, n+1) {
		return false
	}
	sign, _, ok := strings.Cut(s.lines[n+1].text, ":")
	return ok && isAnswerSign(sign)
}

// isAnswerSign tells what a form prints before the answer: "A:", "Answer:".
func isAnswerSign(text string) bool {
	switch Fold(text) {
	case "a", "ans", "answer", "response", "reply", "your answer", "your response":
		return true
	}
	return false
}

// endsShort tells a text that ends with a word that is written short, with a stop: "Contact no."
func endsShort(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "no", "nos", "tel", "mob", "inc", "incl", "ext", "ref", "addr", "rel", "yp", "approx", "max", "min", "eg", "g", "e", "ie":
		return true
	}
	return false
}

// dashStem returns the words of a line up to its first dash, where they can be a label.
func (l *line) dashStem(start, from int) (stem, bool) {
	for i := range l.text[from:] {
		at := from + i
		if !strings.ContainsRune(" -–—", rune(l.text[at])) && l.text[at] < utf8.RuneSelf {
			continue
		}
		if n := separator(l.text[at:]); n > 0 && strings.ContainsAny(l.text[at:at+n], "-–—") && !insideBrackets(l.text[:at]) {
			words := len(strings.Fields(dropHints(l.text[from:at])))
			return stem{start: start, labelEnd: at, end: overPromptHint(l.text, at+n)}, words > 0 && words <= longestStem
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
	if at >= 0 && (known[at].kind != labelSense || !st.leavesOut(ln, known[at]) && !s.asksMore(ln.text[st.start:st.labelEnd], known[at])) {
		return known
	}
	if at >= 0 && known[at].dash && known[at].end < st.labelEnd {
		return known // the colon stands in what is behind its dash
	}
	form, tool := s.cueOf(ln.text[st.start:st.labelEnd])
	if at >= 0 && form == nil && tool == nil && (known[at].colon || known[at].start > st.start) {
		return known
	}
	if form == nil && tool == nil && !(st.sure && (at >= 0 || !st.plain || !s.inFree(n))) {
		return known
	}
	a := anchor{sense: form, tool: tool, line: n, start: st.start, end: st.end, trust: trustCue, colon: st.end > st.labelEnd, whole: !hasWords(ln.text[st.end:]), cued: true,
		bold: ln.has(st.start, st.labelEnd, document.Bold), words: len(strings.Fields(ln.text[st.start:st.labelEnd]))}
	if a.sense == nil {
		a.sense = &sense{kind: labelSense, in: anySection}
	}
	out := []anchor{a}
	for _, k := range known {
		if k.start >= st.labelEnd || k.end <= st.start {
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b anchor) int { return a.start - b.start })
	return out
}

// asksMore tells a question that a weak label only begins, and whose other words ask for something else: "Have the parents been
// told that we are referring?"
func (s *scanner) asksMore(question string, a anchor) bool {
	if !a.weak || len(strings.Fields(question)) <= 2*a.words {
		return false
	}
	form, _ := s.cueOf(question)
	return form != nil && form.key != a.key
}

// leavesOut tells whether a known label covers only a part of the words that were printed as one.
func (st stem) leavesOut(ln *line, a anchor) bool {
	rest := ln.text[min(a.end, st.labelEnd):st.labelEnd]
	from := st.start + numbered(ln.text[st.start:])
	return hasWords(dropHints(rest)) || a.start > from && hasWords(ln.text[from:a.start])
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

// inFree tells a line in a box for free text, in which colons part what is said. Outside tables only the summary is such a
// one.
func (s *scanner) inFree(n int) bool {
	i, _ := slices.BinarySearchFunc(s.anchors, n, func(a anchor, line int) int { return a.line - line })
	for i--; i >= 0 && s.anchors[i].kind != labelSense; i-- {
	}
	if i < 0 {
		return false
	}
	key := s.anchors[i].key
	return isFree(key) && (key == Summary || s.lines[n].no > 0)
}
