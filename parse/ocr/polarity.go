package ocr

import "image"

// When a page counts as written in white on black, as some fax programs leave it: seen from so far that writing blurs
// into its ground, nearly all is dark and next to nothing is paper.
const (
	polaritySide = 120
	darkGround   = 100
	brightPaper  = 170
	mostlyDark   = 0.85
	hardlyBright = 0.03
)

// blackOnWhite returns the page with dark writing on a light ground.
func blackOnWhite(g *image.Gray) *image.Gray {
	if !whiteOnBlack(g) {
		return g
	}
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = 255 - v
	}
	return out
}

// whiteOnBlack tells light writing on a dark ground from a sheet of paper that lies on a dark table.
func whiteOnBlack(g *image.Gray) bool {
	small := reduce(g, polaritySide)
	dark, bright := 0, 0
	for _, v := range small.Pix {
		switch {
		case v < darkGround:
			dark++
		case v > brightPaper:
			bright++
		}
	}
	n := float64(len(small.Pix))
	return float64(dark) > mostlyDark*n && float64(bright) < hardlyBright*n
}
