package msdoc

import "sort"

// A piece is a run of text that stands together in the file (2.8.35 PlcPcd).
type piece struct {
	cp, end int
	fc      int // of its first character
	wide    bool
	sprms   []byte // what fast saves changed of it
}

// characters are the document's text by CP, with where each stands in the file.
type characters struct {
	units  []uint16
	pieces []piece
}

// readCharacters reads the piece table (2.9.38 Clx) and the text it names. The text of all pieces is no longer than the
// stories, and these no longer than the file.
func readCharacters(s *streams, f *fib) (*characters, error) {
	total := f.total()
	if total > len(s.main) {
		return nil, broken("more text than file")
	}
	clx := f.part(s.main, pairPieces)
	var sprms [][]byte
	for len(clx) > 0 && clx[0] == 1 {
		n := u16(clx, 1)
		sprms = append(sprms, slice(clx, 3, n))
		clx = clx[min(len(clx), 3+n):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, broken("no piece table")
	}
	table := slice(clx, 5, u32(clx, 1))
	c := &characters{units: make([]uint16, 0, total)}
	count := (len(table) - 4) / 12
	for i := 0; i < count && len(c.units) < total; i++ {
		p := piece{cp: u32(table, 4*i), end: u32(table, 4*i+4)}
		at := 4*(count+1) + 8*i
		p.fc = u32(table, at+2)
		if p.wide = p.fc&(1<<30) == 0; !p.wide {
			p.fc = p.fc &^ (1 << 30) / 2
		}
		p.sprms = pieceSprms(u16(table, at+6), sprms)
		if p.cp != len(c.units) || p.end < p.cp {
			return nil, broken("piece out of place")
		}
		p.end = min(p.end, p.cp+total-len(c.units))
		c.add(s.main, p)
	}
	return c, nil
}

// pieceSprms returns the changes of a piece that are too many for its own entry (2.9.215 Prm1); the short ones (Prm0)
// change nothing that is read here.
func pieceSprms(prm int, sprms [][]byte) []byte {
	if prm&1 == 1 && prm>>1 < len(sprms) {
		return sprms[prm>>1]
	}
	return nil
}

func (c *characters) add(main []byte, p piece) {
	n := p.end - p.cp
	if p.wide {
		part := slice(main, p.fc, 2*n)
		for i := 0; i+1 < len(part); i += 2 {
			c.units = append(c.units, uint16(u16(part, i)))
		}
	} else {
		for _, b := range slice(main, p.fc, n) {
			c.units = append(c.units, ansi(b))
		}
	}
	// Text that the file has lost is blank, so that what follows keeps its place.
	for len(c.units) < p.end {
		c.units = append(c.units, 0)
	}
	c.pieces = append(c.pieces, p)
}

// ansi returns what a byte of compressed text stands for (2.9.73 FcCompressed): Windows-1252.
func ansi(b byte) uint16 {
	if b < 0x80 || b >= 0xA0 {
		return uint16(b)
	}
	return windows1252[b-0x80]
}

// windows1252 is the range of Windows-1252 that differs from Unicode, from 0x80.
var windows1252 = [...]uint16{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// pieceAt returns the piece that holds a character.
func (c *characters) pieceAt(cp int) *piece {
	i := sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].end > cp })
	if i == len(c.pieces) {
		return nil
	}
	return &c.pieces[i]
}

// place returns where a character stands in the file.
func (p *piece) place(cp int) int {
	if p.wide {
		return p.fc + 2*(cp-p.cp)
	}
	return p.fc + cp - p.cp
}
