package prose

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The pattern language, one pattern a line, in the manner of regular expressions over words:
//
//	knife            the word
//	carry+           the word with its endings: carry carries carried carrying
//	friends?         friend or friends
//	carr(y|ies)      the spellings; walk(s|ed)? also the bare stem
//	(in|at the) park one of; an alternative may have several words, and groups of its own
//	(a)? knife       what is in the group may be absent; {weapon}? too
//	{weapon}         any of the phrases of [words] weapon
//	owes * money     up to three words between; *5 up to five; in a group, too
//	#                a number
//	@                a name: a word with a capital that the lexicon does not know
//
// A pattern never reaches over the end of a sentence.

// Bounds of one pattern, so that an operator's slip stays a message and not a flood.
const (
	maxPlaces = 4000
	maxGap    = 12
	maxDepth  = 8
)

// A piece is one item of a pattern: a set of words of which one must stand there, or ways of several steps each.
type piece struct {
	words    []string
	ways     []row
	optional bool
	set      uint16 // of the words, once they have numbers
}

// A row is what stands one after the other: a pattern, or one alternative of a group.
type row []step

// A step is a piece in a row, and how many words may be skipped before it.
type step struct {
	*piece
	skip uint8
}

// A phrasebook reads written patterns: it knows the named words and the irregular endings.
type phrasebook struct {
	words     map[string][]string
	irregular map[string][]string
	known     map[string]*piece // by how they are written: many stand in many patterns
}

// row reads a written pattern, or one alternative of a group.
func (b *phrasebook) row(written string, depth int) (row, error) {
	items, err := fields(written)
	if err != nil {
		return nil, err
	}
	var out row
	skip, must := uint8(0), false
	for i, item := range items {
		if strings.HasPrefix(item, "*") {
			gap, err := gapOf(item)
			if err != nil {
				return nil, err
			}
			if i == 0 || i == len(items)-1 {
				return nil, fmt.Errorf("%q: gap at the end or at the beginning: a gap stands between words", written)
			}
			skip = max(skip, gap)
			continue
		}
		p, err := b.piece(item, depth)
		if err != nil {
			return nil, err
		}
		out, skip, must = append(out, step{p, skip}), 0, must || !p.optional
	}
	if !must {
		return nil, fmt.Errorf("%q has no word that must be present", written)
	}
	return out, nil
}

// gapOf reads * or *N.
func gapOf(item string) (uint8, error) {
	if item == "*" {
		return 3, nil
	}
	n, err := strconv.Atoi(item[1:])
	if err != nil || n < 1 || n > maxGap {
		return 0, fmt.Errorf("gap %q: want * or *1 to *%d", item, maxGap)
	}
	return uint8(n), nil
}

// piece reads one item of a row.
func (b *phrasebook) piece(item string, depth int) (*piece, error) {
	if p, ok := b.known[item]; ok {
		return p, nil
	}
	body, absent := item, false
	if strings.HasPrefix(item, "{") || strings.HasPrefix(item, "(") {
		body, absent = strings.CutSuffix(item, "?")
	}
	p, err := b.bare(body, depth)
	if err != nil {
		return nil, err
	}
	p.optional = absent
	b.known[item] = p
	return p, nil
}

// bare reads an item without its question mark.
func (b *phrasebook) bare(item string, depth int) (*piece, error) {
	switch {
	case depth > maxDepth:
		return nil, errors.New("words are named in a circle")
	case strings.HasPrefix(item, "{"):
		name := strings.Trim(item, "{}")
		list, ok := b.words[name]
		if !ok {
			return nil, fmt.Errorf("no words named {%s}", name)
		}
		return b.choice(list, depth+1)
	case strings.HasPrefix(item, "("):
		if !strings.HasSuffix(item, ")") {
			return nil, fmt.Errorf("group %q is not closed", item)
		}
		list, err := alternatives(item[1 : len(item)-1])
		if err != nil {
			return nil, err
		}
		return b.choice(list, depth+1)
	}
	words, err := b.spellings(item)
	return &piece{words: words}, err
}

