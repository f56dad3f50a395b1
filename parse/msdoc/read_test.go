package msdoc

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

// show writes a document so that tests can compare it: cells as "table.row.col+span", tokens parted by "|", looks in "<>".
func show(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		if c.Margin {
			b.WriteString("margin ")
		}
		if c.Table > 0 {
			fmt.Fprintf(&b, "%d.%d.%d+%d ", c.Table, c.Row, c.Col, max(c.Span, 1))
		}
		for i, l := range c.Lines {
			if i > 0 {
				b.WriteString(" / ")
			}
			for j, k := range l.Tokens {
				if j > 0 {
					b.WriteString("|")
				}
				b.WriteString(showToken(k))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func showToken(k document.Token) string {
	s := [...]string{k.Text, "{_}", "{x}", "{?}"}[k.Mark]
	looks := ""
	for i, name := range []string{"b", "s", "h", "u", "i", "p", "f", "q", "c", "k", "g"} {
		if k.Style.Has(1 << i) {
			looks += name
		}
	}
	if looks != "" {
		s += "<" + looks + ">"
	}
	return s
}

var (
	bold    = op(sprmBold, 1, 1)
	formBox = formField(boxField|1<<2, "c1", le(0, 2), xstz(""), xstz(""), xstz(""), xstz(""), xstz(""))
	list    = formField(listField|1<<2, "d1", le(0, 2), xstz(""), xstz(""), xstz(""), xstz(""), xstz(""), join(le(0xFFFF, 2), le(2, 2), le(0, 2), xst("one"), xst("two")))
	input   = formField(textField, "t1", xstz("type here"), xstz(""), xstz(""), xstz(""), xstz(""), xstz(""))
)

// formParts are a legacy form field: its code, the data it points to, and its result.
func formParts(code string, at int, result ...part) []part {
	out := []part{special(fieldBegin), t(" " + code + " "), special(signPicture, op(sprmPicture, at, 4), op(sprmIsData, 1, 1))}
	if result != nil {
		out = append(append(out, special(fieldSeparator)), result...)
	}
	return append(out, special(fieldEnd))
}

func parts(groups ...[]part) []part {
	var out []part
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

func TestRead(tt *testing.T) {
	two := []int{0, 4000, 8000}
	for name, c := range map[string]struct {
		in   paper
		want string
	}{
		"paragraphs": {paper{text: []part{t("Name: ", bold), t("Zoë – Łaszcz"), end(), t("a\x0Bb\tc\u00A0d\x1Ee\x1Ff"), end()}}, "Name: <b>|Zoë – Łaszcz\na / b\tc d-ef\n"},
		"one byte":   {paper{ansi: true, text: []part{t("it\u0092s"), t(" here", bold), end()}}, "it’s| here<b>\n"},
		"looks": {paper{text: []part{t("a", op(sprmStrike, 1, 1)), t("b", op(sprmHighlight, 7, 1)), t("c", op(sprmHidden, 1, 1)), t("d", op(sprmDeleted, 1, 1)), t("e", op(sprmUnderline, 1, 1)),
			t("f", op(sprmShade80, 7<<5, 2)), t("g", le(sprmShade, 2), []byte{10, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0}), t("h", op(sprmItalic, 1, 1)), end()}}, "a<s>|b<h>|e<u>|f<h>|g|h<i>\n"},
		"ink": {paper{text: []part{t("a", op(sprmInk80, 6, 1)), t("b", op(sprmInk80, 1, 1)), t("c", op(sprmInk80, 15, 1)), t("d", op(sprmInk, 0x0000FF00, 4)), t("e", op(sprmInk, 0xFF0000FF, 4)),
			t("f", op(sprmInk80, 99, 1)), end()}}, "a<k>|b|c<g>|d<k>|ef\n"},
		"deleted mark": {paper{text: []part{t("a"), {text: "\r", chars: op(sprmDeleted, 1, 1)}, t("b"), end()}}, "a b\n"},
		"symbols": {paper{fonts: []string{"Arial", "Wingdings", "Wingdings 2"}, text: []part{t("(", op(sprmSpecial, 1, 1), le(sprmSymbol, 2), le(1, 2), le(0xF0FE, 2)), t(" yes "),
			t("o", op(sprmFontASCII, 1, 2)), t("R", op(sprmFontASCII, 2, 2)), end()}}, "{x}| yes |{_}|{x}\n"},
		"table": {paper{text: []part{t("a"), cellEnd(), t("b"), end(op(sprmInTable, 1, 1)), t("c"), cellEnd(), rowEnd(two), t("wide"), cellEnd(), rowEnd([]int{10, 8010}), t("end"), end()}},
			"1.1.1+1 a\n1.1.2+1 b / c\n1.2.1+2 wide\nend\n"},
		"two tables": {paper{text: []part{t("a"), cellEnd(), rowEnd(two[:2]), end(), t("b"), cellEnd(), rowEnd(two[:2])}}, "1.1.1+1 a\n2.1.1+1 b\n"},
		"merged": {paper{text: []part{t("a"), cellEnd(), t("b"), cellEnd(), rowEnd(two, mergeBelow|mergeFirst), cellEnd(), t("c"), cellEnd(), rowEnd(two, mergeBelow), t("d"), cellEnd(), cellEnd(), rowEnd(two, 1, 2)}},
			"1.1.1+1 a\n1.1.2+1 b\n1.2.2+1 c\n1.3.1+2 d\n"},
		"shaded cells": {paper{text: []part{t("Low"), cellEnd(), t("Medium"), cellEnd(), shadedRow(two, le(sprmShades80, 2), le(4, 1), le(0, 2), le(7<<5, 2)), t("a"), cellEnd(), t("b"), cellEnd(), rowEnd(two),
			t("c"), cellEnd(), t("d"), cellEnd(), shadedRow(two, le(sprmShades, 2), le(10, 1), le(0, 4), le(0xFF, 1), le(0, 5))}},
			"1.1.1+1 Low\n1.1.2+1 Medium<h>\n1.2.1+1 a\n1.2.2+1 b\n1.3.1+1 c<h>\n1.3.2+1 d\n"},
		"no shape": {paper{text: []part{t("a"), cellEnd(), t("b"), cellEnd(), {text: "\x07", paras: join(op(sprmInTable, 1, 1), op(sprmRowEnd, 1, 1))}}}, "1.1.1+1 a\n1.1.2+1 b\n"},
		"nested": {paper{text: []part{t("CIN"), innerCellEnd(), t("x"), innerCellEnd(), innerRowEnd(0, 100, 200), t("last"), cellEnd(), t("beside"), cellEnd(), rowEnd(two)}},
			"1.1.1+1 CIN\tx / last\n1.1.2+1 beside\n"},
		"layout": {paper{text: []part{t("a"), innerCellEnd(), t("b"), innerCellEnd(), innerRowEnd(0, 100, 200), t("c"), innerCellEnd(), t("d"), innerCellEnd(), innerRowEnd(0, 100, 200), cellEnd(), rowEnd(two[:2])}},
			"2.1.1+1 a\n2.1.2+1 b\n2.2.1+1 c\n2.2.2+1 d\n"},
		"box":          {paper{data: formBox, text: parts(formParts("FORMCHECKBOX", 0), []part{t(" CIN"), end()})}, "{x}<f>| CIN\n"},
		"box lost":     {paper{text: parts(formParts("FORMCHECKBOX", 900), []part{t(" CIN"), end()})}, "{?}<f>| CIN\n"},
		"list":         {paper{data: list, text: parts(formParts("FORMDROPDOWN", 0, []part{}...), []part{end()})}, "two<f>\n"},
		"input":        {paper{data: input, text: parts(formParts("FORMTEXT", 0, t("Ada")), formParts("FORMTEXT", 0, t("type here")), []part{end()})}, "Ada<f>|type here<pf>\n"},
		"symbol field": {paper{text: []part{special(fieldBegin), t(` SYMBOL 254 \f "Wingdings" \s 12 `), special(fieldEnd), t(" CIN"), end()}}, "{x}| CIN\n"},
		"link":         {paper{text: []part{t("at "), special(fieldBegin), t("HYPERLINK x"), special(fieldSeparator), t("here"), special(fieldEnd), end()}}, "at here\n"},
		"shown symbol": {paper{text: []part{special(fieldBegin), t(` SYMBOL 254 \f "Wingdings" `), special(fieldSeparator), t("x"), special(fieldEnd), t(" CIN"), end()}}, "{x}| CIN\n"},
		"ActiveX":      {paper{text: []part{special(fieldBegin), t(` CONTROL Forms.CheckBox.1 \s `), special(fieldSeparator), special(signPicture), special(fieldEnd), t(" CIN"), end()}}, "{?}<f>| CIN\n"},
		"framed": {paper{text: []part{t("Yes", op(sprmBorder80, 4|1<<8|1<<16, 4)), t("a", op(sprmBorder80, 0, 4)),
			t("No", join(le(sprmBorder, 2), le(8, 1), le(0, 4), le(4, 1), le(1, 1), le(0, 2))), t("b", join(le(sprmBorder, 2), le(8, 1), le(0, 8))), end()}}, "Yes<c>|a|No<c>|b\n"},
		"lost end": {paper{text: []part{special(fieldBegin), t("PAGE"), end(), t("shown"), end()}}, "shown\n"},
		"margins": {paper{text: []part{t("text"), end()}, headers: []part{t("head"), end(), t("foot"), end(), t("head"), end(), end()}, headerPlaces: []int{0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 10, 15, 15, 16}},
			"margin head\ntext\nmargin foot\n"},
		"text boxes": {paper{text: []part{t("Name:"), special(signDrawn), end(), t("end"), end()}, boxes: []part{t("Ada"), end(), t("lost"), end(), end()},
			boxPlaces: join(le(0, 4), le(4, 4), le(9, 4), make([]byte, boxShapeAt), le(77, 4), make([]byte, 4), make([]byte, boxShapeAt), le(78, 4), make([]byte, 4)),
			anchors:   join(le(5, 4), le(99, 4), le(77, 4), make([]byte, shapeSize-4))}, "Name:\nAda\nend\nlost\n"},
		"styles": {paper{styles: sheetOfStyles(), text: []part{t("a"), end(op(sprmStyle, 1, 2)), t("b", op(sprmBold, 0x81, 1)), end(op(sprmStyle, 1, 2)), t("c", op(sprmCharStyle, 2, 2)), end()}}, "a<b>\nb\nc<s>\n"},
		"huge":   {paper{data: join(le(3, 2), op(sprmInTable, 1, 1)), text: []part{t("a"), {text: "\x07", paras: op(sprmHuge, 0, 4)}, rowEnd(two[:2])}}, "1.1.1+1 a\n"},
	} {
		r, err := newReader(c.in.streams())
		if err != nil {
			tt.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		direct := show(r.document())
		if d := cmp.Diff(c.want, direct); d != "" {
			tt.Errorf("%s: %s", name, d)
		}
		doc, err := Read(compound(c.in.streams()))
		if err != nil {
			tt.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if d := cmp.Diff(direct, show(doc)); d != "" {
			tt.Errorf("%s, in a compound file: %s", name, d)
		}
	}
}

// sheetOfStyles has a plain style, a bold one of paragraphs based on it, and a struck one of characters.
func sheetOfStyles() []byte {
	entry := func(kind, base int, upx ...[]byte) []byte {
		b := join(le(0, 2), le(kind|base<<4, 2), le(len(upx), 2), make([]byte, 4), xstz("s"))
		for _, u := range upx {
			b = join(b, le(len(u), 2), u, make([]byte, len(u)%2))
		}
		return join(le(len(b), 2), b, make([]byte, len(b)%2))
	}
	return join(le(18, 2), le(3, 2), le(10, 2), make([]byte, 14),
		entry(paragraphStyle, noStyle, le(0, 2), nil), entry(paragraphStyle, 0, le(1, 2), bold), entry(characterStyle, noStyle, op(sprmStrike, 1, 1)))
}

func TestReadWarns(tt *testing.T) {
	p := paper{comments: 1, text: parts(formParts("FORMCHECKBOX", 900), []part{special(signPicture, op(sprmPicture, 0, 4)), end(), end()})}
	p.text[len(p.text)-1].text = "\r" // the comment's own character
	doc, err := Read(compound(p.streams()))
	if err != nil {
		tt.Fatal(err)
	}
	if d := cmp.Diff([]document.Warning{document.UnreadControl, document.Comments, document.UnreadPicture}, doc.Warnings); d != "" {
		tt.Error(d)
	}
}

func TestReadPictures(tt *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 830, 1170))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 3)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		tt.Fatal(err)
	}
	record := join(le(0x6E0, 2), le(recordPNG, 2), le(buf.Len()+identifier+1, 4), make([]byte, identifier+1), buf.Bytes())
	p := paper{data: join(make([]byte, 100), record, record[:200]), text: []part{special(signPicture, op(sprmPicture, 0, 4)), end()}}
	doc, err := Read(compound(p.streams()))
	if err != nil {
		tt.Fatal(err)
	}
	if len(doc.Scans) != 1 || doc.Scans[0].Page != 1 || doc.Warnings != nil {
		tt.Fatalf("%d scans, %q", len(doc.Scans), doc.Warnings)
	}
	back, err := png.Decode(bytes.NewReader(doc.Scans[0].PNG))
	if err != nil || back.Bounds() != img.Bounds() {
		tt.Fatalf("%v, %v", back.Bounds(), err)
	}
}

func TestReadNamesFields(tt *testing.T) {
	p := paper{data: formBox, text: parts(formParts("FORMCHECKBOX", 0), []part{end()})}
	doc, err := Read(compound(p.streams()))
	if err != nil {
		tt.Fatal(err)
	}
	want := []document.Token{{Mark: document.Ticked, Source: document.LegacyField, Style: document.Filled, Field: "c1"}}
	if d := cmp.Diff(want, doc.Cells[0].Lines[0].Tokens); d != "" {
		tt.Error(d)
	}
}

func TestReadRefuses(tt *testing.T) {
	change := func(at int, to ...byte) []byte {
		s := (&paper{text: []part{t("a"), end()}}).streams()
		copy(s.main[at:], to)
		return compound(s)
	}
	for name, c := range map[string]struct {
		data []byte
		why  document.Why
	}{
		"empty":     {nil, document.Broken},
		"no file":   {[]byte("Dear all"), document.Broken},
		"header":    {change(0)[:512], document.Broken},
		"Word 6":    {change(0, 0xDC, 0xA5), document.Unsupported},
		"Word 95":   {change(2, 0x68, 0), document.Unsupported},
		"no Word":   {change(0, 1, 1), document.Broken},
		"encrypted": {change(11, flagTable1>>8|flagEncrypted>>8), document.Locked},
		"no table":  {change(11, 0), document.Broken},
		"no text":   {change(34+28+2+12, 0xFF, 0xFF, 0xFF, 0x7F), document.Broken},
		"too large": {make([]byte, MaxSize+1), document.TooLarge},
	} {
		doc, err := Read(c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || doc != nil {
			tt.Errorf("%s: %v, want %s", name, err, c.why)
		}
	}
}

// form is a document of the size of a referral form.
func form() []byte {
	p := paper{data: formBox}
	for range 60 {
		p.text = append(p.text, formParts("FORMCHECKBOX", 0)...)
		p.text = append(p.text, t(" Going missing or returning home late"), cellEnd(), t("Label:", bold), t(" "))
		p.text = append(p.text, formParts("FORMTEXT", 0, t("Ada Quill"))...)
		p.text = append(p.text, cellEnd(), rowEnd([]int{0, 4000, 8000}))
	}
	return compound(p.streams())
}

func FuzzRead(f *testing.F) {
	p := paper{data: formBox, fonts: []string{"Wingdings"}, styles: sheetOfStyles(), text: parts(formParts("FORMCHECKBOX", 0), []part{t("a"), cellEnd(), rowEnd([]int{0, 9})})}
	f.Add(compound(p.streams()))
	f.Fuzz(func(tt *testing.T, data []byte) { readertest.Check(tt, data, Read, "") })
}

// FuzzReadStreams fuzzes what stands inside the compound file, which its checks mostly keep from FuzzRead.
func FuzzReadStreams(f *testing.F) {
	p := paper{data: list, fonts: []string{"Wingdings"}, styles: sheetOfStyles(), text: parts(formParts("FORMDROPDOWN", 0), []part{t("a"), cellEnd(), rowEnd([]int{0, 9}), t("b"), innerCellEnd(), innerRowEnd(0, 5), cellEnd(), rowEnd([]int{0, 9})})}
	s := p.streams()
	f.Add(s.main, s.table1, s.data)
	f.Fuzz(func(tt *testing.T, main, table, data []byte) {
		read := func([]byte) (*document.Document, error) {
			r, err := newReader(&streams{main: main, table0: table, table1: table, data: data})
			if err != nil {
				return nil, err
			}
			return r.document(), nil
		}
		readertest.Check(tt, slices.Concat(main, table, data), read, "")
		if doc, err := read(nil); err == nil {
			stands(tt, doc, main, data)
		}
	})
}

// stands holds that every letter stands in the streams, as one byte or as two.
func stands(tt *testing.T, doc *document.Document, all ...[]byte) {
	tt.Helper()
	in := map[rune]bool{}
	for _, b := range all {
		for i := range b {
			in[rune(ansi(b[i]))] = true
			in[rune(u16(b, i))] = true
		}
	}
	for _, r := range doc.Text() {
		if unicode.IsLetter(r) && r <= 0xFFFF && r != unicode.ReplacementChar && !in[r] && r != '\u2139' {
			tt.Fatalf("the letter %q stands nowhere in the file", r)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := form()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestReadObjects tells of a document that stands in another as an object, which is not read.
func TestReadObjects(tt *testing.T) {
	for _, objects := range []bool{false, true} {
		p := paper{text: []part{t("a"), end()}}
		s := p.streams()
		s.objects = objects
		d, err := Read(compound(s))
		if err != nil || slices.Contains(d.Warnings, document.UnreadFiles) != objects {
			tt.Errorf("objects %t: warnings %v, error %v", objects, d.Warnings, err)
		}
	}
}

// TestReadRings tells what somebody drew over words from the template's own drawings.
func TestReadRings(tt *testing.T) {
	record := func(head, kind int, body []byte) []byte {
		return join(le(head, 2), le(kind, 2), le(len(body), 4), body)
	}
	drawn := func(shape, width, height int) paper {
		group := record(nested, 0xF000, nil)
		drawing := record(nested, 0xF002, record(nested, 0xF004, record(shape<<4|2, recordShape, join(le(77, 4), le(0, 4)))))
		anchor := join(le(0, 4), le(99, 4), le(77, 4), le(0, 4), le(0, 4), le(width, 4), le(height, 4), make([]byte, shapeSize-20))
		return paper{text: []part{special(signDrawn), t("Yes / No"), end()}, anchors: anchor, drawings: join(group, le(0, 1), drawing)}
	}
	for name, c := range map[string]struct {
		in   paper
		want []document.Warning
	}{
		"a ring":    {drawn(3, 600, 300), []document.Warning{document.Handwriting}},
		"a stroke":  {drawn(20, 600, 0), []document.Warning{document.Handwriting}},
		"a rule":    {drawn(20, 9000, 0), nil},
		"a picture": {drawn(75, 600, 300), nil},
	} {
		d, err := Read(compound(c.in.streams()))
		if err != nil || !slices.Equal(d.Warnings, c.want) {
			tt.Errorf("%s: warnings %v, error %v", name, d.Warnings, err)
		}
	}
}
