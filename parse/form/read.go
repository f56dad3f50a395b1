package form

import (
	"slices"
	"strings"
	"unicode"

	"referrald/parse/document"
)

// Read returns the forms and screening tools of one document, in order: none, one, or several (a form and a tool in one
// file, or the forms of several children). The name is the file's as sent, the part its place in the message.
func (l *Lexicon) Read(d *document.Document, name string, part int) []Sheet {
	p := l.flatten(l.rejoined(d), name)
	segments := slices.DeleteFunc(l.segments(p), func(g *segment) bool {
		g.prepare()
		return g.kind == ""
	})
	if len(segments) == 1 { // of several nobody can tell whose the margins are
		segments[0].margins = l.margins(p)
	}
	var out []Sheet
	for _, g := range segments {
		s := Sheet{Kind: g.kind, Document: name, Part: part, Format: d.Format, Scanned: g.scan, Fields: map[Key]Value{}}
		g.fill(&s)
		out = append(out, s)
	}
	return out
}

// fill reads every label and option of the segment into its sheet.
func (g *segment) fill(s *Sheet) {
	f := filler{segment: g, sheet: s, parts: map[Key][]reading{}, kept: map[Key]reading{}}
	for k := range g.anchors {
		if a := g.anchors[k]; a.kind == labelSense {
			f.add(g.readValue(k))
		}
	}
	f.addMargins(g.margins)
	f.join()
	f.fields()
	if g.kind == ReferralForm {
		f.ticks()
		f.careContact()
		f.postcode()
	} else {
		f.level()
		s.Council = g.council()
	}
	f.passages()
	s.Blank = f.blank()
}

// A filler puts what was read at labels into one sheet.
type filler struct {
	*segment
	sheet *Sheet
	all   []reading
	parts map[Key][]reading // the boxes of values of several boxes
	kept  map[Key]reading
}

// keyOf returns the field that a label names on this kind of sheet, or "".
func (g *segment) keyOf(a anchor) Key {
	if a.key == Name && g.inPhrase(a) {
		return ""
	}
	if g.kind == ReferralForm {
		if strings.HasPrefix(string(a.key), "screening.") || a.key == toolComment || a.key == toolScore {
			return ""
		}
		return a.key
	}
	switch a.key {
	case Name:
		return ToolChildName
	case DateOfBirth:
		return ToolChildBirth
	case ToolCompletedBy, ToolCompletedOn, ToolLevel, toolComment, toolScore:
		return a.key
	case Summary, ProtectiveFactors, OtherAgencies, AdditionalNeeds, AreasOfWork:
		return toolComment
	}
	return ""
}

// inPhrase tells a label in the midst of another question, whose own words OCR has not read: "of benefit to the young person?"
func (g *segment) inPhrase(a anchor) bool {
	words := strings.Fields(g.lines[a.line].text[:a.start])
	if len(words) == 0 {
		return false
	}
	switch strings.ToLower(words[len(words)-1]) {
	case "the", "a", "this", "that", "each", "any", "your":
		return true
	}
	return false
}

// add takes a reading for its field: the first value stands; a second, other one is a conflict where it matters.
func (f *filler) add(r reading) {
	r.field = f.keyOf(r.anchor)
	f.all = append(f.all, r)
	if r.field == "" || r.text == "" || r.field == statusList || r.field == factorList || r.field == toolComment || r.field == toolScore || r.field == ToolLevel {
		return
	}
	if r.part > 0 {
		f.parts[r.field] = append(f.parts[r.field], r)
		return
	}
	if r.weak && f.hasStrong(r.field) {
		return
	}
	old, ok := f.kept[r.field]
	switch {
	case !ok || old.weak && !r.weak:
		f.kept[r.field] = r
	case !r.weak && f.differ(old, r):
		f.conflict(old, r)
	}
}

func (f *filler) hasStrong(k Key) bool {
	for i := range f.anchors {
		if f.keyOf(f.anchors[i]) == k && !f.anchors[i].weak && f.anchors[i].part <= 1 {
			return true
		}
	}
	return false
}

