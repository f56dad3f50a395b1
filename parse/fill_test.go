package parse_test

import (
	"fmt"
	"strings"

	"referrald/parse/document"
	"referrald/parse/form"
)

// A hand is how one form is printed and filled in, from its first page to its last.
type hand struct {
	dice
	layout   layout
	bold     bool
	colon    string
	number   int // of questions; -1 for none
	sections bool
	value    inkKind
	ticks    tickStyle
	side     int // where boxes stand; see option
	noise    bool
	wordy    bool // guidance stands between the rows
}

type layout uint8

// The ways to lay out labels and answers.
const (
	sameCell   layout = iota // Label: value, two to a row
	nextCell                 // Label | value
	fourCells                // Label | value | Label | value
	underneath               // the value on the line below the label in its cell
	belowCell                // labels in one row, values in the next
	paragraphs               // Label: value
	nextLine                 // the value in the paragraph after
	tabbed                   // Label<tab>value
	layouts
)

type tickStyle uint8

// The ways to choose.
const (
	tickControl tickStyle = iota
	tickLegacy
	tickGlyph
	tickCheck
	tickSymbol
	tickBracket
	tickTyped
	tickHighlight
	tickStruck
	tickDeleted
	tickGone
	tickYesNo
	tickCircled
	tickBold
	tickStyles
)

func (d dice) hand() *hand {
	h := &hand{dice: d, layout: layout(d.IntN(int(layouts))), bold: !d.of(3), colon: pick(d, ":", ":", "", " -", ":-"), number: -1, sections: !d.of(4),
		value: pick(d, written, written, written, control, legacy, inserted), ticks: tickStyle(d.IntN(int(tickStyles))), side: d.IntN(4), noise: d.of(2), wordy: d.of(4)}
	if d.of(5) {
		h.number = 0
	}
	if (h.layout == sameCell || h.layout == paragraphs) && h.colon == "" && !h.bold || h.layout == nextLine && h.colon == " -" {
		h.colon = ":"
	}
	return h
}

// label prints a question.
func (h *hand) label(q question, inSection bool) inks {
	text := pick(h.dice, q.texts...)
	if inSection && q.short != nil && h.of(2) {
		text = pick(h.dice, q.short...)
	}
	return h.printed(text, q.hints)
}

func (h *hand) printed(text string, hints []string) inks {
	if h.number >= 0 {
		h.number++
		text = fmt.Sprintf("%d. %s", h.number, text)
	}
	if h.of(12) {
		text = strings.ToUpper(text)
	}
	hint := ""
	if hints != nil && h.of(3) {
		hint = " " + pick(h.dice, hints...)
	}
	colon := h.colon
	if strings.HasSuffix(text, "?") {
		colon = ""
	}
	if h.of(15) {
		colon = "*" + colon
	}
	look := document.Style(0)
	if h.bold {
		look = document.Bold
	}
	if h.of(2) {
		return inks{{text: text + hint + colon, look: look}}
	}
	return inks{{text: text + colon, look: look}, {text: hint}}
}

// answer writes a value as the hand fills in.
func (h *hand) answer(text string) []inks {
	if text == "" {
		if h.value == control {
			return []inks{{{kind: prompt}}}
		}
		return []inks{{}}
	}
	var out []inks
	for _, l := range strings.Split(text, "\n") {
		out = append(out, inks{{text: l, kind: h.value}})
	}
	return out
}

// ask lays out questions with their answers.
func (h *hand) ask(labels []inks, answers [][]inks) []block {
	switch h.layout {
	case paragraphs, nextLine, tabbed:
		return h.askLoose(labels, answers)
	case belowCell:
		return h.askBelow(labels, answers)
	}
	var rows [][]slot
	var row []slot
	for i, l := range labels {
		a := answers[i]
		switch h.layout {
		case sameCell:
			row = append(row, slot{lines: append([]inks{joined(l, plain(" "), a[0])}, a[1:]...)})
		case underneath:
			row = append(row, slot{lines: append([]inks{l}, a...)})
		default:
			row = append(row, cell(l), slot{lines: a})
		}
		if h.layout == nextCell || len(row) >= 2 && h.layout != fourCells || len(row) >= 4 || i == len(labels)-1 {
			rows, row = append(rows, row), nil
		}
	}
	return []block{{rows: rows}}
}

func (h *hand) askLoose(labels []inks, answers [][]inks) (out []block) {
	for i, l := range labels {
		a := answers[i]
		switch h.layout {
		case nextLine:
			out = append(out, block{line: l})
		case tabbed:
			out, a = append(out, para(l, plain("\t"), a[0])), a[1:]
		default:
			out, a = append(out, para(l, plain(" "), a[0])), a[1:]
		}
		for _, line := range a {
			out = append(out, block{line: line})
		}
	}
	return out
}

