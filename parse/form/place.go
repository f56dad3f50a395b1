package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// A place says how a phrase stands in its line.
type place struct {
	start, labelEnd, end int
	first                bool // at the beginning of the line, numbering and small words aside
	atStart              bool // at the beginning of the line or of a piece of it
	whole                bool // nothing follows it in its piece
	colon                bool
	dash                 bool // the colon is a dash or the like
	grown                bool // further words stand between the phrase and the colon
	bold                 bool // bold where what follows is not
	upper                bool
	filled               bool
	led                  bool // small words stand before it: "And a"
}

func (p place) trust() float64 {
	switch {
	case p.grown:
		return 0.95
	case p.colon:
		return 1
	case p.bold:
		return 0.98
	case p.whole:
		return 0.95
	}
	return 0.85
}

func (s *scanner) placeOf(ln *line, i int, m match, from int) place {
	a, b := ln.words[i].start, ln.words[i+m.words-1].end
	p := place{start: a, labelEnd: b, end: b}
	piece := max(from, pieceStart(ln.text, a))
	before := i
	for before > 0 && ln.words[before-1].start >= piece && (isNumbering(ln, before-1) || before == 1 && opensLabel(ln.words[0].text)) {
		before--
	}
	p.atStart = before == 0 || ln.words[before-1].end <= piece
	p.first = before == 0
	if p.first && !strings.ContainsFunc(ln.text[:a], isMark) {
		p.start = 0
	} else if !p.atStart {
		p.start = s.overSmallWords(ln.text, a)
	} else if gap := ln.text[min(piece, a):a]; piece == pieceStart(ln.text, a) && onlyWords(gap) {
		p.start = a - len(strings.TrimLeft(gap, " ")) // only small words or a number stand between: "Are the", "12."
	}
	p.led = p.first && before == i && hasWords(ln.text[:a])
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(ln.text[p.start:]))
	p.upper = !unicode.IsLower(r)
	p.filled = ln.tokenAt(ln.words[i].start).Style&(document.Filled|document.Placeholder) != 0
	s.growEnd(ln, &p, i+m.words, m)
	rest := ln.text[p.end:pieceEnd(ln.text, p.end)]
	p.whole = !hasWords(rest)
	p.bold = ln.has(a, b, document.Bold) && (p.whole || !ln.has(p.end, len(ln.text), document.Bold))
	return p
}

// opensLabel tells a word that a form may print before any label: "Details of any other agencies", "List other agencies".
func opensLabel(w string) bool {
	return w == "details" || w == "detail" || w == "information" || w == "list"
}

// overSmallWords moves back over the small words that a label begins with: "Are the" before "parents aware".
func (s *scanner) overSmallWords(text string, at int) int {
	for {
		head := strings.TrimRight(text[:at], " ")
		w := strings.LastIndexAny(head, " \t") + 1
		if len(head) == w || !s.leads(Fold(head[w:])) {
			return at
		}
		at = w
	}
}

// onlyWords tells a stretch of small words, or a number with its stop.
func onlyWords(text string) bool {
	return numbered(text) == len(text) || !strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) })
}

// leads tells a small word that a label may begin with, or a question: "What is the".
func (s *scanner) leads(w string) bool {
	switch w {
	case "and", "or":
		return false
	case "what", "who", "which", "when", "where":
		return true
	}
	return s.skip[s.Lexicon.words[w]]
}

// isNumbering tells a word that only numbers its line: "1.", "a)", "Q3".
func isNumbering(ln *line, i int) bool {
	w := ln.words[i]
	if len(w.text) > 3 || w.end >= len(ln.text) {
		return false
	}
	next := ln.text[w.end]
	letters := strings.Trim(w.text, "0123456789")
	return (next == '.' || next == ')' || next == ' ') && (letters == "" || len(w.text) == 1 && next != ' ' || letters == "q")
}

