package triage

import (
	"regexp"
	"strconv"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// ruleGroupWork is the clause group_work: a wish for 1:1 support or for a group is shown to staff, and is never a
// failure. But a form for several children is nobody's, and a child that only the mail speaks of must not be lost.
func ruleGroupWork(f *facts) {
	if name := f.value(form.Name); hasAnyWord(foldText(name), f.policy.Form.Several) {
		f.say(CodeOneFormForMany, "", f.words(form.Name)...)
	}
	if w := signed(f.signs, prose.OneToOne, Present, Possible); len(w) > 0 {
		f.say(CodeOneToOne, "", w...)
	}
	if w := signed(f.signs, prose.Group, Present, Possible); len(w) > 0 && !f.hasForm() {
		f.say(CodeGroup, "", w...)
	}
}

// counted finds how many children a mail says that it refers: "the referral forms for three Year 8 pupils".
var counted = regexp.MustCompile(`\b(?:refer|refers|referring|referrals?|forms?|attached|enclosed|attaching|enclosing)\s+(?:[\w-]+\s+){0,2}` +
	`(two|three|four|five|six|seven|eight|nine|ten|both|[2-9]|1[0-9])\s+(?:[\w-]+\s+){0,2}(?:pupils|students|children|young people|boys|girls|lads|siblings|brothers|sisters|referrals)\b`)

// numbers are the words for the numbers of children.
var numbers = map[string]int{"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// ruleCount holds a message that speaks of more children than its documents are about.
func (m *message) ruleCount() {
	for i := range m.read.Passages {
		p := &m.read.Passages[i]
		if len(m.read.Referrals) == 0 || p.Source != form.FromBody && p.Source != form.FromSubject {
			continue
		}
		for _, found := range counted.FindAllStringSubmatch(foldText(p.Text), -1) {
			n := numbers[found[1]]
			if n == 0 {
				n, _ = strconv.Atoi(found[1]) // digits by the pattern
			}
			if n > len(m.read.Referrals) {
				m.say(CodeMoreChildren, "", p.Evidence)
				return
			}
		}
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
			if words == nil {
				words = make([]form.Evidence, 0, len(f.signs)-i)
			}
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
