package triage

import "referrald/triage/prose"

// rulePreventionOnly is the clause prevention_only: not where an exploitation intervention has already occurred at a
// higher level. Ordinary social care (the five statuses of the form) is none.
func rulePreventionOnly(f *facts) {
	words := signed(f.signs, prose.HigherLevel, Present, Possible, Past)
	switch {
	case len(words) == 0:
		f.say(CodeNoHigherLevel, "")
	case f.policy.PreventionOnly.Effect == "signpost":
		f.say(CodeHigherLevelSignpost, "", words...)
	default:
		f.say(CodeHigherLevel, "", words...)
	}
}