// growEnd moves the end of a label over its hint in brackets and its colon, or over a few more words up to the colon.
func (s *scanner) growEnd(ln *line, p *place, next int, m match) {
	p.labelEnd += len(ln.text[p.labelEnd:]) - len(strings.TrimLeft(ln.text[p.labelEnd:], ")]*"))
	if tail := strings.TrimLeft(ln.text[p.labelEnd:], " "); strings.HasPrefix(tail, "%") {
		p.labelEnd = len(ln.text) - len(tail) + 1
	}
	p.end = p.labelEnd
	end := overHint(ln.text, p.labelEnd)
	if n := separator(ln.text[end:]); n > 0 && (p.first || strings.ContainsAny(ln.text[end:end+n], ":?")) {
		p.end, p.colon = end+n, true
		p.dash = !strings.ContainsAny(ln.text[end:end+n], ":?._…")
		p.end = s.overBrackets(ln, ln.overQuestions(p.end))
		return
	}
	if end > p.labelEnd && (isHintText(ln.text[p.labelEnd:end]) || !hasWords(ln.text[end:]) || ln.boldEnd(p.labelEnd) >= end || strings.HasPrefix(ln.text[end:], "\t")) {
		p.end = end
	}
	if m.words > 1 { // "Level of attendance" is no level
		s.growOver(ln, p, next)
	}
}

// overQuestions returns the end of a second question behind the first, of which the bold letters may tell where it ends.
func (l *line) overQuestions(at int) int {
	if bold := l.boldEnd(at); bold > at && strings.HasSuffix(strings.TrimRight(l.text[:bold], " "), "?") {
		return bold
	}
	return overQuestion(l.text, at)
}

// overQuestion returns the end of a second question that a form asks behind the first, or at: "Is this for a group? Who is in
// it?"
func overQuestion(text string, at int) int {
	rest := strings.TrimRight(text[at:], " \t")
	if !strings.Contains(text[:at], "?") || !strings.HasSuffix(rest, "?") || strings.Count(rest, "?") > 1 || len(strings.Fields(rest)) > longestStem || strings.ContainsAny(rest, "\t.") {
		return at
	}
	return at + len(rest)
}

// overBrackets returns the end of a hint behind a colon, or at: one that says what to write, or any before a tab, or in a
// cell whose value stands in the next.
func (s *scanner) overBrackets(ln *line, at int) int {
	if end := overPromptHint(ln.text, at); end > at {
		return end
	}
	end := overHint(ln.text, at)
	if end == at {
		return at
	}
	right, ok := s.right(ln.cell)
	if strings.HasPrefix(ln.text[end:], "\t") || !hasWords(ln.text[end:]) && (ok && !s.isEmpty(right) && !s.opensWithLabel(right) || isAside(ln.text[at:end]) && !isAnswered(ln.text[at:end])) {
		return end
	}
	return at
}

// opensWithLabel tells a cell that begins with a label of its own: what stands in it is no value of the label before it.
func (s *scanner) opensWithLabel(cell int) bool {
	text := s.doc.Cells[cell].Text()
	at := strings.IndexAny(text, ":?")
	return at > 0 && s.isLabel(s.wordsOf(text[:at]))
}

// isAnswered tells brackets that hold an answer, if only that there is none: "(yes - both agree)", "(not known)". "(yes is
// needed)" is the form's own.
func isAnswered(brackets string) bool {
	first := firstWord(Fold(brackets))
	switch first {
	case "not", "no", "none", "unknown", "nil":
		return true
	}
	_, remark, _ := strings.Cut(strings.Trim(brackets, "()[] "), " ")
	return isYesNo(first) && (remark == "" || strings.HasPrefix(remark, "-") || strings.HasPrefix(remark, "–") || strings.HasPrefix(remark, "—"))
}

// growOver moves the end of a label over the few small words behind it, up to a colon, to the end of its bold letters
// or, beside a cell for its value, to the end of its own: "Full name of the child being referred".
func (s *scanner) growOver(ln *line, p *place, next int) {
	boldEnd := ln.boldEnd(p.labelEnd)
	alone := p.first && ln.no == 0 && s.hasRight(ln.cell) && !(ln.has(p.start, p.labelEnd, document.Bold) && !ln.has(p.labelEnd, len(ln.text), document.Bold))
	capitals := strings.ToUpper(ln.text) == ln.text
	for k := next; k < len(ln.words) && k < next+7; k++ {
		w := ln.words[k]
		gap := ln.text[max(p.labelEnd, ln.words[k-1].end):w.start]
		r, _ := utf8.DecodeRuneInString(ln.text[w.start:])
		if s.turns[w.id] || unicode.IsUpper(r) && !capitals && !strings.ContainsAny(gap, "(/") || strings.ContainsAny(gap, ".,;:?\t") || strings.ContainsFunc(gap, isMark) {
			return
		}
		tail := ln.text[w.end:]
		if n := separator(tail); n > 0 && strings.ContainsAny(tail[:n], ":?") && !continues(tail[n:]) {
			p.end, p.colon, p.grown = overPromptHint(ln.text, w.end+n), true, true
			return
		}
		if end := w.end + len(tail) - len(strings.TrimLeft(tail, ") ")); p.first && w.start < boldEnd && end >= boldEnd || alone && end == len(ln.text) {
			p.end, p.grown = end, true
			return
		}
	}
}

