package triage

import (
	"slices"
	"strings"

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
		return len(f.ref.Statuses) > 0
	case Missing(form.Address):
		return f.value(form.Address) != "" || f.value(form.Postcode) != ""
	case Missing(form.School):
		return f.value(form.School) != "" || f.attended.homeEducated
	case Missing(form.ParentAware), Missing(form.DateOfBirth):
		return true // asked for by their own rules
	}
	return f.value(form.Key(k)) != ""
}

// deciding are the fields on which a decision turns.
var deciding = []form.Key{
	form.Name, form.DateOfBirth, form.Address, form.Postcode, form.ParentAware, form.School, form.AdditionalNeeds,
	form.ToolChildName, form.ToolChildBirth, form.ToolCompletedOn, form.ToolLevel,
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
		case slices.Contains(deciding, c.Key), !slices.Contains(fields, c.Key):
			f.say(CodeFormContradicts, c.Sentence, c.Between...)
		default:
			f.say(CodeFormMinorDiffers, c.Sentence, c.Between...)
		}
	}
}

// fields are the form's other fields, on which no decision turns.
var fields = []form.Key{
	form.Contact, form.CareContact, form.OtherAgencies, form.ParentName, form.ParentContact, form.Responsibility,
	form.EducationStatus, form.ReferrerName, form.ReferrerContact, form.GroupDynamics, form.ProtectiveFactors, form.Interests,
	form.Summary, form.AreasOfWork, form.ToolCompletedBy,
}

// unsure holds where a value that decides was read with less confidence than the policy wants.
func (f *facts) unsure() {
	var words []form.Evidence
	for _, k := range deciding {
		if v, ok := f.ref.Fields[k]; ok && v.Confidence < f.policy.Form.Confidence {
			words = append(words, v.Evidence)
		}
	}
	if len(words) > 0 {
		f.say(CodeFormUnsure, "", words...)
	}
}
