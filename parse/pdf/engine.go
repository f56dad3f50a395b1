package pdf

import (
	"errors"
	"image"

	"referrald/parse/document"
)

// An Engine is a second reader of PDF files, for those that the object library cannot read and for pages that are
// pictures. It is started for one file and asked from one goroutine; package pdfium has the one that is used.
type Engine interface {
	// Open takes the bytes of a file and returns how many pages it has. Its error is ErrPassword for a file that does
	// not open with the empty password.
	Open(data []byte) (pages int, err error)
	// Text returns the letters of a page, numbered from 1, in the order of the file.
	Text(page int) (Sheet, error)
	// Render returns a page as a grey picture, upright. Its form fields are left out unless fields is true.
	Render(page int, dpi float64, fields bool) (*image.Gray, error)
}

// ErrPassword is an Engine's error for a file that needs a password.
var ErrPassword = errors.New("the engine was refused without a password")

// A Sheet is a page as an Engine sees it.
type Sheet struct {
	Width, Height float64 // in points, as shown
	Letters       []Letter
}

// A Letter is one character on a Sheet, in points from its top left corner.
type Letter struct {
	Rune     rune
	Box      document.Rect // from its origin to the next, from the top of the line to its foot
	Baseline float64
	Size     float64
	Font     string
	Bold     bool
	Hidden   bool // painted invisibly
	Upright  bool // runs from left to right
}

// canvas makes a canvas of a sheet, so that it is laid out as any other page. It has no rules: cells come from gaps.
func (s *Sheet) canvas(number int) *canvas {
	c := &canvas{number: number, frame: box{0, 0, s.Width, s.Height}}
	faces := map[string]*typeface{}
	for i, l := range s.Letters {
		if i >= maxGlyphs || l.Size < 0.5 || !c.frame.grow(4).holds(l.Box.X0, l.Baseline) {
			continue
		}
		face := faces[l.Font]
		if face == nil {
			face = &typeface{name: l.Font, symbolic: document.DrawsSymbols(l.Font), composite: true, cache: map[uint32]sign{},
				toUnicode: &cmap{text: map[uint32]string{}}}
			faces[l.Font] = face
		}
		face.toUnicode.text[uint32(l.Rune)] = string(l.Rune)
		g := glyph{sign: face.decode(uint32(l.Rune), 2), x0: l.Box.X0, x1: l.Box.X1, y: l.Baseline, size: l.Size, order: i,
			hidden: l.Hidden, heading: heading{1, 0}}
		if l.Bold {
			g.style |= document.Bold
		}
		if l.Rune == '\ufffd' || l.Rune == 0 {
			c.opaque++
		}
		if l.Upright {
			c.glyphs = append(c.glyphs, g)
		}
	}
	return c
}
