package ocr

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"referrald/parse/document"
)

// cornered is a picture with a dark corner at its top left, by which its orientation is seen.
func cornered() *image.Gray {
	g := image.NewGray(image.Rect(0, 0, 600, 400))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for y := range 100 {
		clear(g.Pix[y*g.Stride:][:100])
	}
	return g
}

func jpegOf(t testing.TB, g *image.Gray) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, g, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withExif puts an Exif segment with an orientation behind the start of a JPEG.
func withExif(data []byte, order binary.AppendByteOrder, orientation uint16) []byte {
	head := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		head = []byte("MM\x00*")
	}
	body := append([]byte("Exif\x00\x00"), head...)
	body = order.AppendUint32(body, 8)
	body = order.AppendUint16(body, 1)
	body = order.AppendUint16(body, orientationTag)
	body = order.AppendUint16(body, 3)
	body = order.AppendUint32(body, 1)
	body = order.AppendUint16(body, orientation)
	body = append(body, 0, 0, 0, 0, 0, 0)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), data[2:]...)
}

func shown(t *testing.T, s document.Scan) *image.Gray {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(s.PNG))
	if err != nil {
		t.Fatal(err)
	}
	g, ok := img.(*image.Gray)
	if !ok {
		t.Fatalf("the scan is %T", img)
	}
	return g
}

func TestPictureTurnsUpright(t *testing.T) {
	upright := cornered()
	for orientation := range orientations + 2 {
		taken := cornered()
		if orientation >= 1 && orientation <= orientations {
			taken = turn(upright, [...]int{0, 1, 2, 3, 4, 5, 8, 7, 6}[orientation]) // the turn that undoes it
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			d, err := Picture(withExif(jpegOf(t, taken), order, uint16(orientation)))
			if err != nil {
				t.Fatal(err)
			}
			g := shown(t, d.Scans[0])
			if g.Rect.Dx() != 600 || g.GrayAt(50, 50).Y > 40 || g.GrayAt(550, 350).Y < 200 || g.GrayAt(550, 50).Y < 200 || g.GrayAt(50, 350).Y < 200 {
				t.Errorf("orientation %d: not upright", orientation)
			}
		}
	}
}

func TestPictureKinds(t *testing.T) {
	var asPNG, asGIF, asBMP, asTIFF bytes.Buffer
	g := cornered()
	for _, err := range []error{png.Encode(&asPNG, g), gif.Encode(&asGIF, g, nil), bmp.Encode(&asBMP, g), tiff.Encode(&asTIFF, g, nil)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string][]byte{"jpeg": jpegOf(t, g), "png": asPNG.Bytes(), "gif": asGIF.Bytes(), "bmp": asBMP.Bytes(), "tiff": asTIFF.Bytes()} {
		d, err := Picture(data)
		if err != nil {
			t.Errorf("%s: %v", name, errors.Unwrap(err))
			continue
		}
		if d.Format != document.Image || d.Pages != 1 || len(d.Scans) != 1 || d.Scans[0].Page != 1 || len(d.Cells) != 0 {
			t.Errorf("%s: %d pages, %d scans", name, d.Pages, len(d.Scans))
		}
		if s := shown(t, d.Scans[0]); s.GrayAt(20, 20).Y > 40 || s.GrayAt(300, 300).Y < 200 {
			t.Errorf("%s: other picture", name)
		}
	}
}

// pagesTIFF writes pages of one brightness each, uncompressed, at a density in dots a centimetre.
func pagesTIFF(shades ...byte) []byte {
	const w, h = 420, 600
	le := binary.LittleEndian
	out := le.AppendUint32([]byte("II*\x00"), 0)
	link := 4
	for _, shade := range shades {
		strip := len(out)
		out = append(out, bytes.Repeat([]byte{shade}, w*h)...)
		density := len(out)
		out = le.AppendUint32(le.AppendUint32(out, 20), 1)
		le.PutUint32(out[link:], uint32(len(out)))
		entries := [][3]uint32{{256, 4, w}, {257, 4, h}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, uint32(strip)},
			{277, 3, 1}, {278, 4, h}, {279, 4, w * h}, {resolutionTag, 5, uint32(density)}, {unitTag, 3, centimetre}}
		out = le.AppendUint16(out, uint16(len(entries)))
		for _, e := range entries {
			out = le.AppendUint16(le.AppendUint16(out, uint16(e[0])), uint16(e[1]))
			out = le.AppendUint32(le.AppendUint32(out, 1), e[2])
		}
		link = len(out)
		out = le.AppendUint32(out, 0)
	}
	return out
}

