package form

import (
	"regexp"
	"strings"

	"referrald/parse/document"
)

// A witness is one place that states a tool's level.
type witness struct {
	text     string
	level    Level
	trust    float64
	evidence Evidence
}

// level reads the tool's level from its level field and from the ticked one of its printed levels. It is never computed
// from ticks or scores; a printed list that survives whole is no choice.
func (f *filler) level() {
	var all []witness
	for _, r := range f.all {
		if r.field == ToolLevel || r.field == toolScore && namesLevel(r.text) {
			all = append(all, f.stated(r)...)
		}
	}
	ticked := f.tickedLevels()
	if len(ticked) == 0 && !known(all) {
		ticked = f.setOffLevels()
	}
	all = append(all, ticked...)
	if !known(all) {
		all = append(all, f.told()...)
	}
	f.sheet.Level = LevelUnknown
	for i, w := range all {
		switch {
		case i == 0:
			f.sheet.Level = w.level
			f.sheet.Fields[ToolLevel] = Value{Text: w.text, Confidence: w.trust, Evidence: w.evidence}
		case w.level != f.sheet.Level && w.level != LevelUnknown:
			f.sheet.Level = f.agree(w, all[0])
		}
	}
	if f.sheet.Level == LevelUnknown && f.scoreOnly() {
		f.sheet.Level = LevelAmbiguous
	}
}

// namesLevel tells a score that is written with its level: "8/40 = Low".
func namesLevel(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.ContainsAny(text[:1], "0123456789") && !scoreRange.MatchString(text) && len(levelsIn(Fold(text))) == 1
}

func known(all []witness) bool {
	for _, w := range all {
		if w.level != LevelUnknown {
			return true
		}
	}
	return false
}

// scoreRange is a guide of scores and no score: "0-9 Low".
var scoreRange = regexp.MustCompile(`[0-9]\s*(?:-|–|to)\s*[0-9]`)

var score = regexp.MustCompile(`(?i)^(?:score|total|points)?[\s:=-]*[0-9]{1,3}(?:\s*(?:/|of|out of)\s*[0-9]{1,3})?\s*(?:points|pts|%)?\.?$`)

// scoreOnly tells a tool that states a number where it should state a level, or beside a level that is left blank. What
// the number means is for a person: it is neither a level nor a blank.
func (f *filler) scoreOnly() bool {
	for _, r := range f.all {
		head, _, _ := strings.Cut(r.text, "(")
		switch {
		case r.field != ToolLevel && r.field != toolScore, r.field == toolScore && r.rule == ruleBelow && r.words < 2:
		case score.MatchString(strings.TrimSpace(head)):
			return true
		}
	}
	return false
}

// trustTold is how surely a sentence that stands at no label states the level.
const trustTold = 0.85

// told returns the level that a sentence of the tool states outside any label: "Ania is assessed as low risk."
func (f *filler) told() []witness {
	var out []witness
	for n := f.from; n < f.to; n++ {
		ln := &f.lines[n]
		if ln.chrome || ln.end || f.isOptionLine(ln) || strings.ContainsFunc(ln.text, isMark) {
			continue
		}
		text := f.raw([]stretch{{n, 0, len(ln.text)}})
		if len(text) < len(ln.text) { // the levels that do not apply were struck out of the sentence
			text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == ' ' }), " ")
		}
		for _, s := range strings.SplitAfter(text, ". ") {
			if tellsLevel(s) {
				e := f.where(n)
				e.Text = strings.TrimSpace(s)
				out = append(out, witness{e.Text, LevelOf(s), trustTold, e})
			}
		}
	}
	return out
}

// tellsLevel tells a whole sentence that states one level of this child, not what each level means.
func tellsLevel(sentence string) bool {
	folded := Fold(sentence)
	if isConditional(sentence) || len(levelsIn(folded)) != 1 || strings.ContainsAny(sentence, "?/") || strings.Contains(folded, "previous") || strings.Contains(folded+" ", " not ") || strings.Contains(folded, "was ") {
		return false
	}
	for _, verb := range [...]string{" assessed as ", " assessed to be ", " assessed at ", " screened as ", " judged to be ", " judged as ", " rated as ", " graded as ", " deemed to be ", " deemed as ",
		"level of risk is ", "risk level is ", "overall risk is ", "risk of exploitation is ", "risk as ", "level of risk as ", "risk of exploitation as ", " considered to be at "} {
		if _, after, ok := strings.Cut(folded+" ", verb); ok && startsLevel(after) {
			return true
		}
	}
	return false
}

