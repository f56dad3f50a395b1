package document

import "strconv"

// How far apart the channels of a colour are at least that is told from black and grey at a glance, and how light all of
// them are in a grey that is told from black and still seen on paper.
const (
	leastVivid = 0x50
	leastGrey  = 0x68
	mostGrey   = 0xF0
)

// Inked returns a style with the look of letters of a colour, its channels from 0 to 255: Coloured, Faint, or neither. It
// takes the place of the ink that the style had.
func (s Style) Inked(red, green, blue int) Style {
	s &^= Coloured | Faint
	lightest, darkest := max(red, green, blue), min(red, green, blue)
	switch {
	case lightest-darkest >= leastVivid:
		return s | Coloured
	case darkest >= leastGrey && darkest < mostGrey:
		return s | Faint
	}
	return s
}

// InkedHex does so for the six digits of a colour, with or without a sharp before them. What is none of that, such as
// "auto", is black.
func (s Style) InkedHex(colour string) Style {
	if len(colour) == len("#000000") && colour[0] == '#' {
		colour = colour[1:]
	}
	rgb, err := strconv.ParseUint(colour, 16, 24)
	if err != nil || len(colour) != len("000000") {
		rgb = 0
	}
	return s.Inked(int(rgb>>16), int(rgb>>8&0xFF), int(rgb&0xFF))
}
