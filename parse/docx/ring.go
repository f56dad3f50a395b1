package docx

import (
	"math"
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// drawnOver returns the shapes that somebody may have drawn over a paragraph's words.
func drawnOver(kids []*part.Node) (out []document.Overlay) {
	for _, n := range kids {
		switch n.Name {
		case "anchor":
			if d, ok := anchored(n); ok {
				out = append(out, d)
			}
		case "oval", "roundrect", "line", "polyline", "curve", "shape":
			if d, ok := drawnVML(n); ok {
				out = append(out, d)
			}
		case "AlternateContent":
			out = append(out, drawnOver(drawnBranch(n))...)
		case "group":
			if !isArtwork(n) {
				out = append(out, drawnOver(n.Kids)...)
			}
		case "txbxContent", "sdt", "tbl":
		default:
			out = append(out, drawnOver(n.Kids)...)
		}
	}
	return out
}

// drawnBranch returns the one branch of an alternative that is looked at.
func drawnBranch(n *part.Node) []*part.Node {
	if choice := n.Child("Choice"); choice.Find("anchor") != nil {
		return choice.Kids
	}
	return alternative(n)
}

// anchored reads a floating drawing (20.4.2.3): a shape of a preset kind (20.1.9.18) or drawn freely, or ink.
func anchored(n *part.Node) (document.Overlay, bool) {
	d := document.Overlay{Width: inches(n.Child("extent").Value("cx")), Height: inches(n.Child("extent").Value("cy")), Down: document.Far}
	if v := n.Child("positionV"); v.Value("relativeFrom") == "paragraph" || v.Value("relativeFrom") == "line" {
		if offset, err := strconv.ParseFloat(strings.TrimSpace(v.Child("posOffset").Words()), 64); err == nil {
			d.Down = offset / emuPerInch
		}
	}
	if n.Find("contentPart") != nil {
		return d, true
	}
	if n.Find("wsp") == nil || isArtwork(n.Find("wgp")) || n.Find("txbxContent") != nil || n.Find("blip") != nil {
		return document.Overlay{}, false
	}
	kind := n.Find("prstGeom").Value("prst")
	if kind == "" && n.Find("custGeom") != nil {
		kind = "free"
	}
	return d.As(kind)
}

// drawnVML reads a shape of the older kind (19.1), whose place and size stand in its style.
func drawnVML(n *part.Node) (document.Overlay, bool) {
	if n.Find("txbxContent") != nil || n.Find("imagedata") != nil || n.Find("textpath") != nil {
		return document.Overlay{}, false
	}
	style := styleVML(n)
	if style["position"] != "absolute" {
		return document.Overlay{}, false
	}
	kind := n.Name
	if kind == "shape" {
		kind = "free"
		if n.Value("path") == "" {
			return document.Overlay{}, false
		}
	}
	d := document.Overlay{Width: vmlInches(style["width"]), Height: vmlInches(style["height"]), Down: vmlInches(style["margin-top"])}
	if kind == "line" {
		d = lineVML(n)
	}
	switch style["mso-position-vertical-relative"] {
	case "", "text", "line":
	default: // the page or its margin
		d.Down = document.Far
	}
	return d.As(kind)
}

// styleVML returns what the style of a shape says (19.1.2.19).
func styleVML(n *part.Node) map[string]string {
	style := map[string]string{}
	for item := range strings.SplitSeq(n.Value("style"), ";") {
		if name, value, ok := strings.Cut(item, ":"); ok {
			style[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return style
}

// vmlLine stands for the length of a line whose ends are not known.
const vmlLine = 0.5

// lineVML reads a line, whose ends stand apart from its style (14.1.2.10).
func lineVML(n *part.Node) document.Overlay {
	x0, y0, from := pointVML(n.Value("from"))
	x1, y1, to := pointVML(n.Value("to"))
	if !from || !to {
		return document.Overlay{Width: vmlLine, Down: document.Far}
	}
	return document.Overlay{Width: math.Abs(x1 - x0), Height: math.Abs(y1 - y0), Down: min(y0, y1)}
}

// pointVML reads a point; within a group it has no unit, and its place is not known.
func pointVML(v string) (x, y float64, ok bool) {
	left, down, ok := strings.Cut(v, ",")
	for _, s := range [...]string{left, down} {
		ok = ok && (strings.Trim(s, "0. ") == "" || strings.ContainsAny(s, "pim")) // pt, px, in, cm, mm
	}
	return vmlInches(strings.TrimSpace(left)), vmlInches(strings.TrimSpace(down)), ok
}

// leastArtwork is how many shapes of a group make a badge or crest: a ring or a cross over words has two strokes at most.
const leastArtwork = 3

// isArtwork tells a group of shapes that draws something of its own.
func isArtwork(group *part.Node) bool {
	if group == nil {
		return false
	}
	return countShapes(group.Kids) >= leastArtwork
}

func countShapes(kids []*part.Node) (n int) {
	for _, k := range kids {
		switch k.Name {
		case "wsp", "pic", "oval", "rect", "roundrect", "line", "polyline", "curve", "shape":
			n++
		case "wgp", "grpSp", "group":
			n += countShapes(k.Kids)
		}
	}
	return n
}

// vmlInches reads a length of CSS.
func vmlInches(v string) float64 {
	for unit, perInch := range map[string]float64{"pt": 72, "in": 1, "cm": 2.54, "mm": 25.4, "px": 96} {
		if number, ok := strings.CutSuffix(v, unit); ok {
			if f, err := strconv.ParseFloat(number, 64); err == nil {
				return f / perInch
			}
		}
	}
	return 0
}

// ringed returns the place within a paragraph that is drawn over.
func (r *reader) ringed(n *part.Node, at place) place {
	if r.out.Margin {
		return at
	}
	at.control.Style |= r.out.Ringed(drawnOver(n.Kids), visible(n.Kids))
	return at
}
