package pdf

import (
	"strconv"
	"strings"

	object "github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"

	"referrald/parse/document"
)

// A typeface is a font of the file with all that a line of text needs of it: how codes are cut, how wide they are, what
// they say.
type typeface struct {
	name      string // without the subset prefix
	style     document.Style
	composite bool // Type0: codes of one to four bytes
	vertical  bool
	scale     float64 // from width units to text space: 1/1000 but for Type 3
	widths    map[uint32]float64
	width     float64 // of codes without a width
	toUnicode *cmap
	encoding  *cmap // of a composite font; nil for Identity
	simple    [256]rune
	drawn     bool // Type 3: every glyph is a content stream
	symbolic  bool // a font of pictures: Wingdings and its kin
	unnamed   bool // its codes are its own, and nothing says what they mean
	cache     map[uint32]sign
}

// A sign is one code of a string, decoded.
type sign struct {
	text   string
	mark   document.Mark
	source document.Source
	width  float64 // in text space, for size 1
	blank  bool    // a space
	opaque bool    // the file does not say which character it is
}

// Flags of a font descriptor (ISO 32000-1, table 123).
const (
	flagSymbolic  = 1 << 2
	flagItalic    = 1 << 6
	flagForceBold = 1 << 18
)

// readTypeface reads a font dictionary.
func readTypeface(v object.Value, limits *budget) *typeface {
	f := &typeface{scale: 0.001, widths: map[uint32]float64{}, cache: map[uint32]sign{}}
	f.name = v.Key("BaseFont").Name()
	if i := strings.IndexByte(f.name, '+'); i == 6 {
		f.name = f.name[i+1:]
	}
	if strings.HasPrefix(strings.ToLower(f.name), "d050000l") { // what Ghostscript and cairo have for it
		f.name = "ZapfDingbats"
	}
	f.symbolic = document.DrawsSymbols(f.name)
	if t := v.Key("ToUnicode"); t.Kind() == object.Stream {
		f.toUnicode = readCMap(limits.stream(t))
	}
	descriptor := v.Key("FontDescriptor")
	if v.Key("Subtype").Name() == "Type0" {
		descendant := v.Key("DescendantFonts").Index(0)
		descriptor = descendant.Key("FontDescriptor")
		f.readComposite(v, descendant, limits)
	} else {
		f.readSimple(v, descriptor)
	}
	f.style = fontStyle(f.name, descriptor)
	return f
}

// fontStyle tells bold and italic by the font's name and descriptor.
func fontStyle(name string, descriptor object.Value) document.Style {
	var style document.Style
	lower := strings.ToLower(name)
	flags := descriptor.Key("Flags").Int64()
	heavy := strings.Contains(lower, "bold") || strings.Contains(lower, "black") || strings.Contains(lower, "heavy") ||
		strings.HasSuffix(lower, "-semi") || strings.Contains(lower, "demi")
	if heavy || descriptor.Key("FontWeight").Float64() >= 600 || flags&flagForceBold != 0 {
		style |= document.Bold
	}
	if strings.Contains(lower, "italic") || strings.Contains(lower, "oblique") ||
		flags&flagItalic != 0 && descriptor.Key("ItalicAngle").Float64() != 0 {
		style |= document.Italic
	}
	return style
}

// readSimple reads widths and encoding of a Type 1, TrueType or Type 3 font.
func (f *typeface) readSimple(v, descriptor object.Value) {
	if v.Key("Subtype").Name() == "Type3" {
		f.drawn = true
		if m := v.Key("FontMatrix"); m.Len() == 6 {
			f.scale = m.Index(0).Float64()
		}
	}
	f.width = descriptor.Key("MissingWidth").Float64()
	first := v.Key("FirstChar").Int64()
	if widths := v.Key("Widths"); widths.Kind() == object.Array {
		for i := 0; i < widths.Len() && i < 256; i++ {
			f.widths[uint32(first)+uint32(i)] = widths.Index(i).Float64()
		}
	}
	// A part of a TrueType font that numbers its glyphs as they came: PDF of what went through a printer's language.
	f.unnamed = v.Key("Encoding").IsNull() && f.toUnicode == nil && descriptor.Key("Flags").Int64()&flagSymbolic != 0 &&
		!descriptor.Key("FontFile2").IsNull()
	f.readEncoding(v.Key("Encoding"), v.Key("Subtype").Name() == "TrueType")
	if len(f.widths) == 0 {
		f.standardWidths()
	}
}

// readEncoding fills the table of a simple font (ISO 32000-1, 9.6.6).
func (f *typeface) readEncoding(v object.Value, trueType bool) {
	base := v.Name()
	if v.Kind() == object.Dict {
		base = v.Key("BaseEncoding").Name()
	}
	if base == "" && trueType { // no base: the font's own table, in practice Windows'
		base = "WinAnsiEncoding"
	}
	for c := range f.simple {
		f.simple[c] = baseEncoding(base, byte(c))
	}
	differences := v.Key("Differences")
	at := int64(0)
	for i := 0; i < differences.Len() && i < 1024; i++ {
		switch d := differences.Index(i); d.Kind() {
		case object.Integer:
			at = d.Int64()
		case object.Name:
			if at >= 0 && at < 256 {
				f.simple[at] = f.named(d.Name(), byte(at))
			}
			at++
		}
	}
}

