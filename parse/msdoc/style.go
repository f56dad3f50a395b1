package msdoc

// A styleSheet holds the changes that styles make (2.9.271 STSH).
type styleSheet struct {
	styles []style
	looks  []look // of paragraph styles, inheritance resolved
	known  []bool
}

type style struct {
	kind, base int
	chars      []byte
}

const (
	noStyle        = 0xFFF
	paragraphStyle = 1
	characterStyle = 2
	maxInheritance = 12 // Word itself allows eleven
)

func readStyles(b []byte) *styleSheet {
	s := &styleSheet{}
	size := u16(b, 0)
	count, base := u16(b, 2), u16(b, 4)
	at := 2 + size
	for i := 0; i < count && at+2 <= len(b); i++ {
		n := u16(b, at)
		s.styles = append(s.styles, readStyle(slice(b, at+2, n), base))
		at += 2 + n + n%2
	}
	s.looks, s.known = make([]look, len(s.styles)), make([]bool, len(s.styles))
	return s
}

// readStyle reads one style (2.9.260 STD): its kind and base, its name, then its changes, of which the characters' are the
// last.
func readStyle(b []byte, base int) style {
	if len(b) < 10 {
		return style{base: noStyle}
	}
	s := style{kind: u16(b, 2) & 15, base: u16(b, 2) >> 4}
	count := u16(b, 4) & 15
	at := base + 2 + 2*u16(b, base) + 2 // the name and the zero at its end
	for i := range count {
		n := u16(b, at)
		if s.kind == paragraphStyle && i == 1 || s.kind == characterStyle && i == 0 {
			s.chars = slice(b, at+2, n)
		}
		at += 2 + n + n%2
	}
	return s
}

// paragraph returns the look that a paragraph's characters begin with.
func (s *styleSheet) paragraph(istd int) look {
	if istd < 0 || istd >= len(s.styles) {
		return plainLook
	}
	if !s.known[istd] {
		s.looks[istd] = s.resolve(istd, maxInheritance)
		s.known[istd] = true
	}
	return s.looks[istd]
}

func (s *styleSheet) resolve(istd, depth int) look {
	if istd < 0 || istd >= len(s.styles) || depth == 0 {
		return plainLook
	}
	below := s.resolve(s.styles[istd].base, depth-1)
	return below.with(s.styles[istd].chars, below, nil)
}

// character returns the changes that a character style makes, those of its bases first.
func (s *styleSheet) character(istd int) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	var out []byte
	for range maxInheritance {
		if istd < 0 || istd >= len(s.styles) || s.styles[istd].kind != characterStyle {
			break
		}
		out = append(append([]byte(nil), s.styles[istd].chars...), out...)
		istd = s.styles[istd].base
	}
	return out, len(out) > 0
}
