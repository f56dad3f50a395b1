package ocr

import "image"

// When a picture counts as drawn in two colours: the share of grey among its dots that are not paper, and where grey ends.
const (
	mostGrey  = 0.3
	darkGrey  = 64
	lightGrey = 192
)

// stepped tells a picture of two colours, as faxes and copiers make them.
func stepped(g *image.Gray) bool {
	grey, black := 0, 0
	for _, v := range g.Pix {
		switch {
		case v < darkGrey:
			black++
		case v < lightGrey:
			grey++
		}
	}
	return float64(grey) < mostGrey*float64(grey+black)
}

// soften evens out the stairs of a picture of two colours: each dot takes a share of its neighbours. Engines are trained
// on grey letters and misread broken ones.
func soften(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	for y := range h {
		up, here, low := g.Pix[max(0, y-1)*g.Stride:], g.Pix[y*g.Stride:], g.Pix[min(h-1, y+1)*g.Stride:]
		for x := range w {
			l, r := max(0, x-1), min(w-1, x+1)
			sides := int(up[x]) + int(low[x]) + int(here[l]) + int(here[r])
			corners := int(up[l]) + int(up[r]) + int(low[l]) + int(low[r])
			out.Pix[y*out.Stride+x] = uint8((4*int(here[x]) + 2*sides + corners) / 16)
		}
	}
	return out
}
