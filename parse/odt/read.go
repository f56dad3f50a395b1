package odt

import (
	"bytes"
	"errors"
	"fmt"

	"referrald/parse/document"
	"referrald/parse/part"
)

// Read reads an OpenDocument text. Errors are *document.Unreadable: Locked for a password, Unsupported for
// tables, presentations and drawings, Broken for what is no OpenDocument, TooLarge over the limits of package part.
func Read(data []byte) (*document.Document, error) {
	if IsFlat(data) {
		return readFlat(data)
	}
	archive, err := part.Open(data)
	if err != nil {
		return nil, fmt.Errorf("reading odt: %w", err)
	}
	if isEncrypted(archive) {
		return nil, &document.Unreadable{Why: document.Locked, Cause: errors.New("reading odt: encrypted by its manifest")}
	}
	content, err := archive.Tree("content.xml")
	if errors.Is(err, part.ErrAbsent) {
		return nil, broken("no content")
	}
	if err != nil {
		return nil, fmt.Errorf("reading odt: %w", err)
	}
	var r reader
	styles, err := archive.Tree("styles.xml")
	if err != nil && !errors.Is(err, part.ErrAbsent) {
		r.out.Warn(document.Unstyled)
	}
	doc, err := r.read(content, styles)
	if err != nil {
		return nil, err
	}
	archive.AddScans(doc, r.pictures)
	if holdsFiles(archive, r.objects) {
		doc.Warn(document.UnreadFiles)
	}
	return doc, nil
}

// holdsFiles tells whether one of the embedded objects is more than a formula or a chart.
func holdsFiles(a *part.Archive, objects []string) bool {
	for _, name := range objects {
		content, err := a.Tree(name + "/content.xml")
		if err != nil || content.Name != "math" && content.Child("body").Child("chart") == nil {
			return true
		}
	}
	return false
}

func broken(cause string) error {
	return &document.Unreadable{Why: document.Broken, Cause: errors.New("reading odt: " + cause)}
}

// IsFlat tells OpenDocument in one XML file (3.1.2).
func IsFlat(data []byte) bool {
	head := data[:min(len(data), 1024)]
	return bytes.Contains(head, []byte("office:document")) && bytes.HasPrefix(bytes.TrimLeft(head, "\xEF\xBB\xBF \r\n\t"), []byte("<"))
}

func readFlat(data []byte) (*document.Document, error) {
	if len(data) > part.MaxPart {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading odt: flat file over the limit")}
	}
	root, err := part.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("reading odt: %w", err)
	}
	var r reader
	return r.read(root, root)
}

// isEncrypted tells by the manifest (part 2, 4.3) whether parts are encrypted.
func isEncrypted(a *part.Archive) bool {
	manifest, err := a.Tree("META-INF/manifest.xml")
	return err == nil && manifest.Find("encryption-data") != nil || a.Has("encrypted-package")
}

// A reader walks the trees of one document.
type reader struct {
	styles   styleSheet
	controls map[string]*part.Node // form controls by their ids
	out      document.Builder
	atSpace  bool // the line is empty or ends in a space: white space that follows is not shown
	marks    []fieldMark
	boxes    []*part.Node // text boxes that wait for the end of their paragraph
	notes    []*part.Node // notes that wait for the end of the body
	pictures []part.Picture
	objects  []string // the parts or folders of embedded objects
}

// read reads page headers, body, notes and page footers, in this order.
func (r *reader) read(content, styles *part.Node) (*document.Document, error) {
	body := content.Child("body").Child("text")
	if body == nil {
		return nil, noText(content.Child("body"))
	}
	r.styles = readStyles(styles, content)
	r.controls = map[string]*part.Node{}
	r.collectControls(body.Child("forms"))
	pages := masterPages(styles, content)
	r.margins(pages, "header-first", "header", "header-left")
	r.blocks(body.Kids, place{})
	r.out.EndParagraph()
	for len(r.notes) > 0 {
		note := r.notes[0]
		r.notes = r.notes[1:]
		r.blocks(note.Kids, place{})
	}
	r.margins(pages, "footer-first", "footer", "footer-left")
	return r.out.Finish(document.ODT), nil
}

// noText says why there is nothing to read: a table, a presentation or a drawing is whole, but no text.
func noText(body *part.Node) error {
	for _, kind := range [...]string{"spreadsheet", "presentation", "drawing", "chart", "database"} {
		if body.Child(kind) != nil {
			return &document.Unreadable{Why: document.Unsupported, Cause: errors.New("reading odt: no text but a " + kind)}
		}
	}
	return broken("no text body")
}

// masterPages returns the page masters that the text uses (16.9): the standard one and those that styles name.
func masterPages(styles, content *part.Node) []*part.Node {
	used := map[string]bool{"Standard": true}
	for _, sheet := range []*part.Node{content.Child("automatic-styles"), styles.Child("styles")} {
		if sheet == nil {
			continue
		}
		for _, s := range sheet.Kids {
			used[s.Value("master-page-name")] = true
		}
	}
	var out []*part.Node
	if masters := styles.Child("master-styles"); masters != nil {
		for _, m := range masters.Kids {
			if m.Name == "master-page" && (used[m.Value("name")] || len(masters.Kids) == 1) {
				out = append(out, m)
			}
		}
	}
	return out
}

func (r *reader) margins(pages []*part.Node, names ...string) {
	r.out.Margin = true
	defer func() { r.out.Margin = false }()
	seen := map[string]bool{}
	for _, page := range pages {
		for _, name := range names {
			n := page.Child(name)
			if n == nil || n.Value("display") == "false" || seen[n.Words()] {
				continue
			}
			seen[n.Words()] = true
			r.blocks(n.Kids, place{})
			r.out.EndParagraph()
		}
	}
}
