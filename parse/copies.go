package parse

import (
	"slices"
	"strings"

	"referrald/parse/document"
	"referrald/parse/form"
)

// sentences of conflicts, for staff.
const (
	saysCopiesDiffer = "Two copies of a document in the message differ here."
	saysLevelsDiffer = "Two screening tools for the child in the message give different levels."
	saysWhoseTool    = "The message has a screening tool that does not say which of its children it is for."
)

// sure is the confidence from which on a copy's word counts against another's; a scan beside its original misreads.
const sure = 0.8

// mergeCopies joins the sheets of one kind that are copies of each other (a form sent as Word and as PDF, pasted into the
// mail and attached), so that each is about a child of its own.
func mergeCopies(sheets []form.Sheet) []form.Sheet {
	var out []form.Sheet
next:
	for _, s := range sheets {
		for i := range out {
			switch {
			case isNextPage(&out[i], &s):
				out[i] = continued(out[i], s)
				continue next
			case isCopy(&out[i], &s):
				out[i] = merged(out[i], s)
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}

// isCopy tells whether two sheets of a kind are of one child. Of a document that holds several, each is its own.
func isCopy(a, b *form.Sheet) bool {
	if a.Blank || b.Blank {
		return false
	}
	switch childOf(a).like(childOf(b)) {
	case sameChild:
		return true
	case otherChild, sharedBirth:
		return false
	case namedAlike:
		return a.Part != b.Part && childOf(a).born != "" && alike(a, b)
	}
	return a.Part != b.Part && alike(a, b)
}

// isNextPage tells a sheet that goes on with another: forms are photographed and scanned page by page, each page a file of
// its own. The later page names no child and says nothing that the earlier one says too.
func isNextPage(a, b *form.Sheet) bool {
	if a.Format != b.Format || a.Part == b.Part || a.Format != document.Image && a.Format != document.PDF {
		return false
	}
	if c := childOf(b); c.given || c.born != "" || len(b.Fields)+len(b.Factors) == 0 {
		return false
	}
	for k := range b.Fields {
		if _, both := a.Fields[k]; both {
			return false
		}
	}
	for k, t := range b.Factors {
		if u, both := a.Factors[k]; both && t.Mark != u.Mark {
			return false
		}
	}
	return a.Level == "" || b.Level == "" || !isLevel(a.Level) || !isLevel(b.Level)
}

// continued joins a sheet and its next page.
func continued(a, b form.Sheet) form.Sheet {
	passages := append(slices.Clone(a.Passages), b.Passages...)
	fill(&a, &b)
	if !isLevel(a.Level) && b.Level != "" && b.Level != form.LevelUnknown {
		a.Level = b.Level
	}
	a.Passages = passages
	a.Conflicts = append(slices.Clone(a.Conflicts), b.Conflicts...)
	a.Blank = a.Blank && b.Blank
	return a
}

// Of the fields that two sheets both have, so many at least, and so large a share, are equal in copies.
const (
	commonFields = 3
	commonShare  = 0.8
)

// alike compares what two sheets both say.
func alike(a, b *form.Sheet) bool {
	both, equal := 0, 0
	for k, v := range a.Fields {
		w, ok := b.Fields[k]
		if !ok {
			continue
		}
		both++
		if sameText(v.Text, w.Text) {
			equal++
		}
	}
	return both >= commonFields && float64(equal) >= commonShare*float64(both)
}

// sameText compares two values without regard to case, spaces and signs.
func sameText(a, b string) bool { return bareText(a) == bareText(b) }

// merged joins two copies. The fuller one leads and keeps its place; the other fills gaps and is heard where it differs.
func merged(a, b form.Sheet) form.Sheet {
	if lead := weight(&b) > weight(&a); lead {
		a, b = b, a
	}
	if a.Kind == form.ScreeningTool {
		return mergedTools(a, b)
	}
	a.Conflicts = append(slices.Clone(a.Conflicts), differences(&a, &b)...)
	passages := otherwise(a.Passages, b.Passages)
	fill(&a, &b)
	a.Passages = append(slices.Clone(a.Passages), passages...)
	a.Part = min(a.Part, b.Part)
	return a
}

// otherwise returns the passages of a copy that say something else than the first one's: it may be a danger.
func otherwise(first, second []form.Passage) []form.Passage {
	if len(first) == 0 {
		return nil // the second's stand for both
	}
	var told strings.Builder
	for i := range first {
		told.WriteString(bareText(first[i].Text))
	}
	var out []form.Passage
	for _, p := range second {
		if !strings.Contains(told.String(), bareText(p.Text)) {
			out = append(out, p)
		}
	}
	return out
}

// weight says how much a sheet tells, and how surely.
func weight(s *form.Sheet) float64 {
	sum := 0.0
	for _, v := range s.Fields {
		sum += v.Confidence
	}
	for _, t := range s.Factors {
		sum += t.Confidence / 10
	}
	return sum
}

// mergedTools joins two tools of one child. Where both are dated differently the later is the current one, and the
// earlier is heard only if its level differs.
func mergedTools(a, b form.Sheet) form.Sheet {
	first, second := a.Fields[form.ToolCompletedOn].Text, b.Fields[form.ToolCompletedOn].Text
	dated := first != "" && second != "" && first != second
	if dated && second > first {
		a, b = b, a
	}
	a.Conflicts = slices.Clone(a.Conflicts)
	if isLevel(a.Level) && isLevel(b.Level) && a.Level != b.Level {
		a.Conflicts = append(a.Conflicts, form.Conflict{Key: form.ToolLevel, Sentence: saysLevelsDiffer,
			Between: []form.Evidence{a.Fields[form.ToolLevel].Evidence, b.Fields[form.ToolLevel].Evidence}})
	}
	if !dated {
		fill(&a, &b)
		if !isLevel(a.Level) && a.Level != form.LevelAmbiguous {
			a.Level = b.Level
		}
	}
	a.Part = min(a.Part, b.Part)
	return a
}

func isLevel(l form.Level) bool { return l != "" && l != form.LevelUnknown && l != form.LevelAbsent }

// StatusKey is the key of a conflict between the boxes of the social care status.
const StatusKey form.Key = "social_care_status"

// differences are the fields and the statuses that both copies give surely and differently.
func differences(a, b *form.Sheet) []form.Conflict {
	var out []form.Conflict
	for _, s := range form.CareStatuses {
		t, u := a.Status[s], b.Status[s]
		if t.Mark == u.Mark || t.Confidence < sure || u.Confidence < sure || t.Mark == document.MarkUnknown || u.Mark == document.MarkUnknown {
			continue
		}
		out = append(out, form.Conflict{Key: StatusKey, Between: []form.Evidence{t.Evidence, u.Evidence}, Sentence: saysCopiesDiffer})
	}
	for _, k := range sortedKeys(a.Fields) {
		v, w := a.Fields[k], b.Fields[k]
		if w.Text == "" || v.Confidence < sure || w.Confidence < sure || sameText(v.Text, w.Text) || contains(v.Text, w.Text) {
			continue
		}
		out = append(out, form.Conflict{Key: k, Between: []form.Evidence{v.Evidence, w.Evidence}, Sentence: saysCopiesDiffer})
	}
	return out
}

// contains tells whether one value only says less than the other (an address with and without its postcode).
func contains(a, b string) bool {
	a, b = bareText(a), bareText(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

func sortedKeys(fields map[form.Key]form.Value) []form.Key {
	keys := make([]form.Key, 0, len(fields))
	for k := range fields {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// fill puts into a what only b has.
func fill(a, b *form.Sheet) {
	a.Fields = filled(a.Fields, b.Fields)
	a.Status = filled(a.Status, b.Status)
	a.Factors = filled(a.Factors, b.Factors)
	if a.Council == "" {
		a.Council = b.Council
	}
	if a.Dated == form.DateBlank {
		a.Dated = b.Dated
	}
	if a.Born == form.DateBlank {
		a.Born = b.Born
	}
	if len(a.Passages) == 0 {
		a.Passages = b.Passages
	}
}

// filled returns a with what only b has; neither is changed.
func filled[K comparable, V any](a, b map[K]V) map[K]V {
	out := make(map[K]V, len(a)+len(b))
	for k, v := range b {
		out[k] = v
	}
	for k, v := range a {
		out[k] = v
	}
	return out
}
