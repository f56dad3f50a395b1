package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// raw returns the words and marks of the parts without those that were struck or only printed as a prompt.
func (g *segment) raw(parts []stretch) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('\n')
		}
		g.appendKept(&b, p, func(t *document.Token) bool { return t.Style&(document.Struck|document.Placeholder) == 0 })
	}
	return b.String()
}

func (g *segment) appendKept(b *strings.Builder, p stretch, keep func(*document.Token) bool) {
	ln := &g.lines[p.line]
	for _, s := range ln.spans {
		from, to := max(s.start, p.start), min(s.end, p.end)
		if from < to && keep(s.token) {
			b.WriteString(ln.text[from:to])
		}
	}
}

// render returns the value that stands in the parts, or "".
func (g *segment) render(parts []stretch) string {
	text := g.raw(parts)
	if !strings.ContainsFunc(text, isMark) && isPrintedChoice(text) {
		if text = g.shown(parts); text == "" {
			return ""
		}
	}
	if strings.ContainsFunc(text, isMark) {
		text = chosen(text)
	}
	return tidy(text)
}

// shown returns the part of a printed choice that was highlighted or circled or, where none was, the one answer that alone
// is bold, underlined or coloured, or black beside grey.
func (g *segment) shown(parts []stretch) string {
	with := func(look document.Style, is bool) string {
		var b strings.Builder
		for _, p := range parts {
			g.appendKept(&b, p, func(t *document.Token) bool { return (t.Style&look != 0) == is })
		}
		return b.String()
	}
	for _, look := range [...]document.Style{document.Highlighted | document.Circled, document.Underlined, document.Bold, document.Coloured, document.Faint} {
		text, rest := with(look, look != document.Faint), with(look, look == document.Faint)
		if hasWords(text) && isYesNo(Fold(text)) && hasWords(rest) {
			return text
		}
	}
	if text := with(document.Highlighted|document.Circled, true); !isPrintedChoice(text) {
		return text
	}
	return ""
}

// tidy trims a value and its lines, makes runs of spaces one, and takes prompts and printed hints for nothing.
func tidy(text string) string {
	var lines []string
	for i, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); i == 0 || len(lines) == 0 {
			l = strings.TrimLeft(withoutLeaders(l), ":*/|_ ")
			if sign, answer, ok := strings.Cut(l, ":"); ok && isAnswerSign(sign) {
				l = strings.TrimSpace(answer)
			}
			if end := overHint(l, 0); end > 0 && (isHintText(l[:end]) || hasWords(l[end:]) && isAside(l[:end])) {
				l = strings.TrimSpace(l[end:])
			}
		}
		if l != "" && !document.IsPrompt(l) {
			lines = append(lines, l)
		}
	}
	out := strings.TrimRight(strings.Join(lines, "\n"), " /|_\t\n")
	if dash, ok := strings.CutPrefix(out, "- "); ok && len(lines) == 1 {
		out = dash // what was printed for a colon
	}
	if strings.HasPrefix(out, "[") && overHint(out, 0) == len(out) {
		out = strings.TrimSpace(out[1 : len(out)-1]) // set in brackets to stand out
	}
	if !hasWords(out) || isFormatHint(out) || document.IsPrompt(out) {
		return ""
	}
	return out
}

// withoutLeaders trims the dots that a form prints for a line to write on.
func withoutLeaders(line string) string {
	if head := strings.TrimLeft(line, " ._…"); strings.HasPrefix(strings.TrimLeft(line, " "), "..") || strings.HasPrefix(strings.TrimLeft(line, " "), "…") {
		line = head
	}
	if body := strings.TrimRight(line, " ._…"); strings.HasSuffix(strings.TrimRight(line, " "), "....") || strings.HasSuffix(line, "……") {
		line = body
	}
	return line
}

