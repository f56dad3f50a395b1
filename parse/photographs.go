package parse

import (
	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/parse/ocr"
)

// bindPhotographs joins the photographs of one document, which come as files of their own in the order of its pages: a
// picture on which neither form nor tool begins goes on with the one before it, and so does the second page of a form that
// would pass for one by itself. It returns the documents to read in place of the files' own, and for each file the one that
// it was joined to, or its own place.
func bindPhotographs(extracts []Extract, lex Lexicon) (docs []*document.Document, home []int) {
	docs, home = make([]*document.Document, len(extracts)), make([]int, len(extracts))
	last := -1 // the photograph that a form or tool begins on
	var begun []form.Sheet
	for i := range extracts {
		x := &extracts[i]
		docs[i], home[i] = x.Document, i
		switch {
		case x.Inline && x.Document == nil: // a logo between photographs
		case x.Format != document.Image || x.Body || x.Document == nil || !isRecognised(x.Document):
			last = -1
		default:
			sheets := lex.Read(x.Document, x.Name, i)
			if last >= 0 && (len(sheets) == 0 || isSecondPage(begun, sheets)) {
				docs[last] = ocr.Bind(docs[last], x.Document)
				home[i] = last
			} else if len(sheets) > 0 {
				last, begun = i, sheets
			}
		}
	}
	return docs, home
}

// isSecondPage tells a page that goes on with the form before it: it is of the same kind, says not whose it is, and asks for
// nothing that was answered before. The first page of another child's form, whose name OCR has lost, does.
func isSecondPage(first, second []form.Sheet) bool {
	if len(first) != 1 || len(second) != 1 || first[0].Kind != second[0].Kind {
		return false
	}
	for _, k := range [...]form.Key{form.Name, form.DateOfBirth, form.ToolChildName, form.ToolChildBirth} {
		if second[0].Fields[k].Text != "" {
			return false
		}
	}
	for k, v := range second[0].Fields {
		if w, both := first[0].Fields[k]; both && !sameText(v.Text, w.Text) {
			return false
		}
	}
	return len(first[0].Fields) > 0
}
