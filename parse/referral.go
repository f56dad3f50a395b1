package parse

import (
	"cmp"
	"path"
	"slices"

	"referrald/parse/document"
	"referrald/parse/form"
)

// A pair is the form and the tool of one child, by their places in the lists; -1 where there is none.
type pair struct {
	form, tool int
	unsaid     bool // the tool may be any of several children's
}

// referrals brings the sheets of a message together, one Referral for each child, in the order of the message.
func referrals(sheets []form.Sheet) []Referral {
	forms := mergeCopies(ofKind(sheets, form.ReferralForm))
	tools := mergeCopies(ofKind(sheets, form.ScreeningTool))
	pairs := pairUp(forms, tools)
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(place(a, forms, tools), place(b, forms, tools)) })
	var out []Referral
	for _, p := range pairs {
		var f, t *form.Sheet
		if p.form >= 0 {
			f = &forms[p.form]
		}
		if p.tool >= 0 {
			t = &tools[p.tool]
		}
		r := referralOf(f, t)
		if p.unsaid {
			r.Conflicts = append(r.Conflicts, form.Conflict{Key: form.ToolChildName, Sentence: saysWhoseTool,
				Between: []form.Evidence{{Document: t.Document}}})
		}
		out = append(out, r)
	}
	return out
}

func ofKind(sheets []form.Sheet, kind form.Kind) []form.Sheet {
	var out []form.Sheet
	for i := range sheets {
		if sheets[i].Kind == kind {
			out = append(out, sheets[i])
		}
	}
	return out
}

// place is where a child's documents begin: with its form if it has one.
func place(p pair, forms, tools []form.Sheet) int {
	if p.form >= 0 {
		return forms[p.form].Part
	}
	return tools[p.tool].Part
}

// pairUp finds each form its tool: by the child's name and birth date first, then by standing in one document or bearing
// the child's name in the file's name, then by being the only ones left. A form and a tool that are alone in their
// message belong together even where they name two children: that a tool is another child's is for the rules to say.
func pairUp(forms, tools []form.Sheet) []pair {
	p := pairing{forms: forms, tools: tools, toolOf: make([]int, len(forms)), taken: make([]bool, len(tools))}
	for i := range p.toolOf {
		p.toolOf[i] = -1
	}
	for _, least := range [...]int{bestMatch, goodMatch, fairMatch} {
		p.match(least)
	}
	p.matchRest()
	return p.pairs()
}

type pairing struct {
	forms, tools []form.Sheet
	toolOf       []int
	taken        []bool
}

// How well a form and a tool go together.
const (
	noMatch   = 0
	fairMatch = 1 // nothing against it, and they stand in one document or the file's name has the child's
	goodMatch = 2 // the names can be one child's, or the birth date is one
	bestMatch = 3 // the names are one
)

func (p *pairing) score(f, t int) int {
	a, b := &p.forms[f], &p.tools[t]
	switch childOf(a).like(childOf(b)) {
	case sameChild:
		return bestMatch
	case namedAlike, bornAlike:
		return goodMatch
	case unsaid:
		if a.Part == b.Part || named(b.Document, childOf(a)) || named(a.Document, childOf(b)) {
			return fairMatch
		}
	}
	return noMatch
}

// match pairs what scores at least so much. A tool that fits several forms equally waits.
func (p *pairing) match(least int) {
	for f := range p.forms {
		for t := 0; t < len(p.tools) && p.toolOf[f] < 0; t++ {
			if !p.taken[t] && p.score(f, t) >= least && p.isNearest(f, t, least) {
				p.toolOf[f], p.taken[t] = t, true
			}
		}
	}
}

// isNearest tells whether no other free form that fits the tool as well stands nearer to it in the message.
func (p *pairing) isNearest(f, t, least int) bool {
	for g := range p.forms {
		if g != f && p.toolOf[g] < 0 && p.score(g, t) >= least && p.distance(g, t) < p.distance(f, t) {
			return false
		}
	}
	return true
}

func (p *pairing) distance(f, t int) int {
	d := p.forms[f].Part - p.tools[t].Part
	return max(d, -d)
}

// matchRest pairs what is left where it can only be meant so: one form and one tool, or as many tools that name nobody as
// forms, in their order.
func (p *pairing) matchRest() {
	forms, tools := p.left()
	if len(forms) != len(tools) || len(forms) > 1 && !p.nameless(tools) {
		return
	}
	for i, f := range forms {
		p.toolOf[f], p.taken[tools[i]] = tools[i], true
	}
}

func (p *pairing) left() (forms, tools []int) {
	for f, t := range p.toolOf {
		if t < 0 {
			forms = append(forms, f)
		}
	}
	for t, taken := range p.taken {
		if !taken {
			tools = append(tools, t)
		}
	}
	return forms, tools
}

func (p *pairing) nameless(tools []int) bool {
	for _, t := range tools {
		if c := childOf(&p.tools[t]); c.given || c.born != "" {
			return false
		}
	}
	return true
}

// pairs lists the children. A tool without a form is a child of its own; where it names nobody and there are forms, it may
// be any child's.
func (p *pairing) pairs() []pair {
	var out []pair
	for f, t := range p.toolOf {
		out = append(out, pair{form: f, tool: t})
	}
	for t, taken := range p.taken {
		if !taken {
			out = append(out, pair{form: -1, tool: t, unsaid: len(p.forms) > 0 && p.nameless([]int{t})})
		}
	}
	return out
}

// named tells whether a file's name bears a child's: all its words, or two of them.
func named(file string, c child) bool {
	words := NameOf(file[:len(file)-len(path.Ext(file))])
	hits := 0
	for _, w := range c.name {
		if len(w) > 1 && slices.Contains(words, w) {
			hits++
		}
	}
	return hits >= 2 || hits > 0 && hits == len(c.name)
}

// referralOf makes a Referral of a child's form and tool.
func referralOf(f, t *form.Sheet) Referral {
	r := Referral{Form: f, Tool: t, Fields: map[form.Key]form.Value{}, Level: form.LevelAbsent}
	if f != nil {
		r.Fields = filled(f.Fields, nil)
		r.Statuses, r.Factors = ticked(f.Status, form.CareStatuses[:]), ticked(f.Factors, form.Factors[:])
		r.Conflicts = append(r.Conflicts, f.Conflicts...)
		r.Passages = append(r.Passages, f.Passages...)
	}
	if t == nil {
		return r
	}
	r.Fields = filled(r.Fields, t.Fields)
	for k, v := range t.Fields {
		if isToolKey(k) {
			r.Fields[k] = v
		}
	}
	if r.Level = t.Level; r.Level == "" || r.Level == form.LevelAbsent {
		r.Level = form.LevelUnknown
	}
	r.Conflicts = append(r.Conflicts, t.Conflicts...)
	r.Passages = append(r.Passages, t.Passages...)
	return r
}

// isToolKey tells the fields of a screening tool, for which the tool is the witness that counts.
func isToolKey(k form.Key) bool {
	switch k {
	case form.ToolChildName, form.ToolChildBirth, form.ToolCompletedOn, form.ToolCompletedBy, form.ToolLevel:
		return true
	}
	return false
}

// ticked lists the options with a tick, in the form's order.
func ticked[K comparable](ticks map[K]form.Tick, order []K) []K {
	var out []K
	for _, k := range order {
		if ticks[k].Mark == document.Ticked {
			out = append(out, k)
		}
	}
	return out
}
