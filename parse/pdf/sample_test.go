package pdf_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// A sample is a PDF file made for a test: one page of 600 by 800 points, what is painted on it, and its annotations.
type sample struct {
	content string
	annots  []string // dictionaries; "%d" is not special in them
	page    string   // further entries of the page
	root    string   // further entries of the catalogue
	objects []string // from object 10 on, with their streams
}

// bytes writes the file. Its fonts are /F1 Helvetica, /F2 Helvetica-Bold and /ZaDb.
func (s sample) bytes() []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.6\n")
	object := func(n int, body string) { fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, body) }
	object(1, "<</Type/Catalog/Pages 2 0 R "+s.root+">>")
	object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font 5 0 R>>/Annots["+
		strings.Join(s.annots, "\n")+"]"+s.page+">>")
	object(4, stream("", s.content))
	object(5, "<</F1 6 0 R/F2 7 0 R/ZaDb 8 0 R>>")
	object(6, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object(7, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
	object(8, "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>")
	for i, body := range s.objects {
		object(10+i, body)
	}
	b.WriteString("trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return []byte(b.String())
}

// with writes the file with further objects, as they are to stand in it.
func (s sample) with(objects string) []byte {
	return bytes.Replace(s.bytes(), []byte("trailer\n"), []byte(objects+"trailer\n"), 1)
}

// stream returns a stream with further entries of its dictionary.
func stream(entries, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// at paints text at a place.
func at(x, y int, text string) string {
	return fmt.Sprintf("BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, text)
}

// sketch writes a document in one line a cell: boxes as [x], [ ] and [?], words marked by hand in angles with the first
// letter of their look, the values of fields in braces, a "~" before what is not believed.
func sketch(d *document.Document) string {
	var lines []string
	for _, c := range d.Cells {
		var b strings.Builder
		for i, l := range c.Lines {
			if i > 0 {
				b.WriteString(" / ")
			}
			for _, t := range l.Tokens {
				b.WriteString(sketchToken(t))
			}
		}
		if line := strings.TrimSpace(b.String()); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func sketchToken(t document.Token) string {
	switch t.Mark {
	case document.Ticked:
		return "[x]"
	case document.Unticked:
		return "[ ]"
	case document.MarkUnknown:
		return "[?]"
	}
	s := t.Text
	if t.Style.Has(document.Filled) {
		s = "{" + s + "}"
	}
	if t.Confidence != 0 && t.Confidence < 0.8 {
		s = "~" + s
	}
	for style, letter := range map[document.Style]string{document.Circled: "C", document.Struck: "S", document.Highlighted: "H", document.Underlined: "U", document.Coloured: "K", document.Faint: "G"} {
		if t.Style.Has(style) {
			s = "<" + letter + " " + s + ">"
		}
	}
	return s
}

// read reads a sample and sketches it.
func read(t *testing.T, s sample) string {
	t.Helper()
	d, err := pdf.Read(s.bytes())
	if err != nil {
		t.Fatal(err)
	}
	return sketch(d)
}

const (
	glyphBox = "BT /ZaDb 10 Tf 50 700 Td (o) Tj ET\n" + "BT /F1 10 Tf 66 700 Td (School exclusions) Tj ET\n"
	drawnBox = "50 699 9 9 re S\n" + "BT /F1 10 Tf 66 700 Td (School exclusions) Tj ET\n"
)

func xform(entries, data string) string { return stream("/Type/XObject/Subtype/Form"+entries, data) }

// What people do to a flat form with Acrobat, Preview, Edge or a tablet.
func TestReadByHand(t *testing.T) {
	ink := "/Type/Annot/Subtype/Ink/F 4"
	for name, c := range map[string]struct {
		sample
		want string
	}{
		"nothing on a glyph":   {sample{content: glyphBox}, "[ ] School exclusions"},
		"nothing on a drawing": {sample{content: drawnBox}, "[ ] School exclusions"},
		"ink without a picture on a glyph": {sample{content: glyphBox,
			annots: []string{"<<" + ink + "/Rect[48 696 64 714]/InkList[[51 704 53 700 60 712]]>>"}}, "[x] School exclusions"},
		"ink without a picture on a drawing": {sample{content: drawnBox,
			annots: []string{"<<" + ink + "/Rect[48 696 64 714]/InkList[[51 704 53 700 60 712]]>>"}}, "[x] School exclusions"},
		"ink with a picture": {sample{content: drawnBox,
			annots:  []string{"<<" + ink + "/Rect[48 696 64 714]/AP<</N 10 0 R>>>>"},
			objects: []string{xform("/BBox[48 696 64 714]", "0.1 0.2 0.8 RG 1.2 w 51 704 m 53 700 l 62 713 l S")}}, "[x] School exclusions"},
		"all ink of the page in one path": {sample{content: drawnBox + "50 599 9 9 re S " + at(66, 600, "Neglect") + "50 499 9 9 re S " + at(66, 500, "Poverty"),
			annots:  []string{"<<" + ink + "/Rect[0 0 600 800]/AP<</N 10 0 R>>>>"},
			objects: []string{xform("/BBox[0 0 600 800]", "1 w 51 704 m 53 700 l 62 713 l 51 504 m 53 500 l 62 513 l S")}},
			"[x] School exclusions\n[ ] Neglect\n[x] Poverty"},
		"typed x without a picture": {sample{content: drawnBox,
			annots: []string{"<</Type/Annot/Subtype/FreeText/F 4/Rect[49 698 62 712]/DA(0 g /Helv 9 Tf)/Contents(x)>>"}}, "[x] School exclusions"},
		"typed words without a picture": {sample{content: at(50, 700, "Name of School:"),
			annots: []string{"<</Type/Annot/Subtype/FreeText/F 4/Rect[130 695 330 712]/DA(0 g /Helv 10 Tf)/Contents(St Aelred's)>>"}}, "Name of School: St Aelred's"},
		"typed words with a picture": {sample{content: at(50, 700, "Name of School:"),
			annots:  []string{"<</Type/Annot/Subtype/FreeText/F 4/Rect[130 695 330 712]/DA(0 g /Helv 10 Tf)/Contents(St Aelred's)/AP<</N 10 0 R>>>>"},
			objects: []string{xform("/BBox[0 0 200 17]/Resources<</Font 5 0 R>>", "BT /F1 10 Tf 2 5 Td (St Aelred's) Tj ET")}}, "Name of School: St Aelred's"},
		"tick of a stamp": {sample{content: drawnBox,
			annots:  []string{"<</Type/Annot/Subtype/Stamp/F 4/Rect[47 696 64 713]/AP<</N 10 0 R>>>>"},
			objects: []string{xform("/BBox[0 0 20 20]", "0 0.5 0 rg 2 9 m 8 3 l 18 16 l 16 18 l 8 7 l 4 11 l f")}}, "[x] School exclusions"},
		"ring around a choice": {sample{content: at(50, 700, "Low") + at(150, 700, "Medium") + at(250, 700, "High"),
			annots: []string{"<</Type/Annot/Subtype/Circle/F 4/Rect[142 694 196 714]>>"}}, "Low\n<C Medium>\nHigh"},
		"frame around a choice": {sample{content: at(50, 700, "Low") + at(150, 700, "Medium") + at(250, 700, "High"),
			annots: []string{"<</Type/Annot/Subtype/Square/F 4/Rect[142 694 196 714]>>"}}, "Low\n<C Medium>\nHigh"},
		"marker": {sample{content: at(50, 700, "Low") + at(150, 700, "Medium") + at(250, 700, "High"),
			annots: []string{"<</Type/Annot/Subtype/Highlight/F 4/Rect[49 697 69 709]/QuadPoints[49 709 69 709 49 697 69 697]/C[1 1 0]>>"}}, "<H Low>\nMedium\nHigh"},
		"crossed out": {sample{content: at(50, 700, "Low") + at(150, 700, "Medium"),
			annots: []string{"<</Type/Annot/Subtype/StrikeOut/F 4/Rect[149 697 187 709]/QuadPoints[149 709 190 709 149 697 190 697]>>"}}, "Low\n<S Medium>"},
		"note": {sample{content: at(50, 700, "Risks:"),
			annots: []string{"<</Type/Annot/Subtype/Text/F 4/Rect[300 600 320 620]/Contents(He is missing tonight.)>>"}}, "Risks:\nHe is missing tonight."},
		"tick without a box": {sample{content: at(66, 700, "School exclusions") + at(66, 660, "Neglect"),
			annots: []string{"<<" + ink + "/Rect[48 696 64 714]/InkList[[51 704 53 700 60 712]]>>"}}, "[x] School exclusions\nNeglect"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, c.sample); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A form field, its value and its picture: what contradicts itself is never believed.
func TestReadFields(t *testing.T) {
	const root = "/AcroForm<</Fields[]/DR<</Font 5 0 R>>>>"
	box := "<</Type/Annot/Subtype/Widget/FT/Btn/T(f1)/F 4/Rect[50 698 60 708]"
	text := "<</Type/Annot/Subtype/Widget/FT/Tx/T(f2)/F 4/Rect[118 696 318 712]"
	pictures := []string{xform("/BBox[0 0 10 10]", "q BT /ZaDb 9 Tf 1 1 Td (4) Tj ET Q"), xform("/BBox[0 0 10 10]", ""),
		xform("/BBox[0 0 200 16]", "/Tx BMC q BT /F1 10 Tf 2 4 Td (Medium) Tj ET Q EMC")}
	label, name := at(66, 700, "School exclusions"), at(50, 700, "Overall level:")
	for title, c := range map[string]struct{ content, annot, root, want string }{
		"on":                         {label, box + "/V/Yes/AS/Yes/AP<</N<</Yes 10 0 R/Off 11 0 R>>>>>>", root, "[x] School exclusions"},
		"off":                        {label, box + "/V/Off/AS/Off/AP<</N<</Yes 10 0 R/Off 11 0 R>>>>>>", root, "[ ] School exclusions"},
		"on by its value alone":      {label, box + "/V/Yes>>", root, "[x] School exclusions"},
		"value on, state off":        {label, box + "/V/Yes/AS/Off/AP<</N<</Yes 10 0 R/Off 11 0 R>>>>>>", root, "[?] School exclusions"},
		"value off, state on":        {label, box + "/V/Off/AS/Yes/AP<</N<</Yes 10 0 R/Off 11 0 R>>>>>>", root, "[?] School exclusions"},
		"on, and shows nothing":      {label, box + "/V/Yes/AS/Yes/AP<</N<</Yes 11 0 R/Off 11 0 R>>>>>>", root, "[?] School exclusions"},
		"off, and shows a tick":      {label, box + "/V/Off/AS/Off/AP<</N<</Yes 10 0 R/Off 10 0 R>>>>>>", root, "[?] School exclusions"},
		"a state without a picture":  {label, box + "/V/On/AS/On/AP<</N<</Yes 10 0 R/Off 11 0 R>>>>>>", root, "[?] School exclusions"},
		"text":                       {name, text + "/V(Medium)/AP<</N 12 0 R>>>>", root, "Overall level: {Medium}"},
		"text without a picture":     {name, text + "/V(Low)>>", root, "Overall level: {Low}"},
		"text and another picture":   {name, text + "/V(Low)/AP<</N 12 0 R>>>>", root, "Overall level: ~{Low}"},
		"picture that is to be made": {name, text + "/V(Low)/AP<</N 12 0 R>>>>", "/AcroForm<</NeedAppearances true>>", "Overall level: {Low}"},
		"picture without a value":    {name, text + "/AP<</N 12 0 R>>>>", root, "Overall level: {Medium}"},
		"UTF-16":                     {name, text + "/V<FEFF004C006F0077>>>", root, "Overall level: {Low}"},
		"choice by its code":         {name, text + "/FT/Ch/Opt[[(1)(Low)][(2)(Medium)]]/V(2)>>", root, "Overall level: {Low}"},
	} {
		t.Run(title, func(t *testing.T) {
			if strings.Contains(c.annot, "/FT/Ch") {
				c.annot, c.want = strings.Replace(c.annot, "/FT/Tx", "", 1), "Overall level: {Medium}"
			}
			if got := read(t, sample{content: c.content, annots: []string{c.annot}, root: c.root, objects: pictures}); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A box that is a picture, or a letter of which the file says nothing, is a box whose state is not known.
func TestReadUnknownBoxes(t *testing.T) {
	picture := "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
	at3 := func(f func(y int, label string) string) string {
		return f(700, "Neglect") + f(685, "Poverty") + f(670, "Social Isolation")
	}
	want := "[?] Neglect\n[?] Poverty\n[?] Social Isolation"
	pictures := at3(func(y int, label string) string {
		return fmt.Sprintf("q 9 0 0 9 50 %d cm /Im Do Q ", y-1) + at(64, y, label)
	})
	if got := read(t, sample{content: pictures, page: "/Resources<</Font 5 0 R/XObject<</Im 10 0 R>>>>", objects: []string{stream(picture, "\x80")}}); got != want {
		t.Errorf("pictures: got\n%s\nwant\n%s", got, want)
	}
	unnamed := "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FirstChar 65/Widths[900]/Encoding<</Differences[65/g17]>>>>"
	letters := at3(func(y int, label string) string {
		return fmt.Sprintf("BT /F9 10 Tf 50 %d Td (A) Tj ET ", y) + at(64, y, label)
	})
	if got := read(t, sample{content: letters, page: "/Resources<</Font<</F1 6 0 R/F9 10 0 R>>>>", objects: []string{unnamed}}); got != want {
		t.Errorf("letters: got\n%s\nwant\n%s", got, want)
	}
}

// What a page shows does not depend on how it lies in the file.
func TestReadTurned(t *testing.T) {
	content := "1 0 0 1 0 -150 cm " + drawnBox + "50 599 9 9 re 51 600 m 58 607 l 58 600 m 51 607 l S " + at(66, 600, "Neglect") + at(50, 500, "Name of young person: Imogen Thackeray")
	want := "[ ] School exclusions\n[x] Neglect\nName of young person: Imogen Thackeray"
	for name, s := range map[string]sample{
		"upright":          {content: content},
		"turned by 90":     {content: "0 1 -1 0 600 0 cm " + content, page: "/Rotate 90"},
		"upwards":          {content: "0 1 -1 0 600 0 cm " + content},
		"downwards":        {content: "0 -1 1 0 0 600 cm " + content},
		"upside down":      {content: "-1 0 0 -1 600 800 cm " + content},
		"turned twice":     {content: "-1 0 0 -1 600 800 cm " + content, page: "/Rotate 180"},
		"turned and wrong": {content: content, page: "/Rotate 270"},
	} {
		if got := read(t, s); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// Words that a program divided, spelled with ligatures or set letter by letter are read whole.
func TestReadWords(t *testing.T) {
	composite := "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/DW 600>>]/ToUnicode 11 0 R>>"
	codes := stream("", "1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfrange <0020> <007e> <0020> <0100> <0100> <00ad> <0600> <06ff> <0600> endbfrange "+
		"2 beginbfchar <0101> <00660066> <0102> <2010> endbfchar")
	fonts := "/Resources<</Font<</F9 10 0 R>>>>"
	paint := func(y int, s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "%04x", r)
		}
		return fmt.Sprintf("BT /F9 10 Tf 50 %d Td <%s> Tj ET\n", y, b.String())
	}
	for name, c := range map[string]struct{ content, want string }{
		"ligature":               {paint(700, "Sta\u0101ord"), "Stafford"},
		"soft hyphen":            {paint(700, "a long line of plain words that ends in preven\u0100") + paint(688, "tion of harm"), "a long line of plain words that ends in prevention of harm"},
		"hyphen of the layout":   {paint(700, "a long line of plain words that ends in preven\u0102") + paint(688, "tion of harm"), "a long line of plain words that ends in prevention of harm"},
		"hyphen that was typed":  {paint(700, "a long line of plain words that ends in Stoke-on-") + paint(688, "Trent today"), "a long line of plain words that ends in Stoke-on-Trent today"},
		"meant ligature":         {"BT /F9 10 Tf 50 700 Td <005300740061> Tj /Span<</ActualText<FEFF00660066>>>BDC <0999> Tj EMC <006f00720064> Tj ET", "Stafford"},
		"letter by letter":       {"BT /F9 10 Tf 50 700 Td <0053> Tj 6 0 Td <0074> Tj 6.1 0 Td <006f> Tj 5.9 0 Td <006b> Tj 6 0 Td <0065> Tj ET", "Stoke"},
		"letters out of order":   {"BT /F9 10 Tf 74 700 Td <0065> Tj -24 0 Td <00530074006f006b> Tj ET", "Stoke"},
		"right to left":          {paint(700, "Name: \u064a\u0644\u0639\u0644\u0627 \u062f\u0645\u062d\u0645 (Ali)"), "Name: \u0645\u062d\u0645\u062f \u0627\u0644\u0639\u0644\u064a (Ali)"},
		"gaps in place of space": {"BT /F9 10 Tf 50 700 Td [<0053>-20<0074> -600 <0041>] TJ ET", "St A"},
	} {
		got := read(t, sample{content: c.content, page: fonts, objects: []string{composite, codes}})
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Pages without rules: what stands in one column is not read into the next.
func TestReadColumns(t *testing.T) {
	bold := func(x, y int, s string) string { return fmt.Sprintf("BT /F2 10 Tf %d %d Td (%s) Tj ET\n", x, y, s) }
	content := bold(50, 700, "DOB:") + at(260, 700, "7 March 2011") +
		bold(50, 685, "Name and relationship to young person:") + at(260, 685, "Siobhan Drake") +
		bold(50, 670, "School:") + at(260, 670, "St Aelred's") +
		bold(50, 655, "Summary:") + at(260, 655, "late each day")
	want := "DOB:\n7 March 2011\nName and relationship to young person:\nSiobhan Drake\nSchool:\nSt Aelred's\nSummary:\nlate each day"
	if got := read(t, sample{content: content}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Handwriting is no tick, and staff are told of it.
func TestReadHandwriting(t *testing.T) {
	ink := "<</Type/Annot/Subtype/Ink/F 4/Rect[100 690 200 714]/InkList[[120 700 124 710 128 700][131 700 135 708 139 700][142 700 150 712 153 700]]>>"
	d, err := pdf.Read(sample{content: at(50, 700, "Name of School:"), annots: []string{ink}}.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := sketch(d); got != "Name of School:" {
		t.Errorf("read as %q", got)
	}
	if len(d.Warnings) != 1 {
		t.Errorf("warnings: %q", d.Warnings)
	}
}

// TestReadInk holds that letters in colour and in grey are told from black ones, and that a word keeps together.
func TestReadInk(t *testing.T) {
	for content, want := range map[string]string{
		"1 0 0 rg " + at(50, 700, "Low") + "0 g " + at(150, 700, "Medium") + "0.5 g " + at(250, 700, "High"): "<K Low>\nMedium\n<G High>",
		"0 1 1 0 k " + at(50, 700, "Low") + "0.1 0.1 0.1 rg " + at(150, 700, "Medium"):                       "<K Low>\nMedium",
	} {
		if got := read(t, sample{content: content}); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// A line that ends near the edge of the words goes on in the next one only where it may: no heading, list or line of its
// own is run on, and a number that a narrow cell cut is whole again.
func TestReadWraps(t *testing.T) {
	bold := func(x, y int, s string) string { return fmt.Sprintf("BT /F2 10 Tf %d %d Td (%s) Tj ET\n", x, y, s) }
	long := "She is late home each week and will not tell anybody at home or at school where she has been"
	cell := "40 640 50 80 re S 90 640 300 80 re S "
	for name, c := range map[string]struct{ content, want string }{
		"a sentence": {at(50, 700, long) + at(50, 688, "since Easter"), long + " since Easter"},
		"a heading":  {at(50, 700, long) + bold(50, 688, "Intervention details"), long + "\nIntervention details"},
		"a list": {at(50, 760, "Mental health issues") + at(300, 760, "x") + at(50, 748, "Changes in behaviour") + at(170, 748, "x") + at(50, 736, "Physical health") + at(50, 724, "Social isolation"),
			"Mental health issues\nx\nChanges in behaviour\nx\nPhysical health\nSocial isolation"},
		"lines of a short page": {at(50, 760, long) + at(50, 700, "Poverty") + at(50, 688, "Identity factors"), long + "\nPoverty\nIdentity factors"},
		"a cut number":          {cell + at(42, 700, "07700900") + at(42, 688, "475") + at(100, 700, "b"), "07700900475\nb"},
		"two numbers":           {cell + at(42, 700, "07700") + at(42, 688, "900475") + at(100, 700, "b"), "07700 900475\nb"},
	} {
		if got := read(t, sample{content: c.content}); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// What is printed at the foot of every page is no part of the form; what stands there on one page alone is.
func TestReadFeet(t *testing.T) {
	second := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 11 0 R/Resources<</Font 5 0 R>>>>"
	for name, c := range map[string]struct {
		one, two string
		margins  int
	}{
		"the same":            {"v3 Jan 2024 Printed 01/11/2026", "v3 Jan 2024 Printed 01/11/2026", 2},
		"numbered":            {"Page 1 of 2", "Page 2 of 2", 2},
		"answers that differ": {"Date: 03/11/2026", "Date: 04/11/2026", 0},
		"ages":                {"Aged: 12", "Aged: 14", 0},
		"one page":            {"Leek", "Stoke", 0},
	} {
		data := sample{content: at(50, 700, strings.Repeat("He is late. ", 9)) + at(50, 660, "Name: Kit") + at(50, 30, c.one), objects: []string{second, stream("", at(50, 700, "School: none")+at(50, 30, c.two))}}.bytes()
		d, err := pdf.Read(bytes.Replace(data, []byte("/Kids[3 0 R]/Count 1"), []byte("/Kids[3 0 R 10 0 R]/Count 2"), 1))
		if err != nil {
			t.Fatal(err)
		}
		margins := 0
		for _, cell := range d.Cells {
			if cell.Margin {
				margins++
			}
		}
		if len(d.Cells) != 5 || margins != c.margins {
			t.Errorf("%s: %d cells, %d in the margin", name, len(d.Cells), margins)
		}
	}
}
