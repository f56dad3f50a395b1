package prose

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"referrald/parse/form"
)

//go:embed lexicon.toml
var embedded []byte

// A Lexicon is the compiled words of lexicon.toml and its extensions. It never changes after Load, and any number of
// goroutines may read with it.
type Lexicon struct {
	vocabulary    map[string]uint16 // from 1; 0 is an unknown word
	classes       []class           // by word
	abbreviations []bool            // by word
	sets          []wordSet
	patterns      []pattern
	places        []place
	links         []link
	ends          []end
	anchors       [][]uint32 // by word: the places that hang on it
	rules         []rule
	says          []say
	hints         []hint
	kinds         int // of hints
	keys          []key
	trapCount     int
	keyOf         map[string]int
	templates     map[string]bool
	longest       int // words of the longest template line
}

// A wordSet is the set of words that may stand at one place.
type wordSet struct {
	only   uint16   // where one is set: just this word
	bits   []uint64 // else: by word
	shapes uint8    // or any word of these shapes
}

// A rule is what a matched pattern means.
type rule struct {
	kind ruleKind
	cue  cue
	at   uint16 // which say or trap
}

type ruleKind uint8

const (
	ruleSay ruleKind = iota
	ruleWith
	ruleUnless
	ruleHush
	ruleCue
	ruleTrap
	ruleTrapUnless
	ruleHint
)

// A say is a compiled sayEntry.
type say struct {
	key     int
	with    bool
	unless  bool
	anyone  bool
	bare    bool
	boxes   []form.Key
	sources []form.Source
}

// A hint is a compiled hintEntry.
type hint struct {
	key    int
	kind   int // of all kinds of all keys
	weight int
	anyone bool
}

// A key is a compiled keyEntry.
type key struct {
	name    string
	sign    string
	heeds   heed
	sources []form.Source
	areas   bool
	family  int // index of the key for relatives, or -1
	peer    int
	traps   []bool // by trap: whether it can be one of this key
	hush    bool   // it has an Unless of its own
	least   int    // the weight of hints that tells it, or 0

	kindOfMail bool // a class.*: it says what kind of message this is, and nothing of the child
}

// Default returns the embedded lexicon.
func Default() (*Lexicon, error) { return Load() }

// Load returns the embedded lexicon with an operator's extensions, each a TOML text of the same shape: words, people and
// cues are added to the lists of the same name, and entries of say, trap and key to theirs. Every fault of every
// extension is in the error, each with its place and a remedy.
func Load(extra ...io.Reader) (*Lexicon, error) {
	whole := &book{}
	faults := whole.add("lexicon", bytes.NewReader(embedded))
	for i, r := range extra {
		faults = append(faults, whole.add(fmt.Sprintf("lexicon extension %d", i+1), r)...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return compile(whole)
}

// add reads one TOML text into the book.
func (b *book) add(name string, r io.Reader) []error {
	var more book
	meta, err := toml.NewDecoder(r).Decode(&more)
	if err != nil {
		return []error{fmt.Errorf("%s: reading TOML: %w", name, err)}
	}
	var faults []error
	for _, k := range meta.Undecoded() {
		faults = append(faults, fmt.Errorf("%s: unknown setting %q: see lexicon.toml for the names", name, k.String()))
	}
	faults = append(faults, more.check(name)...)
	b.merge(&more)
	return faults
}

// check finds names that the package does not know.
func (b *book) check(name string) []error {
	var faults []error
	for _, k := range slices.Sorted(maps.Keys(b.People)) {
		if _, ok := classes[k]; !ok {
			faults = append(faults, fmt.Errorf("%s: people.%s is not one of %s", name, k, names(classes)))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(b.Cues)) {
		if _, ok := cues[k]; !ok {
			faults = append(faults, fmt.Errorf("%s: cues.%s is not one of %s", name, k, names(cues)))
		}
	}
	for i, s := range b.Says {
		if s.Key == "" || len(s.Patterns) == 0 {
			faults = append(faults, fmt.Errorf("%s: say %d: give it a key and patterns", name, i+1))
		}
	}
	for i, h := range b.Hints {
		if h.Key == "" || h.Kind == "" || h.Weight < 1 || len(h.Patterns) == 0 {
			faults = append(faults, fmt.Errorf("%s: hint %d: give it a key, a kind, a weight of at least 1 and patterns", name, i+1))
		}
	}
	return faults
}

// names lists the keys of a table for a message.
func names[V any](m map[string]V) string { return strings.Join(slices.Sorted(maps.Keys(m)), ", ") }

// merge adds the entries of more.
func (b *book) merge(more *book) {
	b.Abbreviations = append(b.Abbreviations, more.Abbreviations...)
	b.Template = append(b.Template, more.Template...)
	b.Keys = append(b.Keys, more.Keys...)
	b.Says = append(b.Says, more.Says...)
	b.Hints = append(b.Hints, more.Hints...)
	b.Traps = append(b.Traps, more.Traps...)
	b.Words = extend(b.Words, more.Words)
	b.Irregular = extend(b.Irregular, more.Irregular)
	b.People = extend(b.People, more.People)
	b.Cues = extend(b.Cues, more.Cues)
}

// extend adds the lists of more to those of the same name.
func extend(to, more map[string][]string) map[string][]string {
	if to == nil {
		to = map[string][]string{}
	}
	for k, list := range more {
		to[k] = append(to[k], list...)
	}
	return to
}

// SignOf returns which of the nine signs of source document B a key tells, or "".
func (l *Lexicon) SignOf(key string) string {
	if i, ok := l.keyOf[key]; ok {
		return l.keys[i].sign
	}
	return ""
}

// Keys lists every key that the lexicon can find, in the order of lexicon.toml.
func (l *Lexicon) Keys() []string {
	out := make([]string, len(l.keys))
	for i, k := range l.keys {
		out[i] = k.name
	}
	return out
}
