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
	maxVariants = 20000
	maxElements = 24
	maxGap      = 12
)

// An element is one place of a pattern: a set of words, how many words may be skipped before it, whether it may be absent.
type element struct {
	set      uint16
	skip     uint8
	optional bool
}

// A pattern is one variant of a written pattern, indexed by its rarest element.
type pattern struct {
	elements []element
	need     uint64 // bits of the words of which one must stand in the sentence, too; 0 where none must
	rule     uint16
	anchor   uint8
}

// A rawElement is an element before its words have numbers.
type rawElement struct {
	words    []string
	skip     uint8
	optional bool
}

// A phrasebook expands written patterns: it knows the named words and the irregular endings.
type phrasebook struct {
	words     map[string][]string
	irregular map[string][]string
}

// A variant is a pattern in the making, and the words that may be skipped before its next element.
type variant struct {
	elements []rawElement
	skip     uint8
}

// expand turns a written pattern into its variants.
func (b *phrasebook) expand(written string) ([][]rawElement, error) {
	items, err := fields(written)
	if err != nil {
		return nil, err
	}
	variants := []variant{{}}
	for _, item := range items {
		if strings.HasPrefix(item, "*") {
			skip, err := gapOf(item)
			if err != nil {
				return nil, err
			}
			for i := range variants {
				variants[i].skip = max(variants[i].skip, skip)
			}
			continue
		}
		choices, err := b.item(item)
		if err != nil {
			return nil, err
		}
		if variants, err = product(variants, choices); err != nil {
			return nil, err
		}
	}
	return check(variants)
}

// check refuses a pattern without a word that must stand there, or with a gap at its end.
func check(variants []variant) ([][]rawElement, error) {
	var out [][]rawElement
	for _, v := range variants {
		switch {
		case v.skip > 0:
			return nil, errors.New("gap at the end of the pattern")
		case len(v.elements) > maxElements:
			return nil, errors.New("pattern is too long")
		case !slices.ContainsFunc(v.elements, func(e rawElement) bool { return !e.optional }):
			return nil, errors.New("pattern has no word that must be present")
		}
		out = append(out, v.elements)
	}
	return out, nil
}

// product appends each choice to each variant.
func product(variants []variant, choices [][]rawElement) ([]variant, error) {
	if len(variants)*len(choices) > maxVariants {
		return nil, fmt.Errorf("pattern has more than %d variants", maxVariants)
	}
	out := make([]variant, 0, len(variants)*len(choices))
	for _, v := range variants {
		for _, c := range choices {
			next := variant{append(slices.Clone(v.elements), c...), v.skip}
			if len(c) > 0 {
				next.elements[len(v.elements)].skip = max(next.elements[len(v.elements)].skip, v.skip)
				next.skip = 0
			}
			out = append(out, next)
		}
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

// item returns the choices for one item of a pattern, each a run of elements. All single words make one choice.
func (b *phrasebook) item(item string) ([][]rawElement, error) {
	phrases, err := b.phrases(item, 0)
	if err != nil {
		return nil, err
	}
	var single []string
	var choices [][]rawElement
	absent := false
	for _, p := range phrases {
		switch {
		case len(p) == 0:
			absent = true
		case len(p) == 1 && p[0].skip == 0:
			single = append(single, p[0].words...)
		default:
			choices = append(choices, p)
		}
	}
	if single != nil {
		slices.Sort(single)
		return append(choices, []rawElement{{words: slices.Compact(single), optional: absent}}), nil
	}
	if absent {
		choices = append(choices, nil)
	}
	return choices, nil
}

// A phrase is a run of places. The empty phrase says that an item may be absent.
type phrase = []rawElement

// phrases returns what an item stands for.
func (b *phrasebook) phrases(item string, depth int) ([]phrase, error) {
	body, absent := item, false
	if strings.HasPrefix(item, "{") || strings.HasPrefix(item, "(") {
		body, absent = strings.CutSuffix(item, "?")
	}
	var out []phrase
	var err error
	switch {
	case depth > 8:
		return nil, errors.New("words are named in a circle")
	case strings.HasPrefix(body, "{"):
		out, err = b.named(body, depth)
	case strings.HasPrefix(body, "("):
		out, err = b.group(body, depth)
	default:
		var words []string
		words, err = b.spellings(body)
		out = []phrase{{{words: words}}}
	}
	if absent {
		out = append(out, nil)
	}
	return out, err
}

// named returns the phrases of {name}.
func (b *phrasebook) named(item string, depth int) ([]phrase, error) {
	name := strings.Trim(item, "{}")
	list, ok := b.words[name]
	if !ok {
		return nil, fmt.Errorf("no words named {%s}", name)
	}
	return b.alternatives(list, depth+1)
}

// group returns the phrases of (a|b c|d).
func (b *phrasebook) group(item string, depth int) ([]phrase, error) {
	if !strings.HasSuffix(item, ")") {
		return nil, fmt.Errorf("group %q is not closed", item)
	}
	list, err := alternatives(item[1 : len(item)-1])
	if err != nil {
		return nil, err
	}
	return b.alternatives(list, depth+1)
}

// alternatives returns the phrases of a list of written phrases.
func (b *phrasebook) alternatives(list []string, depth int) ([]phrase, error) {
	var out []phrase
	for _, alt := range list {
		runs, err := b.runs(alt, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, runs...)
	}
	return out, nil
}

// runs returns the phrases of one written phrase.
func (b *phrasebook) runs(written string, depth int) ([]phrase, error) {
	items, err := fields(written)
	if err != nil {
		return nil, err
	}
	runs, skip := []phrase{nil}, uint8(0)
	for i, item := range items {
		if strings.HasPrefix(item, "*") {
			if skip, err = gapOf(item); err != nil {
				return nil, err
			}
			if i == 0 || i == len(items)-1 {
				return nil, fmt.Errorf("%q: a gap stands between words", written)
			}
			continue
		}
		sub, err := b.phrases(item, depth)
		if err != nil {
			return nil, err
		}
		if runs, err = join(runs, sub, skip); err != nil {
			return nil, err
		}
		skip = 0
	}
	for _, run := range runs {
		if len(run) == 0 {
			return nil, fmt.Errorf("%q: an alternative needs a word that is not optional", written)
		}
	}
	return runs, nil
}

// join appends each phrase of sub to each run, with words that may be skipped before it.
func join(runs, sub []phrase, skip uint8) ([]phrase, error) {
	if len(runs)*len(sub) > maxVariants {
		return nil, fmt.Errorf("group has more than %d variants", maxVariants)
	}
	var out []phrase
	for _, r := range runs {
		for _, s := range sub {
			next := append(slices.Clone(r), s...)
			if len(s) > 0 && len(r) > 0 {
				next[len(r)].skip = max(next[len(r)].skip, skip)
			}
			out = append(out, next)
		}
	}
	return out, nil
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
