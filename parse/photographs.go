package parse

import (
	"referrald/parse/document"
	"referrald/parse/ocr"
)

// bindPhotographs joins the photographs of one document, which come as files of their own in the order of its pages: a
// picture on which neither form nor tool begins goes on with the one before it. It returns the documents to read in
// place of the files' own, and for each file the one that it was joined to, or its own place.
func bindPhotographs(extracts []Extract, lex Lexicon) (docs []*document.Document, home []int) {
	docs, home = make([]*document.Document, len(extracts)), make([]int, len(extracts))
	last := -1 // the photograph that a form or tool begins on
	for i := range extracts {
		x := &extracts[i]
		docs[i], home[i] = x.Document, i
		switch {
		case x.Inline && x.Document == nil: // a logo between photographs
		case x.Format != document.Image || x.Body || x.Document == nil || !isRecognised(x.Document):
			last = -1
		case len(lex.Read(x.Document, x.Name, i)) > 0:
			last = i
		case last >= 0:
			docs[last] = ocr.Bind(docs[last], x.Document)
			home[i] = last
		}
	}
	return docs, home
}