// choice reads a list of alternatives. All single words make one set.
func (b *phrasebook) choice(list []string, depth int) (*piece, error) {
	var rows []row
	for _, alt := range list {
		r, err := b.row(alt, depth)
		if err != nil {
			return nil, err
		}
		if len(r) == 1 && r[0].ways != nil {
			rows = append(rows, r[0].ways...) // a group within a group
		} else {
			rows = append(rows, r)
		}
	}
	return choiceOf(rows), nil
}

// choiceOf makes one piece of rows: alternatives that begin with the same words share them ("older boys", "older lads").
func choiceOf(rows []row) *piece {
	var single []string
	var long []row
	for _, r := range rows {
		if len(r) == 1 && r[0].ways == nil {
			single = append(single, r[0].words...)
		} else {
			long = append(long, r)
		}
	}
	slices.Sort(single)
	single = slices.Compact(single)
	if len(long) == 0 {
		return &piece{words: single}
	}
	ways := shareHeads(long)
	if single != nil {
		ways = append(ways, row{step{piece: &piece{words: single}}})
	}
	return &piece{ways: ways}
}

// shareHeads joins the rows that begin with the same words.
func shareHeads(rows []row) (out []row) {
	tails := map[string][]row{}
	var heads []string
	first := map[string]step{}
	for _, r := range rows {
		if r[0].ways != nil || r[0].optional || r[1].skip > 0 {
			out = append(out, r)
			continue
		}
		head := strings.Join(r[0].words, " ")
		if tails[head] == nil {
			heads, first[head] = append(heads, head), r[0]
		}
		tails[head] = append(tails[head], r[1:])
	}
	for _, head := range heads {
		if t := tails[head]; len(t) == 1 {
			out = append(out, append(row{first[head]}, t[0]...))
		} else {
			out = append(out, row{first[head], step{piece: choiceOf(t)}})
		}
	}
	return out
}

// spellings returns the spellings of one written word: plain, word+, words?, or stem(y|ies).
func (b *phrasebook) spellings(item string) ([]string, error) {
	if stem, rest, ok := strings.Cut(item, "("); ok {
		rest, bare := strings.CutSuffix(rest, "?")
		ends, closed := strings.CutSuffix(rest, ")")
		if !closed || strings.ContainsAny(ends, "() ") {
			return nil, fmt.Errorf("spellings %q are not closed", item)
		}
		var out []string
		if bare {
			out = append(out, stem)
		}
		for e := range strings.SplitSeq(ends, "|") {
			out = append(out, stem+e)
		}
		return out, plain(stem + strings.ReplaceAll(ends, "|", ""))
	}
	if w, ok := strings.CutSuffix(item, "+"); ok && w != "" {
		return inflect(w, b.irregular), plain(w)
	}
	if w, ok := strings.CutSuffix(item, "?"); ok && len(w) > 2 {
		return []string{w, w[:len(w)-1]}, plain(w)
	} else if ok && w != "" {
		return nil, fmt.Errorf("word %q: ? makes only an ending optional; write (%s)? where the word may be absent", item, w)
	}
	return []string{item}, plain(item)
}

// plain refuses a word that the splitter would never give.
func plain(w string) error {
	if w == "#" || w == "@" || w == "?" || w == "£" {
		return nil
	}
	for _, r := range w {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == ':' || r > 127 {
			continue
		}
		return fmt.Errorf("word %q: write lower case, without apostrophes or hyphens", w)
	}
	return nil
}

// fields splits a pattern at spaces outside groups.
func fields(s string) ([]string, error) {
	var out []string
	depth, start := 0, -1
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		}
		if depth < 0 {
			return nil, fmt.Errorf("%q closes a group that is not open", s)
		}
		if s[i] == ' ' && depth == 0 {
			if start >= 0 {
				out, start = append(out, s[start:i]), -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if depth != 0 {
		return nil, fmt.Errorf("group in %q is not closed", s)
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	if len(out) == 0 {
		return nil, errors.New("empty pattern")
	}
	return out, nil
}

// alternatives splits the inside of a group at its own bars.
func alternatives(s string) ([]string, error) {
	var out []string
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		case '|':
			if depth == 0 {
				out, start = append(out, s[start:i]), i+1
			}
		}
	}
	if depth != 0 {
		return nil, fmt.Errorf("group in %q is not closed", s)
	}
	return append(out, s[start:]), nil
}
