package msdoc

import (
	"encoding/binary"
	"unicode/utf16"
)

// The numbers of the format are little-endian. What lies beyond the end of its bytes reads as zero: every place is the
// file's own word, and a zero leads to nothing.

func u8(b []byte, at int) int {
	if at < 0 || at >= len(b) {
		return 0
	}
	return int(b[at])
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

func i32(b []byte, at int) int { return int(int32(u32(b, at))) }

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

// slice returns n bytes from at, or fewer where they end.
func slice(b []byte, at, n int) []byte {
	if at < 0 || n <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(len(b), at+n)]
}

// wideText returns n UTF-16 units from at as text.
func wideText(b []byte, at, n int) string {
	part := slice(b, at, 2*n)
	units := make([]uint16, len(part)/2)
	for i := range units {
		units[i] = uint16(u16(part, 2*i))
	}
	return string(utf16.Decode(units))
}