// startsLevel tells words that begin with a level, but for small words before it.
func startsLevel(folded string) bool {
	words := strings.Fields(folded)
	for len(words) > 0 && beforeLevel(words[0]) {
		words = words[1:]
	}
	level, _ := levelAt(words)
	return level != ""
}

// beforeLevel tells a word that may stand between a verb and the level: "is considered to be at low risk".
func beforeLevel(w string) bool {
	switch w {
	case "at", "a", "being", "the", "be", "to", "as", "considered", "judged", "assessed", "deemed", "currently", "felt", "thought", "believed":
		return true
	}
	return false
}

// agree settles two levels that differ: one that says nothing gives way, else they contradict each other.
func (f *filler) agree(w, first witness) Level {
	if f.sheet.Level == LevelUnknown {
		f.sheet.Fields[ToolLevel] = Value{Text: w.text, Confidence: w.trust, Evidence: w.evidence}
		return w.level
	}
	if v := f.sheet.Fields[ToolLevel]; f.sheet.Level != LevelAmbiguous || !strings.Contains(v.Text, w.text) {
		v.Text += " / " + w.text
		f.sheet.Fields[ToolLevel] = v
	}
	f.sheet.Conflicts = append(f.sheet.Conflicts, Conflict{Key: ToolLevel, Between: []Evidence{first.evidence, w.evidence},
		Sentence: "The screening tool states two different levels."})
	return LevelAmbiguous
}

// stated returns the level that stands at a level label: words, or the one left or marked of a printed list.
func (f *filler) stated(r reading) []witness {
	if w, list := f.fromList(r); list {
		if w.text == "" {
			return nil
		}
		return []witness{w}
	}
	text := r.text
	if f.isLevelList(text) {
		if text = tidy(f.shown(r.parts)); text == "" {
			text = tidy(f.setOff(r.parts))
			if text == "" && !f.scan {
				text = ringed(r.text)
			}
		}
		if text == "" || f.isLevelList(text) {
			return nil
		}
	}
	if chosen, printed := f.levelRow(r); printed {
		text = chosen
	}
	if f.worn(ToolLevel, r.parts) {
		return nil
	}
	level := LevelOf(text)
	if w, ok := f.leftUnder(r); ok && level == LevelUnknown {
		return []witness{w}
	}
	if text == "" || level == LevelUnknown && !strings.ContainsAny(text, "0123456789") && len(strings.Fields(text)) > 12 {
		return nil
	}
	if s := levelSentence(text); s != "" {
		text, level = s, LevelOf(s)
	}
	if level == LevelUnknown && !f.only(r) {
		return nil
	}
	return []witness{{text, level, r.trust(), f.evidence(r.anchor, r.parts, r.text)}}
}

// leftUnder returns the one level that was left of those printed in the rows under a level label that heads a column. On
// recognised pages others may have been misread.
func (f *filler) leftUnder(r reading) (witness, bool) {
	at, ok := f.below(f.lines[r.line].cell)
	if !ok || f.scan || r.text == "" || r.rule != ruleNext || f.first[at+1]-f.first[at] != 1 || f.headsColumns(at) {
		return witness{}, false
	}
	n := f.first[at]
	text := undefined(f.lines[n].text)
	if f.startOf(n) >= 0 || !isLevelOption(text) || strings.ContainsFunc(text, isMark) {
		return witness{}, false
	}
	for next, more := f.below(at); more; next, more = f.below(next) {
		if len(levelsIn(Fold(f.doc.Cells[next].Text()))) > 0 {
			return witness{}, false
		}
	}
	return f.optionWitness(n, text, ruleUnder*r.anchor.trust), true
}

