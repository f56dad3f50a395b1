package triage

import (
	"referrald/parse/form"
	"referrald/triage/prose"
)

// ruleGroupWork is the clause group_work: a wish for 1:1 support or for a group is shown to staff, and is never a
// failure.
func ruleGroupWork(f *facts) {
	if w := signed(f.signs, prose.OneToOne, Present, Possible); len(w) > 0 {
		f.say(CodeOneToOne, "", w...)
	}
	if w := signed(f.signs, prose.Group, Present, Possible); len(w) > 0 && !f.hasForm() {
		f.say(CodeGroup, "", w...)
	}
}

// ruleSigns is the clause signs: the form's list is not exclusive, so signs in the words that are not ticked are shown
// to staff.
func ruleSigns(f *facts) {
	if !f.hasForm() {
		return
	}
	var words []form.Evidence
	for i := range f.signs {
		s := &f.signs[i]
		if s.Status == Present && s.Source == form.FromForm && isFactor(s.Key) && !f.ticked(s.Key) {
			words = append(words, s.Evidence)
		}
	}
	if len(words) > 0 {
		f.say(CodeSignsBeyondTicks, "", words...)
	}
}

func isFactor(key string) bool {
	for _, k := range form.Factors {
		if string(k) == key {
			return true
		}
	}
	return false
}

func (f *facts) ticked(key string) bool {
	for _, k := range f.ref.Factors {
		if string(k) == key {
			return true
		}
	}
	return false
}
