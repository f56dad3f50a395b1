package parse_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
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

	"referrald/parse"
	"referrald/parse/container"
	"referrald/parse/document"
	"referrald/parse/form"
)

// An answer is what a person found in one message of the corpus.
type answer struct {
	File      string            `json:"file"`
	Referrals []json.RawMessage `json:"referrals"`
	Scored    bool              `json:"score_referrals"`
	Tags      map[string]string `json:"tags"`
}

// TestCorpusChildren counts the children of every message whose documents are read without OCR.
func TestCorpusChildren(t *testing.T) {
	folder := os.Getenv("REFERRALD_CORPUS")
	if folder == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	lex, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, a := range answers(t, filepath.Join(folder, "truth.jsonl")) {
		if !a.Scored || a.Tags["format"] == "prose" || isPictured(a.Tags["format"]) || isPictured(a.Tags["tool_format"]) {
			continue
		}
		counted++
		extracts, subject := readMail(t, filepath.Join(folder, "mail", a.File))
		r := parse.Assemble(extracts, subject, lex)
		if len(r.Referrals) != len(a.Referrals) {
			t.Errorf("%s: %d children, want %d", a.File, len(r.Referrals), len(a.Referrals))
		}
	}
	if counted == 0 {
		t.Error("the corpus has no message to count")
	}
}

func isPictured(format string) bool { return format == "scan" || format == "photo" }

func answers(t *testing.T, path string) []answer {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []answer
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// readMail reads all files of a message, the richest of alternatives alone.
func readMail(t *testing.T, path string) ([]parse.Extract, string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return readPart(textproto.MIMEHeader(m.Header), m.Body), subject
}

func readPart(h textproto.MIMEHeader, body io.Reader) []parse.Extract {
	kind, params, _ := mime.ParseMediaType(h.Get("Content-Type")) // what cannot be parsed is left as it is
	switch strings.ToLower(h.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return readParts(kind, multipart.NewReader(body, params["boundary"]))
	}
	data, _ := io.ReadAll(body) // a part cut short is read as far as it goes
	if kind == "message/rfc822" {
		if m, err := mail.ReadMessage(bytes.NewReader(data)); err == nil {
			return readPart(textproto.MIMEHeader(m.Header), m.Body)
		}
	}
	name := partName(h)
	return unfold(parse.File{Name: name, MediaType: kind, Body: name == "" && strings.HasPrefix(kind, "text/"), Data: data})
}

func partName(h textproto.MIMEHeader) string {
	for _, field := range []string{"Content-Disposition", "Content-Type"} {
		_, params, _ := mime.ParseMediaType(h.Get(field))
		for _, key := range []string{"filename", "name"} {
			if name, err := new(mime.WordDecoder).DecodeHeader(params[key]); err == nil && name != "" {
				return name
			}
		}
	}
	return ""
}

func readParts(kind string, r *multipart.Reader) []parse.Extract {
	var all []parse.Extract
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return all
		}
		if kind == "multipart/alternative" {
			all = nil
		}
		all = append(all, readPart(p.Header, p)...)
	}
}

func unfold(f parse.File) []parse.Extract {
	files, is, err := container.Open(f.Name, f.Data)
	var u *document.Unreadable
	switch {
	case errors.As(err, &u):
		return []parse.Extract{{Name: f.Name, Format: container.Format(f.Data), Why: u.Why}}
	case !is:
		return []parse.Extract{parse.Read(f, parse.Options{})}
	}
	var all []parse.Extract
	for _, g := range files {
		all = append(all, unfold(parse.File{Name: g.Name, Body: g.Body, Data: g.Data})...)
	}
	return all
}
