package html

import (
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
	"golang.org/x/net/html"

	"referrald/parse/document"
)

// A look is how text is shown where the walk stands.
type look struct {
	style  document.Style
	font   string
	pre    bool
	hidden bool
	tiny   bool   // of no size, or of so little that nobody reads it
	pale   bool   // as white as paper
	ground bool   // on a ground of another colour than paper
	shade  string // that colour, of the table, row or cell; "" is paper
	quoted bool
	tab    bool // Outlook's stand-in for a tab
	bullet bool // Outlook's stand-in for a list bullet
	boxed  bool // inside an element whose box is read already
	sheet  *sheet
}

// lookOf returns the look inside an element.
func lookOf(n *html.Node, in look) look {
	in.tab, in.bullet = false, false
	switch n.Data {
	case "b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6":
		in.style |= document.Bold
	case "i", "em":
		in.style |= document.Italic
	case "u", "ins":
		in.style |= document.Underlined
	case "s", "del", "strike":
		in.style |= document.Struck
	case "table":
		in.shade = ""
	case "mark":
		in.style |= document.Highlighted
	case "pre", "listing", "xmp", "plaintext":
		in.pre = true
	case "font":
		if face := attr(n, "face"); face != "" {
			in.font = firstFont(face)
		}
		if c := strings.ToLower(attr(n, "color")); c != "" {
			in = in.inked(c)
		}
	}
	if c := strings.ToLower(attr(n, "bgcolor")); c != "" {
		in.ground, in.shade = isColoured(c), shadeOf(c, "")
	}
	if attr(n, "background") != "" {
		in.ground = true
	}
	if hasAttr(n, "hidden") || isComment(n) {
		in.hidden = true
	}
	if css := in.sheet.of(n); css != "" {
		in = in.styled(css, !isBlock(n.Data) && n.Data != "table")
	}
	return in
}

// styled applies declarations. Backgrounds count on words only: on blocks and cells they are layout.
func (in look) styled(css string, inline bool) look {
	var box extent
	for declaration := range strings.SplitSeq(css, ";") {
		property, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		property = strings.ToLower(strings.TrimSpace(property))
		value = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important")))
		in = in.declared(property, value, inline)
		box.declared(property, value)
	}
	in.hidden = in.hidden || box.empty()
	return in
}

// An extent is what declarations say of the place that an element takes.
type extent struct{ flat, cut, away bool }

func (e *extent) declared(property, value string) {
	switch property {
	case "width", "height", "max-width":
		e.flat = e.flat || isZero(value)
	case "overflow":
		e.cut = value == "hidden"
	case "left", "top", "right", "text-indent", "margin-left", "margin-top":
		e.away = e.away || pixels(value) < -farAway
	}
}

// empty tells an element of which nothing can be seen: of no size, or far outside the page.
func (e *extent) empty() bool { return e.flat && e.cut || e.away }

// farAway is how many pixels outside the page nobody looks.
const farAway = 900

// unreadable is the size of letters, in pixels or points, up to which they are not meant to be read.
const unreadable = 2

// pixels returns a length in pixels or points; 0 for other units.
func pixels(value string) float64 {
	number := strings.TrimSuffix(strings.TrimSuffix(value, "px"), "pt")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || number == value {
		return 0
	}
	return v
}

// declared applies one declaration. Every property is of one of the four kinds.
func (in look) declared(property, value string, inline bool) look {
	return in.shown(property, value).lettered(property, value).grounded(property, value, inline).listed(property, value)
}

// shown applies what says whether an element is seen at all.
func (in look) shown(property, value string) look {
	hides := false
	switch property {
	case "display":
		hides = value == "none"
	case "visibility":
		hides = value == "hidden" || value == "collapse"
	case "mso-hide":
		hides = value == "all"
	case "mso-element":
		hides = value == "comment-list"
	case "max-height", "opacity":
		hides = isZero(value)
	}
	in.hidden = in.hidden || hides
	return in
}

// lettered applies what says how letters are drawn.
func (in look) lettered(property, value string) look {
	switch property {
	case "font-size":
		in.tiny = isZero(value) || pixels(value) > 0 && pixels(value) <= unreadable
	case "color":
		in = in.inked(value)
	case "font-weight":
		in.style = in.style&^document.Bold | boldOf(value)
	case "font-style":
		in.style &^= document.Italic
		if value == "italic" || value == "oblique" {
			in.style |= document.Italic
		}
	case "text-decoration", "text-decoration-line":
		in.style |= decoration(value)
	case "font-family":
		in.font = firstFont(value)
	case "font":
		in = in.shorthand(value)
	case "white-space":
		in.pre = strings.HasPrefix(value, "pre") || value == "break-spaces"
	}
	return in
}

// inked takes a colour for the letters. What names none ("inherit") leaves them as they are.
func (in look) inked(value string) look {
	in.pale = isPale(value)
	if rgb, ok := channels(value); ok {
		in.style = in.style.Inked(rgb[0], rgb[1], rgb[2])
	} else if value == "windowtext" || value == "initial" {
		in.style = in.style.Inked(0, 0, 0)
	}
	return in
}

// grounded applies what is drawn around and behind letters.
func (in look) grounded(property, value string, inline bool) look {
	switch property {
	case "border", "mso-border-alt":
		if inline && isBorder(value) {
			in.style |= document.Circled
		}
	case "background", "background-color", "mso-highlight":
		in.ground = groundOf(value, in.ground)
		in.shade = shadeOf(value, in.shade)
		if inline && isColoured(value) {
			in.style |= document.Highlighted
		}
	}
	return in
}

