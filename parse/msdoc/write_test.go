package msdoc

import (
	"encoding/binary"
	"unicode/utf16"
)

// The writer of this file makes small Word documents, so that tests can say what they mean.

func le(n, size int) []byte {
	out := binary.LittleEndian.AppendUint64(nil, uint64(n))
	return out[:size]
}

func join(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// op is one change of a property, its operand in size bytes.
func op(code, operand, size int) []byte { return join(le(code, 2), le(operand, size)) }

// A part is a run of text, or the mark of a paragraph, with changes.
type part struct {
	text  string
	chars []byte
	paras []byte // of a mark
}

func t(text string, chars ...[]byte) part { return part{text: text, chars: join(chars...)} }
func end(paras ...[]byte) part            { return part{text: "\r", paras: join(paras...)} }
func cellEnd() part                       { return part{text: "\x07", paras: op(sprmInTable, 1, 1)} }
func special(code rune, c ...[]byte) part { return t(string(code), op(sprmSpecial, 1, 1), join(c...)) }
func innerCellEnd() part {
	return end(op(sprmInTable, 1, 1), op(sprmDepth, 2, 4), op(sprmInnerCell, 1, 1))
}
func rowEnd(edges []int, bits ...int) part {
	return part{text: "\x07", paras: join(op(sprmInTable, 1, 1), op(sprmRowEnd, 1, 1), rowOp(edges, bits))}
}

// shadedRow is a row whose cells are shaded.
func shadedRow(edges []int, shades ...[]byte) part {
	p := rowEnd(edges)
	p.paras = join(p.paras, join(shades...))
	return p
}

func innerRowEnd(edges ...int) part {
	return end(op(sprmInTable, 1, 1), op(sprmDepth, 2, 4), op(sprmInnerCell, 1, 1), op(sprmInnerRowEnd, 1, 1), rowOp(edges, nil))
}

func rowOp(edges, bits []int) []byte {
	body := []byte{byte(len(edges) - 1)}
	for _, e := range edges {
		body = append(body, le(e, 2)...)
	}
	for i := range len(edges) - 1 {
		b := 0
		if i < len(bits) {
			b = bits[i]
		}
		body = append(body, join(le(b, 2), make([]byte, cellSize-2))...)
	}
	return join(le(sprmRow, 2), le(len(body)+1, 2), body)
}

// checkBox, textInput and dropDown are the data of form fields.
func formField(bits int, name string, rest ...[]byte) []byte {
	body := join(le(0xFFFFFFFF, 4), le(bits, 2), le(0, 4), xstz(name), join(rest...))
	const header = 68
	return join(le(header+len(body), 4), le(header, 2), make([]byte, header-6), body)
}

func xstz(s string) []byte { return join(xst(s), le(0, 2)) }

func xst(s string) []byte {
	units := utf16.Encode([]rune(s))
	out := le(len(units), 2)
	for _, u := range units {
		out = append(out, le(int(u), 2)...)
	}
	return out
}

// A paper is a document to write: its stories in order, and further parts of the table stream.
type paper struct {
	text, headers, boxes []part
	ansi                 bool // the text is of one byte a letter
	data                 []byte
	fonts                []string
	styles               []byte
	headerPlaces         []int
	boxPlaces            []byte
	anchors, drawings    []byte
	comments             int
}

const textAt = 2048

// streams writes the document.
func (p *paper) streams() *streams {
	all := append(append(append([]part{}, p.text...), p.headers...), p.boxes...)
	size := 2
	if p.ansi {
		size = 1
	}
	var text, table []byte
	var chars, paras []run
	start := textAt
	for _, x := range all {
		from := textAt + len(text)
		for _, u := range utf16.Encode([]rune(x.text)) {
			text = append(text, le(int(u), size)...)
		}
		to := textAt + len(text)
		chars = append(chars, run{from: from, to: to, sprms: x.chars})
		if last := x.text[len(x.text)-1]; last == markParagraph || last == markCell {
			paras = append(paras, run{from: start, to: to, sprms: x.paras})
			start = to
		}
	}
	main := join(make([]byte, textAt), text)
	main = append(main, make([]byte, (pageSize-len(main)%pageSize)%pageSize)...)
	places := map[int][]byte{}
	places[pairCharacters], main = writeRuns(main, chars, false)
	places[pairParagraphs], main = writeRuns(main, paras, true)
	fc := textAt
	if p.ansi {
		fc = 2*textAt | 1<<30
	}
	total := len(text) / size
	pieces := join(le(0, 4), le(total, 4), le(0, 2), le(fc, 4), le(0, 2))
	places[pairPieces] = join([]byte{2}, le(len(pieces), 4), pieces)
	places[pairFonts] = writeFonts(p.fonts)
	places[pairStyles], places[pairBoxes], places[pairShapes], places[pairDrawings] = p.styles, p.boxPlaces, p.anchors, p.drawings
	for _, at := range p.headerPlaces {
		places[pairHeaders] = append(places[pairHeaders], le(at, 4)...)
	}
	const rows = 60
	fib := join(le(wordIdent, 2), le(0xC1, 2), make([]byte, 6), le(flagTable1, 2), make([]byte, 20), le(14, 2), make([]byte, 28), le(22, 2), make([]byte, 88), le(rows, 2))
	counts := 34 + 28 + 2 + 12
	copy(fib[counts:], le(count(p.text), 4))
	copy(fib[counts+8:], le(count(p.headers), 4))
	copy(fib[counts+16:], le(p.comments, 4))
	copy(fib[counts+24:], le(count(p.boxes), 4))
	for i := range rows {
		fib = append(fib, join(le(len(table), 4), le(len(places[i]), 4))...)
		table = append(table, places[i]...)
	}
	copy(main, fib)
	return &streams{main: main, table1: table, data: p.data}
}

func count(parts []part) int {
	n := 0
	for _, p := range parts {
		n += len(utf16.Encode([]rune(p.text)))
	}
	return n
}

// writeRuns writes pages of a few runs each and returns the table of them.
func writeRuns(main []byte, rs []run, paragraphs bool) (table, out []byte) {
	var numbers []byte
	const each = 2
	for i := 0; i < len(rs); i += each {
		some := rs[i:min(len(rs), i+each)]
		numbers = append(numbers, le(len(main)/pageSize, 4)...)
		table = append(table, le(some[0].from, 4)...)
		main = append(main, writePage(some, paragraphs)...)
	}
	if len(rs) > 0 {
		table = append(table, le(rs[len(rs)-1].to, 4)...)
	}
	return join(table, numbers), main
}

func writePage(rs []run, paragraphs bool) []byte {
	page := make([]byte, pageSize)
	page[pageSize-1] = byte(len(rs))
	entry, at := 1, pageSize-2
	if paragraphs {
		entry = entrySize
	}
	for i, r := range rs {
		copy(page[4*i:], le(r.from, 4))
		copy(page[4*i+4:], le(r.to, 4))
		content := join([]byte{byte(len(r.sprms))}, r.sprms)
		if paragraphs {
			content = join(le(r.istd, 2), r.sprms)
			if len(content)%2 == 1 {
				content = append(content, 0)
			}
			content = join([]byte{0, byte(len(content) / 2)}, content)
		}
		at = (at - len(content)) &^ 1
		copy(page[at:], content)
		page[4*(len(rs)+1)+entry*i] = byte(at / 2)
	}
	return page
}

func writeFonts(names []string) []byte {
	out := join(le(len(names), 2), le(0, 2))
	for _, n := range names {
		entry := join(make([]byte, nameAt-1), xst(n)[2:], le(0, 2))
		out = append(out, join([]byte{byte(len(entry))}, entry)...)
	}
	return out
}

// pool writes the entries, the fifth and on, of a document that stands in another as an object, in a sector of the directory.
func pool() []byte {
	var out []byte
	for i, name := range []string{"ObjectPool", "_1", "WordDocument"} {
		entry := make([]byte, 128)
		copy(entry, xst(name)[2:])
		copy(entry[64:], le(2*len(name)+2, 2))
		entry[66], entry[67] = 1, 1
		for _, at := range []int{68, 72, 76} {
			copy(entry[at:], le(0xFFFFFFFF, 4))
		}
		if name == "WordDocument" {
			entry[66] = 2
		} else {
			copy(entry[76:], le(5+i, 4)) // what is in it
		}
		copy(entry[116:], le(0xFFFFFFFE, 4))
		out = append(out, entry...)
	}
	return append(out, make([]byte, 128)...)
}

// compound writes streams into a compound file of sectors of 512 bytes ([MS-CFB]), each stream filled up to the size from
// which on it stands in sectors of its own.
func compound(s *streams) []byte {
	const sector, end, free, smallest = 512, 0xFFFFFFFE, 0xFFFFFFFF, 4096
	names := []string{"Root Entry", "WordDocument", "1Table", "Data"}
	contents := [][]byte{nil, s.main, s.table1, s.data}
	tables := 1 + (len(s.main)+len(s.table1)+len(s.data)+3*smallest)/sector/100 // sectors that list sectors
	var body, fat, dir []byte
	for range tables {
		fat = append(fat, le(0xFFFFFFFD, 4)...)
	}
	fat = append(fat, join(le(tables+1, 4), le(end, 4))...)
	next := tables + 2 // after the table of sectors and the directory
	for i, c := range contents {
		entry := make([]byte, 128)
		copy(entry, xst(names[i])[2:])
		copy(entry[64:], le(2*len(names[i])+2, 2))
		entry[66], entry[67] = 2, 1
		for _, at := range []int{68, 72, 76} {
			copy(entry[at:], le(free, 4))
		}
		if i == 0 {
			entry[66] = 5
			copy(entry[76:], le(1, 4))
			copy(entry[116:], le(end, 4))
			dir = append(dir, entry...)
			continue
		}
		if i+1 < len(contents) || s.objects {
			copy(entry[72:], le(i+1, 4))
		}
		size := max((len(c)+sector-1)/sector*sector, smallest)
		body = append(body, append(c[:len(c):len(c)], make([]byte, size-len(c))...)...)
		copy(entry[116:], le(next, 4))
		copy(entry[120:], le(size, 4))
		for n := range size/sector - 1 {
			fat = append(fat, le(next+n+1, 4)...)
		}
		fat = append(fat, le(end, 4)...)
		next += size / sector
		dir = append(dir, entry...)
	}
	dir = append(dir, pool()...)
	for len(fat) < tables*sector {
		fat = append(fat, le(free, 4)...)
	}
	header := join([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 16), le(0x3E, 2), le(3, 2), le(0xFFFE, 2), le(9, 2), le(6, 2), make([]byte, 10),
		le(tables, 4), le(tables, 4), le(0, 4), le(smallest, 4), le(end, 4), le(0, 4), le(end, 4), le(0, 4))
	for i := range tables {
		header = append(header, le(i, 4)...)
	}
	for len(header) < sector {
		header = append(header, le(free, 4)...)
	}
	return join(header, fat, dir, body)
}
