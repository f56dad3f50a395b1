package pdf

import (
	"bytes"
	"cmp"
	"slices"
)

// misplaced tells whether the file's cross-reference, where most of it is true, names objects that are not where it says: of
// an object that was damaged an older one, or another, has taken the place. One that is false throughout only tells of a
// program that changed the ends of lines. Where bytes were put before the file all places are as far off.
func (w *rewriter) misplaced() bool {
	byShift := map[int]int{}
	named, most := 0, 0
	for n, at := range w.places() {
		if at == 0 {
			continue // free, packed into a stream, or named by a writer that does not use it
		}
		named++
		if o := w.objects[n]; o != nil {
			byShift[o.at-at]++
			most = max(most, byShift[o.at-at])
		}
	}
	return most < named && 2*most > named
}

// places returns where the cross-references say that objects begin; later ones count. 0 stands for those that do not stand
// in the file themselves.
func (w *rewriter) places() map[int]int {
	type section struct {
		at   int
		read func(out map[int]int)
	}
	var all []section
	left := int64(maxPlaces)
	for at := 0; len(all) < maxSections; {
		i := bytes.Index(w.data[at:], []byte("xref"))
		if i < 0 {
			break
		}
		at += i + len("xref")
		if from := at; from == len("xref") || w.data[from-5] != 't' { // "startxref"
			all = append(all, section{from, func(out map[int]int) { w.tablePlaces(from, out) }})
		}
	}
	for _, o := range w.objects {
		if o.stream != nil && o.body.key("Type").is("XRef") {
			all = append(all, section{o.at, func(out map[int]int) { w.streamPlaces(o, out, &left) }})
		}
	}
	slices.SortFunc(all, func(a, b section) int { return cmp.Compare(a.at, b.at) })
	out := map[int]int{}
	for _, s := range all {
		s.read(out)
	}
	return out
}

// maxSections bounds the cross-references of one file: each saving may add one.
const maxSections = 200

// tablePlaces reads a table (ISO 32000-1, 7.5.4).
func (w *rewriter) tablePlaces(at int, out map[int]int) {
	p := &parser{lexer: lexer{data: w.data, pos: at}}
	for {
		first, count := p.next(), p.next()
		if first.kind != number || count.kind != number {
			return
		}
		for n := int(first.number); n < int(first.number+count.number) && n >= 0 && n <= maxObject; n++ {
			offset, revision, use := p.next(), p.next(), p.next()
			if offset.kind != number || revision.kind != number || use.kind != keyword {
				return
			}
			out[n] = 0
			if string(use.bytes) == "n" {
				out[n] = int(offset.number)
			}
		}
	}
}

// streamPlaces reads a cross-reference stream (ISO 32000-1, 7.5.8).
func (w *rewriter) streamPlaces(o *fileObject, out map[int]int, left *int64) {
	if *left <= 0 {
		return
	}
	data, _ := unpacked(o.stream, w.filters(o), *left) // of one that breaks off the rest says nothing
	*left -= max(int64(len(data)), leastPlaces)
	widths, index := w.resolve(o.body.key("W")), w.resolve(o.body.key("Index"))
	if len(widths.items) < 3 {
		return
	}
	if len(index.items) == 0 {
		index.items = []node{whole(0), whole(maxObject)}
	}
	kind, place, rest := widths.items[0].number, widths.items[1].number, widths.items[2].number
	size := kind + place + rest
	if kind < 0 || kind > 4 || place < 1 || place > 4 || rest < 0 || rest > 8 {
		return
	}
	for i := 0; i+1 < len(index.items); i += 2 {
		for n := index.items[i].number; n < index.items[i].number+index.items[i+1].number && len(data) >= size && n <= maxObject; n++ {
			out[n] = 0
			if kind == 0 || code(data[:kind]) == 1 {
				out[n] = int(code(data[kind : kind+place]))
			}
			data = data[size:]
		}
	}
}

// maxPlaces bounds the cross-reference streams of a file, decoded; the smallest counts as leastPlaces.
const (
	maxPlaces   = 32 << 20
	leastPlaces = 4 << 10
)
