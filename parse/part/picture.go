package part

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif"  // pictures of documents are of these kinds
	_ "image/jpeg" // (see above)
	"image/png"
	"math"

	_ "golang.org/x/image/bmp"  // (see above)
	_ "golang.org/x/image/tiff" // (see above)
	_ "golang.org/x/image/webp" // (see above)

	"referrald/parse/document"
)

// A Picture is an image of a document: its part's name and how large it is shown, in inches (0 where not known).
type Picture struct {
	Name          string
	Width, Height float64
}

// Limits of pictures that are given to OCR.
const (
	maxScans   = 20
	minSide    = 600      // pixels: smaller ones are logos
	maxPixels  = 60 << 20 // a page at 600 dpi has 35 million
	minInches  = 4        // shown smaller than this, beside text, a picture is an ornament
	fewLetters = 200      // a document with fewer bytes of text says nothing by itself
	pageInches = 8.27     // A4
)

// AddScans gives a document's large pictures as scans, since a form is at times pasted into a word processor as a
// photograph. In a document with text of its own, pictures shown small stay out. What cannot be decoded costs a warning.
func (a *Archive) AddScans(doc *document.Document, pictures []Picture) {
	alone := len(doc.Text()) < fewLetters
	seen := map[string]bool{}
	failed := false
	for _, p := range pictures {
		if seen[p.Name] || !alone && !p.isLarge() {
			continue
		}
		seen[p.Name] = true
		if len(doc.Scans) == maxScans {
			failed = true
			break
		}
		scan, err := a.scan(p)
		switch {
		case err != nil:
			failed = true
		case scan.PNG != nil:
			scan.Page = len(doc.Scans) + 1
			doc.Scans = append(doc.Scans, scan)
		}
	}
	if failed {
		doc.Warn(document.UnreadPicture)
	}
}

// isLarge tells a picture that may show a page; one of unknown size may.
func (p Picture) isLarge() bool {
	return (p.Width == 0 || p.Width >= minInches) && (p.Height == 0 || p.Height >= minInches)
}

// minBytes is the least size of an image part that a page of text can have.
const minBytes = 20 << 10

// scan decodes a picture. It gives no PNG for one that is too small to show a page.
func (a *Archive) scan(p Picture) (document.Scan, error) {
	if a.Size(p.Name) < minBytes {
		return document.Scan{}, nil
	}
	data, err := a.Read(p.Name)
	if err != nil {
		return document.Scan{}, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return document.Scan{}, fmt.Errorf("reading picture: %w", err)
	}
	if size.Width < minSide || size.Height < minSide {
		return document.Scan{}, nil
	}
	if size.Width > maxPixels/size.Height {
		return document.Scan{}, fmt.Errorf("reading picture: %d by %d pixels", size.Width, size.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return document.Scan{}, fmt.Errorf("reading picture: %w", err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, grey(img)); err != nil {
		return document.Scan{}, fmt.Errorf("writing picture: %w", err)
	}
	return document.Scan{DPI: dpi(size.Width, p.Width), PNG: out.Bytes()}, nil
}

// dpi guesses a picture's resolution from how wide it is shown, else as if it filled the width of a page.
func dpi(pixels int, width float64) float64 {
	if width < 1 {
		width = pageInches
	}
	return math.Round(float64(pixels) / width)
}

// grey returns a picture in grey on white paper.
func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
	return out
}