// setOff returns the part of a printed list that alone is bold, underlined or coloured.
func (f *filler) setOff(parts []stretch) string {
	for _, look := range [...]document.Style{document.Bold, document.Underlined, document.Coloured} {
		var b, plain strings.Builder
		for _, p := range parts {
			f.appendKept(&b, p, func(t *document.Token) bool { return t.Style.Has(look) })
			f.appendKept(&plain, p, func(t *document.Token) bool { return !t.Style.Has(look) })
		}
		if isLevelOption(b.String()) && len(levelsIn(Fold(plain.String()))) > 0 {
			return b.String()
		}
	}
	return ""
}

// ringed returns the one level of a printed list that alone stands in brackets, typed for a ring: "LOW (MEDIUM) HIGH". What the
// brackets hold must be missing from the rest of the list, or they only explain: "Low Medium (amber) High".
func ringed(text string) string {
	head, rest, _ := strings.Cut(text, "(")
	inner, tail, closed := strings.Cut(rest, ")")
	plain := head + " / " + tail
	if !closed || strings.ContainsAny(plain, "()") || !isLevelOption(inner) {
		return ""
	}
	for _, w := range strings.Fields(Fold(plain)) {
		if LevelOf(w) == LevelOf(inner) {
			return ""
		}
	}
	return inner
}

// only tells whether no other label of the tool asks for the level.
func (f *filler) only(r reading) bool {
	for _, o := range f.all {
		if o.field == ToolLevel && o.text != "" && (o.line != r.line || o.start != r.start) {
			return false
		}
	}
	return true
}

// isLevelList tells a list of levels as the template prints it, of which nothing was chosen: three or more.
func (f *filler) isLevelList(text string) bool {
	words := strings.Fields(Fold(text))
	seen := map[Level]bool{}
	for i := range words {
		if level, n := levelAt(words[i : i+1]); n == 1 && level != LevelAmbiguous {
			seen[level] = true
		}
	}
	delete(seen, "")
	return len(seen) >= 3 && len(words) <= 8*len(seen)
}

var levelWords = [...]string{"assessed as", "screened as", "deemed", "risk level", "level of risk", "risk is", "overall risk", "rated", "level is", "considered", "outcome", "graded", "risk rating", "judged"}

// levelSentence returns the sentence of a longer text that states the level, or "".
func levelSentence(text string) string {
	sentences := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	var parts []string
	for _, s := range sentences {
		parts = append(parts, strings.SplitAfter(s, ". ")...)
	}
	if len(parts) < 2 {
		return ""
	}
	for _, s := range parts {
		folded := Fold(s)
		for _, w := range levelWords {
			if strings.Contains(folded, w) && len(levelsIn(folded)) > 0 {
				return strings.TrimSpace(s)
			}
		}
	}
	return ""
}

// mostOptionWords bounds a line that prints levels as options, with what each of them means.
const mostOptionWords = 60

// tickedLevels returns the printed levels that bear a mark.
func (f *filler) tickedLevels() []witness {
	var out []witness
	for n := f.from; n < f.to; n++ {
		ln := &f.lines[n]
		if len(ln.words) > mostOptionWords || !f.maybeLevels(n) {
			continue
		}
		out = append(out, f.levelsOfLine(n)...)
	}
	return out
}

// maybeLevels tells a line that may print a level as an option: few words, at least one level.
func (f *filler) maybeLevels(n int) bool {
	ln := &f.lines[n]
	_, level := f.levelLabelOn(n)
	text := ln.text
	if level > 0 {
		text = text[level:]
	}
	return f.startOf(n) < 0 && len(levelsIn(Fold(text))) > 0
}

// isLevelOption tells a level printed as an option from a sentence that holds such a word: little else stands in it.
func isLevelOption(text string) bool {
	words := strings.Fields(Fold(text))
	rest := 0
	for i := 0; i < len(words); {
		level, n := levelAt(words[i:])
		if level == "" && !besideLevel(words[i]) {
			rest++
		}
		i += max(n, 1)
	}
	return len(words) > 0 && rest == 0 && len(levelsIn(strings.Join(words, " "))) > 0 || rest <= 2 && len(words) > 0 && isLevelStart(words)
}

