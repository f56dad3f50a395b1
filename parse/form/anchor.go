package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// An anchor is a label found in a document, or a heading of a sheet.
type anchor struct {
	*sense
	tool       *sense // what the label is in a screening tool, where that is something of its own
	line       int
	start, end int     // the label's bytes in its line, with its colon and the hint in brackets after it
	trust      float64 // how surely this is the label
	colon      bool
	dash       bool // a dash stands in the colon's place
	bold       bool
	whole      bool // nothing follows it in its piece of the line
	words      int
	cued       bool // not in the lexicon: a label by its place and look
}

// A hit is a printed option found in a line.
type hit struct {
	*sense
	start, end int
	words      int
}

// A scanner goes through a page once and finds its labels, options and headings.
type scanner struct {
	*Lexicon
	*page
	section string
	anchors []anchor
}

// maxLineWords bounds the words of one line in which labels are looked for; what comes after them is prose.
const maxLineWords = 1000

// maxHint is the greatest length of a hint in brackets after a label.
const maxHint = 200

func (l *Lexicon) scan(p *page) []anchor {
	s := scanner{Lexicon: l, page: p}
	for i := range p.lines {
		if !p.doc.Cells[p.lines[i].cell].Margin {
			s.scanLine(i)
		}
	}
	s.fillGaps()
	s.settle()
	s.strangers()
	return s.anchors
}

func (s *scanner) scanLine(n int) {
	ln := &s.lines[n]
	if len(ln.words) > maxLineWords {
		ln.words = ln.words[:maxLineWords]
	}
	w := walk{lex: s.Lexicon, words: ln.words}
	from := 0 // where the last label ended
	for i := 0; i < len(ln.words); {
		step := 1
		for _, m := range w.at(i) {
			if s.take(n, i, m, &from) {
				step = m.words
				break
			}
		}
		if ln.chrome || ln.end || ln.cut {
			return
		}
		i += step
	}
	ln.chrome = from == 0 && s.isGuide(ln)
}

// isGuide tells a sentence of the template about how to fill it in: "Please complete all boxes."
func (s *scanner) isGuide(ln *line) bool {
	words := split(ln.text)
	if len(words) < 4 || words[0].text != "please" || ln.has(0, len(ln.text), document.Filled) {
		return false
	}
	if !s.guides[s.Lexicon.words[words[1].text]] {
		return false
	}
	for _, w := range words[2:] {
		if s.paper[s.Lexicon.words[w.text]] {
			return true
		}
	}
	return false
}

// take decides what a phrase means where it stands, and notes it.
func (s *scanner) take(n, i int, m match, from *int) bool {
	ln := &s.lines[n]
	p := s.placeOf(ln, i, m, *from)
	label, inTool := s.choose(m.senses)
	for _, id := range m.senses {
		v := &s.senses[id]
		switch v.kind {
		case templateSense, signoffSense:
			if s.ends(n, p, m, v.kind) {
				return true
			}
		case optionSense:
			if label == nil || s.isOption(ln, p) && !s.asksInRow(ln, p) {
				ln.addHit(hit{v, ln.words[i].start, p.labelEnd, m.words})
				return true
			}
		case headingSense:
			if s.isHeading(ln, p, m) {
				s.addHeading(n, v, p)
				return true
			}
		case sectionSense:
			if s.runsOn(n, p) {
				return true
			}
			if p.first && p.whole && !s.answers(ln.cell) && (label == nil || !p.colon && !s.hasRight(ln.cell)) {
				s.section, ln.chrome = v.name, true
				return true
			}
		}
	}
	if label == nil || !s.accepts(ln, p, label, m) {
		return false
	}
	a := anchor{sense: label, tool: inTool, line: n, start: p.start, end: p.end, trust: p.trust() * ln.trust(), colon: p.colon && !p.dash, dash: p.colon && p.dash, bold: p.bold, whole: p.whole, words: m.words}
	s.anchors = append(s.anchors, a)
	s.section = sectionOf(label, s.section)
	*from = p.end
	return true
}

// answers tells a cell with a whole label in the cell to its left: the words in it are a value.
func (s *scanner) answers(cell int) bool {
	left, ok := s.left(cell)
	if !ok || len(s.anchors) == 0 {
		return false
	}
	a := &s.anchors[len(s.anchors)-1]
	return a.kind == labelSense && a.key != "" && a.whole && s.lines[a.line].cell == left
}

