package part

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
)

func packed(t testing.TB, name, text string, flags uint16) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Flags: flags, CRC32: crc32.ChecksumIEEE([]byte(text)),
		CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func why(err error) document.Why {
	var u *document.Unreadable
	if errors.As(err, &u) {
		return u.Why
	}
	return ""
}

func TestArchive(t *testing.T) {
	a, err := Open(packed(t, `Word\Document.XML`, "<a/>", 0))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := a.Read("/word/document.xml"); string(data) != "<a/>" || err != nil {
		t.Errorf("Read: %q, %v", data, err)
	}
	if _, err := a.Read("none"); !errors.Is(err, ErrAbsent) {
		t.Errorf("Read of nothing: %v", err)
	}
	if got := a.Names("word/"); !cmp.Equal(got, []string{"word/document.xml"}) || !a.Has("WORD/document.xml") || a.Size("word/document.xml") != 4 {
		t.Errorf("Names: %v", got)
	}
}

func TestArchiveRefuses(t *testing.T) {
	a, err := Open(packed(t, "a", "<a/>", 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Read("a"); why(err) != document.Locked {
		t.Errorf("encrypted part: %v", err)
	}
	data := packed(t, "a", "<a/>", 0)
	damaged := bytes.Replace(data, []byte("<a/>"), []byte("<b/>"), 1)
	if a, err = Open(damaged); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Read("a"); why(err) != document.Broken {
		t.Errorf("damaged part: %v", err)
	}
	if _, err := Open([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")); why(err) != document.Broken {
		t.Errorf("compound file: %v", err)
	}
}

func TestReadBoundsAllParts(t *testing.T) {
	a, err := Open(packed(t, "a", "<a/>", 0))
	if err != nil {
		t.Fatal(err)
	}
	a.left = 6
	if _, err := a.Read("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Read("a"); why(err) != document.TooLarge {
		t.Errorf("over the total: %v", err)
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		`<?xml version="1.0"?><w:a x:b="1"><w:c>t<!-- no --> &amp; &nbsp;<d/></w:c></w:a>`: "a(b=1 c(t & &nbsp;d()))",
		`<a><b><c></a>`:                "a(b(c()))",
		`<a></x><b/></a>`:              "a(b())",
		"\xFF\xFE<\x00a\x00/\x00>\x00": "a()",
		`<?xml version="1.0" encoding="iso-8859-1"?><a>` + "\xE9</a>": "a(é)",
	} {
		n, err := Parse([]byte(in))
		if err != nil {
			t.Errorf("Parse(%q): %v", in, errors.Unwrap(err))
			continue
		}
		if got := strings.TrimSpace(show(n)); got != want {
			t.Errorf("Parse(%q) = %q, want %q", in, got, want)
		}
	}
}

func show(n *Node) string {
	if n.Name == "" {
		return n.Text
	}
	var b strings.Builder
	b.WriteString(n.Name + "(")
	for _, a := range n.Attr {
		b.WriteString(a.Name.Local + "=" + a.Value + " ")
	}
	for _, k := range n.Kids {
		b.WriteString(show(k))
	}
	return b.String() + ")"
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]document.Why{
		"":                                document.Broken,
		"words":                           document.Broken,
		"<a>":                             document.Broken,
		"<a><b":                           document.Broken,
		strings.Repeat("<a>", MaxDepth+1): document.TooLarge,
	} {
		if n, err := Parse([]byte(in)); why(err) != want || n != nil {
			t.Errorf("Parse(%.20q): %v, want %s", in, err, want)
		}
	}
}

func TestNodeOfNothing(t *testing.T) {
	var n *Node
	if n.Child("a").Value("b") != "" || n.Find("c") != nil || n.Words() != "" {
		t.Error("a nil node has something")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="utf-16"?><a b='c'>d<e/></a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Parse(data)
		if (err == nil) == (n == nil) || err != nil && why(err) == "" {
			t.Fatalf("%v, %v", n, err)
		}
	})
}
