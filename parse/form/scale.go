package form

import (
	"strings"

	"referrald/parse/document"
)

// An alternative is one level of a printed list, with what was done to it.
type alternative struct {
	text   string
	at     stretch
	ticked bool
	box    bool // it has a box, ticked or not
	shown  bool
	struck bool
	lined  bool // underlined
	bold   bool
	ink    document.Style
}

// alternatives parts what stands at a level label into the levels of a printed list, or returns nil where it is none:
// each piece must be a level and little else.
func (f *filler) alternatives(parts []stretch) []alternative {
	var out []alternative
	for _, p := range parts {
		for _, piece := range f.pieces(p) {
			a := f.alternative(piece)
			switch {
			case a.text == "" && !a.box && !a.ticked:
			case !isLevelOption(a.text):
				return nil
			default:
				out = append(out, a)
			}
		}
	}
	return out
}

// pieces cuts a stretch at slashes, bars, tabs and wide gaps, before or behind its boxes, and between levels that nothing
// parts.
func (f *filler) pieces(p stretch) []stretch {
	text := f.lines[p.line].text[p.start:p.end]
	lead := strings.IndexFunc(strings.TrimSpace(text), isMark) == 0
	var out []stretch
	from := 0
	cut := func(at, next int) {
		out = append(out, stretch{p.line, p.start + from, p.start + at})
		from = next
	}
	for i, r := range text {
		switch n := gapAt(text[i:]); {
		case i < from:
		case n > 0:
			cut(i, i+n)
		case isMark(r) && lead && hasWords(strings.Map(markToSpace, text[from:i])):
			cut(i, i)
		case isMark(r) && !lead:
			cut(i+len(string(r)), i+len(string(r)))
		}
	}
	cut(len(text), len(text))
	return f.byLevel(out)
}

func gapAt(text string) int {
	for _, sep := range [...]string{"/", "|", "\t", "   ", " or ", " OR "} {
		if strings.HasPrefix(text, sep) {
			return len(sep)
		}
	}
	return 0
}

// byLevel cuts the pieces that hold several levels before each but the first.
func (f *filler) byLevel(pieces []stretch) []stretch {
	var out []stretch
	for _, p := range pieces {
		text := f.lines[p.line].text[p.start:p.end]
		from := 0
		for _, at := range levelStarts(text) {
			if from > 0 || len(levelsIn(Fold(text[:at]))) > 0 {
				out = append(out, stretch{p.line, p.start + from, p.start + at})
				from = at
			}
		}
		out = append(out, stretch{p.line, p.start + from, p.end})
	}
	return out
}

// levelStarts returns where the levels of a text begin, those in brackets left out, if it holds two or more.
func levelStarts(text string) []int {
	words := split(text)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.text
	}
	var at []int
	for i := 0; i < len(words); {
		level, n := levelAt(folded[i:])
		if level != "" && n > 0 && !(n == 1 && len(folded[i]) == 1) && !insideBrackets(text[:words[i].start]) {
			at = append(at, words[i].start)
		}
		i += max(n, 1)
	}
	if len(at) < 2 {
		return nil
	}
	return at
}

// alternative reads one piece of a list.
func (f *filler) alternative(p stretch) alternative {
	ln := &f.lines[p.line]
	raw := ln.text[p.start:p.end]
	a := alternative{at: p, box: strings.ContainsFunc(raw, isMark), ticked: strings.ContainsRune(raw, onMark)}
	words := strings.Fields(strings.Map(markToSpace, raw))
	if n := len(words); n > 1 && isTick(bareWord(words[n-1])) {
		words, a.ticked = words[:n-1], true
	} else if n > 1 && isTick(bareWord(words[0])) {
		words, a.ticked = words[1:], true
	}
	a.text = strings.Trim(strings.Join(words, " "), " :-–,<>=*←⇐⬅")
	if end := overHint(a.text, 0); end > 0 && end == len(a.text) {
		a.text = a.text[1 : end-1] // brackets for a ring
	}
	a.struck = ln.has(p.start, p.end, document.Struck)
	a.shown = f.partly(p, document.Highlighted) || f.partly(p, document.Circled) || pointedAt("", raw) || strings.HasPrefix(strings.TrimSpace(raw), "*") || !f.scan && overHint(raw, 0) == len(strings.TrimRight(raw, " \t"))
	a.lined = f.partly(p, document.Underlined)
	a.bold = f.partly(p, document.Bold)
	switch {
	case f.partly(p, document.Faint):
		a.ink = document.Faint
	case f.partly(p, document.Coloured) && !a.lined:
		a.ink = document.Coloured
	}
	return a
}

