package html

import (
	"bytes"
	"errors"
	"fmt"

	"golang.org/x/net/html"

	"referrald/parse/document"
)

// MaxSize is the largest page that is read, in bytes.
const MaxSize = 32 << 20

// Read reads a page or a mail's HTML body, in UTF-8. Errors are *document.Unreadable, TooLarge for what is over MaxSize or
// nested more deeply than the parser allows.
func Read(data []byte) (*document.Document, error) {
	if len(data) > MaxSize {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading html: over the limit of size")}
	}
	data = bytes.ToValidUTF8(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), []byte("\uFFFD"))
	root, err := html.ParseWithOptions(bytes.NewReader(data), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: fmt.Errorf("reading html: %w", err)}
	}
	r := reader{atSpace: true}
	r.walk(root, look{sheet: readSheet(root)})
	return r.out.Finish(document.HTML), nil
}

// A reader walks the tree of one page.
type reader struct {
	out     document.Builder
	atSpace bool // the line is empty or ends in a space: white space that follows is not shown
	quoting bool // below the separator of a quoted mail: all that follows is quoted
	beside  bool // what comes next stands beside what a folded cell held: its first block begins no line
	depth   int
}

// maxDepth bounds the walk; the parser itself allows fewer open elements.
const maxDepth = 2000

func (r *reader) walk(n *html.Node, in look) {
	if r.depth++; r.depth > maxDepth {
		r.depth--
		return
	}
	defer func() { r.depth-- }()
	switch n.Type {
	case html.TextNode:
		if !in.tiny && !in.unseen() {
			r.text(n.Data, in)
		}
	case html.ElementNode:
		r.element(n, in)
	case html.DocumentNode:
		r.kids(n, in)
	}
}

func (r *reader) kids(n *html.Node, in look) {
	first := answered(n)
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		at := in
		at.quoted = in.quoted || first != nil // the line above the quotation belongs to it
		r.walk(k, at)
		if k == first {
			first = nil
		}
	}
}

// element reads one element by what it is to a reader of the page.
func (r *reader) element(n *html.Node, in look) {
	in = lookOf(n, in)
	if in.hidden || isUnseen(n.Data) {
		return
	}
	if r.beginsQuote(n) {
		r.endBlock()
		r.quoting = true
	}
	in.quoted = in.quoted || isQuote(n)
	switch n.Data {
	case "br":
		r.out.Break()
		r.atSpace = true
	case "input", "textarea", "select":
		r.input(n, in)
	case "img":
		r.image(n, in)
	case "table":
		r.table(n, in)
	default:
		r.container(n, in)
	}
}

func (r *reader) container(n *html.Node, in look) {
	switch {
	case in.tab:
		r.add(document.Token{Text: "\t"}, in)
		r.atSpace = true
	case in.bullet:
		r.bullet(n, in)
	case isBlock(n.Data):
		r.endBlock()
		r.content(n, in)
		r.endBlock()
	default:
		r.content(n, in)
	}
}

// content reads an element's own box, where a script makes it one, and what it holds.
func (r *reader) content(n *html.Node, in look) {
	mark, ok := ariaMark(n)
	if ok {
		r.add(document.Token{Mark: mark, Source: document.HTMLInput, Field: name(n)}, in)
		r.beside, in.boxed = true, true // a page shows its label beside the box, in whatever block it stands
	}
	r.kids(n, in)
	if ok {
		r.beside = false
	}
}

func (r *reader) endBlock() {
	if r.beside {
		return
	}
	r.out.EndParagraph()
	r.atSpace = true
}

// add adds a token with the look of where it stands.
func (r *reader) add(t document.Token, in look) {
	t.Style |= in.style
	if in.quoted || r.quoting {
		t.Style |= document.Quoted
	}
	r.out.Add(t)
	r.atSpace, r.beside = false, false
}

// bullet reads what Outlook draws before a list item: only a box is more than an ornament.
func (r *reader) bullet(n *html.Node, in look) {
	font, text := in.font, wordsOf(n)
	if inner := innerFont(n, in); inner != "" {
		font = inner
	}
	for _, code := range text {
		mark := document.MarkOf(code)
		if document.DrawsSymbols(font) {
			mark, _ = document.SymbolMark(font, code)
		}
		if mark != document.NoMark {
			in.font = font
			r.text(string(code), in)
			return
		}
	}
}

// isUnseen tells elements whose content no reader of the page sees.
func isUnseen(tag string) bool {
	switch tag {
	case "head", "style", "script", "template", "title", "meta", "link", "svg", "math", "iframe", "object", "embed",
		"audio", "video", "canvas", "datalist", "map", "option", "optgroup", "xml", "o:officedocumentsettings":
		return true
	}
	return false
}

// isBlock tells elements that stand on lines of their own.
func isBlock(tag string) bool {
	switch tag {
	case "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr",
		"section", "article", "header", "footer", "aside", "main", "nav", "address", "form", "fieldset", "legend",
		"figure", "figcaption", "center", "body", "html", "details", "summary", "caption", "dir", "menu", "listing",
		"td", "th", "tr", "tbody", "thead", "tfoot":
		return true
	}
	return false
}
