package pdf

import (
	"strings"
	"unicode/utf8"

	"referrald/parse/document"
)

// maxActual bounds the characters for which the marks of a content stream are believed over the letters themselves: a
// ligature, a hyphen at which a word was divided. Longer texts could say anything.
const maxActual = 3

// A meaning is the text that a stretch of marked content is said to stand for (ISO 32000-1, 14.9.4).
type meaning struct {
	text        string
	depth, from int // of marked content inside each other: now, and where the text was said
	painted     bool
}

// contents carries out the operators of marked content; it says whether op was one.
func (m *machine) contents(op []byte, args []operand, res *resources) bool {
	switch string(op) {
	case "BDC":
		m.meant.depth++
		if len(args) == 2 && string(args[0].bytes) == "OC" && m.off == 0 && unseen(res.layers.Key(lastName(args))) {
			m.off = m.meant.depth
		}
		if len(args) == 2 && args[1].kind == dict && m.meant.text == "" {
			m.mean(args[1].items)
		}
	case "BMC":
		m.meant.depth++
	case "EMC":
		if m.meant.depth == m.off {
			m.off = 0
		}
		if m.meant.depth--; m.meant.depth < m.meant.from {
			m.meant = meaning{depth: m.meant.depth}
		}
	default:
		return false
	}
	return true
}

func (m *machine) mean(items []operand) {
	for i := 0; i+1 < len(items); i += 2 {
		if string(items[i].bytes) != "ActualText" || items[i+1].kind != text {
			continue
		}
		s := decodeText(string(items[i+1].bytes))
		if n := utf8.RuneCountInString(s); n > 0 && n <= maxActual {
			m.meant = meaning{text: s, depth: m.meant.depth, from: m.meant.depth}
		}
	}
}

// actual returns the sign that is meant in place of the next one painted, and false for one that has been meant already.
func (m *machine) actual(s sign) (sign, bool) {
	if m.meant.text == "" {
		return s, true
	}
	if m.meant.painted {
		return s, false
	}
	m.meant.painted = true
	out := sign{text: m.meant.text, width: s.width, blank: strings.TrimSpace(m.meant.text) == ""}
	if r, single := onlyRune(out.text); single {
		if out.mark = document.MarkOf(r); out.mark != document.NoMark {
			out.source = document.Glyph
		}
	}
	if out.text != softHyphen {
		out.text = clean(out.text)
	}
	return out, true
}
