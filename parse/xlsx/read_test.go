package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\ mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="0.0&quot;days&quot;"/><numFmt numFmtId="166" formatCode="mmm\\ yy"/><numFmt numFmtId="167" formatCode="General;&quot;d&quot;"/></numFmts>
<fonts><font/><font><strike/><b val="0"/></font><font><name val="Wingdings"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills>
<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf fontId="1"/><xf fontId="2"/><xf fillId="1"/><xf numFmtId="17"/><xf numFmtId="16"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`

// book is a workbook of one sheet, with more parts in turn.
func book(t testing.TB, sheet string, more ...string) []byte {
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="Tool" r:id="r1"/><sheet name="Lists" state="hidden" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet>` + sheet + `</worksheet>`,
		"xl/worksheets/sheet2.xml":   `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>never shown</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Name:</t><rPh><t>spoken</t></rPh></si><si><r><t>Low</t></r><r><rPr><strike/></rPr><t> High</t></r></si></sst>`,
		"xl/styles.xml":              styles,
	}
	for i := 0; i < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	return pack(t, parts)
}

// show writes a document as lines: the cell's place, its words, marks in braces and looks in letters.
func show(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		fmt.Fprintf(&b, "%d.%d.%d+%d ", c.Table, c.Row, c.Col, max(c.Span, 1))
		for i, l := range c.Lines {
			if i > 0 {
				b.WriteString(" / ")
			}
			for _, k := range l.Tokens {
				b.WriteString([...]string{k.Text, "{_}", "{x}", "{?}"}[k.Mark])
				for look, letter := range map[document.Style]string{document.Struck: "~", document.Highlighted: "="} {
					if k.Style.Has(look) {
						b.WriteString(letter)
					}
				}
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func rowsOf(rows string) string { return "<sheetData>" + rows + "</sheetData>" }

func TestRead(t *testing.T) {
	const shape = `<v:shape><v:textbox><div>%s</div></v:textbox><x:ClientData ObjectType="%s"><x:Anchor>%s</x:Anchor>%s</x:ClientData></v:shape>`
	drawing := []string{"xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="d1" Target="../drawings/vml.vml"/></Relationships>`, "xl/drawings/vml.vml", "<xml>" +
		fmt.Sprintf(shape, "Missing", "Checkbox", " 0, 15, 1, 2, 1, 30, 1, 18", "<x:Checked>1</x:Checked>") + fmt.Sprintf(shape, "", "Checkbox", "1, 1, 0, 1, 2, 1, 0, 9", "") +
		fmt.Sprintf(shape, "", "Radio", "0, 1, 0, 1, 0, 1, 0, 9", "<x:Checked>2</x:Checked>") + "</xml>"}
	for name, c := range map[string]struct {
		sheet string
		more  []string
		want  string
	}{
		"texts": {rowsOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Ada&#10;Quill</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="str"><f>A1</f><v>x</v></c></row>`), nil,
			"1.1.1+1 Name:\n1.1.2+1 Ada / Quill\n1.2.1+1 Low High~\n1.2.3+1 x\n"},
		"days": {rowsOf(`<row><c s="1"><v>46293</v></c><c s="2"><v>46293.75</v></c><c s="3"><v>46293</v></c><c><v>46293</v></c><c s="1"><v>-5</v></c></row>`), nil,
			"1.1.1+1 28/09/2026\n1.1.2+1 28/09/2026\n1.1.3+1 46293\n1.1.4+1 46293\n1.1.5+1 -5\n"},
		"parts of days": {rowsOf(`<row><c s="7"><v>45962</v></c><c s="8"><v>45962</v></c><c s="9"><v>45962</v></c><c s="10"><v>45962</v></c></row>`), nil,
			"1.1.1+1 November 2025\n1.1.2+1 1 November\n1.1.3+1 November 2025\n1.1.4+1 45962\n"},
		"looks":  {rowsOf(`<row r="1"><c r="A1" t="str" s="4"><v>Low</v></c><c r="B1" t="str" s="5"><v>þ</v></c><c r="C1" t="str" s="6"><v>High</v></c></row>`), nil, "1.1.1+1 Low~\n1.1.2+1 {x}\n1.1.3+1 High=\n"},
		"blocks": {rowsOf(`<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"/></row><row r="4"><c r="B4" t="str"><v>b</v></c><c r="C4"/></row>`), nil, "1.1.1+1 a\n2.1.2+1 b\n2.1.3+1 \n"},
		"hidden": {`<cols><col min="2" max="3" hidden="1"/></cols>` + rowsOf(`<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>no</v></c></row><row r="2" hidden="1"><c r="A2" t="str"><v>no</v></c></row>`), nil, "1.1.1+1 a\n"},
		"merged": {rowsOf(`<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1"/><c r="C1" t="str"><v>c</v></c></row><row r="2"><c r="A2" t="str"><v>no</v></c></row>`) + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, nil,
			"1.1.1+2 a\n1.1.3+1 c\n"},
		"true and false": {rowsOf(`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`), nil, "1.1.1+1 {x}\n1.1.2+1 {_}\n1.1.3+1 \n"},
		"boxes":          {rowsOf(`<row r="1"><c r="B1" t="str"><v>Weapons</v></c></row>`) + `<legacyDrawing r:id="d1"/>`, drawing, "1.1.1+1 {?}\n1.1.2+1 {_} Weapons\n1.2.1+1 {x} Missing\n"},
	} {
		d, err := Read(book(t, c.sheet, c.more...))
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if diff := cmp.Diff(c.want, show(d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestReadObjects tells of files that were dropped into a sheet.
func TestReadObjects(t *testing.T) {
	d, err := Read(book(t, rowsOf(`<row><c t="str"><v>a</v></c></row>`)+`<oleObjects><oleObject progId="Package" r:id="o1"/></oleObjects>`))
	if err != nil || !slices.Equal(d.Warnings, []document.Warning{document.UnreadFiles}) {
		t.Errorf("warnings %v, error %v", d.Warnings, err)
	}
}

// TestReadDrawings holds that what lies on a sheet is read, or told of.
func TestReadDrawings(t *testing.T) {
	shape := func(kind, size, words string) string {
		return `<xdr:twoCellAnchor><xdr:sp><xdr:spPr><a:xfrm><a:ext cx="` + size + `" cy="228600"/></a:xfrm><a:prstGeom prst="` + kind + `"/></xdr:spPr><xdr:txBody>` + words + `</xdr:txBody></xdr:sp></xdr:twoCellAnchor>`
	}
	for name, c := range map[string]struct {
		drawing, words string
		want           []document.Warning
	}{
		"words":         {shape("rect", "9144000", "<a:p><a:r><a:t>Risk </a:t></a:r><a:r><a:t>is low</a:t></a:r></a:p><a:p/>"), "1.1.1+1 a\n0.0.0+1 Risk is low\n", nil},
		"a ring":        {shape("ellipse", "457200", ""), "1.1.1+1 a\n", []document.Warning{document.Handwriting}},
		"a frame":       {shape("ellipse", "9144000", ""), "1.1.1+1 a\n", nil},
		"a form's box":  {"<mc:AlternateContent><mc:Choice>" + shape("rect", "1", "<a:p><a:r><a:t>Check Box 1</a:t></a:r></a:p>") + "</mc:Choice></mc:AlternateContent>", "1.1.1+1 a\n", nil},
		"not to be had": {"<", "1.1.1+1 a\n", []document.Warning{document.UnreadPart}},
	} {
		d, err := Read(book(t, rowsOf(`<row r="1"><c r="A1" t="str"><v>a</v></c></row>`)+`<drawing r:id="d1"/>`, "xl/worksheets/_rels/sheet1.xml.rels",
			`<Relationships><Relationship Id="d1" Target="../drawings/d.xml"/></Relationships>`, "xl/drawings/d.xml", "<xdr:wsDr>"+c.drawing+"</xdr:wsDr>"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.words, show(d)); diff != "" || !slices.Equal(c.want, d.Warnings) {
			t.Errorf("%s: %s warnings %v", name, diff, d.Warnings)
		}
	}
}

func TestReadCSV(t *testing.T) {
	for in, want := range map[string]string{
		"Name,Ada Quill\r\nLevel,\"Low,\nstill low\"\r\n": "1.1.1+1 Name\n1.1.2+1 Ada Quill\n1.2.1+1 Level\n1.2.2+1 Low, / still low\n",
		"\xEF\xBB\xBFName;Ada, called A\n;\nLevel;Low\n":  "1.1.1+1 Name\n1.1.2+1 Ada, called A\n2.1.1+1 Level\n2.1.2+1 Low\n",
		"Name\tZo\xEB": "1.1.1+1 Name\n1.1.2+1 Zoë\n",
		"say \"so\",b": "1.1.1+1 say \"so\"\n1.1.2+1 b\n",
	} {
		d, err := ReadCSV([]byte(in))
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		if diff := cmp.Diff(want, show(d)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("Name,\"Ada\nQuill\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, ReadCSV, "") })
}

func TestReadRefuses(t *testing.T) {
	many := rowsOf("<row>" + strings.Repeat(`<c t="str"><v>a</v></c>`, maxCells+1) + "</row>")
	for name, c := range map[string]struct {
		data []byte
		why  document.Why
	}{
		"no workbook": {pack(t, map[string]string{"xl/a": ""}), document.Broken},
		"no zip":      {[]byte("PK"), document.Broken},
		"many cells":  {book(t, many), document.TooLarge},
	} {
		d, err := Read(c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || d != nil {
			t.Errorf("%s: %v, want %s", name, err, c.why)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(rowsOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="ZZ9" t="inlineStr"><is><t>Ada</t></is></c></row>`)+`<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><legacyDrawing r:id="d1"/>`,
		`<v:shape><x:ClientData ObjectType="Checkbox"><x:Anchor>1,1,1,1,1,1,1,1</x:Anchor></x:ClientData></v:shape>`)
	f.Fuzz(func(t *testing.T, sheet, drawing string) {
		data := book(t, sheet, "xl/worksheets/_rels/sheet1.xml.rels", `<Relationships><Relationship Id="d1" Target="../v.vml"/></Relationships>`, "xl/v.vml", "<xml>"+drawing+"</xml>")
		if strings.ContainsAny(sheet, "sS") { // a look can make a number a day
			readertest.Check(t, data, Read, "")
			return
		}
		readertest.Check(t, data, Read, "Name: Low High "+html.UnescapeString(sheet+drawing))
	})
}

func FuzzReadBytes(f *testing.F) {
	f.Add(book(f, rowsOf(`<row><c s="1"><v>46293</v></c></row>`)))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, Read, "") })
}
