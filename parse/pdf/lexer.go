package pdf

import (
	"bytes"
	"math"
)

// The kinds of operand and lexeme of a content stream.
type kind uint8

const (
	nothing kind = iota // the input is at its end
	number
	text // a string
	name
	list // an array, as an operand; its opening bracket, as a lexeme
	listEnd
	dict // a dictionary, as an operand; its opening bracket, as a lexeme
	dictEnd
	keyword
	reference // to an object; only of a node
)

// An operand is one value before an operator. A dictionary's items are its keys and values in turn.
type operand struct {
	kind   kind
	number float64
	bytes  []byte // of a text or a name, escapes resolved
	items  []operand
}

// A lexer cuts a content stream or a CMap into lexemes. It never fails: what is malformed is skipped, because a page with
// one bad operator must still give up its other words.
//
// The object library's own interpreter is not used for content: it stops at inline images and at odd escapes, and joins
// the parts of a split content stream without the space that ISO 32000-1, 7.8.2 demands.
type lexer struct {
	data []byte
	pos  int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skip moves to the next byte that is neither white space nor comment.
func (l *lexer) skip() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			end := bytes.IndexAny(l.data[l.pos:], "\r\n")
			if end < 0 {
				l.pos = len(l.data)
				return
			}
			l.pos += end
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

// next returns the next lexeme; its kind is nothing at the end.
func (l *lexer) next() operand {
	l.skip()
	if l.pos >= len(l.data) {
		return operand{}
	}
	c := l.data[l.pos]
	switch c {
	case '(':
		return operand{kind: text, bytes: l.literal()}
	case '/':
		return operand{kind: name, bytes: l.name()}
	case '[', '{':
		l.pos++
		return operand{kind: list}
	case ']', '}':
		l.pos++
		return operand{kind: listEnd}
	case ')':
		l.pos++
		return l.next()
	case '<':
		if l.ahead(1) == '<' {
			l.pos += 2
			return operand{kind: dict}
		}
		return operand{kind: text, bytes: l.hex()}
	case '>':
		l.pos++
		if l.ahead(0) == '>' {
			l.pos++
			return operand{kind: dictEnd}
		}
		return l.next()
	}
	return l.word()
}

func (l *lexer) ahead(n int) byte {
	if l.pos+n < len(l.data) {
		return l.data[l.pos+n]
	}
	return 0
}

// word reads a number or a keyword.
func (l *lexer) word() operand {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	w := l.data[start:l.pos]
	if v, ok := parseNumber(w); ok {
		return operand{kind: number, number: v}
	}
	return operand{kind: keyword, bytes: w}
}

// parseNumber reads a PDF number: sign, digits, one point; no exponent (ISO 32000-1, 7.3.3).
func parseNumber(w []byte) (float64, bool) {
	i, sign := 0, 1.0
	for i < len(w) && (w[i] == '-' || w[i] == '+') { // producers write "--5" too
		if w[i] == '-' {
			sign = -1
		}
		i++
	}
	value, unit, digits, point := 0.0, 1.0, 0, false
	for ; i < len(w); i++ {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
			value = value*10 + float64(c-'0')
			if point {
				unit *= 10
			}
		case c == '.' && !point:
			point = true
		case c == '-' && digits > 0: // "12.-34" of one broken producer: the rest is noise
			return sign * value / unit, true
		default:
			return 0, false
		}
	}
	if digits == 0 && !point || digits > 300 || math.IsInf(value, 0) {
		return 0, false
	}
	return sign * value / unit, true
}

// name reads a name and resolves its #xx escapes.
func (l *lexer) name() []byte {
	l.pos++
	start := l.pos
	escaped := false
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && hexDigit(raw[i+1]) >= 0 && hexDigit(raw[i+2]) >= 0 {
			out = append(out, byte(hexDigit(raw[i+1])<<4|hexDigit(raw[i+2])))
			i += 2
			continue
		}
		out = append(out, raw[i])
	}
	return out
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hex reads a hexadecimal string; a missing last digit counts as 0.
func (l *lexer) hex() []byte {
	l.pos++
	end := bytes.IndexByte(l.data[l.pos:], '>')
	if end < 0 {
		end = len(l.data) - l.pos
	}
	raw := l.data[l.pos : l.pos+end]
	l.pos = min(len(l.data), l.pos+end+1)
	out := make([]byte, 0, (len(raw)+1)/2)
	high := -1
	for _, c := range raw {
		d := hexDigit(c)
		if d < 0 {
			continue
		}
		if high < 0 {
			high = d
			continue
		}
		out = append(out, byte(high<<4|d))
		high = -1
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

// literal reads a string in parentheses with its escapes (ISO 32000-1, 7.3.4.2).
func (l *lexer) literal() []byte {
	l.pos++
	start, depth := l.pos, 1
	for i := l.pos; i < len(l.data); i++ {
		switch l.data[i] {
		case '\\', '\r':
			return l.escaped(start, i, depth)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos = i + 1
				return l.data[start:i]
			}
		}
	}
	l.pos = len(l.data)
	return l.data[start:]
}

// escaped goes on where literal met the first byte that does not stand for itself.
func (l *lexer) escaped(start, from, depth int) []byte {
	out := append(make([]byte, 0, from-start+32), l.data[start:from]...)
	l.pos = from
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '\\':
			out = l.escape(out)
			continue
		case '\r': // any line end reads as \n
			if l.ahead(0) == '\n' {
				l.pos++
			}
			c = '\n'
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		}
		out = append(out, c)
	}
	return out
}

// escape reads what follows a backslash.
func (l *lexer) escape(out []byte) []byte {
	if l.pos >= len(l.data) {
		return out
	}
	c := l.data[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\r':
		if l.ahead(0) == '\n' {
			l.pos++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c) // an unknown escape stands for its character
	}
	v := int(c - '0')
	for i := 0; i < 2 && l.ahead(0) >= '0' && l.ahead(0) <= '7' && l.pos < len(l.data); i++ {
		v = v<<3 | int(l.data[l.pos]-'0')
		l.pos++
	}
	return append(out, byte(v))
}
