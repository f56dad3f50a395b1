package document

import (
	"strings"
	"unicode"
)

// What somebody draws over a form with a word processor's shapes, in inches. Rings are drawn around a word or two, strokes
// over them; what is larger belongs to the template.
const (
	leastRing    = 0.1
	widestRing   = 3.0
	highestRing  = 1.2
	widestStroke = 2.0
	ringDistance = 0.35 // from the top of its paragraph, beyond which a ring is around other words
)

// Far is a place that is not where a shape's paragraph begins, or is not known.
const Far = widestRing

// An Overlay is a shape without words that lies over the text of its paragraph. Sizes are in inches.
type Overlay struct {
	Ring          bool // around words; else a stroke, a cross, ink
	Width, Height float64
	Down          float64 // from the top of the paragraph, or Far
}

// As tells by its kind (of DrawingML, VML or OpenDocument) and its size whether a shape may be drawn over words at all.
func (o Overlay) As(kind string) (Overlay, bool) {
	switch strings.TrimPrefix(kind, "ooxml-") {
	case "ellipse", "oval", "circle", "donut", "ring", "roundRect", "roundrect", "round-rectangle", "frame", "flowChartConnector", "flowChartTerminator":
		o.Ring = true
		return o, o.Width >= leastRing && o.Width <= widestRing && o.Height >= leastRing && o.Height <= highestRing
	case "line", "straightConnector1", "mathMultiply", "plus", "free", "path", "polyline", "curve", "curvedConnector3", "non-primitive":
		return o, o.Width <= widestStroke && o.Height <= highestRing && o.Width+o.Height >= leastRing
	}
	return Overlay{}, false
}

// twips are in an inch.
const twips = 1440

// MayBeDrawn tells by its size in twips whether a shape of a format that tells no more of it may be somebody's ring or stroke.
func MayBeDrawn(width, height int) bool {
	return width+height >= leastRing*twips && width <= widestStroke*twips && height <= highestRing*twips
}

// Ringed returns the style that shapes over a paragraph's words give them: a ring around the only choice of a paragraph is that
// choice. Which of several words one is around, and what strokes and ink mean, only an eye can tell, so that it warns.
func (b *Builder) Ringed(shapes []Overlay, words string) Style {
	circled, unsure := ringed(shapes, words)
	if unsure {
		b.Warn(Handwriting)
	}
	if circled {
		return Circled
	}
	return 0
}

func ringed(shapes []Overlay, words string) (circled, unsure bool) {
	words = strings.TrimSpace(words)
	switch {
	case len(shapes) == 0, areCalm(shapes, words):
		return false, false
	case len(shapes) == 1 && shapes[0].Ring && shapes[0].isHere() && isOneChoice(words):
		return true, false
	}
	return false, true
}

// Where a shape lies over nothing but its own paragraph, in inches from its top.
const (
	emptyLow, emptyHigh   = -0.1, 0.18 // the one line of a paragraph without words
	signedLow, signedHigh = -0.6, 0.6  // a name that was signed is larger than what is printed
)

// areCalm tells shapes that choose and strike nothing: a divider in an empty paragraph, what was signed or is to be signed on.
func areCalm(shapes []Overlay, words string) bool {
	low, high := emptyLow, emptyHigh
	if isSignature(words) {
		low, high = signedLow, signedHigh
	} else if words != "" {
		return false
	}
	for _, o := range shapes {
		if o.Down < low || o.Down+o.Height > high {
			return false
		}
	}
	return true
}

// mostSigned is how many words the line of a signature has: whose it is, a name, a date.
const mostSigned = 10

// isSignature tells a paragraph that asks for a signature and for nothing that a mark could choose.
func isSignature(words string) bool {
	lower := strings.ToLower(words)
	all := strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(all) == 0 || len(all) > mostSigned || strings.Contains(lower, "?") {
		return false
	}
	for _, w := range all {
		switch w {
		case "yes", "no", "y", "n", "low", "medium", "high", "not", "none":
			return false
		}
	}
	switch all[0] {
	case "signed", "signature", "signatures", "sign":
		return true
	}
	return all[len(all)-1] == "signature" // of a parent, of the headteacher
}

func (o Overlay) isHere() bool { return o.Down >= -ringDistance && o.Down <= ringDistance }

// longestChoice is how many words an option that is ringed as a whole can have.
const longestChoice = 5

func isOneChoice(words string) bool {
	return words != "" && len(strings.Fields(words)) <= longestChoice && !strings.ContainsAny(words, "/|:\t")
}