// listed applies Outlook's stand-ins for tabs and list bullets.
func (in look) listed(property, value string) look {
	switch property {
	case "mso-tab-count":
		in.tab = true
	case "mso-list":
		in.bullet = value == "ignore"
	}
	return in
}

// unseen tells letters as white as the paper that they stand on. Where the page has rules that are passed over and colour
// some ground, that ground may be under them.
func (in look) unseen() bool { return in.pale && !in.ground && !in.sheet.grounds() }

// shorthand reads the CSS font property: "7.0pt 'Times New Roman'". Only a symbol font or boldness matters.
func (in look) shorthand(value string) look {
	if document.DrawsSymbols(value) {
		in.font = value
	} else if strings.Contains(value, "pt ") || strings.Contains(value, "px ") {
		in.font = ""
	}
	if strings.HasPrefix(value, "bold") {
		in.style |= document.Bold
	}
	return in
}

// isZero tells a length or opacity of nothing: "0", "0px", "0.0pt".
func isZero(value string) bool {
	number := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz% ")
	v, err := strconv.ParseFloat(number, 64)
	return err == nil && v == 0
}

func boldOf(value string) document.Style {
	switch value {
	case "bold", "bolder", "600", "700", "800", "900":
		return document.Bold
	}
	return 0
}

func decoration(value string) document.Style {
	var s document.Style
	if strings.Contains(value, "line-through") {
		s |= document.Struck
	}
	if strings.Contains(value, "underline") {
		s |= document.Underlined
	}
	return s
}

// firstFont returns the first family of a font list.
func firstFont(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.Trim(first, " '\"\t\r\n")
}

// nearWhite is the least channel of a colour that reads as paper.
const nearWhite = 0xF0

// isColoured tells whether a background differs from paper.
func isColoured(value string) bool {
	colour, _, _ := strings.Cut(value, " ")
	if strings.HasPrefix(value, "rgb") {
		colour = value
	}
	switch colour {
	case "", "white", "transparent", "inherit", "initial", "unset", "none", "windowtext", "window", "auto", "revert":
		return false
	}
	if rgb, ok := channels(colour); ok {
		return rgb[0] < nearWhite || rgb[1] < nearWhite || rgb[2] < nearWhite
	}
	return !strings.HasPrefix(colour, "url") && !strings.HasPrefix(colour, "var") && !strings.HasPrefix(colour, "rgba")
}

// shadeOf returns the colour of a background that is none of paper's, by what it is and what is behind it.
func shadeOf(value, behind string) string {
	switch {
	case isColoured(value):
		return value
	case groundOf(value, true): // it lets what is behind it through
		return behind
	}
	return ""
}

// groundOf tells whether letters stand on another colour than paper, by a background and what is behind it.
func groundOf(value string, behind bool) bool {
	switch {
	case isColoured(value), strings.Contains(value, "url"), strings.Contains(value, "gradient"):
		return true
	case isPale(value):
		return false
	}
	return behind // it lets what is behind it through
}

// isPale tells a colour of letters that is as good as white; what only names another ("inherit", "windowtext") is none.
func isPale(value string) bool {
	rgb, ok := channels(value)
	return value == "white" || ok && min(rgb[0], rgb[1], rgb[2]) >= nearWhite
}

// isBorder tells a border that can be seen: "1px solid red", "solid windowtext 1.0pt".
func isBorder(value string) bool {
	for word := range strings.FieldsSeq(value) {
		switch word {
		case "none", "hidden", "transparent", "white", "#fff", "#ffffff", "inherit", "initial":
			return false
		}
		if isZero(word) {
			return false
		}
	}
	return strings.Contains(value, "solid") || strings.Contains(value, "double") || strings.Contains(value, "dashed") || strings.Contains(value, "dotted")
}

// channels reads #rgb, #rrggbb, rgb(r, g, b), rgba() that is not transparent, and the colours that have a name.
func channels(colour string) ([3]int, bool) {
	if named, ok := colornames.Map[colour]; ok {
		return [3]int{int(named.R), int(named.G), int(named.B)}, true
	}
	if hex, ok := strings.CutPrefix(colour, "#"); ok {
		return hexChannels(hex)
	}
	_, inner, ok := strings.Cut(colour, "(")
	if !ok || !strings.HasPrefix(colour, "rgb") {
		return [3]int{}, false
	}
	parts := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune(", )/", r) })
	if len(parts) < 3 || len(parts) > 3 && isZero(parts[3]) {
		return [3]int{}, false
	}
	var rgb [3]int
	for i := range rgb {
		v, err := strconv.ParseFloat(parts[i], 64)
		if err != nil {
			return rgb, false
		}
		rgb[i] = int(v)
	}
	return rgb, true
}

func hexChannels(hex string) (rgb [3]int, ok bool) {
	if len(hex) == 3 || len(hex) == 4 {
		wide := make([]byte, 0, 8)
		for i := range len(hex) {
			wide = append(wide, hex[i], hex[i])
		}
		hex = string(wide)
	}
	if len(hex) != 6 && len(hex) != 8 {
		return rgb, false
	}
	for i := range rgb {
		v, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			return rgb, false
		}
		rgb[i] = int(v)
	}
	return rgb, true
}

// innerFont returns the font of the innermost first element below n, for bullets whose font is set within.
func innerFont(n *html.Node, in look) string {
	font := ""
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode {
			if f := lookOf(k, in).font; f != in.font {
				font = f
			}
			break
		}
	}
	return font
}
