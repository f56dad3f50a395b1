package msdoc

// A paragraph is a stretch of text up to its mark, with what its properties say of its place in tables.
type paragraph struct {
	from, to  int // characters, the mark left out
	mark      uint16
	istd      int
	depth     int // of tables it stands in
	rowEnd    bool
	innerCell bool // its mark ends a cell of a nested table
	innerRow  bool // its mark ends a row of a nested table
	row       *rowShape
}

// The characters that end paragraphs (2.4.2).
const (
	markCell      = 0x07
	markPage      = 0x0C
	markParagraph = 0x0D
)

// paragraphs parts a stretch of the text at its marks.
func (r *reader) paragraphs(from, to int) []paragraph {
	var out []paragraph
	to = min(to, len(r.chars.units))
	start := from
	for cp := from; cp < to; cp++ {
		switch u := r.chars.units[cp]; u {
		case markCell, markPage, markParagraph:
			p := paragraph{from: start, to: cp, mark: u}
			r.properties(&p, cp)
			out = append(out, p)
			start = cp + 1
		}
	}
	if start < to {
		out = append(out, paragraph{from: start, to: to, mark: markParagraph})
	}
	return out
}

// properties reads what the place of a paragraph's mark says of it.
func (r *reader) properties(p *paragraph, cp int) {
	piece := r.chars.pieceAt(cp)
	if piece == nil {
		return
	}
	if i := r.paras.at(piece.place(cp)); i >= 0 {
		p.istd = r.paras[i].istd
		r.apply(p, r.paras[i].sprms, 0)
	}
	r.apply(p, piece.sprms, 0)
	if p.depth == 0 && (p.rowEnd || p.mark == markCell) {
		p.depth = 1
	}
}

// apply makes changes to a paragraph. Those that are too many for their page stand in the data stream (2.6.2,
// sprmPHugePapx).
func (r *reader) apply(p *paragraph, list []byte, huge int) {
	each(list, func(s sprm) {
		switch s.code {
		case sprmHuge, sprmHugeOld:
			at := u32(s.operand, 0)
			if huge == 0 {
				r.apply(p, slice(r.streams.data, at+2, u16(r.streams.data, at)), 1)
			}
		case sprmStyle:
			p.istd = u16(s.operand, 0)
		case sprmInTable:
			if u8(s.operand, 0) != 0 && p.depth == 0 {
				p.depth = 1
			}
		case sprmDepth:
			p.depth = min(u32(s.operand, 0), maxDepth)
		case sprmRowEnd:
			p.rowEnd = u8(s.operand, 0) != 0
		case sprmInnerCell:
			p.innerCell = u8(s.operand, 0) != 0
		case sprmInnerRowEnd:
			p.innerRow = u8(s.operand, 0) != 0
		case sprmRow:
			p.row = readRow(s.operand)
		case sprmMergeDown:
			p.row.mergeDown(s.operand)
		case sprmShades80:
			p.row.shade80(s.operand)
		case sprmShades:
			p.row.shade(s.operand, 0)
		case sprmShades2:
			p.row.shade(s.operand, shadesInSprm)
		case sprmShades3:
			p.row.shade(s.operand, 2*shadesInSprm)
		}
	})
}

// maxDepth bounds how deeply tables stand within each other.
const maxDepth = 32
