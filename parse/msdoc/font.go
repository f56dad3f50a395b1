package msdoc

import "strings"

// nameAt is where the name stands in a font's entry (2.9.80 FFN), after its length.
const nameAt = 40

// readFonts returns the names of the document's fonts (2.9.286 SttbfFfn), by their numbers.
func readFonts(b []byte) []string {
	var out []string
	at := 4
	for range u16(b, 0) {
		if at >= len(b) {
			break
		}
		size := u8(b, at) + 1
		name := wideText(slice(b, at, size), nameAt, size/2)
		name, _, _ = strings.Cut(name, "\x00")
		out = append(out, name)
		at += size
	}
	return out
}
