package form

// A segment is the stretch of a page that holds one sheet.
type segment struct {
	*page
	lex      *Lexicon
	from, to int // lines
	anchors  []anchor
	margins  []anchor // of the document's headers and footers
	kind     Kind
	titled   bool          // its kind stands in a heading
	bold     bool          // its labels are bold
	starts   map[int][]int // by line: where its labels begin
	leads    map[int]int   // by table; see marksLead
}

// segments parts a page into its sheets: at a heading of the other kind, and where a name is asked for again.
func (l *Lexicon) segments(p *page) []*segment {
	anchors := l.scan(p)
	cur := &segment{page: p, lex: l}
	all := []*segment{cur}
	named, strong, keys, again := false, false, 0, -1
	begin := func(line int, kind Kind) {
		cur.to = line
		cur = &segment{page: p, lex: l, from: line, kind: kind, titled: kind != ""}
		all = append(all, cur)
		named, strong, keys, again = false, false, 0, -1
	}
	for i, a := range anchors {
		switch {
		case a.kind == headingSense && keys == 0 && !cur.titled:
			cur.kind, cur.titled = a.sheet, true
		case a.kind == headingSense && a.sheet != cur.kind && keys > 1:
			begin(a.line, a.sheet)
		case a.kind == headingSense && keys > 1:
			again = a.line
		case a.key == Name && !a.cued && a.part <= 1 && named && !(a.weak && strong) && (again >= 0 || keys >= 6) && startsChild(anchors[i:]):
			from := a.line
			if again >= 0 {
				from = again
			}
			begin(from, cur.kind)
		}
		if a.kind == labelSense && a.key != "" {
			keys++
			named = named || a.key == Name
			strong = strong || a.key == Name && !a.weak
		}
		cur.anchors = append(cur.anchors, a)
	}
	cur.to = len(p.lines)
	return all
}

// startsChild tells whether a birth date is asked for soon after a name: a second child's form or tool begins.
func startsChild(anchors []anchor) bool {
	for i := 1; i < len(anchors) && i < 8; i++ {
		switch {
		case anchors[i].kind == headingSense:
			return false
		case anchors[i].key == DateOfBirth:
			return true
		}
	}
	return false
}

// prepare settles what the segment is and which labels count in it.
func (g *segment) prepare() {
	form, tool := g.evidenceOf()
	switch {
	case g.titled:
	case form >= tool && form > 0:
		g.kind = ReferralForm
	case tool > 0:
		g.kind = ScreeningTool
	}
	whole := g.titled && g.keys() >= 3
	if !whole && (g.kind == ReferralForm && form < 3 || g.kind == ScreeningTool && tool < 2) {
		g.kind = "" // a heading alone, or a mail that only mentions one
	}
	g.starts = map[int][]int{}
	bold, labels := 0, 0
	for i := range g.anchors {
		a := &g.anchors[i]
		if g.kind == ScreeningTool && a.tool != nil {
			a.sense = a.tool
		}
		g.starts[a.line] = append(g.starts[a.line], a.start)
		if a.kind == labelSense {
			labels++
		}
		if a.bold {
			bold++
		}
	}
	g.bold = 2*bold > labels
}

// keys counts the different fields that the segment asks for.
func (g *segment) keys() int {
	seen := map[Key]bool{}
	for _, a := range g.anchors {
		if a.kind == labelSense && a.key != "" {
			seen[a.key] = true
		}
	}
	return len(seen)
}

// evidenceOf counts what only a form and only a tool has.
func (g *segment) evidenceOf() (form, tool int) {
	seen := map[Key]bool{}
	for _, a := range g.anchors {
		switch {
		case a.kind == headingSense && a.sheet == ReferralForm:
			form++
		case a.kind == headingSense:
			tool++
		case a.tool != nil && (!a.tool.weak || a.cued) && !seen[a.tool.key]:
			seen[a.tool.key] = true
			if a.tool.key != toolComment && a.tool.key != toolScore {
				tool++
			}
		case a.tool == nil && a.key != "" && (!a.weak || a.cued) && !seen[a.key] && formOnly(a.key):
			seen[a.key] = true
			form++
		}
	}
	factors := map[sense]bool{}
	for n := g.from; n < g.to; n++ {
		if g.isOptionLine(&g.lines[n]) {
			for _, h := range g.lines[n].hits {
				factors[sense{status: h.status, factor: h.factor}] = true
			}
		}
	}
	return form + len(factors)/4, tool
}

// formOnly tells the fields that no screening tool asks for, or hardly any.
func formOnly(k Key) bool {
	switch k {
	case Name, DateOfBirth, Ethnicity, School, Address, Postcode, AdditionalNeeds, EducationStatus:
		return false
	}
	return true
}
