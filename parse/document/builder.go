package document

import "strings"

// A Builder writes a Document cell by cell, for the readers of formats with paragraphs and tables. Where no cell is open,
// every paragraph is a cell of its own (Table 0). Empty paragraphs leave no line; empty cells of tables stay, since what
// stands beside a label may be nothing.
type Builder struct {
	Margin bool // whether what follows stands in the page's header or footer

	doc    Document
	cell   Cell
	inCell bool
	line   Line
	tables int
}

// Add appends a token to the line. Control characters, with which some writers bracket fields, are left out.
func (b *Builder) Add(t Token) {
	if strings.ContainsFunc(t.Text, isControl) {
		t.Text = strings.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, t.Text)
	}
	if t.Text != "" || t.Mark != NoMark {
		b.line.Tokens = append(b.line.Tokens, t)
	}
}

// AddAll appends tokens to the line.
func (b *Builder) AddAll(tokens []Token) {
	for _, t := range tokens {
		b.Add(t)
	}
}

// Break ends the line; the cell or paragraph goes on.
func (b *Builder) Break() {
	if !b.line.Blank() {
		b.cell.Lines = append(b.cell.Lines, b.line)
	}
	b.line = Line{}
}

// EndParagraph ends the line and, outside tables, the cell.
func (b *Builder) EndParagraph() {
	b.Break()
	if b.inCell || len(b.cell.Lines) == 0 {
		return
	}
	b.cell.Margin = b.Margin
	b.doc.Cells = append(b.doc.Cells, b.cell)
	b.cell = Cell{}
}

// OpenTable ends the paragraph and returns the number of the table that begins.
func (b *Builder) OpenTable() int {
	b.EndParagraph()
	b.tables++
	return b.tables
}

// OpenCell begins a cell of a table, at its row and grid column (from 1) with the columns that it covers.
func (b *Builder) OpenCell(table, row, col, span int) {
	b.EndParagraph()
	if span <= 1 {
		span = 0
	}
	b.cell = Cell{Table: table, Row: row, Col: col, Span: span, Margin: b.Margin}
	b.inCell = true
}

// Shade notes the colour of the open cell's background; "" is paper.
func (b *Builder) Shade(colour string) { b.cell.Shade = colour }

// CloseCell ends the open cell.
func (b *Builder) CloseCell() {
	b.Break()
	b.doc.Cells = append(b.doc.Cells, b.cell)
	b.cell, b.inCell = Cell{}, false
}

// InCell tells whether a cell of a table is open.
func (b *Builder) InCell() bool { return b.inCell }

// Lines returns how many lines the open cell has, the unfinished one included.
func (b *Builder) Lines() int {
	if b.line.Blank() {
		return len(b.cell.Lines)
	}
	return len(b.cell.Lines) + 1
}

// Resume makes the open cell's last line unfinished again, so that a folded cell can stand beside it.
func (b *Builder) Resume() {
	if n := len(b.cell.Lines); n > 0 && b.line.Blank() {
		b.line = b.cell.Lines[n-1]
		b.cell.Lines = b.cell.Lines[:n-1]
	}
}

// Warn adds a warning, once.
func (b *Builder) Warn(w Warning) { b.doc.Warn(w) }

// Finish ends what is open, finds the marks and returns the Document.
func (b *Builder) Finish(format Format) *Document {
	if b.inCell {
		b.CloseCell()
	}
	b.EndParagraph()
	b.doc.Format = format
	b.doc.FindMarks()
	b.doc.FindShades()
	return &b.doc
}

// isControl tells the runes that no reader sees and no database takes: controls but the tab, and stand-ins for objects.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' || r >= 0x7F && r <= 0x9F || r == 0xFFFC || r == 0xFEFF
}

// Blank tells whether a line shows nothing.
func (l Line) Blank() bool {
	for _, t := range l.Tokens {
		if t.Mark != NoMark || strings.TrimSpace(t.Text) != "" {
			return false
		}
	}
	return true
}
