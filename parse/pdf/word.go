package pdf

import (
	"math"
	"sort"
	"strings"

	"referrald/parse/document"
)

// A word is what stands together on a line: letters, one box or tick, one form field, or one frame with a value in it.
type word struct {
	box
	glyphs []glyph
	tick   *tick
	widget *widget
	slot   *slot
	size   float64
	middle float64 // the height by which words of one line are known
	space  bool    // a blank follows in the file
}

// text returns the letters of a word.
func (w *word) text() string {
	var b strings.Builder
	for i := range w.glyphs {
		b.WriteString(w.glyphs[i].text)
	}
	return b.String()
}

// Gaps between words, in sizes of the letters.
const (
	gapWord   = 0.19 // letters further apart stand in two words
	gapColumn = 1.9  // words further apart stand in two columns
	gapMark   = 2.6  // a box and its label may be further apart
)

// words cuts the glyphs of a page into words, in painting order, and adds boxes and fields.
func (c *canvas) words(ticks []tick) []word {
	c.undouble()
	var out []word
	start := -1
	flush := func(end int) {
		if start >= 0 {
			out = append(out, newWord(c.glyphs[start:end]))
		}
		start = -1
	}
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if g.blank {
			flush(i)
			if n := len(out); n > 0 && follows(&out[n-1], g) {
				out[n-1].space = true
			}
			continue
		}
		if start >= 0 && !adjoins(&c.glyphs[i-1], g) {
			flush(i)
		}
		if start < 0 {
			start = i
		}
	}
	flush(len(c.glyphs))
	out = c.unknownBoxes(once(unspaced(out)))
	for i := range ticks {
		t := &ticks[i]
		out = append(out, word{box: t.box, tick: t, size: t.height(), middle: (t.y0 + t.y1) / 2})
	}
	for i := range c.widgets {
		out = append(out, fieldWord(&c.widgets[i]))
	}
	return out
}

// unknownBoxes makes boxes of the letters that stand alone before a word and of which the file does not say what they
// are: a box that a program drew with a font of its own. Whether it is ticked cannot be told. In a word of more letters one
// is missing.
func (c *canvas) unknownBoxes(words []word) []word {
	for i := range words {
		w := &words[i]
		if len(w.glyphs) == 1 && w.glyphs[0].opaque {
			w.tick = &tick{box: w.box, mark: document.MarkUnknown, source: document.SymbolFont}
			w.glyphs = nil
			continue
		}
		for j := range w.glyphs {
			c.gaps = c.gaps || w.glyphs[j].opaque && !w.glyphs[j].hidden
		}
	}
	return words
}

// follows tells whether a blank stands right behind a word.
func follows(w *word, g *glyph) bool {
	return len(w.glyphs) > 0 && math.Abs(w.glyphs[len(w.glyphs)-1].y-g.y) < 0.5*g.size && g.x0 > w.x0-0.1*g.size && g.x0 < w.x1+g.size
}

// adjoins tells whether b goes on where a ends.
func adjoins(a, b *glyph) bool {
	size := min(a.size, b.size)
	gap := b.x0 - a.x1
	return math.Abs(a.y-b.y) < 0.1*size && gap < gapWord*size && gap > -0.5*size && a.hidden == b.hidden
}

func newWord(glyphs []glyph) word {
	g := glyphs[0]
	w := word{glyphs: glyphs, size: g.size, box: box{g.x0, g.y - 0.75*g.size, g.x1, g.y + 0.22*g.size}}
	for _, o := range glyphs[1:] {
		w.x0, w.x1, w.size = min(w.x0, o.x0), max(w.x1, o.x1), max(w.size, o.size)
	}
	w.middle = g.y - 0.3*w.size
	return w
}

// fieldWord makes a word of a form field. A field of several lines is known by its first.
func fieldWord(f *widget) word {
	w := word{box: f.box, widget: f, size: min(10, max(4, f.height())), middle: (f.y0 + f.y1) / 2}
	if f.mark != document.NoMark {
		w.size = f.height()
	}
	if f.multi && f.height() > 24 {
		w.middle = f.y0 + 8
	}
	return w
}

