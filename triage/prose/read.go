package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"referrald/parse/form"
)

// maxPassage bounds the bytes that are read of one passage.
const maxPassage = 1 << 20

// A reader holds the buffers of one Read.
type reader struct {
	lex     *Lexicon
	split   splitter
	passage *form.Passage
	all     []match // of the sentence
	cues    []match
	traps   []match
	told    []told // of the sentence
	with    []int  // by say: the sentence in which its With stood last
	unless  []int
	spared  []int // by trap: the sentence in which its Unless stood last
	hushed  []int // by key: the same
	kinds   []sum // by kind of hint
	sums    []sum // by key
	count   int   // sentences so far
	key     []byte
	out     []Finding
}

// A told is one say found in a sentence, with how it stands.
type told struct {
	key    int
	status Status
	from   int // words of the clause to quote
	to     int
}

// Read finds in the passages what the lexicon knows. Findings come in the order of the passages; of each sentence and
// key there is one for each status, the weightiest first. The same passages always give the same findings.
func (l *Lexicon) Read(ps []form.Passage) []Finding {
	r := &reader{lex: l, with: make([]int, len(l.says)), unless: make([]int, len(l.says)), spared: make([]int, l.trapCount), hushed: make([]int, len(l.keys)), kinds: make([]sum, l.kinds), sums: make([]sum, len(l.keys))}
	r.split = splitter{lex: l}
	for i := range ps {
		if ps[i].Source != form.FromFooter {
			r.read(&ps[i])
		}
	}
	return r.out
}

// read reads one passage.
func (r *reader) read(p *form.Passage) {
	r.passage = p
	words := r.split.split(clip(p.Text))
	for at := 0; at < len(words); {
		s := r.nextSentence(at)
		r.sentence(s)
		at = s.to
	}
}

// clip cuts a text at maxPassage, at a whole letter.
func clip(text string) string {
	if len(text) <= maxPassage {
		return text
	}
	n := maxPassage
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// sentence reads one sentence.
func (r *reader) sentence(s sentence) {
	r.count++
	r.all = r.lex.matches(r.all[:0], r.split.words, s.from, s.to)
	if len(r.all) == 0 {
		return
	}
	r.sort()
	r.told = r.told[:0]
	for _, m := range r.all {
		switch rule := r.lex.rules[m.rule]; rule.kind {
		case ruleSay:
			r.tell(s, m, rule)
		case ruleHint:
			r.hint(s, m, &r.lex.hints[rule.at])
		}
	}
	r.sum()
	r.report(s)
}

// sort keeps the cues and traps of the sentence apart, and notes each With and Unless.
func (r *reader) sort() {
	r.cues, r.traps = r.cues[:0], r.traps[:0]
	for _, m := range r.all {
		switch rule := r.lex.rules[m.rule]; rule.kind {
		case ruleCue:
			if masks(rule.cue, cueNegator) || !r.contrasts(m) {
				r.cues = append(r.cues, m)
			}
		case ruleTrap:
			r.traps = append(r.traps, m)
		case ruleWith:
			r.with[rule.at] = r.count
		case ruleUnless:
			r.unless[rule.at] = r.count
		case ruleHush:
			r.hushed[rule.at] = r.count
		case ruleTrapUnless:
			r.spared[rule.at] = r.count
		}
	}
}

// tell weighs one matched say: whether it counts here at all, and how it stands.
func (r *reader) tell(s sentence, m match, rule rule) {
	say := &r.lex.says[rule.at]
	k := &r.lex.keys[say.key]
	if !r.counts(say, k) || say.with && r.with[rule.at] != r.count || say.unless && r.unless[rule.at] == r.count {
		return
	}
	if k.hush && r.hushed[say.key] == r.count || r.trapped(k, m) {
		return
	}
	if int(m.from) < s.label && (s.answer == answerNone || s.answer == answerUnsure) {
		return
	}
	status, kin := r.stands(s, m, say, k)
	if status == "" || say.bare && status != Negated && !r.line(s) {
		return
	}
	r.keep(say.key, status, m)
	if status == OtherPerson && kin == classFamily && k.family >= 0 {
		r.keep(k.family, Present, m)
	}
	if status == OtherPerson && kin == classPeer && k.peer >= 0 {
		r.keep(k.peer, Present, m)
	}
}

// line says whether the sentence is a short line of the summary: a list of what there is.
func (r *reader) line(s sentence) bool {
	return s.to-s.from <= 3 && r.passage.Source == form.FromForm && r.passage.Key == form.Summary || s.answer == answerYes
}

// counts says whether a key is read in this passage.
func (r *reader) counts(say *say, k *key) bool {
	p := r.passage
	switch {
	case len(say.boxes) > 0 && (p.Source != form.FromForm || !slices.Contains(say.boxes, p.Key)):
		return false
	case len(say.sources) > 0 && !slices.Contains(say.sources, p.Source):
		return false
	case p.Source == form.FromForm && p.Key == form.AreasOfWork && !k.areas:
		return false
	}
	return slices.Contains(k.sources, p.Source)
}

// trapped says whether a trap of the key lies over the match, and nothing in the sentence springs it.
func (r *reader) trapped(k *key, m match) bool {
	for _, t := range r.traps {
		at := r.lex.rules[t.rule].at
		if k.traps[at] && r.spared[at] != r.count && t.from < m.to && m.from < t.to {
			return true
		}
	}
	return false
}

// keep notes what the sentence tells, each key and status once.
func (r *reader) keep(key int, status Status, m match) {
	for i := range r.told {
		if t := &r.told[i]; t.key == key && t.status == status {
			t.from, t.to = min(t.from, int(m.from)), max(t.to, int(m.to))
			return
		}
	}
	r.told = append(r.told, told{key, status, int(m.from), int(m.to)})
}

// report makes the sentence's findings: the whole sentence is quoted, but where it tells one key twice, the clauses.
func (r *reader) report(s sentence) {
	slices.SortStableFunc(r.told, func(a, b told) int {
		if a.key != b.key {
			return a.key - b.key
		}
		return b.status.weight() - a.status.weight()
	})
	for i, t := range r.told {
		twice := i > 0 && r.told[i-1].key == t.key || i+1 < len(r.told) && r.told[i+1].key == t.key
		from, to := s.from, s.to
		if twice {
			from, to = r.clause(s, t)
		}
		f := Finding{Key: r.lex.keys[t.key].name, Status: t.status, Evidence: r.passage.Evidence, Source: r.passage.Source, Box: r.passage.Key}
		f.Evidence.Text = r.quote(from, to)
		r.out = append(r.out, f)
	}
}

// clause widens a match to the marks of punctuation or contrasting words around it.
func (r *reader) clause(s sentence, t told) (from, to int) {
	words := r.split.words
	from, to = t.from, t.to
	for from > s.from && words[from].before == gapNone && r.lex.classes[words[from].id]&classContrast == 0 {
		from--
	}
	for to < s.to && words[to].before == gapNone && r.lex.classes[words[to].id]&classContrast == 0 {
		to++
	}
	return from, to
}

// quote returns the text from one word to another, with the mark that ends it.
func (r *reader) quote(from, to int) string {
	words, text := r.split.words, r.passage.Text
	begin, end := int(words[from].start), int(words[to-1].end)
	stop := len(text)
	if to < len(words) {
		stop = int(words[to].start)
	}
	if tail := text[end:stop]; strings.HasPrefix(tail, ".") || strings.HasPrefix(tail, "?") || strings.HasPrefix(tail, "!") || strings.HasPrefix(tail, "%") {
		end++
	}
	return text[begin:end]
}
