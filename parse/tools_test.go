package parse_test

import (
	"fmt"
	"time"

	"referrald/parse/form"
)

// toolQuestions are what screening tools ask for besides their indicators.
var toolQuestions = []question{
	{form.ToolChildName, []string{"Name of child", "Child's name", "Young person's name", "Name of young person", "Full name of child/young person", "Pupil name", "Name of child being screened", "Subject of screening", "YP name", "Child / young person"}, nil, nil},
	{form.ToolChildBirth, []string{"DOB", "Date of birth", "D.O.B", "Child's date of birth", "DoB"}, nil, []string{"(dd/mm/yyyy)"}},
	{form.ToolCompletedBy, []string{"Completed by", "Name of person completing", "Assessor", "Practitioner", "Name of professional completing tool", "Screening completed by", "Name and role of person completing this tool", "Worker completing", "Tool completed by", "Professional completing this form"}, nil, nil},
	{form.ToolCompletedOn, []string{"Date completed", "Date of completion", "Date of screening", "Date of assessment", "Date tool completed", "Assessment date", "Date of this assessment", "Date of current screening", "Date screening completed", "Completed on", "Date of risk assessment"}, nil, []string{"(dd/mm/yy)"}},
}

// toolBesides are asked in tools and are none of ours.
var toolBesides = [][2]string{{"Date of previous assessment", "03/02/2026"}, {"Previous screening date", "11/01/2026"}, {"Review date", "01/04/2027"}, {"Date of next review", "02/05/2027"}, {"Unique ID", "114"}, {"Agency", "Larkmoor Academy"}, {"Team / organisation", "Safeguarding"},
	{"Gender", "M"}, {"Ethnicity", "White British"}, {"School", "Larkmoor Academy"}, {"Previous level of risk", "Medium"}, {"Manager's name", "A Head"}, {"Version", "4"}, {"Date of last MACE panel", "n/a"}, {"Social worker", "none"}, {"Home address", "1 Mill Lane, ST4 2QH"}}

// A scale is a tool's list of levels, the lowest first, with the levels that the words mean.
type scale struct {
	words []string
	means [][]form.Level
}

var (
	low, medium, high = []form.Level{form.LevelLow}, []form.Level{form.LevelMedium}, []form.Level{form.LevelHigh}
	none, doubtful    = []form.Level{form.LevelNone}, []form.Level{form.LevelAmbiguous}
)

var levelLabels = []string{"Level of risk", "Overall level of risk", "Risk level", "Overall risk rating", "Outcome of screening", "Professional judgement: level of risk", "Risk category", "RAG rating", "Assessed level of risk", "What is the overall level of risk?", "Current level of risk",
	"Overall assessment of risk", "Level of concern", "Final risk level", "Overall RAG", "Indicative level of risk", "Overall exploitation risk level", "Level of risk (professional judgement)", "Practitioner's judgement of risk", "Risk threshold"}

var scales = []scale{
	{words: []string{"Low", "Medium", "High"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"LOW RISK", "MEDIUM RISK", "HIGH RISK"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"No risk identified", "Low", "Medium", "High"}, means: [][]form.Level{none, low, medium, high}},
	{words: []string{"Emerging", "Standard", "Medium", "Significant"}, means: [][]form.Level{doubtful, low, medium, high}},
	{words: []string{"Green", "Amber", "Red"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"Standard", "Moderate", "Significant"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"Vulnerable to exploitation", "Targeted for exploitation", "Experiencing exploitation"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"Low (vulnerable)", "Moderate (targeted)", "Significant (being exploited)"}, means: [][]form.Level{low, medium, high}},
	{words: []string{"Emerging", "Moderate", "Significant"}, means: [][]form.Level{doubtful, medium, high}},
	{words: []string{"Low (0-5)", "Medium (6-10)", "High (11+)"}, means: [][]form.Level{low, medium, high}},
}

var meanings = []string{"Some vulnerability; universal support and prevention", "Indicators of being targeted by others", "Evidence of exploitation; strategy discussion", "No further action"}