// isAside tells brackets that a form printed before the value: "(first and last)".
func isAside(brackets string) bool {
	inner := strings.Trim(brackets, "()[] ")
	r, _ := utf8.DecodeRuneInString(inner)
	return unicode.IsLower(r) && len(strings.Fields(inner)) > 1 && len(strings.Fields(inner)) <= 8 && !strings.ContainsAny(inner, "0123456789")
}

// isFormatHint tells a printed pattern of a date or a blank to be filled.
func isFormatHint(text string) bool {
	switch Fold(text) {
	case "dd mm yyyy", "dd mm yy", "ddmmyyyy", "d m y", "day month year", "dd mmm yyyy", "type here", "insert here", "please specify", "please state", "enter here":
		return true
	}
	return false
}

// isPrintedChoice tells a list of answers that the form prints and nobody chose from.
func isPrintedChoice(text string) bool {
	if len(text) > 60 {
		return false
	}
	rest := Fold(text)
	count := 0
	for rest != "" {
		n := answerLength(rest)
		if n == 0 {
			return false
		}
		rest = strings.TrimLeft(rest[n:], " ")
		rest = strings.TrimPrefix(rest, "or ")
		count++
	}
	return count >= 2
}

var answers = [...]string{"not known", "unknown", "unsure", "not applicable", "n a", "na", "not sure", "dont know", "partially", "yes", "no", "y", "n", "nk", "delete as appropriate", "please delete as appropriate", "please circle"}

// answerLength returns the length of the printed answer that begins a folded text, or 0.
func answerLength(folded string) int {
	for _, a := range answers {
		if folded == a || strings.HasPrefix(folded, a+" ") {
			return len(a)
		}
	}
	return 0
}

func isYesNo(folded string) bool {
	return folded != "" && answerLength(folded) == len(folded)
}

// chosen returns what a value with boxes says: the words of the ticked ones, and remarks beside them.
func chosen(text string) string {
	var marks []rune
	pieces := strings.FieldsFunc(text, func(r rune) bool {
		if isMark(r) {
			marks = append(marks, r)
		}
		return isMark(r)
	})
	switch {
	case marksLead(text):
		if len(pieces) > len(marks) {
			pieces = pieces[1:]
		}
	case len(pieces) > len(marks) && hasWords(pieces[len(pieces)-1]): // words at both ends: which of them are a box's?
		if isAnswerLike(pieces[0]) == isAnswerLike(pieces[len(pieces)-1]) && len(marks) > 1 {
			return ""
		}
		if !isAnswerLike(pieces[0]) && len(marks) > 1 {
			pieces = pieces[1:]
		}
	}
	return choose(pieces, marks)
}

// isAnswerLike tells words that are an answer to choose.
func isAnswerLike(text string) bool { return answerLength(Fold(text)) > 0 }

// marksLead tells whether the first box of a text stands before the first word.
func marksLead(text string) bool {
	mark, word := strings.IndexFunc(text, isMark), strings.IndexFunc(text, isWordRune)
	return mark >= 0 && (word < 0 || mark < word)
}

func choose(pieces []string, marks []rune) string {
	var out []string
	ticked := false
	for i, p := range pieces {
		switch {
		case i < len(marks) && marks[i] == onMark:
			ticked = true
			p = strings.Trim(p, " ,;/|")
			if last := len(out) - 1; last >= 0 && i > 0 && marks[i-1] == onMark {
				out[last] += ","
			}
			out = append(out, p)
		case i >= len(marks):
			out = append(out, strings.TrimSpace(p))
		default:
			if n := answerLength(Fold(p)); n > 0 && strings.Contains(strings.TrimSpace(p), " ") {
				out = append(out, strings.TrimLeft(strings.TrimSpace(p)[min(n, len(strings.TrimSpace(p))):], " ,-–:"))
			}
		}
	}
	if !ticked && len(out) == 0 {
		return ""
	}
	return strings.TrimSpace(strings.Join(out, " "))
}
