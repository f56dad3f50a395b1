package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"referrald/parse/document"
)

// A state is what was found at one printed option.
type state struct {
	hit
	line   int
	mark   document.Mark // NoMark where nothing was found
	trust  float64
	struck bool
	shown  bool // highlighted or circled
	bold   bool // or underlined
	ink    document.Style
}

// How surely a mark is read, by its source; see the laboratory notes.
const (
	trustField   = 0.99
	trustGlyph   = 0.98
	trustDrawn   = 0.9
	trustTyped   = 0.88
	trustImage   = 0.75
	trustShown   = 0.88 // it alone is highlighted, circled, starred or pointed at
	trustStruck  = 0.86 // the others are struck through
	trustSigned  = 0.75 // initials or a date beside it, and nothing beside the others
	trustAbsent  = 0.7
	trustBold    = 0.65
	trustLeft    = 0.86 // the only status that was left below the heading of the list
	trustDeleted = 0.6
	trustInk     = 0.6 // it alone is coloured
)

func markTrust(t *document.Token) float64 {
	trust := trustImage
	switch t.Source {
	case document.ContentControl, document.LegacyField, document.FormWidget, document.HTMLInput:
		trust = trustField
	case document.Glyph, document.SymbolFont, document.Typed:
		trust = trustGlyph
	case document.Drawn:
		trust = trustDrawn
	}
	return trust * t.Trust()
}

// isOptionLine tells a line that prints options and little else.
func (g *segment) isOptionLine(ln *line) bool {
	if len(ln.hits) == 0 {
		return false
	}
	first := ln.hits[0]
	if markBefore(ln.text, first.start) != document.NoMark {
		return true
	}
	covered := 0
	for _, h := range ln.hits {
		covered += h.words
	}
	rest := 0
	for _, w := range ln.words {
		if !isTick(w.text) && !isYesNo(w.text) && (w.end <= first.end || !insideBrackets(ln.text[first.end:w.start])) {
			rest++
		}
	}
	return rest-covered <= 1 || rest-covered <= 3 && strings.ContainsFunc(ln.text, isMark)
}

// options returns the state of every printed option of a segment.
func (g *segment) options() []state {
	var out []state
	before, after := 0, 0
	for n := g.from; n < g.to; n++ {
		ln := &g.lines[n]
		if !g.isOptionLine(ln) || g.startOf(n) == 0 || g.isStray(n) {
			continue
		}
		if markBefore(ln.text, ln.hits[0].start) != document.NoMark {
			before++
		} else if markAfter(ln.text, ln.hits[len(ln.hits)-1].end) != document.NoMark {
			after++
		}
		b, a := ln.tabbedMarks()
		before, after = before+b, after+a
		if typedBefore(ln.text[:ln.hits[0].start]) {
			before++
		} else if typedBehind(ln.text[ln.hits[len(ln.hits)-1].end:]) {
			after++
		}
		for _, h := range ln.hits {
			out = append(out, state{hit: h, line: n})
		}
	}
	for i := range out {
		g.look(&out[i], after > before)
	}
	return out
}

// tabbedMarks counts the marks between options that a tab parts from the one before them, and from the one behind them.
func (l *line) tabbedMarks() (before, after int) {
	for i := 0; i+1 < len(l.hits); i++ {
		gap := l.text[l.hits[i].end:max(l.hits[i].end, l.hits[i+1].start)]
		mark := strings.IndexFunc(gap, isMark)
		if mark < 0 || !strings.Contains(gap, "\t") {
			continue
		}
		_, size := utf8.DecodeRuneInString(gap[mark:])
		switch tail := strings.TrimLeft(gap[mark+size:], " "); {
		case strings.HasPrefix(tail, "\t"):
			after++
		case strings.Contains(gap[:mark], "\t"):
			before++
		}
	}
	return before, after
}

// nearOptions is how many lines apart the options of a list stand at most.
const nearOptions = 8

// isStray tells a line that holds an option's words and others, without a box, away from any list: "Social media handles".
func (g *segment) isStray(n int) bool {
	ln := &g.lines[n]
	covered := 0
	for _, h := range ln.hits {
		covered += h.words
	}
	if strings.ContainsFunc(ln.text, isMark) || len(ln.hits) > 1 {
		return false
	}
	near := 0
	for i := max(g.from, n-nearOptions); i < min(g.to, n+nearOptions+1); i++ {
		if i != n && g.isOptionLine(&g.lines[i]) && g.startOf(i) != 0 {
			near++
		}
	}
	return near <= 1 && len(ln.words) > covered
}