// toolPaper prints and fills in a screening tool, and says what a careful person reads in it.
func (h *hand) toolPaper(p person) (paper, told) {
	t := told{fields: map[form.Key]string{}, asked: map[form.Key]string{}}
	on := time.Date(2026, time.Month(4+h.IntN(7)), 1+h.IntN(28), 0, 0, 0, 0, time.UTC)
	out := paper{para(bold(pick(h.dice, "Child Exploitation Screening Tool", "CE SCREENING TOOL", "Exploitation Risk Assessment", "Child Criminal Exploitation Screening Checklist", "CE Risk Indicator Matrix", "Child Exploitation Vulnerability Checklist", "Exploitation Indicator Tool (education)")))}
	if h.of(2) {
		out = append(out, para(plain(pick(h.dice, "Edition 3, January 2024. Reviewed 02/02/2025.", "Version 2.1 - date of publication 01/09/2023", "Last updated: 12/05/2024"))))
	}
	values := map[form.Key]string{form.ToolChildName: p.name, form.ToolChildBirth: p.born, form.ToolCompletedBy: p.referrer, form.ToolCompletedOn: h.date(on)}
	order := h.Perm(len(toolQuestions))
	var labels []inks
	var answers [][]inks
	for _, i := range order {
		q := toolQuestions[i]
		labels, answers = append(labels, h.label(q, false)), append(answers, h.answer(values[q.key]))
		t.asked[q.key] = labels[len(labels)-1].text()
		t.fields[q.key] = values[q.key]
		if h.of(3) {
			b := pick(h.dice, toolBesides...)
			labels, answers = append(labels, h.printed(b[0], nil)), append(answers, h.answer(pick(h.dice, b[1], "")))
		}
	}
	t.fields[form.ToolChildBirth], t.fields[form.ToolCompletedOn] = p.iso, on.Format("2006-01-02")
	out = append(out, h.ask(labels, answers)...)
	level := h.levels(&t)
	if h.of(2) {
		out = append(append(out, h.indicators()...), level...)
	} else {
		out = append(append(out, level...), h.indicators()...)
	}
	return out, t
}

var indicators = []string{"Goes missing from home or care", "Unexplained money, clothes or phones", "Older friends or controlling relationships", "Known to carry weapons", "Found in another area", "Drug use or supply", "Exclusion or poor attendance", "Injuries that are not explained", "Change in mood",
	"Is the child suspected of holding drugs for others?", "Low self-esteem", "High number of contacts online"}

// indicators prints the tool's questions: in columns of yes and no, in columns of degrees, with scores, or as RAG.
func (h *hand) indicators() []block {
	heads := pick(h.dice, []string{"Yes", "No"}, []string{"Yes", "No", "Not known"}, []string{"Yes", "Suspected", "No", "Not known"}, []string{"Low", "Medium", "High"}, []string{"R", "A", "G"}, []string{"0", "1", "2", "3"}, []string{"Never", "Sometimes", "Often"}, nil)
	var rows [][]slot
	head := []slot{cell(bold(pick(h.dice, "Indicator", "Risk indicator", "Vulnerability", "Question")))}
	for _, w := range heads {
		head = append(head, cell(bold(w)))
	}
	if heads == nil {
		head = append(head, cell(bold(pick(h.dice, "Score", "Rating", "Yes/No/Not known"))))
	}
	rows = append(rows, append(head, cell(bold(pick(h.dice, "Comments", "Evidence")))))
	total := 0
	for i, w := range indicators {
		if h.number >= 0 {
			w = fmt.Sprintf("%d. %s", i+1, w)
		}
		row := []slot{cell(plain(w))}
		at := h.IntN(max(len(heads), 3))
		for j := range heads {
			row = append(row, h.mark(j == at))
		}
		if heads == nil {
			row, total = append(row, cell(plain(pick(h.dice, "0", "1", "No", "Low", "Green")))), total+1
		}
		rows = append(rows, append(row, cell(plain(lookText(h.of(3), pick(h.dice, "One friend only, low level.", "See above", "Rumours of high spending"))))))
	}
	out := []block{{rows: rows}}
	if h.of(3) {
		out = append(out, h.ask([]inks{h.printed(pick(h.dice, "Total score", "Total", "Score"), nil)}, [][]inks{h.answer(fmt.Sprint(total))})...)
	}
	return out
}

