package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
	"referrald/parse/form"
	"referrald/parse/pdf"
)

// file returns one of the documents in testdata, whose people are invented.
func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// cellWith returns the first cell that bears the words.
func cellWith(t *testing.T, d *document.Document, words string) document.Cell {
	t.Helper()
	for _, c := range d.Cells {
		if strings.Contains(c.Text(), words) {
			return c
		}
	}
	t.Fatalf("no cell bears %q", words)
	return document.Cell{}
}

func TestReadForm(t *testing.T) {
	d, err := pdf.Read(file(t, "form.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Format != document.PDF || d.Pages == 0 || len(d.Scans) > 0 {
		t.Errorf("format %s, %d pages, %d scans", d.Format, d.Pages, len(d.Scans))
	}
	name, birth := cellWith(t, d, "Name of young person"), cellWith(t, d, "DOB")
	if name.Table != birth.Table || name.Row != birth.Row || name.Col >= birth.Col {
		t.Errorf("name at %d/%d/%d, birth date at %d/%d/%d, want them side by side", name.Table, name.Row, name.Col, birth.Table, birth.Row, birth.Col)
	}
	for words, want := range map[string]document.Mark{"Non-Attendance in Education": document.Ticked, "School exclusions": document.Unticked} {
		marks := 0
		for _, l := range cellWith(t, d, words).Lines {
			for _, token := range l.Tokens {
				if token.Mark != document.NoMark {
					marks++
					if token.Mark != want {
						t.Errorf("the box of %q is %d, want %d", words, token.Mark, want)
					}
				}
			}
		}
		if marks != 1 {
			t.Errorf("%q has %d boxes", words, marks)
		}
	}
}

// Mail gateways put bytes before and behind files, and writers forget where their tables stand: such a file is mended.
func TestReadMended(t *testing.T) {
	whole := file(t, "tool.pdf")
	want, err := pdf.Read(whole)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(whole, []byte("startxref"))
	for name, data := range map[string][]byte{
		"bytes before":    append([]byte("\r\n\r\n"), whole...),
		"bytes behind":    append(bytes.Clone(whole), bytes.Repeat([]byte("\n"), 300)...),
		"no cross table":  append(bytes.Clone(whole[:at]), []byte("startxref\n99999999\n%%EOF\n")...),
		"another version": append([]byte("%PDF-2.0"), whole[8:]...),
	} {
		got, err := pdf.Read(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Text() != want.Text() {
			t.Errorf("%s: other words than of the whole file", name)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, data := range map[string][]byte{"nothing": nil, "no PDF": []byte("Dear colleague"), "cut off": file(t, "form.pdf")[:400]} {
		d, err := pdf.Read(data)
		var u *document.Unreadable
		if d != nil || !errors.As(err, &u) || u.Why == "" {
			t.Errorf("%s: %v, %v, want a reason of the closed list and no values", name, d, err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := file(b, "form.pdf")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pdf.Read(data); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(f, "form.pdf"))
	f.Add(file(f, "tool.pdf"))
	f.Add(file(f, "sealed/r6-packed.pdf"))
	f.Add([]byte("%PDF-1.4\n%%EOF"))
	f.Add(sample{content: glyphBox + drawnBox + "1 g 48 697 60 13 re f /OC /A BDC EMC", page: "/Resources<</Font 5 0 R/Properties<</A 10 0 R>>>>",
		root: "/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>", objects: []string{"<</Type/OCG>>"}}.bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Check(t, data, pdf.Read, "") // what is said in packed streams and codes of fonts cannot be looked for
	})
}

// BenchmarkReadMatched reads the two-page form and puts its words on the form's labels.
func BenchmarkReadMatched(b *testing.B) {
	lexicon, err := form.Load()
	if err != nil {
		b.Fatal(err)
	}
	data := file(b, "form.pdf")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d, err := pdf.Read(data)
		if err != nil {
			b.Fatal(err)
		}
		if len(lexicon.Read(d, "form.pdf", 0)) == 0 {
			b.Fatal("no form is recognised")
		}
	}
}
