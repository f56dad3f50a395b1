package container

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document/readertest"
)

// native wraps a file as Windows does when it is dropped into a document.
func native(label, content string) string {
	inner := "\x02\x00" + label + "\x00C:\\in\\" + label + "\x00\x00\x00\x03\x00" + le32(len(label)+1) + label + "\x00" + le32(len(content)) + content
	return le32(len(inner)) + inner
}

func relationsPart(lines ...string) string {
	var b strings.Builder
	b.WriteString("<Relationships>")
	for _, l := range lines {
		f := strings.Fields(l)
		b.WriteString(`<Relationship Id="` + f[1] + `" Type="http://x.example/` + f[0] + `" Target="` + f[1] + `"/>`)
	}
	return b.String() + "</Relationships>"
}

func TestEmbedded(t *testing.T) {
	word := string(compound(entry{"WordDocument", 0, "old"}))
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{
		"docx with a docx": {packed(t, "word/document.xml", "<d/>", "word/_rels/document.xml.rels", relationsPart("package embeddings/tool.docx", "image media/a.png"),
			"word/embeddings/tool.docx", "PK tool", "word/media/a.png", "png"), []string{"tool.docx: PK tool"}},
		"docx with an old file": {packed(t, "word/document.xml", "<d/>", "word/_rels/document.xml.rels", relationsPart("oleObject embeddings/oleObject1.bin"), "word/embeddings/oleObject1.bin", word),
			[]string{"oleObject1.bin: " + word}},
		"docx with a dropped file": {packed(t, "word/_rels/document.xml.rels", relationsPart("oleObject /word/embeddings/o.bin"), "word/embeddings/o.bin",
			string(compound(entry{"\x01Ole10Native", 0, native("tool.pdf", "%PDF-1.7 tool")}))), []string{"tool.pdf: %PDF-1.7 tool"}},
		"docx with a piece in HTML": {packed(t, "word/_rels/document.xml.rels", relationsPart("aFChunk afchunk.html"), "word/afchunk.html", "<p>form</p>"), []string{"afchunk.html: <p>form</p>"}},
		"docx with a formula":       {packed(t, "word/_rels/document.xml.rels", relationsPart("oleObject e.bin"), "word/e.bin", string(compound(entry{"Equation Native", 0, "x"}))), nil},
		"docx with a bitmap":        {packed(t, "word/_rels/document.xml.rels", relationsPart("oleObject e.bin"), "word/e.bin", string(compound(entry{"\x01Ole10Native", 0, le32(9) + "BMxxxxxxx"}))), nil},
		"docx with a chart":         {packed(t, "word/_rels/document.xml.rels", relationsPart("chart charts/c.xml"), "word/charts/_rels/c.xml.rels", relationsPart("package ../embeddings/x.xlsx"), "word/embeddings/x.xlsx", "PK"), nil},
		"doc with a PDF":            {compound(entry{"WordDocument", 0, "old"}, entry{"ObjectPool", 0, ""}, entry{"_1", 2, ""}, entry{"CONTENTS", 3, "%PDF-1.7"}), []string{"object: %PDF-1.7" + strings.Repeat("\x00", 4096-8)}},
		"doc with nothing":          {compound(entry{"WordDocument", 0, "old"}, entry{"CONTENTS", 0, "%PDF-1.7"}), nil},
		"text":                      {[]byte("Dear all"), nil},
	} {
		files, err := Embedded(c.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, f := range files {
			got = append(got, f.Name+": "+string(f.Data))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// packed writes a zip of names and contents in turn.
func packed(t testing.TB, pairs ...string) []byte {
	var files []string
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, pairs[i]+"="+pairs[i+1])
	}
	return pack(t, files...)
}

func FuzzEmbedded(f *testing.F) {
	f.Add(compound(entry{"WordDocument", 0, "old"}, entry{"ObjectPool", 0, ""}, entry{"_1", 2, ""}, entry{"\x01Ole10Native", 3, native("a.txt", "x")}))
	f.Add(packed(f, "word/_rels/document.xml.rels", relationsPart("oleObject o.bin"), "word/o.bin", string(compound(entry{"\x01Ole10Native", 0, native("a", "b")}))))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := readertest.Twice(t, data, Embedded)
		sound(t, files, err)
	})
}
