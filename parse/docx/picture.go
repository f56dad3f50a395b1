package docx

import (
	"strconv"

	"referrald/parse/document"
	"referrald/parse/part"
)

const emuPerInch = 914400

// iconSide is the longest side, in inches, of a picture that can be a tick.
const iconSide = 0.5

// trustPasted is how surely a pasted picture is a tick.
const trustPasted = 0.8

// pastedTick returns the mark that a small picture alone in a cell makes. A second, other picture may mean "no": both then
// are unknown, and only the first of a document, if it comes before, is taken for a tick.
func (r *reader) pastedTick() document.Token {
	t := document.Token{Mark: document.Ticked, Source: document.Drawn, Confidence: trustPasted}
	if r.tick == "" {
		r.tick = r.icon
	}
	if r.icon != r.tick {
		t.Mark = document.MarkUnknown
		r.out.Warn(document.UnreadIcons)
	}
	return t
}

// drawing collects the text boxes and pictures of a drawing (20.4) or VML shape, and reads the ActiveX control in it.
func (r *reader) drawing(n *part.Node, like document.Token) {
	if c := n.Child("control"); c != nil {
		r.activeX(c, like)
		return
	}
	r.shapes(n.Kids, part.Picture{})
}

func (r *reader) shapes(kids []*part.Node, p part.Picture) {
	for _, n := range kids {
		switch n.Name {
		case "extent":
			p.Width, p.Height = inches(n.Value("cx")), inches(n.Value("cy"))
		case "txbxContent":
			r.boxes = append(r.boxes, n)
		case "blip":
			r.picture(n.Value("embed"), p)
		case "imagedata":
			r.picture(n.Value("id"), p)
		case "AlternateContent":
			r.shapes(alternative(n), p)
		default:
			r.shapes(n.Kids, p)
		}
	}
}

func inches(emu string) float64 {
	v, err := strconv.ParseFloat(emu, 64)
	if err != nil || v < 0 {
		return 0
	}
	return v / emuPerInch
}

func (r *reader) picture(id string, p part.Picture) {
	rel, ok := r.rels[id]
	if !ok || r.out.Margin {
		return
	}
	if p.Width > 0 && max(p.Width, p.Height) <= iconSide {
		r.icon = rel.Target
		return
	}
	p.Name = rel.Target
	r.pictures = append(r.pictures, p)
}
