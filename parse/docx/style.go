package docx

import (
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A toggle is a property that is on, off, or left to the style below it.
type toggle int8

const (
	unset toggle = iota
	on
	off
)

// A look is the run properties that change what a text means.
type look struct {
	bold, italic, underlined, struck, hidden, marked, framed toggle

	font string // of symbols or letters; empty where not said
	ink  string // the colour of the letters; empty where not said
}

// over returns the look of l laid over what lies below it.
func (l look) over(below look) look {
	below.bold = l.bold.over(below.bold)
	below.italic = l.italic.over(below.italic)
	below.underlined = l.underlined.over(below.underlined)
	below.struck = l.struck.over(below.struck)
	below.hidden = l.hidden.over(below.hidden)
	below.marked = l.marked.over(below.marked)
	below.framed = l.framed.over(below.framed)
	if l.font != "" {
		below.font = l.font
	}
	if l.ink != "" {
		below.ink = l.ink
	}
	return below
}

func (t toggle) over(below toggle) toggle {
	if t == unset {
		return below
	}
	return t
}

// style returns the look as a token's style.
func (l look) style() document.Style {
	var s document.Style
	for _, p := range [...]struct {
		is   toggle
		look document.Style
	}{
		{l.bold, document.Bold}, {l.italic, document.Italic}, {l.underlined, document.Underlined},
		{l.struck, document.Struck}, {l.marked, document.Highlighted}, {l.framed, document.Circled},
	} {
		if p.is == on {
			s |= p.look
		}
	}
	return s.InkedHex(l.ink)
}

// runLook reads run properties (17.3.2). Only direct children count: rPrChange holds what they were before an edit.
func runLook(rPr *part.Node) look {
	var l look
	if rPr == nil {
		return l
	}
	for _, p := range rPr.Kids {
		switch p.Name {
		case "b":
			l.bold = isOn(p)
		case "i":
			l.italic = isOn(p)
		case "strike", "dstrike":
			if l.struck != on {
				l.struck = isOn(p)
			}
		case "vanish":
			l.hidden = isOn(p)
		case "u":
			l.underlined = unless(p.Value("val") == "none" || p.Value("val") == "")
		case "highlight":
			l.marked = unless(p.Value("val") == "none" || p.Value("val") == "white")
		case "shd":
			if l.marked == unset && isShaded(p) {
				l.marked = on
			}
		case "bdr": // a border around the letters (17.3.2.5) is what Word offers for a circle
			l.framed = unless(p.Value("val") == "none" || p.Value("val") == "nil")
		case "rFonts":
			l.font = fontOf(p)
		case "color":
			l.ink = p.Value("val")
		}
	}
	return l
}

// isOn reads a toggle property (17.17.4 ST_OnOff): present without a value is on.
func isOn(p *part.Node) toggle {
	v, ok := p.Get("val")
	return unless(ok && (v == "0" || v == "false" || v == "off"))
}

func unless(not bool) toggle {
	if not {
		return off
	}
	return on
}

// isShaded tells whether shading (17.3.5) differs from paper.
func isShaded(shd *part.Node) bool {
	switch strings.ToLower(shd.Value("fill")) {
	case "", "auto", "ffffff":
		v := shd.Value("val")
		return v == "solid" && shd.Value("color") != "auto" && shd.Value("color") != ""
	}
	return true
}

// fontOf returns the font of a run (17.3.2.26), a symbol font first where only one of its alphabets has it.
func fontOf(p *part.Node) string {
	first := ""
	for _, name := range [...]string{"ascii", "hAnsi", "cs", "eastAsia"} {
		font := p.Value(name)
		if name == "cs" || name == "eastAsia" {
			continue
		}
		if document.DrawsSymbols(font) {
			return font
		}
		if first == "" {
			first = font
		}
	}
	return first
}

// A styleSheet holds the looks of a document's styles (17.7), inheritance resolved.
type styleSheet struct {
	looks     map[string]look
	paragraph string // the default paragraph style
}

type rawStyle struct {
	look    look
	basedOn string
}

func readStyles(root *part.Node) styleSheet {
	sheet := styleSheet{looks: map[string]look{}}
	if root == nil {
		return sheet
	}
	raw := make(map[string]rawStyle, len(root.Kids))
	for _, n := range root.Kids {
		if n.Name != "style" {
			continue
		}
		id := n.Value("styleId")
		raw[id] = rawStyle{look: runLook(n.Child("rPr")), basedOn: n.Child("basedOn").Value("val")}
		if n.Value("type") == "paragraph" && isDefault(n) {
			sheet.paragraph = id
		}
	}
	for id := range raw {
		sheet.looks[id] = resolve(raw, id)
	}
	return sheet
}

func isDefault(n *part.Node) bool {
	v := n.Value("default")
	return v == "1" || v == "true" || v == "on"
}

// maxInheritance bounds a chain of styles; Word itself allows no more than eleven.
const maxInheritance = 12

func resolve(raw map[string]rawStyle, id string) look {
	var l look
	for range maxInheritance {
		s, ok := raw[id]
		if !ok {
			break
		}
		l = l.over(s.look)
		id = s.basedOn
	}
	return l
}

// ofParagraph returns the look that a paragraph's runs begin with.
func (s styleSheet) ofParagraph(pPr *part.Node) look {
	if id := pPr.Child("pStyle").Value("val"); id != "" {
		return s.looks[id]
	}
	return s.looks[s.paragraph]
}

// ofRun returns a run's look within its paragraph's.
func (s styleSheet) ofRun(rPr *part.Node, paragraph look) look {
	if rPr == nil {
		return paragraph
	}
	l := runLook(rPr)
	if id := rPr.Child("rStyle").Value("val"); id != "" {
		l = l.over(s.looks[id])
	}
	return l.over(paragraph)
}
