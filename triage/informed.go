package triage

import (
	"strings"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// ruleInformed is the clause informed: parents, carers and children are told of the group work and may opt out.
func ruleInformed(f *facts) {
	words := f.words(form.ParentAware)
	told := f.policy.Informed.read(f.value(form.ParentAware))
	refused := signed(f.signs, prose.OptOut, Present, Past) // that they may opt out is what they are to be told
	untold := f.untold()
	switch {
	case told == answerRefused || len(refused) > 0:
		f.say(CodeOptOut, "", append(words, refused...)...)
	case told != answerNo && len(untold) > 0:
		f.say(CodeInformedDisputed, "", append(words, untold...)...)
	case !f.hasForm(): // the whole form is asked for
		f.say(CodeInformedBlank, "Without a referral form it is not known whether the parents are aware of the referral.")
	case f.ref.Form.Blank: // our failure, until shown otherwise
	case told == answerYes:
		f.say(CodeInformed, "", words...)
	case told == answerNo:
		f.say(CodeInformedNo, "", words...)
	case told == answerBlank:
		f.ask(Missing(form.ParentAware))
		f.say(CodeInformedBlank, "", words...)
	default:
		f.say(CodeInformedUnclear, "", words...)
	}
}

// untold returns the words outside the answer itself that say that a parent does not know.
func (f *facts) untold() []form.Evidence {
	var out []form.Evidence
	for i := range f.signs {
		if s := &f.signs[i]; s.Key == prose.NotInformed && s.Box != form.ParentAware && (s.Status == Present || s.Status == Possible) {
			out = append(out, s.Evidence)
		}
	}
	return out
}

// read reads the answer to "Are the parents aware of the referral?". Only a plain yes is one.
func (w *InformedWords) read(text string) answer {
	folded := strings.Trim(foldText(text), " .;:!")
	switch {
	case folded == "" || exactly(folded, w.Blank):
		return answerBlank
	case w.refused(folded):
		return answerRefused
	case startsWithAny(folded, w.NotNo) != "" && !hasAnyWord(folded, w.Yes):
		return answerVague
	case startsWithAny(folded, w.NotNo) == "" && startsWithAny(folded, w.No) != "":
		return answerNo
	case startsWithAny(folded, w.Yes) == "" && hasAnyWord(folded, w.No):
		return answerNo
	case hasAnyWord(folded, w.Yes):
		return w.plainly(folded)
	}
	return answerVague
}

// plainly tells whether an answer with a yes in it takes nothing back.
func (w *InformedWords) plainly(folded string) answer {
	for _, n := range w.NotNo {
		folded = strings.ReplaceAll(folded, n, "")
	}
	if hasAnyWord(folded, w.But) || hasAnyWord(folded, w.No) {
		return answerVague
	}
	return answerYes
}

// refused tells whether somebody has opted out; the right to do so, or that nobody has, is no refusal.
func (w *InformedWords) refused(folded string) bool {
	for _, c := range clauses(folded) {
		for _, r := range w.Refusal {
			i := indexWord(c, r)
			if i >= 0 && !hasAnyWord(lastWords(c[:i], 3), w.NegatedRefusal) {
				return true
			}
		}
	}
	return false
}

// lastWords returns the last n words of a text.
func lastWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[max(0, len(words)-n):], " ")
}
