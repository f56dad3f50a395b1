package form

import "strings"

// levelPhrases are the ways to write a level, the longest of a place first. A phrase without a level hides the words in
// it: "low mood" is no level.
var levelPhrases = []struct {
	text  string
	level Level
}{
	{"no risk", LevelNone}, {"no risk identified", LevelNone}, {"no current risk", LevelNone}, {"no apparent risk", LevelNone}, {"no identified risk", LevelNone},
	{"not at risk", LevelNone}, {"no known risk", LevelNone}, {"none", LevelNone}, {"no concerns", LevelNone}, {"universal", LevelNone}, {"category 1", LevelNone}, {"nil", LevelNone},
	{"no level of risk", LevelNone}, {"no concern", LevelNone}, {"no evidence of risk", LevelNone}, {"no evidence of exploitation", LevelNone},
	{"low", LevelLow}, {"lower", LevelLow}, {"lower risk", LevelLow}, {"low risk", LevelLow}, {"vulnerable to exploitation", LevelLow}, {"vulnerable", LevelLow}, {"vulnerability to exploitation", LevelLow},
	{"green", LevelLow}, {"standard", LevelLow}, {"standard risk", LevelLow}, {"l", LevelLow}, {"low level", LevelLow}, {"vulnerable to being exploited", LevelLow},
	{"emerging", LevelAmbiguous}, {"emerging risk", LevelAmbiguous}, {"mild", LevelAmbiguous}, {"at risk", LevelAmbiguous}, {"borderline", LevelAmbiguous}, {"targeted", LevelAmbiguous},
	{"increasing", LevelAmbiguous}, {"increased", LevelAmbiguous}, {"increased risk", LevelAmbiguous}, {"increasing risk", LevelAmbiguous}, {"some risk", LevelAmbiguous}, {"elevated", LevelAmbiguous},
	{"low medium", LevelAmbiguous}, {"low to medium", LevelAmbiguous}, {"low to moderate", LevelAmbiguous}, {"low moderate", LevelAmbiguous}, {"medium to high", LevelAmbiguous}, {"medium high", LevelAmbiguous},
	{"moderate to high", LevelAmbiguous}, {"amber green", LevelAmbiguous}, {"green amber", LevelAmbiguous}, {"amber red", LevelAmbiguous}, {"red amber", LevelAmbiguous}, {"not low", LevelAmbiguous}, {"not high", LevelAmbiguous}, {"not medium", LevelAmbiguous},
	{"category 2", LevelAmbiguous}, {"category 3", LevelAmbiguous}, {"category 4", LevelAmbiguous}, {"tier 1", LevelAmbiguous}, {"tier 2", LevelAmbiguous}, {"tier 3", LevelAmbiguous}, {"tier 4", LevelAmbiguous},
	{"level 1", LevelAmbiguous}, {"level 2", LevelAmbiguous}, {"level 3", LevelAmbiguous}, {"level 4", LevelAmbiguous}, {"level 5", LevelAmbiguous}, {"category 5", LevelAmbiguous},
	{"medium", LevelMedium}, {"med", LevelMedium}, {"medium risk", LevelMedium}, {"moderate", LevelMedium}, {"moderate risk", LevelMedium}, {"amber", LevelMedium}, {"suspected", LevelMedium}, {"m", LevelMedium},
	{"targeted for exploitation", LevelMedium}, {"being targeted for exploitation", LevelMedium}, {"suspected exploitation", LevelMedium},
	{"high", LevelHigh}, {"high risk", LevelHigh}, {"higher", LevelHigh}, {"very high", LevelHigh}, {"significant", LevelHigh}, {"significant risk", LevelHigh}, {"serious", LevelHigh}, {"serious risk", LevelHigh}, {"severe", LevelHigh},
	{"red", LevelHigh}, {"known", LevelHigh}, {"likely to be involved", LevelHigh}, {"experiencing", LevelHigh}, {"experiencing exploitation", LevelHigh}, {"being exploited", LevelHigh}, {"victim of", LevelHigh},
	{"victim of exploitation", LevelHigh}, {"critical", LevelHigh}, {"h", LevelHigh}, {"actively exploited", LevelHigh}, {"currently being exploited", LevelHigh}, {"extreme", LevelHigh},
	// False friends, and words that name no level by themselves.
	{"low mood", ""}, {"low attendance", ""}, {"low self esteem", ""}, {"low confidence", ""}, {"low level disruption", ""}, {"low income", ""},
	{"moderate learning", ""}, {"severe learning", ""}, {"moderate learning difficulties", ""}, {"severe learning difficulties", ""}, {"high needs", ""}, {"high school", ""}, {"high street", ""}, {"significant harm", ""},
	{"significant improvement", ""}, {"medium term", ""}, {"red report", ""}, {"vulnerability factors", ""}, {"not known", ""}, {"known to", ""}, {"no known", ""}, {"high attendance", ""},
	{"significant other", ""}, {"significant others", ""}, {"serious incident", ""}, {"serious youth violence", ""}, {"well known", ""}, {"also known as", ""}, {"universal credit", ""}, {"universal services", ""},
}

