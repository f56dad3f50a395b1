package docx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// What somebody draws over a form with Word's shapes, in inches. Rings are drawn around a word or two, strokes over them;
// what is larger belongs to the template.
const (
	leastRing    = 0.1
	widestRing   = 3.0
	highestRing  = 1.2
	widestStroke = 2.0
	ringDistance = 0.35 // from the top of its paragraph, beyond which a ring is around other words
)

// A drawn is a shape without words that lies over the text of its paragraph.
type drawn struct {
	ring          bool // around words; else a stroke, a cross, ink
	width, height float64
	down          float64 // from the top of the paragraph; far where it is placed otherwise
}

// drawnOver returns the shapes that somebody may have drawn over a paragraph's words.
func drawnOver(kids []*part.Node) (out []drawn) {
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
func anchored(n *part.Node) (drawn, bool) {
	d := drawn{width: inches(n.Child("extent").Value("cx")), height: inches(n.Child("extent").Value("cy")), down: widestRing}
	if v := n.Child("positionV"); v.Value("relativeFrom") == "paragraph" || v.Value("relativeFrom") == "line" {
		if offset, err := strconv.ParseFloat(strings.TrimSpace(v.Child("posOffset").Words()), 64); err == nil {
			d.down = offset / emuPerInch
		}
	}
	if n.Find("contentPart") != nil {
		return d, true
	}
	if n.Find("wsp") == nil || n.Find("txbxContent") != nil || n.Find("blip") != nil {
		return drawn{}, false
	}
	kind := n.Find("prstGeom").Value("prst")
	if kind == "" && n.Find("custGeom") != nil {
		kind = "free"
	}
	return d.as(kind)
}

// as tells by its kind and size whether a shape is a ring or a stroke at all.
func (d drawn) as(kind string) (drawn, bool) {
	switch kind {
	case "ellipse", "oval", "donut", "roundRect", "roundrect", "frame", "flowChartConnector", "flowChartTerminator":
		d.ring = true
		return d, d.width >= leastRing && d.width <= widestRing && d.height >= leastRing && d.height <= highestRing
	case "line", "straightConnector1", "mathMultiply", "plus", "free", "polyline", "curve", "curvedConnector3":
		return d, d.width <= widestStroke && d.height <= highestRing && d.width+d.height >= leastRing
	}
	return drawn{}, false
}

// drawnVML reads a shape of the older kind (19.1), whose place and size stand in its style.
func drawnVML(n *part.Node) (drawn, bool) {
	if n.Find("txbxContent") != nil || n.Find("imagedata") != nil || n.Find("textpath") != nil {
		return drawn{}, false
	}
	style := map[string]string{}
	for item := range strings.SplitSeq(n.Value("style"), ";") {
		if name, value, ok := strings.Cut(item, ":"); ok {
			style[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	if style["position"] != "absolute" {
		return drawn{}, false
	}
	kind := n.Name
	if kind == "shape" {
		kind = "free"
		if n.Value("path") == "" {
			return drawn{}, false
		}
	}
	d := drawn{width: vmlInches(style["width"]), height: vmlInches(style["height"]), down: vmlInches(style["margin-top"])}
	if kind == "line" { // its ends stand apart from its style
		d.width = leastRing
	}
	return d.as(kind)
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

// ringed returns the place within a paragraph that is drawn over. A ring around the only choice of a paragraph is that
// choice; which of several words it is around, and what strokes and ink mean, only an eye can tell.
func (r *reader) ringed(n *part.Node, at place) place {
	shapes := drawnOver(n.Kids)
	if len(shapes) == 0 || r.out.Margin {
		return at
	}
	words := strings.TrimSpace(visible(n.Kids))
	if len(shapes) == 1 && shapes[0].ring && shapes[0].isHere() && isOneChoice(words) {
		at.control.Style |= document.Circled
		return at
	}
	r.out.Warn(document.Handwriting)
	return at
}

func (d drawn) isHere() bool { return d.down >= -ringDistance && d.down <= ringDistance }

// longestChoice is how many words an option that is ringed as a whole can have.
const longestChoice = 5

func isOneChoice(words string) bool {
	return words != "" && len(strings.Fields(words)) <= longestChoice && !strings.ContainsAny(words, "/|:\t")
}
