package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"referrald/parse/document"
)

// text adds words with white space folded as a browser does (CSS Text 3, 4.1).
func (r *reader) text(s string, in look) {
	if in.pre {
		r.preformatted(s, in)
		return
	}
	s = r.fold(s)
	if s == "" {
		return
	}
	spaceAfter := strings.HasSuffix(s, " ")
	r.words(s, in)
	r.atSpace = spaceAfter
}

// fold makes each run of white space one space, and none where one stands before it. A no-break space is a space that is
// not folded.
func (r *reader) fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := r.atSpace
	for _, c := range s {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case 0xA0, 0x202F, 0x2007:
			c = ' '
		case 0xAD, 0x200B, 0x200C, 0x2060, 0xFEFF, 0x34F:
			continue
		}
		b.WriteRune(c)
		space = false
	}
	return b.String()
}

// preformatted adds words whose lines and spaces are shown as they stand.
func (r *reader) preformatted(s string, in look) {
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			r.out.Break()
			r.atSpace = true
		}
		if line != "" {
			r.words(strings.ReplaceAll(line, "\u00A0", " "), in)
		}
	}
}

// words adds text in its font: letters of a symbol font are boxes, ticks and arrows.
func (r *reader) words(s string, in look) {
	if in.font == "" || !document.DrawsSymbols(in.font) {
		r.add(document.Token{Text: s}, in)
		return
	}
	for _, t := range document.SymbolTokens(in.font, s, document.Token{}) {
		r.add(t, in)
	}
}

// image reads a picture whose stand-in is nothing but a box or tick, as a glyph or in words.
func (r *reader) image(n *html.Node, in look) {
	if in.boxed {
		return
	}
	alt := strings.TrimSpace(attr(n, "alt"))
	said := alt
	if said == "" {
		said = nameOf(attr(n, "src"))
	}
	if mark := pictured(said); mark != document.NoMark {
		r.add(document.Token{Mark: mark, Source: document.HTMLInput}, in)
		return
	}
	c, size := utf8.DecodeRuneInString(alt)
	if document.MarkOf(c) != document.NoMark && len(alt) <= size+len("\uFE0F") {
		r.add(document.Token{Text: alt}, in)
	}
}

// nameOf returns the file's name of an address, without its ending.
func nameOf(address string) string {
	file := address[strings.LastIndexByte(address, '/')+1:]
	stem, _, _ := strings.Cut(file, ".")
	return stem
}

// pictured tells from what is said of a picture whether it shows a tick or an empty box, in a few words of which no other
// thing is said.
func pictured(said string) document.Mark {
	words := strings.FieldsFunc(strings.ToLower(said), func(r rune) bool { return r < 'a' || r > 'z' })
	mark, not, boxed := document.NoMark, false, false
	for _, w := range words {
		switch w {
		case "checked", "ticked", "tick", "checkmark", "check", "selected":
			mark = document.Ticked
		case "unchecked", "unticked", "unselected":
			mark, not = document.Unticked, true
		case "not", "no", "empty", "blank":
			not = true
		case "box", "checkbox":
			boxed = true
		case "mark", "button", "icon", "green", "heavy", "white", "black", "red", "image", "img", "symbol", "on", "off", "in", "a":
		default:
			return document.NoMark
		}
	}
	switch {
	case len(words) > 5:
		return document.NoMark
	case not && (boxed || mark != document.NoMark):
		return document.Unticked
	}
	return mark
}

// wordsOf returns the raw text below a node.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	gather(&b, n, maxWords)
	return b.String()
}

// maxWords bounds the text that is looked at to tell what an element is, in bytes.
const maxWords = 2000

func gather(b *strings.Builder, n *html.Node, limit int) {
	if b.Len() > limit {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		gather(b, k, limit)
	}
}

// attr returns an attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
