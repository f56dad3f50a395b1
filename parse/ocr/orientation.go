package ocr

import (
	"bytes"
	"encoding/binary"
	"image"
)

// The tag of Exif (TIFF 6.0, section 8) that says how the camera was held, and its highest value.
const (
	orientationTag = 0x0112
	orientations   = 8
)

// jpegNotes returns what the segments before a JPEG's picture say: the Exif orientation (1 if none) and the JFIF
// density in dots an inch (0 if none).
func jpegNotes(data []byte) (orientation int, dpi float64) {
	orientation = 1
	for at := 2; at+4 <= len(data) && data[at] == 0xFF && data[at+1] != 0xDA; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 2 || at+2+size > len(data) {
			break
		}
		body := data[at+4 : at+2+size]
		switch {
		case data[at+1] == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			orientation = tiffOrientation(body[6:])
		case data[at+1] == 0xE0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 10:
			dpi = jfifDensity(body)
		}
		at += 2 + size
	}
	return orientation, dpi
}

// jfifDensity reads the horizontal density of a JFIF header: unit 1 is dots an inch, 2 dots a centimetre.
func jfifDensity(body []byte) float64 {
	d := float64(binary.BigEndian.Uint16(body[8:]))
	switch body[7] {
	case 1:
		return d
	case 2:
		return d * 2.54
	}
	return 0
}

// tiffOrientation reads the orientation in the first directory of a TIFF structure; 1 where there is none.
func tiffOrientation(tiff []byte) int {
	order, at := tiffHead(tiff)
	if order == nil {
		return 1
	}
	d, _ := directoryAt(tiff, order, at)
	return d.orientation()
}

// turn returns the picture as it has to be looked at, by its Exif orientation.
func turn(g *image.Gray, orientation int) *image.Gray {
	if orientation <= 1 || orientation > orientations {
		return g
	}
	w, h := g.Rect.Dx(), g.Rect.Dy()
	nw, nh := w, h
	if orientation >= 5 {
		nw, nh = h, w
	}
	out := image.NewGray(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			sx, sy := turned(x, y, w, h, orientation)
			out.Pix[y*out.Stride+x] = g.Pix[sy*g.Stride+sx]
		}
	}
	return out
}

// turned returns where a dot of the upright picture stands in the one that was taken.
func turned(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
