package triage

// A step is one line of the precedence: what any reason with its effect leads to.
type step struct {
	effect  Effect
	outcome Outcome
	urgent  bool
}

// precedence decides. It is read from the top, and the first line whose effect any reason asks for is the outcome;
// where none does, every criterion is met on paper and the referral is accepted. Machine mail never comes this far.
//
// EffectHoldSafety stands above EffectSignpost and EffectHold below it: a referral that is not met on one rule and
// unknown on another is held only if the unknown one is about safety or identity (danger, an earlier intervention, who
// the sender or the child is, documents that cannot be read or contradict one another); otherwise the clear not-met
// decides.
var precedence = [...]step{
	{EffectHoldUrgent, Hold, true},
	{EffectHoldSafety, Hold, false},
	{EffectSignpost, Signpost, false},
	{EffectHold, Hold, false},
	{EffectAsk, RequestInformation, false},
	{EffectNone, Accept, false},
}

// criteria are the clauses each of which must have been met, said in a reason, before anything is accepted.
var criteria = [...]Clause{
	ClauseEmergency, ClauseReferrer, ClauseAge, ClauseArea, ClauseForm, ClauseScreeningTool, ClauseLowRisk,
	ClausePreventionOnly, ClauseInformed,
}

// decide returns what the reasons lead to.
func decide(reasons []Reason) (Outcome, bool) {
	for _, s := range precedence {
		for i := range reasons {
			if reasons[i].Effect != s.effect {
				continue
			}
			if s.outcome == Accept && !allMet(reasons) {
				return Hold, false
			}
			return s.outcome, s.urgent
		}
	}
	return Hold, false // no rule spoke: nothing is known
}

// allMet tells whether each criterion has a reason that it is met, and none has one that it is not, or not known.
func allMet(reasons []Reason) bool {
	for _, c := range criteria {
		met := false
		for i := range reasons {
			if reasons[i].Clause == c {
				met = met || reasons[i].Verdict == Met
			}
			if reasons[i].Verdict != Met {
				return false
			}
		}
		if !met {
			return false
		}
	}
	return true
}

// caution orders the outcomes; a message's is its most cautious referral's.
func (o Outcome) caution() int {
	switch o {
	case Accept:
		return 1
	case RequestInformation:
		return 2
	case Signpost:
		return 3
	case Hold:
		return 4
	}
	return 0
}

// moreCautious returns the more cautious of two outcomes.
func moreCautious(a, b Outcome) Outcome {
	if b.caution() > a.caution() {
		return b
	}
	return a
}