// look finds the mark of one option: on its line, typed beside it, in the cells beside it, by its looks.
func (g *segment) look(s *state, marksAfter bool) {
	ln := &g.lines[s.line]
	from, to := g.room(ln, s)
	g.looks(s, ln)
	if g.lookAlong(s, ln, from, to, marksAfter) || g.answerBehind(s, ln, to) || g.lookTyped(s, ln.text[from:s.start], ln.text[s.end:to], marksAfter) {
		return
	}
	g.lookBeside(s, ln)
	if s.mark == document.NoMark && g.deniedBelow(s, ln) {
		s.mark, s.trust = document.Unticked, trustTyped
	}
	if s.mark != document.NoMark && !s.alone(ln.hits) {
		s.mark, s.trust = document.MarkUnknown, trustImage // a box beside several options is of none of them alone
	}
}

// lookAlong finds the box of an option on its line: before it or behind it, whichever the document's other lines do first.
// Of several options in a line each has its own on one side.
func (g *segment) lookAlong(s *state, ln *line, from, to int, marksAfter bool) bool {
	many := !s.alone(ln.hits)
	found := false
	for _, after := range [...]bool{marksAfter, !marksAfter} {
		switch {
		case found || many && after != marksAfter:
		case after:
			found = g.markIn(s, ln, s.end, to, false)
		default:
			found = g.markIn(s, ln, from, s.start, true)
		}
	}
	switch {
	case !found:
	case s.mark == document.Ticked:
		s.mark = markUnder(g.tabHead(s.line, s.end))
	case s.mark == document.Unticked && !many && !g.scan && isTickedBehind(ln.text[s.end:to]):
		s.mark, s.trust = document.Ticked, trustTyped
	}
	return found
}

// isTickedBehind tells a tick behind an option with an empty box, and nothing else: who filled the form in could not, or did
// not, tick the box itself.
func isTickedBehind(tail string) bool {
	words := Fold(tail)
	return words == "" && strings.ContainsRune(tail, onMark) || isTick(words)
}

// lookTyped finds a tick typed before an option or behind it, or a no behind it. Whose the x between two options is, the other
// lines tell: "Neglect x Abuse".
func (g *segment) lookTyped(s *state, lead, tail string, marksAfter bool) bool {
	if many := !s.alone(g.lines[s.line].hits); many && marksAfter {
		lead = ""
	} else if many {
		tail = ""
	}
	no := Fold(tail)
	switch {
	case tickedByWord(lead, tail):
		s.mark, s.trust = markUnder(g.tabHead(s.line, s.end)), trustTyped
	case isDenial(no), deniedBefore(lead):
		s.mark, s.trust = document.Unticked, trustTyped
	default:
		return false
	}
	return true
}

// deniedBefore tells a no typed before an option, with a dash or a colon: "N - Neglect". "N. Neglect" stands in a lettered list.
func deniedBefore(lead string) bool {
	lead = strings.TrimRight(lead, " \u00a0\t")
	no := strings.TrimRight(lead, ":-–—=")
	return no != lead && isDenial(Fold(no))
}

// deniedBelow tells an option that fills its line, outside tables, with nothing but a no on the line below it.
func (g *segment) deniedBelow(s *state, ln *line) bool {
	n := s.line + 1
	return g.doc.Cells[ln.cell].Table == 0 && s.alone(ln.hits) && !hasWords(ln.text[s.end:]) && n < g.to && g.doc.Cells[g.lines[n].cell].Table == 0 && isDenial(Fold(g.lines[n].text))
}

// isDenial tells the words, folded, by which people say that something does not apply.
func isDenial(folded string) bool {
	switch folded {
	case "no", "n", "n a", "na", "none", "nil", "not applicable", "none known":
		return true
	}
	return false
}

// alone tells whether the options found in a line are all the same one.
func (s *state) alone(hits []hit) bool {
	return !slices.ContainsFunc(hits, func(h hit) bool { return h.status != s.status || h.factor != s.factor })
}