// undefined returns a level printed as an option without what the tool says that it means: "Low risk: some vulnerability".
func undefined(text string) string {
	for i, r := range text {
		if !strings.ContainsRune(":-–—=(\t", r) || len(Fold(text[i:])) < 12 || isStep(text[:i]) {
			continue
		}
		if end := overHint(text, i); r == '(' && end > i && len(strings.Fields(text[i:end])) <= 4 {
			if rest := undefined(text[end:]); len(Fold(text[end:])) >= 12 && rest == text[end:] {
				return text[:end]
			}
			break
		}
		if head := text[:i]; isLevelOption(head) && LevelOf(head) != LevelAmbiguous {
			return strings.TrimSpace(head)
		}
		break
	}
	return text
}

// isStep tells the number of a step that stands before the level it is for: "Pathway 1 – Low risk: early help".
func isStep(text string) bool {
	words := strings.Fields(Fold(text))
	if len(words) != 2 || strings.Trim(words[1], "0123456789") != "" {
		return false
	}
	switch words[0] {
	case "pathway", "level", "tier", "stage", "step", "band", "category", "group", "option":
		return true
	}
	return false
}

func isLevelStart(words []string) bool {
	level, n := levelAt(words)
	return level != "" && n > 0 && len(words) <= n+4
}

// besideLevel tells words that stand beside a level in an option.
func besideLevel(w string) bool {
	switch w {
	case "risk", "level", "of", "exploitation", "concern", "identified", "rating", "x", "yes", "no", "the", "is", "category",
		"score", "points", "pathway", "stage", "step", "to", "over", "under", "above", "below", "more", "less", "than", "band":
		return true
	}
	return isTick(w) || strings.Trim(w, "0123456789") == ""
}

func (f *filler) levelLabelOn(n int) (anchor, int) {
	for _, a := range f.anchors {
		if a.line == n && a.key == ToolLevel {
			return a, a.end
		}
	}
	return anchor{}, 0
}

// levelsOfLine returns the ticked levels of one line of options: "☐ Low ☒ Medium", or one level with its box beside it.
func (f *filler) levelsOfLine(n int) []witness {
	ln := &f.lines[n]
	if !strings.ContainsFunc(ln.text, isMark) {
		return f.levelBeside(n)
	}
	_, from := f.levelLabelOn(n)
	if all := f.alternatives([]stretch{{n, from, len(ln.text)}}); len(all) > 1 {
		return f.tickedOf(all)
	}
	var marks []document.Mark
	var trusts []float64
	for _, s := range ln.spans {
		if s.token.Mark != document.NoMark {
			marks, trusts = append(marks, s.token.Mark), append(trusts, markTrust(s.token))
		}
	}
	pieces := strings.FieldsFunc(ln.text, isMark)
	if len(pieces) > len(marks) && !isLevelOption(pieces[0]) { // what stands before the first box is no level
		pieces = pieces[1:]
	}
	var out []witness
	for i, p := range pieces {
		if p = undefined(p); i < len(marks) && marks[i] == document.Ticked && isLevelOption(p) {
			out = append(out, f.optionWitness(n, strings.TrimSpace(p), trusts[i]))
		}
	}
	return out
}

// tickedOf returns the ticked ones of a printed list.
func (f *filler) tickedOf(all []alternative) []witness {
	var out []witness
	for _, a := range all {
		if a.ticked {
			out = append(out, f.optionWitness(a.at.line, a.text, f.markTrustIn(a.at)))
		}
	}
	return out
}

// markTrustIn returns how surely the boxes of a stretch were read.
func (f *filler) markTrustIn(p stretch) float64 {
	least := trustGlyph
	for _, s := range f.lines[p.line].spans {
		if s.token.Mark != document.NoMark && s.start >= p.start && s.end <= p.end {
			least = min(least, markTrust(s.token))
		}
	}
	return least
}

