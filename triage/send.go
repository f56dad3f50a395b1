package triage

import (
	"strings"

	"referrald/parse/form"
)

// An answer is how a question of the form is answered.
type answer uint8

const (
	answerBlank answer = iota
	answerYes
	answerNo
	answerVague
	answerRefused
)

// readSEND tells whether special educational needs or disabilities are stated: by the form's box, or by the child's
// being at a special school (clause age).
func (f *facts) readSEND() answer {
	if f.attended.phase == PhaseSpecial {
		return answerYes
	}
	return f.policy.SEND.read(f.value(form.AdditionalNeeds))
}

// read reads the box "Additional needs". A need counts as stated only in a clause that neither doubts nor denies it
// ("awaiting an EHCP", "no SEN support"); "no" counts only where nothing else is said.
func (w *SENDWords) read(text string) answer {
	folded := strings.Trim(foldText(text), " .;:-!")
	if folded == "" {
		return answerBlank
	}
	if exactly(folded, w.None) {
		return answerNo
	}
	denied := true
	for _, c := range clauses(folded) {
		no := hasAnyWord(c, w.Negated)
		if !no && hasAnyWord(c, w.Stated) && !hasAnyWord(c, w.Unsure) {
			return answerYes
		}
		denied = denied && w.denies(c)
	}
	if denied {
		return answerNo
	}
	return answerVague
}

// denies tells whether a clause says that there are no needs at all.
func (w *SENDWords) denies(clause string) bool {
	start := startsWithAny(clause, w.None)
	return start == clause || strings.Contains(start, " ") && !hasAnyWord(clause, w.Unsure)
}

func exactly(text string, list []string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}
