package parse

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/form"
)

// endSheets cuts what was read of a form typed or pasted into a body where the form's own part of the body ends: the last
// box would run on into the signature, the disclaimer or an earlier mail, which may be about another child.
func endSheets(sheets []form.Sheet, d *document.Document) {
	if len(sheets) == 0 {
		return
	}
	ends := endsOf(bodyLines(d))
	if len(ends) == 0 {
		return
	}
	for i := range sheets {
		s := &sheets[i]
		for k, v := range s.Fields {
			v.Text, v.Evidence.Text = cut(v.Text, ends), cut(v.Evidence.Text, ends)
			s.Fields[k] = v
		}
		for p := range s.Passages {
			s.Passages[p].Text = cut(s.Passages[p].Text, ends)
		}
	}
}

// endsOf returns the lines, bare, at which a part of a body ends.
func endsOf(lines []bodyLine) map[string]bool {
	out := map[string]bool{}
	for i := range lines {
		bare := bareText(lines[i].text)
		if bare != "" && (earlier(lines, i) > 0 || isNotice(lines[i].text) || i > 0 && isSignatureMark(lines[i-1].text)) {
			out[bare] = true
		}
	}
	return out
}

// cut returns the lines of a text before the first that is an end. Its first line is never one: there the value stands.
func cut(text string, ends map[string]bool) string {
	lines := strings.Split(text, "\n")
	for i := 1; i < len(lines); i++ {
		if ends[bareText(lines[i])] {
			return strings.Join(lines[:i], "\n")
		}
	}
	return text
}
