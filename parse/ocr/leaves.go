package ocr

// Two pages copied onto one sheet: how wide the paper between them is at least, in inches, how far from the sheet's middle
// it may lie, as shares of its width, and how much wider than high such a sheet is.
const (
	gutterWide  = 0.22
	gutterFrom  = 0.4
	gutterTo    = 0.6
	gutterSheet = 1.15
	gutterDust  = 8    // dots of ink that a column of paper may show: the grain of the copy
	leafFilled  = 0.55 // share of a page's width over which its words reach: a mere column of labels is none
)

// leaves returns the blocks of each page that a sheet shows, from the left: two where they were copied beside each other.
func (p *sheet) leaves(words []word) [][]block {
	all := p.items(words)
	at, ok := p.gutter()
	if !ok {
		return [][]block{blocksOf(all, p.grids)}
	}
	side := func(r rect) int {
		if r.middle().x > float64(at) {
			return 1
		}
		return 0
	}
	var items [2][]item
	var extent [2]rect
	for _, it := range all {
		s := side(it.rect)
		if len(items[s]) == 0 {
			extent[s] = it.rect
		}
		items[s], extent[s] = append(items[s], it), extent[s].union(it.rect)
	}
	least := int(leafFilled / 2 * float64(p.ink.w))
	if len(items[0]) == 0 || len(items[1]) == 0 || min(extent[0].width(), extent[1].width()) < least {
		return [][]block{blocksOf(all, p.grids)}
	}
	var grids [2][]grid
	for _, g := range p.grids {
		s := side(g.bounds())
		grids[s] = append(grids[s], g)
	}
	return [][]block{blocksOf(items[0], grids[0]), blocksOf(items[1], grids[1])}
}

// gutter returns the middle of the strip of paper between two pages on one sheet, and whether there is one: it runs from
// top to bottom near the sheet's middle, and no rule crosses it.
func (p *sheet) gutter() (int, bool) {
	k := p.ink
	if float64(k.w) < gutterSheet*float64(k.h) {
		return 0, false
	}
	columns := make([]int, k.w)
	for i, d := range k.dot {
		columns[i%k.w] += int(d)
	}
	from, to := widest(columns)
	middle := (from + to) / 2
	for _, r := range p.rules.level {
		if r.from < float64(middle) && r.to > float64(middle) {
			return 0, false
		}
	}
	return middle, float64(to-from) >= gutterWide*inch
}

// widest returns the widest strip of paper near the middle of a sheet, by the ink of its columns.
func widest(columns []int) (from, to int) {
	start, w := -1, float64(len(columns))
	for x := int(gutterFrom * w); x < int(gutterTo*w); x++ {
		switch {
		case columns[x] > gutterDust:
			start = -1
		case start < 0:
			start = x
		}
		if start >= 0 && x-start > to-from {
			from, to = start, x
		}
	}
	return from, to
}
