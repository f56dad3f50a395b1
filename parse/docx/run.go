package docx

import (
	"strconv"
	"strings"

	"referrald/parse/document"
	"referrald/parse/part"
)

// inline reads what stands in a paragraph: runs and what wraps them.
func (r *reader) inline(kids []*part.Node, at place) {
	for _, n := range kids {
		switch n.Name {
		case "r":
			r.run(n, at)
		case "sdt":
			r.inlineControl(n, at)
		case "fldSimple":
			r.simpleField(n, at)
		case "AlternateContent":
			r.inline(alternative(n), at)
		case "hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "sdtContent", "oMath", "oMathPara":
			r.inline(n.Kids, at)
		case "p", "tbl":
			r.blocks([]*part.Node{n}, at)
		}
	}
}

// run reads one run (17.3.2.25).
func (r *reader) run(n *part.Node, at place) {
	l := r.styles.ofRun(n.Child("rPr"), at.look)
	if l.hidden == on {
		r.hiddenRun(n)
		return
	}
	like := at.control
	like.Style |= l.style()
	r.runKids(n.Kids, like, l.font)
}

// hiddenRun follows the fields that begin or end in hidden text, whose words are not read.
func (r *reader) hiddenRun(n *part.Node) {
	for _, k := range n.Kids {
		switch k.Name {
		case "fldChar":
			r.fieldChar(k, document.Token{}, true)
		case "instrText":
			r.fieldCode(k.Words())
		}
	}
}

func (r *reader) runKids(kids []*part.Node, like document.Token, font string) {
	for _, k := range kids {
		switch k.Name {
		case "fldChar":
			r.fieldChar(k, like, false)
			continue
		case "instrText":
			r.fieldCode(k.Words())
			continue
		case "drawing", "pict", "object":
			r.drawing(k, like)
			continue
		case "AlternateContent":
			r.runKids(alternative(k), like, font)
			continue
		}
		if !r.inCode() {
			r.glyphs(k, r.withField(like), font)
		}
	}
}

// glyphs reads a child of a run that shows letters, symbols or space.
func (r *reader) glyphs(k *part.Node, like document.Token, font string) {
	switch k.Name {
	case "t":
		r.text(k.Words(), like, font)
	case "tab", "ptab":
		r.text("\t", like, "")
	case "br", "cr":
		r.out.Break()
	case "noBreakHyphen":
		r.text("-", like, "")
	case "sym":
		r.symbol(k, like)
	case "ruby":
		if base := k.Child("rubyBase"); base != nil {
			r.inline(base.Kids, place{control: like})
		}
	}
}

// text adds a run's words. Line breaks inside w:t are spaces to Word.
func (r *reader) text(words string, like document.Token, font string) {
	if font != "" && document.DrawsSymbols(font) {
		r.out.AddAll(document.SymbolTokens(font, words, like))
		return
	}
	like.Text = cleaner.Replace(words)
	r.placeholder(&like)
	r.out.Add(like)
}

var cleaner = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\u00A0", " ", "\u00AD", "", "\u200B", "")

// symbol reads w:sym (17.3.3.30): a font and the place of a glyph in it.
func (r *reader) symbol(k *part.Node, like document.Token) {
	code, err := strconv.ParseUint(k.Value("char"), 16, 32)
	if err != nil {
		return
	}
	r.out.AddAll(document.SymbolTokens(symbolFont(k.Value("font")), string(rune(code)), like))
}

// symbolFont returns the font of a symbol; w:sym without one is drawn in the run's own, and Word writes only Wingdings so.
func symbolFont(font string) string {
	if font == "" {
		return "Wingdings"
	}
	return font
}
