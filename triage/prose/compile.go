package prose

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"referrald/parse/form"
)

// maxWords bounds the vocabulary, the sets of words and the patterns: their numbers have 16 bits.
const maxWords = 60000

// A compiler turns a book into a Lexicon.
type compiler struct {
	lex      *Lexicon
	book     phrasebook
	rows     []ruledRow
	setOf    map[string]uint16
	setWords [][]uint16 // by set: the numbers of its words
	setCost  []int      // by set
	short    []bool     // by word: it has at most three letters
	hung     [][]uint32 // by word: the places that hang on it
	faults   []error
}

// A ruledRow is a pattern as read, with its rule.
type ruledRow struct {
	row
	rule int
}

// compile builds the lexicon, or says everything that is wrong with the book.
func compile(b *book) (*Lexicon, error) {
	c := &compiler{
		lex:      &Lexicon{vocabulary: map[string]uint16{}, keyOf: map[string]int{}, templates: map[string]bool{}},
		book:     phrasebook{words: b.Words, irregular: b.Irregular, known: map[string]*piece{}},
		setOf:    map[string]uint16{},
		setWords: [][]uint16{nil}, // 0 is no set
		short:    []bool{false},
	}
	for _, w := range slices.Sorted(maps.Keys(b.Irregular)) {
		if err := plain(w); err != nil {
			c.fault("irregular: %w", err)
		}
	}
	c.lex.sets = make([]wordSet, 1)
	c.keys(b.Keys)
	c.says(b.Says)
	c.hints(b.Hints)
	c.traps(b.Traps)
	for _, name := range slices.Sorted(maps.Keys(b.Cues)) {
		r := c.rule(rule{kind: ruleCue, cue: cues[name]})
		c.patterns("cues."+name, b.Cues[name], r)
	}
	lines := c.lines(b.Template)
	c.people(b.People)
	for _, w := range b.Abbreviations {
		c.lex.abbreviations[c.lex.vocabulary[w]] = c.lex.vocabulary[w] != 0
	}
	c.build()
	for _, line := range lines {
		c.lex.templates[string(lineKey(nil, line))] = true
		c.lex.longest = max(c.lex.longest, len(line))
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	return c.lex, nil
}

// build lays all patterns out as the graph, now that every word has its number.
func (c *compiler) build() {
	if len(c.rows) > maxWords {
		c.fault("more than %d patterns", maxWords)
		return
	}
	c.fill()
	c.price(c.uses())
	c.hung = make([][]uint32, len(c.lex.vocabulary)+1)
	c.lex.links = make([]link, 1) // 0 is no link
	for _, r := range c.rows {
		c.pattern(r.row, r.rule)
	}
	c.hang()
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
		k := key{name: e.Name, sign: e.Sign, areas: e.Areas, least: e.Hints, family: c.keyNamed(e.Family, e.Name), peer: c.keyNamed(e.Peer, e.Name)}
		for _, h := range e.Heeds {
			bit, ok := heeds[h]
			if !ok {
				c.fault("key %q: heeds %q is not one of %s", e.Name, h, names(heeds))
			}
			k.heeds |= bit
		}
		k.sources, k.hush, k.kindOfMail = c.sources(e.Name, e.Sources), len(e.Unless) > 0, strings.HasPrefix(e.Name, "class.")
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

// hints compiles the [[hint]] entries.
func (c *compiler) hints(entries []hintEntry) {
	kinds := map[string]int{}
	for i, e := range entries {
		where := fmt.Sprintf("hint %d (key %q)", i+1, e.Key)
		at := c.keyNamed(e.Key, where)
		if at < 0 || at >= len(c.lex.keys) {
			continue
		}
		if c.lex.keys[at].least == 0 {
			c.fault("%s: its key has no hints: set hints in the [[key]]", where)
		}
		kind, ok := kinds[e.Key+" "+e.Kind]
		if !ok {
			kind = len(kinds)
			kinds[e.Key+" "+e.Kind] = kind
		}
		n := uint16(len(c.lex.hints))
		c.lex.hints = append(c.lex.hints, hint{key: at, kind: kind, weight: e.Weight, anyone: e.Anyone})
		c.patterns(where, e.Patterns, c.rule(rule{kind: ruleHint, at: n}))
	}
	c.lex.kinds = len(kinds)
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
			if len(e.Keys) == 0 && !c.lex.keys[k].kindOfMail {
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

// patterns reads the written patterns of one rule, and gives their words numbers.
func (c *compiler) patterns(where string, written []string, rule int) {
	for _, p := range written {
		r, err := c.book.row(p, 0)
		if err == nil && size(r, maxPlaces) > maxPlaces {
			err = fmt.Errorf("has more than %d words", maxPlaces)
		}
		if err != nil {
			c.fault("%s: pattern %q: %w", where, p, err)
			continue
		}
		c.number(r)
		c.rows = append(c.rows, ruledRow{r, rule})
	}
}

// size counts the places of a row, up to a bound.
func size(r row, most int) int {
	n := 0
	for _, s := range r {
		n++
		for _, way := range s.ways {
			if n > most {
				return n
			}
			n += size(way, most-n)
		}
	}
	return n
}

// number gives the words of a row their numbers and its pieces their sets.
func (c *compiler) number(r row) {
	for _, s := range r {
		if s.ways == nil && s.set == 0 {
			s.piece.set = c.set(s.words)
		}
		for _, way := range s.ways {
			c.number(way)
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
	c.short = append(c.short, len(w) <= 3)
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

// set returns the number of the set of words, one for equal sets.
func (c *compiler) set(words []string) uint16 {
	var shapes uint8
	ids := make([]uint16, 0, len(words))
	for _, w := range words {
		switch w {
		case "#":
			shapes |= shapeNumber
		case "@":
			shapes |= shapeName
		default:
			ids = append(ids, c.word(w))
		}
	}
	slices.Sort(ids)
	id := string(lineKey([]byte{shapes}, ids))
	if n, ok := c.setOf[id]; ok {
		return n
	}
	if len(c.lex.sets) >= maxWords {
		if len(c.lex.sets) == maxWords {
			c.fault("more than %d different sets of words", maxWords)
		}
		return 0
	}
	n := uint16(len(c.lex.sets))
	c.lex.sets = append(c.lex.sets, wordSet{shapes: shapes})
	c.setWords = append(c.setWords, ids)
	c.setOf[id] = n
	return n
}

// fill gives each set its words.
func (c *compiler) fill() {
	for n, ids := range c.setWords {
		s := &c.lex.sets[n]
		if len(ids) == 1 && s.shapes == 0 {
			s.only = ids[0]
			continue
		}
		s.bits = make([]uint64, len(c.lex.vocabulary)/64+1)
		for _, w := range ids {
			s.bits[w/64] |= 1 << (w % 64)
		}
	}
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
