package msdoc

import "referrald/parse/document"

// The records of drawings ([MS-ODRAW] 2.2.14, 2.2.40) and the shapes (2.4.24 MSOSPT) that may be drawn over words.
const (
	recordShape = 0xF00A // its instance is the kind of shape, its first four bytes the shape's number
	nested      = 0xF    // the version of records that hold records
	maxRecords  = 20_000
)

var overWords = map[int]bool{0: true, 2: true, 3: true, 11: true, 20: true, 23: true, 32: true, 0xFFF: true} // free, round and oval, plus, lines, ring, LibreOffice's own

// readShapes returns the kinds of a document's shapes by their numbers (2.9.172 OfficeArtContent): a group of records, then
// one for each part of the document behind a byte.
func readShapes(data []byte) map[int]int {
	kinds := map[int]int{}
	left := maxRecords
	for at, skip := 0, 0; at < len(data) && left > 0; skip = 1 {
		at += skip
		size := 8 + u32(data, at+4)
		if size < 8 || size > len(data)-at {
			break
		}
		noteShapes(data[at:at+size], kinds, &left)
		at += size
	}
	return kinds
}

// noteShapes notes the shapes among records and those within them.
func noteShapes(data []byte, kinds map[int]int, left *int) {
	for len(data) >= 8 && *left > 0 {
		*left--
		head, size := u16(data, 0), u32(data, 4)
		if size < 0 || size > len(data)-8 {
			return
		}
		switch body := data[8 : 8+size]; {
		case head&nested == nested:
			noteShapes(body, kinds, left)
		case u16(data, 2) == recordShape:
			kinds[u32(body, 0)] = head >> 4
		}
		data = data[8+size:]
	}
}

// isDrawnOver tells whether a shape without words, that may be somebody's ring or stroke, is anchored at a character.
func (t *textBoxes) isDrawnOver(cp int) bool {
	number, ok := t.anchors[cp]
	if !ok {
		return false
	}
	for _, s := range t.shapes {
		if s == number {
			return false
		}
	}
	kind, known := t.kinds[number]
	size := t.sizes[number]
	return known && overWords[kind] && document.MayBeDrawn(size.width, size.height)
}
