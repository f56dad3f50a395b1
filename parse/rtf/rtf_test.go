package rtf

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"referrald/parse/document"
)

// sketch writes a Document so that a test can say what it expects: a line for each cell, boxes as [ ], [x] and [?].
func sketch(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		if c.Table > 0 {
			fmt.Fprintf(&b, "%d.%d.%d ", c.Table, c.Row, c.Col)
		}
		for i, l := range c.Lines {
			if i > 0 {
				b.WriteString(" / ")
			}
			for _, t := range l.Tokens {
				b.WriteString(sketchToken(t))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func sketchToken(t document.Token) string {
	switch t.Mark {
	case document.Unticked:
		return "[ ]"
	case document.Ticked:
		return "[x]"
	case document.MarkUnknown:
		return "[?]"
	}
	s := t.Text
	for _, look := range []struct {
		style document.Style
		sign  string
	}{{document.Bold, "*"}, {document.Struck, "~"}, {document.Highlighted, "="}, {document.Filled, "|"}} {
		if t.Style.Has(look.style) {
			s = look.sign + s + look.sign
		}
	}
	return s
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, rtf, want string }{
		{"paragraphs and looks", `{\rtf1\ansi\ansicpg1252 {\b Name:} Kit Farrow\par {\strike old} new\par}`, "*Name:* Kit Farrow\n~old~ new\n"},
		{"code page and unicode", `{\rtf1\ansi\ansicpg1252\uc1 Zo\'eb \u321?ukasz \u-10179?\u-8704?\par}`, "Zoë Łukasz 😀\n"},
		{"two stand-ins for a rune", `{\rtf1\ansi\uc2 Tr\u7847\'61\'62n\par}`, "Trần\n"},
		{"destinations are no text", `{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red1;}{\*\generator X;}{\stylesheet{\s0 Normal;}}Text{\pict 00ff}\par}`, "Text\n"},
		{"row of two cells", `{\rtf1 \trowd\cellx4000\cellx8000\intbl A:\cell\intbl one\par two\cell\row\pard after\par}`, "1.1.1 A:\n1.1.2 one / two\nafter\n"},
		{"spanning cell", `{\rtf1 \trowd\cellx8000\intbl Head\cell\row\trowd\cellx4000\cellx8000\intbl A\cell B\cell\row\pard}`, "1.1.1 Head\n1.2.1 A\n1.2.2 B\n"},
		{"deleted words", `{\rtf1 kept {\deleted gone}{\revised added}\par}`, "kept added\n"},
		{"hidden words", `{\rtf1 kept {\v hidden}\par}`, "kept \n"},
		{"hidden ends with plain", `{\rtf1 \v hidden\plain shown\par}`, "shown\n"},
		{"highlight", `{\rtf1 Low {\highlight7 Medium} High\par}`, "Low =Medium= High\n"},
		{"ticked box", box(`\ffres1\ffdefres0`), "[x] Yes\n"},
		{"unticked box", box(`\ffres0\ffdefres1`), "[ ] Yes\n"},
		{"box with its default", box(`\ffres25\ffdefres1`), "[x] Yes\n"},
		{"box with neither", box(``), "[?] Yes\n"},
		{"box whose file says nothing", `{\rtf1{\field{\*\fldinst FORMCHECKBOX}{\fldrslt }} Yes\par}`, "[?] Yes\n"},
		{"text field", `{\rtf1 Name: {\field{\*\fldinst FORMTEXT{\*\formfield{\fftype0{\*\ffname Name}{\*\ffdeftext nobody}}}}{\fldrslt Kit}}\par}`, "Name: |Kit|\n"},
		{"link", `{\rtf1 {\field{\*\fldinst HYPERLINK "mailto:a@b.example"}{\fldrslt a@b.example}}\par}`, "a@b.example\n"},
		{"symbol font", `{\rtf1{\fonttbl{\f1\fcharset2 Wingdings;}}{\f1\'fe} Low {\f1\'a8} High\par}`, "[x] Low [ ] High\n"},
		{"symbol by unicode", `{\rtf1{\fonttbl{\f1\fcharset2 Wingdings;}}\uc1{\f1\u-3842 ?} Low\par}`, "[x] Low\n"},
		{"unicode boxes", `{\rtf1\uc1 \u9746? Low \u9744? High\par}`, "[x] Low [ ] High\n"},
		{"binary is passed over", "{\\rtf1 a{\\*\\blob\\bin3 }}}}b\\par}", "ab\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read([]byte(tt.rtf))
			if err != nil {
				t.Fatal(err)
			}
			if got := sketch(d); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func box(state string) string {
	return `{\rtf1{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1` + state + `{\*\ffname B1}}}}{\fldrslt }} Yes\par}`
}

func TestUnreadable(t *testing.T) {
	for name, tt := range map[string]struct {
		data string
		why  document.Why
	}{
		"not RTF":  {"hello", document.Broken},
		"too deep": {`{\rtf1` + strings.Repeat("{", 1000), document.TooLarge},
	} {
		_, err := Read([]byte(tt.data))
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != tt.why {
			t.Errorf("%s: error = %v, want %s", name, err, tt.why)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\trowd\cellx400\intbl a\cell\row{\field{\*\fldinst FORMCHECKBOX{\*\formfield\ffres1}}{\fldrslt}}\u321?\'e9}`))
	f.Add([]byte(box(`\ffres25`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		one, err := Read(data)
		if err != nil && one != nil {
			t.Fatal("an error and a document")
		}
		two, _ := Read(data)
		if !reflect.DeepEqual(one, two) {
			t.Fatal("two readings differ")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	row := `\trowd\cellx4000\cellx8000\intbl {\b Name of young person:} Kit Farrow\cell\intbl {\b DOB:} 14/03/2013\cell\row`
	data := []byte(`{\rtf1\ansi\ansicpg1252 ` + strings.Repeat(row, 40) + `}`)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
