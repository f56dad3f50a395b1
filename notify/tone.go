package notify

import "referrald/triage"

// tone returns the colour of an outcome, in chart and lists alike: Okabe and Ito's palette, which the colour-blind can tell
// apart. White letters can be read on none of them; words stand beside, never on, the colours.
func tone(word string) string {
	switch triage.Outcome(word) {
	case triage.Accept:
		return "#009E73"
	case triage.RequestInformation:
		return "#E69F00"
	case triage.Signpost:
		return "#56B4E9"
	case triage.Hold:
		return "#0072B2"
	case urgentTone:
		return "#D55E00"
	}
	return "#8A8F98"
}

// urgentTone is the tone of what cannot wait.
const urgentTone = "urgent"

// lastWord tells whether an index is a list's last; the frame draws bars between words.
func lastWord(i int, list []string) bool { return i == len(list)-1 }
