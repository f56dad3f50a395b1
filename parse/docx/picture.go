package docx

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif"
	_ "image/jpeg"
	"image/png"
	"strconv"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A picture is a drawing with where its bytes are and how wide it is shown, in inches (0 where not known).
type picture struct {
	target        string
	width, height float64
}

const emuPerInch = 914400

// drawing collects the text boxes and pictures of a drawing (20.4) or VML shape, and passes over form controls with a
// warning.
func (r *reader) drawing(n *part.Node) {
	r.shapes(n.Kids, picture{})
	if c := n.Child("control"); c != nil {
		r.out.Warn(warnControl)
	}
}

func (r *reader) shapes(kids []*part.Node, p picture) {
	for _, n := range kids {
		switch n.Name {
		case "extent":
			p.width, p.height = inches(n.Value("cx")), inches(n.Value("cy"))
		case "txbxContent":
			r.boxes = append(r.boxes, box{content: n})
		case "blip":
			r.picture(n.Value("embed"), p)
		case "imagedata":
			r.picture(n.Value("id"), p)
		case "AlternateContent":
			r.shapes(alternative(n), p)
		default:
			r.shapes(n.Kids, p)
		}
	}
}

func inches(emu string) float64 {
	v, err := strconv.ParseFloat(emu, 64)
	if err != nil || v < 0 {
		return 0
	}
	return v / emuPerInch
}

func (r *reader) picture(id string, p picture) {
	rel, ok := r.rels[id]
	if !ok || r.out.Margin {
		return
	}
	p.target = rel.target
	r.pictures = append(r.pictures, p)
}

// Limits of pictures that are given to OCR.
const (
	maxScans   = 20
	minSide    = 600      // pixels: smaller ones are logos and photographs of faces
	maxPixels  = 60 << 20 // a page at 600 dpi has 35 million
	minInches  = 4        // shown smaller than this, beside text, a picture is an ornament
	fewLetters = 200      // a document with fewer letters says nothing by itself
	pageInches = 8.27     // A4
)

// readPictures gives large pictures as scans: a form is at times pasted into Word as a photograph.
func (r *reader) readPictures(doc *document.Document) {
	alone := letters(doc) < fewLetters
	for _, p := range r.pictures {
		if len(doc.Scans) >= maxScans {
			r.warnPicture(doc)
			return
		}
		if !alone && (p.width > 0 && p.width < minInches || p.height > 0 && p.height < minInches) {
			continue
		}
		r.scan(doc, p)
	}
}

func letters(doc *document.Document) int {
	n := 0
	for _, c := range doc.Cells {
		for _, l := range c.Lines {
			n += len(l.Text())
		}
	}
	return n
}

func (r *reader) scan(doc *document.Document, p picture) {
	data, err := r.archive.Read(p.target)
	if err != nil {
		r.warnPicture(doc)
		return
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		if len(data) > 50<<10 {
			r.warnPicture(doc)
		}
		return
	}
	if size.Width < minSide || size.Height < minSide {
		return
	}
	if size.Width*size.Height > maxPixels {
		r.warnPicture(doc)
		return
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		r.warnPicture(doc)
		return
	}
	var out bytes.Buffer
	if err := png.Encode(&out, grey(img)); err != nil {
		r.warnPicture(doc)
		return
	}
	doc.Scans = append(doc.Scans, document.Scan{Page: len(doc.Scans) + 1, DPI: dpi(size.Width, p.width), PNG: out.Bytes()})
}

func (r *reader) warnPicture(doc *document.Document) {
	for _, w := range doc.Warnings {
		if w == warnPicture {
			return
		}
	}
	doc.Warnings = append(doc.Warnings, warnPicture)
}

// dpi guesses a picture's resolution from how wide it is shown, else as if it filled the width of a page.
func dpi(pixels int, width float64) float64 {
	if width < 1 {
		width = pageInches
	}
	return float64(pixels) / width
}

func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, color.GrayModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)))
		}
	}
	return out
}
