package odt

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// ringed returns the place within a paragraph that somebody drew over (10.3, 10.6).
func (r *reader) ringed(n *part.Node, at place) place {
	var shapes []document.Overlay
	for _, k := range n.Kids {
		if d, ok := drawnOver(k); ok {
			shapes = append(shapes, d)
		}
	}
	if len(shapes) == 0 || r.out.Margin {
		return at
	}
	at.control.Style |= r.out.Ringed(shapes, n.Words())
	return at
}

// drawnOver reads a shape without words that lies over its paragraph's.
func drawnOver(n *part.Node) (document.Overlay, bool) {
	kind := n.Name
	switch kind {
	case "custom-shape":
		kind = n.Child("enhanced-geometry").Value("type")
	case "line":
		return document.Overlay{Width: inches(n.Value("x2")) - inches(n.Value("x1")), Height: inches(n.Value("y2")) - inches(n.Value("y1")), Down: document.Far}.As(kind)
	case "ellipse", "circle", "path", "polyline":
	default:
		return document.Overlay{}, false
	}
	anchor := n.Value("anchor-type")
	if anchor == "as-char" || strings.TrimSpace(n.Words()) != "" {
		return document.Overlay{}, false
	}
	d := document.Overlay{Width: inches(n.Value("width")), Height: inches(n.Value("height")), Down: document.Far}
	if anchor == "char" || anchor == "paragraph" {
		d.Down = inches(n.Value("y"))
	}
	return d.As(kind)
}
