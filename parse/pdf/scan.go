package pdf

import (
	"bytes"
	"image/png"

	"referrald/parse/document"
)

// When a page is a picture.
const (
	pictureShare  = 0.5  // of the page that its images cover
	fewGlyphs     = 30   // visible letters beside the picture: a stamp, a page number
	drawnLetters  = 400  // shapes on a page without letters: text turned into outlines
	opaqueShare   = 0.05 // of letters whose character the file does not say
	opaqueLetters = 20
	filledFields  = 3 // form fields with a value, which are read as they are
)

// visible counts the letters that can be seen.
func (c *canvas) visible() int {
	n := 0
	for i := range c.glyphs {
		if !c.glyphs[i].hidden && !c.glyphs[i].blank {
			n++
		}
	}
	return n + len(c.turned)
}

// picture tells whether only OCR can read the page.
func (c *canvas) picture() bool {
	if c.visible() >= fewGlyphs {
		return false
	}
	covered := 0.0
	for _, p := range c.pictures {
		covered += p.clip(c.frame).area()
	}
	return covered > pictureShare*c.frame.area() || len(c.shapes) > drawnLetters
}

// garbled tells whether too many letters of the page are not known.
func (c *canvas) garbled() bool {
	return c.opaque >= opaqueLetters && float64(c.opaque) > opaqueShare*float64(c.visible())
}

// filled tells whether enough form fields of the page hold values to be read without the words around them.
func (c *canvas) filled() bool {
	n := 0
	for _, w := range c.widgets {
		if w.value != "" || w.mark == document.Ticked {
			n++
		}
	}
	return n >= filledFields
}

// dropHidden takes the letters off the canvas that nobody can see. They are kept only on a page that is a picture, where
// they are what a scanner read.
func (c *canvas) dropHidden() {
	kept := c.glyphs[:0]
	for _, g := range c.glyphs {
		if !g.hidden {
			kept = append(kept, g)
		}
	}
	c.glyphs = kept
}

// Rendering for OCR.
const (
	scanDPI   = 200
	maxPixels = 16 << 20
	inch      = 72.0
)

// render has the engine draw a page for OCR; nil where it cannot.
func (l *lazyEngine) render(c *canvas) *document.Scan {
	e := l.get()
	if e == nil {
		return nil
	}
	dpi := float64(scanDPI)
	if inches := c.frame.area() / inch / inch; inches*dpi*dpi > maxPixels {
		dpi *= maxPixels / (inches * dpi * dpi) // a poster: fewer dots, as long as it can be held
	}
	img, err := e.Render(c.number, dpi, !c.filled())
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img); err != nil {
		return nil
	}
	return &document.Scan{Page: c.number, DPI: dpi, PNG: out.Bytes()}
}

// A lazyEngine starts the second engine when it is first needed, and opens the file in it.
type lazyEngine struct {
	start  func() (Engine, error)
	data   []byte
	engine Engine
	pages  int
	err    error
	tried  bool
}

// get returns the engine with the file open, or nil.
func (l *lazyEngine) get() Engine {
	if l.tried || l.start == nil {
		return l.engine
	}
	l.tried = true
	e, err := l.start()
	if err != nil {
		l.err = err
		return nil
	}
	if l.pages, l.err = e.Open(l.data); l.err == nil {
		l.engine = e
	}
	return l.engine
}
