package form_test

import (
	"strings"
	"testing"

	"referrald/parse/form"
)

// wordings are labels as forms of other hands print them, by the field that they ask for.
var wordings = map[form.Key][]string{
	form.Name: {"Name of young person", "Pupil's full name", "Student name", "Child's name (first and surname)", "Full name of child being referred", "Young Person's Name", "Name of child/young person",
		"Legal name of pupil", "YP name", "Name of the pupil you wish to refer", "Learner's name", "Child / Young Person name"},
	form.DateOfBirth: {"DOB", "D.O.B.", "Date of birth (dd/mm/yyyy)", "Date of Birth & age", "Pupil's date of birth", "DoB of child", "Birth date"},
	form.Contact:     {"Young person's telephone/email", "Pupil contact number", "Child's mobile", "Contact details of young person", "Young person's contact details (phone/email)"},
	form.Address:     {"Address", "Home address", "Home address (including postcode)", "Child's home address", "Full address with postcode", "Where does the child live?", "Current address of young person"},
	form.Ethnicity:   {"Ethnicity", "Ethnic origin", "Child's ethnicity", "Ethnic background", "Ethnicity (self-defined)"},
	form.Religion:    {"Religion", "Faith/Religion", "Religion or belief", "Religious beliefs", "Religion (if any)"},
	form.Language:    {"Spoken language", "First language", "Language(s) spoken at home", "Home language", "Preferred language", "Main language spoken", "Languages spoken"},
	form.Sexuality:   {"Sexuality", "Sexual orientation", "Sexual orientation (if known)"},
	form.CareContact: {"Social worker name and contact details", "Allocated social worker", "Lead professional", "Name of social worker", "Social worker contact details", "Name and contact details of lead professional"},
	form.OtherAgencies: {"Current agency involvement - Other", "Other agencies involved", "Other professionals involved", "Which other agencies are involved?", "Agencies currently involved with the family", "Other services involved",
		"Any other agency involvement"},
	form.ParentName:     {"Name & relationship to young person", "Parent/carer name", "Name of parent/carer", "Parent/Guardian full name", "Name of legal guardian", "Parent(s)/carer(s) name(s) and relationship", "Mother's name", "Parent or carer's name and relationship to child"},
	form.ParentContact:  {"Parent/carer telephone/email", "Parent contact number", "Parent/carer contact details", "Telephone number of parent/carer", "Guardian's email address", "Parent's mobile"},
	form.Responsibility: {"Parental responsibility?", "Who has parental responsibility?", "Person(s) with parental responsibility", "Do they have parental responsibility?", "Who holds PR?"},
	form.ParentAware: {"Are the parents aware of the referral?", "Are parents/carers aware and consenting?", "Is the parent/carer aware of this referral?", "Has this referral been discussed with parents/carers?", "Have parents been informed of this referral?",
		"Parental consent obtained?", "Parent/carer consent", "Do parents/carers consent to this referral?", "Are parents/carers aware of and in agreement with this referral?", "Has consent been obtained from the parent/carer?", "Parents/carers informed?",
		"Has the parent/carer given consent for this referral?"},
	form.School:          {"Name of School/Provision", "School", "School name", "Current school", "Education setting", "Name of education provision", "School/college attended", "School or provision"},
	form.AdditionalNeeds: {"Additional needs", "SEND needs", "SEN/Disability", "Any SEND or additional needs", "SEND status", "Does the child have any additional needs?", "EHCP/SEN support", "Does the young person have SEND?"},
	form.EducationStatus: {"Current education status", "Education status", "Attendance", "Current attendance %", "Educational status", "School status (full time / part time)"},
	form.ReferrerName: {"Referrer name", "Name of referrer", "Referrer's name and role", "Referred by", "Name of person making the referral", "Person completing this form", "Your name", "Referring professional", "Name of staff member making referral",
		"Name and role of referrer"},
	form.ReferrerContact:   {"Referrer contact- Telephone/Email", "Referrer's contact details", "Contact details of referrer", "Referrer email", "Referrer telephone number", "Your contact details", "Email address of referrer", "Referrer phone/email"},
	form.GroupDynamics:     {"Please Group Dynamics (Number of children, names, details)", "Group dynamics", "Details of group", "Number of children in the group"},
	form.ProtectiveFactors: {"Protective Factors/Strengths", "Strengths and protective factors", "Strengths", "What is going well?", "Protective factors"},
	form.Interests:         {"Hobbies/Interests/Aspirations", "Interests and hobbies", "Hobbies", "Child's interests", "Likes and interests", "Interests, hobbies and aspirations"},
	form.Summary: {"Summary of risk/reason for referral", "Reason for referral", "Reasons for referral", "Summary of concerns", "Why are you making this referral?", "Current concerns", "What are you worried about?", "Details of concerns", "Presenting concerns",
		"Please describe your concerns", "Why are you referring this young person?", "Please summarise the risks and reason for referral"},
	form.AreasOfWork: {"What areas of work do you feel would most benefit the young person?", "Areas of work", "What areas of work would benefit the child?", "Suggested areas of work", "Desired outcomes", "What support is needed?",
		"What would you like us to work on?", "Which areas of support would most help the pupil?"},
}

