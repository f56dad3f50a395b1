package triage

import "iter"

// A postcode is a postcode taken apart, upper case, slips mended (O for 0, I for 1, no space).
type postcode struct {
	outward [4]byte // "ST1" with zero bytes behind
	sector  byte    // the digit after the space; 0 where only the outward code was given
	unit    [2]byte
}

// full tells whether the whole postcode was given and not only its outward code.
func (p postcode) full() bool { return p.sector != 0 }

// key packs a full postcode into one number, so that a table of them sorts and searches without strings.
func (p postcode) key() uint64 {
	k := uint64(outwardKey(p.outward))
	return k<<24 | uint64(p.sector)<<16 | uint64(p.unit[0])<<8 | uint64(p.unit[1])
}

// outwardKey packs an outward code into one number.
func outwardKey(o [4]byte) uint32 {
	return uint32(o[0])<<24 | uint32(o[1])<<16 | uint32(o[2])<<8 | uint32(o[3])
}

// parsePostcode reads a postcode or an outward code alone, and tells whether the text is one. It allocates nothing.
func parsePostcode(text string) (postcode, bool) {
	var b [7]byte
	n := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '.' || c == '-':
			continue
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0xA0: // a no-break space
			i++
			continue
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		default:
			return postcode{}, false
		}
		if n == len(b) {
			return postcode{}, false
		}
		b[n] = c
		n++
	}
	if n >= 5 {
		return fullPostcode(b, n)
	}
	var p postcode
	ok := outwardOf(b[:n], &p.outward)
	return p, ok
}

// fullPostcode takes apart an outward code and the three characters behind it.
func fullPostcode(b [7]byte, n int) (postcode, bool) {
	var p postcode
	var ok [4]bool
	p.sector, ok[0] = asDigit(b[n-3])
	p.unit[0], ok[1] = asLetter(b[n-2])
	p.unit[1], ok[2] = asLetter(b[n-1])
	ok[3] = outwardOf(b[:n-3], &p.outward)
	return p, ok[0] && ok[1] && ok[2] && ok[3]
}

// outwardShapes are the shapes of outward codes by length: A a letter, 9 a digit.
var outwardShapes = [...][]string{2: {"A9"}, 3: {"A99", "AA9", "A9A"}, 4: {"AA99", "AA9A"}}

// outwardOf reads an outward code in the shape that needs the fewest repairs and whose area exists.
func outwardOf(b []byte, out *[4]byte) bool {
	best := len(b) + 1
	if len(b) >= len(outwardShapes) {
		return false
	}
	for _, shape := range outwardShapes[len(b)] {
		var o [4]byte
		if repairs, ok := shapeOutward(b, shape, &o); ok && repairs < best && postalArea(o, areasOf(shape)) {
			best, *out = repairs, o
		}
	}
	return best <= len(b)
}

// shapeOutward puts characters into a shape and counts the repairs.
func shapeOutward(b []byte, shape string, out *[4]byte) (repairs int, ok bool) {
	for i, c := range b {
		if shape[i] == 'A' {
			out[i], ok = asLetter(c)
		} else {
			out[i], ok = asDigit(c)
		}
		if !ok {
			return 0, false
		}
		if out[i] != c {
			repairs++
		}
	}
	return repairs, true
}

func asLetter(c byte) (byte, bool) {
	switch c {
	case '0':
		return 'O', true
	case '1':
		return 'I', true
	}
	return c, c >= 'A' && c <= 'Z'
}

func asDigit(c byte) (byte, bool) {
	switch c {
	case 'O':
		return '0', true
	case 'I':
		return '1', true
	}
	return c, c >= '0' && c <= '9'
}

// postalAreas are the letters with which a postcode of the United Kingdom and its islands can begin.
const postalAreas = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY" +
	" G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW" +
	" OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB" +
	" W WA WC WD WF WN WR WS WV YO ZE "

// lettered are the areas of London where an outward code can end in a letter ("EC1A").
const lettered = " E EC N NW SE SW W WC "

func areasOf(shape string) string {
	if shape[len(shape)-1] == 'A' {
		return lettered
	}
	return postalAreas
}

// postalArea tells whether an outward code begins with one of the areas.
func postalArea(o [4]byte, areas string) bool {
	first, second := o[0], o[1]
	if second < 'A' {
		second = ' '
	}
	for i := 1; i+1 < len(areas); i++ {
		if areas[i-1] == ' ' && areas[i] == first && areas[i+1] == second && (second == ' ' || areas[i+2] == ' ') {
			return true
		}
	}
	return false
}

// outwardIn finds an outward code at the end of an address ("… Perton, WV6") and tells whether there is one.
func outwardIn(address string) (postcode, bool) {
	end := len(address)
	for end > 0 && !alphanumeric(address[end-1]) {
		end--
	}
	start := end
	for start > 0 && alphanumeric(address[start-1]) {
		start--
	}
	word := address[start:end]
	if len(word) < 2 || len(word) > 4 || !hasDigit(word) || start == 0 {
		return postcode{}, false
	}
	return parsePostcode(word)
}

// postcodeIn finds the last full postcode in an address and tells whether there is one.
func postcodeIn(address string) (postcode, bool) {
	var found postcode
	var ok bool
	for p := range postcodesIn(address) {
		found, ok = p, true
	}
	return found, ok
}

// postcodesIn goes through the full postcodes in an address, in their order.
func postcodesIn(address string) iter.Seq[postcode] {
	return func(yield func(postcode) bool) {
		for start := 0; start < len(address); start++ {
			if !alphanumeric(address[start]) || start > 0 && alphanumeric(address[start-1]) {
				continue
			}
			if p, ok := postcodeAt(address[start:]); ok && !yield(p) {
				return
			}
		}
	}
}

// postcodeAt reads a full postcode of one or two words at the start of a text.
func postcodeAt(text string) (postcode, bool) {
	one := wordEnd(text, 0)
	if p, ok := parsePostcode(text[:one]); ok && p.full() {
		return p, true
	}
	gap := one
	for gap < len(text) && gap < one+3 && text[gap] == ' ' {
		gap++
	}
	two := wordEnd(text, gap)
	if gap == one || two-gap != 3 || one > 4 {
		return postcode{}, false
	}
	p, ok := parsePostcode(text[:two])
	return p, ok && p.full()
}

func wordEnd(text string, from int) int {
	for from < len(text) && alphanumeric(text[from]) {
		from++
	}
	return from
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
