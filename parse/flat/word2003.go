package flat

import (
	"encoding/base64"
	"encoding/xml"
	"strconv"
	"strings"

	"referrald/parse/msdoc"
	"referrald/parse/part"
)

// document2003 writes what Word 2003 wrote as XML in today's parts: names of elements are mostly the same.
func (w *writer) document2003(root *part.Node) {
	body := &part.Node{Name: "document"}
	for _, n := range root.Kids {
		switch n.Name {
		case "body":
			body.Kids = append(body.Kids, &part.Node{Name: "body", Kids: modern(n.Kids)})
		case "styles":
			w.part("word/styles.xml", n)
		}
	}
	w.part("word/document.xml", body)
	w.file("word/_rels/document.xml.rels", []byte(relations))
}

// relations tie the document to its styles (ECMA-376-2, 9.3).
const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
	`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`

// modern renames what is called otherwise today: tracked changes, sections that wrap their content, and form fields,
// which 2003 kept as the bytes of the old binary format.
func modern(kids []*part.Node) []*part.Node {
	var out []*part.Node
	for _, n := range kids {
		switch n.Name {
		case "sect", "sub-section", "content", "smartTag":
			out = append(out, modern(n.Kids)...)
		case "annotation":
			out = append(out, change(n)...)
		case "binData", "docOleData":
		case "fldChar":
			out = append(out, fieldChar(n))
		case "t": // the whole file says that its space is kept
			out = append(out, &part.Node{Name: "t", Kids: n.Kids, Attr: []xml.Attr{{Name: xml.Name{Local: "space"}, Value: "preserve"}}})
		default:
			out = append(out, &part.Node{Name: n.Name, Text: n.Text, Attr: n.Attr, Kids: modern(n.Kids)})
		}
	}
	return out
}

// change returns a tracked change as today's element; comments and bookmarks hold no words of the document.
func change(n *part.Node) []*part.Node {
	name := ""
	switch n.Value("type") {
	case "Word.Deletion":
		name = "del"
	case "Word.Insertion":
		name = "ins"
	default:
		return nil
	}
	return []*part.Node{{Name: name, Kids: modern(n.Kids)}}
}

// fieldChar returns a field's beginning with the data of a form field that it bears.
func fieldChar(n *part.Node) *part.Node {
	out := &part.Node{Name: n.Name, Attr: n.Attr}
	data := n.Child("fldData")
	if data == nil {
		return out
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data.Words()), ""))
	if err != nil {
		return out
	}
	f, ok := msdoc.ReadFormField(raw)
	if !ok {
		return out
	}
	out.Kids = []*part.Node{formField(f)}
	return out
}

// formField returns today's ffData (17.16.17).
func formField(f msdoc.FormField) *part.Node {
	ff := element("ffData", element("name", nil, "val", f.Name))
	switch {
	case f.Box:
		ff.Kids = append(ff.Kids, element("checkBox", element("default", nil, "val", strconv.Itoa(f.Default)), "", ""))
		if f.Known {
			box := ff.Kids[1]
			box.Kids = append(box.Kids, element("checked", nil, "val", strconv.Itoa(f.Result)))
		}
	case f.List:
		list := element("ddList", element("result", nil, "val", strconv.Itoa(f.Result)))
		for _, e := range f.Entries {
			list.Kids = append(list.Kids, element("listEntry", nil, "val", e))
		}
		ff.Kids = append(ff.Kids, list)
	default:
		ff.Kids = append(ff.Kids, element("textInput", element("default", nil, "val", f.Text)))
	}
	return ff
}

// element returns an element with a child and an attribute, where they are given.
func element(name string, kid *part.Node, attr ...string) *part.Node {
	n := &part.Node{Name: name}
	if kid != nil {
		n.Kids = []*part.Node{kid}
	}
	if len(attr) == 2 && attr[0] != "" {
		n.Attr = []xml.Attr{{Name: xml.Name{Local: attr[0]}, Value: attr[1]}}
	}
	return n
}