// partly tells whether most of a piece's letters bear a look.
func (f *filler) partly(p stretch, look document.Style) bool {
	ln := &f.lines[p.line]
	with, all := 0, 0
	for _, s := range ln.spans {
		from, to := max(s.start, p.start), min(s.end, p.end)
		if from >= to {
			continue
		}
		n := len(Fold(ln.text[from:to]))
		all += n
		if s.token.Style.Has(look) {
			with += n
		}
	}
	return 3*with > 2*all
}

func bareWord(w string) string { return strings.ToLower(strings.Trim(w, ".:-–,;()[]")) }

func markToSpace(r rune) rune {
	if isMark(r) {
		return ' '
	}
	return r
}

// chosenOf returns the alternatives that were chosen, and how surely: one, or several that contradict each other. A list
// that stands whole is no choice.
func chosenOf(all []alternative) (chosen []alternative, trust float64) {
	inks := inksOfAlternatives(all)
	for _, way := range [...]struct {
		is    func(alternative) bool
		trust float64
	}{
		{func(a alternative) bool { return a.ticked }, trustTyped},
		{func(a alternative) bool { return a.shown }, trustShown},
		{func(a alternative) bool { return !a.struck }, trustStruck},
		{func(a alternative) bool { return a.lined }, trustShown},
		{func(a alternative) bool { return a.bold }, trustBold},
		{func(a alternative) bool { return a.ink == inks.chosen && inks.some }, trustInk},
	} {
		chosen = nil
		for _, a := range all {
			if way.is(a) {
				chosen = append(chosen, a)
			}
		}
		if len(chosen) > 0 && len(chosen) < len(all) {
			return chosen, way.trust
		}
	}
	return nil, 0
}

// leastList is how many levels make a printed list; of two one must be chosen.
const leastList = 3

// fromList tells whether a level label's value is a printed list, and returns the level chosen from it.
func (f *filler) fromList(r reading) (w witness, list bool) {
	all := f.alternatives(r.parts)
	if len(all) < 2 {
		return witness{}, false
	}
	chosen, trust := chosenOf(all)
	if trust == 0 {
		return witness{}, len(all) >= leastList || f.lines[all[0].at.line].cell != f.lines[all[1].at.line].cell
	}
	var texts []string
	var at []stretch
	for _, a := range chosen {
		texts, at = append(texts, a.text), append(at, a.at)
	}
	text := strings.Join(texts, ", ")
	return witness{text, LevelOf(text), trust * r.anchor.trust * f.typed(at), f.evidence(r.anchor, at, text)}, true
}

// setOffLevels returns the levels that alone are shaded, circled or left standing among those printed beside or below
// them, each on a line of its own.
func (f *filler) setOffLevels() []witness {
	var out []witness
	rows := map[cellPlace]bool{} // by table and row
	for _, group := range f.levelGroups() {
		if len(group) < 2 {
			continue
		}
		var all []alternative
		for _, n := range group {
			ln := &f.lines[n]
			end := len(undefined(ln.text))
			all = append(all, f.alternative(stretch{n, 0, min(end, len(ln.text))}))
		}
		f.signedLevels(all)
		chosen, trust := chosenOf(all)
		for _, a := range chosen {
			c := &f.doc.Cells[f.lines[a.at.line].cell]
			row := cellPlace{table: c.Table, row: c.Row}
			if c.Table > 0 && rows[row] && !f.headsColumns(f.lines[a.at.line].cell) {
				continue // what the chosen level beside it means
			}
			rows[row] = true
			out = append(out, f.optionWitness(a.at.line, a.text, trust))
		}
	}
	return out
}

// signedLevels takes for chosen what alone bears initials or a date in the cell beside it.
func (f *filler) signedLevels(all []alternative) {
	states := make([]state, len(all))
	for i, a := range all {
		states[i].line = a.at.line
	}
	if signs, _ := f.signed(states); signs != nil {
		for i := range all {
			all[i].ticked = signs[i]
		}
	}
}

// levelGroups returns the lines that print one level each, by the column or the paragraphs in which they follow each other.
func (f *filler) levelGroups() [][]int {
	var groups [][]int
	last := map[cellPlace]int{} // by table and column: the group
	for n := f.from; n < f.to; n++ {
		ln := &f.lines[n]
		if f.startOf(n) >= 0 || len(ln.words) > mostOptionWords || !isLevelOption(undefined(ln.text)) {
			continue
		}
		c := &f.doc.Cells[ln.cell]
		key := cellPlace{table: c.Table, col: c.Col}
		if c.Table > 0 && f.headsColumns(ln.cell) {
			key = cellPlace{table: c.Table, row: c.Row}
		}
		i, ok := last[key]
		if ok {
			before := groups[i][len(groups[i])-1]
			near := f.doc.Cells[f.lines[before].cell].Row+1 >= c.Row && c.Table > 0 || before+1 == n
			ok = near
		}
		if !ok {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], n)
		last[key] = i
	}
	return groups
}
