package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

const names = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`

// pack writes a package of parts by their names.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// body returns a document part with these blocks.
func body(blocks string) string {
	return `<?xml version="1.0"?><w:document ` + names + `><w:body>` + blocks + `</w:body></w:document>`
}

func docx(t testing.TB, blocks string) []byte {
	return pack(t, map[string]string{"word/document.xml": body(blocks)})
}

// show writes a document as lines: the cell's place, its words, marks in braces ({x}, {_}, {?}) and looks in letters.
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
			for j, tok := range l.Tokens {
				if j > 0 {
					b.WriteByte('|')
				}
				b.WriteString([...]string{"", "{_}", "{x}", "{?}"}[tok.Mark])
				if tok.Mark == document.NoMark {
					b.WriteString(tok.Text)
				}
				b.WriteString(looks(tok.Style))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func looks(s document.Style) string {
	out := ""
	for i, letter := range "bshuipfqckg" {
		if s.Has(1 << i) {
			out += string(letter)
		}
	}
	if out != "" {
		out = "<" + out + ">"
	}
	return out
}

func p(runs ...string) string { return "<w:p>" + strings.Join(runs, "") + "</w:p>" }

func run(text string, props ...string) string {
	return `<w:r><w:rPr>` + strings.Join(props, "") + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func table(rows ...string) string { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }
func tr(cells ...string) string   { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
func tc(blocks string, props ...string) string {
	return "<w:tc><w:tcPr>" + strings.Join(props, "") + "</w:tcPr>" + blocks + "</w:tc>"
}

func sdt(pr, content string) string {
	return "<w:sdt><w:sdtPr>" + pr + "</w:sdtPr><w:sdtContent>" + content + "</w:sdtContent></w:sdt>"
}

func box(checked, glyph string) string {
	return sdt(`<w14:checkbox>`+checked+`<w14:checkedState w14:val="2612"/><w14:uncheckedState w14:val="2610"/></w14:checkbox>`, run(glyph))
}

func complexField(data, code, result string) string {
	out := `<w:r><w:fldChar w:fldCharType="begin">` + data + `</w:fldChar></w:r><w:r><w:instrText> ` + code + ` </w:instrText></w:r>`
	if result != "" {
		out += `<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result
	}
	return out + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func textBox(blocks string) string {
	return "<wps:txbx><w:txbxContent>" + blocks + "</w:txbxContent></wps:txbx>"
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs and breaks": {
			p(run("Name:", "<w:b/>"), run(" Ada"), `<w:r><w:tab/><w:t>DOB</w:t><w:br/><w:t>x</w:t><w:noBreakHyphen/><w:t>y</w:t></w:r>`) + p() + p(run("z")),
			"Name:<b>| Ada\tDOB / x-y\nz\n"},
		"looks": {
			p(run("a", "<w:strike/>"), run("b", `<w:dstrike w:val="true"/>`), run("c", `<w:highlight w:val="yellow"/>`),
				run("d", `<w:shd w:val="clear" w:fill="FFFF00"/>`), run("e", `<w:shd w:val="clear" w:fill="auto"/>`), run("f", "<w:vanish/>"),
				run("g", `<w:b w:val="0"/>`), run("h", `<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>`)),
			"ab<s>|cd<h>|egh\n"},
		"ink": {
			p(run("a", `<w:color w:val="FF0000"/>`), run("b", `<w:color w:val="auto"/>`), run("c", `<w:color w:val="808080"/>`), run("d", `<w:color w:val="1F1F1F"/>`)),
			"a<k>|b|c<g>|d\n"},
		"check box controls": {
			p(box(`<w14:checked w14:val="1"/>`, "☒"), run(" a"), box(`<w14:checked w14:val="0"/>`, "☐"), run(" b"), box("", "☐"), run(" c"),
				box(`<w14:checked w14:val="true"/>`, "☐")),
			"{x}<f>| a|{_}<f>| b|{_}<f>| c|{?}<f>\n"},
		"check box over tracked glyph": {
			p(sdt(`<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>`,
				`<w:del><w:r><w:delText>☐</w:delText></w:r></w:del><w:ins>`+run("☒")+`</w:ins>`)),
			"{x}<f>\n"},
		"check box with own glyphs": {
			p(sdt(`<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/></w14:checkbox>`,
				`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`)),
			"{x}<f>\n"},
		"controls in all places": {
			sdt("", p(run("block"))) + table(sdt("", tr(tc(p(run("label")))))+tr(sdt(`<w:alias w:val="n"/>`, tc(p(run("cell")))))) +
				p(run("in: "), sdt("<w:text/>", run("line"))),
			"block<f>\n1.1.1+1 label\n1.2.1+1 cell<f>\nin: |line<f>\n"},
		"controls around forms and labels": {
			sdt("<w:group/>", p(run("group"))) + sdt("", p(run("Name: "), sdt("", run("Ada")))) +
				p(sdt(`<w:lock w:val="sdtContentLocked"/>`, run("Label"))),
			"group\nName: |Ada<f>\nLabel\n"},
		"placeholders": {
			p(sdt("<w:showingPlcHdr/>", run("Enter the name"))) +
				p(sdt(`<w:dropDownList><w:listItem w:displayText="Pick" w:value=""/></w:dropDownList>`, run("Pick"))) +
				p(sdt(`<w:dropDownList><w:listItem w:displayText="Low" w:value="l"/></w:dropDownList>`, run("Low"))),
			"Enter the name<pf>\nPick<pf>\nLow<f>\n"},
		"dates": {
			p(sdt(`<w:date w:fullDate="2011-10-05T00:00:00Z"/>`, run("05/10/2011"))) +
				p(sdt(`<w:date w:fullDate="2011-10-05T00:00:00Z"/>`, run("10/5/2011"))) +
				p(sdt(`<w:date w:fullDate="2011-10-05T00:00:00Z"/>`, run("6 May 2012"))),
			"05/10/2011<f>\n2011-10-05<f>\n6 May 2012<f>\n"},
		"legacy boxes": {
			p(complexField(`<w:ffData><w:name w:val="c1"/><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>`, "FORMCHECKBOX", ""), run(" a"),
				complexField(`<w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData>`, "FORMCHECKBOX", ""),
				complexField(`<w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>`, "FORMCHECKBOX", run("")),
				complexField("", "FORMCHECKBOX", "")),
			"{x}<f>| a|{_}<f>|{x}<f>|{?}<f>\n"},
		"legacy text and lists": {
			p(run("Name: "), complexField(`<w:ffData><w:name w:val="n"/><w:textInput/></w:ffData>`, "FORMTEXT", run("Ada")+run(" Quill"))) +
				p(run("DOB: "), complexField(`<w:ffData><w:textInput/></w:ffData>`, "FORMTEXT", run("\u2002\u2002\u2002"))) +
				p(complexField(`<w:ffData><w:textInput><w:default w:val="type it"/></w:textInput></w:ffData>`, "FORMTEXT", run("type it"))) +
				p(complexField(`<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Low"/><w:listEntry w:val="High"/></w:ddList></w:ffData>`, "FORMDROPDOWN", "")),
			"Name: |Ada Quill<f>\nDOB: |\u2002\u2002\u2002<f>\ntype it<pf>\nHigh<f>\n"},
		"fields": {
			p(complexField("", "HYPERLINK x", run("link")), `<w:fldSimple w:instr="PAGE">`+run("1")+`</w:fldSimple>`,
				`<w:hyperlink>`+run("h")+`</w:hyperlink><w:smartTag>`+run("s")+`</w:smartTag>`),
			"link1hs\n"},
		"a field without end": {
			p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>`) + p(run("kept")),
			"kept\n"},
		"symbols": {
			p(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> a </w:t><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>`,
				run(" b \uF0FC c "), run("\uF0A8", `<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>`), run("þ", `<w:rFonts w:ascii="Wingdings"/>`)),
			"{x}| a |{_}| b |{x}| c |{_}|{x}\n"},
		"tracked changes": {
			p(`<w:ins>`+run("new")+`</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom>`+run("m")+`</w:moveFrom><w:moveTo>`+run("t")+`</w:moveTo>`) +
				`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("one") + `</w:p>` + p(run("two")) +
				table(`<w:tr><w:trPr><w:del/></w:trPr>`+tc(p(run("gone")))+`</w:tr>`, tr(tc(p(run("stays"))))),
			"newt\none two\n1.1.1+1 stays\n"},
		"grid": {
			table(tr(tc(p(run("a")), `<w:gridSpan w:val="2"/>`), tc(p(run("b")), "<w:vMerge w:val=\"restart\"/>")),
				tr(tc(p(run("c"))), tc(p()), tc(p(), "<w:vMerge/>")),
				`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc(p(run("d")))+`</w:tr>`),
			"1.1.1+2 a\n1.1.3+1 b\n1.2.1+1 c\n1.2.2+1 \n1.3.2+1 d\n"},
		"nested table": {
			table(tr(tc(p(run("Status"))), tc(table(tr(tc(p(run("☐"))), tc(p(run("CIN")))), tr(tc(p(run("a"))+p(run("b"))), tc(p(run("c"))))))) + tr(tc(p(run("z"))))),
			"1.1.1+1 Status\n1.1.2+1 {_}|\tCIN / a / b / c\n1.2.1+1 z\n"},
		"layout table": {
			table(tr(tc(p(run("title"))+table(tr(tc(p(run("a"))), tc(p(run("b")))), tr(tc(p(run("c"))), tc(p())))+p()))) + p(run("end")),
			"title\n2.1.1+1 a\n2.1.2+1 b\n2.2.1+1 c\n2.2.2+1 \nend\n"},
		"text boxes": {
			table(tr(tc(p(run("Name:"), `<w:r><mc:AlternateContent><mc:Choice><w:drawing>`+textBox(p(run("Ada")))+`</w:drawing></mc:Choice><mc:Fallback><w:pict>`+
				textBox(p(run("Ada")))+`</w:pict></mc:Fallback></mc:AlternateContent></w:r>`)))) + p(run("x"), `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>`+p(run("y"))+`</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`),
			"1.1.1+1 Name: / Ada\nx\ny\n"},
	} {
		doc, err := Read(docx(t, c.in))
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if d := cmp.Diff(c.want, show(doc)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestReadSources(t *testing.T) {
	doc, err := Read(docx(t, p(sdt(`<w:tag w:val="name"/>`, run("Ada")), box("", "☐"), run("☑"),
		complexField(`<w:ffData><w:name w:val="c1"/><w:checkBox/></w:ffData>`, "FORMCHECKBOX", ""), `<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>`)))
	if err != nil {
		t.Fatal(err)
	}
	want := []document.Token{
		{Text: "Ada", Source: document.ContentControl, Style: document.Filled, Field: "name"},
		{Text: "☐", Mark: document.Unticked, Source: document.ContentControl, Style: document.Filled},
		{Text: "☑", Mark: document.Ticked, Source: document.Glyph},
		{Mark: document.Unticked, Source: document.LegacyField, Style: document.Filled, Field: "c1"},
		{Text: "◻", Mark: document.Unticked, Source: document.SymbolFont},
	}
	if d := cmp.Diff(want, doc.Cells[0].Lines[0].Tokens); d != "" {
		t.Error(d)
	}
}

func rels(entries ...string) string {
	out := "<Relationships>"
	for i, e := range entries {
		kind, target, _ := strings.Cut(e, " ")
		out += fmt.Sprintf(`<Relationship Id="r%d" Type="http://schemas.example/%s" Target="%s"/>`, i+1, kind, target)
	}
	return out + "</Relationships>"
}

func TestReadParts(t *testing.T) {
	doc, err := Read(pack(t, map[string]string{
		"_rels/.rels": rels("officeDocument /word/document2.xml"),
		"word/document2.xml": body(`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>head</w:t></w:r></w:p>` + p(run("plain"), run("bold", `<w:rStyle w:val="Strong"/>`)) +
			`<w:sectPr><w:headerReference r:id="r2"/><w:footerReference r:id="r3"/><w:headerReference r:id="r2"/></w:sectPr>`),
		"word/_rels/document2.xml.rels": rels("styles styles.xml", "header header1.xml", "footer footer1.xml", "footnotes footnotes.xml", "comments comments.xml"),
		"word/styles.xml": `<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/><w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Heading1"><w:basedOn w:val="Base"/></w:style><w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style></w:styles>`,
		"word/header1.xml":   `<w:hdr>` + p(run("council")) + `</w:hdr>`,
		"word/footer1.xml":   `<w:ftr>` + p(run("page")) + `</w:ftr>`,
		"word/footnotes.xml": `<w:footnotes><w:footnote w:type="separator">` + p(run("-")) + `</w:footnote><w:footnote>` + p(run("note")) + `</w:footnote></w:footnotes>`,
		"word/comments.xml":  `<w:comments><w:comment>` + p(run("hm")) + `</w:comment></w:comments>`,
	}))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if d := cmp.Diff("margin council\nhead<b>\nplain|bold<b>\nnote\nmargin page\n", show(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]document.Warning{document.Comments}, doc.Warnings); d != "" {
		t.Error(d)
	}
}

func TestReadActiveX(t *testing.T) {
	object := func(id string) string {
		return `<w:r><w:object><w:control r:id="` + id + `" w:name="CheckBox1"/></w:object></w:r>`
	}
	doc, err := Read(pack(t, map[string]string{
		"word/document.xml":            body(p(object("r1"), object("r2"), object("r3"))),
		"word/_rels/document.xml.rels": rels("control activeX1.xml", "control activeX2.xml", "control activeX3.xml"),
		"word/activeX1.xml":            `<ax:ocx ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"><ax:ocxPr ax:name="Value" ax:value="1"/><ax:ocxPr ax:name="Caption" ax:value="CIN"/></ax:ocx>`,
		"word/activeX2.xml":            `<ax:ocx ax:classid="{8BD21D50-EC42-11CE-9E0D-00AA006002F3}" r:id="rId1"/>`,
		"word/activeX3.xml":            `<ax:ocx ax:classid="{8BD21D10-EC42-11CE-9E0D-00AA006002F3}"><ax:ocxPr ax:name="Value" ax:value="Ada"/></ax:ocx>`,
	}))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if d := cmp.Diff("{x}<f>| CIN|{?}<f>|Ada<f>\n", show(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]document.Warning{document.UnreadControl}, doc.Warnings); d != "" {
		t.Error(d)
	}
}

func TestReadPictures(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 830, 1170))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 3)
	}
	img.SetGray(0, 0, color.Gray{Y: 7})
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	doc, err := Read(pack(t, map[string]string{
		"word/document.xml":            body(p(`<w:r><w:drawing><wp:inline><wp:extent cx="7589520" cy="10698480"/><a:blip r:embed="r1"/></wp:inline></w:drawing></w:r>`)),
		"word/_rels/document.xml.rels": rels("image media/image1.png"),
		"word/media/image1.png":        buf.String(),
	}))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if len(doc.Scans) != 1 || doc.Scans[0].DPI != 100 || doc.Scans[0].Page != 1 {
		t.Fatalf("scans: %d", len(doc.Scans))
	}
	back, err := png.Decode(bytes.NewReader(doc.Scans[0].PNG))
	if err != nil || back.Bounds() != img.Bounds() {
		t.Fatalf("scan: %v, %v", back.Bounds(), err)
	}
}

