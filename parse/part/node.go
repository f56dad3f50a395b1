package part

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"referrald/parse/document"
)

// Limits of a tree.
const (
	MaxDepth = 2000
	MaxNodes = 4 << 20
)

// A Node is an element, or a piece of text (Name is empty). Names are local names: Strict and Transitional documents
// differ in namespaces only, and prefixes are the writer's choice.
type Node struct {
	Name string
	Text string // of a text node
	Attr []xml.Attr
	Kids []*Node
}

// Tree reads a part as XML. Its errors are those of Read and Parse.
func (a *Archive) Tree(name string) (*Node, error) {
	data, err := a.Read(name)
	if err != nil {
		return nil, err
	}
	n, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("reading part %q: %w", name, err)
	}
	return n, nil
}

// Parse reads XML into a tree and returns its root element, whose own name and attributes are kept. Errors are
// *document.Unreadable: Broken for what is no XML, TooLarge over the limits.
func Parse(data []byte) (*Node, error) {
	d := decoder(data)
	g := grower{open: []*Node{{}}}
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return g.root()
		}
		if err != nil {
			return nil, &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf("reading XML: %w", err)}
		}
		if err := g.grow(t); err != nil {
			return nil, err
		}
	}
}

// decoder returns a decoder that forgives what word processors forgive. A byte order mark of UTF-16 decides over the
// declared encoding.
func decoder(data []byte) *xml.Decoder {
	in, asDeclared := io.Reader(bytes.NewReader(data)), charset.NewReaderLabel
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		in = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in)
		asDeclared = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	}
	d := xml.NewDecoder(in)
	d.Strict = false
	d.CharsetReader = asDeclared
	return d
}

// A grower builds a tree of raw tokens. Nodes come from slabs: a form has thousands.
type grower struct {
	open  []*Node // from the document itself down to the innermost open element
	slab  []Node
	count int
}

func (g *grower) grow(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		n, err := g.add(Node{Name: t.Name.Local, Attr: t.Attr})
		if err != nil {
			return err
		}
		g.open = append(g.open, n)
		if len(g.open) > MaxDepth {
			return tooLarge("reading XML: nested deeper than %d", MaxDepth)
		}
	case xml.EndElement:
		g.close(t.Name.Local)
	case xml.CharData:
		_, err := g.add(Node{Text: string(t)})
		return err
	}
	return nil
}

func (g *grower) add(n Node) (*Node, error) {
	if g.count++; g.count > MaxNodes {
		return nil, tooLarge("reading XML: over %d nodes", MaxNodes)
	}
	if len(g.slab) == cap(g.slab) {
		g.slab = make([]Node, 0, min(max(64, g.count), 4096))
	}
	g.slab = append(g.slab, n)
	added := &g.slab[len(g.slab)-1]
	parent := g.open[len(g.open)-1]
	parent.Kids = append(parent.Kids, added)
	return added, nil
}

// misnested is how many unclosed elements an end tag may close with its own.
const misnested = 16

// close ends the innermost open element of that name; an end tag without its start is passed over.
func (g *grower) close(name string) {
	for i := len(g.open) - 1; i > 0 && i >= len(g.open)-misnested; i-- {
		if g.open[i].Name == name {
			g.open = g.open[:i]
			return
		}
	}
}

func (g *grower) root() (*Node, error) {
	if len(g.open) > 1 {
		return nil, &document.Unreadable{Why: document.Broken, Cause: errors.New("reading XML: it ends too early")}
	}
	for _, n := range g.open[0].Kids {
		if n.Name != "" {
			return n, nil
		}
	}
	return nil, &document.Unreadable{Why: document.Broken, Cause: errors.New("reading XML: no element")}
}

// Child returns the first child element of that name, or nil. It may be called on nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// Get returns an attribute by its local name and whether it is there. It may be called on nil.
func (n *Node) Get(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for i := range n.Attr {
		if n.Attr[i].Name.Local == name {
			return n.Attr[i].Value, true
		}
	}
	return "", false
}

// Value returns an attribute by its local name, or "". It may be called on nil.
func (n *Node) Value(name string) string {
	v, _ := n.Get(name)
	return v
}

// Words returns the text of a node and all below it, joined by nothing. It may be called on nil.
func (n *Node) Words() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.words(&b)
	return b.String()
}

func (n *Node) words(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, k := range n.Kids {
		k.words(b)
	}
}

// Find returns the first element of that name below n in reading order, or nil. It may be called on nil.
func (n *Node) Find(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
		if found := k.Find(name); found != nil {
			return found
		}
	}
	return nil
}
