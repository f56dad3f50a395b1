package parse_test

import "referrald/parse/form"

// A question is one thing that a form asks, in the words of many hands. The short ones only make sense below the heading
// of their section.
type question struct {
	key   form.Key
	texts []string
	short []string
	hints []string
}

// A chapter is a section of a form with its possible headings.
type chapter struct {
	heads     []string
	questions []question
}

// chapters are what the referral form asks for, in its order.
var chapters = []chapter{
	{[]string{"Young Person details", "Section 1: Child's details", "1. About the pupil", "Pupil information", "DETAILS OF CHILD / YOUNG PERSON", "Part A - Young person's details", "Child"}, []question{
		{form.Name, []string{"Name of young person", "Pupil name", "Child's full name", "Full name of pupil", "Name of child", "YP's name", "Young person's name", "Student name", "Pupil's full legal name", "Name of child/young person", "Child / YP name",
			"Name of pupil being referred", "Who are you referring?", "Young person (full name)", "Child's first name and surname", "Name of the child or young person"}, []string{"Name", "Full name", "Full legal name", "Name (in full)"}, []string{"(as on the register)", "(first and last)"}},
		{form.DateOfBirth, []string{"DOB", "D.O.B.", "DoB", "Date of birth", "Date of Birth", "Child's DOB", "Pupil's date of birth", "D.o.b", "Date of birth of child", "Birth date"}, nil, []string{"(DD/MM/YYYY)", "(dd/mm/yy)", "(day/month/year)"}},
		{form.Contact, []string{"Young person's telephone/email", "Pupil's contact number", "YP phone / email", "Child's contact details", "Young person's mobile number", "Contact details for the young person"}, []string{"Telephone/Email", "Contact number", "Phone/email", "Tel/Email", "Contact tel. no."}, nil},
		{form.Sexuality, []string{"Sexuality", "Sexual orientation", "Young person's sexuality"}, nil, []string{"(if known)"}},
		{form.Address, []string{"Home address", "Address", "Child's home address", "Address including postcode", "Home address and postcode", "Where does the pupil live?", "Full home address inc. postcode", "Address (with postcode)", "Current address", "Permanent address"}, nil, []string{"(including postcode)"}},
		{form.Ethnicity, []string{"Ethnicity", "Ethnic origin", "Ethnic background", "Ethnic group", "Child's ethnicity"}, nil, nil},
		{form.Religion, []string{"Religion", "Faith", "Religion/belief", "Religion or belief", "Faith / religion"}, nil, []string{"(if any)"}},
		{form.Language, []string{"Spoken Language", "First language", "Home language", "Language(s) spoken", "Main language", "Preferred language", "First language spoken at home"}, nil, nil},
	}},
	{[]string{"Parent/Carer details", "Section 2: Family", "Parents / carers", "PARENT OR CARER INFORMATION", "Details of parent/carer", "Family details"}, []question{
		{form.ParentName, []string{"Parent/carer name and relationship", "Name of parent/carer", "Parent/Carer full name", "Name of parent or guardian", "Parent(s)/carer(s) name(s)", "Name of parent/carer & relationship to child", "Name of main carer", "Parent / guardian name"}, []string{"Name & relationship to young person", "Name", "Name and relationship", "Full name"}, nil},
		{form.ParentContact, []string{"Parent/carer telephone/email", "Parent's contact number", "Parent/carer contact details", "Carer's phone number", "Parent phone/email", "Contact number for parent/carer", "Parent/carer mobile"}, []string{"Telephone/Email", "Contact details", "Phone", "Tel no."}, nil},
		{form.Responsibility, []string{"Parental responsibility?", "Who has parental responsibility?", "Parental responsibility (PR)", "Who holds PR?", "Person with parental responsibility", "PR held by"}, nil, nil},
		{form.ParentAware, []string{"Are the parents aware of the referral?", "Parents/carers aware of referral?", "Has consent been given by parent/carer?", "Is the parent/carer aware of this referral?", "Parental consent", "Have parents agreed to this referral?", "Do parents know about this referral?",
			"Parent/carer informed of referral?", "Has this been discussed with the parent/carer?", "Parental consent for referral obtained?"}, nil, []string{"(Yes/No)", "(please circle)", "(delete as appropriate)"}},
	}},
	{[]string{"Education details", "Section 3: Education", "School information", "EDUCATION", "School and referrer"}, []question{
		{form.School, []string{"Name of School/Provision", "School", "School name", "Name of school", "Current school", "Education provision", "School attended", "School/College", "Current school or setting", "Which school does the child attend?", "Educational establishment"}, nil, nil},
		{form.AdditionalNeeds, []string{"Additional needs", "SEND", "SEN/D", "Any additional needs (SEND/EHCP)", "Does the child have SEND?", "SEN status", "Special educational needs / disabilities", "Additional needs / EHCP", "SEND needs"}, nil, []string{"(Please confirm SEND/EHCP details and necessary support arrangements)"}},
		{form.EducationStatus, []string{"Current education status", "Education status", "Current attendance", "Attendance", "Attendance (%)", "Timetable / attendance", "School status"}, nil, []string{"(full time / part time)"}},
		{form.ReferrerName, []string{"Referrer name", "Name of referrer", "Referred by", "Name of person making referral", "Referrer (name and role)", "Your name", "Name of person completing this form", "Referrer's full name", "Referral made by", "Name and job title of referrer", "Referring member of staff"}, nil, nil},
		{form.ReferrerContact, []string{"Referrer contact- Telephone/Email", "Referrer's contact details", "Referrer email", "Referrer phone/email", "Contact details of referrer", "Your email address", "Referrer's telephone and email", "Referrer tel/email"}, nil, nil},
	}},
	{[]string{"Risks and protective factors", "Section 4: Risk", "RISKS AND STRENGTHS", "About your concerns"}, []question{
		{form.GroupDynamics, []string{"Please Group Dynamics (Number of children, names, details)", "Group dynamics", "Details of group", "Group details (number of children, names)"}, nil, nil},
		{form.ProtectiveFactors, []string{"Protective Factors/Strengths", "Protective factors", "Strengths", "What is working well?", "Strengths and protective factors", "What's going well for the child?"}, nil, nil},
		{form.Interests, []string{"Hobbies/Interests/Aspirations", "Hobbies and interests", "Interests", "Hobbies, interests and aspirations", "Interests / hobbies"}, nil, nil},
		{form.Summary, []string{"Summary of risk/reason for referral", "Reason for referral", "Summary of concerns", "What are you worried about?", "Why are you making this referral?", "Details of concern", "Please describe your concerns", "Reason(s) for referral and summary of risk", "Current concerns",
			"Brief summary of risk", "Presenting concerns and reason for referral", "What are the concerns?"}, nil, []string{"(please give dates and examples)"}},
		{form.AreasOfWork, []string{"What areas of work do you feel would most benefit the young person?", "Areas of work requested", "What support would help?", "What would you like us to work on?", "Areas of support", "Desired outcomes", "What do you hope this work will achieve?"}, nil, nil},
	}},
}

