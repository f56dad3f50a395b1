package container

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// The MAPI properties that are read ([MS-OXPROPS]).
const (
	propBody        = 0x1000
	propRTF         = 0x1009
	propHTML        = 0x1013
	propDisplayName = 0x3001
	propAttachData  = 0x3701
	propLongName    = 0x3707
)

// The kinds of values that have a length of their own ([MS-OXCDATA] 2.11.1).
const (
	kindObject  = 0x000D
	kindString8 = 0x001E
	kindUnicode = 0x001F
	kindBinary  = 0x0102
	kindMany    = 0x1000 // flag: several values
)

const (
	guidSize   = 16
	firstNamed = 0x8000 // properties from here on bear a name
	maxValues  = 100_000
)

// A property is one MAPI property; of several values the first.
type property struct {
	id, kind uint16
	data     []byte
}

func (p property) isText() bool { return p.kind == kindString8 || p.kind == kindUnicode }

// text returns a text value as UTF-8.
func (p property) text() string {
	if p.kind != kindUnicode {
		return string(decodeANSI(p.data))
	}
	units := make([]uint16, len(p.data)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(p.data[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// readProperties reads a list of properties as a TNEF stream holds them ([MS-OXTNEF] 2.1.3.4).
func readProperties(data []byte) ([]property, error) {
	r := propertyReader{rest: data}
	count := r.number()
	var out []property
	for i := uint32(0); i < count && !r.short && r.values < maxValues; i++ {
		out = append(out, r.property())
	}
	if r.short || r.values >= maxValues {
		return nil, broken("opening winmail.dat: properties cut short")
	}
	return out, nil
}

// A propertyReader takes properties from the front of its bytes; short is set once they end too early.
type propertyReader struct {
	rest   []byte
	short  bool
	values int
}

func (r *propertyReader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.short, r.rest = true, nil
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *propertyReader) number() uint32 {
	b := r.take(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// sized takes a value that bears its length and is filled up to four bytes.
func (r *propertyReader) sized() []byte {
	n := uint64(r.number())
	out := r.take(n)
	r.take(min((4-n%4)%4, uint64(len(r.rest)))) // the last value of some writers is not filled up
	return out
}

func (r *propertyReader) property() property {
	head := r.number()
	p := property{kind: uint16(head), id: uint16(head >> 16)}
	if p.id >= firstNamed {
		r.name()
	}
	many := p.kind&kindMany != 0
	p.kind &^= kindMany
	values := uint32(1)
	if many || p.isText() || p.kind == kindBinary || p.kind == kindObject {
		values = r.number()
	}
	for i := uint32(0); i < values && !r.short && r.values < maxValues; i++ {
		r.values++
		if v := r.value(p.kind); i == 0 {
			p.data = v
		}
	}
	return p
}

// name passes over the name of a named property.
func (r *propertyReader) name() {
	r.take(guidSize)
	if r.number() == 0 {
		r.number()
		return
	}
	r.sized()
}

func (r *propertyReader) value(kind uint16) []byte {
	switch kind {
	case kindString8, kindUnicode, kindBinary, kindObject:
		return r.sized()
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040: // doubles, money, times and long integers
		return r.take(8)
	case 0x0048:
		return r.take(guidSize)
	}
	return r.take(4)
}