func (f *filler) conflict(a, b reading) {
	f.sheet.Conflicts = append(f.sheet.Conflicts, Conflict{Key: a.field, Sentence: "The same thing is written differently in two places.",
		Between: []Evidence{f.evidence(a.anchor, a.parts, a.text), f.evidence(b.anchor, b.parts, b.text)}})
}

// join makes one value of a field's several boxes where none holds it whole.
func (f *filler) join() {
	for k, boxes := range f.parts {
		whole, ok := f.kept[k]
		if ok {
			boxes = onlyNew(whole, boxes)
			boxes = append([]reading{whole}, boxes...)
		}
		first := boxes[0]
		var texts []string
		seen := map[int]bool{}
		for part := 0; part <= 9; part++ {
			for _, b := range boxes {
				if b.part != part || seen[part] {
					continue
				}
				seen[part] = true
				texts = append(texts, b.text)
				first.rule = min(first.rule, b.rule)
				first.parts = append(first.parts[:len(first.parts):len(first.parts)], b.parts...)
			}
		}
		first.text = strings.Join(texts, joinerOf(k))
		f.kept[k] = first
	}
}

// onlyNew returns the boxes that say something that the whole value does not.
func onlyNew(whole reading, boxes []reading) []reading {
	var out []reading
	for _, b := range boxes {
		if !strings.Contains(Fold(whole.text), Fold(b.text)) {
			out = append(out, b)
		}
	}
	return out
}

func joinerOf(k Key) string {
	switch k {
	case Name:
		return " "
	case ParentName:
		return ", "
	}
	return " / "
}

func roleOf(k Key) DateRole {
	if k == ToolCompletedOn {
		return CompletionDate
	}
	return BirthDate
}

// fields writes the values, dates as ISO.
func (f *filler) fields() {
	for k, r := range f.kept {
		if f.worn(k, r.parts) {
			continue
		}
		answer := strings.TrimSuffix(r.text, ";") // that online forms put behind each of several answers, be it one
		v := Value{Text: answer, Confidence: r.trust(), Evidence: f.evidence(r.anchor, r.parts, r.text)}
		switch k {
		case DateOfBirth, ToolChildBirth:
			if v.Text, f.sheet.Born = ParseDate(r.text, BirthDate); v.Text == "" {
				continue
			}
		case ToolCompletedOn:
			f.signer(r)
			if v.Text, f.sheet.Dated = ParseDate(r.text, CompletionDate); v.Text == "" {
				continue
			}
		case Postcode:
			if v.Text = WornPostcodeOf(r.text); v.Text == "" {
				if f.asAddress(r) {
					continue
				}
				v.Text = strings.ToUpper(r.text)
			}
		case Name, ToolChildName, ToolCompletedBy, ReferrerName, ParentName, School:
			v.Text = strings.ReplaceAll(v.Text, "\n", " ")
		}
		f.sheet.Fields[k] = v
	}
}

// signer takes the name before the date for who completed the tool, where one box asks for both: "Completed by / date".
func (f *filler) signer(r reading) {
	label := " " + Fold(f.lines[r.line].text[r.start:r.end]) + " "
	name, _, _ := strings.Cut(r.text, "\n")
	if at := strings.IndexFunc(name, unicode.IsDigit); at >= 0 {
		name = name[:at]
	}
	if words := strings.Fields(strings.TrimRight(name, " ,-–(:/")); len(words) > 0 && strings.HasSuffix(strings.ToLower(words[len(words)-1]), "day") {
		name = strings.Join(words[:len(words)-1], " ") // of the date
	}
	name = strings.TrimRight(name, " ,-–(:/")
	if _, ok := f.kept[ToolCompletedBy]; ok || !strings.Contains(label, " by ") || len(strings.Fields(name)) < 2 {
		return
	}
	f.sheet.Fields[ToolCompletedBy] = Value{Text: name, Confidence: ruleBelow * r.trust(), Evidence: f.evidence(r.anchor, r.parts, name)}
}

