package parse

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// zipped packs parts, "name=content", in order.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, p := range parts {
		name, content, _ := strings.Cut(p, "=")
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func wordDocument(t testing.TB, words string) []byte {
	return zipped(t, "[Content_Types].xml=<Types/>", `word/document.xml=<w:document><w:body><w:p><w:r><w:t>`+words+`</w:t></w:r></w:p></w:body></w:document>`)
}

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// damaged spoils the checksum of a PNG's header.
func damaged(data []byte) []byte {
	data[29] ^= 1
	return data
}

const compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		file   File
		format document.Format
		text   string
		why    document.Why
	}{
		"docx":            {File{Name: "a.bin", Data: wordDocument(t, "Ada")}, document.DOCX, "Ada", ""},
		"rtf as doc":      {File{Name: "a.doc", Data: []byte("\r\n{\\rtf1 Ada}")}, document.RTF, "Ada", ""},
		"html as doc":     {File{Name: "a.doc", MediaType: "application/msword", Data: []byte("<html><body><p>Ada</body></html>")}, document.HTML, "Ada", ""},
		"text":            {File{Name: "a.txt", Data: []byte("Ada")}, document.Text, "Ada", ""},
		"text body":       {File{Body: true, MediaType: "text/plain; charset=utf-8", Data: []byte("<p>Ada</p>")}, document.Text, "<p>Ada</p>", ""},
		"html body":       {File{Body: true, MediaType: "text/html", Data: []byte("Ada <b>Quill</b>")}, document.HTML, "Ada Quill", ""},
		"rtf body":        {File{Body: true, Data: []byte("{\\rtf1 Ada}")}, document.RTF, "Ada", ""},
		"body on PDFs":    {File{Body: true, MediaType: "text/plain", Data: []byte("It begins with %PDF-")}, document.Text, "It begins with %PDF-", ""},
		"empty body":      {File{Body: true, MediaType: "text/plain", Data: []byte("\r\n")}, document.Text, "", ""},
		"Exchange's text": {File{Name: "ATT00001.txt"}, document.Text, "", ""},
		"empty docx":      {File{Name: "a.docx"}, document.Other, "", document.Broken},
		"cut docx":        {File{Name: "a.docx", Data: wordDocument(t, "Ada")[:90]}, document.DOCX, "", document.Broken},
		"cut zip":         {File{Name: "a.zip", Data: wordDocument(t, "Ada")[:90]}, document.Zip, "", document.Broken},
		"zip":             {File{Name: "a.zip", Data: zipped(t, "a=b")}, document.Zip, "", document.Unsupported},
		"xlsx":            {File{Name: "a.xlsx", Data: zipped(t, "[Content_Types].xml=x", "xl/_rels/workbook.xml.rels=<Relationships><Relationship Id=\"r\" Target=\"s.xml\"/></Relationships>", "xl/workbook.xml=<workbook><sheets><sheet r:id=\"r\"/></sheets></workbook>", "xl/s.xml=<worksheet><sheetData><row><c t=\"str\"><v>words</v></c></row></sheetData></worksheet>")}, document.Other, "words", ""},
		"csv":             {File{Name: "a.csv", MediaType: "text/csv", Data: []byte("Name,Ada\n")}, document.Text, "Name\nAda", ""},
		"xlsb":            {File{Name: "a.xlsb", Data: zipped(t, "[Content_Types].xml=x", "xl/workbook.bin=x")}, document.Other, "", document.Unsupported},
		"cut doc":         {File{Name: "a.doc", Data: []byte(compound + strings.Repeat("\x00", 600))}, document.DOC, "", document.Broken},
		"PostScript":      {File{Name: "a.ps", Data: []byte("%!PS-Adobe-3.0\n(Ada) show")}, document.Other, "", document.Unsupported},
		"shortcut":        {File{Name: "form.url", Data: []byte("[InternetShortcut]\r\nURL=https://x.example/a")}, document.Other, "", document.Linked},
		"Google's link":   {File{Name: "form.gdoc", Data: []byte(`{"doc_id":"a"}`)}, document.Other, "", document.Linked},
		"xls":             {File{Name: "a.xls", Data: []byte(compound + string(wide("Workbook")))}, document.Other, "", document.Unsupported},
		"locked docx":     {File{Name: "a.docx", Data: []byte(compound + string(wide("EncryptedPackage")))}, document.DOCX, "", document.Locked},
		"mail":            {File{Name: "a.eml", Data: []byte("From: a@b.example\r\n\r\nx")}, document.EML, "", document.Unsupported},
		"web archive":     {File{Name: "a.doc", Data: []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n")}, document.EML, "", document.Unsupported},
		"saved message":   {File{Name: "a.msg", Data: []byte(compound + string(wide("__properties_version1.0")))}, document.EML, "", document.Unsupported},
		"bytes":           {File{Name: "a.dat", Data: []byte("\x00\x01\x02\x03\xFF\xFE\x00")}, document.Other, "", document.Unsupported},
		"broken PDF":      {File{Name: "a.pdf", Data: []byte("\r\n\r\n%PDF-1.4\nnothing that a reader could use at all")}, document.PDF, "", document.Broken},
		"signature":       {File{Name: "smime.p7s", Data: []byte("\x30\x82")}, document.Other, "", ""},
		"card":            {File{Name: "x", Data: []byte("BEGIN:VCARD\r\n")}, document.Other, "", ""},
		"calendar":        {File{Name: "invite.ics", MediaType: "text/calendar", Data: []byte("x")}, document.Other, "", ""},
		"logo":            {File{Name: "logo.png", Inline: true, Data: picture(t, 600, 600)}, document.Image, "", ""},
		"banner":          {File{Name: "banner.png", Inline: true, Data: picture(t, 1800, 400)}, document.Image, "", ""},
		"attached logo":   {File{Name: "logo.png", Data: picture(t, 300, 200)}, document.Image, "", ""},
		"damaged logo":    {File{Name: "logo.png", Data: damaged(picture(t, 30, 20))}, document.Image, "", ""},
		"small metafile":  {File{Name: "image005.emf", Inline: true, Data: []byte("\x01\x00\x00\x00" + strings.Repeat("\x00", 200))}, document.Other, "", ""},
		"sent metafile":   {File{Name: "form.emf", Data: []byte("\x01\x00\x00\x00" + strings.Repeat("\x00", 200))}, document.Other, "", document.Unsupported},
		"damaged page":    {File{Name: "page.png", Data: damaged(picture(t, 830, 1170))}, document.Image, "", document.Broken},
		"envelope":        {File{Name: "message.rpmsg", Data: []byte("x")}, document.Other, "", document.Enveloped},
		"envelope body":   {File{Body: true, MediaType: "text/plain", Data: []byte("Ada has sent you a protected message.\nRead the message")}, document.Text, "", document.Enveloped},
	} {
		x := Read(c.file, Options{})
		text := ""
		if x.Document != nil {
			text = x.Document.Text()
		}
		if x.Format != c.format || x.Why != c.why || text != c.text || x.Name != c.file.Name || len(x.SHA256) != 64 {
			t.Errorf("%s: %s, %q, %q; want %s, %q, %q", name, x.Format, x.Why, text, c.format, c.why, c.text)
		}
		if x.Document != nil && x.Why != "" {
			t.Errorf("%s: a document and a reason for none", name)
		}
	}
}

func TestReadRecovers(t *testing.T) {
	k := kind{read: func([]byte, Options) (*document.Document, error) { panic("a bug") }}
	d, err := k.safely(nil, Options{})
	if d, why := settle(d, err); d != nil || why != document.Crashed {
		t.Errorf("%v, %q", d, why)
	}
	if d, why := settle(nil, errors.New("unknown")); d != nil || why != document.Crashed {
		t.Errorf("%v, %q", d, why)
	}
}

func TestReadOffersTheSecondEngine(t *testing.T) {
	asked := false
	Read(File{Data: []byte("%PDF-1.4\nnothing that a reader could use at all")}, Options{PDF: func() (pdf.Engine, error) {
		asked = true
		return nil, errors.New("none here")
	}})
	if !asked {
		t.Error("the second engine was not asked for")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.docx", "", false, wordDocument(f, "Ada"))
	f.Add("", "text/html", true, []byte("<p>Ada"))
	f.Add("a.pdf", "application/pdf", false, []byte("%PDF-1.4\n"))
	f.Fuzz(func(t *testing.T, name, mediaType string, body bool, data []byte) {
		x := Read(File{Name: name, MediaType: mediaType, Body: body, Data: data}, Options{})
		if x.Format == "" || x.Document != nil && x.Why != "" {
			t.Fatalf("%+v", x)
		}
	})
}

// An empty page behind a file says nothing; one with a picture may say all.
func TestReadEmptyPages(t *testing.T) {
	for page, quiet := range map[string]bool{
		"<html><head></head><body>&nbsp;<br></body></html>":    true,
		"<html><body><img src=\"cid:form\"></body></html>":     false,
		"<html><body style='background:url(x)'></body></html>": false,
		"<html><body>Ada</body></html>":                        false,
	} {
		x := Read(File{Name: "ATT00002.htm", MediaType: "text/html", Data: []byte(page)}, Options{})
		if x.Format != document.HTML || x.Why != "" || quiet != (x.Document == nil) {
			t.Errorf("%s: %+v", page, x)
		}
	}
}

// A file that is shared by its address is not fetched, and whoever decides must know of it.
func TestReadLinks(t *testing.T) {
	for text, want := range map[string]bool{
		"The form: https://larkmoor-my.sharepoint.com/:w:/g/personal/jm/abc?e=1":                                                true,
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Flarkmoor.sharepoint.com%2F%3Ab%3A%2Fs%2Fdsl&data=05": true,
		"Tool and form: https://1drv.ms/w/s!abc":                                                                                true,
		"<html><body><a href='https://docs.google.com/document/d/abc/edit'>form</a></body></html>":                              true,
		"Our site: https://larkmoor.example/ and https://larkmoor.sharepoint.com/sites/policies":                                false,
		"Our privacy notice: https://larkmoor.sharepoint.com/:b:/s/policies/abc":                                                false,
		"Safeguarding training for all staff:\n\nhttps://drive.google.com/file/d/abc/view":                                      false,
		"Training log for Ada: https://drive.google.com/file/d/abc/view":                                                        true,
		"Privacy notice\nThe form: https://1drv.ms/w/s!abc":                                                                     true,
		"https://1drv.ms/w/s!abc": true,
		"<p>Form <a href='https://1drv.ms/w/s!abc'>here</a></p><p><a href='https://1drv.ms/w/s!b'>Policies</a></p>": true,
		"<p>Hi<br><a href='https://larkmoor.sharepoint.com/:b:/s/p'>Child protection policy</a></p>":                false,
		"<p>Hi</p><img src='https://drive.google.com/uc?id=abc'>":                                                   false,
		"<p>Her <a href='https://1drv.ms/w/s!b'>policy</a></p>":                                                     true,
		"We keep forms on drive.google.com/ normally.":                                                              false,
	} {
		x := Read(File{Body: true, Data: []byte(text)}, Options{})
		if x.Document == nil || slices.Contains(x.Document.Warnings, document.UnreadLink) != want {
			t.Errorf("%s: %+v", text, x)
		}
	}
}

// wide writes a name as compound files do.
func wide(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for _, c := range []byte(ascii) {
		out = append(out, c, 0)
	}
	return out
}