// addHit notes an option. What is the same option again belongs to the one before it: "Financial exploitation (e.g. money mule)".
func (l *line) addHit(h hit) {
	if last := len(l.hits) - 1; last >= 0 && l.hits[last].sense.status == h.status && l.hits[last].sense.factor == h.factor && !strings.ContainsFunc(l.text[l.hits[last].end:h.start], isMark) {
		l.hits[last].end, l.hits[last].words = h.end, l.hits[last].words+h.words
		return
	}
	l.hits = append(l.hits, h)
}

// ends notes a line of the template or a sign-off: no value goes over it.
func (s *scanner) ends(n int, p place, m match, kind senseKind) bool {
	ln := &s.lines[n]
	starts := p.first && (p.whole || m.words >= 3)
	switch {
	case kind == signoffSense:
		if ln.end = starts && s.doc.Cells[ln.cell].Table == 0; ln.end {
			s.section = signature
		}
		return ln.end
	case starts:
		ln.chrome = true
		return true
	case m.words >= 4: // a template's line that was run on to a value
		s.anchors = append(s.anchors, anchor{sense: &sense{kind: labelSense}, line: n, start: ln.back(p.start), end: len(ln.text), trust: 1, colon: true})
		ln.cut = true
	}
	return ln.cut
}

// runsOn notes a section's bold heading at the end of a line of another look, to which a reader has run it on: it only ends
// the value before it.
func (s *scanner) runsOn(n int, p place) bool {
	ln := &s.lines[n]
	if p.first || !p.bold || !p.whole || p.colon || ln.tokenAt(p.start) == ln.tokenAt(max(0, p.start-1)) || s.doc.Cells[ln.cell].Table > 0 {
		return false
	}
	s.anchors = append(s.anchors, anchor{sense: &sense{kind: labelSense}, line: n, start: p.start, end: len(ln.text), trust: 1, colon: true})
	ln.cut = true
	return true
}

// isOption tells a printed option from a label of the same words: "Special educational needs - x" and the box.
func (s *scanner) isOption(ln *line, p place) bool {
	rest := Fold(ln.text[p.end:])
	switch {
	case isTick(rest), strings.ContainsFunc(ln.text, isMark) && !p.colon, tickedByWord(ln.text[:p.start], ""):
		return true
	case p.colon && !p.dash:
		return false
	}
	return s.amongOptions(ln)
}

// amongOptions tells a line with an option near it: in the cells around its own, or on the lines around it.
func (s *scanner) amongOptions(ln *line) bool {
	c := &s.doc.Cells[ln.cell]
	if c.Table > 0 {
		for _, at := range [...]cellPlace{{c.Table, c.Row, c.Col - 1}, {c.Table, c.Row, c.Col + 1}, {c.Table, c.Row, c.Col - 2}, {c.Table, c.Row, c.Col + 2}, {c.Table, c.Row - 1, c.Col}, {c.Table, c.Row + 1, c.Col}} {
			if i, ok := s.at[at]; ok && i != ln.cell && s.holdsOption(i) {
				return true
			}
		}
	}
	n := s.first[ln.cell] + ln.no
	for _, i := range [...]int{n - 2, n - 1, n + 1, n + 2} {
		if i >= 0 && i < len(s.lines) && s.follows(min(i, n), max(i, n)) && s.opensWithOption(i) {
			return true
		}
	}
	return len(ln.hits) > 0
}

// asksInRow tells a label whose answer stands in words in the cell beside it, "SEND | EHCP", from an option in a row of
// options: what stands above it is none, and what stands beside it is neither an option nor a tick.
func (s *scanner) asksInRow(ln *line, p place) bool {
	c := &s.doc.Cells[ln.cell]
	if !p.first || !p.whole || c.Table == 0 || c.Row == 1 || strings.ContainsFunc(ln.text, isMark) {
		return false
	}
	right, ok := s.right(ln.cell)
	if !ok || s.first[right] == s.first[right+1] {
		return false
	}
	if above, ok := s.at[cellPlace{c.Table, c.Row - 1, c.Col}]; ok && s.holdsOption(above) || s.holdsOption(right) {
		return false
	}
	answer := Fold(s.doc.Cells[right].Text())
	return answer != "" && !isTick(answer) && !isYesNo(answer) && !strings.ContainsFunc(s.lines[s.first[right]].text, isMark)
}

// holdsOption tells a cell with a line that is a printed option.
func (s *scanner) holdsOption(cell int) bool {
	for n := s.first[cell]; n < s.first[cell+1]; n++ {
		if s.opensWithOption(n) {
			return true
		}
	}
	return false
}

