package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// headerSlack is how many bytes may stand before the header; mail gateways and old web forms put some there.
const headerSlack = 4096

// trimmed returns the file as the object library demands it: the header at the first byte and in its own line, nothing
// behind the last end mark. Offsets in the file count from the header (ISO 32000-1, annex H, note 13).
func trimmed(data []byte) ([]byte, bool) {
	at := bytes.Index(data[:min(len(data), headerSlack)], []byte("%PDF-"))
	if at < 0 || len(data)-at < 32 {
		return nil, false
	}
	data = data[at:]
	if end := bytes.LastIndex(data, []byte("%%EOF")); end >= 0 {
		data = data[:end+5]
	}
	out := make([]byte, len(data), len(data)+1)
	copy(out, data)
	copy(out, "%PDF-1.7\n") // the version says nothing that the reading needs
	return append(out, '\n'), true
}

// maxObject is the highest object number believed; tables are sized by it.
const maxObject = 1_000_000

var (
	sizes   = regexp.MustCompile(`/(?:Size|Columns)\s+(\d{7,})`)
	indexes = regexp.MustCompile(`/Index\s*\[[\d\s]*?(\d{7,})`)
	fields  = regexp.MustCompile(`/W\s*\[\s*(?:\d+\s+){0,2}(\d{3,})(?:\s+\d+)*\s*\][^>]*/XRef|/XRef[^>]*/W\s*\[\s*(?:\d+\s+){0,2}\d{3,}`)
	section = regexp.MustCompile(`xref\s+(\d+)\s+(\d+)\s`)
	further = regexp.MustCompile(`[\r\n](\d{7,10}) +(\d+)\s*[\r\n]`)
	prev    = regexp.MustCompile(`/Prev\s+(\d+)`)
	start   = regexp.MustCompile(`startxref\s+(\d+)`)
)

// suspect tells whether the cross-reference of a file would make the object library ask for all memory there is or walk
// in a circle, which no recover can end.
func suspect(data []byte) bool {
	if sizes.Match(data) || indexes.Match(data) || fields.Match(data) || further.Match(data) {
		return true
	}
	for _, m := range section.FindAllSubmatch(data, -1) {
		if number10(m[1])+number10(m[2]) > maxObject {
			return true
		}
	}
	return circular(data)
}

// circular follows the chain of cross-reference sections and tells whether it comes back.
func circular(data []byte) bool {
	all := start.FindAllSubmatch(data, -1)
	if len(all) == 0 {
		return false
	}
	at, seen := number10(all[len(all)-1][1]), map[int]bool{}
	for at >= 0 && at < len(data) {
		if seen[at] {
			return true
		}
		seen[at] = true
		stretch := data[at:]
		if end := bytes.Index(stretch, []byte("startxref")); end >= 0 {
			stretch = stretch[:end]
		}
		m := prev.FindSubmatch(stretch)
		if m == nil {
			return false
		}
		at = number10(m[1])
	}
	return false
}

func number10(b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return maxObject + 1 // too long for a number: as bad as too large
	}
	return n
}

var (
	objectStart = regexp.MustCompile(`(?:^|[\s>])(\d{1,7})\s+(\d{1,5})\s+obj\b`)
	rootEntry   = regexp.MustCompile(`/Root\s+(\d+)\s+(\d+)\s+R`)
	catalogue   = regexp.MustCompile(`/Type\s*/Catalog\b`)
	objectPack  = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	firstEntry  = regexp.MustCompile(`/First\s+(\d+)`)
	countEntry  = regexp.MustCompile(`/N\s+(\d+)`)
)

// An entry of a cross-reference stream (ISO 32000-1, table 18): kind 1 is an object at an offset, kind 2 an object
// packed into another.
type crossReference struct {
	kind     byte
	at, rank uint32
}

// rebuilt returns the file with a cross-reference of our own at its end, made by looking for every object: for files
// whose own is damaged, as gateways do that change line ends or cut files short.
func rebuilt(data []byte) ([]byte, error) {
	entries := map[int]crossReference{}
	root := ""
	for _, m := range objectStart.FindAllSubmatchIndex(data, -1) {
		n := number10(data[m[2]:m[3]])
		if n > maxObject || string(data[m[4]:m[5]]) != "0" {
			continue
		}
		entries[n] = crossReference{1, uint32(m[2]), 0}
		head := data[m[1]:min(len(data), m[1]+2048)]
		if end := bytes.Index(head, []byte("endobj")); end >= 0 {
			head = head[:end]
		}
		if catalogue.Match(head) {
			root = fmt.Sprintf("%d 0 R", n)
		}
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("rebuilding: no objects")
	}
	unpack(data, entries)
	if all := rootEntry.FindAllSubmatch(data, -1); len(all) > 0 {
		last := all[len(all)-1]
		root = fmt.Sprintf("%s %s R", last[1], last[2])
	}
	if root == "" {
		return nil, fmt.Errorf("rebuilding: no catalogue")
	}
	return withReferences(data, entries, root), nil
}

// unpack adds the objects that are packed into object streams.
func unpack(data []byte, entries map[int]crossReference) {
	packs := map[int]crossReference{}
	for n, e := range entries {
		head := data[e.at:min(len(data), int(e.at)+1024)]
		body := bytes.Index(head, []byte("stream"))
		if body < 0 || !objectPack.Match(head[:body]) {
			continue
		}
		for rank, member := range packed(head[:body], data[int(e.at)+body+6:]) {
			if _, printed := entries[member]; !printed && member <= maxObject {
				packs[member] = crossReference{2, uint32(n), uint32(rank)}
			}
		}
	}
	for n, e := range packs {
		entries[n] = e
	}
}

// packed returns the numbers of the objects in an object stream, in their order.
func packed(head, body []byte) []int {
	count, first := countEntry.FindSubmatch(head), firstEntry.FindSubmatch(head)
	if count == nil || first == nil || !bytes.Contains(head, []byte("FlateDecode")) {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(body, "\r\n")))
	if err != nil {
		return nil
	}
	index, err := io.ReadAll(io.LimitReader(r, int64(min(number10(first[1]), 1<<20))))
	if err != nil && len(index) == 0 {
		return nil
	}
	numbers := bytes.Fields(index)
	var out []int
	for i := 0; i+1 < len(numbers) && i/2 < number10(count[1]); i += 2 {
		out = append(out, number10(numbers[i]))
	}
	return out
}

// withReferences appends a cross-reference stream and an end to the file.
func withReferences(data []byte, entries map[int]crossReference, root string) []byte {
	size := 0
	for n := range entries {
		size = max(size, n+2)
	}
	own := size - 1
	out := append(bytes.TrimRight(data, "\r\n"), '\n')
	at := len(out)
	entries[own] = crossReference{1, uint32(at), 0}
	table := make([]byte, 0, size*9)
	for n := range size {
		e := entries[n]
		table = append(table, e.kind)
		table = binary.BigEndian.AppendUint32(table, e.at)
		table = binary.BigEndian.AppendUint32(table, e.rank)
	}
	out = fmt.Appendf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 4]/Root %s/Length %d>>\nstream\n", own, size, root, len(table))
	out = append(out, table...)
	return fmt.Appendf(out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
}