func TestReadRefuses(t *testing.T) {
	encrypted := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 100)
	for _, c := range "EncryptedPackage" {
		encrypted += string(c) + "\x00"
	}
	for name, c := range map[string]struct {
		data []byte
		why  document.Why
	}{
		"empty":     {nil, document.Broken},
		"no zip":    {[]byte("Dear all"), document.Broken},
		"no parts":  {pack(t, nil), document.Broken},
		"no body":   {pack(t, map[string]string{"word/document.xml": "<w:document/>"}), document.Broken},
		"cut XML":   {pack(t, map[string]string{"word/document.xml": "<w:document><w:body><w:p>"}), document.Broken},
		"cut zip":   {docx(t, p(run("a")))[:150], document.Broken},
		"encrypted": {[]byte(encrypted), document.Locked},
		"deep":      {docx(t, strings.Repeat("<w:sdt><w:sdtContent>", 1500)+strings.Repeat("</w:sdtContent></w:sdt>", 1500)), document.TooLarge},
		"bomb":      {docx(t, strings.Repeat(" ", 20<<20)), document.TooLarge},
	} {
		doc, err := Read(c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || doc != nil {
			t.Errorf("%s: %v, want %s", name, err, c.why)
		}
	}
}

// form returns a document of the size of a referral form.
func form(t testing.TB) []byte {
	var rows []string
	for i := range 60 {
		rows = append(rows, tr(tc(p(box(`<w14:checked w14:val="1"/>`, "☒"), run(" Going missing or returning home late", "<w:sz w:val=\"20\"/>"))),
			tc(p(run("Label:", "<w:b/>"), run(" "), sdt(fmt.Sprintf(`<w:alias w:val="field %d"/><w:text/>`, i), run("Ada Quill"))))))
	}
	return docx(t, table(rows...)+`<w:sectPr/>`)
}

