package rtf

import (
	"bytes"
	"image"
	_ "image/jpeg" // the kinds of pictures that are kept as they came
	_ "image/png"  // (see above)

	"referrald/parse/document"
	"referrald/parse/ocr"
)

// Limits of pictures that are given to OCR, as in the other formats.
const (
	minPicture  = 20 << 10 // bytes that a picture of a page has at least
	maxPictures = 32 << 20 // bytes of all pictures together
	minSide     = 600      // dots: smaller ones are logos
	maxScans    = 20
	fewLetters  = 200 // a document with less text says nothing by itself
)

const warnPictures = "The document has pictures that were not read."

// pictures gathers the files of the document's pictures, which stand in it as hexadecimal digits.
type pictures struct {
	files [][]byte
	file  []byte
	half  byte // the digit that waits for its second
	odd   bool
	known bool // a kind that can be decoded
	total int
	drawn bool // the document has pictures at all
}

// begin begins a picture.
func (p *pictures) begin() {
	p.close()
	p.drawn = true
	p.known, p.odd = false, false
}

// hex takes digits of the open picture.
func (p *pictures) hex(digits []byte) {
	if !p.known {
		return
	}
	for _, c := range digits {
		v, ok := digit(c)
		switch {
		case !ok:
		case p.odd && p.total < maxPictures:
			p.file = append(p.file, p.half<<4|v)
			p.total++
			p.odd = false
		default:
			p.half, p.odd = v, true
		}
	}
}

func digit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// close ends the open picture.
func (p *pictures) close() {
	if len(p.file) >= minPicture && len(p.files) < maxScans {
		p.files = append(p.files, p.file)
	}
	p.file = nil
}

// addScans gives the large pictures as scans, since a form is at times pasted into a document as a photograph. What cannot
// be decoded costs a warning.
func (p *pictures) addScans(d *document.Document) {
	p.close()
	failed := false
	for _, data := range p.files {
		if len(d.Scans) == maxScans || !isPage(data) {
			continue
		}
		picture, err := ocr.Picture(data)
		if err != nil {
			failed = true
			continue
		}
		for _, s := range picture.Scans {
			s.Page = len(d.Scans) + 1
			d.Scans = append(d.Scans, s)
		}
	}
	if failed || p.drawn && len(d.Scans) == 0 && len(d.Text()) < fewLetters {
		d.Warnings = append(d.Warnings, warnPictures)
	}
}

// isPage tells a picture that may show a page.
func isPage(data []byte) bool {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err != nil || min(c.Width, c.Height) >= minSide
}
