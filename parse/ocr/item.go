package ocr

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"referrald/parse/document"
)

// An item is a word or a mark on the page.
type item struct {
	rect
	text   string
	mark   document.Mark
	sure   float64
	struck bool
	ringed bool
}

// items brings a page's words and marks together. What the engine saw inside a mark is left out.
func (p *sheet) items(words []word) []item {
	var out []item
	for i, w := range words {
		if !covered(w.rect, p.marks) && isText(w) && !stray(words, i) {
			out = append(out, item{rect: w.rect, text: w.text, sure: w.trust(), struck: isStruck(w.rect, p.rules.strikes), ringed: isRinged(w.rect, p.rings)})
		}
	}
	for _, m := range p.marks {
		out = append(out, item{rect: m.rect, text: m.glyph, mark: m.state, sure: m.sure})
	}
	return out
}

// covered tells whether the middle of a word lies on a mark.
func covered(r rect, marks []mark) bool {
	p := r.middle()
	for _, m := range marks {
		g := m.grow(2)
		if p.x > float64(g.x0) && p.x < float64(g.x1) && p.y > float64(g.y0) && p.y < float64(g.y1) {
			return true
		}
	}
	return false
}

// isText tells words from the specks and scraps of rules that the engine takes for some.
func isText(w word) bool {
	if strings.Trim(w.text, "|_—–-=~.,:;'`‘’\"“”\\/°*«»()[]{}<>") != "" {
		return true
	}
	return w.sure > 0.5 && strings.Trim(w.text, "|_—=~`°\\") != ""
}

// What makes a stray letter: an edge of a stain, a piece of a stamp or a shadow that the engine took for one or two.
const (
	strayLetters = 2
	strayOne     = 0.72 // a letter less sure than this
	strayTwo     = 0.4  // two letters less sure than this
	strayGap     = 30   // dots of paper to the next word of the line
)

// stray tells a letter or two that were hardly recognised and stand by themselves. An x may be typed for a tick.
func stray(words []word, i int) bool {
	w := &words[i]
	n := letters(w.text)
	if n > strayLetters || w.sure >= strayOne || n == strayLetters && w.sure >= strayTwo || strings.Trim(w.text, "xXyYvV✓✗[]()") == "" {
		return false
	}
	for j := range words {
		o := &words[j]
		level := min(o.y1, w.y1)-max(o.y0, w.y0) > min(o.height(), w.height())/2
		if j != i && level && o.x0-w.x1 < strayGap && w.x0-o.x1 < strayGap {
			return false
		}
	}
	return true
}

// letters counts the letters and digits of a word.
func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// signTrust is how sure a dash or a point is at least: engines are never sure of them, and no value turns on one.
const signTrust = 0.85

// trust returns how sure a word is.
func (w *word) trust() float64 {
	if letters(w.text) == 0 {
		return max(w.sure, signTrust)
	}
	return w.sure
}

// isStruck tells whether a line runs through the middle of a word.
func isStruck(r rect, strikes []rule) bool {
	h := float64(r.height())
	for i := range strikes {
		s := &strikes[i]
		over := min(s.to, float64(r.x1)) - max(s.from, float64(r.x0))
		depth := (s.value(r.middle().x) - float64(r.y0)) / h
		if over > 0.7*float64(r.width()) && depth > 0.25 && depth < 0.8 {
			return true
		}
	}
	return false
}

// A row is one printed line: items from left to right.
type row struct {
	rect
	items []item
}

// rowsOf parts items into printed lines, from the top.
func rowsOf(all []item) []row {
	sort.SliceStable(all, func(i, j int) bool { return all[i].middle().y < all[j].middle().y })
	var out []row
	for _, it := range all {
		if at := rowFor(out, it); at >= 0 {
			out[at].items = append(out[at].items, it)
			out[at].rect = out[at].union(it.rect)
			continue
		}
		out = append(out, row{it.rect, []item{it}})
	}
	for i := range out {
		line := out[i].items
		sort.SliceStable(line, func(a, b int) bool { return line[a].x0 < line[b].x0 })
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].base() < out[j].base() })
	return out
}

// rowFor returns the printed line that an item stands in, or -1: the one whose height it shares most of.
func rowFor(rs []row, it item) int {
	best, at := 0.5, -1
	for i := len(rs) - 1; i >= 0 && i > len(rs)-6; i-- {
		last := rs[i].near(it)
		over := min(last.y1, it.y1) - max(last.y0, it.y0) + 1
		if s := float64(over) / float64(min(last.height(), it.height())); s > best {
			best, at = s, i
		}
	}
	return at
}

// near returns the item of a line that is closest to another sideways.
func (r *row) near(it item) rect {
	best, gap := r.items[0].rect, math.Inf(1)
	for _, o := range r.items {
		if d := math.Abs(o.middle().x - it.middle().x); d < gap {
			best, gap = o.rect, d
		}
	}
	return best
}

func (r *row) base() float64 {
	var ys []float64
	for _, it := range r.items {
		ys = append(ys, it.middle().y)
	}
	return median(ys)
}

// line makes a line of a Document: a token a word, with the spaces between them.
func (r *row) line() document.Line {
	var l document.Line
	for i, it := range r.items {
		t := document.Token{Text: it.text, Mark: it.mark, Source: document.Recognised, Box: it.points(), Confidence: it.sure}
		if it.struck {
			t.Style |= document.Struck
		}
		if it.ringed {
			t.Style |= document.Circled
		}
		if it.mark == document.NoMark && i+1 < len(r.items) && !strings.HasPrefix(r.items[i+1].text, "@") {
			t.Text += " "
		}
		l.Tokens = append(l.Tokens, t)
	}
	return l
}

// parts splits a line at gaps too wide for a space. A mark stays with the words that follow it.
func (r *row) parts(em float64) []row {
	var out []row
	for i, it := range r.items {
		wide := gapEms
		if i > 0 && r.items[i-1].mark != document.NoMark {
			wide = markEms
		}
		if i == 0 || float64(it.x0-r.items[i-1].x1) > wide*em {
			out = append(out, row{rect: it.rect})
		}
		last := &out[len(out)-1]
		last.items = append(last.items, it)
		last.rect = last.union(it.rect)
	}
	return out
}

// Gaps that part a line, in ems.
const (
	gapEms  = 1.9
	markEms = 2.6
)

// emOf returns the size of the letters of some items: what is usual among their heights, ascenders taken for two thirds.
func emOf(all []item) float64 {
	var hs []float64
	for _, it := range all {
		if it.mark == document.NoMark {
			hs = append(hs, float64(it.height()))
		}
	}
	if len(hs) == 0 {
		return 0.15 * inch
	}
	return 1.3 * median(hs)
}
