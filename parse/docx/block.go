package docx

import (
	"referrald/parse/document"
	"referrald/parse/part"
)

// A place is where a walk stands: the look of the paragraph and the content control around it.
type place struct {
	look    look
	control document.Token // its Style, Source and Field go to every token inside
}

// blocks reads paragraphs, tables and what wraps them (17.2).
func (r *reader) blocks(kids []*part.Node, at place) {
	for _, n := range kids {
		switch n.Name {
		case "p":
			r.paragraph(n, at)
		case "tbl":
			r.table(n, at)
		case "sdt":
			r.blockControl(n, at)
		case "AlternateContent":
			r.blocks(alternative(n), at)
		case "del", "moveFrom":
			// Tracked deletions (17.13.5): the writer took these words back.
		case "r", "hyperlink", "fldSimple":
			// Runs outside paragraphs are against the schema; some writers put them into controls.
			r.inline([]*part.Node{n}, at)
		case "customXml", "smartTag", "ins", "moveTo", "sdtContent":
			r.blocks(n.Kids, at)
		}
	}
}

// alternative returns the one branch of an mc:AlternateContent that is read (ECMA-376-3, 10.2.1): a drawing is in the
// first, its picture for old readers in the last, and both would double its words.
func alternative(n *part.Node) []*part.Node {
	var fallback []*part.Node
	for _, k := range n.Kids {
		switch k.Name {
		case "Choice":
			if k.Find("t") != nil || k.Find("blip") != nil || k.Find("sym") != nil {
				return k.Kids
			}
		case "Fallback":
			fallback = k.Kids
		}
	}
	return fallback
}

// paragraph reads a paragraph and then the text boxes that are anchored in it.
func (r *reader) paragraph(n *part.Node, at place) {
	pPr := n.Child("pPr")
	at.look = r.styles.ofParagraph(pPr)
	if r.drawings {
		at = r.ringed(n, at)
	}
	r.inline(n.Kids, at)
	r.closeCodes()
	mark := pPr.Child("rPr")
	if mark.Child("del") == nil && mark.Child("moveFrom") == nil {
		r.out.EndParagraph()
	} else {
		r.out.Add(document.Token{Text: " "})
	}
	r.textBoxes()
}

// textBoxes reads the text boxes met in a paragraph: within a table they fold into its cell.
func (r *reader) textBoxes() {
	boxes := r.boxes
	r.boxes = nil
	for _, b := range boxes {
		r.out.EndParagraph()
		r.blocks(b.Kids, place{})
		r.out.EndParagraph()
	}
}
