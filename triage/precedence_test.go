package triage

import "testing"

// met is a reason for each criterion.
func met() []Reason {
	var out []Reason
	for _, c := range criteria {
		out = append(out, Reason{Clause: c, Verdict: Met})
	}
	return out
}

// TestPrecedence has a step for each line of the table, and each line against all those below it.
func TestPrecedence(t *testing.T) {
	for i, s := range precedence {
		reasons := met()
		for _, lower := range precedence[i:] {
			if lower.effect != EffectNone {
				reasons = append(reasons, Reason{Clause: ClauseForm, Verdict: Unknown, Effect: lower.effect})
			}
		}
		outcome, urgent := decide(reasons)
		if outcome != s.outcome || urgent != s.urgent {
			t.Errorf("%q and all below: %s, urgent %t; want %s, %t", s.effect, outcome, urgent, s.outcome, s.urgent)
		}
	}
}

// TestNothingIsAcceptedUnsaid: without a reason that a criterion is met, nothing is accepted, whatever else is said.
func TestNothingIsAcceptedUnsaid(t *testing.T) {
	for i := range criteria {
		reasons := met()
		reasons = append(reasons[:i], reasons[i+1:]...)
		if outcome, _ := decide(reasons); outcome != Hold {
			t.Errorf("without %s: %s", criteria[i], outcome)
		}
	}
	unknown := append(met(), Reason{Clause: ClauseAge, Verdict: Unknown})
	if outcome, _ := decide(unknown); outcome != Hold {
		t.Errorf("with an unknown that asks for nothing: %s", outcome)
	}
	if outcome, _ := decide(nil); outcome != Hold {
		t.Errorf("no rule spoke: %s", outcome)
	}
}

func TestCautionRises(t *testing.T) {
	order := []Outcome{Ignore, Accept, RequestInformation, Signpost, Hold}
	for i, a := range order {
		for j, b := range order {
			if got, want := moreCautious(a, b), order[max(i, j)]; got != want {
				t.Errorf("%s and %s: %s, want %s", a, b, got, want)
			}
		}
	}
}
