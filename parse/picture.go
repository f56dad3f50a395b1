package parse

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif"  // the kinds of pictures that mails hold
	_ "image/jpeg" // (see above)
	_ "image/png"  // (see above)

	_ "golang.org/x/image/bmp"  // (see above)
	_ "golang.org/x/image/tiff" // (see above)
	_ "golang.org/x/image/webp" // (see above)

	"referrald/parse/document"
	"referrald/parse/ocr"
)

// Sizes of pictures, in dots. A form of one page that can be read at all has some 800 by 1100.
const (
	ornamentSide = 400     // a picture whose longer side is below this holds no form
	ornamentLow  = 120     // nor does one whose shorter side is below this
	inlineSide   = 700     // of a picture shown within the text
	inlineArea   = 450_000 // (see above)
	inlineAspect = 2.2     // a banner is wider than any page
)

// smallestPage is the least size, in bytes, of a picture's file that can show a page.
const smallestPage = 20 << 10

// isPicture tells picture files by their first bytes, those that no reader knows among them.
func isPicture(data []byte) bool {
	for _, magic := range [...]string{"\xFF\xD8\xFF", "\x89PNG\r\n\x1A\n", "II*\x00", "MM\x00*", "GIF8", "BM"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return magic != "BM" || len(data) > 54 && data[6]|data[7]|data[8]|data[9] == 0
		}
	}
	return len(data) > 12 && (string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" || isHEIF(data))
}

// isHEIF tells the pictures of iPhones (ISO/IEC 23008-12) and their kin by their brand.
func isHEIF(data []byte) bool {
	if string(data[4:8]) != "ftyp" {
		return false
	}
	switch string(data[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// pictureKind tells an ornament, a logo or the banner of a signature, from a picture that may show a document.
func pictureKind(f File) kind {
	if isOrnament(f) {
		return kind{format: document.Image, quiet: true}
	}
	return kind{format: document.Image, read: plain(ocr.Picture)}
}

// isOrnament judges a picture by its size. One whose size cannot be told is an ornament only where it is shown within the
// text and its file is too small for a page.
func isOrnament(f File) bool {
	width, height, ok := dots(f.Data)
	if !ok {
		return f.Inline && len(f.Data) < smallestPage
	}
	long, short := max(width, height), min(width, height)
	switch {
	case long < ornamentSide, short < ornamentLow:
		return true
	case f.Inline:
		return long < inlineSide || long*short < inlineArea || float64(width) > inlineAspect*float64(height)
	}
	return false
}

// dots returns a picture's size. A PNG whose checksums are wrong still says it (PNG 11.2.2); a damaged logo is a logo.
func dots(data []byte) (width, height int, ok bool) {
	if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
		return c.Width, c.Height, true
	}
	if len(data) < 24 || string(data[12:16]) != "IHDR" {
		return 0, 0, false
	}
	return int(binary.BigEndian.Uint32(data[16:])), int(binary.BigEndian.Uint32(data[20:])), true
}
