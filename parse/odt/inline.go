package odt

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// inline reads what stands in a paragraph (6.1).
func (r *reader) inline(kids []*part.Node, at place) {
	for _, n := range kids {
		if n.Name == "" {
			r.text(n.Text, at)
			continue
		}
		if r.spacing(n, at) || r.field(n, at) {
			continue
		}
		switch n.Name {
		case "span":
			inner := at
			inner.look = r.styles.over(at.look, "text", n.Value("style-name"))
			r.inline(n.Kids, inner)
		case "note":
			if body := n.Child("note-body"); body != nil {
				r.notes = append(r.notes, body)
			}
		case "annotation":
			r.out.Warn(document.Comments)
		case "ruby":
			if base := n.Child("ruby-base"); base != nil {
				r.inline(base.Kids, at)
			}
		case "frame", "custom-shape", "g", "control", "rect":
			r.shape(n, at)
		case "p", "h", "table", "list":
			r.blocks([]*part.Node{n}, at)
		case "annotation-end", "tracked-changes":
		default:
			r.inline(n.Kids, at)
		}
	}
}

// spacing reads the elements that stand for white space (6.1.3 to 6.1.5).
func (r *reader) spacing(n *part.Node, at place) bool {
	switch n.Name {
	case "s":
		count, err := strconv.Atoi(n.Value("c"))
		if err != nil || count < 1 {
			count = 1
		}
		r.add(strings.Repeat(" ", min(count, maxSpaces)), at)
	case "tab":
		r.add("\t", at)
		r.atSpace = true
	case "line-break":
		r.out.Break()
		r.atSpace = true
	default:
		return false
	}
	return true
}

// maxSpaces bounds a run of spaces.
const maxSpaces = 200

// text adds words with white space folded (6.1.2).
func (r *reader) text(s string, at place) {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch c {
		case ' ', '\t', '\n', '\r':
			if !r.atSpace {
				b.WriteByte(' ')
			}
			r.atSpace = true
			continue
		case 0xA0:
			c = ' '
		case 0xAD, 0x200B, 0x2060, 0xFEFF:
			continue
		}
		b.WriteRune(c)
		r.atSpace = false
	}
	r.add(b.String(), at)
}

// add adds text with the look of where it stands, in its font.
func (r *reader) add(s string, at place) {
	if s == "" || at.look.hidden || r.inCommand() {
		return
	}
	r.atSpace = strings.HasSuffix(s, " ")
	t := r.like(at)
	if at.look.font != "" && document.DrawsSymbols(at.look.font) {
		r.out.AddAll(document.SymbolTokens(at.look.font, s, t))
		return
	}
	t.Text = s
	r.out.Add(t)
}

// like returns a token with the look and control of a place.
func (r *reader) like(at place) document.Token {
	t := at.control
	t.Style |= at.look.style
	if m := r.textMark(); m != nil {
		t.Source, t.Field, t.Style = document.LegacyField, m.name, t.Style|document.Filled
	}
	return t
}

// mark adds a box or tick.
func (r *reader) mark(m document.Mark, source document.Source, field string, at place) {
	if at.look.hidden {
		return
	}
	t := at.control
	t.Mark, t.Source, t.Style = m, source, t.Style|at.look.style|document.Filled
	if field != "" {
		t.Field = field
	}
	r.out.Add(t)
	r.atSpace = false
}
