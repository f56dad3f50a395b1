package prose

// A match is one pattern found: which rule, and from which word to which (exclusive). Each pattern is found from the word
// that it hangs on; before and after have a bit for each word from there that its gaps skipped.
type match struct {
	rule          uint16
	from, to      int32
	anchor        int32
	before, after uint64
}

// skips says whether the word at i stands in a gap of the match.
func (m *match) skips(i int32) bool {
	if i < m.anchor {
		return m.before>>(m.anchor-1-i)&1 != 0
	}
	return i > m.anchor && m.after>>(i-m.anchor-1)&1 != 0
}

// wordBit gives each word one of 64 bits, so that a sentence's words make a mask.
func wordBit(id uint16) uint64 { return 1 << (id * 0x9e37 >> 10) }

// matches appends to out every pattern that stands within words[from:to]. Each word tries only the patterns that hang
// on it, and of these only those whose second rarest word may be in the sentence.
func (l *Lexicon) matches(out []match, words []word, from, to int) []match {
	var present uint64
	for _, w := range words[from:to] {
		present |= wordBit(w.id)
	}
	walk := walk{lex: l, words: words, from: from, to: to}
	for at := from; at < to; at++ {
		for _, n := range l.anchors[words[at].id] {
			p := &l.patterns[l.places[n].pattern]
			if p.need != 0 && p.need&present == 0 {
				continue
			}
			walk.at = at
			end, after := walk.forward(n, at)
			if end < 0 {
				continue
			}
			if begin, before := walk.backward(n, at); begin >= 0 {
				out = append(out, match{p.rule, int32(begin), int32(end), int32(at), before, after})
			}
		}
	}
	return out
}

// A walk follows a pattern from the word at both ways through a sentence.
type walk struct {
	lex      *Lexicon
	words    []word
	from, to int
	at       int
}

// forward goes on from a place that word at fills, and returns the word after the last, or -1, and the bits of the words
// that were skipped.
func (w *walk) forward(place uint32, at int) (int, uint64) {
	p := &w.lex.places[place]
	for k := p.next; k != 0; k = w.lex.links[k].more {
		for _, e := range w.lex.ends[w.lex.links[k].from:w.lex.links[k].to] {
			set := w.lex.places[e.place].set
			for n := at + 1; n <= at+1+int(e.skip) && n < w.to; n++ {
				if !w.lex.has(set, w.words[n]) {
					continue
				}
				if end, gaps := w.forward(e.place, n); end >= 0 {
					return end, gaps | run(at-w.at, n-w.at-1)
				}
			}
		}
	}
	if p.last {
		return at + 1, 0
	}
	return -1, 0
}

// backward goes back from a place that word at fills, and returns the first word, or -1, and the bits of the words that
// were skipped.
func (w *walk) backward(place uint32, at int) (int, uint64) {
	p := &w.lex.places[place]
	for k := p.prev; k != 0; k = w.lex.links[k].more {
		for _, e := range w.lex.ends[w.lex.links[k].from:w.lex.links[k].to] {
			set := w.lex.places[e.place].set
			for n := at - 1; n >= at-1-int(e.skip) && n >= w.from; n-- {
				if !w.lex.has(set, w.words[n]) {
					continue
				}
				if begin, gaps := w.backward(e.place, n); begin >= 0 {
					return begin, gaps | run(w.at-at, w.at-n-1)
				}
			}
		}
	}
	if p.first {
		return at, 0
	}
	return -1, 0
}

// run returns the bits from one to another (exclusive).
func run(from, to int) uint64 { return (1<<to - 1) &^ (1<<from - 1) }

// has says whether the word may stand at a place.
func (l *Lexicon) has(set uint16, w word) bool {
	s := &l.sets[set]
	switch {
	case s.only != 0:
		return w.id == s.only
	case s.shapes&w.shape != 0:
		return true
	}
	return w.id != 0 && s.bits[w.id/64]&(1<<(w.id%64)) != 0
}