// tabHead returns the head of the column in which the first word behind byte at of a line stands, where columns are made of
// tabs and a line above has their heads. Columns whose heads cannot be counted out have none that can be relied on.
func (g *segment) tabHead(n, at int) string {
	tail := g.lines[n].text[at:]
	if !strings.Contains(tail, "\t") || g.doc.Cells[g.lines[n].cell].Table > 0 {
		return ""
	}
	col := strings.Count(g.lines[n].text[:at], "\t") + strings.Count(tail[:len(tail)-len(strings.TrimLeft(tail, "\t "))], "\t")
	for up := n - 1; up >= max(g.from, n-maxHeadRows); up-- {
		heads := strings.Split(foldTabs(g.lines[up].text), "\t")
		if !slices.Contains(heads, "yes") || !slices.Contains(heads, "no") {
			continue
		}
		if col < len(heads) {
			return heads[col]
		}
		return "not known"
	}
	return ""
}

// looks notes how an option is set off from the others.
func (g *segment) looks(s *state, ln *line) {
	s.struck = ln.has(s.start, s.end, document.Struck)
	from, to := g.room(ln, s)
	s.shown = ln.has(s.start, s.end, document.Highlighted) || ln.has(s.start, s.end, document.Circled) || pointedAt(ln.text[from:s.start], ln.text[s.start:to])
	s.bold = ln.has(s.start, s.end, document.Bold) || ln.has(s.start, s.end, document.Underlined)
	s.ink = ln.ink(s.start, s.end)
}

// room returns the stretch of a line that belongs to one option.
func (g *segment) room(ln *line, s *state) (from, to int) {
	to = len(ln.text)
	for _, h := range ln.hits {
		if h.end <= s.start {
			from = h.end
		}
		if h.start >= s.end {
			to = min(to, h.start)
		}
	}
	return from, to
}

// markIn takes the mark next to the option from a stretch of the line, the last or the first of it.
func (g *segment) markIn(s *state, ln *line, from, to int, last bool) bool {
	found := false
	for _, sp := range ln.spans {
		if sp.token.Mark == document.NoMark || sp.start < from || sp.end > to {
			continue
		}
		s.mark, s.trust, found = sp.token.Mark, markTrust(sp.token), true
		if !last {
			break
		}
	}
	return found
}

// pointedAt tells a star, a plus or an arrow before an option, or a star or an arrow behind it: "* Neglect", "Neglect <--".
func pointedAt(lead, tail string) bool {
	lead, tail = strings.TrimRight(lead, " \t"), strings.TrimRightFunc(tail, func(r rune) bool { return r == ' ' || r == '\t' })
	if strings.HasSuffix(lead, "*") || strings.HasSuffix(lead, "+") || strings.HasSuffix(tail, "*") {
		return true
	}
	for _, arrow := range [...]string{"->", "→", "=>", ">>", "➔", "➜", "⇒"} {
		if strings.HasSuffix(lead, arrow) {
			return true
		}
	}
	for _, arrow := range [...]string{"<-", "←", "<=", "<<", "⇐", "⬅"} {
		if strings.Contains(tail, arrow) {
			return true
		}
	}
	return false
}

func markBefore(text string, at int) document.Mark {
	t := strings.TrimRight(text[:at], " \u00a0\t")
	return lastMark(t)
}

func lastMark(t string) document.Mark {
	for _, r := range [...]rune{offMark, onMark, doubtMark} {
		if strings.HasSuffix(t, string(r)) {
			return document.Mark(r - privateMark)
		}
	}
	return document.NoMark
}

func markAfter(text string, at int) document.Mark {
	t := strings.TrimLeft(text[at:], " \u00a0\t)")
	for _, r := range [...]rune{offMark, onMark, doubtMark} {
		if strings.HasPrefix(t, string(r)) {
			return document.Mark(r - privateMark)
		}
	}
	return document.NoMark
}

// tickedByWord tells an x or a yes typed before or after an option.
func tickedByWord(lead, tail string) bool { return typedBefore(lead) || typedBehind(tail) }

// typedBefore tells a tick typed at the end of what stands before an option.
func typedBefore(lead string) bool {
	l := strings.Fields(strings.ToLower(strings.TrimRight(lead, " \u00a0\t:-–—=")))
	return len(l) > 0 && isTick(strings.Trim(l[len(l)-1], ".:-–()[]_"))
}

// typedBehind tells a tick typed right behind an option.
func typedBehind(tail string) bool {
	t := strings.Fields(strings.ToLower(tail))
	for len(t) > 0 && strings.Trim(t[0], ":-–=()[]") == "" {
		t = t[1:]
	}
	if len(t) == 0 {
		return false
	}
	return isTick(strings.Trim(t[0], ".:-–,;()[]_"))
}

