package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkOf(t *testing.T) {
	for want, runes := range map[Mark]string{
		Unticked: "☐□▢❏❑❒○◯⬜",
		Ticked:   "☑☒✓✔✗✘■●◉√✅",
		NoMark:   "xX•▪★-oαé→\uF0FE",
	} {
		for _, r := range runes {
			if got := MarkOf(r); got != want {
				t.Errorf("MarkOf(%q) = %d, want %d", r, got, want)
			}
		}
	}
}

func TestSymbolMark(t *testing.T) {
	for _, c := range []struct {
		font string
		code rune
		want Mark
	}{
		{"Wingdings", 0xF0A8, Unticked},
		{"Wingdings", 0xA8, Unticked},
		{"Wingdings", '¨', Unticked},
		{"Wingdings", 'o', Unticked},
		{"Wingdings", 'þ', Ticked},
		{"Wingdings", 0xF0FC, Ticked},
		{"Wingdings", 'x', Ticked},
		{"Wingdings", 'J', NoMark},
		{"Wingdings 2", 0xF0A3, Unticked},
		{"Wingdings 2", 0xF02A, Unticked},
		{"Wingdings 2", 'R', Ticked},
		{"Wingdings2", 'P', Ticked},
		{"Wingdings 3", 'P', NoMark},
		{"Webdings", 'a', Ticked},
		{"Webdings", 'c', Unticked},
		{"ABCDEE+Wingdings-Regular", 0xF0FE, Ticked},
		{"OpenSymbol", 0xF0FE, Ticked},
		{"ZapfDingbats", '4', Ticked},
		{"ZapfDingbats", 'o', Unticked},
		{"Symbol", 0xF0A8, NoMark},
		{"Symbol", 0xF0D6, Ticked},
		{"", 0xF0FE, Ticked},
		{"Calibri", 0xF0A8, Unticked},
		{"Calibri", 0xF052, Ticked},
		{"Calibri", 'x', NoMark},
		{"Wingdings", '☐', Unticked},
		{"", 'þ', NoMark},
	} {
		got, ok := SymbolMark(c.font, c.code)
		if got != c.want || ok != (c.want != NoMark) {
			t.Errorf("SymbolMark(%q, %#x) = %d, %t, want %d", c.font, c.code, got, ok, c.want)
		}
	}
}

func TestSymbolTokens(t *testing.T) {
	got := SymbolTokens("Wingdings", "þ J\uF0A8?", Token{Style: Bold, Field: "f"})
	want := []Token{
		{Text: "☑", Mark: Ticked, Source: SymbolFont, Style: Bold, Field: "f"},
		{Text: " ", Style: Bold, Field: "f"},
		{Text: "☺", Style: Bold, Field: "f"},
		{Text: "◻", Mark: Unticked, Source: SymbolFont, Style: Bold, Field: "f"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// show writes tokens as text with each mark in braces: {x} ticked, {_} unticked, {?} unknown.
func show(tokens []Token) string {
	var b strings.Builder
	for i, t := range tokens {
		switch t.Mark {
		case Ticked:
			b.WriteString("{x}")
		case Unticked:
			b.WriteString("{_}")
		case MarkUnknown:
			b.WriteString("{?}")
		default:
			if i > 0 && tokens[i-1].Mark == NoMark {
				b.WriteByte('|')
			}
			b.WriteString(t.Text)
		}
	}
	return b.String()
}

func TestMarkTokens(t *testing.T) {
	for in, want := range map[string]string{
		"☐ Low ☑ High":         "{_} Low {x} High",
		"✔\uFE0F yes":          "{x} yes",
		"\uF0FE yes \uF0A8 no": "{x} yes {_} no",
		"\uF0B7 item":          "• item",
		"[x] a [ ] b []c":      "{x} a {_} b {_}c",
		"(X) a ( ) b ()":       "{x} a {_} b ()",
		"[ ✓ ] a [☐]":          "{x} a {_}",
		"[_] a (____) b":       "{_} a (____) b",
		"(*) a [*] b":          "(*) a {x} b",
		"f(x] [note] (see x)":  "f(x] [note] (see x)",
		"[          ]":         "[          ]",
		"[xx] [x":              "[xx] [x",
		"":                     "",
		"|[x|] a":              "{x} a",
		"[|☒|] a":              "{x} a",
		"a|b|c":                "abc",
	} {
		var tokens []Token
		for _, piece := range strings.Split(in, "|") {
			tokens = append(tokens, Token{Text: piece})
		}
		if got := show(MarkTokens(tokens)); got != want {
			t.Errorf("MarkTokens(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkTokensKeepsRawTextAndLooks(t *testing.T) {
	got := MarkTokens([]Token{{Text: "[", Style: Bold}, {Text: "x"}, {Text: "] Yes", Style: Filled}})
	want := []Token{{Text: "[x]", Mark: Ticked, Style: Bold}, {Text: " Yes", Style: Filled}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestFindMarksTellsBulletsFromBoxes(t *testing.T) {
	for in, want := range map[string]string{
		"● a\n● b":      "● a\n● b",
		"○ a\n● b":      "{_} a\n{x} b",
		"■ a\n☐ b":      "{x} a\n{_} b",
		"○ a\n○ b":      "○ a\n○ b",
		"○ a\n☑ b":      "{_} a\n{x} b",
		"✓ a\n✗ b":      "{x} a\n{?} b",
		"✗ a\n☐ b":      "{x} a\n{_} b",
		"☑ a\n☒ b\n☐ c": "{x} a\n{x} b\n{_} c",
	} {
		var d Document
		for _, line := range strings.Split(in, "\n") {
			d.Cells = append(d.Cells, Cell{Lines: []Line{{Tokens: []Token{{Text: line}}}}})
		}
		d.FindMarks()
		var got []string
		for _, c := range d.Cells {
			got = append(got, show(c.Lines[0].Tokens))
		}
		if g := strings.Join(got, "\n"); g != want {
			t.Errorf("FindMarks(%q) = %q, want %q", in, g, want)
		}
	}
}

func TestMarkTokensIsLinear(t *testing.T) {
	var tokens []Token
	for range 200_000 {
		tokens = append(tokens, Token{Text: "[ ] a"}, Token{Text: "(", Style: Bold})
	}
	if got := MarkTokens(tokens); len(got) < 400_000 {
		t.Errorf("%d tokens", len(got))
	}
}

func FuzzMarkTokens(f *testing.F) {
	f.Add("[x] ☐ a", "\uF0FE ( ) ✔\uFE0F", "]")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		in := []Token{{Text: a}, {Text: b, Style: Bold}, {Text: c}}
		d := Document{Cells: []Cell{{Lines: []Line{{Tokens: in}}}}}
		d.FindMarks()
		for _, tok := range d.Cells[0].Lines[0].Tokens {
			if tok.Text == "" {
				t.Fatalf("empty token of %q, %q, %q", a, b, c)
			}
		}
	})
}

func BenchmarkMarkTokens(b *testing.B) {
	line := []Token{{Text: "☐ Missing from home, or late ", Style: Bold}, {Text: "(please tick)"}, {Text: " [x] Yes"}}
	b.ReportAllocs()
	for b.Loop() {
		MarkTokens(line)
	}
}
