package ocr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"referrald/parse/document"
)

// Bind adds the pages of a document that came in files of its own, such as a second photograph, to the first file's, and
// joins what the break between them has cut.
func Bind(first, next *document.Document) *document.Document {
	d := *first
	d.Cells = append([]document.Cell(nil), first.Cells...)
	pages, tables := 0, 0
	for _, c := range first.Cells {
		pages, tables = max(pages, c.Page), max(tables, c.Table)
	}
	d.Warnings = append(append([]document.Warning(nil), first.Warnings...), next.Warnings...)
	d.Pages = first.Pages + next.Pages
	d.Cells = overleaf(d.Cells, renumbered(next.Cells, pages, tables))
	return &d
}

// renumbered returns cells that follow so many pages and tables.
func renumbered(cells []document.Cell, pages, tables int) []document.Cell {
	out := append([]document.Cell(nil), cells...)
	for i := range out {
		out[i].Page += pages
		if out[i].Table > 0 {
			out[i].Table += tables
		}
	}
	return out
}

// overleaf returns the cells of a page behind those before it. What the page break has cut is joined: where a page's
// first row goes on with the last row before it, its words move there.
func overleaf(before, after []document.Cell) []document.Cell {
	if len(before) == 0 || len(after) == 0 {
		return append(before, after...)
	}
	foot, head := lastRow(before), firstRow(after)
	switch {
	case len(foot) > 0 && len(head) > 0:
		if !followOn(foot, head) {
			return append(before, after...)
		}
		for i, c := range head {
			foot[i].Lines = joined(foot[i], c)
		}
		rest := append(before, after[:start(after, head)]...)
		return append(rest, after[start(after, head)+len(head):]...)
	case len(foot)+len(head) == 0 && goesOn(before[len(before)-1], after[0]):
		last := &before[len(before)-1]
		last.Lines = joined(*last, after[0])
		return append(before, after[1:]...)
	}
	return append(before, after...)
}

// start returns where a row begins among cells.
func start(cells, row []document.Cell) int {
	for i := range cells {
		if &cells[i] == &row[0] {
			return i
		}
	}
	return 0
}

// besideTable is how many paragraphs, such as the page's number, may stand between a table and the page's end.
const besideTable = 1

// lastRow returns the row of a table that ends some cells.
func lastRow(cells []document.Cell) []document.Cell {
	to := len(cells)
	for free := 0; to > 0 && cells[to-1].Table == 0; to-- {
		if free++; free > besideTable {
			return nil
		}
	}
	from := to
	for from > 0 && sameRow(&cells[from-1], &cells[to-1]) {
		from--
	}
	return cells[from:to]
}

// firstRow returns the row of a table that begins some cells.
func firstRow(cells []document.Cell) []document.Cell {
	from := 0
	for from < len(cells) && cells[from].Table == 0 {
		if from++; from > besideTable {
			return nil
		}
	}
	to := from
	for to < len(cells) && sameRow(&cells[to], &cells[from]) {
		to++
	}
	return cells[from:to]
}

func sameRow(a, b *document.Cell) bool {
	return a.Table == b.Table && a.Row == b.Row && a.Page == b.Page
}

// followOn tells whether a page's first row is the rest of the last row of the page before: it has as many cells, names
// nothing of its own, and what it says belongs to words that stand there.
func followOn(foot, head []document.Cell) bool {
	if len(foot) != len(head) || len(head) == 0 {
		return false
	}
	said := false
	for i, c := range head {
		text := textOf(c)
		if text == "" {
			continue
		}
		if i == 0 && (len(head) > 1 || isHeaded(text)) || textOf(foot[i]) == "" || hasMark(c) || hasMark(foot[i]) {
			return false
		}
		said = true
	}
	return said
}

// headedWithin is how far into a cell its label ends, in bytes.
const headedWithin = 80

// isHeaded tells a text that begins with a label, or that is a heading.
func isHeaded(text string) bool {
	start := text[:min(len(text), headedWithin)]
	return strings.ContainsAny(start, ":?") || len(strings.Fields(text)) < 3
}

func textOf(c document.Cell) string {
	var b strings.Builder
	for _, l := range c.Lines {
		for _, t := range l.Tokens {
			b.WriteString(t.Text)
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func hasMark(c document.Cell) bool {
	for _, l := range c.Lines {
		for _, t := range l.Tokens {
			if t.Mark != document.NoMark {
				return true
			}
		}
	}
	return false
}

// joined returns the lines of a cell and of its rest overleaf. The line that the page's end broke becomes one again.
func joined(c, rest document.Cell) []document.Line {
	if len(c.Lines) == 0 || len(rest.Lines) == 0 {
		return append(c.Lines, rest.Lines...)
	}
	n := len(c.Lines) - 1
	tokens := c.Lines[n].Tokens
	end, first := tokens[len(tokens)-1], rest.Lines[0].Tokens[0]
	if r, _ := utf8.DecodeRuneInString(first.Text); !unicode.IsLower(r) && end.Box.X1+(first.Box.X1-first.Box.X0) < c.Box.X1 {
		return append(slices.Clip(c.Lines), rest.Lines...)
	}
	end.Text += " "
	lines := append([]document.Line(nil), c.Lines...)
	lines[n].Tokens = append(append(slices.Clone(tokens[:len(tokens)-1]), end), rest.Lines[0].Tokens...)
	return append(lines, rest.Lines[1:]...)
}

// goesOn tells whether a paragraph goes on overleaf: it ends in the middle of a sentence.
func goesOn(a, b document.Cell) bool {
	end, start := textOf(a), textOf(b)
	first, _ := utf8.DecodeRuneInString(start)
	return end != "" && !strings.ContainsAny(end[len(end)-1:], ".!?:") && unicode.IsLower(first) && !hasMark(a) && !hasMark(b)
}
