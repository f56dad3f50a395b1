package form

import (
	"strings"

	"referrald/parse/document"
)

// A stretch is a part of a line: the bytes from start to end.
type stretch struct {
	line, start, end int
}

// A reading is what stands at one label.
type reading struct {
	anchor
	field Key // what the label names on this kind of sheet
	parts []stretch
	text  string
	rule  float64 // how surely the value belongs to the label, by where it stands
	typed float64 // how surely its words were read
}

// How surely a value belongs to a label.
const (
	ruleSame  = 0.98 // behind the label, or a form field of the label's own name
	ruleNext  = 0.95 // in the cell or on the line after it
	ruleUnder = 0.92 // in the cell below it, where rows of labels and of values take turns
	ruleBelow = 0.85 // in the cell below it
)

// trust returns the confidence of the value: source, label and rule together.
func (r *reading) trust() float64 { return r.typed * r.anchor.trust * r.rule }

// readValue finds the value of the k-th anchor of a segment.
func (g *segment) readValue(k int) reading {
	a := g.anchors[k]
	r := reading{anchor: a, rule: ruleSame, typed: 1}
	r.parts = g.own(k)
	if r.text = g.render(r.parts); r.text == "" || g.isGuide(r.parts) {
		right, ok := g.right(g.lines[a.line].cell)
		guide := r.text != "" && ok && g.isValueCell(right)
		if parts, rule := g.beside(a); r.text == "" && !hasWords(g.raw(r.parts)) || guide || g.render(parts) != "" {
			r.parts, r.rule = parts, rule
			r.text = g.render(parts)
		}
	}
	r.typed = g.typed(r.parts)
	return r
}

// isGuide tells lines in a label's cell that say what to write: in italics, or such words as "Please include".
func (g *segment) isGuide(parts []stretch) bool {
	if len(parts) < 2 || strings.TrimSpace(g.lines[parts[0].line].text[parts[0].start:parts[0].end]) != "" {
		return false
	}
	for _, p := range parts[1:] {
		ln := &g.lines[p.line]
		if !ln.has(p.start, p.end, document.Italic) && !isHintText(ln.text[p.start:p.end]) {
			return false
		}
	}
	return true
}

// own returns the stretches from the label's end to whatever ends its value in the same cell or, outside tables, in the
// paragraphs that follow.
func (g *segment) own(k int) []stretch {
	a := g.anchors[k]
	ln := &g.lines[a.line]
	end := g.nextStart(a.line, a.end)
	parts := []stretch{{a.line, a.end, end}}
	if end < len(ln.text) {
		return parts
	}
	cell := &g.doc.Cells[ln.cell]
	filled := g.render(parts) != ""
	for n := a.line + 1; n < g.to && g.goesOn(n, a, cell, filled); n++ {
		stop := g.nextStart(n, 0)
		if stop == 0 {
			break
		}
		parts = append(parts, stretch{n, 0, stop})
		filled = true
		if stop < len(g.lines[n].text) {
			break
		}
	}
	return parts
}

// goesOn tells whether line n still belongs to the value of a label.
func (g *segment) goesOn(n int, a anchor, cell *document.Cell, filled bool) bool {
	ln := &g.lines[n]
	if g.isStop(n) || g.doc.Cells[ln.cell].Margin {
		return false
	}
	if cell.Table > 0 || g.doc.Cells[ln.cell].Table > 0 {
		return ln.cell == g.lines[a.line].cell
	}
	if ln.cell == g.lines[a.line].cell {
		return true
	}
	switch {
	case a.key == ToolLevel && n+1 < g.to && isLevelOption(ln.text) && isLevelOption(g.lines[n+1].text):
		return false // levels printed one below the other
	case isFree(a.key):
		return true
	case isAddress(a.key):
		return !filled || len(ln.text) < 60 && n-a.line < 7
	}
	return !filled
}

// isStop tells a line that no value goes over: a heading, a sign-off, an option, or an unknown label that is bold where
// labels are.
func (g *segment) isStop(n int) bool {
	ln := &g.lines[n]
	return ln.chrome || ln.end || g.isOptionLine(ln) || g.bold && len(ln.words) > 0 && g.startOf(n) < 0 && ln.has(0, len(ln.text), document.Bold)
}

// startOf returns where the first label of a line begins, or -1.
func (g *segment) startOf(n int) int {
	if s, ok := g.starts[n]; ok {
		return s[0]
	}
	return -1
}

// nextStart returns where the next label after byte at of a line begins, else the line's end.
func (g *segment) nextStart(n, at int) int {
	for _, s := range g.starts[n] {
		if s >= at {
			return s
		}
	}
	return len(g.lines[n].text)
}

