package pdf

import "bytes"

// Limits of one program, far above any page that a person reads.
const (
	maxOperands = 100_000 // before one operator
	maxNesting  = 64      // of arrays and dictionaries
)

// A program gives the operators of a content stream or a CMap in turn, each with the operands before it.
type program struct {
	lexer
	stack []operand
	arena []operand // items of arrays and dictionaries, until the next operator
	marks []mark
}

// A mark remembers where an open array or dictionary began on the stack.
type mark struct {
	at   int
	kind kind
}

func newProgram(data []byte) *program {
	return &program{lexer: lexer{data: data}}
}

// next returns the next operator and its operands, which stay valid until the next call; false at the end.
func (p *program) next() (op []byte, args []operand, ok bool) {
	p.stack, p.arena, p.marks = p.stack[:0], p.arena[:0], p.marks[:0]
	for {
		lexeme := p.lexer.next()
		switch lexeme.kind {
		case nothing:
			return nil, nil, false
		case keyword:
			if len(p.marks) == 0 {
				return lexeme.bytes, p.stack, true
			}
			// true, false and null inside an array or dictionary: no content operator needs them
		case list, dict:
			if len(p.marks) < maxNesting {
				p.marks = append(p.marks, mark{len(p.stack), lexeme.kind})
			}
		case listEnd, dictEnd:
			p.close()
		default:
			if len(p.stack) < maxOperands {
				p.stack = append(p.stack, lexeme)
			}
		}
	}
}

// close turns what stands on the stack since the last open bracket into one operand.
func (p *program) close() {
	if len(p.marks) == 0 {
		return
	}
	m := p.marks[len(p.marks)-1]
	p.marks = p.marks[:len(p.marks)-1]
	from := len(p.arena)
	p.arena = append(p.arena, p.stack[m.at:]...)
	items := p.arena[from:len(p.arena):len(p.arena)]
	p.stack = append(p.stack[:m.at], operand{kind: m.kind, items: items})
}

// skipInlineImage moves behind the data of an inline image, whose BI operator was just read, and returns after its EI.
// The data has no length of its own (ISO 32000-1, 8.9.7), so its end is the first EI that stands alone and is followed
// by something readable.
func (p *program) skipInlineImage() {
	for { // the dictionary, up to ID
		lexeme := p.lexer.next()
		if lexeme.kind == nothing {
			return
		}
		if lexeme.kind == keyword && string(lexeme.bytes) == "ID" {
			break
		}
	}
	for at := p.pos; ; {
		i := bytes.Index(p.data[at:], []byte("EI"))
		if i < 0 {
			p.pos = len(p.data)
			return
		}
		end := at + i + 2
		if isSpace(p.data[end-3]) && endsImage(p.data[end:]) {
			p.pos = end
			return
		}
		at = end
	}
}

// endsImage tells whether the bytes after an EI look like content rather than like more of the picture.
func endsImage(rest []byte) bool {
	if len(rest) > 0 && !isSpace(rest[0]) {
		return false
	}
	for _, c := range rest[:min(len(rest), 16)] {
		if c > 126 || c < 32 && !isSpace(c) {
			return false
		}
	}
	return true
}
