package odt

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
	for _, name := range slices.Sorted(maps.Keys(parts)) { // the same bytes each time, or a fuzzer chases its own tail
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

const automatic = `<office:font-face-decls><style:font-face style:name="W1" svg:font-family="Wingdings"/></office:font-face-decls><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties fo:background-color="#ffff00"/></style:style>
<style:style style:name="T7" style:family="text"><style:text-properties fo:padding="0in" loext:border="0.51pt solid #000000"/></style:style>
<style:style style:name="T8" style:family="text"><style:text-properties fo:color="#c9211e"/></style:style>
<style:style style:name="T9" style:family="text" style:parent-style-name="T8"><style:text-properties fo:color="#808080"/></style:style>
<style:style style:name="C1" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffff00"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T5" style:family="text"><style:text-properties style:font-name="W1"/></style:style>
<style:style style:name="T6" style:family="text" style:parent-style-name="T1"><style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading"/></office:automatic-styles>`

func content(blocks string) string {
	return `<?xml version="1.0"?><office:document-content xmlns:office="o">` + automatic + `<office:body><office:text>` + blocks + `</office:text></office:body></office:document-content>`
}

const styles = `<office:document-styles><office:styles><style:style style:name="Heading" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style></office:styles>
<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>council</text:p></style:header><style:footer><text:p>page</text:p></style:footer></style:master-page>
<style:master-page style:name="Unused"><style:header><text:p>never</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`

func odt(t testing.TB, blocks string) []byte {
	return pack(t, map[string]string{"content.xml": content(blocks)})
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

func mark(kind, params string) string {
	return `<field:fieldmark text:name="f" field:type="vnd.oasis.opendocument.field.` + kind + `">` + params + `</field:fieldmark>`
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"white space": {"<text:p>  a \n b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e</text:p><text:p/>", "a b   c\td / e\n"},
		"shaded cell": {`<table:table><table:table-row><table:table-cell><text:p>Low</text:p></table:table-cell><table:table-cell table:style-name="C1"><text:p>Medium</text:p></table:table-cell></table:table-row></table:table>`,
			"1.1.1+1 Low\n1.1.2+1 Medium<h>\n"},
		"framed": {`<text:p><text:span text:style-name="T7">Yes</text:span> / No</text:p>`, "Yes<c>| / No\n"},
		"ink":    {`<text:p><text:span text:style-name="T8">a</text:span> b <text:span text:style-name="T9">c</text:span></text:p>`, "a<k>| b |c<g>\n"},
		"looks": {`<text:p><text:span text:style-name="T1">a</text:span><text:span text:style-name="T2">b</text:span><text:span text:style-name="T3">c</text:span>` +
			`<text:span text:style-name="T4">d</text:span><text:span text:style-name="T2"><text:span text:style-name="T6">e</text:span></text:span></text:p>`,
			"a<b>|b<s>|c<h>|e<b>\n"},
		"symbols":            {"<text:p><text:span text:style-name=\"T5\">\uF0FE</text:span> a <text:span text:style-name=\"T5\">\u00A8</text:span> ☐</text:p>", "{x}| a |{_}| |{_}\n"},
		"lists and sections": {`<text:section><text:list><text:list-item><text:p>a</text:p></text:list-item></text:list></text:section><text:section text:display="none"><text:p>b</text:p></text:section>`, "a\n"},
		"tracked changes": {`<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
			`<text:p>a<text:change text:change-id="1"/><text:change-start/>b<text:change-end/></text:p>`, "ab\n"},
		"table": {`<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell><table:covered-table-cell/>` +
			`<table:table-cell table:number-rows-spanned="2"><text:p>b</text:p></table:table-cell></table:table-row></table:table-header-rows>` +
			`<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:covered-table-cell/></table:table-row></table:table>`,
			"1.1.1+2 a\n1.1.3+1 b\n1.2.1+1 \n1.2.2+1 \n"},
		"nested table": {`<table:table><table:table-row><table:table-cell><text:p>Status</text:p></table:table-cell><table:table-cell>` +
			`<table:table><table:table-row><table:table-cell><text:p>☐</text:p></table:table-cell><table:table-cell><text:p>CIN</text:p></table:table-cell></table:table-row></table:table>` +
			`</table:table-cell></table:table-row></table:table>`, "1.1.1+1 Status\n1.1.2+1 {_}|\tCIN\n"},
		"check box controls": {`<text:p><loext:content-control loext:checkbox="true" loext:checked="true" loext:checked-state="☒" loext:unchecked-state="☐">☒</loext:content-control> a ` +
			`<loext:content-control loext:checkbox="true" loext:checked="false">☐</loext:content-control> b <loext:content-control loext:checkbox="true" loext:checked="true">☐</loext:content-control></text:p>`,
			"{x}<f>| a |{_}<f>| b |{?}<f>\n"},
		"content controls": {`<text:p>Name: <loext:content-control loext:alias="n">Ada</loext:content-control></text:p><text:p><loext:content-control loext:showing-place-holder="true">Pick</loext:content-control></text:p>`,
			"Name: |Ada<f>\nPick<pf>\n"},
		"field marks": {`<text:p>` + mark("FORMCHECKBOX", `<field:param field:name="Checkbox_Checked" field:value="true"/>`) + " a " + mark("FORMCHECKBOX", "") + " b " +
			mark("FORMDROPDOWN", `<field:param field:name="Dropdown_ListEntry" field:value="Low"/><field:param field:name="Dropdown_ListEntry" field:value="High"/><field:param field:name="Dropdown_Selected" field:value="1"/>`) +
			` <field:fieldmark-start text:name="t" field:type="vnd.oasis.opendocument.field.FORMTEXT"/>Ada<field:fieldmark-end/></text:p>`,
			"{x}<f>| a |{_}<f>| b |High<f>| |Ada<f>\n"},
		"fields": {`<text:p><text:text-input text:description="n">Ada</text:text-input> <text:placeholder>&lt;Name&gt;</text:placeholder> <text:hidden-text text:is-hidden="true">h</text:hidden-text>` +
			`<text:drop-down><text:label text:value="x"/><text:label text:value="y" text:current-selected="true"/>y</text:drop-down> <text:date>1 May 2012</text:date></text:p>`,
			"Ada<f>| |<Name><pf>| |y<f>| 1 May 2012\n"},
		"form controls": {`<office:forms><form:form><form:checkbox xml:id="c1" form:current-state="checked" form:label="CIN"/><form:radio form:id="c2"/><form:text form:id="c3" form:current-value="Ada"/>` +
			`<form:checkbox form:id="c4" form:state="unknown"/></form:form></office:forms><text:p><draw:control draw:control="c1"/><draw:control draw:control="c2"/><draw:control draw:control="c3"/><draw:control draw:control="c4"/></text:p>`,
			"{x}<f>| CIN|{_}<f>|Ada<f>|{?}<f>\n"},
		"text boxes": {`<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame><draw:custom-shape><text:p>c</text:p></draw:custom-shape>d</text:p>`, "ad\nb\nc\n"},
		"notes":      {`<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p><text:p>b</text:p>`, "a\nb\nn\n"},
	} {
		doc, err := Read(odt(t, c.in))
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if d := cmp.Diff(c.want, show(doc)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestReadMarginsAndStyles(t *testing.T) {
	doc, err := Read(pack(t, map[string]string{"styles.xml": styles, "content.xml": content(`<text:p text:style-name="P1">head</text:p><text:p>b<office:annotation><text:p>hm</text:p></office:annotation></text:p>`)}))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff("margin council\nhead<b>\nb\nmargin page\n", show(doc)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]document.Warning{document.Comments}, doc.Warnings); d != "" {
		t.Error(d)
	}
}

func TestReadFlat(t *testing.T) {
	doc, err := Read([]byte(strings.ReplaceAll(content("<text:p>a</text:p>"), "document-content", "document")))
	if err != nil || show(doc) != "a\n" {
		t.Errorf("%v, %v", doc, err)
	}
}

// Cells that the file holds once and shows often must not multiply with the tables inside them.
func TestReadBoundsRepeatedCells(t *testing.T) {
	inner := `<text:p>a</text:p>`
	for range 8 {
		inner = `<table:table><table:table-row><table:table-cell table:number-columns-repeated="1000">` + inner + `</table:table-cell></table:table-row></table:table>`
	}
	doc, err := Read(odt(t, inner))
	if err != nil || len(doc.Cells) != 1 || len(doc.Text()) > 1000 {
		t.Errorf("%d cells, %v", len(doc.Cells), err)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		why  document.Why
	}{
		"no zip":     {[]byte("words"), document.Broken},
		"no content": {pack(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}), document.Broken},
		"a sheet":    {pack(t, map[string]string{"content.xml": "<office:document-content><office:body><office:spreadsheet/></office:body></office:document-content>"}), document.Unsupported},
		"encrypted": {pack(t, map[string]string{"content.xml": "\x12\x34", "META-INF/manifest.xml": `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}),
			document.Locked},
		"deep": {odt(t, strings.Repeat("<text:section>", 2500)), document.TooLarge},
	} {
		doc, err := Read(c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || doc != nil {
			t.Errorf("%s: %v, want %s", name, err, c.why)
		}
	}
}

