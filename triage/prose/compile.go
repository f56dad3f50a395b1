package prose

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"referrald/parse/form"
)

// maxWords bounds the vocabulary: word numbers have 16 bits.
const maxWords = 60000

// A compiler turns a book into a Lexicon.
type compiler struct {
	lex    *Lexicon
	book   phrasebook
	raw    []rawPattern
	setOf  map[string]uint16
	faults []error
}

// A rawPattern is an expanded pattern with its rule.
type rawPattern struct {
	elements []rawElement
	rule     int
}

// compile builds the lexicon, or says everything that is wrong with the book.
func compile(b *book) (*Lexicon, error) {
	c := &compiler{
		lex:   &Lexicon{vocabulary: map[string]uint16{}, keyOf: map[string]int{}, templates: map[string]bool{}},
		book:  phrasebook{words: b.Words, irregular: b.Irregular},
		setOf: map[string]uint16{},
	}
	for _, w := range slices.Sorted(maps.Keys(b.Irregular)) {
		if err := plain(w); err != nil {
			c.fault("irregular: %w", err)
		}
	}
	c.keys(b.Keys)
	c.says(b.Says)
	c.traps(b.Traps)
	for _, name := range slices.Sorted(maps.Keys(b.Cues)) {
		r := c.rule(rule{kind: ruleCue, cue: cues[name]})
		c.patterns("cues."+name, b.Cues[name], r)
	}
	c.number()
	lines := c.lines(b.Template)
	c.people(b.People)
	for _, w := range b.Abbreviations {
		c.lex.abbreviations[c.lex.vocabulary[w]] = c.lex.vocabulary[w] != 0
	}
	c.index()
	for _, line := range lines {
		c.lex.templates[string(lineKey(nil, line))] = true
		c.lex.longest = max(c.lex.longest, len(line))
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	return c.lex, nil
}

func (c *compiler) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("lexicon: "+format, args...))
}

// keys compiles the [[key]] entries.
func (c *compiler) keys(entries []keyEntry) {
	for i, e := range entries {
		if _, twice := c.lex.keyOf[e.Name]; twice || e.Name == "" {
			c.fault("key %q stands twice or has no name", e.Name)
			continue
		}
		c.lex.keyOf[e.Name] = i
	}
	for _, e := range entries {
		k := key{name: e.Name, sign: e.Sign, areas: e.Areas, family: c.keyNamed(e.Family, e.Name), peer: c.keyNamed(e.Peer, e.Name)}
		for _, h := range e.Heeds {
			bit, ok := heeds[h]
			if !ok {
				c.fault("key %q: heeds %q is not one of %s", e.Name, h, names(heeds))
			}
			k.heeds |= bit
		}
		k.sources, k.hush = c.sources(e.Name, e.Sources), len(e.Unless) > 0
		c.patterns(fmt.Sprintf("key %q unless", e.Name), e.Unless, c.rule(rule{kind: ruleHush, at: uint16(len(c.lex.keys))}))
		c.lex.keys = append(c.lex.keys, k)
	}
}

// keyNamed returns the index of a key, or -1 for no name.
func (c *compiler) keyNamed(name, of string) int {
	if name == "" {
		return -1
	}
	i, ok := c.lex.keyOf[name]
	if !ok {
		c.fault("%q names the key %q, which there is not", of, name)
	}
	return i
}

// sources checks names of sources.
func (c *compiler) sources(of string, list []string) []form.Source {
	known := []form.Source{form.FromSubject, form.FromBody, form.FromQuoted, form.FromForm, form.FromTool, form.FromOther}
	var out []form.Source
	for _, s := range list {
		if !slices.Contains(known, form.Source(s)) {
			c.fault("%q: source %q is not one of %v", of, s, known)
		}
		out = append(out, form.Source(s))
	}
	return out
}