// asAddress takes what stands at a postcode's label for the address where it can be nothing else: several words without a
// postcode, such as the first line of "Address and postcode".
func (f *filler) asAddress(r reading) bool {
	if len(strings.Fields(r.text)) < 3 {
		return false
	}
	if _, ok := f.kept[Address]; !ok {
		f.sheet.Fields[Address] = Value{Text: r.text, Confidence: ruleBelow * r.trust(), Evidence: f.evidence(r.anchor, r.parts, r.text)}
	}
	return true
}

// postcode takes the postcode out of the address where it has no box of its own.
func (f *filler) postcode() {
	address, ok := f.sheet.Fields[Address]
	if _, own := f.sheet.Fields[Postcode]; own || !ok {
		return
	}
	find := PostcodeOf
	if f.scan {
		find = WornPostcodeOf
	}
	if code := find(address.Text); code != "" {
		address.Text = code
		f.sheet.Fields[Postcode] = address
	}
}

// ticks reads the statuses and factors.
func (f *filler) ticks() {
	f.sheet.Status, f.sheet.Factors = map[CareStatus]Tick{}, map[Factor]Tick{}
	var statuses, factors []state
	for _, s := range f.options() {
		if s.status != "" {
			statuses = append(statuses, s)
		} else {
			factors = append(factors, s)
		}
	}
	f.settleGroup(statuses, len(CareStatuses))
	f.settleGroup(factors, len(Factors))
	for _, s := range append(statuses, factors...) {
		f.addTick(s)
	}
	f.listed()
}

func (f *filler) addTick(s state) {
	if s.mark == document.NoMark {
		return
	}
	e := f.where(s.line)
	e.Text = plain(strings.TrimSpace(f.lines[s.line].text))
	t := Tick{Mark: s.mark, Confidence: s.trust, Evidence: e}
	if s.status != "" {
		if old, ok := f.sheet.Status[s.status]; !ok || t.outweighs(old) {
			f.sheet.Status[s.status] = t
		}
		return
	}
	if old, ok := f.sheet.Factors[s.factor]; !ok || t.outweighs(old) {
		f.sheet.Factors[s.factor] = t
	}
}

// outweighs tells whether a tick counts where an option was found twice: a box that is ticked anywhere is ticked.
func (t Tick) outweighs(old Tick) bool {
	return old.Mark != document.Ticked || t.Mark == document.Ticked && t.Confidence > old.Confidence
}

// listed reads statuses and factors that are named behind their list's own label: "Social care status: Child in Need".
func (f *filler) listed() {
	for _, r := range f.all {
		if r.field != statusList && r.field != factorList || !hasWords(f.raw(r.parts)) {
			continue
		}
		if r.field == statusList && isNone(r.text) {
			f.addTick(state{hit: hit{sense: &sense{status: NotOpen}}, line: r.parts[0].line, mark: document.Ticked, trust: trustNone})
		}
		all, marked := f.named(r)
		if !marked && f.scan && f.printed(r) {
			continue
		}
		if !marked {
			settleNamed(all, r.field)
		}
		for _, s := range all {
			f.addTick(s)
		}
	}
}

// trustNone is how surely "None" at the social care status says that the child is not open to social care.
const trustNone = 0.82

// isNone tells an answer that says that there is none.
func isNone(text string) bool {
	switch Fold(text) {
	case "none", "nil", "no", "closed", "no involvement", "none currently", "none known":
		return true
	}
	return false
}

// named returns the options that stand in a list's value, with their marks where it has any.
func (f *filler) named(r reading) (all []state, marked bool) {
	for _, p := range r.parts {
		ln := &f.lines[p.line]
		after := f.marksFollow(ln, p, r.field)
		for _, h := range ln.hits {
			if h.start < p.start || h.end > p.end || (h.status != "") != (r.field == statusList) {
				continue
			}
			s := state{hit: h, line: p.line}
			from, to := f.room(ln, &s)
			if from, to = max(from, p.start), min(to, p.end); after {
				from = s.end
			} else {
				to = s.start
			}
			f.looks(&s, ln)
			marked = f.markIn(&s, ln, from, to, !after) || marked
			all = append(all, s)
		}
	}
	return all, marked
}

