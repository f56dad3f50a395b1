package prose

import (
	"slices"

	"referrald/parse/form"
)

// A sentence is a run of words of one passage, with what was matched in it.
type sentence struct {
	from, to int  // words
	asked    bool // it ends with a question mark
	answer   answer
	label    int // words before this one are a printed label: evidence only if answered yes; from where there is none
}

// An answer is what stands after a question or a printed label.
type answer uint8

const (
	answerNone   answer = iota
	answerYes           // yes
	answerNo            // no, none, nil
	answerUnsure        // not known
)

// nextSentence finds the sentence that begins at word from.
func (r *reader) nextSentence(from int) sentence {
	words := r.split.words
	to := from + 1
	for to < len(words) && words[to].before != gapSentence {
		to++
	}
	s := sentence{from: from, to: to, label: from}
	if to < len(words) {
		s.asked = words[to].asked
	} else {
		s.asked = r.split.asked
	}
	if s.asked && to < len(words) {
		s.answer = r.answerAt(to)
	}
	r.findLabel(&s)
	return s
}

// answerAt reads a short answer that begins at word at.
func (r *reader) answerAt(at int) answer {
	words := r.split.words
	alone := at+1 >= len(words) || words[at+1].before != gapNone
	c := r.lex.classes[words[at].id]
	switch {
	case c&classYes != 0 && alone:
		return answerYes
	case c&classUnsure != 0:
		return answerUnsure
	case c&classNo != 0 && (alone || at+2 >= len(words) || words[at+2].before >= gapColon):
		return answerNo
	}
	return answerNone
}

// printed says whether a question is the form's or the tool's own: a box of the form may also hold one that its writer
// asks ("would he be safe with us?").
func (r *reader) printed(s *sentence) bool {
	if r.passage.Source == form.FromTool {
		return true
	}
	return r.passage.Source == form.FromForm && !slices.ContainsFunc(r.split.words[s.from:s.to], func(w word) bool {
		return r.lex.classes[w.id]&classWriter != 0
	})
}

// findLabel sees whether the sentence begins with a printed label (a known line of a form or tool, or in a form or tool
// any question), and what is answered.
func (r *reader) findLabel(s *sentence) {
	words := r.split.words
	if s.asked && r.printed(s) {
		s.label = s.to
		return
	}
	r.key = r.key[:0]
	for i := s.from; i < s.to && i-s.from < r.lex.longest; i++ {
		id := words[i].id
		if id == 0 {
			return
		}
		r.key = append(r.key, byte(id>>8), byte(id))
		if (i+1 == s.to || words[i+1].before >= gapColon) && r.lex.templates[string(r.key)] {
			s.label = i + 1
			switch {
			case i+1 < s.to:
				s.answer = r.answerAt(i + 1)
			case s.to < len(words):
				s.answer = r.answerAt(s.to)
			}
		}
	}
}
