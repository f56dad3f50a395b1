package form

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed labels.toml
var labels string

// A Lexicon holds the words that forms and screening tools print: labels, options, headings and template lines. It is
// read once and never changes after, so that any number of readers may share it.
type Lexicon struct {
	words map[string]int32
	skip  map[int32]bool
	turns map[int32]bool

	guides map[int32]bool // what a template tells people to do with it
	paper  map[int32]bool // the words for the form itself and its parts

	groups  trie // phrase -> group
	phrases trie // label, option, heading … -> senses; groups are edges of it
	senses  []sense
	cues    []cue

	vocabulary []labelWord // the words again, for text that was recognised
}

// A sense is one thing that a phrase can mean.
type sense struct {
	kind   senseKind
	key    Key    // of a label; "" for one that only ends the value before it
	part   int    // of a label: the place of its box in a value of several boxes
	in     string // of a label: the section it is bound to; anySection everywhere
	sheet  Kind   // of a label or heading: the kind of sheet it is bound to
	weak   bool   // of a label: counts only where nothing better is found
	status CareStatus
	factor Factor
	name   string // of a section
}

type senseKind uint8

const (
	labelSense senseKind = iota
	optionSense
	sectionSense
	headingSense
	templateSense
	signoffSense
)

// anySection stands for a label that counts in every section; the empty name is the place before any section.
const anySection = "*"

// Keys of the lexicon that are no fields of the contract: the list of statuses, the list of factors, a tool's comment.
const (
	statusList  Key = "status"
	factorList  Key = "factors"
	toolComment Key = "comment"
	toolScore   Key = "score"
)

// A lexiconFile is the shape of a lexicon's TOML.
type lexiconFile struct {
	Skip     []string            `toml:"skip"`
	Turns    []string            `toml:"turns"`
	Guides   []string            `toml:"guides"`
	Paper    []string            `toml:"paper"`
	Groups   map[string][]string `toml:"groups"`
	Label    []labelEntry        `toml:"label"`
	Option   []optionEntry       `toml:"option"`
	Section  []sectionEntry      `toml:"section"`
	Heading  []headingEntry      `toml:"heading"`
	Template []textsEntry        `toml:"template"`
	Signoff  []textsEntry        `toml:"signoff"`
	Cue      []cueEntry          `toml:"cue"`
}

type labelEntry struct {
	Key   string   `toml:"key"`
	In    []string `toml:"in"`
	Part  int      `toml:"part"`
	Kind  string   `toml:"kind"`
	Weak  bool     `toml:"weak"`
	Texts []string `toml:"texts"`
}

type cueEntry struct {
	Key  string     `toml:"key"`
	Kind string     `toml:"kind"`
	All  [][]string `toml:"all"`
	None []string   `toml:"none"`
}

type optionEntry struct {
	Status string   `toml:"status"`
	Factor string   `toml:"factor"`
	Texts  []string `toml:"texts"`
}

type sectionEntry struct {
	Name  string   `toml:"name"`
	Texts []string `toml:"texts"`
}

type headingEntry struct {
	Kind  string   `toml:"kind"`
	Texts []string `toml:"texts"`
}

type textsEntry struct {
	Texts []string `toml:"texts"`
}

// Load returns the embedded lexicon with an operator's extensions: files of the same shape, whose labels and options are
// added to the embedded ones. All faults are listed at once, each with its place and a remedy.
func Load(extra ...io.Reader) (*Lexicon, error) {
	l := &Lexicon{words: map[string]int32{}, skip: map[int32]bool{}, turns: map[int32]bool{}, guides: map[int32]bool{}, paper: map[int32]bool{}}
	files := []lexiconFile{{}}
	if _, err := toml.Decode(labels, &files[0]); err != nil {
		return nil, fmt.Errorf("reading the embedded labels: %w", err)
	}
	var faults []error
	for i, r := range extra {
		var f lexiconFile
		meta, err := toml.NewDecoder(r).Decode(&f)
		if err != nil {
			faults = append(faults, fmt.Errorf("labels file %d: %w; write it in the shape of the embedded labels", i+1, err))
			continue
		}
		for _, k := range meta.Undecoded() {
			faults = append(faults, fmt.Errorf("labels file %d: %s is no setting of a lexicon; remove it or mend its spelling", i+1, k))
		}
		files = append(files, f)
	}
	b := lexiconBuilder{Lexicon: l, groupID: map[string]int32{}, groupTexts: map[string][]string{}}
	b.addAll(files)
	if faults = append(faults, b.faults...); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	l.spell()
	return l, nil
}