// mark is a slot that is ticked or not.
func (h *hand) mark(on bool) slot {
	switch {
	case h.ticks <= tickBracket:
		box, _ := h.tick("", on)
		return cell(inks{*box})
	case h.ticks == tickHighlight && on:
		return slot{lines: []inks{plain("x")}, shaded: true}
	}
	return cell(plain(lookText(on, pick(h.dice, "x", "X", "✓", "Yes"))))
}

// levels prints the tool's levels and chooses one.
func (h *hand) levels(t *told) []block {
	s := pick(h.dice, scales...)
	at := h.IntN(len(s.words))
	t.fields[form.ToolLevel], t.levels = s.words[at], s.means[at]
	label := h.printed(pick(h.dice, levelLabels...), nil)
	t.asked[form.ToolLevel] = label.text()
	switch h.IntN(8) {
	case 0: // in words
		return h.ask([]inks{label}, [][]inks{h.answer(s.words[at])})
	case 1: // a drop-down
		return []block{{rows: [][]slot{{cell(label), cell(inks{{text: s.words[at], kind: choice}})}}}}
	case 2: // all on one line
		return []block{{line: append(append(label, ink{text: " "}), h.alternatives(s.words, at)...)}}
	case 3: // a row of cells
		row := []slot{cell(label)}
		for i, w := range s.words {
			row = append(row, h.levelSlot(w, i == at))
		}
		return []block{{rows: [][]slot{row}}}
	case 4: // one below the other, with their meanings
		return h.levelRows(s, at, label)
	case 5: // heads of columns, a mark below
		head, below := []slot{cell(label)}, []slot{cell()}
		for i, w := range s.words {
			head, below = append(head, cell(bold(w))), append(below, h.mark(i == at))
		}
		return []block{{rows: [][]slot{head, below}}}
	case 6: // a key to the levels, then the level in words
		var rows [][]slot
		for i, w := range s.words {
			rows = append(rows, []slot{cell(plain(w)), cell(plain(meanings[i%len(meanings)]))})
		}
		return append([]block{para(bold("Key to the levels of risk")), {rows: rows}}, h.ask([]inks{label}, [][]inks{h.answer(s.words[at])})...)
	}
	cells := inks{}
	return []block{{rows: [][]slot{{cell(label), cell(append(cells, h.alternatives(s.words, at)...))}}}}
}

func (h *hand) levelRows(s scale, at int, label inks) []block {
	rows := [][]slot{{slot{lines: []inks{label}, span: 2}}}
	for i, w := range s.words {
		c := h.levelSlot(w, i == at)
		row := []slot{c, cell(plain(meanings[i%len(meanings)]))}
		if h.side == 0 && !c.shaded {
			row = []slot{cell(plain(w)), cell(plain(meanings[i%len(meanings)])), h.mark(i == at)}
			rows[0] = []slot{{lines: []inks{label}, span: 3}}
		}
		rows = append(rows, row)
	}
	return []block{{rows: rows}}
}

// levelSlot is a slot with one level: ticked, shaded or otherwise set off where it is the chosen one.
func (h *hand) levelSlot(words string, on bool) slot {
	if h.ticks == tickHighlight {
		return slot{lines: []inks{plain(words)}, shaded: on}
	}
	return cell(h.alternative(words, on))
}

func (h *hand) alternative(words string, on bool) inks {
	box, text := h.tick(words, on)
	switch {
	case box != nil:
		return inks{*box, {text: " "}, *text}
	case text == nil, h.ticks >= tickGone && h.ticks <= tickYesNo, h.ticks == tickTyped:
		return plain(words + lookText(on, pick(h.dice, " x", " ✓", " X")))
	}
	return inks{*text}
}

func (h *hand) alternatives(words []string, at int) (out inks) {
	for i, w := range words {
		if i > 0 {
			out = append(out, ink{text: pick(h.dice, "   ", " / ")})
		}
		out = append(out, h.alternative(w, i == at)...)
	}
	return out
}
