package parse

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"referrald/parse/form"
)

// beside takes what stands in a document beside the fields of its forms and tools: a note under the table, a text box, a
// footnote, an answer to a question that the lexicon does not have. Only what speaks of somebody counts, since the words of
// the template speak of any child.
func (m *mail) beside(x *Extract, sheets []form.Sheet) {
	told, names := accounted(sheets)
	for _, c := range x.Document.Cells {
		if !isAbout(c.Text(), names) {
			continue
		}
		var lines []string
		for _, l := range c.Lines {
			if words := said(l.Tokens); !strings.Contains(told, bareText(words)) {
				lines = append(lines, words)
			}
		}
		if text := strings.Join(lines, "\n"); isAbout(text, names) {
			m.add(form.FromOther, form.Evidence{Document: x.Name, Where: whereOf(c), Page: c.Page, Box: c.Box, Text: text})
		}
	}
}

// accounted returns all that sheets were read from, bare, and the first names of their children.
func accounted(sheets []form.Sheet) (told string, names []string) {
	var b strings.Builder
	for i := range sheets {
		words := sheetWords(&sheets[i])
		for _, l := range words.lines {
			b.WriteString(l)
			b.WriteByte(' ')
		}
		for k, v := range sheets[i].Fields {
			b.WriteString(bareText(v.Text))
			b.WriteByte(' ')
			if name := NameOf(v.Text); (k == form.Name || k == form.ToolChildName) && len(name) > 0 {
				names = append(names, name[0])
			}
		}
	}
	return b.String(), names
}

// leastAbout is how many words tell something of somebody: fewer are a name in its cell.
const leastAbout = 4

// anyChild finds the ways in which a template speaks of any child.
var anyChild = regexp.MustCompile(`(?i)\b(?:he|she|him|his|hers?)(?:\s*/\s*|\s+or\s+)(?:he|she|him|his|hers?)\b|\(s\)\s*he\b|\bs/he\b`)

// isAbout tells a text that speaks of one person, by a pronoun or a name.
func isAbout(text string, names []string) bool {
	all := strings.FieldsFunc(strings.ToLower(anyChild.ReplaceAllString(text, " ")), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(all) < leastAbout {
		return false
	}
	return slices.ContainsFunc(all, func(w string) bool {
		switch w {
		case "he", "him", "his", "hes", "she", "her", "hers", "shes":
			return true
		}
		return slices.Contains(names, strings.Join(NameOf(w), ""))
	})
}
