package main

import (
	"archive/zip"
	"strings"
	"testing"

	"referrald/parse"
	"referrald/parse/document"
)

// archive is a page as Word saves it in one file.
const archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_X\"\r\n\r\nThis document is a Web archive file.\r\n\r\n" +
	"------=_X\r\nContent-Location: file:///C:/D/form.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"windows-1252\"\r\n\r\n" +
	"<html><body><p class=3DMsoNormal>Name: Zo=EB <span style=3D'font-family:Wingdings'>=FE</span> CIN</p></body></html>\r\n" +
	"------=_X\r\nContent-Location: file:///C:/D/form_files/filelist.xml\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n\r\n<xml/>\r\n------=_X--\r\n"

func TestWebArchivesAreReadAsPages(t *testing.T) {
	for _, name := range []string{"form.mht", "form.mhtml", "form.doc", "form"} {
		got := unfold(parse.File{Name: name, Data: []byte(archive)}, deepest, parse.Options{})
		if len(got) != 1 || got[0].Document == nil || got[0].Format != document.HTML || got[0].Name != name {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		if text := strings.TrimSpace(got[0].Document.Text()); text != "Name: Zoë  CIN" {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// What no reader knows is told from what is broken, and held with its reason.
func TestContainersThatAreNoneAreHeld(t *testing.T) {
	works := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600) + wideName("MatOST")
	for name, tt := range map[string]struct {
		data string
		why  document.Why
	}{
		"form.wps":   {works, document.Unsupported},
		"form.pages": {zipOf(t, map[string]string{"Index/Document.iwa": "x", "preview.jpg": "\xFF\xD8\xFF"}), document.Unsupported},
		"bundle.zip": {zipOf(t, map[string]string{"My form.pages/Index.zip": "x", "My form.pages/preview.jpg": "x"}), document.Unsupported},
		"old.pages":  {zipOf(t, map[string]string{"index.xml.gz": "x", "QuickLook/Thumbnail.jpg": "\xFF\xD8\xFF"}), document.Unsupported},
		"form.rpmsg": {"\x76\xE8\x04\x60\xC4\x11\xE3\x86rest", document.Enveloped},
		"form.xps":   {zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "FixedDocSeq.fdseq": "x"}), document.Unsupported},
		"empty.mht":  {"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X--\r\n", document.Unsupported},
	} {
		got := unfold(parse.File{Name: name, Data: []byte(tt.data)}, deepest, parse.Options{})
		if len(got) != 1 || got[0].Why != tt.why {
			t.Errorf("%s: %+v, want %s", name, got, tt.why)
		}
	}
}

// A mail that somebody saved is opened under any name.
func TestSavedMailsAreOpened(t *testing.T) {
	mail := "From: a@b.example\r\nSubject: Form\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nsee attached\r\n--X\r\n" +
		"Content-Type: application/rtf; name=form.rtf\r\nContent-Disposition: attachment; filename=form.rtf\r\n\r\n{\\rtf1 Ada}\r\n--X--\r\n"
	for _, name := range []string{"form.eml", "form.txt", "form"} {
		got := unfold(parse.File{Name: name, Data: []byte(mail)}, deepest, parse.Options{})
		if len(got) != 2 || got[1].Name != "form.rtf" || got[1].Document == nil || got[1].Document.Text() != "Ada" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := unfold(parse.File{Name: "a.txt", Data: []byte("From: Ada\nTo: Bo\n\nContent-Type: none")}, deepest, parse.Options{}); len(got) != 1 || got[0].Name != "a.txt" {
		t.Errorf("a letter is taken for a mail: %+v", got)
	}
}

// What was dropped into a Word document is read beside it, and held where it cannot be read; what shows nothing is nothing.
func TestObjectsInDocumentsAreRead(t *testing.T) {
	word := func(text string, more ...string) string {
		parts := map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document><body><p><r><t>" + text + "</t></r></p></body></document>",
			"word/_rels/document.xml.rels": `<Relationships><Relationship Id="a" Type="x/package" Target="embeddings/a"/><Relationship Id="b" Type="x/aFChunk" Target="b.html"/></Relationships>`}
		for i := 0; i < len(more); i += 2 {
			parts[more[i]] = more[i+1]
		}
		return zipOf(t, parts)
	}
	for name, tt := range map[string]struct {
		data string
		want string
	}{
		"a tool":          {word("form", "word/embeddings/a", word("tool")), "form.docx: form; a: tool; "},
		"a tool in it":    {word("form", "word/embeddings/a", word("tool", "word/embeddings/a", word("more"))), "form.docx: form; a: tool; a: more; "},
		"a piece of HTML": {word("form", "word/b.html", "<html><p>more</p></html>"), "form.docx: form; b.html: more; "},
		"an empty one":    {word("form", "word/embeddings/a", word("")), "form.docx: form; "},
		"a stranger":      {word("form", "word/embeddings/a", "\x00\x01\x02\xFF\xFE stranger"), "form.docx: form; a: unsupported; "},
		"nothing":         {word("form"), "form.docx: form; "},
	} {
		got := ""
		for _, x := range unfold(parse.File{Name: "form.docx", Data: []byte(tt.data)}, deepest, parse.Options{}) {
			got += x.Name + ": "
			if x.Document != nil {
				got += x.Document.Text()
			}
			got += string(x.Why) + "; "
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func wideName(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var out strings.Builder
	z := zip.NewWriter(&out)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