// named returns the character of a glyph name, or 0: a name that says nothing ("g23") must not pass for the letter that
// other fonts have at its code. A name that is no more than the code's number means that letter, but for pictures of
// letters, which are numbered as they come.
func (f *typeface) named(glyph string, code byte) rune {
	if r := glyphRune(glyph); r != 0 {
		return r
	}
	if digits := strings.TrimLeft(glyph, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"); !f.drawn && digits == strconv.Itoa(int(code)) {
		return f.simple[code]
	}
	return 0
}

// standardWidths gives the widths of the fourteen fonts that a file may leave out (ISO 32000-1, 9.6.2.2).
func (f *typeface) standardWidths() {
	family := standardFont(f.name, f.style)
	known := coreWidths(family)
	if known == nil {
		f.width = courierWidth
		return
	}
	pictures := family == "Symbol" || family == "ZapfDingbats"
	for c := range 256 {
		at, ok := byte(c), f.simple[c] != 0
		if !pictures {
			at, ok = charmap.Windows1252.EncodeRune(f.simple[c])
		}
		if ok && at >= ' ' {
			f.widths[uint32(c)] = float64(known[at-' '])
		}
	}
	if f.width == 0 {
		f.width = 500
	}
}

// courierWidth is the width of every letter of Courier.
const courierWidth = 600

// standardFont returns the standard font that stands in for one without widths.
func standardFont(fontName string, style document.Style) string {
	if coreWidths(fontName) != nil {
		return fontName
	}
	lower := strings.ToLower(fontName)
	switch {
	case strings.Contains(lower, "courier"):
		return "Courier"
	case strings.Contains(lower, "zapf"), strings.Contains(lower, "dingbats"), lower == "zadb":
		return "ZapfDingbats"
	case lower == "symbol":
		return "Symbol"
	}
	family, bold := "Helvetica", "Helvetica-Bold"
	if strings.Contains(lower, "times") || strings.Contains(lower, "serif") && !strings.Contains(lower, "sans") {
		family, bold = "Times-Roman", "Times-Bold"
	}
	if style.Has(document.Bold) || strings.Contains(lower, "bold") {
		return bold
	}
	return family
}

// standardTypeface returns the font in which typed-on text without a picture is thought to be set.
func standardTypeface() *typeface {
	f := &typeface{name: "Helvetica", scale: 0.001, widths: map[uint32]float64{}, cache: map[uint32]sign{}}
	for c := range f.simple {
		f.simple[c] = baseEncoding("WinAnsiEncoding", byte(c))
	}
	f.standardWidths()
	return f
}

// typed returns the sign of a character in a standard typeface.
func (f *typeface) typed(r rune) sign {
	s := sign{text: string(r), width: f.width * f.scale, blank: r == ' ' || r == '\u00a0'}
	if c, ok := charmap.Windows1252.EncodeRune(r); ok {
		s.width = f.codeWidth(uint32(c)) * f.scale
	}
	if s.mark = document.MarkOf(r); s.mark != document.NoMark {
		s.source = document.Glyph
	}
	return s
}

// length returns how long a word is, for size 1.
func (f *typeface) length(word string) float64 {
	sum := 0.0
	for _, r := range word {
		sum += f.typed(r).width
	}
	return sum
}

// readComposite reads widths and code map of a Type0 font (ISO 32000-1, 9.7).
func (f *typeface) readComposite(v, descendant object.Value, limits *budget) {
	f.composite = true
	f.width = 1000
	if dw := descendant.Key("DW"); !dw.IsNull() {
		f.width = dw.Float64()
	}
	encoding := v.Key("Encoding")
	if encoding.Kind() == object.Stream {
		f.encoding = readCMap(limits.stream(encoding))
	}
	f.vertical = strings.HasSuffix(encoding.Name(), "-V")
	f.readWidths(descendant.Key("W"))
}

// readWidths reads a W array: "c [w1 w2 …]" or "first last w".
func (f *typeface) readWidths(w object.Value) {
	for i, n := 0, 0; i+1 < w.Len() && n < maxCodes; {
		first := w.Index(i).Int64()
		next := w.Index(i + 1)
		if next.Kind() == object.Array {
			for j := 0; j < next.Len() && j < 65536; j++ {
				f.widths[uint32(first)+uint32(j)] = next.Index(j).Float64()
			}
			n += next.Len()
			i += 2
			continue
		}
		width := w.Index(i + 2).Float64()
		for c := first; c <= next.Int64() && c-first < 65536; c++ {
			f.widths[uint32(c)] = width
			n++
		}
		i += 3
	}
}

