package pdf

import (
	"math"
	"strconv"
)

// A node is a value of the file as it is written there, for rewriting the file: references are kept, not followed
// (ISO 32000-1, 7.3).
type node struct {
	kind     kind
	bytes    []byte  // of a text or a name, escapes resolved; of a keyword
	items    []node  // of a list; keys and values in turn of a dictionary
	value    float64 // of a number
	number   int     // of a reference; of a whole number that could begin one
	revision int     // of a reference: its generation number
}

// maxNodes bounds the values of one object.
const maxNodes = 500_000

// A parser reads nodes. It never fails: what is malformed is left out.
type parser struct {
	lexer
	nodes int
}

// value returns the next value; its kind is nothing where none begins.
func (p *parser) value(depth int) node {
	start := p.pos
	lexeme := p.next()
	if p.nodes++; p.nodes > maxNodes || depth > maxNesting {
		p.pos = len(p.data)
		return node{}
	}
	switch lexeme.kind {
	case list:
		return node{kind: list, items: p.items(listEnd, depth)}
	case dict:
		return node{kind: dict, items: p.items(dictEnd, depth)}
	case number:
		return p.figure(lexeme.number)
	case text, name:
		return node{kind: lexeme.kind, bytes: lexeme.bytes}
	case keyword:
		switch string(lexeme.bytes) {
		case "true", "false", "null":
			return node{kind: keyword, bytes: lexeme.bytes}
		}
	}
	p.pos = start // an end of what is around, or of the object
	return node{}
}

// items reads up to a closing bracket.
func (p *parser) items(end kind, depth int) []node {
	var out []node
	for {
		at := p.pos
		n := p.value(depth + 1)
		if n.kind != nothing {
			out = append(out, n)
			continue
		}
		lexeme := p.next()
		switch {
		case lexeme.kind == nothing, lexeme.kind == end:
			return out
		case lexeme.kind == keyword && isEnd(lexeme.bytes): // a bracket is missing: the object ends here
			p.pos = at
			return out
		}
	}
}

func isEnd(word []byte) bool {
	switch string(word) {
	case "endobj", "obj", "stream", "endstream", "trailer", "xref", "startxref":
		return true
	}
	return false
}

// figure returns a number, or a reference if that is what it begins.
func (p *parser) figure(v float64) node {
	n := node{kind: number, value: v}
	if v < 0 || v > maxObject || v != math.Trunc(v) {
		return n
	}
	n.number = int(v)
	after := p.pos
	if next := p.next(); next.kind == number && next.number >= 0 && next.number < 65536 {
		if r := p.next(); r.kind == keyword && len(r.bytes) == 1 && r.bytes[0] == 'R' {
			return node{kind: reference, number: n.number, revision: int(next.number)}
		}
	}
	p.pos = after
	return n
}

// key returns the value of a dictionary's key; its kind is nothing where there is none.
func (n *node) key(k string) node {
	for i := 0; n.kind == dict && i+1 < len(n.items); i += 2 {
		if n.items[i].kind == name && string(n.items[i].bytes) == k {
			return n.items[i+1]
		}
	}
	return node{}
}

// set gives a dictionary's key a value, or takes the key away for a node of the kind nothing.
func (n *node) set(k string, v node) {
	for i := 0; i+1 < len(n.items); i += 2 {
		if string(n.items[i].bytes) != k {
			continue
		}
		if v.kind == nothing {
			n.items = append(n.items[:i], n.items[i+2:]...)
			return
		}
		n.items[i+1] = v
		return
	}
	if v.kind != nothing {
		n.items = append(n.items, node{kind: name, bytes: []byte(k)}, v)
	}
}

// is tells whether the node is this name.
func (n node) is(s string) bool { return n.kind == name && string(n.bytes) == s }

func whole(v int) node { return node{kind: number, number: v, value: float64(v)} }

// write appends the node in the syntax of a file.
func (n *node) write(out []byte) []byte {
	switch n.kind {
	case number:
		return strconv.AppendFloat(out, n.value, 'f', -1, 64)
	case keyword:
		return append(out, n.bytes...)
	case reference:
		out = strconv.AppendInt(out, int64(n.number), 10)
		out = strconv.AppendInt(append(out, ' '), int64(n.revision), 10)
		return append(out, " R"...)
	case name:
		return writeName(out, n.bytes)
	case text:
		return writeText(out, n.bytes)
	case list:
		return append(writeAll(append(out, '['), n.items), ']')
	case dict:
		return append(writeAll(append(out, "<<"...), n.items), ">>"...)
	}
	return append(out, "null"...)
}

func writeAll(out []byte, items []node) []byte {
	for i := range items {
		out = append(items[i].write(out), ' ')
	}
	return out
}

const hexDigits = "0123456789abcdef"

func writeName(out, s []byte) []byte {
	out = append(out, '/')
	for _, c := range s {
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			out = append(out, '#', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		out = append(out, c)
	}
	return out
}

func writeText(out, s []byte) []byte {
	out = append(out, '<')
	for _, c := range s {
		out = append(out, hexDigits[c>>4], hexDigits[c&15])
	}
	return append(out, '>')
}
