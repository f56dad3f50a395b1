package container

import "encoding/binary"

// The two forms of a compressed RTF body ([MS-OXRTFCP] 2.1.3.1.1).
const (
	rtfCompressed = 0x75465A4C // "LZFu"
	rtfPlain      = 0x414C454D // "MELA"
	rtfHeader     = 16
)

// dictionarySize is the size of the ring of bytes that references point into ([MS-OXRTFCP] 2.1.3.1.4).
const dictionarySize = 4096

// firstWords is what the dictionary begins with ([MS-OXRTFCP] 2.1.2.1).
const firstWords = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript " +
	"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// decompressRTF returns the text of a compressed RTF body. What is cut short is returned as far as it goes.
func decompressRTF(data []byte) ([]byte, error) {
	if len(data) < rtfHeader {
		return nil, nil // an empty body
	}
	size := binary.LittleEndian.Uint32(data[4:])
	if size > MaxFile {
		return nil, tooLarge("opening winmail.dat: text of %d bytes", size)
	}
	switch binary.LittleEndian.Uint32(data[8:]) {
	case rtfPlain:
		return data[rtfHeader:][:min(int(size), len(data)-rtfHeader)], nil
	case rtfCompressed:
		return expand(data[rtfHeader:], int(size)), nil
	}
	return nil, broken("opening winmail.dat: text of an unknown form")
}

// expand undoes the compression: each control byte says of the eight things that follow, the lowest bit first, whether
// they are a byte or a reference of two bytes into the ring (12 bits of place, 4 bits of length less two).
func expand(in []byte, size int) []byte {
	var ring [dictionarySize]byte
	at := copy(ring[:], firstWords)
	var out []byte
	put := func(b byte) {
		out = append(out, b)
		ring[at] = b
		at = (at + 1) % dictionarySize
	}
	for len(in) > 0 && len(out) < size {
		control := in[0]
		in = in[1:]
		for bit := 0; bit < 8 && len(in) > 0 && len(out) < size; bit++ {
			if control>>bit&1 == 0 {
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out
			}
			from, n := int(in[0])<<4|int(in[1])>>4, int(in[1]&15)+2
			in = in[2:]
			if from == at {
				return out
			}
			for range n {
				put(ring[from])
				from = (from + 1) % dictionarySize
			}
		}
	}
	return out
}
