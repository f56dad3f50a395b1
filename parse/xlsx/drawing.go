package xlsx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// drawing reads what lies on a sheet beside its cells (20.5.2.35): the words of text boxes, pictures, and shapes that
// somebody may have drawn around words. Form controls stand there a second time, as an alternative for new readers, and are
// read by boxes.
func (r *reader) drawing(tree *part.Node, sheet string) {
	id := tree.Child("drawing").Value("id")
	if id == "" {
		return
	}
	name := r.archive.Relations(sheet)[id].Target
	root, err := r.archive.Tree(name)
	if err != nil {
		r.out.Warn(document.UnreadPart)
		return
	}
	rels := r.archive.Relations(name)
	for _, anchor := range root.Kids {
		if anchor.Name != "AlternateContent" {
			r.shapes(anchor.Kids, rels)
		}
	}
}

func (r *reader) shapes(kids []*part.Node, rels map[string]part.Relation) {
	for _, n := range kids {
		switch n.Name {
		case "grpSp":
			r.shapes(n.Kids, rels)
		case "contentPart": // ink
			r.out.Warn(document.Handwriting)
		case "pic":
			p := part.Picture{Name: rels[n.Child("blipFill").Child("blip").Value("embed")].Target}
			p.Width, p.Height = sizeOf(n)
			r.pictures = append(r.pictures, p)
		case "sp", "cxnSp":
			r.shape(n)
		}
	}
}

// shape reads a text box, or tells of a shape without words that may lie over those of cells: of which only an eye can tell.
func (r *reader) shape(n *part.Node) {
	if body := n.Child("txBody"); strings.TrimSpace(body.Words()) != "" {
		for _, p := range body.Kids {
			if p.Name == "p" {
				r.out.Add(document.Token{Text: p.Words()})
				r.out.EndParagraph()
			}
		}
		return
	}
	over := document.Overlay{Down: document.Far}
	over.Width, over.Height = sizeOf(n)
	kind := n.Find("prstGeom").Value("prst")
	if kind == "" && n.Find("custGeom") != nil {
		kind = "free"
	}
	if _, ok := over.As(kind); ok {
		r.out.Warn(document.Handwriting)
	}
}

// sizeOf returns the size of a shape or picture in inches (20.1.7.6), 0 where it is not said.
func sizeOf(n *part.Node) (width, height float64) {
	size := n.Child("spPr").Child("xfrm").Child("ext")
	return inches(size.Value("cx")), inches(size.Value("cy"))
}

// emuPerInch are the units of drawings.
const emuPerInch = 914_400

func inches(emu string) float64 {
	v, err := strconv.ParseFloat(emu, 64)
	if err != nil {
		return 0
	}
	return v / emuPerInch
}