func TestPictureReadsAllPagesOfTIFF(t *testing.T) {
	d, err := Picture(pagesTIFF(200, 90, 30))
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if len(d.Scans) != 3 {
		t.Fatalf("%d pages", len(d.Scans))
	}
	for i, shade := range []uint8{200, 90, 30} {
		s := d.Scans[i]
		if got := shown(t, s).GrayAt(9, 9).Y; got != shade || s.Page != i+1 || s.DPI < 50.7 || s.DPI > 50.9 {
			t.Errorf("page %d: shade %d at %.1f dots an inch", s.Page, got, s.DPI)
		}
	}
	data := pagesTIFF(make([]byte, 3)...)
	first := binary.LittleEndian.Uint32(data[4:])
	binary.LittleEndian.PutUint32(data[len(data)-4:], first) // the last page leads back to the first
	if d, err := Picture(data); err != nil || len(d.Scans) != 3 {
		t.Errorf("a ring of pages: %v", err)
	}
}

func TestPictureSaysWhyNot(t *testing.T) {
	small := image.NewGray(image.Rect(0, 0, 90, 30))
	var huge bytes.Buffer
	if err := png.Encode(&huge, small); err != nil {
		t.Fatal(err)
	}
	lie := huge.Bytes()
	whole := jpegOf(t, cornered())
	for _, c := range []struct {
		name string
		data []byte
		want document.Why
	}{
		{"nothing", nil, document.Unsupported},
		{"heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), document.Unsupported},
		{"a logo", lie, document.NoText},
		{"half a photograph", whole[:200], document.Broken},
		{"a tiff without pages", []byte("II*\x00\x00\x00\x00\x00"), document.NoText},
		{"an endless picture", enormous(), document.TooLarge},
	} {
		_, err := Picture(c.data)
		var u *document.Unreadable
		if !errors.As(err, &u) || u.Why != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// enormous is a BMP file whose header promises more dots than can be held.
func enormous() []byte {
	le := binary.LittleEndian
	out := append([]byte("BM"), make([]byte, 12)...)
	le.PutUint32(out[10:], 54)
	out = le.AppendUint32(out, 40)
	out = le.AppendUint32(le.AppendUint32(out, 60_000), 60_000)
	out = le.AppendUint16(le.AppendUint16(out, 1), 24)
	return append(out, make([]byte, 24)...)
}

func TestPictureIsBounded(t *testing.T) {
	d, err := Picture(jpegOf(t, image.NewGray(image.Rect(0, 0, 4000, 3000))))
	if err != nil {
		t.Fatal(err)
	}
	g := shown(t, d.Scans[0])
	if g.Rect.Dx() != maxSide || g.Rect.Dy() != 2250 {
		t.Errorf("the scan is %v", g.Rect)
	}
	if dpi := d.Scans[0].DPI; dpi < 256 || dpi > 273 {
		t.Errorf("%.0f dots an inch", dpi)
	}
}

func FuzzPicture(f *testing.F) {
	var asPNG, asGIF, asBMP bytes.Buffer
	g := image.NewGray(image.Rect(0, 0, 420, 130))
	for _, err := range []error{png.Encode(&asPNG, g), gif.Encode(&asGIF, g, nil), bmp.Encode(&asBMP, g)} {
		if err != nil {
			f.Fatal(err)
		}
	}
	f.Add(withExif(jpegOf(f, g), binary.LittleEndian, 6))
	f.Add(asPNG.Bytes())
	f.Add(asGIF.Bytes())
	f.Add(asBMP.Bytes())
	f.Add(pagesTIFF(1, 2)[:0x200])
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Picture(data)
		var u *document.Unreadable
		if err != nil && !errors.As(err, &u) {
			t.Fatalf("not an Unreadable: %v", err)
		}
		if err == nil && len(d.Scans) == 0 {
			t.Fatal("a picture without a page")
		}
	})
}
