package rtf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

// sketch writes a Document so that a test can say what it expects: a line for each cell, boxes as [ ], [x] and [?].
func sketch(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		if c.Margin {
			b.WriteString("margin ")
		}
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
	}{{document.Bold, "*"}, {document.Struck, "~"}, {document.Highlighted, "="}, {document.Filled, "|"}, {document.Circled, "°"}, {document.Coloured, "^"}, {document.Faint, "_"}} {
		if t.Style.Has(look.style) {
			s = look.sign + s + look.sign
		}
	}
	if t.Style.Has(document.Placeholder) {
		s = "<" + s + ">"
	}
	return s
}

func TestRead(t *testing.T) {
	field := `{\field{\*\fldinst{ FORMTEXT }{\*\formfield{\fftype0{\*\ffdeftext Ali \u1593\'3f}}}}{\fldrslt Ali \u1593\'3f}}`
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
		{"shaded cell", `{\rtf1{\colortbl;\red255\green255\blue0;\red255\green255\blue255;}\trowd\cellx1000\clcbpat1\cellx2000\clcbpat2\cellx3000\intbl Low\cell Medium\cell High\cell\row\trowd\cellx1000\cellx2000\cellx3000\intbl a\cell b\cell c\cell\row}`,
			"1.1.1 Low\n1.1.2 =Medium=\n1.1.3 High\n1.2.1 a\n1.2.2 b\n1.2.3 c\n"},
		{"symbol font of letters", `{\rtf1{\fonttbl{\f1\fcharset0 Wingdings;}{\f2\fcharset2 Calibri;}}{\f1\'fe} Low {\f2 High \u-3844?}\par}`, "[x] Low High [x]\n"},
		{"framed", `{\rtf1 {\chbrdr\brdrs\brdrw10 Yes} / {\chbrdr\brdrnone No}\par}`, "°Yes° / No\n"},
		{"ticked box", box(`\ffres1\ffdefres0`), "[x] Yes\n"},
		{"unticked box", box(`\ffres0\ffdefres1`), "[ ] Yes\n"},
		{"box with its default", box(`\ffres25\ffdefres1`), "[x] Yes\n"},
		{"box with neither", box(``), "[?] Yes\n"},
		{"box whose file says nothing", `{\rtf1{\field{\*\fldinst FORMCHECKBOX}{\fldrslt }} Yes\par}`, "[?] Yes\n"},
		{"text field", `{\rtf1 Name: {\field{\*\fldinst FORMTEXT{\*\formfield{\fftype0{\*\ffname Name}{\*\ffdeftext nobody}}}}{\fldrslt Kit}}\par}`, "Name: |Kit|\n"},
		{"link", `{\rtf1 {\field{\*\fldinst HYPERLINK "mailto:a@b.example"}{\fldrslt a@b.example}}\par}`, "a@b.example\n"},
		{"symbol font", `{\rtf1{\fonttbl{\f1\fcharset2 Wingdings;}}{\f1\'fe} Low {\f1\'a8} High\par}`, "[x] Low [ ] High\n"},
		{"fields within fields", `{\rtf1 ` + strings.Repeat(`{\field{\*\fldinst QUOTE `, 9) + strings.Repeat(`}{\fldrslt a}}`, 9) + `\par}`, "aaaaaaaaa\n"},
		{"symbol by unicode", `{\rtf1{\fonttbl{\f1\fcharset2 Wingdings;}}\uc1{\f1\u-3842 ?} Low\par}`, "[x] Low\n"},
		{"unicode boxes", `{\rtf1\uc1 \u9746? Low \u9744? High\par}`, "[x] Low [ ] High\n"},
		{"list", `{\rtf1 Level: {\field{\*\fldinst FORMDROPDOWN{\*\formfield{\fftype2\ffhaslistbox1\ffres25\ffdefres1{\*\ffl Low}{\*\ffl High}}}}{\fldrslt}}\par}`, "Level: |High|\n"},
		{"text field with its default", `{\rtf1{\field{\*\fldinst FORMTEXT{\*\formfield{\fftype0{\*\ffdeftext name here}}}}{\fldrslt name {\b here}}}\par}`, "<|name |><|*here*|>\n"},
		{"symbol field", `{\rtf1{\field{\*\fldinst {SYMBOL 254 \\f "Wingdings" \\s 11}}{\fldrslt{\fs22}}} Low\par}`, "[x] Low\n"},
		{"plain goes back to the font of letters", `{\rtf1\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset2 Wingdings;}}\f1\'a8\plain o, really\par}`, "[ ]o, really\n"},
		{"white is no highlight", `{\rtf1{\colortbl;\red255\green255\blue0;\red255\green255\blue255;}a{\highlight2 b}{\highlight1 c}{\chcbpat0 d}\par}`, "ab=c=d\n"},
		{"ink", `{\rtf1{\colortbl;\red255\green0\blue0;\red0\green0\blue0;\red128\green128\blue128;}a{\cf1 b}{\cf2 c}{\cf3 d\plain e}{\cf9 f}\par}`, "a^b^c_d_ef\n"},
		{"a field for every script in it", `{\rtf1{\*\generator LibreOffice/7}\uc1 Name: ` + field + `{\u1593\'3f` + field + `}{\u5\'05` + field + `} end\par}`, "Name: |Ali ع| end\n"},
		{"fields that say the same", `{\rtf1{\*\generator LibreOffice/7}` + strings.ReplaceAll(field+field, `\u1593\'3f`, "1") + `\par}`, "|Ali 1Ali 1|\n"},
		{"words twice", `{\rtf1 {\upr{\'3fukasz}{\*\ud\uc1 \u321?ukasz}} and {\*\other{\upr{no}{\*\ud no}}}on\par}`, "Łukasz and on\n"},
		{"two octets for a letter", `{\rtf1{\fonttbl{\f0\fcharset128 MS Gothic;}{\f1\fcharset134 SimSun;}}\f0\'93\'fa\f1\'d6\'d0\par}`, "日中\n"},
		{"UTF-8", `{\rtf1\ansicpg65001 Zo\'c3\'ab\par}`, "Zoë\n"},
		{"deleted mark", `{\rtf1 one{\deleted\par}two\par}`, "one two\n"},
		{"page margins, notes and comments", `{\rtf1{\header council\par}{\headerf council\par}{\footer page 1\par}a{\footnote n\par}{\*\atnid X}{\*\annotation comment\par}b\par}`, "margin council\nab\nn\nmargin page 1\n"},
		{"text boxes", `{\rtf1 {\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt \pard Ada\par}}{\shprslt{\*\do{\dptxbxtext Ada\par}}}}Name:\par}`, "Name:\nAda\n"},
		{"text box in a cell", `{\rtf1 \trowd\cellx9\intbl Name:{\shp{\*\shpinst{\shptxt Ada\par}}}\cell\row\pard end\par}`, "1.1.1 Name: / Ada\nend\n"},
		{"nested table", `{\rtf1 \trowd\cellx9\cellx18\intbl Status\cell\pard\intbl\itap2 CIN\nestcell x\nestcell{\*\nesttableprops\trowd\cellx3\cellx6\nestrow}{\nonesttables\par}` +
			`\pard\intbl\itap2 CP\nestcell\nestcell{\*\nesttableprops\trowd\nestrow}\pard\intbl last\cell\row\pard}`, "1.1.1 Status\n1.1.2 CIN\tx / CP / last\n"},
		{"table left of the margin", `{\rtf1 \trowd\trleft-1000\cellx-100\cellx900\intbl a\cell b\cell\row\trowd\trleft-1000\cellx900\intbl c\cell\row}`, "1.1.1 a\n1.1.2 b\n1.2.1 c\n"},
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

// TestReadWarns holds what is said of what is not read.
func TestReadWarns(t *testing.T) {
	for rtf, want := range map[string][]document.Warning{
		`{\rtf1 a{\object\objemb{\*\objclass Package}{\*\objdata 0105}{\result b}}\par}`:                               {document.UnreadFiles},
		`{\rtf1 a{\annotation why?}\par}`:                                                                              {document.Comments},
		`{\rtf1 {\shp{\*\shpinst\shpleft10\shptop0\shpright700\shpbottom300{\sp{\sn shapeType}{\sv 3}}}}Yes / No\par}`: {document.Handwriting},
		`{\rtf1 {\shp{\*\shpinst\shpleft10\shptop0\shpright700\shpbottom300{\shptxt b\par}}}a\par}`:                    nil,
		`{\rtf1 {\shp{\*\shpinst\shpleft0\shptop0\shpright9000\shpbottom0}}a\par}`:                                     nil,
		`{\rtf1 a\par}`: nil,
	} {
		d, err := Read([]byte(rtf))
		if err != nil || !slices.Equal(d.Warnings, want) {
			t.Errorf("%s: warnings %v, error %v", rtf, d.Warnings, err)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for name, tt := range map[string]struct {
		data string
		why  document.Why
	}{
		"not RTF":  {"hello", document.Broken},
		"cut":      {`{\rtf1 Name: Ada\par DOB: 1`, document.Broken},
		"cut deep": {`{\rtf1 {\b Name:}{\field{\*\fldinst FORMTEXT}`, document.Broken},
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
	f.Add([]byte(`{\rtf1{\fonttbl{\f1\fcharset128 x;}}\f1\'93\'fa{\footnote a\par}{\shp{\*\shpinst{\shptxt b\par}}}\itap2 c\nestcell\nestrow\cell\row{\upr{a}{\*\ud b}}}`))
	f.Add([]byte(`{\rtf1{\field{\*\fldinst FORMDROPDOWN{\*\formfield\fftype2\ffdefres1{\*\ffl a}{\*\ffl b}}}{\fldrslt}}{\pict\pngblip 89504e47}\bin3 }}}}`))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, Read, plainSource(data)) })
}

// plainSource returns a file without escapes as it is; of one with escapes the order of letters says little.
func plainSource(data []byte) string {
	if bytes.Contains(data, []byte(`\'`)) || bytes.Contains(data, []byte(`\u`)) || bytes.Contains(data, []byte("fcharset")) || bytes.Contains(data, []byte("cpg")) {
		return ""
	}
	return string(latin(data)) + decode(1252, data)
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
