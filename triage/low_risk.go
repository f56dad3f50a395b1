package triage

import (
	"fmt"
	"slices"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// ruleLowRisk is the clause low_risk: the level is read from the tool's level field, never worked out from ticks.
func ruleLowRisk(f *facts) {
	if f.hasTool() && !f.ref.Tool.Blank {
		f.level()
	} else {
		f.say(CodeLevelNoTool, "")
	}
	f.claims()
	f.exploited()
}

func (f *facts) level() {
	words := f.words(form.ToolLevel)
	switch f.ref.Level {
	case form.LevelLow:
		f.say(CodeLowRisk, "The screening tool states low risk; the service supports children deemed 'Vulnerable to Exploitation' (low risk).", words...)
	case form.LevelMedium:
		f.say(CodeMediumRisk, "The screening tool states medium risk; the service supports low risk only.", words...)
	case form.LevelHigh:
		f.say(CodeHighRisk, "The screening tool states high risk; the service supports low risk only. A high risk does not wait for this service.", words...)
	case form.LevelNone:
		f.say(CodeNoRisk, "", words...)
	case form.LevelUnknown, "":
		f.ask(MissingToolLevel)
		f.say(CodeLevelBlank, "", words...)
	default:
		f.say(CodeLevelAmbiguous, "", words...)
	}
}

// claimed are the levels that words can state.
var claimed = [...]struct {
	key   string
	level form.Level
}{{prose.LevelLow, form.LevelLow}, {prose.LevelMedium, form.LevelMedium}, {prose.LevelHigh, form.LevelHigh}}

// claims compares a level stated in the mail or on the form with the tool's. Where a message has several children, a
// level that one of their tools states contradicts none of them.
func (f *facts) claims() {
	for _, c := range claimed {
		words := f.claim(c.key)
		if len(words) == 0 {
			continue
		}
		switch f.ref.Level {
		case c.level:
		case form.LevelLow, form.LevelMedium, form.LevelHigh, form.LevelNone:
			if f.only || !slices.Contains(f.mail.levels, c.level) {
				f.say(CodeLevelDisagrees, fmt.Sprintf("The message or the form states %s risk, the screening tool %s.", c.level, f.ref.Level), append(words, f.words(form.ToolLevel)...)...)
			}
		default:
			if c.level != form.LevelLow && (f.only || !slices.Contains(f.mail.levels, c.level)) {
				f.say(CodeLevelClaimed, fmt.Sprintf("The message or the form states %s risk, and no screening tool states a level.", c.level), words...)
			}
		}
	}
}

// claim returns the words that state a level outside the tool itself, whose rows print every level.
func (f *facts) claim(key string) []form.Evidence {
	var out []form.Evidence
	for i := range f.signs {
		s := &f.signs[i]
		if s.Key == key && s.Status == Present && (s.Source == form.FromBody || s.Source == form.FromSubject || s.Source == form.FromForm || s.Source == form.FromOther) {
			out = append(out, s.Evidence)
		}
	}
	return out
}

// exploited stops the machine at every level where the words tell of exploitation that is happening: whatever is
// ticked, a person looks before any letter that decides.
func (f *facts) exploited() {
	if w := signed(f.own, prose.ActiveExploitation, Present); len(w) > 0 {
		f.say(CodeActiveExploitation, "", w...)
	} else if w := signed(f.own, prose.ActiveExploitation, Possible); len(w) > 0 {
		f.say(CodePossibleExploitation, "", w...)
	}
	if w := signed(f.own, prose.ActiveExploitation, Past); len(w) > 0 {
		f.say(CodePastExploitation, "", w...)
	}
}
