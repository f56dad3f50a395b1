package prose

// The patterns of a lexicon as one graph: each word of a pattern is a place, and from each place lead ways to those that
// may follow it and to those that may stand before it. So "(older|adult) (boys|men in cars)" is five places and not
// four patterns, and a lexicon of some thousand patterns stays small and is quickly built.

// A place is one word of a pattern.
type place struct {
	set         uint16
	pattern     uint16
	first, last bool   // a match may begin, or end, here
	next, prev  uint32 // its first link forward and back, or 0
}

// A link leads from a place to its neighbours in ends; more is the place's next link, or 0.
type link struct {
	from, to, more uint32
}

// An end is a place and how many words may be skipped on the way to it.
type end struct {
	place uint32
	skip  uint8
}

// A pattern is what all its places share: its rule, and bits of the words of which one must stand in the sentence beside
// the anchor (0 where none must).
type pattern struct {
	need uint64
	rule uint16
}

// A part is a stretch of a pattern in the making: where it begins and ends, and whether it may be absent, leaving skip to
// what follows.
type part struct {
	first, last []end
	absent      bool
	skip        uint8
}

// pattern adds one pattern to the graph.
func (c *compiler) pattern(r row, rule int) {
	anchor := c.anchorOf(r)
	if anchor < 0 {
		c.fault("a pattern of rule %d has only numbers and names", rule)
		return
	}
	c.lex.patterns = append(c.lex.patterns, pattern{need: c.need(r, anchor), rule: uint16(rule)})
	p := c.row(r, anchor)
	for _, e := range p.first {
		c.lex.places[e.place].first = true
	}
	for _, e := range p.last {
		c.lex.places[e.place].last = true
	}
}

// row adds the steps of a row; anchor is the step that its matches hang on, or -1.
func (c *compiler) row(r row, anchor int) part {
	whole := part{absent: true}
	for i, s := range r {
		whole = c.join(whole, c.piece(s.piece, i == anchor), s.skip)
	}
	return whole
}

// piece adds one piece.
func (c *compiler) piece(p *piece, anchored bool) part {
	if p.ways == nil {
		return c.place(p, anchored)
	}
	out := part{absent: p.optional}
	for _, r := range p.ways {
		anchor := -1
		if anchored {
			anchor = c.anchorOf(r)
		}
		way := c.row(r, anchor)
		out.first, out.last = append(out.first, way.first...), append(out.last, way.last...)
	}
	return out
}

// place adds one place.
func (c *compiler) place(p *piece, anchored bool) part {
	n := uint32(len(c.lex.places))
	c.lex.places = append(c.lex.places, place{set: p.set, pattern: uint16(len(c.lex.patterns) - 1)})
	if anchored {
		for _, w := range c.setWords[p.set] {
			c.hung[w] = append(c.hung[w], n)
		}
	}
	here := []end{{place: n}}
	return part{first: here, last: here, absent: p.optional}
}

// join puts b behind a, with words that may be skipped between them.
func (c *compiler) join(a, b part, skip uint8) part {
	for _, s := range skips(a.last) {
		from, to := c.ends(b.first, max(s, skip))
		for _, e := range a.last {
			if e.skip == s {
				c.link(&c.lex.places[e.place].next, from, to)
			}
		}
	}
	for _, s := range skips(b.first) {
		from, to := c.ends(a.last, max(s, skip))
		for _, e := range b.first {
			if e.skip == s {
				c.link(&c.lex.places[e.place].prev, from, to)
			}
		}
	}
	out := part{first: a.first, last: b.last, absent: a.absent && b.absent, skip: max(a.skip, b.skip, skip)}
	if a.absent {
		out.first = append(out.first[:len(out.first):len(out.first)], skipping(b.first, max(a.skip, skip))...)
	}
	if b.absent {
		out.last = append(out.last[:len(out.last):len(out.last)], skipping(a.last, max(b.skip, skip))...)
	}
	return out
}

// skips lists the different numbers of words that ends let be skipped.
func skips(ends []end) (out []uint8) {
	for _, e := range ends {
		known := false
		for _, s := range out {
			known = known || s == e.skip
		}
		if !known {
			out = append(out, e.skip)
		}
	}
	return out
}

// skipping returns the ends with at least so many words to skip.
func skipping(ends []end, skip uint8) []end {
	out := make([]end, len(ends))
	for i, e := range ends {
		out[i] = end{e.place, max(e.skip, skip)}
	}
	return out
}

// ends keeps a list of ends and returns where it stands.
func (c *compiler) ends(list []end, skip uint8) (from, to uint32) {
	from = uint32(len(c.lex.ends))
	c.lex.ends = append(c.lex.ends, skipping(list, skip)...)
	return from, uint32(len(c.lex.ends))
}

// link hangs a list of ends on the end of a place's links, so that what may be absent is tried before its absence.
func (c *compiler) link(at *uint32, from, to uint32) {
	if from == to {
		return
	}
	for *at != 0 {
		at = &c.lex.links[*at].more
	}
	*at = uint32(len(c.lex.links))
	c.lex.links = append(c.lex.links, link{from: from, to: to})
}
