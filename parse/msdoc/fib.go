package msdoc

import (
	"errors"

	"referrald/parse/document"
)

// A fib is the file information block (2.5): where everything is.
type fib struct {
	table []byte // the table stream that is in use
	pairs int    // where the pairs of places and lengths begin
	count int    // how many there are

	text, footnotes, headers, macros, comments, endnotes, boxes, headerBoxes int // characters of each story
}

// The pairs that are read, by their order in FibRgFcLcb97 (2.5.6).
const (
	pairStyles     = 1
	pairHeaders    = 11
	pairCharacters = 12
	pairParagraphs = 13
	pairFonts      = 15
	pairPieces     = 33
	pairShapes     = 40
	pairDrawings   = 50
	pairBoxes      = 56
)

const (
	wordIdent     = 0xA5EC
	oldIdent      = 0xA5DC // Word 6 and 95
	oldestFormat  = 0x00B0 // of Word 97 and later, which write 0x00C0 or more
	flagEncrypted = 0x0100
	flagTable1    = 0x0200
)

func readFIB(s *streams) (*fib, error) {
	b := s.main
	ident, format, flags := u16(b, 0), u16(b, 2), u16(b, 10)
	switch {
	case ident == oldIdent, ident == wordIdent && format < oldestFormat:
		return nil, &document.Unreadable{Why: document.Unsupported, Cause: errors.New("reading doc: Word 6 or 95")}
	case ident != wordIdent:
		return nil, broken("no file information block")
	case flags&flagEncrypted != 0:
		return nil, &document.Unreadable{Why: document.Locked, Cause: errors.New("reading doc: encrypted")}
	}
	f := &fib{table: s.table0}
	if flags&flagTable1 != 0 {
		f.table = s.table1
	}
	if f.table == nil {
		return nil, broken("no table stream")
	}
	numbers := 34 + 2*u16(b, 32)
	f.counts(b, numbers+2)
	f.pairs = numbers + 2 + 4*u16(b, numbers)
	f.count = u16(b, f.pairs)
	f.pairs += 2
	return f, nil
}

// counts reads the lengths of the stories (2.5.4).
func (f *fib) counts(b []byte, at int) {
	for i, into := range [...]*int{&f.text, &f.footnotes, &f.headers, &f.macros, &f.comments, &f.endnotes, &f.boxes, &f.headerBoxes} {
		if n := u32(b, at+12+4*i); n < 1<<31 {
			*into = n
		}
	}
}

// part returns the bytes of the table stream that a pair names.
func (f *fib) part(main []byte, pair int) []byte {
	if pair >= f.count {
		return nil
	}
	at := f.pairs + 8*pair
	return slice(f.table, u32(main, at), u32(main, at+4))
}

// total is the number of characters of all stories.
func (f *fib) total() int {
	return f.text + f.footnotes + f.headers + f.macros + f.comments + f.endnotes + f.boxes + f.headerBoxes
}
