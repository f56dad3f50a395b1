package pdf

import (
	"sort"
	"unicode/utf16"
)

// maxCodes bounds the entries of one CMap: more than Unicode has characters is an attack.
const maxCodes = 200_000

// A cmap maps the codes of a string to Unicode text (a ToUnicode CMap) or to glyph numbers (an Encoding CMap)
// (ISO 32000-1, 9.7.5 and 9.10.3).
type cmap struct {
	spaces []codespace
	text   map[uint32]string
	spans  []span // ranges to consecutive texts, by their first code
	glyphs []span // ranges to consecutive glyph numbers
	hyphen bool   // a code stands for the hyphen: another for the soft hyphen is no mistake for it
}

// A codespace says how many bytes a code has that lies between low and high.
type codespace struct {
	bytes     int
	low, high uint32
}

// A span maps the codes low to high to target, target+1, …
type span struct{ low, high, target uint32 }

// readCMap reads the program of a CMap. It is read by our own lexer: the object library's interpreter gives up unless
// a dictionary is pushed for every findresource.
func readCMap(data []byte) *cmap {
	m := &cmap{text: map[uint32]string{}}
	p := newProgram(data)
	for {
		op, args, ok := p.next()
		if !ok {
			break
		}
		switch string(op) {
		case "endcodespacerange":
			m.addSpaces(args)
		case "endbfchar":
			m.addChars(args)
		case "endbfrange":
			m.addRanges(args)
		case "endcidchar":
			for i := 0; i+1 < len(args) && len(m.glyphs) < maxCodes; i += 2 {
				c := code(args[i].bytes)
				m.glyphs = append(m.glyphs, span{c, c, uint32(args[i+1].number)})
			}
		case "endcidrange":
			for i := 0; i+2 < len(args) && len(m.glyphs) < maxCodes; i += 3 {
				m.glyphs = append(m.glyphs, span{code(args[i].bytes), code(args[i+1].bytes), uint32(args[i+2].number)})
			}
		}
	}
	m.hyphen = m.says('-')
	sort.Slice(m.spans, func(i, j int) bool { return m.spans[i].low < m.spans[j].low })
	sort.Slice(m.glyphs, func(i, j int) bool { return m.glyphs[i].low < m.glyphs[j].low })
	return m
}

// says tells whether a code stands for a character.
func (m *cmap) says(r rune) bool {
	for _, s := range m.spans {
		if uint32(r) >= s.target && uint32(r)-s.target <= s.high-s.low {
			return true
		}
	}
	for _, s := range m.text {
		if s == string(r) {
			return true
		}
	}
	return false
}

func (m *cmap) addSpaces(args []operand) {
	for i := 0; i+1 < len(args) && len(m.spaces) < 256; i += 2 {
		if n := len(args[i].bytes); n >= 1 && n <= 4 {
			m.spaces = append(m.spaces, codespace{n, code(args[i].bytes), code(args[i+1].bytes)})
		}
	}
}

func (m *cmap) addChars(args []operand) {
	for i := 0; i+1 < len(args) && len(m.text) < maxCodes; i += 2 {
		if args[i].kind == text && args[i+1].kind == text {
			m.text[code(args[i].bytes)] = utf16Text(args[i+1].bytes)
		}
	}
}

func (m *cmap) addRanges(args []operand) {
	for i := 0; i+2 < len(args) && len(m.text) < maxCodes; i += 3 {
		low, high, to := code(args[i].bytes), code(args[i+1].bytes), args[i+2]
		switch {
		case to.kind == list:
			for j, item := range to.items {
				if low+uint32(j) <= high {
					m.text[low+uint32(j)] = utf16Text(item.bytes)
				}
			}
		case len(to.bytes) == 2 && len(m.spans) < maxCodes:
			m.spans = append(m.spans, span{low, high, code(to.bytes)})
		case high-low < 256: // several UTF-16 units: the last byte counts on
			for c := low; c <= high && len(to.bytes) > 0; c++ {
				b := append([]byte(nil), to.bytes...)
				b[len(b)-1] += byte(c - low)
				m.text[c] = utf16Text(b)
			}
		}
	}
}

// unicode returns the text of a code, and false where the map has none.
func (m *cmap) unicode(c uint32) (string, bool) {
	if s, ok := m.text[c]; ok {
		return s, true
	}
	if t, ok := lookup(m.spans, c); ok {
		return string(rune(t)), true
	}
	return "", false
}

// glyph returns the glyph number of a code, or the code itself where the map has none (Identity).
func (m *cmap) glyph(c uint32) uint32 {
	if t, ok := lookup(m.glyphs, c); ok {
		return t
	}
	return c
}

// lookup finds c in spans sorted by their first code.
func lookup(spans []span, c uint32) (uint32, bool) {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].low > c }) - 1
	if i >= 0 && c <= spans[i].high {
		return spans[i].target + c - spans[i].low, true
	}
	return 0, false
}

// length returns how many bytes the first code of s has; fallback where no code space holds it.
func (m *cmap) length(s []byte, fallback int) int {
	for n := 1; n <= 4 && n <= len(s); n++ {
		c := code(s[:n])
		for _, space := range m.spaces {
			if space.bytes == n && c >= space.low && c <= space.high {
				return n
			}
		}
	}
	return fallback
}

// code returns the big-endian number of up to four bytes.
func code(b []byte) uint32 {
	v := uint32(0)
	for _, c := range b {
		v = v<<8 | uint32(c)
	}
	return v
}

// utf16Text decodes big-endian UTF-16 as the targets of a ToUnicode CMap have it.
func utf16Text(b []byte) string {
	if len(b) == 1 {
		return string(rune(b[0]))
	}
	if swapped(b) {
		return ghostly(b)
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}

// swapped tells a target of several letters whose bytes are the wrong way round, as Ghostscript 9.56 to 10.0 writes those
// of ligatures: "ti" as 74006900, which would be two Chinese letters.
func swapped(b []byte) bool {
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 || b[i+1] != 0 {
			return false
		}
	}
	return len(b) >= 4 && len(b)%2 == 0
}

// ghostly returns the letters of a target whose bytes are swapped. Of three letters that Ghostscript has written as two the
// second is the sum of the last two.
func ghostly(b []byte) string {
	letters := make([]rune, 0, 4)
	for i := 0; i < len(b); i += 2 {
		letters = append(letters, rune(b[i]))
	}
	if len(letters) == 2 {
		for _, ligature := range [...]string{"ffi", "ffl", "tti", "fti", "ffj", "fft", "ttf", "ftt", "fff", "ttt"} {
			if ligature[0] == b[0] && ligature[1]+ligature[2] == b[2] {
				return ligature
			}
		}
	}
	return string(letters)
}
