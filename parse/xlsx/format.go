package xlsx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A format is what matters of how a cell looks (18.8.45 xf).
type format struct {
	font   font
	fill   string // the colour of its background, "" for paper
	isDate bool
}

// A font is what matters of how letters look (18.8.22).
type font struct {
	name  string
	style document.Style
}

// readFormats reads the looks of cells in their order. Without any the words can still be read.
func readFormats(a *part.Archive) []format {
	root, err := a.Tree("xl/styles.xml")
	if err != nil {
		return nil
	}
	codes := map[string]string{}
	for _, n := range kids(root.Child("numFmts"), "numFmt") {
		codes[n.Value("numFmtId")] = n.Value("formatCode")
	}
	fonts, fills := kids(root.Child("fonts"), "font"), kids(root.Child("fills"), "fill")
	var out []format
	for _, xf := range kids(root.Child("cellXfs"), "xf") {
		f := format{isDate: isDate(xf.Value("numFmtId"), codes)}
		if i := index(xf.Value("fontId")); i < len(fonts) {
			f.font = fontOf(fonts[i])
		}
		if i := index(xf.Value("fillId")); i < len(fills) {
			f.fill = fillOf(fills[i])
		}
		out = append(out, f)
	}
	return out
}

func kids(n *part.Node, name string) (out []*part.Node) {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			out = append(out, k)
		}
	}
	return out
}

func index(v string) int {
	i, err := strconv.Atoi(v)
	if err != nil || i < 0 {
		return 0
	}
	return i
}

func (r *reader) formatOf(c *part.Node) format {
	if i := index(c.Value("s")); i < len(r.formats) {
		return r.formats[i]
	}
	return format{}
}

// fontOf reads a font, or the properties of a run, which have the same children.
func fontOf(n *part.Node) font {
	var f font
	if n == nil {
		return f
	}
	for _, k := range n.Kids {
		v, given := k.Get("val")
		on := !given || v != "0" && v != "false" && v != "none"
		switch k.Name {
		case "name", "rFont":
			f.name = v
		case "b":
			f.set(document.Bold, on)
		case "i":
			f.set(document.Italic, on)
		case "u":
			f.set(document.Underlined, on)
		case "strike":
			f.set(document.Struck, on)
		}
	}
	return f
}

func (f *font) set(s document.Style, on bool) {
	if on {
		f.style |= s
	}
}

// fillOf returns the colour of a background that is not that of paper (18.8.20).
func fillOf(n *part.Node) string {
	pattern := n.Child("patternFill")
	switch pattern.Value("patternType") {
	case "", "none", "gray125":
		return ""
	}
	colour := pattern.Child("fgColor")
	if rgb := strings.ToUpper(colour.Value("rgb")); rgb != "" {
		if strings.HasSuffix(rgb, "FFFFFF") {
			return ""
		}
		return rgb
	}
	if theme := colour.Value("theme"); theme != "" {
		if theme == "0" && colour.Value("tint") == "" { // the background's own
			return ""
		}
		return theme + " " + colour.Value("tint")
	}
	return colour.Value("indexed")
}

// isDate tells the formats that show days (18.8.30): the built-in ones, and those with letters for day, month or year
// outside quotes and brackets.
func isDate(id string, codes map[string]string) bool {
	switch n := index(id); {
	case n >= 14 && n <= 17, n == 22, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return true
	}
	quoted, bracket := false, false
	escaped := false
	for _, c := range strings.ToLower(codes[id]) {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[', c == ']':
			bracket = c == '['
		case bracket:
		case c == 'd', c == 'y':
			return true
		}
	}
	return false
}
