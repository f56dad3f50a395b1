package msdoc

import (
	"bytes"
	"image"
	_ "image/jpeg" // the kinds of pictures that Word stores as they came
	_ "image/png"  // (see above)

	"referrald/parse/document"
	"referrald/parse/ocr"
)

// The records that hold a picture ([MS-ODRAW] 2.2.23): a header of eight bytes, one or two identifiers of sixteen, a byte,
// then the picture's file.
const (
	recordJPEG    = 0xF01D
	recordPNG     = 0xF01E
	recordCMYK    = 0xF02A
	recordHeader  = 8
	identifier    = 16
	minPicture    = 20 << 10 // bytes that a picture of a page has at least
	minSide       = 600      // dots: smaller ones are logos
	maxScans      = 20
	fewLetters    = 200 // a document with less text says nothing by itself
	shortIdentity = recordHeader + identifier + 1
)

// pictures returns the files of the pictures in a stream: those shown in the text stand in the data stream, those anchored
// to it in the main one.
func pictures(stream []byte) [][]byte {
	var out [][]byte
	for _, magic := range [...][]byte{[]byte("\xFF\xD8\xFF"), []byte("\x89PNG\r\n\x1A\n")} {
		for at := 0; len(out) < maxScans; {
			n := bytes.Index(stream[at:], magic)
			if n < 0 {
				break
			}
			at += n
			if size := recordSize(stream, at); size >= minPicture {
				out = append(out, slice(stream, at, size))
				at += size
			} else {
				at += len(magic)
			}
		}
	}
	return out
}

// recordSize returns the size of the picture that begins at a place, from the record before it, and 0 if there is none.
func recordSize(stream []byte, at int) int {
	for _, before := range [...]int{shortIdentity, shortIdentity + identifier} {
		head := at - before
		switch u16(stream, head+2) {
		case recordJPEG, recordPNG, recordCMYK:
			size := u32(stream, head+4) - before + recordHeader
			if head >= 0 && size > 0 && size <= len(stream)-at {
				return size
			}
		}
	}
	return 0
}

// addScans gives the document's large pictures as scans, since a form is at times pasted into a word processor as a
// photograph. What cannot be decoded costs a warning.
func (r *reader) addScans(d *document.Document) {
	failed := false
	for _, data := range append(pictures(r.streams.data), pictures(r.streams.main)...) {
		if len(d.Scans) == maxScans || !isPage(data) {
			continue
		}
		p, err := ocr.Picture(data)
		if err != nil {
			failed = true
			continue
		}
		for _, s := range p.Scans {
			s.Page = len(d.Scans) + 1
			d.Scans = append(d.Scans, s)
		}
	}
	if failed || r.drawn && len(d.Scans) == 0 && len(d.Text()) < fewLetters {
		d.Warnings = append(d.Warnings, warnPictures)
	}
}

// isPage tells a picture that may show a page.
func isPage(data []byte) bool {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err != nil || min(c.Width, c.Height) >= minSide
}
