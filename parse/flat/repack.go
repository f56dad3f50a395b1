package flat

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// Is tells by the name of its root element, as rootOf an XML file, whether Repack knows it.
func Is(root string) bool { return root == "package" || root == "wordDocument" }

// Repack returns the document as a zip of parts. Errors are *document.Unreadable.
func Repack(data []byte) ([]byte, error) {
	if len(data) > part.MaxPart {
		return nil, &document.Unreadable{Why: document.TooLarge, Cause: errors.New("reading flat document: over the limit of size")}
	}
	root, err := part.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("reading flat document: %w", err)
	}
	w := writer{}
	w.zip = zip.NewWriter(&w.out)
	switch root.Name {
	case "package":
		w.parts(root)
	case "wordDocument":
		w.document2003(root)
	default:
		return nil, &document.Unreadable{Why: document.Broken, Cause: errors.New("reading flat document: unknown root")}
	}
	if w.err == nil {
		w.err = w.zip.Close()
	}
	if w.err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: fmt.Errorf("reading flat document: %w", w.err)}
	}
	return w.out.Bytes(), nil
}

// A writer writes the zip; err is its first fault.
type writer struct {
	out bytes.Buffer
	zip *zip.Writer
	err error
}

// parts writes the parts of a flat package.
func (w *writer) parts(root *part.Node) {
	for _, p := range root.Kids {
		name := strings.TrimPrefix(p.Value("name"), "/")
		if p.Name != "part" || name == "" {
			continue
		}
		if binary := p.Child("binaryData"); binary != nil {
			w.binary(name, binary.Words())
			continue
		}
		for _, n := range kidsOf(p.Child("xmlData")) {
			if n.Name != "" {
				w.part(name, n)
				break
			}
		}
	}
}

func kidsOf(n *part.Node) []*part.Node {
	if n == nil {
		return nil
	}
	return n.Kids
}

// binary writes a picture. One that is damaged is left out: the text matters.
func (w *writer) binary(name, text string) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return
	}
	w.file(name, data)
}

func (w *writer) part(name string, n *part.Node) {
	var b bytes.Buffer
	write(&b, n)
	w.file(name, b.Bytes())
}

func (w *writer) file(name string, data []byte) {
	f, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = f.Write(data)
	}
	if w.err == nil {
		w.err = err
	}
}

// write writes a tree without the prefixes of its names, which no reader looks at.
func write(b *bytes.Buffer, n *part.Node) {
	if n.Name == "" {
		escape(b, n.Text)
		return
	}
	b.WriteByte('<')
	b.WriteString(n.Name)
	seen := map[string]bool{}
	for _, a := range n.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || seen[a.Name.Local] {
			continue
		}
		seen[a.Name.Local] = true
		b.WriteString(" " + a.Name.Local + `="`)
		escape(b, a.Value)
		b.WriteByte('"')
	}
	b.WriteByte('>')
	for _, k := range n.Kids {
		write(b, k)
	}
	b.WriteString("</" + n.Name + ">")
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a buffer takes all
}