// besides are what forms ask for that is no field of ours, with an answer that must not become one.
var besides = [][2]string{{"UPN", "H860123456789"}, {"Gender", "Male"}, {"Year group", "8"}, {"NHS number", "485 777 3456"}, {"GP surgery", "Moor Street"}, {"Siblings (names and ages)", "Ben Ashe, 9"}, {"School address", "1 Elsewhere Road, ST6 1AA"},
	{"Date of referral", "05/10/2026"}, {"Parent's date of birth", "04/05/1980"}, {"Preferred name", "Bobby"}, {"Pronouns", "they/them"}, {"Headteacher", "Dr A Head"}, {"Unique ref.", "CE-114"}, {"Free school meals", "Yes"},
	{"Nationality", "British"}, {"Age", "13"}, {"Police reference", "22/4411"}, {"Interpreter needed?", "No"}, {"Immigration status", "n/a"}, {"Form tutor", "Mr T Utor"}, {"Social media handles", "@bob"}, {"Date parents informed", "01/10/2026"},
	{"Is the child on a part-time timetable?", "No"}, {"Emergency contact", "Nan 01632 960555"}}

// factorTexts and statusTexts are the printed options, mostly as the form prints them.
var factorTexts = map[form.Factor][]string{
	"missing_or_late": {"Going missing or returning home late", "Going missing / returning home late"}, "prolonged_missing": {"Prolonged episodes of missing", "Prolonged missing episodes"},
	"travelling_elsewhere": {"Travelling to/located in another area"}, "non_attendance": {"Non-Attendance in Education", "Non attendance at school"}, "school_exclusions": {"School exclusions", "School exclusions / suspensions"},
	"unexplained_gifts": {"Unexplained gifts or new possessions", "Unexplained gifts/new possessions"}, "criminality": {"Criminality (including knife crime)", "Criminality incl. knife crime"}, "weapons": {"Possession of weapons", "Carrying weapons"},
	"drug_dealing": {"Evidence of drug dealing", "Drug dealing"}, "substance_use": {"Substance use/misuse", "Substance misuse"}, "poverty": {"Poverty and disadvantage", "Poverty/disadvantage"}, "identity_demographic": {"Identity/Demographic Factors"},
	"family_difficulties": {"Family difficulties"}, "poor_parent_relationship": {"Poor relationship with parents/carers", "Poor relationship with parent(s)/carer(s)"}, "neglect": {"Neglect"},
	"associating_with_children_at_risk": {"Associating with children at risk of CE", "Associating with children at risk of exploitation"}, "financial_exploitation": {"Child Financial Exploitation", "Financial exploitation"},
	"new_peer_network": {"Unknown or new peer network", "New or unknown peer network"}, "problematic_peers": {"Problematic peer group"}, "abuse": {"Experience of abuse"}, "mood_swings": {"Unusual mood swings"},
	"behaviour_changes": {"Changes in behaviour/wellbeing", "Changes in behaviour or wellbeing"}, "physical_health": {"Physical health issues"}, "mental_health": {"Mental Health Issues", "Mental health"},
	"family_criminality": {"Family members linked to criminality"}, "special_educational_needs": {"Special educational needs", "SEN"}, "care_experienced": {"Care experienced"},
	"social_media": {"Problematic use of social media"}, "social_isolation": {"Social Isolation"}, "gangs": {"Associations with gangs/groups", "Association with gangs"},
}

var statusTexts = map[form.CareStatus][]string{form.NotOpen: {"Not open to Social Care", "Not open"}, form.EarlyHelp: {"Early Help Assessment/Plan", "Early Help", "EHA / Early Help Plan"}, form.ChildInNeed: {"Child in Need Plan", "Child in Need", "CIN"},
	form.ChildProtection: {"Child Protection Plan", "Child Protection", "CP Plan"}, form.ChildInCare: {"Child in Care", "Looked After Child", "Child in Care (LAC)"}}
