package msdoc

import (
	"slices"
	"sort"
)

// A rowShape is how a row is cut into cells (2.9.326 TDefTableOperand): edges in twips, one more than cells.
type rowShape struct {
	edges  []int
	across []uint8 // how each cell is merged with its neighbours; 0 is not at all
	down   []bool  // covered by the cell above
	shades []string
}

const (
	maxCells   = 63
	cellSize   = 20
	mergeRight = 3      // the two bits of horizontal merging
	mergeBelow = 1 << 5 // merged with the cell above or below
	mergeFirst = 1 << 6 // the first of a vertical merge
)

func readRow(o []byte) *rowShape {
	count := u8(o, 0)
	if count == 0 || count > maxCells {
		return nil
	}
	s := &rowShape{across: make([]uint8, count), down: make([]bool, count), shades: make([]string, count)}
	for i := range count + 1 {
		s.edges = append(s.edges, i16(o, 1+2*i))
	}
	for i := range count {
		bits := u16(o, 1+2*(count+1)+cellSize*i)
		s.across[i] = uint8(bits & mergeRight)
		s.down[i] = bits&mergeBelow != 0 && bits&mergeFirst == 0
	}
	return s
}

// mergeDown reads a later change of a vertical merge (2.9.345 VertMergeOperand).
func (s *rowShape) mergeDown(o []byte) {
	if at := u8(o, 0); s != nil && at < len(s.down) {
		s.down[at] = u8(o, 1) == 1
	}
}

// Shading (2.9.247 Shd, 2.9.248 Shd80) stands in lists of cells; one of the new kind has room for so many.
const (
	shadeSize    = 10
	shade80Size  = 2
	shadesInSprm = 22
)

// shade reads the shading of cells from one on.
func (s *rowShape) shade(o []byte, from int) {
	for i := 0; s != nil && shadeSize*(i+1) <= len(o) && from+i < len(s.shades); i++ {
		s.shades[from+i] = ""
		if one := slice(o, shadeSize*i, shadeSize); isShaded(one) {
			s.shades[from+i] = string(one)
		}
	}
}

// shade80 reads shading of the old kind, which writers give beside the new one; the new one goes before.
func (s *rowShape) shade80(o []byte) {
	for i := 0; s != nil && shade80Size*(i+1) <= len(o) && i < len(s.shades); i++ {
		if one := slice(o, shade80Size*i, shade80Size); isShaded80(u16(one, 0)) {
			s.shades[i] = string(one)
		}
	}
}

// isCovered tells whether a cell is covered by its left neighbour. Writers disagree which of two bits is the first cell's,
// so the first of a set is the one whose bits the rest do not share.
func (s *rowShape) isCovered(cell int) bool {
	if cell >= len(s.across) || s.across[cell] == 0 {
		return false
	}
	first := cell
	for first > 0 && s.across[first-1] != 0 {
		first--
	}
	return cell != first && s.across[cell] != s.across[first]
}

// A grid is the edges of all rows of a table, so that columns can be numbered.
type grid []int

// tolerance is how far apart in twips two edges are one; rows drawn by hand differ by a hair.
const tolerance = 45

func gridOf(rows []tableRow) grid {
	var all []int
	for _, r := range rows {
		if r.shape != nil {
			all = append(all, r.shape.edges...)
		}
	}
	slices.Sort(all)
	var g grid
	for _, e := range all {
		if len(g) == 0 || e-g[len(g)-1] > tolerance {
			g = append(g, e)
		}
	}
	return g
}

// column returns the number, from 1, of the column that begins at an edge.
func (g grid) column(edge int) int {
	return sort.Search(len(g), func(i int) bool { return g[i] > edge })
}
