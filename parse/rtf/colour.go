package rtf

import "referrald/parse/document"

// A colourTable is the document's \colortbl: whether each colour differs from paper. The first is mostly "automatic".
type colourTable struct {
	shown []bool
	inks  []document.Style // the look of letters of each colour
	open  colour
}

// A colour is one entry as its words come. Without a word it is "automatic".
type colour struct {
	given            bool
	red, green, blue int
}

// nearWhite is the least channel of a colour that reads as paper.
const nearWhite = 0xF0

func (t *colourTable) channel(name string, n int) {
	t.open.given = true
	switch name {
	case "red":
		t.open.red = n
	case "green":
		t.open.green = n
	case "blue":
		t.open.blue = n
	}
}

// maxColours bounds the table.
const maxColours = 1000

// end ends entries at their semicolons.
func (t *colourTable) end(count int) {
	for range min(count, maxColours-len(t.shown)) {
		c := t.open
		t.shown = append(t.shown, c.given && (c.red < nearWhite || c.green < nearWhite || c.blue < nearWhite))
		t.inks = append(t.inks, document.Style(0).Inked(c.red, c.green, c.blue))
		t.open = colour{}
	}
}

// shows tells whether a background of that colour can be seen. A colour that the table lacks is one: the writer asked
// for it.
func (t *colourTable) shows(i int) bool {
	if i > 0 && i < len(t.shown) {
		return t.shown[i]
	}
	return i > 0
}

// ink returns a style with the look of letters of a colour of the table; one that the table lacks is black.
func (t *colourTable) ink(style document.Style, i int) document.Style {
	style = style.Inked(0, 0, 0)
	if i > 0 && i < len(t.inks) {
		style |= t.inks[i]
	}
	return style
}