func (h *hand) askBelow(labels []inks, answers [][]inks) []block {
	var rows [][]slot
	for from := 0; from < len(labels); from += 3 {
		var head, below []slot
		for i := from; i < min(from+3, len(labels)); i++ {
			head, below = append(head, cell(labels[i])), append(below, slot{lines: answers[i]})
		}
		rows = append(rows, head, below)
	}
	return []block{{rows: rows}}
}

// yesNo answers a question with printed alternatives as the hand chooses, or in words.
func (h *hand) yesNo(yes bool) []inks {
	words := map[bool]string{true: "Yes", false: "No"}
	if h.of(3) {
		return h.answer(words[yes])
	}
	out := inks{}
	for _, w := range [...]bool{true, false} {
		box, text := h.tick(words[w], w == yes)
		switch {
		case text == nil:
			continue
		case len(out) > 0 && box == nil:
			out = append(out, ink{text: " / "})
		case len(out) > 0:
			out = append(out, ink{text: "   "})
		}
		if box != nil {
			out = append(out, *box, ink{text: " "})
		}
		out = append(out, *text)
	}
	return []inks{out}
}

// tick prints an option, chosen or not: its box, if the hand uses any, and its words, if they are left standing.
func (h *hand) tick(words string, on bool) (box, text *ink) {
	text = &ink{text: words}
	switch h.ticks {
	case tickControl:
		return &ink{kind: boxControl, on: on}, text
	case tickLegacy:
		return &ink{kind: boxLegacy, on: on}, text
	case tickGlyph:
		return &ink{kind: boxGlyph, on: on}, text
	case tickCheck:
		return &ink{kind: boxGlyph, on: on, text: map[bool]string{true: "✓", false: "☐"}[on]}, text
	case tickSymbol:
		return &ink{kind: boxSymbol, on: on}, text
	case tickBracket:
		return &ink{kind: boxBracket, on: on}, text
	case tickHighlight:
		text.look = lookIf(on, document.Highlighted)
	case tickCircled:
		text.look = lookIf(on, document.Circled)
	case tickBold:
		text.look = lookIf(on, document.Bold|document.Underlined)
	case tickStruck:
		text.look = lookIf(!on, document.Struck)
	case tickDeleted:
		if !on {
			text.kind = deleted
		}
	default:
		if !on {
			return nil, nil
		}
	}
	return nil, text
}

func lookIf(yes bool, look document.Style) document.Style {
	if yes {
		return look
	}
	return 0
}

// option prints one option of a list as a row of slots. Typed ticks and yes or no stand in the words' cell or beside it.
func (h *hand) option(words string, on bool) []slot {
	switch h.ticks {
	case tickTyped:
		mark := lookText(on, pick(h.dice, "x", "X", "Yes", "✓", "Y"))
		if h.side < 2 {
			return []slot{cell(plain(words)), cell(plain(mark))}
		}
		return []slot{cell(plain(strings.TrimRight(words+" "+mark, " ")))}
	case tickYesNo:
		return []slot{cell(plain(words)), cell(plain(lookText(on, "x"))), cell(plain(lookText(!on, "x")))}
	}
	box, text := h.tick(words, on)
	switch {
	case text == nil:
		return nil
	case box == nil:
		return []slot{cell(inks{*text})}
	case h.side == 0:
		return []slot{cell(inks{*box}), cell(inks{*text})}
	case h.side == 1:
		return []slot{cell(inks{*text}), cell(inks{*box})}
	case h.side == 2:
		return []slot{cell(inks{*text, {text: " "}, *box})}
	}
	return []slot{cell(inks{*box, {text: " "}, *text})}
}

func lookText(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

// list prints a list of options in one or two columns, or as paragraphs.
func (h *hand) list(words []string, on []bool) []block {
	var rows [][]slot
	for i, w := range words {
		if row := h.option(w, on[i]); row != nil {
			rows = append(rows, row)
		}
	}
	if h.ticks == tickYesNo {
		rows = append([][]slot{{cell(bold("Indicator")), cell(bold("Yes")), cell(bold("No"))}}, rows...)
		return []block{{rows: rows}}
	}
	if len(rows) > 0 && len(rows[0]) == 1 && h.layout >= paragraphs {
		var out []block
		for _, r := range rows {
			out = append(out, block{line: r[0].lines[0]})
		}
		return out
	}
	if half := (len(rows) + 1) / 2; len(rows) > 6 {
		for i := half; i < len(rows); i++ {
			rows[i-half] = append(rows[i-half], rows[i]...)
		}
		rows = rows[:half]
	}
	return []block{{rows: rows}}
}

// told are the fields of one paper as a careful person reads them.
type told struct {
	fields   map[form.Key]string
	asked    map[form.Key]string // the labels, for what is printed of a failure
	factors  map[form.Factor]bool
	statuses map[form.CareStatus]bool
	levels   []form.Level
}
