package pdf_test

import (
	"bytes"
	"compress/zlib"
	"slices"
	"strings"
	"testing"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// packed deflates a text.
func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A file of which a part is missing is never taken for a whole one: it is refused, or comes with a warning.
func TestReadTorn(t *testing.T) {
	words := at(50, 700, "Name of young person: Imogen Thackeray")
	flate := packed(t, words)
	swap := func(data []byte, old, fresh string) []byte {
		t.Helper()
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("the sample has no %q", old)
		}
		return bytes.Replace(data, []byte(old), []byte(fresh), 1)
	}
	plain := sample{content: words}.bytes()
	filled := sample{content: words, annots: []string{"10 0 R"}, objects: []string{"<</Type/Annot/Subtype/Widget/FT/Tx/V(Low)/Rect[300 696 400 712]>>"}}.bytes()
	form := file(t, "form.pdf")
	flipped := bytes.Clone(flate)
	flipped[len(flipped)/2] ^= 0x55
	update := "4 0 obj\n" + stream("", words+at(50, 600, "DOB: 7 March 2011"))
	for name, data := range map[string][]byte{
		"a page":                    swap(plain, "/Kids[3 0 R]/Count 1", "/Kids[3 0 R 9 0 R]/Count 2"),
		"a page that is not named":  swap(plain, "/Kids[3 0 R]/Count 1", "/Kids[3 0 R]/Count 2"),
		"a page's words":            swap(plain, "/Contents 4 0 R", "/Contents[4 0 R 9 0 R]"),
		"a font":                    swap(plain, "/F2 7 0 R", "/F2 9 0 R"),
		"a field":                   swap(filled, "/Annots[10 0 R]", "/Annots[10 0 R 12 0 R]"),
		"all of a stream":           sample{content: words, objects: []string{stream("", "q Q")}, page: "/Contents[4 0 R 11 0 R]"}.with("11 0 obj\n<</Length 90/Filter/FlateDecode>>\nstream\n\nendstream\nendobj\n"),
		"most of a stream":          sample{content: words, page: "/Contents[4 0 R 11 0 R]"}.with("11 0 obj\n<</Length 9000>>\nstream\n" + words + "\nendstream\nendobj\n"),
		"the end of a stream":       sample{page: "/Contents 11 0 R"}.with("11 0 obj\n" + stream("/Filter/FlateDecode", string(flate[:len(flate)-12])) + "\nendobj\n"),
		"the beginning of a stream": sample{content: words, page: "/Contents[4 0 R 11 0 R]"}.with("11 0 obj\n" + stream("/Filter/FlateDecode", "\x00\x00"+string(flate[2:])) + "\nendobj\n"),
		"a byte of a stream":        sample{content: words, page: "/Contents[4 0 R 11 0 R]"}.with("11 0 obj\n" + stream("/Filter/FlateDecode", string(flipped)) + "\nendobj\n"),
		"the end of an update":      append(bytes.Clone(plain), update[:len(update)-30]...),
		"the table of an update":    append(bytes.Clone(plain), update+"\nendobj\n"...),
		"an object's head":          swap(form, "\n18 0 obj", "\n1x 0 obj"),
		"the end":                   form[:len(form)*9/10],
		"the second half":           form[:len(form)/2],
	} {
		d, err := pdf.Read(data)
		if err == nil && !slices.Contains(d.Warnings, document.Torn) {
			t.Errorf("without %s: read as whole", name)
		}
	}
	for name, data := range map[string][]byte{
		"whole":           plain,
		"a field":         filled,
		"a form":          form,
		"bytes before":    append([]byte("\r\n\r\nreceived:\r\n"), form...),
		"bytes behind":    append(bytes.Clone(form), bytes.Repeat([]byte{0}, 3000)...),
		"packed words":    sample{page: "/Contents 11 0 R"}.with("11 0 obj\n" + stream("/Filter/FlateDecode", string(flate)) + "\nendobj\n"),
		"without a table": form[:bytes.LastIndex(form, []byte("\nxref"))+1],
		"wrong lengths":   bytes.ReplaceAll(plain, []byte("/Length "), []byte("/Length 1/Was ")),
		"update":          append(bytes.Clone(plain), update+"\nendobj\nxref\n0 0\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"...),
	} {
		d, err := pdf.Read(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if len(d.Warnings) > 0 || !strings.Contains(d.Text(), "Name of young person") {
			t.Errorf("%s: %q, %q", name, d.Warnings, d.Text())
		}
	}
}