// undouble drops letters that are painted right after themselves on nearly the same spot.
func (c *canvas) undouble() {
	kept := c.glyphs[:0]
	for _, g := range c.glyphs {
		if n := len(kept); n > 0 && twins(&kept[n-1], &g) {
			kept[n-1].style |= document.Bold
			continue
		}
		kept = append(kept, g)
	}
	c.glyphs = kept
}

func twins(a, b *glyph) bool {
	near := 0.12 * a.size
	return a.text == b.text && a.hidden == b.hidden && math.Abs(a.x0-b.x0) < near && math.Abs(a.y-b.y) < near
}

// once drops words that are painted twice on nearly the same spot, which programs do for fake bold and shadows.
func once(words []word) []word {
	seen := make(map[spot][]int, len(words))
	out := words[:0]
	for _, w := range words {
		at := spot{w.text(), int(w.x0 / spotSize), int(w.y0 / spotSize)}
		if o := twin(seen, out, at, &w); o != nil {
			for j := range o.glyphs {
				o.glyphs[j].style |= document.Bold | w.glyphs[0].style
			}
			o.space = o.space || w.space
			continue
		}
		seen[at] = append(seen[at], len(out))
		out = append(out, w)
	}
	return out
}

// A spot is a word in a square of the page.
type spot struct {
	text string
	x, y int
}

const spotSize = 8.0

// twin returns the same word at nearly the same place, or nil.
func twin(seen map[spot][]int, words []word, at spot, w *word) *word {
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			for _, i := range seen[spot{at.text, at.x + dx, at.y + dy}] {
				if o := &words[i]; math.Abs(o.x0-w.x0) < 0.2*w.size && math.Abs(o.y0-w.y0) < 0.2*w.size {
					return o
				}
			}
		}
	}
	return nil
}

// A row is one printed line of a cell or of the page, its words from left to right.
type row struct {
	words  []word
	middle float64
	size   float64
	starts []columnStart // of the columns around it, where no rules show them
}

func (r *row) x0() float64 { return r.words[0].x0 }

func (r *row) x1() float64 {
	right := r.words[0].x1
	for i := range r.words {
		right = max(right, r.words[i].x1)
	}
	return right
}

func (r *row) top() float64 {
	top := r.words[0].y0
	for i := range r.words {
		top = min(top, r.words[i].y0)
	}
	return top
}

func (r *row) bottom() float64 {
	bottom := r.words[0].y1
	for i := range r.words {
		bottom = max(bottom, r.words[i].y1)
	}
	return bottom
}

// rows sorts words into lines.
func rows(words []word) []row {
	sort.SliceStable(words, func(i, j int) bool { return words[i].middle < words[j].middle })
	var out []row
	for _, w := range words {
		if n := len(out); n > 0 && w.middle-out[n-1].middle < 0.48*min(w.size, out[n-1].size) {
			r := &out[n-1]
			r.words = append(r.words, w)
			if w.tick == nil && w.widget == nil {
				r.size = max(r.size, w.size)
			}
			continue
		}
		out = append(out, row{words: []word{w}, middle: w.middle, size: w.size})
	}
	for i := range out {
		ws := out[i].words
		sort.SliceStable(ws, func(a, b int) bool { return ws[a].x0 < ws[b].x0 })
	}
	return out
}

// wide tells whether the gap between two neighbours of a line parts columns.
func wide(a, b *word) bool {
	size := max(letterSize(a), letterSize(b))
	limit := gapColumn
	if isMark(a) && !isMark(b) {
		limit = gapMark
	}
	return b.x0-a.x1 > limit*size
}

// letterSize returns the size of letters beside a word; a box or field is no measure of it.
func letterSize(w *word) float64 {
	if len(w.glyphs) > 0 {
		return w.size
	}
	return min(w.size, 10)
}

// isMark tells whether a word is a box or tick, printed or a form field.
func isMark(w *word) bool {
	return w.tick != nil || w.widget != nil && w.widget.mark != document.NoMark
}

// segments parts a line at its wide gaps.
func (r *row) segments() []row {
	var out []row
	start := 0
	for i := 1; i <= len(r.words); i++ {
		if i < len(r.words) && !wide(&r.words[i-1], &r.words[i]) && !r.columnAt(i) {
			continue
		}
		out = append(out, row{words: r.words[start:i], middle: r.middle, size: r.size})
		start = i
	}
	return out
}