// says compiles the [[say]] entries.
func (c *compiler) says(entries []sayEntry) {
	for i, e := range entries {
		at, ok := c.lex.keyOf[e.Key]
		if !ok {
			c.fault("say %d: no key %q: write a [[key]] for it or use one of lexicon.toml", i+1, e.Key)
			continue
		}
		s := say{key: at, with: len(e.With) > 0, unless: len(e.Unless) > 0, anyone: e.Anyone, bare: e.Bare, sources: c.sources(e.Key, e.Sources)}
		for _, b := range e.Boxes {
			s.boxes = append(s.boxes, form.Key(b))
		}
		n := uint16(len(c.lex.says))
		c.lex.says = append(c.lex.says, s)
		where := fmt.Sprintf("say %d (key %q)", i+1, e.Key)
		c.patterns(where, e.Patterns, c.rule(rule{kind: ruleSay, at: n}))
		c.patterns(where+" with", e.With, c.rule(rule{kind: ruleWith, at: n}))
		c.patterns(where+" unless", e.Unless, c.rule(rule{kind: ruleUnless, at: n}))
	}
}

// traps compiles the [[trap]] entries.
func (c *compiler) traps(entries []trapEntry) {
	c.lex.trapCount = len(entries)
	for i := range c.lex.keys {
		c.lex.keys[i].traps = make([]bool, len(entries))
	}
	for i, e := range entries {
		where := fmt.Sprintf("trap %d", i+1)
		c.patterns(where, e.Patterns, c.rule(rule{kind: ruleTrap, at: uint16(i)}))
		c.patterns(where+" unless", e.Unless, c.rule(rule{kind: ruleTrapUnless, at: uint16(i)}))
		for _, name := range e.Keys {
			if k := c.keyNamed(name, where); k >= 0 && len(c.lex.keys) > k {
				c.lex.keys[k].traps[i] = true
			}
		}
		for k := range c.lex.keys {
			if len(e.Keys) == 0 && !strings.HasPrefix(c.lex.keys[k].name, "class.") {
				c.lex.keys[k].traps[i] = true
			}
		}
	}
}

// rule adds a rule and returns its index.
func (c *compiler) rule(r rule) int {
	c.lex.rules = append(c.lex.rules, r)
	return len(c.lex.rules) - 1
}

// patterns expands written patterns of one rule.
func (c *compiler) patterns(where string, written []string, rule int) {
	for _, p := range written {
		variants, err := c.book.expand(p)
		if err != nil {
			c.fault("%s: pattern %q: %w", where, p, err)
			continue
		}
		for _, v := range variants {
			c.raw = append(c.raw, rawPattern{v, rule})
		}
	}
}

// number gives every word of every pattern its number.
func (c *compiler) number() {
	for _, p := range c.raw {
		for _, e := range p.elements {
			for _, w := range e.words {
				c.word(w)
			}
		}
	}
}

// word returns the number of a word, a new one where it has none; 0 for the signs # and @.
func (c *compiler) word(w string) uint16 {
	if w == "#" || w == "@" {
		return 0
	}
	if n, ok := c.lex.vocabulary[w]; ok {
		return n
	}
	if len(c.lex.vocabulary) >= maxWords {
		if len(c.lex.vocabulary) == maxWords {
			c.fault("more than %d different words", maxWords)
		}
		return 0
	}
	n := uint16(len(c.lex.vocabulary) + 1)
	c.lex.vocabulary[w] = n
	return n
}

// people gives single words their classes.
func (c *compiler) people(table map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		for _, item := range table[name] {
			words, err := c.book.spellings(item)
			if err != nil {
				c.fault("people.%s: %w", name, err)
				continue
			}
			for _, w := range words {
				n := int(c.word(w))
				for len(c.lex.classes) <= n {
					c.lex.classes = append(c.lex.classes, 0)
				}
				c.lex.classes[n] |= classes[name]
			}
		}
	}
	size := len(c.lex.vocabulary) + 1
	c.lex.classes = append(c.lex.classes, make([]class, size-len(c.lex.classes))...)
	c.lex.abbreviations = make([]bool, size)
}

