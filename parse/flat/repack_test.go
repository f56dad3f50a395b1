package flat

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
	"referrald/parse/docx"
)

// read reads a flat document the whole way.
func read(data []byte) (*document.Document, error) {
	zipped, err := Repack(data)
	if err != nil {
		return nil, err
	}
	return docx.Read(zipped)
}

// sketch writes a document in a line for each cell, boxes as [ ], [x] and [?], struck words in tildes.
func sketch(d *document.Document) string {
	var b strings.Builder
	for _, c := range d.Cells {
		for _, l := range c.Lines {
			for _, t := range l.Tokens {
				switch {
				case t.Mark != document.NoMark:
					b.WriteString([...]string{"", "[ ]", "[x]", "[?]"}[t.Mark])
				case t.Style.Has(document.Struck):
					b.WriteString("~" + t.Text + "~")
				default:
					b.WriteString(t.Text)
				}
			}
			b.WriteString("|")
		}
	}
	return b.String()
}

func flatPackage(body string) string {
	return `<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">
<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships></pkg:xmlData></pkg:part>
<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="x"><w:body>` + body + `</w:body></w:document></pkg:xmlData></pkg:part>
<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>iVBORw0K
Ggo=</pkg:binaryData></pkg:part></pkg:package>`
}

func word2003(body string) string {
	return `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xml:space="preserve"><w:styles><w:style w:type="character" w:styleId="S"><w:name w:val="S"/><w:rPr><w:strike/></w:rPr></w:style></w:styles><w:body><wx:sect>` +
		body + `</wx:sect></w:body></w:wordDocument>`
}

// field is a legacy form field as Word 2003 keeps it: the data of the binary format in base64.
func field(code string, kind, result int, texts ...string) string {
	b := binary.LittleEndian.AppendUint32(nil, 0xFFFFFFFF)
	b = binary.LittleEndian.AppendUint16(b, uint16(kind|result<<2))
	b = append(b, 0, 0, 0, 0)
	text := func(s string, zero bool) {
		u := utf16.Encode([]rune(s))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(u)))
		for _, c := range u {
			b = binary.LittleEndian.AppendUint16(b, c)
		}
		if zero {
			b = append(b, 0, 0)
		}
	}
	text("F1", true)
	b = append(b, 0, 0) // the default
	for range 5 {
		text("", true)
	}
	if len(texts) > 0 {
		b = append(b, 0xFF, 0xFF)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(texts)))
		b = append(b, 0, 0)
		for _, s := range texts {
			text(s, false)
		}
	}
	return fmt.Sprintf(`<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">%s</w:fldData></w:fldChar></w:r><w:r><w:instrText> %s </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`,
		base64.StdEncoding.EncodeToString(b), code)
}

func TestRepack(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"package": {flatPackage(`<w:p><w:r><w:t>Name: Ada &amp; Bo</w:t></w:r></w:p><w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> CIN</w:t></w:r></w:p>`),
			"Name: Ada & Bo|[x] CIN|"},
		"2003": {word2003(`<w:p><w:r><w:t>Name: </w:t></w:r><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>Bo</w:t></w:r><w:r><w:t> Ada</w:t></w:r></w:p>` +
			`<wx:sub-section><w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>gone</w:delText></w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>new</w:t></w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Comment"><aml:content><w:p><w:r><w:t>hm</w:t></w:r></w:p></aml:content></aml:annotation></w:p></wx:sub-section>`),
			"Name: ~Bo~ Ada|new|"},
		"2003, fields": {word2003(`<w:p>` + field("FORMCHECKBOX", 1, 1) + `<w:r><w:t> on </w:t></w:r>` + field("FORMCHECKBOX", 1, 0) + `<w:r><w:t> off </w:t></w:r>` + field("FORMDROPDOWN", 2, 1, "Low", "High") + `</w:p>`),
			"[x] on [ ] off High|"},
		"2003, a box without its data": {word2003(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`), "[?]|"},
	} {
		d, err := read([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if got := sketch(d); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestRepackRefuses(t *testing.T) {
	for in, want := range map[string]document.Why{
		"<w:wordDocument><w:body>": document.Broken,
		"<html/>":                  document.Broken,
		"words":                    document.Broken,
		"<w:wordDocument>" + strings.Repeat("<w:p>", 2500): document.TooLarge,
	} {
		_, err := Repack([]byte(in))
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != want {
			t.Errorf("%.30q: %v, want %s", in, err, want)
		}
	}
}

func FuzzRepack(f *testing.F) {
	f.Add([]byte(flatPackage(`<w:p><w:r><w:t>a</w:t></w:r></w:p>`)))
	f.Add([]byte(word2003(`<w:p><w:r><w:t>a</w:t></w:r>` + field("FORMCHECKBOX", 1, 25) + `</w:p>`)))
	f.Fuzz(func(t *testing.T, data []byte) { readertest.Check(t, data, read, "") })
}
