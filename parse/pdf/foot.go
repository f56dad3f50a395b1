package pdf

import "strings"

// footPart is the part of a page's height from which on a program prints what it repeats at the foot of every page.
const footPart = 0.92

// low tells whether a block without rules stands where the feet of pages are printed.
func (b *block) low(frame box) bool {
	return len(b.xs) == 0 && b.y0 > frame.y0+footPart*frame.height()
}

// markFeet marks what stands at the foot of several pages, but for their numbers: it is no part of what the form says. On
// one page alone nothing tells a foot from the last line.
func (b *binding) markFeet() {
	pages := map[string]map[int]bool{}
	for i := range b.blocks {
		if blk := &b.blocks[i]; blk.atFoot {
			text, page := blk.footText(), blk.cells[0].Page
			if pages[text] == nil {
				pages[text] = map[int]bool{}
			}
			pages[text][page] = true
		}
	}
	for i := range b.blocks {
		blk := &b.blocks[i]
		if !blk.atFoot || len(pages[blk.footText()]) < 2 {
			continue
		}
		for j := range blk.cells {
			blk.cells[j].Margin = true
		}
	}
}

// footText returns the words of a foot without the number of its page.
func (b *block) footText() string {
	var words []string
	for _, c := range b.cells {
		words = append(words, strings.Fields(strings.ToLower(c.Text()))...)
	}
	before := ""
	for i, w := range words {
		if before == "" || before == "page" || before == "of" || before == "p" || before == "p." || before == "-" || before == "|" || before == "/" {
			words[i] = withoutNumber(w)
		}
		before = w
	}
	return strings.Join(words, " ")
}

// withoutNumber returns a word that is the number of a page, or of it and all pages ("2/3"), as a sign for any.
func withoutNumber(w string) string {
	if digits := strings.Replace(w, "/", "", 1); len(digits) <= len("99/99") && strings.Trim(digits, "0123456789") == "" {
		return "#"
	}
	return w
}
