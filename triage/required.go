package triage

import (
	"slices"
	"strings"

	"referrald/parse/document"
	"referrald/parse/form"
)

// ruleForm is the clause form: the referral form, filled in as far as the policy requires. Without any value in it, it is
// ours to find out why; nobody is told that they left it empty.
func ruleForm(f *facts) {
	switch {
	case !f.hasForm():
		f.ask(MissingForm)
		f.say(CodeFormAbsent, "")
	case f.ref.Form.Blank:
		f.say(CodeFormNothingRead, "")
	default:
		f.complete()
	}
	f.contradicts()
	f.statusDisagrees()
	f.unsure()
}

// complete names what is missing. Birth date, postcode and the parents' being told have rules of their own, which ask.
func (f *facts) complete() {
	var blank []string
	for _, k := range requirable {
		if !f.policy.requires(string(k)) || f.filled(k) {
			continue
		}
		blank = append(blank, k.Label())
		f.ask(k)
	}
	if len(blank) == 0 {
		f.say(CodeFormComplete, "")
		return
	}
	f.say(CodeFormMissing, "Blank on the referral form: "+strings.Join(blank, "; ")+".")
}

// filled tells whether a required field has an answer.
func (f *facts) filled(k Missing) bool {
	switch k {
	case MissingStatus:
		return len(f.ref.Statuses) > 0 || len(f.statusUnread()) > 0
	case Missing(form.Address):
		return f.answered(form.Address) || f.value(form.Postcode) != ""
	case Missing(form.School):
		return f.answered(form.School) || f.attended.homeEducated
	case Missing(form.ParentAware), Missing(form.DateOfBirth):
		return true // asked for by their own rules
	}
	return f.answered(form.Key(k))
}

// answered tells whether a box holds more than a placeholder ("TBC").
func (f *facts) answered(k form.Key) bool {
	text := f.value(k)
	if len(text) > longestPlaceholder {
		return true
	}
	text = strings.Trim(foldText(text), " .:;")
	return text != "" && !exactly(text, f.policy.Form.Placeholders)
}

// longestPlaceholder is the length from which on a box is filled in, whatever it says.
const longestPlaceholder = 20

// deciding are the fields on which a decision can turn.
var deciding = []form.Key{
	form.Name, form.DateOfBirth, form.Address, form.Postcode, form.ParentAware, form.School, form.EducationStatus, form.AdditionalNeeds,
	form.ToolChildName, form.ToolChildBirth, form.ToolCompletedOn, form.ToolLevel,
}

// decides tells whether this decision turns on a field: the address only where the postcode was taken from it, the
// education status only where it stands for the school ("home educated"), the additional needs only of those for whom the
// range of ages asks for them.
func (f *facts) decides(k form.Key) bool {
	switch k {
	case form.Address:
		return f.value(form.Postcode) == ""
	case form.EducationStatus:
		return f.value(form.School) == "" && f.attended.homeEducated
	case form.AdditionalNeeds:
		return !f.birth.known || f.birth.age > f.policy.Age.To
	}
	return slices.Contains(deciding, k)
}

// unread are the fields that no rule reads, not even to flag them.
var unread = []form.Key{form.Sexuality, form.Ethnicity, form.Religion, form.Language}

// contradicts says where two witnesses differ. Between form and tool the rules of age and tool speak for themselves.
func (f *facts) contradicts() {
	for i := range f.ref.Conflicts {
		c := &f.ref.Conflicts[i]
		switch {
		case slices.Contains(unread, c.Key):
		case c.Key == form.ToolLevel && f.ref.Level == form.LevelAmbiguous: // the level's own rule holds it
		case f.decides(c.Key), !slices.Contains(fields, c.Key):
			f.say(CodeFormContradicts, c.Sentence, c.Between...)
		default:
			f.say(CodeFormMinorDiffers, c.Sentence, c.Between...)
		}
	}
}

// fields are those on which no decision turns, or not always.
var fields = []form.Key{
	form.Address, form.AdditionalNeeds, form.Contact, form.CareContact, form.OtherAgencies, form.ParentName, form.ParentContact, form.Responsibility,
	form.EducationStatus, form.ReferrerName, form.ReferrerContact, form.GroupDynamics, form.ProtectiveFactors, form.Interests,
	form.Summary, form.AreasOfWork, form.ToolCompletedBy,
}

// plans are the statuses that a child who is not open to social care cannot have. Early Help is none of them.
var plans = []form.CareStatus{form.ChildInNeed, form.ChildProtection, form.ChildInCare}

// statusDisagrees holds where the form ticks both that the child is not open to social care and that it is.
func (f *facts) statusDisagrees() {
	open := func(s form.CareStatus) bool { return slices.Contains(plans, s) }
	if slices.Contains(f.ref.Statuses, form.NotOpen) && slices.ContainsFunc(f.ref.Statuses, open) {
		f.say(CodeFormContradicts, "The form ticks both that the child is not open to social care and that there is a plan.")
	}
}

// unsure holds where a value that decides was read with less confidence than the policy wants.
func (f *facts) unsure() {
	var words []form.Evidence
	for _, k := range deciding {
		if v, ok := f.ref.Fields[k]; ok && f.decides(k) && v.Confidence < f.policy.Form.Confidence {
			words = append(words, v.Evidence)
		}
	}
	words = append(words, f.statusUnread()...)
	words = append(words, f.statusUnsure()...)
	if len(words) > 0 {
		f.say(CodeFormUnsure, "", words...)
	}
}

// disputed is the confidence below which a tick has witnesses that differ. What is told by the marks of its neighbours alone
// (the others struck out, or deleted) is less sure than a glyph, and is all the same told by one witness.
const disputed = 0.55

// statusUnsure returns where a box of the social care status stands of which the witnesses differ whether it is ticked.
func (f *facts) statusUnsure() []form.Evidence {
	if !f.hasForm() {
		return nil
	}
	var out []form.Evidence
	for _, s := range form.CareStatuses {
		if t, ok := f.ref.Form.Status[s]; ok && t.Mark == document.Ticked && t.Confidence < disputed {
			out = append(out, t.Evidence)
		}
	}
	return out
}

// statusUnread returns where a box of the social care status stands whose mark could not be read, where no other is
// ticked: such a box is never taken for empty.
func (f *facts) statusUnread() []form.Evidence {
	if !f.hasForm() || len(f.ref.Statuses) > 0 {
		return nil
	}
	var out []form.Evidence
	for _, s := range form.CareStatuses {
		if t, ok := f.ref.Form.Status[s]; ok && t.Mark == document.MarkUnknown {
			out = append(out, t.Evidence)
		}
	}
	return out
}
