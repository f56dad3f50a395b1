package docx

import (
	"referrald/parse/document"
	"referrald/parse/part"
)

// readComments reads what was written beside the text and is done with; what is not takes a person, since it may take back
// what the text says.
func (r *reader) readComments() {
	root := r.tree("comments")
	if root.Find("t") == nil {
		return
	}
	done := r.doneComments()
	r.out.Margin = true
	defer func() { r.out.Margin = false }()
	for _, c := range root.Kids {
		if c.Find("t") == nil {
			continue
		}
		if !done[lastParagraph(c)] {
			r.out.Warn(document.Comments)
			continue
		}
		r.blocks(c.Kids, place{})
		r.out.EndParagraph()
	}
}

// doneComments returns the paragraphs by which comments are known ([MS-DOCX] 2.5.4.3) that somebody marked as resolved, and
// those of the replies to them.
func (r *reader) doneComments() map[string]bool {
	done := map[string]bool{}
	root := r.tree("commentsExtended")
	if root == nil {
		return done
	}
	for _, c := range root.Kids {
		if v := c.Value("done"); v == "1" || v == "true" {
			done[c.Value("paraId")] = true
		}
	}
	for _, c := range root.Kids {
		if parent := c.Value("paraIdParent"); parent != "" && done[parent] {
			done[c.Value("paraId")] = true
		}
	}
	delete(done, "")
	return done
}

// lastParagraph returns the identifier of a comment's last paragraph, or "".
func lastParagraph(comment *part.Node) (id string) {
	for _, k := range comment.Kids {
		if k.Name == "p" {
			id = k.Value("paraId")
		}
	}
	return id
}
