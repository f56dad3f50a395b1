package prose

import (
	"math/bits"
	"slices"
)

// A pattern hangs on the words of one of its steps, the rarest: only where one of them stands is it tried.

// anchorOf returns the step of a row that is tried least often, or -1 where a row has only numbers and names.
func (c *compiler) anchorOf(r row) int {
	at, least := -1, 0
	for i, s := range r {
		if cost := c.cost(s.piece); !s.optional && cost > 0 && (at < 0 || cost < least) {
			at, least = i, cost
		}
	}
	return at
}

// cost says how often a piece would be tried; 0 where it cannot be an anchor.
func (c *compiler) cost(p *piece) int {
	if p.ways == nil {
		return c.setCost[p.set]
	}
	total := 0
	for _, r := range p.ways {
		i := c.anchorOf(r)
		if i < 0 {
			return 0
		}
		total += c.cost(r[i].piece)
	}
	return total
}

// need returns the bits of the step, beside the anchor, that the fewest words fill; see pattern.
func (c *compiler) need(r row, anchor int) uint64 {
	var least uint64
	for i, s := range r {
		if i == anchor || s.optional {
			continue
		}
		if mask := c.mask(s.piece); mask != 0 && (least == 0 || bits.OnesCount64(mask) < bits.OnesCount64(least)) {
			least = mask
		}
	}
	return least
}

// mask returns the bits of words of which one must stand where the piece does, or 0 where any may.
func (c *compiler) mask(p *piece) (mask uint64) {
	if p.ways == nil {
		if c.lex.sets[p.set].shapes != 0 {
			return 0
		}
		for _, w := range c.setWords[p.set] {
			mask |= wordBit(w)
		}
		return mask
	}
	for _, r := range p.ways {
		way := c.need(r, -1)
		if way == 0 {
			return 0
		}
		mask |= way
	}
	return mask
}

// price works out what each set costs as an anchor: the little words of English, which stand in many patterns and fill
// every text, cost most.
func (c *compiler) price(uses []int) {
	c.setCost = make([]int, len(c.lex.sets))
	for set, words := range c.setWords {
		if c.lex.sets[set].shapes != 0 {
			continue
		}
		total := 1
		for _, w := range words {
			total += 1 + uses[w]
			if c.short[w] {
				total += 400
			}
		}
		c.setCost[set] = total
	}
}

// uses counts in how many places of all patterns a word stands.
func (c *compiler) uses() []int {
	uses := make([]int, len(c.lex.vocabulary)+1)
	for _, r := range c.rows {
		c.count(r.row, uses)
	}
	return uses
}

func (c *compiler) count(r row, uses []int) {
	for _, s := range r {
		for _, w := range c.setWords[s.set] {
			uses[w]++
		}
		for _, way := range s.ways {
			c.count(way, uses)
		}
	}
}

// hang lays the anchored places out by word.
func (c *compiler) hang() {
	c.lex.anchors = make([][]uint32, len(c.hung))
	total := 0
	for _, places := range c.hung {
		total += len(places)
	}
	flat := make([]uint32, 0, total)
	for w, places := range c.hung {
		from := len(flat)
		flat = append(flat, places...)
		c.lex.anchors[w] = slices.Clip(flat[from:])
	}
}
