package msdoc

import (
	"bytes"

	"referrald/parse/ocr"
)

// The records that hold a picture ([MS-ODRAW] 2.2.23): a header of eight bytes, one or two identifiers of sixteen, a byte,
// then the picture's file.
const (
	recordJPEG    = 0xF01D
	recordPNG     = 0xF01E
	recordCMYK    = 0xF02A
	recordHeader  = 8
	identifier    = 16
	shortIdentity = recordHeader + identifier + 1
)

// pictures returns the files of the pictures in a stream: those shown in the text stand in the data stream, those anchored
// to it in the main one.
func pictures(stream []byte) [][]byte {
	var out [][]byte
	for _, magic := range [...][]byte{[]byte("\xFF\xD8\xFF"), []byte("\x89PNG\r\n\x1A\n")} {
		for at := 0; len(out) < ocr.MostPasted; {
			n := bytes.Index(stream[at:], magic)
			if n < 0 {
				break
			}
			at += n
			if size := recordSize(stream, at); size >= ocr.LeastPasted {
				out = append(out, slice(stream, at, size))
				at += size
			} else {
				at += len(magic)
			}
		}
	}
	return out
}

// recordSize returns the size of the picture that begins at a place, from the record before it, and 0 if there is none.
func recordSize(stream []byte, at int) int {
	for _, before := range [...]int{shortIdentity, shortIdentity + identifier} {
		head := at - before
		switch u16(stream, head+2) {
		case recordJPEG, recordPNG, recordCMYK:
			size := u32(stream, head+4) - before + recordHeader
			if head >= 0 && size > 0 && size <= len(stream)-at {
				return size
			}
		}
	}
	return 0
}
