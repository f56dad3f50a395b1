package docx

import (
	"errors"
	"fmt"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// Read reads a Word document. Errors are *document.Unreadable: Locked for a password, Broken for what is no Word document,
// TooLarge over the limits of package part.
func Read(data []byte) (*document.Document, error) {
	archive, err := part.Open(data)
	if err != nil {
		return nil, fmt.Errorf("reading docx: %w", err)
	}
	main, err := mainPart(archive)
	if err != nil {
		return nil, fmt.Errorf("reading docx: %w", err)
	}
	tree, err := archive.Tree(main)
	if err != nil {
		return nil, fmt.Errorf("reading docx: %w", err)
	}
	r := reader{archive: archive, rels: archive.Relations(main)}
	r.styles = readStyles(r.tree("styles"))
	body := tree.Child("body")
	if body == nil {
		return nil, broken("no body")
	}
	r.drawings = body.Find("anchor") != nil || body.Find("pict") != nil
	r.readAll(tree, body)
	doc := r.out.Finish(document.DOCX)
	archive.AddScans(doc, r.pictures)
	return doc, nil
}

func broken(cause string) error {
	return &document.Unreadable{Why: document.Broken, Cause: errors.New("reading docx: " + cause)}
}

// mainPart returns the name of the document part: the package's relationship says it (ECMA-376-2, 8.3), and Word and
// others have used "word/document2.xml" and names without any relationship.
func mainPart(a *part.Archive) (string, error) {
	if root, err := a.Tree("_rels/.rels"); err == nil {
		for _, rel := range root.Kids {
			if strings.HasSuffix(rel.Value("Type"), "/officeDocument") {
				if name := strings.TrimPrefix(rel.Value("Target"), "/"); a.Has(name) {
					return name, nil
				}
			}
		}
	}
	if a.Has("word/document.xml") {
		return "word/document.xml", nil
	}
	for _, name := range a.Names("word/document") {
		if strings.HasSuffix(name, ".xml") {
			return name, nil
		}
	}
	return "", broken("no document part")
}

// A reader walks the trees of one document.
type reader struct {
	archive  *part.Archive
	rels     map[string]part.Relation
	styles   styleSheet
	out      document.Builder
	fields   []field      // open complex fields, the outermost first
	boxes    []*part.Node // contents of text boxes that wait for the end of their paragraph
	pictures []part.Picture
	icon     string                // the last small picture
	tick     string                // the small picture that is taken for a tick
	seen     map[string]bool       // header and footer parts already read
	data     map[string]*part.Node // what controls are bound to; see dataParts
	adorned  bool                  // the table's small pictures are no ticks; see isAdorned
	drawings bool                  // the document has drawings that may lie over words
}

// tree returns the first part of a kind that the document refers to, or nil.
func (r *reader) tree(kind string) *part.Node {
	for _, rel := range r.rels {
		if rel.Kind != kind {
			continue
		}
		if n, err := r.archive.Tree(rel.Target); err == nil {
			return n
		}
		r.out.Warn(document.UnreadPart)
	}
	return nil
}

// readAll reads the header parts, the body, the notes and the footer parts, in this order.
func (r *reader) readAll(root, body *part.Node) {
	refs := sectionRefs(root)
	r.readMargins(refs, "headerReference")
	r.blocks(body.Kids, place{})
	r.out.EndParagraph()
	r.readNotes("footnotes", "footnote")
	r.readNotes("endnotes", "endnote")
	r.readMargins(refs, "footerReference")
	r.readComments()
}

// sectionRefs returns the references of all sections to headers and footers (17.10), in the order of the document.
func sectionRefs(n *part.Node) []*part.Node {
	var out []*part.Node
	for _, k := range n.Kids {
		switch k.Name {
		case "headerReference", "footerReference":
			out = append(out, k)
		case "document", "body", "p", "pPr", "sectPr", "sdt", "sdtContent":
			out = append(out, sectionRefs(k)...)
		}
	}
	return out
}

// readMargins reads the header or footer parts of all sections, each part once. A part that cannot be read costs a
// warning, not the document.
func (r *reader) readMargins(refs []*part.Node, name string) {
	r.out.Margin = true
	defer func() { r.out.Margin = false }()
	main := r.rels
	defer func() { r.rels = main }()
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	for _, ref := range refs {
		target := main[ref.Value("id")].Target
		if ref.Name != name || target == "" || r.seen[target] {
			continue
		}
		r.seen[target] = true
		n, err := r.archive.Tree(target)
		if err != nil {
			r.out.Warn(document.UnreadPart)
			continue
		}
		r.rels = r.archive.Relations(target)
		r.blocks(n.Kids, place{})
		r.out.EndParagraph()
		r.fields = nil
	}
}

// readNotes reads footnotes or endnotes (17.11); separators are no words.
func (r *reader) readNotes(kind, name string) {
	root := r.tree(kind)
	if root == nil {
		return
	}
	for _, note := range root.Kids {
		if note.Name != name || note.Value("type") != "" && note.Value("type") != "normal" {
			continue
		}
		r.blocks(note.Kids, place{})
		r.out.EndParagraph()
	}
}
