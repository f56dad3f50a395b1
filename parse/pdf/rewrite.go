package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// A rewriter makes a plain file of any file: nothing encrypted, nothing packed into object streams, every object where
// the cross-reference says. The file's own cross-reference is not asked: gateways damage it, and a hostile one sends the
// object library in circles or has it ask for all memory there is. Every object is looked for instead, and of two with
// one number the later counts, as an incremental update has it (ISO 32000-1, 7.5.6).
type rewriter struct {
	data    []byte
	objects map[int]*fileObject
	trailer node // the last with a catalogue, and what earlier ones add
	torn    bool // a part of the file is known to be missing
	work    int  // bytes parsed
	decoded int64
}

// A fileObject is an indirect object of the file.
type fileObject struct {
	body     node
	stream   []byte // nil where it is none
	from     int    // where its stream begins in the file
	hurt     bool   // its stream is not whole
	revision int
	at       int // where it, or the stream that it is packed into, begins
}

// maxObject is the highest object number believed; tables are sized by it.
const maxObject = 1_000_000

// reparsed is how often a file may be parsed over, as one with broken brackets makes necessary.
const reparsed = 8

var (
	errNoObjects = errors.New("rewriting the file: no objects")
	errTangled   = errors.New("rewriting the file: its objects are over the limits")
	errNoPages   = errors.New("the file has no pages")
)

// rewritten returns the file made plain, and whether a part of it is missing.
func rewritten(data []byte) (plain []byte, torn bool, err error) {
	w := &rewriter{data: data, objects: map[int]*fileObject{}}
	if err := w.scan(); err != nil {
		return nil, false, err
	}
	w.trailers()
	w.measureStreams()
	w.torn = w.misplaced() || w.updateCut()
	if err := w.unseal(); err != nil {
		return nil, false, err
	}
	if err := w.unpack(); err != nil {
		return nil, false, err
	}
	root, err := w.root()
	if err != nil {
		return nil, false, err
	}
	w.layers(root)
	plain = w.write(root)
	return plain, w.torn || w.missing(root), nil
}

// scan looks for every object that stands in the file itself.
func (w *rewriter) scan() error {
	for at := 0; at < len(w.data); {
		i := bytes.Index(w.data[at:], []byte("obj"))
		if i < 0 {
			break
		}
		at += i
		n, revision, start, ok := headBefore(w.data, at)
		at += len("obj")
		if !ok {
			continue
		}
		end := w.object(n, fileObject{revision: revision, at: start}, at)
		if w.work += end - at; w.work > reparsed*len(w.data) {
			return errTangled
		}
		if o := w.objects[n]; o != nil && o.at == start {
			at = end
		}
	}
	if len(w.objects) == 0 {
		return errNoObjects
	}
	return nil
}

// headBefore reads the two numbers before "obj" backwards.
func headBefore(data []byte, at int) (n, revision, start int, ok bool) {
	at, spaced := spacesBefore(data, at), false
	revision, at, ok = digitsBefore(data, at)
	if !ok {
		return 0, 0, 0, false
	}
	before := spacesBefore(data, at)
	spaced = before < at
	n, start, ok = digitsBefore(data, before)
	return n, revision, start, ok && spaced && n > 0 && n <= maxObject && revision <= 65535
}

func spacesBefore(data []byte, at int) int {
	for at > 0 && isSpace(data[at-1]) {
		at--
	}
	return at
}

// digitsBefore reads a number of up to seven digits that ends at a place.
func digitsBefore(data []byte, at int) (v, start int, ok bool) {
	unit := 1
	for start = at; start > 0 && at-start < 7 && data[start-1] >= '0' && data[start-1] <= '9'; start-- {
		v += int(data[start-1]-'0') * unit
		unit *= 10
	}
	return v, start, start < at
}

// object reads one object and keeps it if it is whole; it returns where reading stopped.
func (w *rewriter) object(n int, o fileObject, from int) int {
	p := &parser{lexer: lexer{data: w.data, pos: from}}
	o.body = p.value(0)
	end := p.pos
	word := p.next()
	switch {
	case o.body.kind == nothing:
		return end
	case word.kind == keyword && string(word.bytes) == "stream" && o.body.kind == dict:
		o.from = streamStart(w.data, p.pos)
		stream, whole := streamAt(w.data[o.from:], o.body.key("Length"))
		o.stream, o.hurt = stream, !whole
		end = o.from + len(o.stream)
	case word.kind == keyword && isEnd(word.bytes), word.kind == nothing, word.kind == number: // the end mark may be missing
	default:
		return p.pos
	}
	w.objects[n] = &o
	return end
}

// streamStart returns where the data of a stream begin whose keyword ends at a place.
func streamStart(data []byte, at int) int {
	for at < len(data) && (data[at] == ' ' || data[at] == '\t') {
		at++
	}
	if at < len(data) && data[at] == '\r' {
		at++
	}
	if at < len(data) && data[at] == '\n' {
		at++
	}
	return at
}

