package pdf_test

import (
	"fmt"
	"strings"
	"testing"
)

// bold paints bold text at a place.
func bold(x, y int, text string) string {
	return fmt.Sprintf("BT /F2 10 Tf %d %d Td (%s) Tj ET\n", x, y, text)
}

// A form that was filled in and printed or flattened has no fields any more: frames with values stand where they were.
func TestReadFlattened(t *testing.T) {
	frame := func(x, y, width, height int, words ...string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%d %d %d %d re S\n", x, y, width, height)
		for i, w := range words {
			b.WriteString(at(x+2, y+height-12-12*i, w))
		}
		return b.String()
	}
	content := bold(50, 700, "Name of young person:") + bold(300, 700, "DOB:") + frame(50, 680, 200, 16, "Imogen Thackeray") + frame(300, 680, 200, 16, "7 March 2012") +
		bold(50, 660, "Address:") + bold(300, 660, "Ethnicity:") + frame(50, 590, 200, 66, "4 Mill Lane", "Stafford", "ST16 9XB") + frame(300, 590, 200, 66) +
		bold(50, 560, "Name of School:") + frame(50, 540, 450, 16, "St Aelred's")
	want := "Name of young person:\nDOB:\nImogen Thackeray\n7 March 2012\nAddress:\nEthnicity:\n4 Mill Lane / Stafford / ST16 9XB\nName of School:\nSt Aelred's"
	if got := read(t, sample{content: content}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What programs do to letters on their way through a printer: Ghostscript's ligatures, bytes that paint nothing, letters that
// are painted twice or stand apart, ticks of a font by another name.
func TestReadPrinted(t *testing.T) {
	type1 := "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 11 0 R>>"
	codes := stream("", "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange "+
		"6 beginbfrange <80> <80> <66006900> <81> <81> <74007400> <82> <82> <6600cf00> <83> <83> <7400dd00> <84> <84> <66006c00> <85> <85> <6600d200> endbfrange")
	dingbats := "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+D050000L/FirstChar 52/Widths[760]>>"
	spaced := func(y int, word string) string {
		var b strings.Builder
		for i, r := range word {
			fmt.Fprintf(&b, "BT /F1 10 Tf 1 0 0 1 %d %d Tm (%c) Tj ET\n", 50+12*i, y, r)
		}
		return b.String()
	}
	twice := func(y int, word string) string {
		var b strings.Builder
		x := 50.0
		for _, r := range word {
			fmt.Fprintf(&b, "BT /F1 10 Tf 1 0 0 1 %.2f %d Tm (%c) Tj 1 0 0 1 %.2f %d Tm (%c) Tj ET\n", x, y, r, x+0.3, y, r)
			x += map[rune]float64{'l': 2.2, 'i': 2.2, 't': 2.8}[r] + map[bool]float64{true: 5.56}[!strings.ContainsRune("lit", r)]
		}
		return b.String()
	}
	for name, c := range map[string]struct{ content, want string }{
		"ligatures":     {"BT /F9 10 Tf 50 700 Td (O\x82cer, Pa\x81erson, \x80rst, pre\x83ng, \x84at, ba\x85e) Tj ET", "Officer, Patterson, first, pretting, flat, baffle"},
		"wide bytes":    {"BT /F1 10 Tf 50 700 Td (\\000I\\000m\\000o\\000g\\000e\\000n\\000 \\000T\\000h\\000o\\000r\\000n) Tj ET", "Imogen Thorn"},
		"spaced out":    {spaced(700, "REFERRAL"), "REFERRAL"},
		"comb":          {spaced(700, "ST169XB"), "ST169XB"},
		"painted twice": {twice(700, "illtold"), "illtold"},
		"tick":          {"50 699 9 9 re S BT /F8 9 Tf 51 700 Td (4) Tj ET\n" + at(66, 700, "Neglect"), "[x] Neglect"},
	} {
		got := read(t, sample{content: c.content, page: "/Resources<</Font<</F1 6 0 R/F8 12 0 R/F9 10 0 R>>>>", objects: []string{type1, codes, dingbats}})
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// An answer is chosen by what a word processor draws around it: an ellipse, a frame with square or round corners.
func TestReadFramedChoice(t *testing.T) {
	options := at(50, 700, "Low") + at(150, 700, "Medium") + at(250, 700, "High")
	ellipse := func(x, y, rx, ry float64) string {
		const k = 0.5523
		return fmt.Sprintf("q 1 0 0 RG %f %f m %f %f %f %f %f %f c %f %f %f %f %f %f c %f %f %f %f %f %f c %f %f %f %f %f %f c s Q\n", x+rx, y,
			x+rx, y+k*ry, x+k*rx, y+ry, x, y+ry, x-k*rx, y+ry, x-rx, y+k*ry, x-rx, y, x-rx, y-k*ry, x-k*rx, y-ry, x, y-ry, x+k*rx, y-ry, x+rx, y-k*ry, x+rx, y)
	}
	round := "q 150 694 m 185 694 l 188 694 190 696 190 699 c 190 709 l 190 712 188 714 185 714 c 150 714 l 147 714 145 712 145 709 c 145 699 l 145 696 147 694 150 694 c s Q\n"
	const medium = "Low\n<C Medium>\nHigh"
	for name, c := range map[string]struct{ content, want string }{
		"ellipse":                 {options + ellipse(167, 704, 23, 10), medium},
		"frame":                   {options + "145 694 45 20 re S\n", medium},
		"round corners":           {options + round, medium},
		"frames as cells":         {options + "145 694 45 20 re S 190 694 45 20 re S 235 694 45 20 re S\n", "Medium\nHigh\nLow"},
		"frame of a field":        {bold(50, 700, "Level:") + at(150, 700, "Low") + "145 694 200 20 re S\n", "Level:\nLow"},
		"small ring":              {at(50, 700, "Are the parents aware? Yes / No") + ellipse(165, 704, 10, 10), "Are the parents aware? <C Yes >/ No"},
		"small ring on a letter":  {at(50, 700, "Aware? Y / N") + ellipse(105, 704, 7, 7), "Aware? Y / <C N>"},
		"round box that is empty": {ellipse(55, 704, 5, 5) + at(66, 700, "Neglect"), "[ ] Neglect"},
		"round box with a cross":  {ellipse(55, 704, 5, 5) + at(52, 701, "x") + at(66, 700, "Neglect"), "[x] Neglect"},
	} {
		if got := read(t, sample{content: c.content}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
