package ocr

import (
	"bytes"
	"image"

	"referrald/parse/document"
)

// LeastPasted, MostPasted and the others bound the pictures in a document of text, beside Picture's own bounds.
const (
	LeastPasted   = 20 << 10 // bytes that a picture of a page has at least
	MostPasted    = 20       // pictures of a document
	leastPageSide = 600      // dots: smaller ones are logos
	fewLetters    = 200      // a document with less text says nothing by itself
)

// AddPasted gives the large pictures of a document as its scans, since a form is at times pasted into a word processor as a
// photograph. What cannot be decoded costs a warning. So does a document that says hardly anything beside pictures of which
// none was given; drawn tells that it has pictures of any kind.
func AddPasted(d *document.Document, files [][]byte, drawn bool) {
	failed := false
	for _, data := range files {
		if len(d.Scans) == MostPasted || !isPage(data) {
			continue
		}
		picture, err := Picture(data)
		if err != nil {
			failed = true
			continue
		}
		for _, s := range picture.Scans {
			s.Page = len(d.Scans) + 1
			d.Scans = append(d.Scans, s)
		}
	}
	if failed || drawn && len(d.Scans) == 0 && len(d.Text()) < fewLetters {
		d.Warn(document.UnreadPicture)
	}
}

// isPage tells a picture that may show a page.
func isPage(data []byte) bool {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err != nil || min(c.Width, c.Height) >= leastPageSide
}
