package ocr

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
)

// single makes a kind of a decoder of one picture.
func single(config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) kind {
	return func(data []byte) ([]page, bool, error) {
		g, err := decodeGrey(data, config, decode)
		if err != nil {
			return nil, false, err
		}
		return []page{{Gray: g}}, false, nil
	}
}

func readJPEG(data []byte) ([]page, bool, error) {
	g, err := decodeGrey(data, jpeg.DecodeConfig, jpeg.Decode)
	if err != nil {
		return nil, false, err
	}
	orientation, dpi := jpegNotes(data)
	return []page{{turn(g, orientation), dpi}}, false, nil
}

// decodeGrey decodes a picture once its size is known to be bearable.
func decodeGrey(data []byte, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) (*image.Gray, error) {
	c, err := config(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if err := checkSize(c.Width, c.Height); err != nil {
		return nil, err
	}
	img, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	g := grey(img)
	return g, checkSize(g.Rect.Dx(), g.Rect.Dy())
}

func checkSize(w, h int) error {
	switch {
	case w < minSide || h < minSide || max(w, h) < minLong:
		return errTooSmall
	case w > maxPixels/h:
		return errTooLarge
	}
	return nil
}

// grey returns a picture's brightness on white paper, with its corner at 0, 0.
func grey(img image.Image) *image.Gray {
	r := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	switch m := img.(type) {
	case *image.Gray:
		for y := range r.Dy() {
			copy(out.Pix[y*out.Stride:][:r.Dx()], m.Pix[m.PixOffset(r.Min.X, r.Min.Y+y):])
		}
	case *image.YCbCr:
		for y := range r.Dy() {
			copy(out.Pix[y*out.Stride:][:r.Dx()], m.Y[m.YOffset(r.Min.X, r.Min.Y+y):])
		}
	default:
		draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(out, out.Rect, img, r.Min, draw.Over)
	}
	return out
}

// reduce returns the picture with its longer side no more than limit, each dot the mean of those that it stands for.
func reduce(g *image.Gray, limit int) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	long := max(w, h)
	if long <= limit {
		return g
	}
	nw, nh := max(1, w*limit/long), max(1, h*limit/long)
	out := image.NewGray(image.Rect(0, 0, nw, nh))
	sums := make([]int, nw)
	for y := range nh {
		y0, y1 := y*h/nh, (y+1)*h/nh
		clear(sums)
		for sy := y0; sy < y1; sy++ {
			addRow(sums, g.Pix[sy*g.Stride:][:w])
		}
		for x := range nw {
			out.Pix[y*out.Stride+x] = uint8(sums[x] / ((y1 - y0) * ((x+1)*w/nw - x*w/nw)))
		}
	}
	return out
}

// addRow adds each dot of a row to the narrower row's dot that stands for it.
func addRow(sums []int, row []uint8) {
	for x := range sums {
		for _, v := range row[x*len(row)/len(sums) : (x+1)*len(row)/len(sums)] {
			sums[x] += int(v)
		}
	}
}
