package pdf_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"time"

	"referrald/parse/pdf"
)

// bombLimit is how long a hostile file may take. The child that reads has 20 s; a machine of the tests may be slow.
const bombLimit = 15 * time.Second

// deflated packs so many copies of a text.
func deflated(t *testing.T, text string, copies int) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	for range copies {
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever a small file asks for, its reading ends soon: as an error, or with what could be read within the limits.
func TestBombs(t *testing.T) {
	words := strings.Repeat("(No) Tj ", 512)
	flate := "/Filter/FlateDecode"
	object := func(n int, body string) string { return fmt.Sprintf("%d 0 obj\n%s\nendobj\n", n, body) }
	file := func(parts ...string) []byte { return []byte("%PDF-1.5\n" + strings.Join(parts, "")) }
	head := object(1, "<</Type/Catalog/Pages 2 0 R>>") + object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	page := func(more string) string {
		return object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"+more+">>")
	}
	tail := "trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n"
	many := strings.Repeat("4 0 R ", 5000)
	var wide, nested strings.Builder
	for i := range 60_000 {
		wide.WriteString(object(10+i, "<</Type/Page/Parent 2 0 R>>"))
	}
	for i := range 40 {
		nested.WriteString(object(100+i, xform(fmt.Sprintf("/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>", 101+i), strings.Repeat("/X Do ", 20))))
	}
	for name, build := range map[string]func() []byte{
		"Flate bomb of words": func() []byte {
			return file(head, page("/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"), object(4, stream(flate, deflated(t, words, 10_000))), object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), tail)
		},
		"Flate bomb of zeros": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, stream(flate, deflated(t, strings.Repeat("\x00", 1<<16), 600))), tail)
		},
		"one bomb as every part": func() []byte {
			return file(head, page("/Contents["+many+"]"), object(4, stream(flate, deflated(t, strings.Repeat("q Q ", 1<<10), 1<<13))), tail)
		},
		"Flate in Flate": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, stream("/Filter[/FlateDecode/FlateDecode]", deflated(t, deflated(t, strings.Repeat("q ", 4096), 4_000), 1))), tail)
		},
		"LZW, predictors, run lengths": func() []byte {
			return file(head, page("/Contents[4 0 R 5 0 R]"), object(4, stream("/Filter/RunLengthDecode", strings.Repeat("\x81 ", 1<<20))), object(5, stream(flate+"/DecodeParms<</Predictor 15/Columns 1048576/Colors 32>>", deflated(t, "\x04", 1<<20))), tail)
		},
		"drawings without end": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, stream(flate, deflated(t, strings.Repeat("1 1 9 9 re 1 1 m 5 5 l S\n", 1<<10), 1<<10))), tail)
		},
		"a path without end": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, stream(flate, deflated(t, strings.Repeat("1 1 l 5 5 l 9 1 l ", 1<<10), 1<<10))), tail)
		},
		"an array without end": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, stream(flate, "["+deflated(t, "1 1 1 1 ", 1<<21))), tail)
		},
		"brackets in brackets":     func() []byte { return file(head, page("/X "+strings.Repeat("[", 1<<20)), tail) },
		"a dictionary in each":     func() []byte { return file(strings.Repeat("1 0 obj <<", 1<<17), tail) },
		"strings that never close": func() []byte { return file(strings.Repeat("1 0 obj (", 1<<17), tail) },
		"numbers before obj":       func() []byte { return file(strings.Repeat("1 0 obj 1 ", 1<<18), tail) },
		"trailers":                 func() []byte { return file(strings.Repeat("trailer <<", 1<<17), head, page(""), tail) },
		"object stream inside itself": func() []byte {
			return file(object(1, stream("/Type/ObjStm/N 1/First 4", "1 0 <</Type/Catalog/Pages 1 0 R>>")), tail)
		},
		"object streams in a ring": func() []byte {
			return file(object(4, stream("/Type/ObjStm/N 1/First 4/Extends 5 0 R", "5 0 5 0 R")), object(5, stream("/Type/ObjStm/N 1/First 4/Extends 4 0 R", "4 0 4 0 R")), head, page(""), tail)
		},
		"object stream of a million": func() []byte {
			return file(head, page(""), object(4, stream("/Type/ObjStm/N 99999999/First 8388608"+flate, deflated(t, "7 0 ", 1<<22))), tail)
		},
		"a million objects": func() []byte {
			return file(head, page(""), object(4, stream(flate+"/Type/ObjStm/N 900000/First 6000000", deflated(t, "9 1 ", 2_000_000))), tail)
		},
		"page tree in a ring": func() []byte {
			return file(object(1, "<</Type/Catalog/Pages 2 0 R>>"), object(2, "<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Parent 2 0 R/Count 3>>"), tail)
		},
		"page tree that doubles": func() []byte {
			return file(object(1, "<</Type/Catalog/Pages 2 0 R>>"), object(2, "<</Kids[3 0 R 3 0 R]>>"), object(3, "<</Kids[4 0 R 4 0 R]>>"), object(4, "<</Kids[5 0 R 5 0 R]>>"), object(5, "<</Kids[2 0 R 2 0 R]>>"), tail)
		},
		"pages without end": func() []byte { return file(object(1, "<</Type/Catalog>>"), wide.String(), tail) },
		"a length that is its own": func() []byte {
			return file(head, page("/Contents 4 0 R"), object(4, "<</Length 4 0 R>>\nstream\nq Q\nendstream"), tail)
		},
		"a reference to itself": func() []byte { return file(head, page("/Contents 4 0 R/Resources 4 0 R"), object(4, "4 0 R"), tail) },
		"a form inside itself": func() []byte {
			return file(head, page("/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"), object(4, stream("", strings.Repeat("/X Do ", 50))), object(5, xform("/BBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>", strings.Repeat("/X Do ", 50))), tail)
		},
		"forms inside forms": func() []byte {
			return file(head, page("/Contents 4 0 R/Resources<</XObject<</X 100 0 R>>>>"), object(4, stream("", strings.Repeat("/X Do ", 20))), nested.String(), tail)
		},
		"a field that is its own parent": func() []byte {
			return file(head, page("/Annots[4 0 R 4 0 R]"), object(4, "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/Parent 4 0 R/Kids[4 0 R]>>"), tail)
		},
		"as many fields as fit": func() []byte {
			return file(head, page("/Annots["+many+many+"]"), object(4, "<</Type/Annot/Subtype/Widget/FT/Btn/AS/On/V/No/Rect[0 0 9 9]/AP<</N<</On 5 0 R>>>>>>"), object(5, xform("/BBox[0 0 9 9]", strings.Repeat("1 1 m 5 5 l S ", 2000))), tail)
		},
		"a choice among many": func() []byte {
			return file(head, page("/Annots["+many+"]"), object(4, "<</Type/Annot/Subtype/Widget/FT/Ch/V(x)/Rect[0 0 9 9]/Opt["+strings.Repeat("[(a)(b)]", 2000)+"]>>"), tail)
		},
		"ranges of a font": func() []byte {
			return file(head, page("/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"), object(4, stream("", "/F1 9 Tf (No) Tj")), object(5, "<</Type/Font/Subtype/Type0/ToUnicode 6 0 R/DescendantFonts[<</W["+strings.Repeat("0 65535 9 ", 2000)+"]>>]>>"), object(6, stream(flate, deflated(t, "<0000> <ffffffff> <00410042> endbfrange ", 1<<18))), tail)
		},
		"letters far apart": func() []byte {
			return file(head, page("/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"), object(4, stream(flate, deflated(t, "BT /F1 1 Tf 3 3 Td (x) Tj 7 0 Td (y) Tj 0 7 Td (z) Tj ET ", 1<<18))), object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), tail)
		},
	} {
		t.Run(name, func(t *testing.T) {
			data := build()
			done := make(chan error, 1)
			start := time.Now()
			go func() {
				_, err := pdf.Read(data)
				done <- err
			}()
			select {
			case err := <-done:
				t.Logf("%d bytes, %v, %v", len(data), time.Since(start).Round(time.Millisecond), err)
			case <-time.After(bombLimit):
				t.Fatalf("%d bytes are read for longer than %v", len(data), bombLimit)
			}
		})
	}
}
