package notify

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is where the text of a mail is wrapped.
const lineWidth = 72

// plain renders blocks as text.
func plain(blocks []block) string {
	var parts []string
	for i := range blocks {
		if text := blocks[i].plain(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func (b *block) plain() string {
	switch b.Kind {
	case titleBlock:
		return underlined(b.Text, "=")
	case headingBlock:
		return underlined(b.Text, "-")
	case listBlock:
		return joined(b.Items, func(s string) string { return wrapped("- ", s, 2) })
	case factsBlock:
		return plainFacts(b.Facts)
	case tilesBlock:
		return plainTiles(b.Facts)
	case cardsBlock:
		return plainCards(b.Cards)
	case gridBlock:
		return b.Grid.plain()
	case pictureBlock:
		return ""
	}
	return wrapped("", b.Text, 0)
}

func joined[T any](list []T, line func(T) string) string {
	lines := make([]string, len(list))
	for i := range list {
		lines[i] = line(list[i])
	}
	return strings.Join(lines, "\n")
}

func underlined(text, with string) string {
	text = wrapped("", text, 0)
	widest := 0
	for line := range strings.Lines(text) {
		widest = max(widest, utf8.RuneCountInString(strings.TrimRight(line, "\n")))
	}
	return text + "\n" + strings.Repeat(with, widest)
}

// wrapped breaks a text between words; a word that is longer than a line stays whole, since it is an address. The first
// line begins with a lead, the others with as many spaces as the indent has.
func wrapped(lead, text string, indent int) string {
	var b strings.Builder
	b.WriteString(lead)
	width := utf8.RuneCountInString(lead)
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+n > lineWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			width = indent
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}

func plainFacts(facts []fact) string {
	widest := 0
	for _, f := range facts {
		widest = max(widest, utf8.RuneCountInString(f.Label)+1)
	}
	return joined(facts, func(f fact) string { return wrapped(left(f.Label+":", widest)+" ", f.Value, widest+1) })
}

// plainTiles puts the numbers under one another.
func plainTiles(facts []fact) string {
	widest := 0
	for _, f := range facts {
		widest = max(widest, utf8.RuneCountInString(f.Value))
	}
	return joined(facts, func(f fact) string { return wrapped("  "+right(f.Value, widest)+"  ", f.Label, widest+4) })
}

// plainCards writes a case in each paragraph.
func plainCards(cards []card) string {
	paragraphs := make([]string, len(cards))
	for i, c := range cards {
		lines := []string{wrapped("", strings.Join(c.Head, " | "), 2)}
		for _, l := range c.Lines {
			lines = append(lines, wrapped("  ", l, 2))
		}
		paragraphs[i] = strings.Join(lines, "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}

// plain writes the table with its columns under one another, numbers to the right.
func (g *grid) plain() string {
	rows := append([][]string{g.Head}, g.Rows...)
	widths := make([]int, len(g.Head))
	for _, r := range rows {
		for i, word := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(word))
		}
	}
	return joined(rows, func(r []string) string {
		line := left(r[0], widths[0])
		for i, word := range r[1:] {
			line += "  " + right(word, widths[i+1])
		}
		return strings.TrimRight(line, " ")
	})
}

func left(word string, width int) string {
	return word + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(word)))
}

func right(word string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(word))) + word
}
