package form

// trustCue is how surely a label is told by its cues alone.
const trustCue = 0.9

// A cue tells what a label asks for by some of its words, whatever their order and the words between them.
type cue struct {
	form  *sense
	tool  *sense
	all   []wordSet // one word of each
	none  wordSet
	weigh int
}

// A wordSet holds words of the lexicon.
type wordSet map[int32]bool

// cueOf returns what the words of a label ask for on a form and in a screening tool; nil where no cue fits. Of several the
// one with the most words counts, then the first.
func (l *Lexicon) cueOf(label string) (form, tool *sense) {
	words := split(dropHints(label))
	have := make(wordSet, len(words))
	for _, w := range words {
		if id := l.words[w.text]; id != noWord {
			have[id] = true
		}
	}
	bestForm, bestTool := 0, 0
	for i := range l.cues {
		c := &l.cues[i]
		if !c.fits(have) {
			continue
		}
		if c.form != nil && c.weigh > bestForm {
			form, bestForm = c.form, c.weigh
		}
		if c.tool != nil && c.weigh > bestTool {
			tool, bestTool = c.tool, c.weigh
		}
	}
	return form, tool
}

// fits tells whether a label has a word of each set, each another one, and none of those against it.
func (c *cue) fits(have wordSet) bool {
	met := wordSet{}
	for id := range have {
		if c.none[id] {
			return false
		}
	}
	for _, set := range c.all {
		any := false
		for id := range have {
			if set[id] {
				any, met[id] = true, true
			}
		}
		if !any {
			return false
		}
	}
	return len(met) >= len(c.all)
}