// beside returns the value of a label that stands alone: the cell to its right, else the one below it.
func (g *segment) beside(a anchor) ([]stretch, float64) {
	cell := g.lines[a.line].cell
	if g.lastLabelOf(cell) != a.line || g.doc.Cells[cell].Table == 0 {
		return nil, ruleNext
	}
	if a.key == ToolLevel && g.isScale(cell) {
		return nil, ruleNext
	}
	if parts, ok := g.beneath(cell); ok {
		return parts, ruleUnder
	}
	at := cell
	for range 2 {
		right, ok := g.right(at)
		if !ok || !g.isValueCell(right) && !(a.key == statusList && g.isOnlyOption(right)) {
			break
		}
		if parts := g.wholeCell(right); g.render(parts) != "" || len(parts) > 0 && !isColon(g.raw(parts)) {
			return g.row(right, parts, a.key), ruleNext
		}
		at = right
	}
	below, ok := g.below(cell)
	if !ok || !g.isValueCell(below) || at != cell && !g.isFilled(below) {
		return nil, ruleNext
	}
	parts := g.wholeCell(below)
	if g.fieldNames(parts, a) {
		return parts, ruleSame
	}
	return parts, ruleBelow
}

// isOnlyOption tells a cell that holds an option and has none below it: an answer, not the first of a list.
func (g *segment) isOnlyOption(cell int) bool {
	below, ok := g.below(cell)
	return g.first[cell+1]-g.first[cell] == 1 && g.hasHits(cell) && !(ok && g.hasHits(below)) && g.lastLabelOf(cell) < 0
}

// beneath returns the cell below one in a row of labels for the row below them: what stands to the right is another label, or
// nothing.
func (g *segment) beneath(cell int) ([]stretch, bool) {
	below, ok := g.below(cell)
	if !ok || !g.under[below] || !g.isValueCell(below) {
		return nil, false
	}
	return g.wholeCell(below), true
}

// isScale tells a cell with two levels or more in the column below it: the head of a key to them. What stands to its right is
// the head of a column too.
func (g *segment) isScale(cell int) bool {
	if right, ok := g.right(cell); ok && len(levelsIn(Fold(g.doc.Cells[right].Text()))) > 0 {
		return false
	}
	levels := map[Level]bool{}
	for at, ok := g.below(cell); ok; at, ok = g.below(at) {
		for _, l := range levelsIn(Fold(g.doc.Cells[at].Text())) {
			levels[l] = true
		}
	}
	return len(levels) > 1
}

// isColon tells a cell that holds only what parts a label from its value.
func isColon(text string) bool { return text != "" && strings.Trim(text, " :-–—=") == "" }

// row adds the cells further right where the first holds a box or a plain yes or no: answers spread over columns; and
// the levels that are printed side by side.
func (g *segment) row(cell int, parts []stretch, k Key) []stretch {
	levels := k == ToolLevel && isLevelOption(g.raw(parts))
	if !levels && !g.isAnswer(parts) {
		return parts
	}
	for range 4 {
		next, ok := g.right(cell)
		if !ok || !g.isValueCell(next) || levels && !isLevelOption(g.raw(g.wholeCell(next))) {
			break
		}
		parts = append(parts, g.wholeCell(next)...)
		cell = next
	}
	return parts
}

func (g *segment) isAnswer(parts []stretch) bool {
	raw := g.raw(parts)
	return strings.ContainsFunc(raw, isMark) || isYesNo(Fold(raw))
}

// lastLabelOf returns the line of the last label in a cell.
func (g *segment) lastLabelOf(cell int) int {
	last := -1
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		if g.startOf(n) >= 0 {
			last = n
		}
	}
	return last
}

// isValueCell tells a cell that holds no label, no heading and no option.
func (g *segment) isValueCell(cell int) bool {
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		ln := &g.lines[n]
		if g.startOf(n) >= 0 || ln.chrome || g.isOptionLine(ln) {
			return false
		}
	}
	return true
}

func (g *segment) isFilled(cell int) bool {
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		if g.lines[n].has(0, len(g.lines[n].text), document.Filled) {
			return true
		}
	}
	return false
}

func (g *segment) wholeCell(cell int) []stretch {
	var parts []stretch
	for n := g.first[cell]; n < g.first[cell+1]; n++ {
		parts = append(parts, stretch{n, 0, len(g.lines[n].text)})
	}
	return parts
}

// fieldNames tells whether a form field in the parts is named like the label.
func (g *segment) fieldNames(parts []stretch, a anchor) bool {
	label := Fold(g.lines[a.line].text[a.start:a.end])
	for _, p := range parts {
		for _, s := range g.lines[p.line].spans {
			if name := Fold(s.token.Field); name != "" && (strings.HasPrefix(label, name) || strings.HasPrefix(name, label)) {
				return true
			}
		}
	}
	return false
}

// typed returns how surely the words of the parts were read: 1 for lossless formats, less for recognised text and for what
// the reader itself doubts.
func (g *segment) typed(parts []stretch) float64 {
	least := 1.0
	for _, p := range parts {
		for _, s := range g.lines[p.line].spans {
			if s.start >= p.end || s.end <= p.start {
				continue
			}
			trust := s.token.Trust()
			if s.token.Source == document.Recognised {
				trust *= 0.95
			}
			least = min(least, trust)
		}
	}
	return least
}

// isFree tells the boxes for free text, which run over any number of lines.
func isFree(k Key) bool {
	switch k {
	case OtherAgencies, AdditionalNeeds, GroupDynamics, ProtectiveFactors, Interests, Summary, AreasOfWork, toolComment:
		return true
	}
	return false
}

func isAddress(k Key) bool { return k == Address }
