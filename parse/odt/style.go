package odt

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A look is the text properties that change what a text means.
type look struct {
	style  document.Style
	font   string
	hidden bool
}

// A styleSheet holds the looks of a document's styles (16.2), inheritance resolved on demand.
type styleSheet struct {
	nodes map[styleKey]*part.Node
	fonts map[string]string // font face name to family
}

type styleKey struct{ family, name string }

// readStyles reads the common styles and the automatic ones of the content, which go before.
func readStyles(styles, content *part.Node) styleSheet {
	s := styleSheet{nodes: map[styleKey]*part.Node{}, fonts: map[string]string{}}
	for _, root := range []*part.Node{styles, content} {
		if root == nil {
			continue
		}
		for _, group := range root.Kids {
			s.addGroup(group)
		}
	}
	return s
}

func (s styleSheet) addGroup(group *part.Node) {
	switch group.Name {
	case "styles", "automatic-styles":
		for _, n := range group.Kids {
			if n.Name == "style" {
				s.nodes[styleKey{n.Value("family"), n.Value("name")}] = n
			}
		}
	case "font-face-decls":
		for _, n := range group.Kids {
			s.fonts[n.Value("name")] = n.Value("font-family")
		}
	}
}

// maxInheritance bounds a chain of styles.
const maxInheritance = 16

// over returns the look of a style laid over what lies below it.
func (s styleSheet) over(below look, family, name string) look {
	var chain []*part.Node
	for range maxInheritance {
		n := s.nodes[styleKey{family, name}]
		if n == nil {
			break
		}
		chain = append(chain, n.Child("text-properties"))
		name = n.Value("parent-style-name")
	}
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i] != nil {
			below = s.properties(below, chain[i])
		}
	}
	return below
}

// shade returns the colour of the background of cells of a style (17.18), or "" where it is that of paper.
func (s styleSheet) shade(name string) string {
	for range maxInheritance {
		n := s.nodes[styleKey{"table-cell", name}]
		if n == nil {
			return ""
		}
		if colour, ok := n.Child("table-cell-properties").Get("background-color"); ok {
			if !isColoured(colour) {
				return ""
			}
			return strings.ToLower(colour)
		}
		name = n.Value("parent-style-name")
	}
	return ""
}

// properties reads style:text-properties (16.29.29).
func (s styleSheet) properties(l look, n *part.Node) look {
	struck, strikes := false, false
	for _, a := range n.Attr {
		switch a.Name.Local {
		case "font-weight":
			l.style = set(l.style, document.Bold, a.Value == "bold" || a.Value >= "600" && a.Value <= "900")
		case "font-style":
			l.style = set(l.style, document.Italic, a.Value == "italic" || a.Value == "oblique")
		case "text-underline-style":
			l.style = set(l.style, document.Underlined, a.Value != "none")
		case "text-line-through-style", "text-line-through-type":
			strikes, struck = true, struck || a.Value != "none"
		case "background-color":
			l.style = set(l.style, document.Highlighted, isColoured(a.Value))
		case "border", "border-top": // a frame around the letters stands for a circle
			l.style = set(l.style, document.Circled, a.Value != "none" && a.Value != "hidden")
		case "color":
			l.style = l.style.InkedHex(a.Value)
		case "use-window-font-color":
			if a.Value == "true" {
				l.style = l.style.Inked(0, 0, 0)
			}
		case "display":
			l.hidden = a.Value == "none"
		case "font-name":
			l.font = s.fontNamed(a.Value)
		case "font-family":
			l.font = strings.Trim(a.Value, "'\" ")
		}
	}
	if strikes {
		l.style = set(l.style, document.Struck, struck)
	}
	return l
}

func (s styleSheet) fontNamed(name string) string {
	if family := strings.Trim(s.fonts[name], "'\" "); family != "" {
		return family
	}
	return name
}

func set(s, bit document.Style, is bool) document.Style {
	if is {
		return s | bit
	}
	return s &^ bit
}

// isColoured tells whether a background differs from paper.
func isColoured(value string) bool {
	switch strings.ToLower(value) {
	case "", "transparent", "#ffffff", "none":
		return false
	}
	return true
}