// A lexiconBuilder fills a Lexicon and gathers the faults of its files.
type lexiconBuilder struct {
	*Lexicon
	groupID map[string]int32
	faults  []error

	groupTexts map[string][]string
	file       int
}

func (b *lexiconBuilder) addAll(files []lexiconFile) {
	for b.file = range files {
		f := &files[b.file]
		for _, s := range f.Skip {
			b.skip[b.word(Fold(s))] = true
		}
		for _, s := range f.Turns {
			b.turns[b.word(Fold(s))] = true
		}
		for _, s := range f.Guides {
			b.guides[b.word(Fold(s))] = true
		}
		for _, s := range f.Paper {
			b.paper[b.word(Fold(s))] = true
		}
		for _, name := range slices.Sorted(maps.Keys(f.Groups)) {
			if _, ok := b.groupID[name]; !ok {
				b.groupID[name] = int32(len(b.groupID))
			}
		}
	}
	for b.file = range files {
		f := &files[b.file]
		for _, name := range slices.Sorted(maps.Keys(f.Groups)) {
			b.groupTexts[name] = append(b.groupTexts[name], f.Groups[name]...)
			for _, t := range f.Groups[name] {
				b.groups.add(b.steps("groups."+name, t), b.groupID[name])
			}
		}
		b.addLabels(f)
		b.addOthers(f)
		b.addCues(f)
	}
}

func (b *lexiconBuilder) addLabels(f *lexiconFile) {
	for i, e := range f.Label {
		place := fmt.Sprintf("label %d (%s)", i+1, e.Key)
		if !knownKey(Key(e.Key)) {
			b.fault(place, "the key is no field of the form or the tool", "use one of the keys of the explain contract")
		}
		s := sense{kind: labelSense, key: Key(e.Key), part: e.Part, weak: e.Weak, in: anySection}
		switch e.Kind {
		case "tool":
			s.sheet = ScreeningTool
		case "form":
			s.sheet = ReferralForm
		case "":
		default:
			b.fault(place, "the kind is unknown", `write "form", "tool" or leave it out`)
		}
		sections := e.In
		if len(sections) == 0 {
			sections = []string{anySection}
		}
		for _, s.in = range sections {
			b.addTexts(place, e.Texts, s)
		}
	}
	for i, e := range f.Option {
		place := fmt.Sprintf("option %d", i+1)
		s := sense{kind: optionSense, status: CareStatus(e.Status), factor: Factor(e.Factor)}
		if !knownOption(s) {
			b.fault(place, "it names neither a status nor a factor of the form", "use the keys of the explain contract")
		}
		b.addTexts(place, e.Texts, s)
	}
}

func (b *lexiconBuilder) addOthers(f *lexiconFile) {
	for i, e := range f.Section {
		b.addTexts(fmt.Sprintf("section %d", i+1), e.Texts, sense{kind: sectionSense, name: e.Name})
	}
	for i, e := range f.Heading {
		place := fmt.Sprintf("heading %d", i+1)
		if Kind(e.Kind) != ReferralForm && Kind(e.Kind) != ScreeningTool {
			b.fault(place, "the kind is unknown", `write "referral_form" or "screening_tool"`)
		}
		b.addTexts(place, e.Texts, sense{kind: headingSense, sheet: Kind(e.Kind)})
	}
	for i, e := range f.Template {
		b.addTexts(fmt.Sprintf("template %d", i+1), e.Texts, sense{kind: templateSense})
	}
	for i, e := range f.Signoff {
		b.addTexts(fmt.Sprintf("signoff %d", i+1), e.Texts, sense{kind: signoffSense})
	}
}