// cut returns the first code of s and how many bytes it has.
func (f *typeface) cut(s []byte) (uint32, int) {
	if !f.composite {
		return uint32(s[0]), 1
	}
	n := min(2, len(s))
	switch {
	case f.encoding != nil && len(f.encoding.spaces) > 0:
		n = f.encoding.length(s, n)
	case f.toUnicode != nil && f.encoding == nil && len(f.toUnicode.spaces) > 0 && f.toUnicode.spaces[0].bytes == 1:
		n = min(2, len(s)) // some producers declare one-byte spaces for two-byte fonts
	}
	return code(s[:n]), n
}

// decode returns what a code says and how wide it is.
func (f *typeface) decode(c uint32, bytes int) sign {
	key := c | uint32(bytes)<<24
	if s, ok := f.cache[key]; ok {
		return s
	}
	s := f.read(c)
	s.blank = f.isBlank(s, c, bytes)
	f.cache[key] = s
	return s
}

func (f *typeface) isBlank(s sign, c uint32, bytes int) bool {
	if s.mark != document.NoMark {
		return false
	}
	if s.text == "" {
		return bytes == 1 && c == ' '
	}
	return strings.TrimSpace(strings.ReplaceAll(s.text, "\u00a0", " ")) == ""
}

// read decodes a code afresh.
func (f *typeface) read(c uint32) sign {
	s := sign{width: f.codeWidth(c) * f.scale}
	said, known := f.unicode(c)
	if !known && c == 0 && !f.composite {
		return s // paints nothing: programs that write UTF-16 where a font has one byte a letter
	}
	if !known {
		s.opaque = true
		said = "\ufffd"
	}
	r, single := onlyRune(said)
	if f.symbolic || single && private(r) {
		if drawn := f.symbol(c, r); drawn != 0 {
			s.text, s.mark, s.source, s.opaque = string(drawn), document.MarkOf(drawn), document.SymbolFont, false
			return s
		}
	}
	if single {
		if s.mark = document.MarkOf(r); s.mark != document.NoMark {
			s.source = document.Glyph
		}
		if private(r) { // a picture that is no box: a bullet, a telephone
			said, s.opaque = "•", false
		}
	}
	if said == softHyphen && f.toUnicode != nil && f.toUnicode.hyphen {
		s.text = said
		return s
	}
	s.text = clean(said)
	return s
}

// private tells a rune of the private use area, where symbol fonts keep their drawings.
func private(r rune) bool { return r >= 0xE000 && r <= 0xF8FF }

// symbol returns what a picture font draws for a code, by the character that it maps to and by the code; 0 where that is
// not known. LibreOffice prints both Wingdings fonts in its own OpenSymbol with the private codes kept, so those stand in.
func (f *typeface) symbol(c uint32, r rune) rune {
	codes := [2]rune{r, rune(c)}
	tries := codes[:1]
	if !f.composite && !private(r) {
		tries = codes[:]
	}
	for _, code := range tries {
		if document.MarkOf(code) != document.NoMark { // said outright
			return code
		}
		for _, fontName := range [...]string{f.name, "Wingdings", "Wingdings 2"} {
			if fontName != f.name && (code < 0xF000 || code > 0xF0FF) {
				break // only private codes keep their meaning in a stand-in
			}
			if drawn := document.SymbolRune(fontName, code); drawn != 0 {
				return drawn
			}
		}
	}
	return 0
}

func (f *typeface) codeWidth(c uint32) float64 {
	if f.encoding != nil {
		c = f.encoding.glyph(c)
	}
	if w, ok := f.widths[c]; ok {
		return w
	}
	return f.width
}

// unicode returns the text of a code: the ToUnicode map first, then the encoding.
func (f *typeface) unicode(c uint32) (string, bool) {
	if f.toUnicode != nil {
		if s, ok := f.toUnicode.unicode(c); ok && s != "" && s != "\x00" && s != "\ufffd" {
			return s, true
		}
	}
	if f.composite {
		return "", false
	}
	if f.unnamed && !f.symbolic {
		return "", false
	}
	if f.symbolic {
		return string(rune(c)), true
	}
	if r := f.simple[c&0xff]; r != 0 {
		return string(r), true
	}
	return "", false
}

// onlyRune returns the one character of s, and false where s has none or several.
func onlyRune(s string) (rune, bool) {
	found, n := rune(0), 0
	for _, r := range s {
		found = r
		n++
	}
	return found, n == 1
}

// ligatures are the presentation forms that fonts draw for two or three letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"\u00a0", " ", "\u00ad", "-", "\u200b", "", "\ufeff", "", "\u2011", "-")

// clean spells ligatures out, makes odd spaces plain and drops control characters.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] < 0x20 {
			return strings.Map(func(r rune) rune {
				if r < 0x20 || r == 0x7f {
					return -1
				}
				return r
			}, ligatures.Replace(s))
		}
	}
	return s
}