// marksFollow tells whether the boxes of a list stand behind its options: whether the first option comes before the first
// box.
func (f *filler) marksFollow(ln *line, p stretch, k Key) bool {
	mark := strings.IndexFunc(ln.text[p.start:p.end], isMark)
	for _, h := range ln.hits {
		if h.start >= p.start && (h.status != "") == (k == statusList) {
			return mark >= 0 && h.start < p.start+mark
		}
	}
	return false
}

// settleNamed ticks the named options, of a printed list only those that its looks choose: a list that stands whole is no
// choice.
func settleNamed(all []state, k Key) {
	seen := map[sense]bool{}
	shown, struck, bold := 0, 0, 0
	for _, s := range all {
		seen[sense{status: s.status, factor: s.factor}] = true
		shown, struck, bold = shown+count(s.shown), struck+count(s.struck), bold+count(s.bold)
	}
	inks := inksOfStates(all)
	whole := k == statusList && len(seen) >= 3 || 3*len(seen) > 2*len(Factors)
	for i := range all {
		s := &all[i]
		switch {
		case shown > 0:
			s.mark, s.trust = tickIf(s.shown), trustShown
		case struck > 0:
			s.mark, s.trust = tickIf(!s.struck), trustStruck
		case whole && bold > 0 && bold < len(all):
			s.mark, s.trust = tickIf(s.bold), trustBold
		case whole && inks.some:
			s.mark, s.trust = inks.markOf(s.ink)
		case !whole:
			s.mark, s.trust = document.Ticked, trustTyped
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// careContact gathers the contact information that stands beside the statuses.
func (f *filler) careContact() {
	if _, ok := f.sheet.Fields[CareContact]; ok {
		return
	}
	var texts []string
	var parts []stretch
	var at anchor
	for n := f.from; n < f.to; n++ {
		ln := &f.lines[n]
		if !f.isOptionLine(ln) || ln.hits[0].status == "" || f.startOf(n) >= 0 {
			continue
		}
		p := f.contactBeside(n)
		text := f.render(p)
		if text == "" || isYesNo(Fold(text)) || isTick(strings.ToLower(text)) {
			continue
		}
		if parts == nil {
			at = anchor{sense: &sense{}, line: n, trust: 1}
		}
		texts, parts = append(texts, text), append(parts, p...)
	}
	if len(texts) == 0 {
		return
	}
	text := strings.Join(texts, "\n")
	f.sheet.Fields[CareContact] = Value{Text: text, Confidence: ruleNext * f.typed(parts), Evidence: f.evidence(at, parts, text)}
}

// contactBeside returns what stands behind a status on its line, or in the cells to its right.
func (f *filler) contactBeside(n int) []stretch {
	ln := &f.lines[n]
	last := ln.hits[len(ln.hits)-1]
	if tail := ln.text[last.end:]; hasWords(tail) && strings.ContainsFunc(tail, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '@' }) && !strings.ContainsFunc(tail, isMark) && !tickedByWord("", tail) && len(Fold(tail)) > 3 && !isYesNo(Fold(tail)) {
		if end := overHint(ln.text, last.end); end == last.end || hasWords(ln.text[end:]) {
			return []stretch{{n, last.end, len(ln.text)}}
		}
	}
	cell := ln.cell
	for range 3 {
		right, ok := f.right(cell)
		if !ok || !f.isValueCell(right) {
			return nil
		}
		if m, _ := f.answerOf(right); m == document.NoMark && f.render(f.wholeCell(right)) != "" {
			return f.wholeCell(right)
		}
		cell = right
	}
	return nil
}

// blank tells a known template without any value.
func (f *filler) blank() bool {
	if len(f.sheet.Fields) > 0 || f.sheet.Dated != DateBlank || f.sheet.Born != DateBlank || f.sheet.Level != "" && f.sheet.Level != LevelUnknown {
		return false
	}
	for _, t := range f.sheet.Status {
		if t.Mark == document.Ticked {
			return false
		}
	}
	for _, t := range f.sheet.Factors {
		if t.Mark == document.Ticked {
			return false
		}
	}
	return true
}
