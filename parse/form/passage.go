package form

import (
	"strings"

	"referrald/parse/document"
)

// passages gathers the prose of the sheet, the template's own words left out: what stands in the form's free boxes, and
// in a tool what stands in its boxes for comments and in the columns of its table meant for them.
func (f *filler) passages() {
	if f.kind == ReferralForm {
		for _, k := range proseKeys {
			if v, ok := f.sheet.Fields[k]; ok {
				f.pass(FromForm, k, v.Text, v.Evidence)
			}
		}
		return
	}
	seen := map[int]bool{}
	for _, r := range f.all {
		if (r.field == toolComment || r.field == ToolLevel) && r.text != "" && !f.isLevelList(r.text) && len(strings.Fields(r.text)) > 1 {
			f.pass(FromTool, "", r.text, f.evidence(r.anchor, r.parts, r.text))
			for _, p := range r.parts {
				seen[p.line] = true
			}
		}
	}
	f.rows(seen)
}

var proseKeys = [...]Key{Summary, AreasOfWork, GroupDynamics, ProtectiveFactors, Interests, OtherAgencies, AdditionalNeeds,
	EducationStatus, CareContact, ParentAware, Responsibility}

func (f *filler) pass(source Source, k Key, text string, e Evidence) {
	e.Text = text
	f.sheet.Passages = append(f.sheet.Passages, Passage{Source: source, Key: k, Evidence: e})
}

// rows gathers the remarks beside a tool's questions.
func (f *filler) rows(seen map[int]bool) {
	for n := f.from; n < f.to; n++ {
		ln := &f.lines[n]
		c := &f.doc.Cells[ln.cell]
		if seen[n] || ln.chrome || c.Margin || f.startOf(n) >= 0 || !f.isRemark(n, c) {
			continue
		}
		text := tidy(strings.Map(dropMark, f.raw([]stretch{{n, 0, len(ln.text)}})))
		if len(strings.Fields(text)) > 1 && !isPrintedChoice(text) && !isYesNo(Fold(text)) {
			f.pass(FromTool, "", text, f.where(n))
		}
	}
}

func dropMark(r rune) rune {
	if isMark(r) {
		return -1
	}
	return r
}

// isRemark tells text that somebody wrote into a tool: in a form field, or in a column for remarks.
func (f *filler) isRemark(n int, c *document.Cell) bool {
	if f.lines[n].has(0, len(f.lines[n].text), document.Filled) {
		return true
	}
	if c.Table == 0 || c.Col <= 1 || c.Row <= 1 {
		return false
	}
	head, ok := f.at[cellPlace{c.Table, 1, c.Col}]
	if !ok || f.isLevelRow(head) {
		return false
	}
	words := Fold(f.doc.Cells[head].Text())
	for _, w := range [...]string{"comment", "evidence", "detail", "note", "rationale", "explain", "further information", "example", "yes", "answer", "response", "observ", "reason"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// isLevelRow tells a cell behind a level: in a table of levels without heads it says what the level means.
func (f *filler) isLevelRow(cell int) bool {
	left, ok := f.left(cell)
	return ok && isLevelOption(f.doc.Cells[left].Text())
}
