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
