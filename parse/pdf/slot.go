package pdf

import (
	"strings"

	"referrald/parse/document"
)

// A slot is a frame that stands by itself with a value in it, its label outside: what a form field leaves on a page that was
// printed or flattened. It is laid out as the field was, one word with a place, so that it stands beside or below its label.
type slot struct{ lines []document.Line }

// slots makes words of the tables that are no more than the frame of one value, and gives the other tables with theirs.
func (c *canvas) slots(grids []table, held [][][]word, spaced bool) (kept []table, words [][][]word, framed []word) {
	for i := range grids {
		t := &grids[i]
		if len(t.regions) != 1 || !c.isSlot(t, held[i][0]) {
			kept, words = append(kept, *t), append(words, held[i])
			continue
		}
		framed = append(framed, t.slot(held[i][0], spaced))
	}
	return kept, words, framed
}

// slotLine is how high a frame of one line or two may be, in points.
const slotLine = 28.0

// isSlot tells whether a table of one cell holds a value and no label of its own. What holds boxes or columns is more, and
// so is the rest of the last page's table.
func (c *canvas) isSlot(t *table, words []word) bool {
	if t.regions[0].open || c.above != nil && near(c.above.x0, t.x0) && near(c.above.x1, t.x1) && t.y0 < c.frame.y0+topPart*c.frame.height() {
		return false
	}
	for i := range words {
		w := &words[i]
		if w.widget != nil || w.tick != nil {
			return false
		}
	}
	rs := rows(words)
	for i := range rs {
		last := rs[i].words[len(rs[i].words)-1].text()
		if labelBegins(&rs[i]) || i == 0 && strings.HasSuffix(last, ":") || len(rs[i].segments()) > 1 {
			return false
		}
	}
	return true
}

// slot returns the word that the table's frame and what it holds make.
func (t *table) slot(held []word, spaced bool) word {
	w := word{box: t.box, slot: &slot{}, size: min(10, max(4, t.height())), middle: (t.y0 + t.y1) / 2}
	if t.height() > slotLine {
		w.middle = t.y0 + 8
	}
	if len(held) > 0 {
		rs := rows(held)
		w.slot.lines = paragraphs(rs, t.regions[0].measure(rs, spaced))
		w.size, w.middle = rs[0].size, rs[0].middle
	}
	return w
}

// tokens returns the first line of a slot and those below it.
func (s *slot) tokens() (line []document.Token, rest []document.Line) {
	if len(s.lines) == 0 {
		return nil, nil
	}
	return s.lines[0].Tokens, s.lines[1:]
}
