package container

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"referrald/parse/document"
	"referrald/parse/document/readertest"
)

// An entry is a stream or, without data, a folder of a compound file; its place is in the folder named by in, from 0, the
// root.
type entry struct {
	name string
	in   int
	data string
}

const sector = 512

func fill(s string, size int, with string) string {
	for len(s)%size != 0 {
		s += with
	}
	return s
}

func le16(n int) string { return le32(n)[:2] }

// compound writes a compound file ([MS-CFB]). Streams are filled up with zeros to the size from which on they stand in
// sectors of their own.
func compound(entries ...entry) []byte {
	const end, free, smallest, tables = -2, -1, 4096, 2
	all := append([]entry{{name: "Root Entry", in: -1}}, entries...)
	directory := (len(all)*128 + sector - 1) / sector
	fat := strings.Repeat(le32(-3), tables)
	for i := range directory - 1 {
		fat += le32(tables + i + 1)
	}
	fat += le32(end)
	next, dir, body := tables+directory, "", ""
	for i, e := range all {
		start, size, kind := end, 0, "\x01"
		if e.data != "" {
			stream := fill(e.data+strings.Repeat("\x00", max(0, smallest-len(e.data))), sector, "\x00")
			start, size, kind = next, len(stream), "\x02"
			for n := range size/sector - 1 {
				fat += le32(next + n + 1)
			}
			fat += le32(end)
			next += size / sector
			body += stream
		}
		if i == 0 {
			kind = "\x05"
		}
		name := wide(e.name)
		dir += name + strings.Repeat("\x00", 64-len(name)) + le16(len(name)) + kind + "\x01" + le32(free) + le32(sibling(all, i)) + le32(child(all, i)) +
			strings.Repeat("\x00", 36) + le32(start) + le32(size) + le32(0)
	}
	header := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 16) + le16(0x3E) + le16(3) + le16(0xFFFE) + le16(9) + le16(6) + strings.Repeat("\x00", 10) +
		le32(tables) + le32(tables) + le32(0) + le32(smallest) + le32(end) + le32(0) + le32(end) + le32(0) + le32(0) + le32(1)
	return []byte(fill(header, sector, "\xFF") + fill(fat, tables*sector, "\xFF") + fill(dir, sector, "\x00") + body)
}

// child is the first entry within a folder, sibling the next one within the same.
func child(all []entry, folder int) int { return following(all, folder, 0) }

func sibling(all []entry, i int) int {
	if i == 0 {
		return -1
	}
	return following(all, all[i].in, i)
}

func following(all []entry, folder, after int) int {
	for i := after + 1; i < len(all); i++ {
		if all[i].in == folder {
			return i
		}
	}
	return -1
}

func TestOpenMSG(t *testing.T) {
	files, is, err := Open("RE referral.msg", compound(
		entry{versionStream, 0, "x"},
		entry{streamPrefix + "1000001F", 0, wide("Hi – there")},
		entry{attachmentPrefix + "#00000000", 0, ""},
		entry{streamPrefix + "37010102", 3, "one"},
		entry{streamPrefix + "3707001F", 3, wide("Form for Zoë.docx")},
		entry{attachmentPrefix + "#00000001", 0, ""},
		entry{streamPrefix + "3704001E", 6, "TOOL.PDF"},
		entry{streamPrefix + "37010102", 6, "two"},
		entry{attachmentPrefix + "#00000002", 0, ""},
		entry{streamPrefix + "3704001E", 9, "lost.doc"},
		entry{attachmentPrefix + "#00000003", 0, ""},
		entry{streamPrefix + "3704001E", 11, "fwd"},
		entry{streamPrefix + "3701000D", 11, ""},
		entry{streamPrefix + "1000001F", 13, wide("Earlier")},
	))
	if err != nil || !is {
		t.Fatalf("%t, %v (%v)", is, err, errors.Unwrap(err))
	}
	for i := range files {
		files[i].Data = []byte(strings.TrimRight(string(files[i].Data), "\x00"))
	}
	earlier := File{Name: "message.txt", Body: true, Data: []byte("Earlier")}
	want := []File{{Name: "message.txt", Body: true, Data: []byte("Hi – there")}, earlier, {Name: "Form for Zoë.docx", Data: []byte("one")}, {Name: "TOOL.PDF", Data: []byte("two")}, {Name: "lost.doc", Data: []byte{}}}
	if d := cmp.Diff(want, files); d != "" {
		t.Error(d)
	}
}

// entangled is a message file of which two streams are the same long chain of sectors.
func entangled(t *testing.T) []byte {
	t.Helper()
	data := compound(entry{versionStream, 0, "x"}, entry{streamPrefix + "1000001F", 0, strings.Repeat("long", 9000)}, entry{streamPrefix + "1013001F", 0, "x"})
	long := bytes.Index(data, []byte(wide(streamPrefix+"1000001F")))
	short := bytes.Index(data, []byte(wide(streamPrefix+"1013001F")))
	if long < 0 || short < 0 {
		t.Fatal("no entries")
	}
	const place, size = 116, 8 // of where a stream begins and how long it is
	copy(data[short+place:], data[long+place:long+place+size])
	return data
}

func TestOpenMSGRefuses(t *testing.T) {
	whole := compound(entry{versionStream, 0, "x"}, entry{streamPrefix + "1013001E", 0, "<p>x"}, entry{streamPrefix + "10130102", 0, "<p>x"})
	for name, data := range map[string][]byte{
		"one chain of many streams": entangled(t),
		"cut":                       whole[:len(whole)-5000],
		"empty":                     compound(entry{versionStream, 0, "x"}),
	} {
		_, is, err := Open("", data)
		var u *document.Unreadable
		if !is || !errors.As(err, &u) || u.Why != document.Broken {
			t.Errorf("%s: %t, %v", name, is, err)
		}
	}
	if _, is, _ := Open("", compound(entry{"WordDocument", 0, "x"})); is {
		t.Error("a Word document is taken for a message")
	}
}

func FuzzOpenMSG(f *testing.F) {
	f.Add(compound(entry{versionStream, 0, "x"}, entry{streamPrefix + "1000001F", 0, wide("Hi")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := readertest.Twice(t, data, openMSG)
		sound(t, files, err)
	})
}
