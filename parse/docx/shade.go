package docx

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// noteShades marks the cells that are shaded against their surroundings.
func noteShades(rows [][]tableCell) {
	shades := make([][]document.Shade, len(rows))
	for i, row := range rows {
		for _, c := range row {
			shades[i] = append(shades[i], document.Shade{Col: c.col, Colour: fillOf(c.node), Words: hasContent(c.node)})
		}
	}
	for i, row := range document.SetOff(shades) {
		for j, set := range row {
			rows[i][j].shaded = set
		}
	}
}

// fillOf returns the colour of a cell's shading (17.4.32), or "" where it has that of paper.
func fillOf(tc *part.Node) string {
	shd := tc.Child("tcPr").Child("shd")
	if shd == nil || !isShaded(shd) {
		return ""
	}
	return strings.ToLower(shd.Value("fill")) + " " + shd.Value("color")
}