// LevelOf reads a level as it is written in a tool's level field. Two different levels are ambiguous; words that name no
// level, a bare score among them, are unknown (a score is never turned into a level). What would have to happen for another
// level, and which levels it is not, take nothing from the one that is stated.
func LevelOf(text string) Level {
	text = withoutConditions(text)
	found := levelsIn(Fold(text))
	if head := levelsIn(Fold(dropHints(text))); len(found) == 2 && len(head) == 1 && head[0] != LevelAmbiguous && holds(found, LevelAmbiguous) {
		return head[0] // "Moderate (targeted)"
	}
	if head := levelsIn(Fold(beforeDash(text))); len(found) == 2 && len(head) == 1 && head[0] != LevelLow && head[0] != LevelAmbiguous && holds(found, LevelAmbiguous) {
		return head[0] // "Medium - targeted"
	}
	switch len(found) {
	case 0:
		return LevelUnknown
	case 1:
		return found[0]
	}
	return LevelAmbiguous
}

// beforeDash returns what stands before the first dash with spaces about it.
func beforeDash(text string) string {
	for _, dash := range [...]string{" - ", " – ", " — "} {
		text, _, _ = strings.Cut(text, dash)
	}
	return text
}

// withoutConditions cuts the sentences behind one that states a level which say when it would be another: "Low. Would be
// medium if he went missing again."
func withoutConditions(text string) string {
	sentences := strings.SplitAfter(text, ". ")
	if len(sentences) < 2 || isConditional(sentences[0]) || len(levelsIn(Fold(sentences[0]))) == 0 {
		return text
	}
	kept := sentences[0]
	for _, s := range sentences[1:] {
		if !isConditional(s) {
			kept += s
		}
	}
	return kept
}

// isConditional tells a sentence about what may come to be, or about any child.
func isConditional(sentence string) bool {
	for _, w := range strings.Fields(Fold(sentence)) {
		switch w {
		case "if", "unless", "would", "should", "could", "may", "might", "must", "will", "where", "when", "any", "every", "each", "children", "those":
			return true
		}
	}
	return false
}

// levelsIn returns the different levels that a folded text names, in order. The number of a tier or category, and a level
// that it is said not to be, count only where no level is named: "Level 1 - Low", "Medium (not high)".
func levelsIn(folded string) []Level {
	words := strings.Fields(folded)
	var found, weak []Level
	for i := 0; i < len(words); {
		level, n := levelAt(words[i:])
		if givesWay(words[i : i+n]) {
			level, weak = "", []Level{level}
		}
		if (len(words) > 6 || n == 0) && n == 1 && len(words[i]) == 1 {
			level = "" // a lone letter in a sentence is no level
		}
		if level != "" && !holds(found, level) {
			found = append(found, level)
		}
		i += max(n, 1)
	}
	if len(found) == 0 {
		return weak
	}
	return found
}

// givesWay tells a phrase that says no more than a named level beside it.
func givesWay(phrase []string) bool {
	if len(phrase) != 2 {
		return false
	}
	switch phrase[0] {
	case "tier", "level", "category":
		return true
	case "not":
		return phrase[1] == "low" || phrase[1] == "medium" || phrase[1] == "high"
	}
	return false
}

func levelAt(words []string) (Level, int) {
	var level Level
	n := 0
	for _, p := range levelPhrases {
		k := strings.Count(p.text, " ") + 1
		if k > n && k <= len(words) && words[0] == firstWord(p.text) && strings.Join(words[:k], " ") == p.text {
			level, n = p.level, k
		}
	}
	return level, n
}

func firstWord(text string) string {
	first, _, _ := strings.Cut(text, " ")
	return first
}

func holds(all []Level, one Level) bool {
	for _, l := range all {
		if l == one {
			return true
		}
	}
	return false
}