// opensWithOption tells a line of which all but a word is a printed option.
func (s *scanner) opensWithOption(n int) bool {
	w := walk{lex: s.Lexicon, words: s.lines[n].words}
	if len(w.words) == 0 {
		return false
	}
	for _, m := range w.at(0) {
		for _, id := range m.senses {
			if s.senses[id].kind == optionSense && len(w.words) <= m.words+1 {
				return true
			}
		}
	}
	return false
}

func (s *scanner) addHeading(n int, v *sense, p place) {
	ln := &s.lines[n]
	ln.chrome = true
	s.anchors = append(s.anchors, anchor{sense: v, line: n, start: 0, end: len(ln.text), trust: 1, bold: p.bold, words: len(ln.words)})
	s.section = ""
}

// choose returns the label that a phrase is in the running section, and the one that it is in a screening tool.
func (s *scanner) choose(ids []int32) (label, inTool *sense) {
	var best, other *sense
	for _, id := range ids {
		v := &s.senses[id]
		switch {
		case v.kind != labelSense:
		case v.sheet == ScreeningTool:
			if v.in == anySection && inTool == nil || v.in == s.section {
				inTool = v
			}
		case v.in == s.section:
			label = v
		case v.in == anySection && (best == nil || best.weak && !v.weak):
			best = v
		case v.in != anySection:
			other = v
		}
	}
	switch {
	case label != nil:
	case best != nil:
		label = best
	case other != nil:
		label = &sense{kind: labelSense, in: anySection} // another section's label: it only ends the value before it
	default:
		label = inTool
	}
	return label, inTool
}

// trust returns how surely the words of a line's labels were read.
func (l *line) trust() float64 {
	if l.fuzzy {
		return 0.9
	}
	return 1
}

// signature names the section after a sign-off, in which no label of contact details counts.
const signature = "signature"

// back returns where the small words before byte at begin: "Please" before "send completed forms".
func (l *line) back(at int) int {
	head := strings.TrimRight(l.text[:at], " ")
	if w := strings.LastIndexByte(head, ' ') + 1; strings.EqualFold(head[w:], "please") {
		return w
	}
	return at
}

// sectionOf returns the section that a label opens.
func sectionOf(v *sense, now string) string {
	if v.in != anySection {
		return now
	}
	head, _, _ := strings.Cut(string(v.key), ".")
	switch {
	case v.key == statusList || head == "social_care":
		return "care"
	case head == "young_person":
		return "child"
	case v.key == ReferrerName || v.key == ReferrerContact:
		return "referrer"
	case head == "parent" || head == "education" || head == "risk" || head == "agencies":
		return head
	case v.key == ToolCompletedBy:
		return "tool"
	}
	return now
}

// accepts tells whether a phrase is a label where it stands.
func (s *scanner) accepts(ln *line, p place, v *sense, m match) bool {
	if p.filled || insideBrackets(ln.text[:p.start]) || v.weak && !p.colon && !p.bold && !s.namesCell(ln, p, m) {
		return false
	}
	inTable := s.doc.Cells[ln.cell].Table > 0
	switch {
	case p.atStart && (p.colon || p.grown):
		return !p.grown || p.first
	case p.led && !p.bold && strings.HasSuffix(strings.TrimSpace(ln.text), "."):
		return false // a sentence: "And a phone."
	case p.atStart && (p.whole || p.bold):
		return true
	case p.atStart:
		return m.words >= 2 && inTable && p.first && ln.no == 0
	}
	return p.colon && !p.grown && p.upper && (p.bold || m.words >= 2 || len(s.anchors) > 0 && s.sameLine(ln))
}

// namesCell tells a bare word that may as well be a value, such as "Child", but fills the cell before another one.
func (s *scanner) namesCell(ln *line, p place, m match) bool {
	c := &s.doc.Cells[ln.cell]
	return p.first && p.whole && c.Table > 0 && (c.Col == 1 || m.words > 1 || s.pairsUp(c)) && s.hasRight(ln.cell)
}

// pairsUp tells a cell two to the right of a label in its row: labels and values take turns.
func (s *scanner) pairsUp(c *document.Cell) bool {
	before, ok := s.at[cellPlace{c.Table, c.Row, c.Col - 2}]
	if !ok {
		return false
	}
	for i := len(s.anchors) - 1; i >= 0 && s.anchors[i].line >= s.first[before]; i-- {
		if a := &s.anchors[i]; a.kind == labelSense && s.lines[a.line].cell == before && a.whole {
			return true
		}
	}
	return false
}

func (s *scanner) sameLine(ln *line) bool {
	return &s.lines[s.anchors[len(s.anchors)-1].line] == ln
}

