package xlsx

import (
	"errors"
	"fmt"

	"referrald/parse/document"
	"referrald/parse/part"
)

// Read reads a workbook (ECMA-376-1, 18). Errors are *document.Unreadable: Locked for a password, Broken for what is no
// workbook, TooLarge over the limits of package part or of this one.
func Read(data []byte) (*document.Document, error) {
	archive, err := part.Open(data)
	if err != nil {
		return nil, fmt.Errorf("reading xlsx: %w", err)
	}
	const main = "xl/workbook.xml"
	book, err := archive.Tree(main)
	if err != nil {
		return nil, broken("no workbook")
	}
	r := reader{archive: archive, rels: archive.Relations(main)}
	r.date1904 = isOn(book.Child("workbookPr").Value("date1904"))
	r.texts, err = readTexts(archive)
	if err != nil {
		return nil, err
	}
	r.formats = readFormats(archive)
	if err := r.sheets(book); err != nil {
		return nil, err
	}
	doc := r.out.Finish(document.Other)
	archive.AddScans(doc, r.pictures)
	return doc, nil
}

func broken(cause string) error {
	return &document.Unreadable{Why: document.Broken, Cause: errors.New("reading xlsx: " + cause)}
}

// A reader walks the sheets of one workbook.
type reader struct {
	archive  *part.Archive
	rels     map[string]part.Relation
	texts    [][]document.Token // the shared strings
	formats  []format           // by the numbers that cells give
	date1904 bool
	pictures []part.Picture
	out      document.Builder
}

// sheets reads the sheets that are shown, in the order of their tabs.
func (r *reader) sheets(book *part.Node) error {
	list := book.Child("sheets")
	if list == nil {
		return broken("no sheets")
	}
	for _, s := range list.Kids {
		if s.Name != "sheet" || s.Value("state") == "hidden" || s.Value("state") == "veryHidden" {
			continue
		}
		name := r.rels[s.Value("id")].Target
		tree, err := r.archive.Tree(name)
		if errors.Is(err, part.ErrAbsent) {
			r.out.Warn(document.UnreadPart)
			continue
		}
		if err != nil {
			return fmt.Errorf("reading xlsx: %w", err)
		}
		if tree.Name != "worksheet" { // a chart alone
			continue
		}
		if err := r.sheet(tree, name); err != nil {
			return err
		}
	}
	return nil
}