// toolWordings are the same for screening tools.
var toolWordings = map[form.Key][]string{
	form.ToolChildName: {"Child's name", "Name of child", "FULL NAME OF CHILD / YOUNG PERSON", "Young person", "Pupil name", "Name of young person being assessed", "Child"},
	form.ToolCompletedOn: {"Date completed", "Date of completion", "Date screen completed", "Date of screening", "Date of assessment", "Date tool completed", "Assessment date", "Date of risk assessment", "Date this tool was completed", "Completed on",
		"Date of screening tool completion", "Screening date", "Date form completed"},
	form.ToolCompletedBy: {"Completed by", "Screen completed by", "Person completing the tool", "Name of person completing this assessment", "Assessor", "Assessed by", "Name of practitioner", "Professional completing the tool", "Completed by (name and role)",
		"Name and role of person completing", "Form completed by", "Practitioner completing this screening"},
	form.ToolLevel: {"Risk level", "Overall level of risk", "Overall risk rating", "Level of risk identified", "Professional judgement - level of risk", "RAG rating", "Risk outcome", "Outcome of screening", "Assessed level of risk", "Overall risk level (please tick)",
		"Risk assessed as", "Final risk level", "Summary and outcome", "Risk category", "Overall assessment of risk", "What is the overall level of risk?", "Current level of risk", "Exploitation risk level", "Level of concern", "Outcome"},
}

var layouts = []string{"**Lb** Vl", "**Lb:** Vl", "Lb: Vl", "| **Lb:** Vl | |", "| **Lb** | Vl |", "| Lb | Vl |", "| Lb: | Vl |"}

// laidOut writes a label and its value in one layout, with others around it in the same.
func laidOut(layout, label, value string, key form.Key) string {
	lines := []string{strings.NewReplacer("Lb", label, "Vl", value).Replace(layout)}
	for other, l := range map[form.Key]string{form.Sexuality: "Sexuality", form.GroupDynamics: "Group dynamics", form.ProtectiveFactors: "Protective factors",
		form.ReferrerContact: "Referrer email", form.ReferrerName: "Referrer name", form.Interests: "Hobbies"} {
		if other != key {
			lines = append(lines, strings.NewReplacer("Lb", l, "Vl", "none").Replace(layout))
		}
	}
	return strings.Join(lines, "\n")
}

func TestWordings(t *testing.T) {
	for key, labels := range wordings {
		for _, label := range labels {
			value, want := "Jo Ashe", "Jo Ashe"
			if key == form.DateOfBirth {
				value, want = "14/03/2013", "2013-03-14"
			}
			for _, layout := range layouts {
				s := readSketch(t, "**Referral form**\n"+laidOut(layout, label, value, key))
				if len(s) != 1 || s[0].Fields[key].Text != want {
					t.Errorf("%s: %q as %s: not read", key, label, layout)
				}
			}
		}
	}
}

func TestToolWordings(t *testing.T) {
	for key, labels := range toolWordings {
		for _, label := range labels {
			value := map[form.Key]string{form.ToolCompletedOn: "01/10/2026", form.ToolLevel: "Low"}[key]
			want := strings.Replace(value, "01/10/2026", "2026-10-01", 1)
			if value == "" {
				value, want = "Jo Ashe", "Jo Ashe"
			}
			for _, layout := range layouts {
				drawing := "**Exploitation screening tool**"
				for _, other := range []string{"Screened by", "Name", "Screening date", "Risk grading"} {
					drawing += "\n" + strings.NewReplacer("Lb", other, "Vl", "").Replace(layout)
				}
				s := readSketch(t, drawing+"\n"+strings.NewReplacer("Lb", label, "Vl", value).Replace(layout))
				if len(s) != 1 || s[0].Fields[key].Text != want {
					t.Errorf("%s: %q as %s: not read", key, label, layout)
				}
			}
		}
	}
}
