package rtf

import "strconv"

// A kind tells what the scanner found.
type kind uint8

const (
	groupOpen kind = iota
	groupClose
	word  // \name or \name123
	sign  // \~ \- \_ \* and the like: one character after the backslash
	octet // \'hh
	text  // plain characters
	binary
	end
)

// An item is one thing of the file.
type item struct {
	kind   kind
	name   string // of a word; the character of a sign
	number int    // a word's number; an octet's value
	given  bool   // the word bore a number
	text   []byte
}

// A scanner takes RTF apart into items. It never fails: what is not RTF is text.
type scanner struct {
	data []byte
	pos  int
}

func (s *scanner) next() item {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case '{':
			s.pos++
			return item{kind: groupOpen}
		case '}':
			s.pos++
			return item{kind: groupClose}
		case '\\':
			return s.control()
		case '\r', '\n', 0:
			s.pos++
		default:
			return s.plain()
		}
	}
	return item{kind: end}
}

func (s *scanner) plain() item {
	start := s.pos
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case '{', '}', '\\', '\r', '\n', 0:
			return item{kind: text, text: s.data[start:s.pos]}
		}
		s.pos++
	}
	return item{kind: text, text: s.data[start:]}
}

func (s *scanner) control() item {
	s.pos++ // the backslash
	if s.pos >= len(s.data) {
		return item{kind: end}
	}
	c := s.data[s.pos]
	switch {
	case c == '\'':
		return s.octet()
	case !letter(c):
		s.pos++
		return item{kind: sign, name: string(rune(c))}
	}
	start := s.pos
	for s.pos < len(s.data) && letter(s.data[s.pos]) {
		s.pos++
	}
	it := item{kind: word, name: string(s.data[start:s.pos])}
	it.number, it.given = s.parameter()
	if s.pos < len(s.data) && s.data[s.pos] == ' ' {
		s.pos++ // the space belongs to the word
	}
	if it.name == "bin" && it.number > 0 {
		s.pos += min(it.number, len(s.data)-s.pos)
		return item{kind: binary}
	}
	return it
}

func (s *scanner) parameter() (int, bool) {
	start := s.pos
	if s.pos < len(s.data) && s.data[s.pos] == '-' {
		s.pos++
	}
	for s.pos < len(s.data) && s.data[s.pos] >= '0' && s.data[s.pos] <= '9' && s.pos-start < 11 {
		s.pos++
	}
	n, err := strconv.Atoi(string(s.data[start:s.pos]))
	if err != nil {
		return 0, false
	}
	return n, true
}

func (s *scanner) octet() item {
	s.pos++ // the quote
	if s.pos+2 > len(s.data) {
		s.pos = len(s.data)
		return item{kind: end}
	}
	n, err := strconv.ParseUint(string(s.data[s.pos:s.pos+2]), 16, 8)
	if err != nil {
		return item{kind: text, text: nil} // not two hex digits: the quote alone is dropped
	}
	s.pos += 2
	return item{kind: octet, number: int(n)}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
