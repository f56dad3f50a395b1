package xlsx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// A format is what matters of how a cell looks (18.8.45 xf).
type format struct {
	font font
	fill string // the colour of its background, "" for paper
	day  string // how a number is shown as a day, in the notation of package time; "" for one that is none
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
		f := format{day: dayLayout(xf.Value("numFmtId"), codes)}
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

// The ways in which days are shown. Excel makes a day of "Nov-25" and shows no more than was typed, so that a day or a year
// that is not shown was never said.
const (
	wholeDay  = "02/01/2006"
	dayOnly   = "2 January"
	monthOnly = "January 2006"
	yearOnly  = "2006"
)

// dayLayout returns how a format shows days (18.8.30): one of the built-in ones, or one with letters for day, month or year
// outside quotes and brackets; "" where it shows none.
func dayLayout(id string, codes map[string]string) string {
	switch n := index(id); {
	case n == 16:
		return dayOnly
	case n == 17, n == 55:
		return monthOnly
	case n == 14, n == 15, n == 22, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return wholeDay
	}
	letters := lettersOf(codes[id])
	day, month, year := strings.Contains(letters, "d"), strings.Contains(letters, "m"), strings.Contains(letters, "y")
	switch {
	case day && year:
		return wholeDay
	case day && month:
		return dayOnly
	case year && month:
		return monthOnly
	case year:
		return yearOnly
	case day: // a weekday alone
		return wholeDay
	}
	return ""
}

// lettersOf returns what of a format's code is no quoted text, colour or language.
func lettersOf(code string) string {
	var out strings.Builder
	quoted, bracket, escaped := false, false, false
	for _, c := range strings.ToLower(code) {
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
		case !bracket:
			out.WriteRune(c)
		}
	}
	return out.String()
}
