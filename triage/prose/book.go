package prose

// A book is a lexicon as written in TOML: the embedded one, or an operator's extension of it.
type book struct {
	Abbreviations []string            `toml:"abbreviations"` // words whose full stop ends no sentence
	Words         map[string][]string `toml:"words"`         // named phrases, written {name} in patterns
	Irregular     map[string][]string `toml:"irregular"`     // the endings of words that do not follow the rules
	People        map[string][]string `toml:"people"`        // single words by what they do in a sentence; see classes
	Cues          map[string][]string `toml:"cues"`          // patterns that set how a thing stands; see cues
	Template      []string            `toml:"template"`      // printed lines of forms and tools: never evidence
	Keys          []keyEntry          `toml:"key"`
	Says          []sayEntry          `toml:"say"`
	Hints         []hintEntry         `toml:"hint"`
	Traps         []trapEntry         `toml:"trap"`
}

// A keyEntry says how one key is treated.
type keyEntry struct {
	Name    string   `toml:"name"`
	Title   string   `toml:"title"`   // for staff, in the form's own words where it has them
	Sign    string   `toml:"sign"`    // which of the nine signs it tells, or ""
	Heeds   []string `toml:"heeds"`   // of negated, asked, generic, other_person, doer, past, past_of_others, possible, question: what makes it other than present
	Sources []string `toml:"sources"` // form.Source values in which it is read
	Areas   bool     `toml:"areas"`   // also read in the box "areas of work"
	Family  string   `toml:"family"`  // the key that is present where a relative is the subject
	Peer    string   `toml:"peer"`    // the key that is present where a friend is the subject
	Unless  []string `toml:"unless"`  // patterns: a sentence with one of these tells nothing of the key
	Hints   int      `toml:"hints"`   // the weight that hints of different kinds must have in one sentence to tell the key as possible; 0: none do
}

// A sayEntry is one way of saying a key.
type sayEntry struct {
	Key      string   `toml:"key"`
	Patterns []string `toml:"patterns"`
	With     []string `toml:"with"`    // and one of these in the same sentence
	Unless   []string `toml:"unless"`  // and none of these in the same sentence
	Anyone   bool     `toml:"anyone"`  // whoever is the subject, it is about the child
	Bare     bool     `toml:"bare"`    // a word alone: counts where negated, or where it is all that a line of the summary says
	Boxes    []string `toml:"boxes"`   // only in these boxes of the form
	Sources  []string `toml:"sources"` // only in these sources
}

// A hintEntry lists words that tell nothing alone, and much beside other kinds of hint: somebody older, a holdall, a
// reward and "never to open it".
type hintEntry struct {
	Key      string   `toml:"key"`
	Kind     string   `toml:"kind"`
	Weight   int      `toml:"weight"`
	Patterns []string `toml:"patterns"`
	Anyone   bool     `toml:"anyone"` // whoever is the subject
}

// A trapEntry lists phrases that look like a key and are none.
type trapEntry struct {
	Keys     []string `toml:"keys"` // none: every sign and concern
	Patterns []string `toml:"patterns"`
	Unless   []string `toml:"unless"` // but not where one of these is in the same sentence
}

// A class is what a single word does in a sentence.
type class uint32

const (
	classChild       class = 1 << iota // the child as subject: he, she, the pupil
	classFamily                        // a relative
	classPeer                          // a friend, another pupil
	classOther                         // another adult, a stranger
	classNeutral                       // who reports: staff, we, police
	classReport                        // verbs of reporting and finding: mum says, dad found
	classFinite                        // verbs that make a word before them a subject
	classPreposition                   // with, to, by …: the person after one is no subject
	classPartitive                     // one of, some of, a group of: the person after is the subject
	classFiller                        // his, her, older, the …: may stand between preposition and person
	classContrast                      // but, however: ends every scope
	classJoin                          // and, as, because …: ends a scope where a new subject or verb follows
	classRelative                      // who: the person before it is the subject
	classYes                           // an answer yes
	classNo                            // an answer no, none, nil
	classUnsure                        // an answer unknown, tbc
	classPlural                        // they
	classPossessor                     // his, her: what follows is somebody's
	classOf                            // of
	classBack                          // this, it: after "but" it speaks of what stands before
	classBe                            // is, was, been: makes a passive of a word found or reported
	classDone                          // reported, found: done to the subject after is or was
	classWriter                        // he, she, we: printed questions do not say them
	classObject                        // him, his: the child as the one that something is done to
	classInfinitive                    // to: in "told him to", he does what follows
)

// classes names the tables of [people].
var classes = map[string]class{
	"child": classChild, "family": classFamily, "peer": classPeer, "other": classOther, "neutral": classNeutral,
	"report": classReport, "finite": classFinite, "preposition": classPreposition, "partitive": classPartitive,
	"filler": classFiller, "contrast": classContrast, "join": classJoin, "relative": classRelative,
	"yes": classYes, "no": classNo, "unsure": classUnsure, "plural": classPlural, "possessor": classPossessor,
	"of": classOf, "back": classBack, "be": classBe, "done": classDone,
	"writer": classWriter, "object": classObject, "infinitive": classInfinitive,
}

// A cue is a kind of pattern that changes how a thing stands.
type cue uint8

const (
	cueNone           cue = iota
	cueNegator            // no, never, denies: what follows is negated
	cueNotNegator         // not only, no doubt: looks like a negator and is none
	cueNegatedBefore      // was ruled out: what stands before is negated
	cuePossible           // may be, alleged: what follows is possible
	cuePossibleBefore     // unconfirmed: what stands before is possible
	cuePast               // previously, in Year 7: the clause is past
	cueNotPast            // in the last year
	cuePastBefore         // nothing since: what stands before is past
	cueAsked              // awareness of, at risk of: what follows is wished or feared, not seen
	cueAskedBefore        // workshop, assembly: what stands before is taught
	cueNotAsked           // in lessons: looks like something taught and is none
	cueEnd                // apart from: ends a scope
	cueGeneric            // if a child …: what follows is about nobody
	cueAside              // as far as we know: said between commas, it ends no scope
	cueOthers             // a boy in his class: a child, but another one
)

// cues names the tables of [cues].
var cues = map[string]cue{
	"negators": cueNegator, "not_negators": cueNotNegator, "negated_before": cueNegatedBefore,
	"possible": cuePossible, "possible_before": cuePossibleBefore,
	"past": cuePast, "not_past": cueNotPast, "past_before": cuePastBefore,
	"asked": cueAsked, "asked_before": cueAskedBefore, "not_asked": cueNotAsked, "ends": cueEnd, "generic": cueGeneric, "asides": cueAside, "others": cueOthers,
}

// A heed is what a key lets change it; see keyEntry.Heeds.
type heed uint16

const (
	heedNegated heed = 1 << iota
	heedAsked
	heedOther
	heedPast
	heedPossible
	heedQuestion
	heedGeneric
	heedPastOfOthers // of another person, what is past is past and no longer another's
	heedDoer         // what another adult does in a sentence that speaks of the child is done to the child
)

// heeds names the values of keyEntry.Heeds.
var heeds = map[string]heed{
	"negated": heedNegated, "asked": heedAsked, "other_person": heedOther, "past": heedPast,
	"possible": heedPossible, "question": heedQuestion, "generic": heedGeneric,
	"past_of_others": heedPastOfOthers, "doer": heedDoer,
}