// isTick tells a word that ticks an option.
func isTick(w string) bool {
	switch w {
	case "x", "xx", "yes", "y", "✓", "tick", "ticked", "×", "true", "selected":
		return true
	}
	return false
}

// lookBeside reads the mark of an option from the cells beside it, in a table that keeps boxes in cells of their own.
func (g *segment) lookBeside(s *state, ln *line) {
	cell := ln.cell
	if g.first[cell+1]-g.first[cell] > 1 {
		return
	}
	if g.lookRight(s, cell) {
		return
	}
	c := &g.doc.Cells[cell]
	if left, ok := g.at[cellPlace{c.Table, c.Row, c.Col - 1}]; ok && c.Table > 0 {
		if m, trust := g.answerOf(left); m != document.NoMark && !g.hasHits(left) && !g.serves(left) {
			s.mark, s.trust = m, trust
		}
	}
}

// serves tells whether a cell of marks stands behind another option, to which it belongs.
func (g *segment) serves(cell int) bool {
	c := &g.doc.Cells[cell]
	for col := c.Col - 1; col > 0; col-- { // past the empty cells of "yes" beside one ticked under "no"
		left, ok := g.at[cellPlace{c.Table, c.Row, col}]
		if !ok || left == cell {
			return false
		}
		if g.hasHits(left) || g.mayBeOption(left) {
			return !g.marksLead(c.Table)
		}
	}
	return false
}

// marksLead tells a table whose rows begin with boxes rather than words.
func (g *segment) marksLead(table int) bool {
	if g.leads == nil {
		g.leads = g.countLeads()
	}
	return g.leads[table] > 0
}

// countLeads counts for every table the rows that begin with a box, less those that begin with an option.
func (g *segment) countLeads() map[int]int {
	leads := map[int]int{}
	for i := range g.doc.Cells {
		c := &g.doc.Cells[i]
		if c.Table == 0 {
			continue
		}
		if c.Col > 1 {
			if _, more := g.right(i); !more && g.hasHits(i) && !g.opensWithOption(c) {
				leads[c.Table]++ // a row that ends with an option has its box before it
			}
			continue
		}
		if m, _ := g.answerOf(i); m != document.NoMark {
			leads[c.Table]++
		} else if g.hasHits(i) {
			leads[c.Table]--
		}
	}
	return leads
}

// opensWithOption tells whether the first cell of a cell's row is a printed option.
func (g *segment) opensWithOption(c *document.Cell) bool {
	i, ok := g.at[cellPlace{c.Table, c.Row, 1}]
	return ok && g.hasHits(i)
}

// hasEdge tells an option with another option before it and the last cell of the row behind it: its box is at the right edge,
// as those of the others are at the left.
func (g *segment) hasEdge(cell int) bool {
	left, ok := g.left(cell)
	if !ok || !g.hasHits(left) {
		return false
	}
	edge, ok := g.right(cell)
	return ok && !g.hasRight(edge)
}

// lookRight reads the cells to the right up to the next option, with the heads of their columns where they have any.
func (g *segment) lookRight(s *state, cell int) bool {
	if g.marksLead(g.doc.Cells[cell].Table) && !g.hasEdge(cell) {
		return false
	}
	at, found, passed := cell, false, false
	for range 4 {
		next, ok := g.right(at)
		if !ok || g.hasHits(next) {
			break
		}
		at = next
		m, trust := g.answerOf(next)
		if m == document.NoMark && (g.mayBeOption(next) || passed && !g.isEmpty(next)) {
			break // what follows is its own
		}
		passed = passed || g.isEmpty(next)
		if m == document.NoMark {
			continue
		}
		if m == document.Ticked {
			m = markUnder(g.headOf(next))
		}
		if m == document.Unticked && g.isTicked(next) {
			s.mark, s.trust = m, trust
			return true
		}
		if !found || m == document.Ticked {
			s.mark, s.trust, found = m, trust, true
		}
		if m == document.Ticked {
			return true
		}
	}
	return found
}

// mayBeOption tells a cell of a recognised page with words that could be an option's which OCR has misread.
func (g *segment) mayBeOption(cell int) bool {
	if !g.scan {
		return false
	}
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		if len(g.lines[n].words) > 1 {
			return true
		}
	}
	return false
}

func (g *segment) hasHits(cell int) bool {
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		if len(g.lines[n].hits) > 0 {
			return true
		}
	}
	return false
}

