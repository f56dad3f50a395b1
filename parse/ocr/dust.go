package ocr

// What makes a speck of dust or of a worn copier: few dots of ink, and paper around. Points and the dots of letters stand
// beside other ink.
const (
	dustDots   = 14
	dustAlone  = 13 // dots of paper around
	leastPiece = 8  // fewer dots of ink are nothing that is looked at
)

// dust paints over specks, which engines read as letters and points, and returns the other pieces of ink.
func (p *sheet) dust(parts [][]int) [][]int {
	var large, small [][]int
	for _, dots := range parts {
		if len(dots) > dustDots {
			large = append(large, dots)
		} else {
			small = append(small, dots)
		}
	}
	writing := newInk(p.ink.w, p.ink.h)
	for _, dots := range large {
		for _, at := range dots {
			writing.dot[at] = 1
		}
	}
	for _, dots := range small {
		r := p.ink.bounds(dots)
		switch near := r.grow(dustAlone); {
		case writing.count(near.x0, near.y0, near.x1, near.y1) == 0:
			p.erase(r.grow(halo))
		case len(dots) >= leastPiece:
			large = append(large, dots)
		}
	}
	return large
}