// boldEnd returns where the bold letters that hold byte at end, or at where they end there.
func (l *line) boldEnd(at int) int {
	for _, s := range l.spans {
		if s.end <= at {
			continue
		}
		if !s.token.Style.Has(document.Bold) || s.start > at {
			break
		}
		at = s.end
	}
	return at
}

// separator returns the length of what parts a label from its value at the beginning of text, or 0.
func separator(text string) int {
	n := len(text) - len(strings.TrimLeft(text, " \u00a0*)"))
	if tail := strings.TrimLeft(text[n:], " .%*)"); tail != "" && (tail[0] == ':' || tail[0] == '?' || strings.HasPrefix(tail, "- ") || strings.HasPrefix(tail, "-\t") || tail == "-") {
		n = len(text) - len(tail)
	}
	rest := text[n:]
	if after := strings.TrimLeft(rest, "-–—"); after != rest && len(rest)-len(after) <= 3 && (after == "" || after[0] == '\t' || after[0] == ' ') {
		return len(text) - len(after)
	}
	for _, sep := range [...]string{"?:", "? :", ":-", ":–", ": -", ":", "?", "=", "...", "…", "__"} {
		if strings.HasPrefix(rest, sep) || strings.TrimSpace(rest) == strings.TrimSpace(sep) && rest != "" {
			k := len(sep)
			if k > len(rest) {
				k = len(rest)
			}
			after := rest[k:]
			return n + k + len(after) - len(strings.TrimLeft(after, "._…"))
		}
	}
	return 0
}

// overHint returns the end of brackets that begin at byte at, or at.
func overHint(text string, at int) int {
	rest := strings.TrimLeft(text[at:], " \u00a0\t")
	start := len(text) - len(rest)
	if !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, "[") {
		return at
	}
	depth := 0
	for i, r := range rest {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
		if depth == 0 && i <= maxHint {
			return start + i + 1
		}
	}
	return at
}

// overPromptHint returns the end of a hint that the form prints behind the colon, or at.
func overPromptHint(text string, at int) int {
	end := overHint(text, at)
	if end > at && isHintText(text[at:end]) {
		return end
	}
	return at
}

var hintStarts = []string{"please", "e.g", "eg ", "for example", "dd", "if ", "include", "including", "number of", "state", "tick", "delete", "name and role",
	"circle", "confirm", "where ", "as ", "select", "give ", "must ", "required", "mandatory", "optional", "must be", "use ", "specify", "details of", "and ", "or ",
	"yes/no", "yes / no", "y/n", "this ", "to be ", "list ", "what ", "who ", "choose", "note", "in full", "full ", "day/", "d/m", "s)", "block", "of ", "see ", "not ", "send/", "i.e"}

// isHintText tells text in brackets that a form prints to say what to write.
func isHintText(text string) bool {
	t := strings.ToLower(strings.Trim(text, " \u00a0\t()[]*"))
	for _, h := range hintStarts {
		if strings.HasPrefix(t, h) {
			return true
		}
	}
	return false
}

// pieceStart returns where the piece of a line that holds byte at begins: after a tab, a wide gap, a bar or a mark.
func pieceStart(text string, at int) int {
	start := 0
	for _, sep := range [...]string{"\t", "   ", "|", string(offMark), string(onMark), string(doubtMark)} {
		if i := strings.LastIndex(text[:at], sep); i >= 0 {
			start = max(start, i+len(sep))
		}
	}
	return start
}

// pieceEnd returns where the piece of a line that begins at byte at ends.
func pieceEnd(text string, at int) int {
	end := len(text)
	for _, sep := range [...]string{"\t", "   ", "|"} {
		if i := strings.Index(text[at:], sep); i >= 0 {
			end = min(end, at+i)
		}
	}
	return end
}

func hasWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return isWordRune(r) || isMark(r) })
}
