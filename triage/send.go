package triage

import (
	"strings"
	"unicode"

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
	folded = strings.ReplaceAll(folded, "education, health", "education health")
	if folded == "" {
		return answerBlank
	}
	if exactly(folded, w.None) {
		return answerNo
	}
	stated, before, denied := false, false, true
	for _, c := range clauses(folded) {
		if w.doubts(c) {
			stated, denied = before, false
			continue
		}
		before = stated
		stated = stated || !hasAnyWord(c, w.Negated) && hasAnyWord(c, w.Stated) && !hasAnyWord(c, w.Unsure)
		denied = denied && w.denies(c)
	}
	switch {
	case stated:
		return answerYes
	case denied:
		return answerNo
	}
	return answerVague
}

// doubts tells whether a clause says nothing but that what stands before it is not certain: "(awaiting diagnosis)".
func (w *SENDWords) doubts(clause string) bool {
	if !hasAnyWord(clause, w.Unsure) {
		return false
	}
	rest := clause
	for _, list := range [...][]string{w.Unsure, w.Doubted, w.Negated} {
		for _, p := range list {
			for i := indexWord(rest, p); i >= 0; i = indexWord(rest, p) {
				rest = rest[:i] + rest[i+len(p):]
			}
		}
	}
	return !strings.ContainsFunc(rest, unicode.IsLetter)
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