// streamAt returns the data of a stream that begins where data does: by its length if that is true, and else up to the
// end mark, its own or the object's. A file that was cut off has none: then whole is false.
func streamAt(data []byte, length node) (stream []byte, whole bool) {
	if length.kind == number && endsAt(data, length.number) {
		return data[:length.number], true
	}
	for _, mark := range [...]string{"endstream", "endobj"} {
		if end := bytes.Index(data, []byte(mark)); end >= 0 {
			return bytes.TrimSuffix(bytes.TrimSuffix(data[:end], []byte("\n")), []byte("\r")), true
		}
	}
	return data, false
}

// endsAt tells whether a stream of this length ends where its end mark stands.
func endsAt(data []byte, length int) bool {
	if length < 0 || length > len(data) {
		return false
	}
	rest := bytes.TrimLeft(data[length:min(len(data), length+20)], "\r\n\t \x00")
	return bytes.HasPrefix(rest, []byte("endstream"))
}

// measureStreams cuts the streams whose length stands in another object, and notes those of which a part is missing: what
// is packed proves itself when it is unpacked, but nothing at all does not.
func (w *rewriter) measureStreams() {
	for _, o := range w.objects {
		if o.stream == nil {
			continue
		}
		length := w.resolve(o.body.key("Length"))
		if o.body.key("Length").kind == reference && length.kind == number && endsAt(w.data[o.from:], length.number) {
			o.stream = w.data[o.from : o.from+length.number]
		}
		const ends = 2 // the end of a line may count or not
		packed := o.body.key("Filter").kind != nothing
		o.hurt = o.hurt || length.number > len(o.stream)+ends && (!packed || len(o.stream) == 0)
	}
}

func (w *rewriter) resolve(n node) node {
	if n.kind == reference {
		if o := w.objects[n.number]; o != nil {
			return o.body
		}
		return node{}
	}
	return n
}

// trailers gathers what the file's trailers and cross-reference streams say. Later ones count.
func (w *rewriter) trailers() {
	var found []fileObject
	for at := 0; ; {
		i := bytes.Index(w.data[at:], []byte("trailer"))
		if i < 0 {
			break
		}
		at += i + len("trailer")
		p := &parser{lexer: lexer{data: w.data, pos: at}}
		if v := p.value(0); v.kind == dict && len(found) < 1000 {
			found = append(found, fileObject{body: v, at: at})
		}
	}
	for _, o := range w.objects {
		if o.body.key("Type").is("XRef") {
			found = append(found, *o)
		}
	}
	slices.SortFunc(found, func(a, b fileObject) int { return a.at - b.at })
	w.trailer = node{kind: dict}
	for i := range found {
		for _, key := range [...]string{"Root", "Encrypt", "ID"} {
			if v := found[i].body.key(key); v.kind != nothing {
				w.trailer.set(key, v)
			}
		}
	}
}

// unseal opens the encryption of the file, if it has any.
func (w *rewriter) unseal() error {
	entry := w.trailer.key("Encrypt")
	d := w.resolve(entry)
	if d.kind != dict {
		return nil
	}
	var id []byte
	if ids := w.resolve(w.trailer.key("ID")); len(ids.items) > 0 {
		id = ids.items[0].bytes
	}
	s, err := newSeal(&d, id)
	if err != nil {
		return err
	}
	if entry.kind == reference {
		delete(w.objects, entry.number)
	}
	for n, o := range w.objects {
		s.openObject(n, o)
	}
	return nil
}

// openObject opens the texts and the stream of an object.
func (s *seal) openObject(n int, o *fileObject) {
	if o.body.key("Type").is("XRef") {
		return
	}
	s.openTexts(&o.body, n, o.revision)
	if o.stream == nil || o.body.key("Type").is("Metadata") && !s.metadata || s.identity(o) {
		return
	}
	o.stream = s.opened(o.stream, s.streams, n, o.revision)
}

// identity tells whether a stream says that it is not encrypted (ISO 32000-1, 7.4.10).
func (s *seal) identity(o *fileObject) bool {
	for _, f := range filtersOf(&o.body) {
		if f.name == "Crypt" {
			n := f.parms.key("Name")
			return n.kind == nothing || n.is("Identity")
		}
	}
	return false
}

// unpack takes the objects out of object streams.
func (w *rewriter) unpack() error {
	nodes := 0
	for _, n := range slices.Sorted(maps.Keys(w.objects)) {
		o := w.objects[n]
		if o.stream == nil || !o.body.key("Type").is("ObjStm") {
			continue
		}
		delete(w.objects, n)
		data, err := unpacked(o.stream, w.filters(o), min(maxStream, maxDecoded-w.decoded))
		w.torn = w.torn || err != nil // what points behind the break points at nothing
		w.decoded += int64(len(data))
		nodes += w.members(o, data)
		if nodes > 4*maxNodes {
			return errTangled
		}
	}
	return nil
}