func FuzzRead(f *testing.F) {
	f.Add(body(p(run("Name: "), sdt("<w:showingPlcHdr/>", run("Ada")), complexField("", "FORMTEXT", run("x")))))
	f.Add(body(table(tr(tc(table(tr(tc(p(box("", "☐")))))))) + p(`<w:r><w:pict>`+textBox(p(run("y")))+`</w:pict></w:r>`)))
	f.Fuzz(func(t *testing.T, main string) {
		source := html.UnescapeString(main)
		if strings.Contains(main, "fullDate") { // which is shown in another form
			source = ""
		}
		readertest.Check(t, pack(t, map[string]string{"word/document.xml": main}), Read, source)
	})
}

func FuzzReadBytes(f *testing.F) {
	f.Add(form(f))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, Read, "") })
}

func BenchmarkRead(b *testing.B) {
	data := form(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

func TestReadShadedCells(t *testing.T) {
	shade := `<w:shd w:val="clear" w:fill="FFC000"/>`
	for name, c := range map[string]struct{ table, want string }{
		"one of a row":        {table(tr(tc(p(run("Level"))), tc(p(run("Low"))), tc(p(run("Medium")), shade), tc(p(run("High"))))), "Medium"},
		"a column of labels":  {table(tr(tc(p(run("Low")), shade), tc(p(run("a")))), tr(tc(p(run("High")), shade), tc(p(run("b"))))), ""},
		"banded rows":         {table(tr(tc(p(run("Head")))), tr(tc(p(run("Low")), shade)), tr(tc(p(run("Medium")))), tr(tc(p(run("High")), shade))), ""},
		"one row of a list":   {table(tr(tc(p(run("Level")))), tr(tc(p(run("Low")))), tr(tc(p(run("Medium")), shade)), tr(tc(p(run("High"))))), "Medium"},
		"a head":              {table(tr(tc(p(run("Level")), shade)), tr(tc(p(run("Low")))), tr(tc(p(run("High"))))), ""},
		"one cell of a block": {table(tr(tc(p(run("Low"))), tc(p(run("a")))), tr(tc(p(run("Medium")), shade), tc(p(run("b")))), tr(tc(p(run("High"))), tc(p(run("c"))))), "Medium"},
	} {
		d, err := Read(docx(t, c.table))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, k := range d.Cells {
			if len(k.Lines) > 0 && k.Lines[0].Tokens[0].Style.Has(document.Highlighted) {
				got += k.Text()
			}
		}
		if got != c.want {
			t.Errorf("%s: want %q set off, got %q", name, c.want, got)
		}
	}
}

func TestReadPastedTicks(t *testing.T) {
	icon := func(id string) string {
		return `<w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="152400" cy="152400"/><a:blip xmlns:a="a" r:embed="` + id + `"/></wp:inline></w:drawing></w:r>`
	}
	rows := table(tr(tc(p(run("Yes"))), tc(p(icon("r1")))), tr(tc(p(run("Beside"), icon("r1")))), tr(tc(p(run("Other"))), tc(p(icon("r2")))))
	d, err := Read(pack(t, map[string]string{"word/document.xml": body(rows), "word/_rels/document.xml.rels": rels("image media/a.png", "image media/b.png")}))
	if err != nil {
		t.Fatal(err)
	}
	var marks []document.Mark
	for _, c := range d.Cells {
		for _, l := range c.Lines {
			for _, k := range l.Tokens {
				if k.Mark != document.NoMark {
					marks = append(marks, k.Mark)
				}
			}
		}
	}
	if diff := cmp.Diff([]document.Mark{document.Ticked, document.MarkUnknown}, marks); diff != "" || len(d.Warnings) != 1 {
		t.Errorf("marks: %s; warnings: %v", diff, d.Warnings)
	}
}

// TestReadOrnaments holds that badges and the icons of a letterhead are no ticks, and that old pictures are as large as their
// style says.
func TestReadOrnaments(t *testing.T) {
	icon := func(id string) string {
		return `<w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="152400" cy="152400"/><a:blip xmlns:a="a" r:embed="` + id + `"/></wp:inline></w:drawing></w:r>`
	}
	badge := `<w:r><w:pict><v:group style="position:absolute;width:40pt;height:40pt"><v:oval style="position:absolute;width:40pt;height:40pt"/><v:rect/><v:line/></v:group></w:pict></w:r>`
	old := `<w:r><w:pict><v:shape style="width:120pt;height:60pt"><v:imagedata r:id="r1"/></v:shape></w:pict></w:r>`
	for name, c := range map[string]struct {
		blocks string
		warned bool
	}{
		"badges":        {table(tr(tc(p(icon("r1"))), tc(p(icon("r2"))))), false},
		"letterhead":    {table(tr(tc(p(icon("r1"))), tc(p(run("01632 960 123"))), tc(p(icon("r2"))), tc(p(run("office@school.example"))))), false},
		"options":       {table(tr(tc(p(icon("r1"))), tc(p(run("Yes"))), tc(p(icon("r2"))), tc(p(run("No"))))), true},
		"under options": {table(tr(tc(p(run("Yes"))), tc(p(run("No")))), tr(tc(p(icon("r1"))), tc(p(icon("r2"))))), true},
		"a crest":       {p(badge, run("School")), false},
		"an old logo":   {p(old, run(strings.Repeat("School ", 40))), false},
		"an old page":   {p(strings.Replace(old, "width:120pt;height:60pt", "width:500pt;height:700pt", 1), run(strings.Repeat("School ", 40))), true},
	} {
		d, err := Read(pack(t, map[string]string{"word/document.xml": body(c.blocks), "word/_rels/document.xml.rels": rels("image media/a.png", "image media/b.png"),
			"word/media/a.png": strings.Repeat("not a picture", 4000)}))
		if err != nil {
			t.Fatal(err)
		}
		if c.warned != (len(d.Warnings) > 0) {
			t.Errorf("%s: warnings %v", name, d.Warnings)
		}
		if !c.warned && strings.Contains(show(d), "{") {
			t.Errorf("%s: a tick in %q", name, show(d))
		}
	}
}

func TestReadSymbolFields(t *testing.T) {
	for name, c := range map[string]string{
		"complex":   p(complexField("", `SYMBOL 254 \f "Wingdings" \s 12`, ""), run(" CIN")),
		"shown too": p(complexField("", `SYMBOL 254 \f "Wingdings"`, run("x")), run(" CIN")),
		"simple":    p(`<w:fldSimple w:instr=" SYMBOL 254 \f Wingdings ">`+run("x")+`</w:fldSimple>`, run(" CIN")),
	} {
		d, err := Read(docx(t, c+p(run("after"))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff("{x}| CIN\nafter\n", show(d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestReadBoundControls(t *testing.T) {
	bind := func(pr, name, shown string) string {
		return p(sdt(pr+`<w:dataBinding w:xpath="/ns0:form[1]/ns0:`+name+`" w:storeItemID="{A-1}"/>`, run(shown)))
	}
	blocks := bind("", "name[1]", "Ada Quill") + bind("", "name[2]", "Bo Quill") + bind("<w:showingPlcHdr/>", "name[1]", "Click here") +
		bind(`<w:dropDownList><w:listItem w:displayText="Low" w:value="1"/></w:dropDownList>`, "level", "Low") + bind("", "none", "typed") +
		bind(`<w:date w:fullDate="2013-03-14T00:00:00Z"/>`, "born", "14/03/2013")
	d, err := Read(pack(t, map[string]string{"word/document.xml": body(blocks),
		"customXml/item1.xml":      `<form xmlns="urn:x"><name>Ada Quill</name><name>Cy Quill</name><level>1</level><born>2013-03-14</born></form>`,
		"customXml/itemProps1.xml": `<ds:datastoreItem ds:itemID="{a-1}"/>`}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("Ada Quill<f>\nBo Quill<f>\nAda Quill<f>\nLow<f>\ntyped<f>\n14/03/2013<f>\n", show(d)); diff != "" {
		t.Error(diff)
	}
	for i, want := range []float64{1, doubtBound, doubtBound, 1, 1, 1} {
		if got := d.Cells[i].Lines[0].Tokens[0].Trust(); got != want {
			t.Errorf("cell %d is trusted %v", i, got)
		}
	}
	if diff := cmp.Diff([]document.Warning{document.UnreadControl}, d.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestReadRings(t *testing.T) {
	anchor := func(kind string, cx, cy, down int) string {
		return fmt.Sprintf(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV>`+
			`<wp:extent cx="%d" cy="%d"/><a:graphic><wps:wsp><wps:spPr><a:prstGeom prst="%s"/></wps:spPr></wps:wsp></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>`, down, cx, cy, kind)
	}
	const inch = emuPerInch
	oval := `<w:r><w:pict><v:oval style="position:absolute;margin-left:-5pt;margin-top:-3pt;width:40pt;height:20pt"/></w:pict></w:r>`
	for name, c := range map[string]struct {
		blocks, want string
		warned       bool
	}{
		"one choice":          {table(tr(tc(p(run("Low"))), tc(p(anchor("ellipse", inch/2, inch/4, -inch/10), run("Medium"))))), "1.1.1+1 Low\n1.1.2+1 Medium<c>\n", false},
		"an old oval":         {p(oval, run("Yes")), "Yes<c>\n", false},
		"two choices":         {p(anchor("ellipse", inch/2, inch/4, 0), run("Yes / No")), "Yes / No\n", true},
		"far away":            {p(anchor("ellipse", inch/2, inch/4, inch), run("Yes")), "Yes\n", true},
		"a stroke":            {p(anchor("line", inch/2, 0, 0), run("Yes / No")), "Yes / No\n", true},
		"a rule":              {p(anchor("line", 6*inch, 0, 0), run("Yes / No")), "Yes / No\n", false},
		"an ornament":         {p(anchor("ellipse", 5*inch, 5*inch, 0), run("Council")), "Council\n", false},
		"a text box":          {p(`<w:r><w:pict><v:oval style="position:absolute;width:40pt;height:20pt">`+textBox(p(run("in")))+`</v:oval></w:pict></w:r>`, run("Yes")), "Yes\nin\n", false},
		"ink":                 {p(`<w:r><mc:AlternateContent><mc:Choice Requires="wpi"><w:drawing><wp:anchor><wp:extent cx="9" cy="9"/><w14:contentPart/></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>`, run("Yes")), "Yes\n", true},
		"an old rule":         {p(`<w:r><w:pict><v:line style="position:absolute" from="-9pt,30pt" to="500pt,30pt"/></w:pict></w:r>`, run("School")), "School\n", false},
		"an old stroke":       {p(`<w:r><w:pict><v:line style="position:absolute" from="0,5pt" to="30pt,5pt"/></w:pict></w:r>`, run("Yes / No")), "Yes / No\n", true},
		"a line to sign on":   {p(run("Signed: "), anchor("line", 2*inch, 0, inch/7)), "Signed: \n", false},
		"an old line for it":  {p(run("Signature of parent"), `<w:r><w:pict><v:line style="position:absolute" from="60pt,12pt" to="160pt,12pt"/></w:pict></w:r>`), "Signature of parent\n", false},
		"signed lower down":   {p(run("Signed: "), anchor("line", 2*inch, 0, inch)), "Signed: \n", true},
		"a signed choice":     {p(run("Signed: Yes No"), anchor("line", inch/4, 0, inch/10)), "Signed: Yes No\n", true},
		"a divider":           {p(anchor("line", inch, 0, inch/10)) + p(run("Yes / No")), "Yes / No\n", false},
		"a stroke from above": {p(anchor("line", inch, 0, inch/4)) + p(run("Yes / No")), "Yes / No\n", true},
		"another's ring":      {p(run("Yes")) + p(anchor("ellipse", inch/2, inch/4, 0), run("No")), "Yes\nNo<c>\n", false},
	} {
		d, err := Read(docx(t, c.blocks))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, show(d)); diff != "" || c.warned != (len(d.Warnings) == 1) {
			t.Errorf("%s: %s warnings %v", name, diff, d.Warnings)
		}
	}
}

func TestReadFramed(t *testing.T) {
	d, err := Read(docx(t, p(run("Yes", `<w:bdr w:val="single"/>`), run(" / No"))))
	if err != nil {
		t.Fatal(err)
	}
	if first := d.Cells[0].Lines[0].Tokens[0]; first.Text != "Yes" || !first.Style.Has(document.Circled) {
		t.Errorf("a framed word is a choice, got %+v", first)
	}
}

// TestReadWideShades holds that shading costs no more than the table is large.
func TestReadWideShades(t *testing.T) {
	cell := tc(p(run("x")), `<w:shd w:val="clear" w:fill="FFC000"/>`)
	row := tr(strings.Repeat(cell, 4000), tc(p(run("y"))))
	start := time.Now()
	if _, err := Read(docx(t, table(row, row, row))); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("a wide table took %v", took)
	}
}
