package pdf

import object "github.com/ledongthuc/pdf"

// A page is a page object with what it inherits from the tree above it (ISO 32000-1, 7.7.3.4).
type page struct {
	v         object.Value
	resources object.Value
	media     box
	crop      box
	cropped   bool
	rotate    int64
	unit      float64
}

// Limits of the page tree: it is walked by its Kids alone, for the counts and the parents in a file may lie or go in a
// circle.
const (
	maxTreeDepth = 24
	maxTreeNodes = 5000
)

// pagesOf returns the pages of a file, and whether there are more than are read.
func pagesOf(r *object.Reader) (pages []page, more bool) {
	root := r.Trailer().Key("Root")
	w := &treeWalk{}
	w.walk(root.Key("Pages"), page{media: box{0, 0, 595, 842}, unit: 1}, 0)
	return w.pages, w.more
}

type treeWalk struct {
	pages []page
	nodes int
	more  bool
}

func (w *treeWalk) walk(v object.Value, above page, depth int) {
	w.nodes++
	if depth > maxTreeDepth || w.nodes > maxTreeNodes || v.Kind() != object.Dict {
		return
	}
	if len(w.pages) >= maxPages {
		w.more = true
		return
	}
	here := above.inherit(v)
	kids := v.Key("Kids")
	if kids.Kind() != object.Array { // a page, whatever its Type says
		here.v = v
		w.pages = append(w.pages, here)
		return
	}
	for i := 0; i < kids.Len() && !w.more; i++ {
		w.walk(kids.Index(i), here, depth+1)
	}
}

// inherit returns the page's attributes with those of v taken over.
func (p page) inherit(v object.Value) page {
	if r := v.Key("Resources"); r.Kind() == object.Dict {
		p.resources = r
	}
	if b, ok := boxOf(v.Key("MediaBox")); ok && b.area() > 1 {
		p.media = b
	}
	if b, ok := boxOf(v.Key("CropBox")); ok && b.area() > 1 {
		p.crop, p.cropped = b, true
	}
	if r := v.Key("Rotate"); !r.IsNull() {
		p.rotate = ((r.Int64()/90)%4 + 4) % 4
	}
	if u := v.Key("UserUnit").Float64(); u > 0 && u < 100 {
		p.unit = u
	}
	return p
}

// seen returns the part of the page that is shown, in the file's own coordinates.
func (p page) seen() box {
	if b := p.crop.clip(p.media); p.cropped && b.width() > 0 && b.height() > 0 {
		return b
	}
	return p.media
}

// matrix returns the way from the file's coordinates to points from the top left corner of the page as shown.
func (p page) matrix() matrix {
	b := p.seen()
	var m matrix
	switch p.rotate {
	case 1:
		m = matrix{0, 1, 1, 0, -b.y0, -b.x0}
	case 2:
		m = matrix{-1, 0, 0, 1, b.x1, -b.y0}
	case 3:
		m = matrix{0, -1, -1, 0, b.y1, b.x1}
	default:
		m = matrix{1, 0, 0, -1, -b.x0, b.y1}
	}
	return m.times(matrix{a: p.unit, d: p.unit})
}

// frame returns the page as shown, in points from its top left corner.
func (p page) frame() box { return p.seen().mapped(p.matrix()) }