// members keeps the objects of an object stream (ISO 32000-1, 7.5.7) and returns how many values they are made of.
func (w *rewriter) members(o *fileObject, data []byte) int {
	first, count := w.resolve(o.body.key("First")).number, w.resolve(o.body.key("N")).number
	if first <= 0 || first > len(data) {
		w.torn = w.torn || count > 0
		return 0
	}
	index := &parser{lexer: lexer{data: data[:first]}}
	nodes := 0
	for range count {
		n, offset := index.next(), index.next()
		if n.kind != number || offset.kind != number {
			w.torn = true
			break
		}
		member, at := int(n.number), first+int(offset.number)
		if member <= 0 || member > maxObject || at < first || at > len(data) {
			w.torn = true
			continue
		}
		if old := w.objects[member]; old != nil && old.at > o.at {
			continue
		}
		p := &parser{lexer: lexer{data: data, pos: at}}
		w.objects[member] = &fileObject{body: p.value(0), at: o.at}
		if nodes += p.nodes; nodes > maxNodes {
			break
		}
	}
	return nodes
}

// filters returns the filters of an object's stream, their references followed.
func (w *rewriter) filters(o *fileObject) []filter {
	for _, key := range [...]string{"Filter", "DecodeParms"} {
		v := w.resolve(o.body.key(key))
		v.items = slices.Clone(v.items)
		for i := range v.items {
			v.items[i] = w.resolve(v.items[i])
		}
		if v.kind != nothing {
			o.body.set(key, v)
		}
	}
	return filtersOf(&o.body)
}

// root returns the reference to the catalogue: the trailer's, or one that is found, or one that is made.
func (w *rewriter) root() (node, error) {
	if r := w.trailer.key("Root"); r.kind == reference && w.catalogue(w.objects[r.number]) {
		return r, nil
	}
	var pages []int
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(w.objects))) {
		o := w.objects[n]
		if o.body.key("Type").is("Catalog") && w.catalogue(o) {
			return node{kind: reference, number: n}, nil
		}
		if o.body.key("Type").is("Page") {
			pages = append(pages, n)
		}
	}
	if len(pages) == 0 {
		return node{}, errNoPages
	}
	return w.madeRoot(pages), nil
}

// catalogue tells whether an object is a catalogue whose page tree is there.
func (w *rewriter) catalogue(o *fileObject) bool {
	if o == nil {
		return false
	}
	pages := w.resolve(o.body.key("Pages"))
	return pages.kind == dict
}

// madeRoot makes a catalogue and a page tree of the pages of a file that has lost its own. The pages are given from the
// last to the first.
func (w *rewriter) madeRoot(pages []int) node {
	free := 0
	for n := range w.objects {
		free = max(free, n+1)
	}
	kids := node{kind: list}
	for _, n := range slices.Backward(pages) {
		kids.items = append(kids.items, node{kind: reference, number: n})
	}
	w.torn = true // nothing says whether these are all
	tree, top := node{kind: dict}, node{kind: dict}
	tree.set("Kids", kids)
	top.set("Pages", node{kind: reference, number: free})
	w.objects[free] = &fileObject{body: tree}
	w.objects[free+1] = &fileObject{body: top}
	return node{kind: reference, number: free + 1}
}

// write writes the objects and a cross-reference stream (ISO 32000-1, 7.5.8).
func (w *rewriter) write(root node) []byte {
	out := append(make([]byte, 0, len(w.data)+len(w.data)/4), "%PDF-1.7\n"...)
	numbers := slices.Sorted(maps.Keys(w.objects))
	own := numbers[len(numbers)-1] + 1
	table := make([]byte, 5*(own+1))
	entry := func(n int) {
		table[5*n] = 1
		binary.BigEndian.PutUint32(table[5*n+1:], uint32(len(out)))
	}
	for _, n := range numbers {
		if o := w.objects[n]; o.body.kind != nothing && !o.body.key("Type").is("XRef") {
			entry(n)
			out = w.writeObject(out, n, o)
		}
	}
	entry(own)
	start := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 0]/Root %d 0 R/Length %d>>\nstream\n", own, own+1, root.number, len(table))
	out = append(out, table...)
	return fmt.Appendf(out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
}

// writeObject writes one object. A stream that the object library could not unpack is written unpacked, pictures aside.
func (w *rewriter) writeObject(out []byte, n int, o *fileObject) []byte {
	if o.stream == nil {
		out = fmt.Appendf(out, "%d 0 obj\n", n)
		return append(o.body.write(out), "\nendobj\n"...)
	}
	data := o.stream
	if fs := w.filters(o); !plainEnough(fs, data) && !o.body.key("Subtype").is("Image") {
		plain, err := unpacked(data, fs, min(maxStream, max(0, maxDecoded-w.decoded)))
		o.hurt = o.hurt || err != nil
		data = plain
		w.decoded += int64(len(data))
		o.body.set("Filter", node{})
		o.body.set("DecodeParms", node{})
	}
	o.body.set("Length", whole(len(data)))
	out = o.body.write(fmt.Appendf(out, "%d 0 obj\n", n))
	out = append(append(out, "\nstream\n"...), data...)
	return append(out, "\nendstream\nendobj\n"...)
}
