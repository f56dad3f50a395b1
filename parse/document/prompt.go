package document

import "strings"

// IsPrompt tells the words by which a template asks for a value inside a field ("Click or tap here to enter text.",
// "Choose an item.", blanks). Such words are no value.
func IsPrompt(text string) bool {
	words := strings.ToLower(strings.TrimSpace(text))
	if strings.Trim(words, "-–—_.… \t\u2002\u2003\u00A0[]<>") == "" {
		return true
	}
	words = strings.Trim(words, "<>[] ")
	if len(words) > maxPrompt {
		return false
	}
	for _, start := range [...]string{
		"click or tap ", "click here", "click to ", "tap here", "choose a", "choose one", "choose from", "select a", "select one",
		"select from", "select option", "please select", "please choose", "please enter", "enter text", "enter your ", "enter a ",
		"enter date", "enter the ", "type here", "type your ", "-- select", "- select", "-select", "--select",
	} {
		if strings.HasPrefix(words, start) {
			return true
		}
	}
	return words == "select" || words == "choose" || words == "select..." || words == "enter"
}

// maxPrompt is the greatest length of a prompt in bytes; whoever writes more has filled the field in.
const maxPrompt = 64

// isWordPrompt tells the sentences that Word itself puts into empty content controls. They are no value anywhere.
func isWordPrompt(text string) bool {
	switch strings.TrimSpace(text) {
	case "Click or tap here to enter text.", "Click here to enter text.", "Choose an item.", "Click or tap to enter a date.",
		"Click here to enter a date.", "Click or tap to enter text.", "Enter any content that you want to repeat, including other content controls. You can also insert this control around table rows in order to repeat parts of a table.":
		return true
	}
	return false
}

// markPrompts marks the template's prompts as placeholders.
func markPrompts(tokens []Token) {
	for i := range tokens {
		t := &tokens[i]
		if t.Mark != NoMark || strings.TrimSpace(t.Text) == "" {
			continue
		}
		// A dash between two pieces of a value is no prompt.
		alone := (i == 0 || !tokens[i-1].Style.Has(Filled)) && (i+1 == len(tokens) || !tokens[i+1].Style.Has(Filled))
		if t.Style.Has(Filled) && alone && IsPrompt(t.Text) || isWordPrompt(t.Text) {
			t.Style |= Placeholder
		}
	}
}
