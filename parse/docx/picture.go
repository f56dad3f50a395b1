package docx

import (
	"strconv"
	"strings"
	"unicode"

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
		case "shape", "rect":
			style := styleVML(n)
			r.shapes(n.Kids, part.Picture{Width: vmlInches(style["width"]), Height: vmlInches(style["height"])})
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

// isAdorned tells a table in which small pictures choose nothing: it has no words beside them but addresses and telephone
// numbers, as letterheads and rows of badges have.
func isAdorned(tbl *part.Node) bool {
	for _, row := range wrapped(tbl.Kids, "tr", place{}) {
		for _, c := range wrapped(row.node.Kids, "tc", place{}) {
			if words := strings.TrimSpace(visible(c.node.Kids)); words != "" && !isAddress(words) {
				return false
			}
		}
	}
	return true
}

// leastDigits is how many digits a telephone number has at least.
const leastDigits = 9

// isAddress tells an address of mail or the web, a name on a network, or a telephone number.
func isAddress(words string) bool {
	lower := strings.ToLower(words)
	if len(strings.Fields(words)) == 1 {
		return strings.Contains(lower, "@") || strings.HasPrefix(lower, "www.") || strings.HasPrefix(lower, "http")
	}
	digits := 0
	for _, c := range lower {
		switch {
		case unicode.IsDigit(c):
			digits++
		case unicode.IsLetter(c):
			return false
		}
	}
	return digits >= leastDigits
}
