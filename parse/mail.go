package parse

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"referrald/parse/document"
	"referrald/parse/form"
)

// A mail gathers the prose of one message: its subject, the writer's own words, quoted mails, footers, and what other
// documents say. Each run of lines of one source is one passage, so that a sentence may go over a line's end.
type mail struct {
	passages []form.Passage
	told     strings.Builder // bareText of the bodies so far, so that a second version of them says nothing twice
}

func (m *mail) subject(subject string) {
	if strings.TrimSpace(subject) != "" {
		m.passages = append(m.passages, form.Passage{Source: form.FromSubject, Evidence: form.Evidence{Where: "subject", Text: strings.TrimSpace(subject)}})
	}
}

// body takes the prose of a body text. What stands between the first and the last line of a form in it is the form's.
func (m *mail) body(x *Extract, sheets []form.Sheet) {
	lines := bodyLines(x.Document)
	skip := make([]bool, len(lines))
	hideSheets(lines, skip, sheets)
	sources := sourcesOf(lines)
	told := m.told.String()
	var run passageRun
	again := false
	for i, l := range lines {
		bare := bareText(l.text)
		again = (again || len(bare) >= shortest) && strings.Contains(told, bare)
		if skip[i] || again {
			run.end(m)
			continue
		}
		run.add(m, sources[i], l)
		m.told.WriteString(bare)
	}
	run.end(m)
}

// shortest is the number of letters from which on a line that was told before is the same line and no chance.
const shortest = 12

// other takes the prose of an attached document that holds no form and no tool: paragraph by paragraph, so that staff see
// where it stood. The options that a list leaves without a tick are no prose.
func (m *mail) other(x *Extract) {
	for _, c := range x.Document.Cells {
		var lines []string
		for _, l := range c.Lines {
			if words := said(l.Tokens); words != "" {
				lines = append(lines, words)
			}
		}
		if len(lines) == 0 {
			continue
		}
		m.add(form.FromOther, form.Evidence{Document: x.Name, Where: whereOf(c), Page: c.Page, Box: c.Box, Text: strings.Join(lines, "\n")})
	}
}

// add adds a passage, or lengthens the last one if both are paragraphs of one document's page.
func (m *mail) add(source form.Source, e form.Evidence) {
	if n := len(m.passages); n > 0 {
		last := &m.passages[n-1]
		if last.Source == source && last.Document == e.Document && last.Where == e.Where && last.Page == e.Page {
			last.Text += "\n" + e.Text
			last.Box = document.Rect{}
			return
		}
	}
	m.passages = append(m.passages, form.Passage{Source: source, Evidence: e})
}

func whereOf(c document.Cell) string {
	switch {
	case c.Table > 0:
		return fmt.Sprintf("table %d, row %d, cell %d", c.Table, c.Row, c.Col)
	case c.Page > 0:
		return fmt.Sprintf("page %d", c.Page)
	}
	return "text"
}

// A bodyLine is one line of a body as a reader sees it.
type bodyLine struct {
	text   string
	quoted bool // the format itself says so
}

// bodyLines returns the lines of a body, empty ones left out. The cells of a row stand beside each other.
func bodyLines(d *document.Document) []bodyLine {
	var out []bodyLine
	for i := range d.Cells {
		for _, l := range d.Cells[i].Lines {
			if words := said(l.Tokens); words != "" {
				out = append(out, bodyLine{text: words, quoted: isQuoted(l)})
			}
		}
	}
	return out
}

func isQuoted(l document.Line) bool {
	for _, t := range l.Tokens {
		if strings.TrimSpace(t.Text) != "" {
			return t.Style.Has(document.Quoted)
		}
	}
	return false
}

// said returns what a line says: without what was struck out, without prompts, and without the options whose box is empty.
func said(tokens []document.Token) string {
	var b strings.Builder
	option := document.NoMark
	for _, t := range tokens {
		switch {
		case t.Mark != document.NoMark:
			option = t.Mark
			b.WriteByte(' ')
		case option == document.Unticked, t.Style.Has(document.Struck), t.Style.Has(document.Placeholder):
		default:
			b.WriteString(t.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// A passageRun is a run of lines of one source that becomes a passage.
type passageRun struct {
	source form.Source
	lines  []string
	first  int
	count  int
}

func (r *passageRun) add(m *mail, source form.Source, l bodyLine) {
	if source != r.source {
		r.end(m)
	}
	r.count++
	if len(r.lines) == 0 {
		r.source, r.first = source, r.count
	}
	r.lines = append(r.lines, l.text)
}

func (r *passageRun) end(m *mail) {
	if len(r.lines) > 0 {
		m.passages = append(m.passages, form.Passage{Source: r.source, Evidence: form.Evidence{
			Where: fmt.Sprintf("mail text, line %d", r.first), Text: strings.Join(r.lines, "\n")}})
	}
	r.lines = nil
}

// hideSheets marks the lines that forms and tools in the body account for: all from the first to the last line that is a
// label, an option or a passage of one, and the values that follow. A value alone sets no bound, since the name of a school
// stands in covering words and signatures too.
func hideSheets(lines []bodyLine, skip []bool, sheets []form.Sheet) {
	for i := range sheets {
		words := sheetWords(&sheets[i])
		first, last := -1, -1
		for n, l := range lines {
			if !words.bounds(l.text) {
				continue
			}
			if first < 0 {
				first = n
			}
			last = n
		}
		for first >= 0 && last+1 < len(lines) && !isClosing(lines[last+1].text) && words.holds(lines[last+1].text) {
			last++
		}
		for n := first; first >= 0 && n <= last; n++ {
			skip[n] = true
		}
	}
}

// words are the texts that a sheet was read from, bare: those that begin with a label or are an option, and all lines.
type words struct {
	labels, lines []string
}

func sheetWords(s *form.Sheet) words {
	var out words
	for _, v := range s.Fields {
		out.add(v.Evidence.Text, true)
	}
	for _, t := range s.Status {
		out.add(t.Evidence.Text, true)
	}
	for _, t := range s.Factors {
		out.add(t.Evidence.Text, true)
	}
	for _, p := range s.Passages {
		out.add(p.Text, len(p.Text) >= longPassage)
	}
	return out
}

// longPassage is the length from which on a passage of a form stands nowhere else in a mail by chance.
const longPassage = 40

func (w *words) add(text string, label bool) {
	for line := range strings.SplitSeq(text, "\n") {
		b := bareText(line)
		if len(b) < shortest {
			continue
		}
		if label {
			w.labels = append(w.labels, b)
			label = false
		}
		w.lines = append(w.lines, b)
	}
}

// bounds tells whether a line begins as a label and its value do, or as a label alone.
func (w *words) bounds(line string) bool {
	bare := bareText(line)
	if len(bare) < shortest {
		return false
	}
	for _, text := range w.labels {
		if strings.HasPrefix(bare, text) || strings.HasPrefix(text, bare) {
			return true
		}
	}
	return false
}

// holds tells whether a line is a line of the sheet, a part of one, or holds one.
func (w *words) holds(line string) bool {
	bare := bareText(line)
	for _, text := range w.lines {
		if strings.Contains(bare, text) || bare != "" && strings.Contains(text, bare) {
			return true
		}
	}
	return false
}

// bareText returns the letters and digits of a text, lower case: what is left when two programs have laid it out.
func bareText(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}
