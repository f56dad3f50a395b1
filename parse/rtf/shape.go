package rtf

import "referrald/parse/document"

// A shape is an open \shpinst: a drawing object, its size in twips, and whether it holds words or a picture.
type shape struct {
	depth                    int // groups open when it began, its own among them
	left, top, right, bottom int
	filled                   bool
}

// maxShapes bounds how deeply shapes stand within each other.
const maxShapes = 100

// shapeWord acts on the words of drawing objects.
func (p *parser) shapeWord(it item) {
	if it.name == "shpinst" && len(p.shapes) < maxShapes {
		p.shapes = append(p.shapes, shape{depth: len(p.stack)})
	}
	if len(p.shapes) == 0 {
		return
	}
	s := &p.shapes[len(p.shapes)-1]
	switch it.name {
	case "shpleft":
		s.left = it.number
	case "shptop":
		s.top = it.number
	case "shpright":
		s.right = it.number
	case "shpbottom":
		s.bottom = it.number
	case "shptxt", "pict":
		s.filled = true
	}
}

// closeShape ends the innermost shape when its group ends. One without words or a picture may be somebody's ring or
// stroke; over which words it lies only an eye can tell.
func (p *parser) closeShape(open int) {
	n := len(p.shapes)
	if n == 0 || open >= p.shapes[n-1].depth {
		return
	}
	s := p.shapes[n-1]
	p.shapes = p.shapes[:n-1]
	if !s.filled && document.MayBeDrawn(s.right-s.left, s.bottom-s.top) {
		p.warn(document.Handwriting)
	}
}
