package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(s string) Token { return Token{Text: s} }

func TestBuilder(t *testing.T) {
	var b Builder
	b.Margin = true
	b.Add(text("head"))
	b.EndParagraph()
	b.Margin = false
	b.Add(text("a\x00\x04"))
	b.Break()
	b.Add(text("b\t\uFFFC"))
	n := b.OpenTable()
	b.OpenCell(n, 1, 1, 1)
	b.Add(text("left"))
	b.EndParagraph()
	b.Resume()
	b.Add(text("\tright"))
	if b.Lines() != 1 || !b.InCell() {
		t.Errorf("%d lines", b.Lines())
	}
	b.CloseCell()
	b.OpenCell(n, 1, 2, 3)
	b.Add(text("  "))
	b.CloseCell()
	b.Warn(Torn)
	b.Warn(Torn)
	want := &Document{
		Format: ODT,
		Cells: []Cell{
			{Margin: true, Lines: []Line{{Tokens: []Token{text("head")}}}},
			{Lines: []Line{{Tokens: []Token{text("a")}}, {Tokens: []Token{text("b\t")}}}},
			{Table: 1, Row: 1, Col: 1, Lines: []Line{{Tokens: []Token{text("left\tright")}}}},
			{Table: 1, Row: 1, Col: 2, Span: 3},
		},
		Warnings: []Warning{Torn},
	}
	if d := cmp.Diff(want, b.Finish(ODT)); d != "" {
		t.Error(d)
	}
}