func TestReadRings(t *testing.T) {
	ring := `<draw:custom-shape text:anchor-type="char" svg:width="0.5in" svg:height="0.2in" svg:y="-0.05in"><text:p/><draw:enhanced-geometry draw:type="ooxml-ellipse"/></draw:custom-shape>`
	for name, c := range map[string]struct {
		blocks, want string
		warned       bool
	}{
		"one choice":  {"<text:p>" + ring + "Yes</text:p><text:p>No</text:p>", "Yes<c>\nNo\n", false},
		"two choices": {"<text:p>" + ring + "Yes / No</text:p>", "Yes / No\n", true},
		"a stroke":    {`<text:p><draw:line text:anchor-type="char" svg:x1="0in" svg:x2="0.4in" svg:y1="0in" svg:y2="0in"/>Yes / No</text:p>`, "Yes / No\n", true},
		"a rule":      {`<text:p><draw:line text:anchor-type="char" svg:x1="0in" svg:x2="6in" svg:y1="0in" svg:y2="0in"/>Yes / No</text:p>`, "Yes / No\n", false},
		"with words":  {"<text:p>" + strings.Replace(ring, "<text:p/>", "<text:p>in</text:p>", 1) + "Yes</text:p>", "Yes\nin\n", false},
	} {
		d, err := Read(odt(t, c.blocks))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, show(d)); diff != "" || c.warned != (len(d.Warnings) == 1) {
			t.Errorf("%s: %s warnings %v", name, diff, d.Warnings)
		}
	}
}

