package text

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

func cell(tokens ...document.Token) document.Cell {
	return document.Cell{Lines: []document.Line{{Tokens: tokens}}}
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []document.Cell
	}{
		"lines": {"Name:\tAda Quill\r\n\r\n  DOB: 1/2/2012  \r", []document.Cell{
			cell(document.Token{Text: "Name:\tAda Quill"}), cell(document.Token{Text: "  DOB: 1/2/2012  "}),
		}},
		"quotes": {"> > old\n>older\n >one\nx > y", []document.Cell{
			cell(document.Token{Text: "old", Style: document.Quoted}),
			cell(document.Token{Text: "older", Style: document.Quoted}),
			cell(document.Token{Text: "one", Style: document.Quoted}),
			cell(document.Token{Text: "x > y"}),
		}},
		"marks": {"[x] Early Help ☐ none", []document.Cell{cell(
			document.Token{Text: "[x]", Mark: document.Ticked},
			document.Token{Text: " Early Help "},
			document.Token{Text: "☐", Mark: document.Unticked, Source: document.Glyph},
			document.Token{Text: " none"},
		)}},
		"utf-16":  {"\xFF\xFEa\x00\xE9\x00", []document.Cell{cell(document.Token{Text: "aé"})}},
		"mark":    {"\xEF\xBB\xBFa\u00A0b", []document.Cell{cell(document.Token{Text: "a b"})}},
		"invalid": {"caf\xE9 open to all of us", []document.Cell{cell(document.Token{Text: "caf\uFFFD open to all of us"})}},
		"empty":   {"", nil},
	} {
		doc, err := Read([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := &document.Document{Format: document.Text, Cells: c.want}
		if d := cmp.Diff(want, doc); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for why, data := range map[document.Why][]byte{
		document.Broken:   []byte(strings.Repeat("\x00\x01a", 100)),
		document.TooLarge: make([]byte, MaxSize+1),
	} {
		doc, err := Read(data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != why || doc != nil {
			t.Errorf("Read: %v, %v; want %s", doc, err, why)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("> [x] Name:\tAda\r\n☐ none"))
	f.Add([]byte("\xFE\xFF\x00a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		words, err := decode(data)
		if err != nil {
			words = ""
		}
		readertest.Check(t, data, Read, words)
	})
}

func BenchmarkRead(b *testing.B) {
	data := []byte(strings.Repeat("Name of young person:\tAda Quill\n[x] Early Help\n> quoted\n", 40))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
