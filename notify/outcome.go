package notify

import "referrald/triage"

// charted are the outcomes as chart, counts and lists name them, in their order.
var charted = [...]struct {
	outcome triage.Outcome
	word    string
}{
	{triage.Accept, "accepted"},
	{triage.RequestInformation, "asked for more"},
	{triage.Signpost, "signposted"},
	{triage.Hold, "held"},
	{triage.Ignore, "machine mail"},
}

func outcomeWord(o triage.Outcome) string {
	for _, c := range charted {
		if c.outcome == o {
			return c.word
		}
	}
	return "not decided"
}
