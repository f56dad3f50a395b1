package ocr

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"

	"referrald/parse/document"
)

// Bounds of a picture. A page of A4 at scanDPI is 1654 by 2339 dots.
const (
	maxPixels  = 52 << 20 // the largest that telephones take
	maxSide    = 3000     // of a Scan: 256 dots an inch on A4
	minSide    = 120      // below that nothing can be read
	minLong    = 400
	maxScans   = 60
	longA4     = 11.69
	shortA4    = 8.27
	declareMin = 4.5 // inches that a page's long side must have before its declared density is believed
	declareMax = 18
)

var (
	errTooLarge = errors.New("the picture has too many dots")
	errTooSmall = errors.New("the picture has too few dots to hold text")
	errUnknown  = errors.New("no known kind of picture")
)

// Picture reads an image file (JPEG, PNG, TIFF with all its pages, WebP, GIF or BMP) into a Document that has no cells
// yet but a Scan for each page: upright as the camera noted it, grey, of bounded size. HEIC is Unsupported. A picture
// too small for text is NoText. Its error is always a *document.Unreadable.
func Picture(data []byte) (*document.Document, error) {
	k := kindOf(data)
	if k == nil {
		return nil, &document.Unreadable{Why: document.Unsupported, Cause: errUnknown}
	}
	pages, dropped, err := k(data)
	if err != nil {
		return nil, unreadable(err)
	}
	d := &document.Document{Format: document.Image, Pages: len(pages)}
	for i, p := range pages {
		s, err := p.scan(i + 1)
		if err != nil {
			return nil, unreadable(err)
		}
		d.Scans = append(d.Scans, s)
	}
	if dropped {
		d.Warn(document.MorePages)
	}
	return d, nil
}

// unreadable gives an error of decoding its reason.
func unreadable(err error) error {
	why := document.Broken
	switch {
	case errors.Is(err, errTooLarge):
		why = document.TooLarge
	case errors.Is(err, errTooSmall):
		why = document.NoText
	case errors.Is(err, errUnknown), isUnsupported(err):
		why = document.Unsupported
	}
	return &document.Unreadable{Why: why, Cause: err}
}

// isUnsupported tells the errors of decoders for files that are sound but of a kind that they do not know.
func isUnsupported(err error) bool {
	var j jpeg.UnsupportedError
	var p png.UnsupportedError
	return errors.As(err, &j) || errors.As(err, &p) || isUnsupportedTIFF(err) || errors.Is(err, bmp.ErrUnsupported)
}

// A page is one decoded picture: upright, grey, with the density that its file declares (0 if none).
type page struct {
	*image.Gray
	dpi float64
}

// A kind reads one kind of image file. The flag tells that pages were left out.
type kind func(data []byte) (pages []page, dropped bool, err error)

// kindOf tells the kind of an image file by its first bytes.
func kindOf(data []byte) kind {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return readJPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1A\n")):
		return single(png.DecodeConfig, png.Decode)
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return readTIFF
	case bytes.HasPrefix(data, []byte("GIF8")):
		return single(gif.DecodeConfig, gif.Decode)
	case bytes.HasPrefix(data, []byte("BM")):
		return single(bmp.DecodeConfig, bmp.Decode)
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return single(webp.DecodeConfig, webp.Decode)
	}
	return nil
}

// scan makes the page into what is kept of it.
func (p page) scan(number int) (document.Scan, error) {
	g := reduce(p.Gray, maxSide)
	shrunk := float64(g.Rect.Dx()) / float64(p.Rect.Dx())
	out, err := encode(g)
	return document.Scan{Page: number, DPI: p.density() * shrunk, PNG: out}, err
}

// density returns the page's dots an inch: as declared where that makes a page of plausible size, else as if the
// picture were a sheet of A4.
func (p page) density() float64 {
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	long, short := max(w, h), min(w, h)
	if p.dpi > 0 && long/p.dpi > declareMin && long/p.dpi < declareMax {
		return p.dpi
	}
	return max(long/longA4, short/shortA4)
}

func encode(g *image.Gray) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, g)
	return b.Bytes(), err
}