// maxHeadRows is how far above an answer the head of its column is looked for.
const maxHeadRows = 60

// headOf returns the folded words at the head of a cell's column.
func (g *segment) headOf(cell int) string {
	c := &g.doc.Cells[cell]
	for row := c.Row - 1; row > 0 && row >= c.Row-maxHeadRows; row-- {
		i, ok := g.at[cellPlace{c.Table, row, c.Col}]
		if !ok {
			return ""
		}
		text := Fold(g.doc.Cells[i].Text())
		if (row == 1 || text == "yes" || text == "no") && !g.holdsOptions(c.Table, row) {
			return text
		}
	}
	return ""
}

// holdsOptions tells a row in which an option is printed: what stands in its other cells is an answer and no head.
func (g *segment) holdsOptions(table, row int) bool {
	for col := 1; col <= mostColumns; col++ {
		if i, ok := g.at[cellPlace{table, row, col}]; ok && g.hasHits(i) {
			return true
		}
	}
	return false
}

func (g *segment) isTicked(cell int) bool {
	m, _ := g.answerOf(cell)
	return m == document.Ticked
}

// markUnder returns what a tick below the head of a column says of the row.
func markUnder(head string) document.Mark {
	switch head {
	case "no", "n", "none", "never", "false", "not present", "absent", "not evident", "not seen", "no concern", "no concerns", "no evidence", "not applicable", "n a", "na", "no risk", "not identified":
		return document.Unticked
	case "not known", "unknown", "unsure", "not sure", "dont know", "do not know", "dk", "nk", "possible", "possibly", "suspected", "maybe", "may be", "historic", "historical", "past", "previous", "previously", "unclear", "not disclosed":
		return document.MarkUnknown
	}
	return document.Ticked
}

// answerOf reads a cell that holds a mark, an x, or a yes or no, with or without a remark behind it.
func (g *segment) answerOf(cell int) (document.Mark, float64) {
	if g.first[cell+1] == g.first[cell] {
		return document.NoMark, 0
	}
	ln := &g.lines[g.first[cell]]
	if m, ok := g.chosenAnswer(cell); ok {
		return m, trustTyped
	}
	for _, s := range ln.spans {
		if s.token.Mark != document.NoMark && len(ln.words) == 0 && g.first[cell+1]-g.first[cell] == 1 {
			return s.token.Mark, markTrust(s.token)
		}
	}
	if m := answerIn(g.raw(g.wholeCell(cell))); m != document.NoMark {
		return m, trustTyped
	}
	return document.NoMark, 0
}

// chosenAnswer reads a cell that prints both yes and no: which of them is ticked, set off, or left. On recognised pages the
// boxes are too near each other to tell.
func (g *segment) chosenAnswer(cell int) (m document.Mark, printed bool) {
	parts := g.wholeCell(cell)
	words := Fold(g.doc.Cells[cell].Text())
	if len(words) > longestChoice || !isPrintedChoice(words) {
		return document.NoMark, false
	}
	switch Fold(g.render(parts)) {
	case "yes", "y":
		m = document.Ticked
	case "no", "n":
		m = document.Unticked
	default:
		m = document.MarkUnknown
	}
	if g.scan {
		m = document.MarkUnknown
	}
	return m, true
}

// longestChoice bounds the letters of a printed choice of answers.
const longestChoice = 24

// answerIn reads a typed answer: an x, a yes or a no, alone or with a remark behind it: "YES - since Sept".
func answerIn(text string) document.Mark {
	text = strings.TrimSpace(text)
	if text == "/" || text == "\\" || text == "+" {
		return document.Ticked
	}
	word := split(text)
	if len(word) == 0 || word[0].start > 1 {
		return document.NoMark
	}
	first, rest := word[0].text, strings.TrimLeft(text[word[0].end:], " )].")
	remark := rest == "" || strings.ContainsAny(rest[:1], "-,;:(\n") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—")
	spelt := len(word) > 1 && !isYesNo(word[1].text) && word[1].start == word[0].end+1
	switch {
	case isTick(first) && len(word) > 1 && !remark && !(first == "yes" && spelt):
	case isTick(first) && !isPrintedChoice(text):
		return document.Ticked
	case (first == "no" || first == "n") && remark && !isPrintedChoice(text), isDenial(Fold(text)):
		return document.Unticked
	}
	return document.NoMark
}

