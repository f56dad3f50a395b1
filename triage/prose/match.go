package prose

// A match is one pattern found: which rule, and from which word to which (exclusive).
type match struct {
	rule     uint16
	from, to int32
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
	for at := from; at < to; at++ {
		for _, n := range l.anchors[words[at].id] {
			p := &l.patterns[n]
			if p.need != 0 && p.need&present == 0 {
				continue
			}
			end := l.forward(p, int(p.anchor)+1, words, at+1, to, 0)
			if end < 0 {
				continue
			}
			if begin := l.backward(p, int(p.anchor), words, at, from, p.elements[p.anchor].skip); begin >= 0 {
				out = append(out, match{p.rule, int32(begin), int32(end)})
			}
		}
	}
	return out
}

// forward finds the elements from i on, from word at on, and returns the word after the last, or -1. skip is what an
// absent element leaves to the next.
func (l *Lexicon) forward(p *pattern, i int, words []word, at, to int, skip uint8) int {
	if i == len(p.elements) {
		return at
	}
	e := p.elements[i]
	skip = max(skip, e.skip)
	for n := at; n <= at+int(skip) && n < to; n++ {
		if l.has(e.set, words[n]) {
			if end := l.forward(p, i+1, words, n+1, to, 0); end >= 0 {
				return end
			}
		}
	}
	if e.optional {
		return l.forward(p, i+1, words, at, to, skip)
	}
	return -1
}

// backward finds the elements before i, which stands at word at, and returns the first word, or -1.
func (l *Lexicon) backward(p *pattern, i int, words []word, at, from int, skip uint8) int {
	if i == 0 {
		return at
	}
	e := p.elements[i-1]
	for n := at - 1; n >= at-1-int(skip) && n >= from; n-- {
		if l.has(e.set, words[n]) {
			if begin := l.backward(p, i-1, words, n, from, e.skip); begin >= 0 {
				return begin
			}
		}
	}
	if e.optional {
		return l.backward(p, i-1, words, at, from, max(skip, e.skip))
	}
	return -1
}

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
