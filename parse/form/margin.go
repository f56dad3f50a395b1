package form

import (
	"regexp"
	"strings"
)

var pageNumber = regexp.MustCompile(`(?i)[\s,|-]*\bpage\s+[0-9x]`)

// margins returns the labels with values in the document's headers and footers that say whose paper it is: a child's name
// and birth date, who completed a tool and when. Only labels of the lexicon with a colon count: the rest of a margin is
// the template's.
func (l *Lexicon) margins(p *page) []anchor {
	s := scanner{Lexicon: l, page: p}
	for i := range p.lines {
		if p.doc.Cells[p.lines[i].cell].Margin {
			s.scanLine(i)
		}
	}
	var out []anchor
	for _, a := range s.anchors {
		if a.kind == labelSense && a.colon && !a.weak {
			out = append(out, a)
		}
	}
	return out
}

// addMargins takes the margins' values as further witnesses: they fill what the body leaves blank, and contradict it where
// it says something else.
func (f *filler) addMargins(all []anchor) {
	for i, a := range all {
		if f.kind == ScreeningTool && a.tool != nil {
			a.sense = a.tool
		}
		switch f.keyOf(a) {
		case Name, DateOfBirth, ToolChildName, ToolChildBirth, ToolCompletedOn, ToolCompletedBy:
		default:
			continue
		}
		text := f.lines[a.line].text
		end := a.end + len(text[a.end:]) - len(strings.TrimLeft(text[a.end:], " \t"))
		if end = pieceEnd(text, end); pageNumber.MatchString(text[a.end:end]) {
			end = a.end + pageNumber.FindStringIndex(text[a.end:end])[0]
		}
		if i+1 < len(all) && all[i+1].line == a.line {
			end = min(end, all[i+1].start)
		}
		r := reading{anchor: a, parts: []stretch{{a.line, a.end, end}}, rule: ruleBelow}
		r.text, r.typed = f.render(r.parts), f.typed(r.parts)
		f.add(r)
	}
}
