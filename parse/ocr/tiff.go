package ocr

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/image/tiff"
)

var errNoPages = errors.New("the file has no pages")

// isUnsupportedTIFF tells a sound TIFF file of a kind that the decoder does not know.
func isUnsupportedTIFF(err error) bool {
	var u tiff.UnsupportedError
	return errors.As(err, &u)
}

// readTIFF reads all pages of a TIFF file. The decoder reads only the first, so each is made the first in turn.
func readTIFF(data []byte) ([]page, bool, error) {
	order, at := tiffHead(data)
	if order == nil {
		return nil, false, errNoPages
	}
	seen := map[uint32]bool{}
	var pages []page
	pixels := 0
	for at != 0 && !seen[at] {
		if len(pages) == maxScans {
			return pages, true, nil
		}
		seen[at] = true
		d, next := directoryAt(data, order, at)
		p, err := tiffPage(data, order, at, d)
		if pixels += p.pixels(); pixels > maxPixels {
			err = errTooLarge
		}
		if err != nil && !errors.Is(err, errTooSmall) {
			return nil, false, fmt.Errorf("reading page %d: %w", len(pages)+1, err)
		}
		if err == nil {
			pages = append(pages, page{reduce(p.Gray, maxSide), p.density() * min(1, maxSide/float64(max(p.Rect.Dx(), p.Rect.Dy())))})
		}
		at = next
	}
	if len(pages) == 0 {
		return nil, false, errTooSmall
	}
	return pages, false, nil
}

func (p page) pixels() int {
	if p.Gray == nil {
		return 0
	}
	return len(p.Pix)
}

// tiffPage decodes the page whose directory is at a place of the file.
func tiffPage(data []byte, order binary.ByteOrder, at uint32, d directory) (page, error) {
	first := bytes.Clone(data)
	order.PutUint32(first[4:], at)
	g, err := decodeGrey(first, tiff.DecodeConfig, tiff.Decode)
	if err != nil {
		return page{}, err
	}
	return page{turn(g, d.orientation()), d.dpi()}, nil
}

// tiffHead returns the byte order of a TIFF structure and the place of its first directory; nil if it is none.
func tiffHead(data []byte) (binary.ByteOrder, uint32) {
	if len(data) < 8 {
		return nil, 0
	}
	switch string(data[:4]) {
	case "II*\x00":
		return binary.LittleEndian, binary.LittleEndian.Uint32(data[4:])
	case "MM\x00*":
		return binary.BigEndian, binary.BigEndian.Uint32(data[4:])
	}
	return nil, 0
}

// A directory holds the entries of one page of a TIFF structure that tell how it is to be looked at.
type directory struct {
	turned     int
	resolution float64
	unit       int
}

// Tags of TIFF 6.0 and the value of a resolution in dots a centimetre.
const (
	resolutionTag = 0x011A
	unitTag       = 0x0128
	centimetre    = 3
)

// directoryAt reads the directory at a place of the file, and the place of the next one (0 if none).
func directoryAt(data []byte, order binary.ByteOrder, at uint32) (d directory, next uint32) {
	if uint64(at)+2 > uint64(len(data)) {
		return d, 0
	}
	entries := data[at+2:]
	n := int(order.Uint16(data[at:]))
	for range n {
		if len(entries) < 12 {
			return d, 0
		}
		d.note(data, order, entries[:12])
		entries = entries[12:]
	}
	if len(entries) < 4 {
		return d, 0
	}
	return d, order.Uint32(entries)
}

// note keeps an entry if it is one that matters.
func (d *directory) note(data []byte, order binary.ByteOrder, entry []byte) {
	switch order.Uint16(entry) {
	case orientationTag:
		d.turned = int(order.Uint16(entry[8:]))
	case unitTag:
		d.unit = int(order.Uint16(entry[8:]))
	case resolutionTag:
		at := uint64(order.Uint32(entry[8:]))
		if at+8 <= uint64(len(data)) {
			if under := order.Uint32(data[at+4:]); under != 0 {
				d.resolution = float64(order.Uint32(data[at:])) / float64(under)
			}
		}
	}
}

func (d directory) orientation() int {
	if d.turned < 1 || d.turned > orientations {
		return 1
	}
	return d.turned
}

func (d directory) dpi() float64 {
	if d.unit == centimetre {
		return d.resolution * 2.54
	}
	return d.resolution
}