// TestReadObjects tells files that were dropped into a text from formulas and charts.
func TestReadObjects(t *testing.T) {
	frame := `<text:p>a<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>`
	for object, want := range map[string][]document.Warning{
		`<math/>`: nil,
		`<office:document-content><office:body><office:chart/></office:body></office:document-content>`: nil,
		`<office:document-content><office:body><office:text/></office:body></office:document-content>`:  {document.UnreadFiles},
		``: {document.UnreadFiles},
	} {
		d, err := Read(pack(t, map[string]string{"content.xml": content(frame), "Object 1/content.xml": object}))
		if err != nil || !slices.Equal(d.Warnings, want) {
			t.Errorf("%s: warnings %v, error %v", object, d.Warnings, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(content(`<text:p>a<text:s/><draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame>` + mark("FORMCHECKBOX", "") + `</text:p>`))
	f.Add(content(`<table:table><table:table-row><table:table-cell table:number-columns-repeated="9"><table:table><table:table-row><table:table-cell/></table:table-row></table:table></table:table-cell></table:table-row></table:table>`))
	f.Fuzz(func(t *testing.T, main string) {
		data := pack(t, map[string]string{"content.xml": main, "styles.xml": main})
		readertest.Check(t, data, Read, html.UnescapeString(main)+" \u2139")
	})
}

// FuzzReadBytes fuzzes the archive around the document.
func FuzzReadBytes(f *testing.F) {
	f.Add(odt(f, "<text:p>a</text:p>"))
	f.Add([]byte(strings.ReplaceAll(content("<text:p>a</text:p>"), "document-content", "document")))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, Read, "") })
}

func BenchmarkRead(b *testing.B) {
	row := `<table:table-row><table:table-cell><text:p text:style-name="P1">Name: <text:span text:style-name="T6">Ada Quill</text:span></text:p></table:table-cell><table:table-cell><text:p>☒ Early Help</text:p></table:table-cell></table:table-row>`
	data := pack(b, map[string]string{"styles.xml": styles, "content.xml": content("<table:table>" + strings.Repeat(row, 60) + "</table:table>")})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