func (f *filler) optionWitness(n int, text string, trust float64) witness {
	text = tidy(strings.Trim(text, " -–:"))
	e := f.where(n)
	e.Text = plain(strings.TrimSpace(f.lines[n].text))
	return witness{text, LevelOf(text), trust, e}
}

// levelBeside reads a printed level without a mark on its line: an x typed beside it, a box in the next cell, or, in a
// head of columns, in the cell below. The level must stand alone.
func (f *filler) levelBeside(n int) []witness {
	ln := &f.lines[n]
	cell := ln.cell
	words := split(ln.text)
	if len(words) > 0 && isTick(words[len(words)-1].text) && len(words) <= 4 && isLevelOption(ln.text) {
		return []witness{f.optionWitness(n, strings.TrimSpace(ln.text[:words[len(words)-1].start]), trustTyped)}
	}
	if len(words) > 0 && isTick(words[0].text) && len(words) <= 4 && isLevelOption(ln.text) {
		return []witness{f.optionWitness(n, strings.TrimSpace(ln.text[words[0].end:]), trustTyped)}
	}
	text := undefined(ln.text)
	if len(split(text)) > 8 || !isLevelOption(text) || f.doc.Cells[cell].Table == 0 {
		return nil
	}
	if f.headsColumns(cell) {
		if at, ok := f.chosenRow(cell); ok {
			if m, trust := f.answerOf(at); m == document.Ticked {
				return []witness{f.optionWitness(n, text, trust)}
			}
		}
		return nil
	}
	for _, next := range [...]func(int) (int, bool){f.right, f.left} {
		at, ok := next(cell)
		for ok && f.isMeaning(at, LevelOf(text)) {
			at, ok = next(at)
		}
		if !ok || f.asksYesNo(cell) || f.ofOther(at, cell) {
			continue
		}
		if m, trust := f.answerOf(at); m == document.Ticked {
			return []witness{f.optionWitness(n, text, trust)}
		}
	}
	return nil
}

// ofOther tells a cell for a mark that stands between two levels, and belongs to the other one: behind its level where the row
// begins with a level or its label, else before it.
func (f *filler) ofOther(mark, level int) bool {
	left, ok := f.left(mark)
	right, more := f.right(mark)
	if !ok || !more || !isLevelOption(f.doc.Cells[left].Text()) || !isLevelOption(f.doc.Cells[right].Text()) {
		return false
	}
	first, ok := f.at[cellPlace{f.doc.Cells[mark].Table, f.doc.Cells[mark].Row, 1}]
	m, _ := f.answerOf(first)
	leads := ok && (f.isEmpty(first) || m != document.NoMark)
	return leads == (left == level)
}

// asksYesNo tells a cell in whose row both answers are printed: heads of columns, such as "Yes", "Suspected", "No".
func (f *filler) asksYesNo(cell int) bool {
	c := &f.doc.Cells[cell]
	yes, no := false, false
	for col := 1; col <= mostColumns; col++ {
		if at, ok := f.at[cellPlace{c.Table, c.Row, col}]; ok {
			text := Fold(f.doc.Cells[at].Text())
			yes, no = yes || text == "yes" || text == "y", no || text == "no" || text == "n"
		}
	}
	return yes && no
}

// isMeaning tells a cell that says in a sentence what the level beside it means, be it in words of the same level.
func (f *filler) isMeaning(cell int, level Level) bool {
	text := f.doc.Cells[cell].Text()
	words := strings.Fields(Fold(text))
	m, _ := f.answerOf(cell)
	return len(words) > 1 && m == document.NoMark && (!isLevelOption(text) || LevelOf(text) == level)
}

// chosenRow returns the cell below a level at the head of a column in which the tool's own level is marked: that of the row
// that asks for it, else of the only row with a mark. In a grid of indicators each has its own level.
func (f *filler) chosenRow(cell int) (chosen int, ok bool) {
	rows := 0
	for at, more := f.below(cell); more && rows < maxHeadRows; at, more = f.below(at) {
		if m, _ := f.answerOf(at); m == document.NoMark && !f.isEmpty(at) {
			if rows == 0 && len(levelsIn(Fold(f.doc.Cells[at].Text()))) == 0 {
				continue // what the level means
			}
			break // another head
		}
		answered, asks := f.rowOf(at)
		switch {
		case answered && asks:
			return at, true
		case answered:
			rows++
			chosen = at
		}
	}
	return chosen, rows == 1
}