// index gives each pattern its sets and hangs it on its rarest word.
func (c *compiler) index() {
	uses := c.uses()
	c.lex.anchors = make([][]uint32, len(c.lex.vocabulary)+1)
	for _, raw := range c.raw {
		p := pattern{rule: uint16(raw.rule)}
		best := -1
		for i, e := range raw.elements {
			p.elements = append(p.elements, element{set: c.set(e.words), skip: e.skip, optional: e.optional})
			if cost := c.cost(e, uses); !e.optional && cost > 0 && (best < 0 || cost < best) {
				best, p.anchor = cost, uint8(i)
			}
		}
		if best < 0 {
			c.fault("pattern %v has only numbers and names", raw.elements)
			continue
		}
		p.need = c.need(raw.elements, int(p.anchor))
		n := uint32(len(c.lex.patterns))
		c.lex.patterns = append(c.lex.patterns, p)
		for _, w := range raw.elements[p.anchor].words {
			c.lex.anchors[c.word(w)] = append(c.lex.anchors[c.word(w)], n)
		}
	}
}

// need returns the bits of the element, beside the anchor, that the fewest words fill; see pattern.
func (c *compiler) need(elements []rawElement, anchor int) uint64 {
	var least uint64
	for i, e := range elements {
		if i == anchor || e.optional || slices.Contains(e.words, "#") || slices.Contains(e.words, "@") {
			continue
		}
		var mask uint64
		for _, w := range e.words {
			mask |= wordBit(c.word(w))
		}
		if least == 0 || bits.OnesCount64(mask) < bits.OnesCount64(least) {
			least = mask
		}
	}
	return least
}

// uses counts in how many patterns a word stands: the little words of English are the frequent ones.
func (c *compiler) uses() map[string]int {
	uses := map[string]int{}
	for _, p := range c.raw {
		for _, e := range p.elements {
			for _, w := range e.words {
				uses[w]++
			}
		}
	}
	return uses
}

// cost says how often an element would be tried; 0 where it cannot be an anchor.
func (c *compiler) cost(e rawElement, uses map[string]int) int {
	total := 1
	for _, w := range e.words {
		if w == "#" || w == "@" {
			return 0
		}
		total += 1 + uses[w]
		if len(w) <= 3 {
			total += 400 // short words fill every text
		}
	}
	return total
}

// set returns the index of the set of words, one for equal sets.
func (c *compiler) set(words []string) uint16 {
	s := wordSet{}
	ids := make([]uint16, 0, len(words))
	for _, w := range words {
		switch w {
		case "#":
			s.shapes |= shapeNumber
		case "@":
			s.shapes |= shapeName
		default:
			ids = append(ids, c.word(w))
		}
	}
	slices.Sort(ids)
	id := []byte{s.shapes}
	for _, n := range ids {
		id = binary.BigEndian.AppendUint16(id, n)
	}
	if n, ok := c.setOf[string(id)]; ok {
		return n
	}
	if len(ids) == 1 && s.shapes == 0 {
		s.only = ids[0]
	} else {
		s.bits = make([]uint64, len(c.lex.vocabulary)/64+1)
		for _, n := range ids {
			s.bits[n/64] |= 1 << (n % 64)
		}
	}
	n := uint16(len(c.lex.sets))
	c.lex.sets = append(c.lex.sets, s)
	c.setOf[string(id)] = n
	return n
}

// lines numbers the words of the printed lines.
func (c *compiler) lines(written []string) [][]uint16 {
	var out [][]uint16
	for _, line := range written {
		var ids []uint16
		for _, w := range strings.FieldsFunc(foldLine(line), func(r rune) bool { return r == ' ' }) {
			ids = append(ids, c.word(w))
		}
		if len(ids) == 0 {
			c.fault("template: a line without words")
			continue
		}
		out = append(out, ids)
	}
	return out
}

// foldLine writes a line as the splitter reads it.
func foldLine(line string) string {
	line = strings.ReplaceAll(line, "&", " and ")
	var out []rune
	for i, r := range line {
		switch {
		case apostrophe(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = append(out, unicode.ToLower(r))
		case r == ':' && i > 0 && digitAt(line, i-1) && digitAt(line, i+1):
			out = append(out, r)
		default:
			out = append(out, ' ')
		}
	}
	return string(out)
}

// lineKey appends the words' numbers as bytes.
func lineKey(to []byte, ids []uint16) []byte {
	for _, n := range ids {
		to = binary.BigEndian.AppendUint16(to, n)
	}
	return to
}