// A tally counts what the options of a group show.
type tally struct {
	seen                map[sense]bool // the different options
	marked, denied      int            // those with a mark, and of them those with a typed no
	shown, struck, bold int            // the looks of those without a mark
}

// fewDenials is of how many options that were left in a list one at most may be denied, for the others to apply all the same.
const fewDenials = 3

func tallyOf(all []state) tally {
	t := tally{seen: map[sense]bool{}}
	for _, s := range all {
		t.seen[sense{status: s.status, factor: s.factor}] = true
		switch {
		case s.mark != document.NoMark:
			t.marked++
			t.denied += count(s.mark == document.Unticked && s.trust == trustTyped)
		case s.shown:
			t.shown++
		case s.struck:
			t.struck++
		case s.bold:
			t.bold++
		}
	}
	return t
}

// passEmptyBoxes takes the boxes of a group for no marks where all are empty and some of the options are set off instead:
// highlighted, circled, left unstruck, bold or coloured. It tells whether it did: then nothing was deleted from the list.
func passEmptyBoxes(all []state) bool {
	shown, struck, bold := 0, 0, 0
	for _, s := range all {
		if s.mark != document.NoMark && s.mark != document.Unticked {
			return false
		}
		shown, struck, bold = shown+count(s.shown), struck+count(s.struck), bold+count(s.bold)
	}
	inks := inksOfStates(all)
	switch {
	case shown > 0 && 2*shown <= len(all)+1, struck < len(all) && 2*struck >= len(all):
	case bold > 0 && 2*bold < len(all), inks.some && !inks.most:
	default:
		return false
	}
	for i := range all {
		all[i].mark = document.NoMark
	}
	return true
}

// settleGroup decides the options of one group that bear no mark by what the others show. On recognised pages no mark
// is never taken for anything.
func (g *segment) settleGroup(all []state, size int) {
	boxed := !g.scan && passEmptyBoxes(all)
	t := tallyOf(all)
	deleted := !boxed && 2*len(t.seen) <= size && !g.hasStrangers(all)
	var signs []bool
	scored := false
	if t.marked == 0 && t.shown == 0 {
		signs, scored = g.signed(all)
	}
	inks := inksOfStates(all)
	for i := range all {
		s := &all[i]
		switch {
		case s.mark != document.NoMark:
		case g.scan || scored:
			s.mark, s.trust = document.MarkUnknown, trustImage
		case t.marked > 0 && !(deleted && t.marked == t.denied && fewDenials*t.denied <= len(all)):
			s.mark, s.trust = document.Unticked, trustAbsent
		case signs != nil:
			s.mark, s.trust = tickIf(signs[i]), trustSigned
		case t.shown > 0 && t.shown < len(all):
			s.mark, s.trust = tickIf(s.shown), trustShown
		case t.struck > 0:
			s.mark, s.trust = tickIf(!s.struck), trustStruck
		case deleted && len(t.seen) == 1 && g.standsUnder(s.line, statusList):
			s.mark, s.trust = document.Ticked, trustLeft
		case deleted:
			s.mark, s.trust = document.Ticked, trustDeleted
		case t.bold > 0 && 2*t.bold < len(all):
			s.mark, s.trust = tickIf(s.bold), trustBold
		case inks.some:
			s.mark, s.trust = inks.markOf(s.ink)
		}
	}
}

// hasStrangers tells a list in which several lines stand whose words are no option that is known: what is missing in it was
// not deleted.
func (g *segment) hasStrangers(all []state) bool {
	if len(all) == 0 {
		return false
	}
	strange := 0
	for n := all[0].line; n < all[len(all)-1].line; n++ {
		ln := &g.lines[n]
		if words := len(ln.words); len(ln.hits) == 0 && words > 0 && words <= longestStem && g.startOf(n) < 0 && !ln.chrome {
			strange++
		}
	}
	return strange > 1 && 4*strange > len(all)
}

// standsUnder tells whether the last label before a line, that of the contacts beside the statuses aside, is the heading of a
// list.
func (g *segment) standsUnder(n int, list Key) bool {
	var last Key
	for i := range g.anchors {
		a := &g.anchors[i]
		if a.line >= n {
			break
		}
		if a.kind == labelSense && a.key != CareContact {
			last = a.key
		}
	}
	return last == list
}

func tickIf(yes bool) document.Mark {
	if yes {
		return document.Ticked
	}
	return document.Unticked
}
