package odt

import (
	"referrald/parse/document"
	"referrald/parse/part"
)

// A place is where a walk stands: the look of the text and the control around it.
type place struct {
	look    look
	control document.Token // its Style, Source and Field go to every token inside
}

// blocks reads paragraphs, lists, tables and what wraps them (5.1 to 5.4).
func (r *reader) blocks(kids []*part.Node, at place) {
	for _, n := range kids {
		switch n.Name {
		case "p", "h":
			r.paragraph(n, at)
		case "table":
			r.table(n, at)
		case "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls":
			// Of tracked changes (5.5) only deleted words stand here.
		case "section":
			if n.Value("display") != "none" && n.Value("is-hidden") != "true" {
				r.blocks(n.Kids, at)
			}
		case "frame", "custom-shape", "g", "control", "rect", "a":
			r.shape(n, at)
			r.textBoxes()
		case "annotation":
			r.out.Warn(document.Comments)
		case "content-control":
			r.contentControl(n, at, r.blocks)
		case "number", "bibliography-source", "table-of-content-source", "alphabetical-index-source":
		default:
			r.blocks(n.Kids, at)
		}
	}
}

// paragraph reads a paragraph and then the text boxes that are anchored in it.
func (r *reader) paragraph(n *part.Node, at place) {
	if n.Value("is-hidden") == "true" {
		return
	}
	at.look = r.styles.over(look{}, "paragraph", n.Value("style-name"))
	at = r.ringed(n, at)
	r.atSpace = true
	r.inline(n.Kids, at)
	r.endParagraph()
	r.textBoxes()
}

func (r *reader) endParagraph() {
	r.out.EndParagraph()
	r.atSpace = true
}

// textBoxes reads the text boxes met in a paragraph: within a table they fold into its cell.
func (r *reader) textBoxes() {
	boxes := r.boxes
	r.boxes = nil
	for _, b := range boxes {
		r.endParagraph()
		r.blocks(b.Kids, place{})
		r.endParagraph()
	}
}
