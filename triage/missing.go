package triage

import "referrald/parse/form"

// Label returns what is missing in the words of the referral form itself (source document A), so that a school finds the
// place; for what is no field of the form, in plain words. It is "" for a name that is not in the list.
func (m Missing) Label() string {
	for _, l := range labels {
		if l.what == m {
			return l.label
		}
	}
	return ""
}

// labels are the form's own labels.
var labels = [...]struct {
	what  Missing
	label string
}{
	{MissingForm, "The Action for Children referral form"},
	{Missing(form.Name), "Name of young person"},
	{Missing(form.DateOfBirth), "DOB"},
	{Missing(form.Contact), "Telephone/Email (young person)"},
	{Missing(form.Address), "Address, with its postcode"},
	{Missing(form.Postcode), "Address: the full postcode"},
	{Missing(form.Language), "Spoken Language"},
	{MissingStatus, "Social Care Status"},
	{Missing(form.CareContact), "Contact information (social care)"},
	{Missing(form.OtherAgencies), "Current agency involvement- Other"},
	{Missing(form.ParentName), "Name & relationship to young person (parent/carer)"},
	{Missing(form.ParentContact), "Telephone/Email (parent/carer)"},
	{Missing(form.Responsibility), "Parental responsibility?"},
	{Missing(form.ParentAware), "Are the parents aware of the referral?"},
	{Missing(form.School), "Name of School/Provision"},
	{Missing(form.AdditionalNeeds), "Additional needs (SEND/EHCP details)"},
	{Missing(form.EducationStatus), "Current education status"},
	{Missing(form.ReferrerName), "Referrer name"},
	{Missing(form.ReferrerContact), "Referrer contact- Telephone/Email"},
	{Missing(form.GroupDynamics), "Group Dynamics (Number of children, names, details)"},
	{Missing(form.ProtectiveFactors), "Protective Factors/Strengths"},
	{Missing(form.Interests), "Hobbies/Interests/Aspirations"},
	{Missing(form.Summary), "Summary of risk/reason for referral"},
	{Missing(form.AreasOfWork), "What areas of work do you feel would most benefit the young person?"},
	{MissingTool, "A current Child Exploitation Screening Tool"},
	{MissingToolDate, "The full date on which the screening tool was completed"},
	{MissingToolLevel, "The level of risk on the screening tool"},
}
