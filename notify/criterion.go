package notify

import (
	"slices"

	"referrald/parse/form"
	"referrald/triage"
)

// criteria returns the criteria that a signposting letter names, each once: those that are clearly not met. Where a person
// decided on a referral that the rules held, there are none, and the criteria that the rules were unsure of are named.
func (s *sentences) criteria(codes []triage.Code) (out []string) {
	for _, c := range codes {
		if c.Effect() == triage.EffectSignpost {
			out = s.criterion(out, c.Clause())
		}
	}
	if len(out) == 0 {
		for _, c := range codes {
			out = s.criterion(out, c.Clause())
		}
	}
	if len(out) == 0 {
		out = []string{s.Criterion[otherCriterion]}
	}
	return out
}

func (s *sentences) criterion(to []string, c triage.Clause) []string {
	text := s.Criterion[string(c)]
	if text == "" || slices.Contains(to, text) {
		return to
	}
	return append(to, text)
}

// asks says which missing thing a code is about. The codes of the sentences' table ask are these.
var asks = map[triage.Code][]triage.Missing{
	triage.CodeFormAbsent:      {triage.MissingForm},
	triage.CodeAgeNoBirthDate:  {triage.Missing(form.DateOfBirth)},
	triage.CodeAgeBadBirthDate: {triage.Missing(form.DateOfBirth)},
	triage.CodeAgeSENDUnclear:  {triage.Missing(form.AdditionalNeeds)},
	triage.CodeAreaNoPostcode:  {triage.Missing(form.Address), triage.Missing(form.Postcode)},
	triage.CodeAreaBadPostcode: {triage.Missing(form.Address), triage.Missing(form.Postcode)},
	triage.CodeAreaSplit:       {triage.Missing(form.Address), triage.Missing(form.Postcode)},
	triage.CodeInformedBlank:   {triage.Missing(form.ParentAware)},
	triage.CodeToolAbsent:      {triage.MissingTool},
	triage.CodeToolTooOld:      {triage.MissingTool},
	triage.CodeToolFuture:      {triage.MissingTool},
	triage.CodeToolUndated:     {triage.MissingToolDate},
	triage.CodeToolBadDate:     {triage.MissingToolDate},
	triage.CodeLevelBlank:      {triage.MissingToolLevel},
}

// hint returns what is said beside a missing thing, or "".
func (s *sentences) hint(what triage.Missing, codes []triage.Code) string {
	for _, c := range codes {
		if slices.Contains(asks[c], what) {
			return s.Ask[string(c)]
		}
	}
	return ""
}
