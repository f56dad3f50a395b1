package form_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/docx"
	"referrald/parse/html"
	"referrald/parse/msdoc"
	"referrald/parse/odt"
	"referrald/parse/pdf"
	"referrald/parse/rtf"
	"referrald/parse/text"
)

// A letter is one document of a corpus message, read.
type letter struct {
	name string
	doc  *document.Document
}

// corpusFolder returns the corpus named by REFERRALD_CORPUS, or skips the test.
func corpusFolder(t testing.TB) string {
	folder := os.Getenv("REFERRALD_CORPUS")
	if folder == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	return folder
}

// readMessage returns the documents of a corpus message in order, those that these readers can read.
func readMessage(t testing.TB, path string) []letter {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return readPart(textproto.MIMEHeader(m.Header), m.Body)
}

func readPart(h textproto.MIMEHeader, body io.Reader) []letter {
	kind, params, _ := mime.ParseMediaType(h.Get("Content-Type"))
	switch strings.ToLower(h.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return readParts(kind, multipart.NewReader(body, params["boundary"]))
	}
	data, _ := io.ReadAll(body)
	if kind == "message/rfc822" {
		if m, err := mail.ReadMessage(bytes.NewReader(data)); err == nil {
			return readPart(textproto.MIMEHeader(m.Header), m.Body)
		}
	}
	return readFile(partName(h), kind, data)
}

func partName(h textproto.MIMEHeader) string {
	_, params, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := params["filename"]
	if name == "" {
		_, params, _ = mime.ParseMediaType(h.Get("Content-Type"))
		name = params["name"]
	}
	if plain, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
		return plain
	}
	return name
}

// readParts reads a multipart body; of alternatives only the last, richest one.
func readParts(kind string, r *multipart.Reader) []letter {
	var all []letter
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return all
		}
		one := readPart(p.Header, p)
		if kind == "multipart/alternative" {
			all = nil
		}
		all = append(all, one...)
	}
}

func readFile(name, kind string, data []byte) []letter {
	read := map[string]func([]byte) (*document.Document, error){
		".docx": docx.Read, ".doc": msdoc.Read, ".odt": odt.Read, ".pdf": pdf.Read, ".rtf": rtf.Read, "text/html": html.Read, "text/plain": text.Read,
	}
	f := read[strings.ToLower(filepath.Ext(name))]
	if f == nil {
		f = read[kind]
	}
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		return readZip(data)
	}
	if f == nil {
		return nil
	}
	d, err := f(data)
	if err != nil {
		return nil
	}
	return []letter{{name, d}}
}

func readZip(data []byte) []letter {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	var all []letter
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		inside, _ := io.ReadAll(r)
		all = append(all, readFile(f.Name, "", inside)...)
	}
	return all
}

// BenchmarkCorpusDOCX measures the matcher on the Word files of the corpus, read beforehand.
func BenchmarkCorpusDOCX(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(corpusFolder(b), "mail", "*.eml"))
	if err != nil || len(files) == 0 {
		b.Fatal("the corpus has no mail")
	}
	var docs []*document.Document
	for _, f := range files[:min(40, len(files))] {
		for _, l := range readMessage(b, f) {
			if l.doc.Format == document.DOCX {
				docs = append(docs, l.doc)
			}
		}
	}
	lex, err := lexicon()
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		lex.Read(docs[i%len(docs)], "form.docx", 0)
		i++
	}
}
