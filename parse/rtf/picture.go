package rtf

import "referrald/parse/ocr"

// maxPictures bounds the bytes of all pictures together.
const maxPictures = 32 << 20

// pictures gathers the files of the document's pictures, which stand in it as hexadecimal digits.
type pictures struct {
	files [][]byte
	file  []byte
	half  byte // the digit that waits for its second
	odd   bool
	known bool // a kind that can be decoded
	total int
	drawn bool // the document has pictures at all
}

// begin begins a picture.
func (p *pictures) begin() {
	p.close()
	p.drawn = true
	p.known, p.odd = false, false
}

// hex takes digits of the open picture.
func (p *pictures) hex(digits []byte) {
	if !p.known {
		return
	}
	for _, c := range digits {
		v, ok := digit(c)
		switch {
		case !ok:
		case p.odd && p.total < maxPictures:
			p.file = append(p.file, p.half<<4|v)
			p.total++
			p.odd = false
		default:
			p.half, p.odd = v, true
		}
	}
}

func digit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// close ends the open picture.
func (p *pictures) close() {
	if len(p.file) >= ocr.LeastPasted && len(p.files) < ocr.MostPasted {
		p.files = append(p.files, p.file)
	}
	p.file = nil
}