func (b *lexiconBuilder) addCues(f *lexiconFile) {
	for i, e := range f.Cue {
		place := fmt.Sprintf("cue %d (%s)", i+1, e.Key)
		if !knownKey(Key(e.Key)) {
			b.fault(place, "the key is no field of the form or the tool", "use one of the keys of the explain contract")
		}
		if len(e.All) == 0 {
			b.fault(place, "it asks for no word", "list under all what must stand in the label")
		}
		c := cue{none: b.wordSet(place, e.None), weigh: len(e.All)}
		for _, words := range e.All {
			c.all = append(c.all, b.wordSet(place, words))
		}
		v := &sense{kind: labelSense, key: Key(e.Key), in: anySection, weak: true}
		switch e.Kind {
		case "form":
			c.form = v
		case "tool":
			v.sheet, c.tool = ScreeningTool, v
		case "":
			c.form, c.tool = v, v
		default:
			b.fault(place, "the kind is unknown", `write "form", "tool" or leave it out`)
		}
		b.cues = append(b.cues, c)
	}
}

// wordSet returns single words, and those phrases of groups, "{child}", that are one word, as a set.
func (b *lexiconBuilder) wordSet(place string, words []string) wordSet {
	set := wordSet{}
	for _, text := range words {
		name, isGroup := strings.CutPrefix(text, "{")
		if !isGroup {
			words := split(text)
			if len(words) > 1 {
				b.fault(place, fmt.Sprintf("%q is more than one word", text), "give each word of a cue by itself")
			}
			for _, w := range words {
				set[b.word(w.text)] = true
			}
			continue
		}
		name = strings.TrimSuffix(name, "}")
		if _, ok := b.groupID[name]; !ok {
			b.fault(place, fmt.Sprintf("the group %q is unknown", name), "define it under [groups]")
		}
		for _, phrase := range b.groupTexts[name] {
			if words := split(phrase); len(words) == 1 {
				set[b.word(words[0].text)] = true
			}
		}
	}
	return set
}

func (b *lexiconBuilder) addTexts(place string, texts []string, s sense) {
	b.senses = append(b.senses, s)
	for _, t := range texts {
		b.phrases.add(b.steps(place, t), int32(len(b.senses)-1))
	}
	if len(texts) == 0 {
		b.fault(place, "it has no texts", "add the wordings that are printed")
	}
}

var groupName = regexp.MustCompile(`\{[^}]*\}`)

// steps returns a phrase as edges of the trie: words, and groups as negative numbers.
func (b *lexiconBuilder) steps(place, text string) []int32 {
	var out []int32
	for len(text) > 0 {
		at := groupName.FindStringIndex(text)
		if at == nil {
			at = []int{len(text), len(text)}
		}
		for _, w := range split(text[:at[0]]) {
			if id := b.word(w.text); !b.skip[id] {
				out = append(out, id)
			}
		}
		if name := strings.Trim(text[at[0]:at[1]], "{}"); name != "" {
			id, ok := b.groupID[name]
			if !ok {
				b.fault(place, fmt.Sprintf("the group %q is unknown", name), "define it under [groups]")
			}
			out = append(out, groupEdge(id))
		}
		text = text[at[1]:]
	}
	if len(out) == 0 {
		b.fault(place, fmt.Sprintf("the text %q has no word that counts", text), "write the words that are printed")
	}
	return out
}

func (b *lexiconBuilder) word(text string) int32 {
	id, ok := b.words[text]
	if !ok {
		id = int32(len(b.words) + 1)
		b.words[text] = id
	}
	return id
}

func (b *lexiconBuilder) fault(place, what, remedy string) {
	b.faults = append(b.faults, fmt.Errorf("labels file %d, %s: %s; %s", b.file, place, what, remedy))
}

func knownKey(k Key) bool {
	switch k {
	case "", statusList, factorList, toolComment, toolScore,
		Name, DateOfBirth, Contact, Sexuality, Address, Postcode, Ethnicity, Religion, Language, CareContact, OtherAgencies,
		ParentName, ParentContact, Responsibility, ParentAware, School, AdditionalNeeds, EducationStatus, ReferrerName,
		ReferrerContact, GroupDynamics, ProtectiveFactors, Interests, Summary, AreasOfWork,
		ToolChildName, ToolChildBirth, ToolCompletedOn, ToolCompletedBy, ToolLevel:
		return true
	}
	return false
}

func knownOption(s sense) bool {
	for _, c := range CareStatuses {
		if c == s.status {
			return s.factor == ""
		}
	}
	for _, f := range Factors {
		if f == s.factor {
			return s.status == ""
		}
	}
	return false
}