// mostColumns bounds the columns in which the answers of a row are looked for.
const mostColumns = 16

// rowOf tells whether a cell's row bears a tick, and whether it has the label of the tool's level.
func (f *filler) rowOf(cell int) (answered, asks bool) {
	c := &f.doc.Cells[cell]
	for col := 1; col <= mostColumns; col++ {
		at, ok := f.at[cellPlace{c.Table, c.Row, col}]
		if !ok {
			continue
		}
		if m, _ := f.answerOf(at); m == document.Ticked {
			answered = true
		}
		for n := f.first[at]; n < f.first[at+1]; n++ {
			_, label := f.levelLabelOn(n)
			asks = asks || label > 0
		}
	}
	return answered, asks
}

// headsColumns tells a cell whose neighbour in the row is a level too, and whose column holds no more levels than its row: in
// a list of levels what each means stands beside it, such as "Low | Vulnerable".
func (f *filler) headsColumns(cell int) bool {
	if f.levelsAlong(cell, f.above, f.below) > max(1, f.levelsAlong(cell, f.left, f.right)) {
		return false
	}
	for _, next := range [...]func(int) (int, bool){f.right, f.left} {
		if at, ok := next(cell); ok && isLevelOption(f.doc.Cells[at].Text()) && !f.isMeaning(at, LevelOf(f.doc.Cells[cell].Text())) {
			return true
		}
	}
	return false
}

// levelsAlong counts the different levels in the cells that follow each other from a cell on, both ways.
func (f *filler) levelsAlong(cell int, ways ...func(int) (int, bool)) int {
	seen := map[Level]bool{LevelOf(f.doc.Cells[cell].Text()): true}
	for _, next := range ways {
		for at, ok := next(cell); ok && isLevelOption(f.doc.Cells[at].Text()); at, ok = next(at) {
			seen[LevelOf(f.doc.Cells[at].Text())] = true
		}
	}
	return len(seen)
}

// above returns the cell above a cell, in the same column.
func (p *page) above(cell int) (int, bool) {
	c := &p.doc.Cells[cell]
	if c.Table == 0 {
		return 0, false
	}
	i, ok := p.at[cellPlace{c.Table, c.Row - 1, c.Col}]
	return i, ok
}

// left returns the cell to the left of a cell in its row.
func (p *page) left(cell int) (int, bool) {
	c := &p.doc.Cells[cell]
	if c.Table == 0 {
		return 0, false
	}
	i, ok := p.at[cellPlace{c.Table, c.Row, c.Col - 1}]
	return i, ok
}

// council tells by the words above the first label whose tool it is: "stoke", "staffordshire", "other" or "".
func (g *segment) council() string {
	to := g.to
	for _, a := range g.anchors {
		if a.kind == labelSense && a.key != "" {
			to = a.line
			break
		}
	}
	head := ""
	for i := range g.lines {
		if ln := &g.lines[i]; i >= g.from && i < to || g.doc.Cells[ln.cell].Margin {
			head += " " + Fold(ln.text)
		}
	}
	stoke := strings.Contains(head, "stoke on trent") || strings.Contains(head, "city of stoke")
	staffs := strings.Contains(head, "staffordshire") && !strings.Contains(head, "stoke on trent and staffordshire")
	switch {
	case stoke && !staffs && !strings.Contains(head, "staffordshire"):
		return "stoke"
	case staffs && !stoke:
		return "staffordshire"
	case !stoke && !staffs && !strings.Contains(head, "staffordshire") && namesAuthority(head):
		return "other"
	}
	return ""
}

func namesAuthority(head string) bool {
	for _, w := range [...]string{"county council", "borough council", "city council", "safeguarding children partnership", "safeguarding partnership",
		"safeguarding children board", "metropolitan borough", "childrens trust", "safeguarding board"} {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}