// isHeading tells the title of a form or tool from the mention of one.
func (s *scanner) isHeading(ln *line, p place, m match) bool {
	words := len(ln.words)
	if words > 16 || p.filled || strings.HasSuffix(strings.TrimSpace(ln.text), ".") || p.colon && !p.whole {
		return false
	}
	return ln.has(0, len(ln.text), document.Bold) || 2*m.words >= words || titled(ln.text)
}

// titled tells a line whose longer words all begin with capitals.
func titled(text string) bool {
	for _, w := range strings.Fields(text) {
		r, _ := utf8.DecodeRuneInString(w)
		if len(w) > 3 && unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// hasRight tells whether a cell of a table has another to its right in its row.
func (p *page) hasRight(cell int) bool {
	_, ok := p.right(cell)
	return ok
}

// right returns the cell to the right of a cell in its row.
func (p *page) right(cell int) (int, bool) {
	c := &p.doc.Cells[cell]
	if c.Table == 0 {
		return 0, false
	}
	i, ok := p.at[cellPlace{c.Table, c.Row, c.Col + max(c.Span, 1)}]
	return i, ok
}

// below returns the cell below a cell, in the same column.
func (p *page) below(cell int) (int, bool) {
	c := &p.doc.Cells[cell]
	if c.Table == 0 {
		return 0, false
	}
	i, ok := p.at[cellPlace{c.Table, c.Row + 1, c.Col}]
	return i, ok
}

// ownManner tells a label of several words that fills a cell in a table without one bold label or colon.
func (s *scanner) ownManner(a anchor, markedIn map[int]int) bool {
	cell := s.lines[a.line].cell
	table := s.doc.Cells[cell].Table
	return table > 0 && markedIn[table] == 0 && a.whole && a.words >= 2 && (s.hasRight(cell) || s.doc.Cells[cell].Col > 1)
}

// isWhoseNumber tells whose telephone number or address of mail stands behind a colon, within the value that gives several:
// "Mum: 07700 900123, Dad: 07700 900456".
func (s *scanner) isWhoseNumber(a anchor) bool {
	return a.weak && a.key == ParentName && a.colon && hasNumber(firstPiece(s.lines[a.line].text[a.end:]))
}

// isWho tells who it is, in the place of an answer: "Mum and dad" beside "Parental responsibility?".
func (s *scanner) isWho(a anchor) bool {
	c := &s.doc.Cells[s.lines[a.line].cell]
	return a.weak && a.key == ParentName && !a.colon && !a.bold && c.Table > 0 && c.Col > 1
}

// firstPiece returns what stands before the first comma, colon or tab of a text.
func firstPiece(text string) string {
	if at := strings.IndexAny(text, ",:;\t"); at >= 0 {
		return text[:at]
	}
	return text
}

// hasNumber tells a text with a telephone number or an address of mail, and few words beside it.
func hasNumber(text string) bool {
	digits := 0
	for _, r := range text {
		digits += count(unicode.IsDigit(r))
	}
	return (digits >= 6 || strings.Contains(text, "@")) && len(strings.Fields(text)) <= 4
}

// settle drops anchors that stand out from the document's own manner: where labels bear colons or are bold, a plain
// word that happens to be a label is a value, unless its table has a manner of its own; where they are bold, so is one in
// the midst of a cell; and a second "School:" within free text is a part of it.
func (s *scanner) settle() {
	marked, plain, bold := 0, 0, 0
	markedIn := map[int]int{} // by table
	for _, a := range s.anchors {
		switch {
		case a.kind != labelSense || a.key == "":
			continue
		case a.colon || a.bold:
			marked++
			markedIn[s.doc.Cells[s.lines[a.line].cell].Table]++
		default:
			plain++
		}
		if a.bold {
			bold++
		}
	}
	out := s.anchors[:0]
	seen, last := map[Key]bool{}, anchor{sense: &sense{}}
	for _, a := range s.anchors {
		if a.kind == labelSense {
			within := last.kind == labelSense && isFree(last.key) && a.words == 1 && !a.bold
			switch {
			case last.key == ParentContact && s.isWhoseNumber(a), (last.key == Responsibility || last.key == ParentAware) && s.isWho(a),
				!a.colon && !a.bold && marked > 2*plain && !s.ownManner(a, markedIn),
				!a.bold && 5*bold > 4*(marked+plain) && s.lines[a.line].no > 0,
				isFree(last.key) && last.bold && a.words == 1 && !a.bold && 5*bold > 4*(marked+plain),
				within && (seen[a.key] || s.lines[a.line].cell == s.lines[last.line].cell):
				continue
			}
			seen[a.key] = true
		}
		last = a
		out = append(out, a)
	}
	s.anchors = out
}
