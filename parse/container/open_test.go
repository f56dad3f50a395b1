package container

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, NonUTF8: strings.Contains(name, "\x82")})
		if err == nil {
			_, err = part.Write([]byte(content))
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

// locked sets the flag of encryption in both headers of a zip's first file.
func locked(data []byte) []byte {
	data = bytes.Clone(data)
	data[6] |= 1
	data[bytes.Index(data, []byte("PK\x01\x02"))+8] |= 1
	return data
}

func le32(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }

func attr(level byte, id uint32, data string) string {
	sum := 0
	for _, b := range []byte(data) {
		sum += int(b)
	}
	return string(level) + le32(int(id)) + le32(len(data)) + data + string(binary.LittleEndian.AppendUint16(nil, uint16(sum)))
}

func wide(s string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s + "\x00")) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

func sized(s string) string { return le32(len(s)) + s + strings.Repeat("\x00", (4-len(s)%4)%4) }

func prop(kind, id int, value string) string { return le32(id<<16|kind) + le32(1) + sized(value) }

func tnef(attrs ...string) []byte {
	return []byte(tnefSignature + "\x01\x00" + strings.Join(attrs, ""))
}

func TestOpen(t *testing.T) {
	named := le32(0x8001<<16|3) + strings.Repeat("g", 16) + le32(1) + sized(wide("Keywords")) + le32(7)
	for name, c := range map[string]struct {
		file string
		data []byte
		want []File
		is   bool
	}{
		"zip": {"a.zip", pack(t, "folder/", `folder\Form é.docx=one`, "__MACOSX/._Form=x", "folder/.DS_Store=x", "../../tool.pdf=two"),
			[]File{{Name: "Form é.docx", Data: []byte("one")}, {Name: "tool.pdf", Data: []byte("two")}}, true},
		"code page":  {"", pack(t, "Ren\x82e.doc=x"), []File{{Name: "Renée.doc", Data: []byte("x")}}, true},
		"docx":       {"a.docx", pack(t, "[Content_Types].xml=x", "word/document.xml=y"), nil, false},
		"odt as zip": {"a.zip", pack(t, "mimetype=application/vnd.oasis.opendocument.text"), nil, false},
		"cut docx":   {"a.docx", pack(t, "word/document.xml=y")[:40], nil, false},
		"cut parts":  {"a", pack(t, "word/document.xml=y")[:50], nil, false},
		"text":       {"a.zip", []byte("Dear all"), nil, false},
		"empty":      {"a.zip", nil, nil, false},
		"winmail": {"winmail.dat", tnef(
			attr(1, 0x00089006, "\x00\x00\x01\x00"),
			attr(1, attBody, "Hi \x96 there\x00"),
			attr(2, attAttachRendData, strings.Repeat("\x00", 14)),
			attr(2, attAttachTitle, "FORM~1.DOC\x00"),
			attr(2, attAttachData, "one"),
			attr(2, attAttachment, le32(4)+named+le32(0x0E21<<16|3)+le32(9)+prop(kindUnicode, propLongName, wide("Form for Zoë.docx"))+le32(0x0E22<<16|0x40)+"12345678"),
			attr(2, attAttachRendData, ""),
			attr(2, attAttachTitle, "tool.pdf\x00"),
			attr(2, attAttachData, "two"),
		), []File{
			{Name: "message.txt", Body: true, Data: []byte("Hi – there")},
			{Name: "Form for Zoë.docx", Data: []byte("one")},
			{Name: "tool.pdf", Data: []byte("two")},
		}, true},
		"message inside": {"", tnef(attr(2, attAttachRendData, ""), attr(2, attAttachment,
			le32(2)+prop(kindUnicode, propDisplayName, wide("Re: x"))+prop(kindObject, propAttachData, strings.Repeat("i", 16)+"inner"))),
			[]File{{Name: "Re: x", Data: []byte("inner")}}, true},
		"rtf body": {"", tnef(attr(1, attMAPIProps, le32(2)+prop(kindString8, propBody, "plain\x00")+prop(kindBinary, propRTF, le32(0)+le32(5)+"MELA"+le32(0)+"{\\rtf"))),
			[]File{{Name: "message.rtf", Body: true, Data: []byte("{\\rtf")}}, true},
		"html body": {"", tnef(attr(1, attBody, "x"), attr(1, attMAPIProps, le32(1)+prop(kindBinary, propHTML, "<p>x"))),
			[]File{{Name: "message.html", Body: true, Data: []byte("<p>x")}}, true},
	} {
		files, is, err := Open(c.file, c.data)
		if err != nil || is != c.is {
			t.Errorf("%s: %t, %v (%v)", name, is, err, errors.Unwrap(err))
			continue
		}
		if d := cmp.Diff(c.want, files); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	var many []string
	for i := range MaxFiles + 1 {
		many = append(many, fmt.Sprintf("%d=x", i))
	}
	for name, c := range map[string]struct {
		data []byte
		why  document.Why
	}{
		"locked":          {locked(pack(t, "form.docx=x")), document.Locked},
		"many files":      {pack(t, many...), document.TooLarge},
		"bomb":            {pack(t, "a="+strings.Repeat(" ", 20<<20)), document.TooLarge},
		"cut zip":         {pack(t, "form.doc="+strings.Repeat("abc", 50))[:60], document.Broken},
		"folders":         {pack(t, "folder/"), document.Broken},
		"cut tnef":        {tnef(attr(2, attAttachRendData, ""), attr(2, attAttachData, "one"))[:28], document.Broken},
		"bad length":      {tnef("\x02" + le32(attAttachData) + "\xFF\xFF\xFF\xFF"), document.Broken},
		"headless":        {tnef(attr(2, attAttachData, "one")), document.Broken},
		"bare tnef":       {tnef(), document.Broken},
		"bad props":       {tnef(attr(1, attMAPIProps, le32(-1)+le32(0x1000<<16|0x1003)+le32(-1))), document.Broken},
		"many files tnef": {tnef(strings.Repeat(attr(2, attAttachRendData, ""), MaxFiles+1)), document.TooLarge},
	} {
		files, is, err := Open("x.zip", c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || !is || files != nil {
			t.Errorf("%s: %v, %t, %v; want %s", name, files, is, err, c.why)
		}
	}
}

func TestDecompressRTF(t *testing.T) {
	// The two examples of [MS-OXRTFCP] 3.2: plain compression, and a reference that overlaps what it writes.
	for in, want := range map[string]string{
		"\x2D\x00\x00\x00\x2B\x00\x00\x00\x4C\x5A\x46\x75\xF1\xC5\xC7\xA7\x03\x00\x0A\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0A\xF3\x20\x68\x65\x6C\x09\x00\x20\x62\x77\x05\xB0\x6C\x64\x7D\x0A\x80\x0F\xA0": "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
		"\x1A\x00\x00\x00\x1C\x00\x00\x00\x4C\x5A\x46\x75\xE2\xD4\x4B\x51\x41\x00\x04\x20\x57\x58\x59\x5A\x0D\x6E\x7D\x01\x0E\xB0":                                                                             "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
	} {
		out, err := decompressRTF([]byte(in))
		if err != nil || string(out) != want {
			t.Errorf("decompressRTF: %q, %v; want %q", out, err, want)
		}
	}
	if _, err := decompressRTF([]byte(strings.Repeat("\xFF", 20))); err == nil {
		t.Error("4 GiB of text were promised and believed")
	}
}

func TestFormat(t *testing.T) {
	for want, data := range map[document.Format][]byte{document.TNEF: tnef(), document.Zip: pack(t), document.Other: []byte("PK")} {
		if got := Format(data); got != want {
			t.Errorf("Format = %s, want %s", got, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("a.zip", pack(f, "a.docx=x", "b/=", "c=y"))
	f.Add("", tnef(attr(2, attAttachRendData, ""), attr(2, attAttachTitle, "a"), attr(2, attAttachData, "b"), attr(2, attAttachment, le32(1)+prop(kindUnicode, propLongName, wide("x")))))
	f.Add("", tnef(attr(1, attMAPIProps, le32(1)+prop(kindBinary, propRTF, le32(0)+le32(5)+"LZFu"+le32(0)+"\x03\x00\x0A\x00rcpg125"))))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		files, err := readertest.Twice(t, data, func(data []byte) ([]File, error) {
			files, is, err := Open(name, data)
			if is == (files == nil && err == nil) {
				t.Fatalf("neither files nor a reason, or both: %v, %v, %v", files, is, err)
			}
			return files, err
		})
		sound(t, files, err)
	})
}

// sound fails where an error is none for staff, and where a name could lead out of a folder or break a line of a log.
func sound(t *testing.T, files []File, err error) {
	t.Helper()
	readertest.Closed(t, err)
	for _, f := range files {
		if strings.ContainsAny(f.Name, "/\\\x00\n") {
			t.Fatalf("unsafe name %q", f.Name)
		}
	}
}
