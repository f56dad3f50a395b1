package triage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// A row is facts and what follows from them.
type row struct {
	name    string
	change  func(*scene)
	outcome Outcome
	code    Code // one that must have spoken
	letter  LetterKind
	missing []Missing
	urgent  bool
	class   Class      // ClassReferral where empty
	drafted LetterKind // that waits for a person
}

// rows has at least one row for each code, and so for each clause and verdict, and each step of the precedence.
var rows = []row{
	{name: "complete", change: func(*scene) {}, outcome: Accept, code: CodeReferrerSchool, letter: Acknowledgement},
	{name: "provision", change: func(*scene) {}, outcome: Accept, code: CodeProvisionMet, letter: Acknowledgement},
	{name: "no danger told", change: func(*scene) {}, outcome: Accept, code: CodeNoDanger, letter: Acknowledgement},
	{name: "form complete", change: func(*scene) {}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "tool current", change: func(*scene) {}, outcome: Accept, code: CodeToolCurrent, letter: Acknowledgement},
	{name: "low", change: func(*scene) {}, outcome: Accept, code: CodeLowRisk, letter: Acknowledgement},
	{name: "informed", change: func(*scene) {}, outcome: Accept, code: CodeInformed, letter: Acknowledgement},
	{name: "no higher level", change: func(*scene) {}, outcome: Accept, code: CodeNoHigherLevel, letter: Acknowledgement},
	{name: "both in", change: func(*scene) {}, outcome: Accept, code: CodeAreaBothIn, letter: Acknowledgement},

	// referrer, provision, confidential
	{name: "police", change: func(s *scene) { s.arr.From = "pc1@staffordshire.police.uk" }, outcome: Signpost, code: CodeReferrerPolice, letter: SignpostingLetter},
	{name: "council", change: func(s *scene) { s.arr.From = "duty@staffordshire.gov.uk" }, outcome: Signpost, code: CodeReferrerCouncil, letter: SignpostingLetter},
	{name: "council, home education adviser", change: func(s *scene) {
		s.arr.From = "a@staffordshire.gov.uk"
		s.read.Passages[0].Text = "I am the elective home education adviser."
	}, outcome: Hold, code: CodeReferrerCouncilProvision, letter: Receipt},
	{name: "council's subdomain of a school", change: func(s *scene) { s.arr.From = "office@elm.schools.stoke.gov.uk" }, outcome: Hold, code: CodeReferrerCouncilProvision, letter: Receipt},
	{name: "virtual school by its mailbox", change: func(s *scene) { s.arr.From = "virtualschool@staffordshire.gov.uk" }, outcome: Hold, code: CodeReferrerCouncilProvision, letter: Receipt},
	{name: "council outside the area", change: func(s *scene) { s.arr.From = "duty@derbyshire.gov.uk" }, outcome: Signpost, code: CodeReferrerCouncil, letter: SignpostingLetter},
	{name: "fire service", change: func(s *scene) { s.arr.From = "a@staffordshirefire.gov.uk" }, outcome: Hold, code: CodeReferrerUnknown, letter: Receipt},
	{name: "council, child at a pupil referral unit", change: func(s *scene) {
		s.arr.From = "a@staffordshire.gov.uk"
		s.read.Passages[0].Text = "He attends Canal Pupil Referral Unit."
	}, outcome: Signpost, code: CodeReferrerCouncil, letter: SignpostingLetter},
	{name: "health", change: func(s *scene) { s.arr.From = "nurse@nhs.net" }, outcome: Hold, code: CodeReferrerHealth, letter: Receipt},
	{name: "parent", change: func(s *scene) { s.arr.From = "home@gmail.com" }, outcome: Hold, code: CodeReferrerParentOrOther, letter: Receipt},
	{name: "charity", change: func(s *scene) { s.arr.From = "help@youthclub.example" }, outcome: Hold, code: CodeReferrerUnknown, letter: Receipt},
	{name: "look-alike", change: func(s *scene) { s.arr.From = "dsl@larkmoor.example.net" }, outcome: Hold, code: CodeReferrerUnknown, letter: Receipt},
	{name: "no address", change: func(s *scene) { s.arr.From = "" }, outcome: Hold, code: CodeReferrerNoAddress},
	{name: "not authenticated", change: func(s *scene) { s.arr.Authenticated = false }, outcome: Hold, code: CodeReferrerNotAuthenticated},
	{name: "pupils' subdomain", change: func(s *scene) { s.arr.From = "me@pupils.larkmoor.example" }, outcome: Hold, code: CodeReferrerNotStaff, letter: Receipt},
	{name: "staff subdomain", change: func(s *scene) { s.arr.From = "dsl@staff.larkmoor.example" }, outcome: Accept, code: CodeReferrerSchool, letter: Acknowledgement},
	{name: "over CJSM", change: func(s *scene) { s.arr.From = "dsl@larkmoor.example.cjsm.net" }, outcome: Accept, code: CodeReferrerSchool, letter: Acknowledgement},
	{name: "closed school", change: func(s *scene) { s.arr.From = "dsl@oldmill.example" }, outcome: Hold, code: CodeReferrerClosed, letter: Receipt},
	{name: "another school on the form", change: func(s *scene) { s.set(form.School, "Heath Middle School") }, outcome: Accept, code: CodeReferrerOtherSchool, letter: Acknowledgement},
	{name: "college", change: func(s *scene) { s.arr.From = "a@potters.example" }, outcome: Hold, code: CodeProvisionSixteenPlus, letter: Receipt},
	{name: "nursery", change: func(s *scene) { s.arr.From = "a@acorns.example" }, outcome: Hold, code: CodeProvisionNursery, letter: Receipt},
	{name: "a college on the form", change: func(s *scene) { s.set(form.School, "Potters College") }, outcome: Hold, code: CodeProvisionSixteenPlus, letter: Receipt},
	{name: "a college on the form, by its name", change: func(s *scene) { s.set(form.School, "Trentside Sixth Form College") }, outcome: Hold, code: CodeProvisionSixteenPlus, letter: Receipt},
	{name: "a nursery on the form", change: func(s *scene) { s.set(form.School, "Acorns Nursery School") }, outcome: Hold, code: CodeProvisionNursery, letter: Receipt},
	{name: "home educated", change: func(s *scene) { s.set(form.School, "Electively home educated") }, outcome: Accept, code: CodeProvisionHomeEducated, letter: Acknowledgement},
	{name: "home educated by status", change: func(s *scene) { s.set(form.School, "", form.EducationStatus, "EHE since January") }, outcome: Accept, code: CodeProvisionHomeEducated, letter: Acknowledgement},
	{name: "reply elsewhere", change: func(s *scene) { s.arr.ReplyTo = "dsl@gmail.com" }, outcome: Hold, code: CodeReplyToElsewhere},
	{name: "reply to another private address", change: func(s *scene) { s.arr.From, s.arr.ReplyTo = "home@gmail.com", "other@gmail.com" }, outcome: Hold, code: CodeReplyToElsewhere},
	{name: "reply to a colleague", change: func(s *scene) { s.arr.ReplyTo = "head@larkmoor.example" }, outcome: Accept, code: CodeReplyToColleague, letter: Acknowledgement},
	{name: "copier", change: func(s *scene) { s.arr.Machine = Copier }, outcome: Hold, code: CodeCopier},
	{name: "junk, school", change: func(s *scene) { s.arr.Junk = true }, outcome: Accept, code: CodeFoundInJunk, letter: Acknowledgement},
	{name: "junk, parent", change: func(s *scene) { s.arr.Junk, s.arr.From = true, "home@gmail.com" }, outcome: Hold, code: CodeFoundInJunk},
	{name: "no register", change: func(s *scene) { s.assessor.Register, s.arr.From = nil, "dsl@larkmoor.stoke.sch.uk" }, outcome: Accept, code: CodeNoRegister, letter: Acknowledgement},
	{name: "no postcode table", change: func(*scene) {}, outcome: Accept, code: CodeNoPostcodeTable, letter: Acknowledgement},

	// emergency, and what kind of message it is
	{name: "danger in the mail", change: func(s *scene) { s.says(prose.DangerNow, prose.Possible) }, outcome: Hold, code: CodeDangerNow, letter: Receipt, urgent: true},
	{name: "danger in a document", change: func(s *scene) { s.document(prose.DangerNow, prose.Present) }, outcome: Hold, code: CodeDangerNow, letter: Receipt, urgent: true},
	{name: "danger before not met", change: func(s *scene) { s.child.Level = form.LevelMedium; s.document(prose.DangerNow, prose.Present) }, outcome: Hold, code: CodeDangerNow, letter: Receipt, urgent: true},
	{name: "danger denied", change: func(s *scene) { s.document(prose.DangerNow, prose.Negated) }, outcome: Accept, code: CodeNoDanger, letter: Acknowledgement},
	{name: "allegation", change: func(s *scene) { s.proseOnly(); s.says(prose.StaffAllegation, prose.Present) }, outcome: Hold, code: CodeStaffAllegation, letter: Receipt, urgent: true, class: ClassConcernAboutStaff},
	{name: "allegation in a form", change: func(s *scene) { s.document(prose.StaffAllegation, prose.Present) }, outcome: Hold, code: CodeStaffAllegation, letter: Receipt, urgent: true},
	{name: "arrest", change: func(s *scene) {
		s.proseOnly()
		s.says(prose.Update, prose.Present)
		s.says("criminality", prose.Present)
	}, outcome: Hold, code: CodeSeriousUpdate, letter: Receipt, urgent: true, class: ClassUpdate},
	{name: "moved school", change: func(s *scene) { s.proseOnly(); s.says(prose.Update, prose.Present) }, outcome: Hold, code: CodeUpdate, letter: Receipt, class: ClassUpdate},
	{name: "higher level of an accepted case", change: func(s *scene) {
		s.arr.History = History{Reference: "CCE-1", Accepted: true}
		s.child.Level = form.LevelHigh
	}, outcome: Hold, code: CodeSeriousUpdate, letter: Receipt, urgent: true, class: ClassUpdate},
	{name: "nobody reads the words", change: func(s *scene) { s.assessor.Prose = nil; s.arr.Defects = []string{deaf} }, outcome: Hold, code: CodeNoLexicon, letter: Receipt},
	{name: "unreadable", change: func(s *scene) {
		s.read.Documents = []parse.DocumentNote{{Name: "a.pdf", Kind: parse.KindUnreadable, Why: document.Locked}}
	}, outcome: Hold, code: CodeUnreadable, letter: Receipt},
	{name: "unreadable before not met", change: func(s *scene) {
		s.read.Documents = []parse.DocumentNote{{Name: "a.pdf", Kind: parse.KindUnreadable, Why: document.Locked}}
		s.child.Level = form.LevelMedium
	}, outcome: Hold, code: CodeUnreadable, letter: Receipt},
	{name: "nothing but unreadable", change: func(s *scene) {
		s.proseOnly()
		s.read.Documents = []parse.DocumentNote{{Name: "a.pdf", Kind: parse.KindUnreadable, Why: document.Locked}}
	}, outcome: Hold, code: CodeUnreadable, letter: Receipt, class: ClassUnreadable},
	{name: "partly read", change: func(s *scene) { s.unread(document.Torn) }, outcome: Hold, code: CodePartlyRead, letter: Receipt},
	{name: "partly read before not met", change: func(s *scene) { s.unread(document.MorePages); s.child.Level = form.LevelMedium }, outcome: Hold, code: CodePartlyRead, letter: Receipt},
	{name: "partly read before asking", change: func(s *scene) { s.unread(document.Comments); s.set(form.Summary, "") }, outcome: Hold, code: CodePartlyRead, letter: Receipt, missing: []Missing{Missing(form.Summary)}},
	{name: "copier that calls itself automatic, with a locked file", change: func(s *scene) {
		s.proseOnly()
		s.arr.Machine = AutoReply
		s.read.Documents = []parse.DocumentNote{{Name: "scan.pdf", Kind: parse.KindUnreadable, Why: document.Locked}}
	}, outcome: Hold, code: CodeMachineUnread, class: ClassUnreadable},
	{name: "out-of-office with a picture that nobody read", change: func(s *scene) {
		s.proseOnly()
		s.arr.Machine = AutoReply
		s.read.Documents = []parse.DocumentNote{{Name: "scan.jpg", Format: document.Image, Kind: parse.KindUnreadable, Why: document.NoText}}
	}, outcome: Hold, code: CodeMachineUnread, class: ClassUnreadable},
	{name: "newsletter with a torn document", change: func(s *scene) { s.proseOnly(); s.arr.Machine = Bulk; s.unread(document.Torn) }, outcome: Hold, code: CodeMachineUnread, class: ClassEnquiry},
	{name: "copier that calls itself automatic, with a part that is lost", change: func(s *scene) {
		s.proseOnly()
		s.arr.Machine = AutoReply
		s.arr.Defects = []string{"The message is larger than what is read."}
	}, outcome: Hold, code: CodeDefect, class: ClassEnquiry},
	{name: "bounce with a file that nobody could read", change: func(s *scene) {
		s.proseOnly()
		s.arr.Machine = Bounce
		s.read.Documents = []parse.DocumentNote{{Name: "a.zip", Kind: parse.KindUnreadable, Why: document.Locked}}
	}, outcome: Hold, code: CodeMachineUnread, class: ClassUnreadable},
	{name: "defect", change: func(s *scene) { s.arr.Defects = []string{"Two From lines."} }, outcome: Hold, code: CodeDefect, letter: Receipt},
	{name: "out-of-office with a form", change: func(s *scene) { s.arr.Machine = AutoReply }, outcome: Hold, code: CodeMachineWithForm},
	{name: "moved back", change: func(s *scene) { s.arr.History.Returned = true }, outcome: Hold, code: CodeReturned},
	{name: "resend", change: func(s *scene) { s.arr.History.Resend = true }, outcome: Hold, code: CodeResend},
	{name: "known child", change: func(s *scene) { s.arr.History.KnownAs = []string{"CCE-1"} }, outcome: Hold, code: CodeKnownChild, letter: Receipt},
	{name: "known as the very case it joins", change: func(s *scene) { s.arr.History = History{Reference: "CCE-1", KnownAs: []string{"CCE-1"}} }, outcome: Accept, code: CodeFollowUp, letter: Acknowledgement, class: ClassFollowUp},
	{name: "known child before not met", change: func(s *scene) { s.arr.History.KnownAs = []string{"CCE-1"}; s.child.Level = form.LevelMedium }, outcome: Hold, code: CodeKnownChild, letter: Receipt},
	{name: "words on a case", change: func(s *scene) { s.proseOnly(); s.arr.History.Reference = "CCE-1" }, outcome: Hold, code: CodeFollowUpWords, letter: Receipt, class: ClassFollowUp},
	{name: "the tool that was missing, not joined", change: func(s *scene) { s.child.Form = nil; s.says(prose.FollowUp, prose.Present) }, outcome: Hold, code: CodeFollowUpUnjoined, letter: Receipt, class: ClassFollowUp, missing: []Missing{MissingForm}},
	{name: "password", change: func(s *scene) { s.proseOnly(); s.says(prose.Password, prose.Present) }, outcome: Hold, code: CodePassword, letter: Receipt, class: ClassFollowUp},
	{name: "empty message", change: func(s *scene) { s.proseOnly() }, outcome: Hold, code: CodeUnclear, letter: Receipt, class: ClassEnquiry},
	{name: "enquiry", change: func(s *scene) { s.proseOnly(); s.says(prose.Enquiry, prose.Present) }, outcome: Hold, code: CodeEnquiry, letter: Receipt, class: ClassEnquiry},
	{name: "complaint", change: func(s *scene) { s.proseOnly(); s.says(prose.Complaint, prose.Present) }, outcome: Hold, code: CodeComplaint, letter: Receipt, class: ClassEnquiry},
	{name: "rights request", change: func(s *scene) { s.proseOnly(); s.says(prose.RightsRequest, prose.Present) }, outcome: Hold, code: CodeRightsRequest, letter: Receipt, class: ClassRightsRequest},
	{name: "withdrawal", change: func(s *scene) { s.proseOnly(); s.says(prose.Withdrawal, prose.Present) }, outcome: Hold, code: CodeWithdrawal, letter: Receipt, class: ClassUpdate},
	{name: "asked for in prose", change: func(s *scene) { s.proseOnly(); s.says(prose.AsksForHelp, prose.Present) }, outcome: RequestInformation, code: CodeFormAbsent, letter: InformationRequestLetter, missing: []Missing{MissingForm, MissingTool}},
	{name: "asked for in prose by police", change: func(s *scene) {
		s.proseOnly()
		s.arr.From = "pc1@staffordshire.police.uk"
		s.says(prose.AsksForHelp, prose.Present)
	}, outcome: Signpost, code: CodeReferrerPolice, letter: SignpostingLetter, missing: []Missing{MissingForm, MissingTool}},

	// age
	{name: "13", change: func(*scene) {}, outcome: Accept, code: CodeAgeWithin, letter: Acknowledgement},
	{name: "17 with SEND", change: func(s *scene) { s.born("2009-03-14"); s.set(form.AdditionalNeeds, "EHCP - autism") }, outcome: Accept, code: CodeAgeWithSEND, letter: Acknowledgement},
	{name: "17 at a special school", change: func(s *scene) { s.special(); s.born("2009-03-14") }, outcome: Accept, code: CodeAgeWithSEND, letter: Acknowledgement},
	{name: "8", change: func(s *scene) { s.primary(); s.born("2018-03-14") }, outcome: Signpost, code: CodeAgeTooYoung, letter: SignpostingLetter},
	{name: "17 without SEND", change: func(s *scene) { s.born("2009-03-14") }, outcome: Signpost, code: CodeAgeTooOld, letter: SignpostingLetter},
	{name: "17, vague needs", change: func(s *scene) { s.born("2009-03-14"); s.set(form.AdditionalNeeds, "Some additional needs") }, outcome: RequestInformation, code: CodeAgeSENDUnclear, letter: InformationRequestLetter, missing: []Missing{Missing(form.AdditionalNeeds)}},
	{name: "17, needs blank", change: func(s *scene) { s.born("2009-03-14"); s.set(form.AdditionalNeeds, "") }, outcome: RequestInformation, code: CodeAgeSENDUnclear, letter: InformationRequestLetter, missing: []Missing{Missing(form.AdditionalNeeds)}},
	{name: "26", change: func(s *scene) { s.special(); s.born("2000-03-14") }, outcome: Signpost, code: CodeAgeOverLimit, letter: SignpostingLetter},
	{name: "25", change: func(s *scene) { s.special(); s.born("2001-03-14") }, outcome: Hold, code: CodeAgeAtLimit, letter: Receipt},
	{name: "25, policy signposts", change: func(s *scene) {
		s.assessor.Policy.Age.Limit = "signpost"
		s.special()
		s.born("2001-03-14")
	}, outcome: Signpost, code: CodeAgeAtLimitSignpost, letter: SignpostingLetter},
	{name: "25, policy accepts", change: func(s *scene) {
		s.assessor.Policy.Age.Limit = "accept"
		s.special()
		s.born("2001-03-14")
	}, outcome: Accept, code: CodeAgeWithSEND, letter: Acknowledgement},
	{name: "birth date blank", change: func(s *scene) { s.born(""); s.child.Form.Born = form.DateBlank }, outcome: RequestInformation, code: CodeAgeNoBirthDate, letter: InformationRequestLetter, missing: []Missing{Missing(form.DateOfBirth)}},
	{name: "birth date in the tool alone", change: func(s *scene) { s.set(form.DateOfBirth, ""); s.child.Form.Born = form.DateBlank }, outcome: RequestInformation, code: CodeAgeWithin, letter: InformationRequestLetter, missing: []Missing{Missing(form.DateOfBirth)}},
	{name: "birth date impossible", change: func(s *scene) { s.born(""); s.child.Form.Born = form.DateImpossible }, outcome: RequestInformation, code: CodeAgeBadBirthDate, letter: InformationRequestLetter, missing: []Missing{Missing(form.DateOfBirth)}},
	{name: "birth date in the future", change: func(s *scene) { s.born("2027-01-01") }, outcome: RequestInformation, code: CodeAgeBadBirthDate, letter: InformationRequestLetter, missing: []Missing{Missing(form.DateOfBirth)}},
	{name: "two birth dates", change: func(s *scene) { s.set(form.ToolChildBirth, "2013-04-14") }, outcome: Hold, code: CodeAgeBirthDatesDiffer, letter: Receipt},
	{name: "year one off", change: func(s *scene) { s.set(form.EducationStatus, "Full time, Y10") }, outcome: Accept, code: CodeAgeYearDiffers, letter: Acknowledgement},
	{name: "year three off", change: func(s *scene) { s.set(form.EducationStatus, "Full time, Year 12") }, outcome: Hold, code: CodeAgeYearContradicts, letter: Receipt},
	{name: "8 at a high school: a slip in the year", change: func(s *scene) { s.born("2018-03-14") }, outcome: Hold, code: CodeAgeSchoolDisagrees, letter: Receipt},
	{name: "9 at a high school", change: func(s *scene) { s.born("2017-03-14") }, outcome: Hold, code: CodeAgeSchoolDisagrees, letter: Receipt},
	{name: "23 at a high school: a slip in the year", change: func(s *scene) { s.born("2003-03-14") }, outcome: Hold, code: CodeAgeSchoolDisagrees, letter: Receipt},
	{name: "17 at a primary", change: func(s *scene) { s.primary(); s.born("2009-03-14") }, outcome: Hold, code: CodeAgeSchoolDisagrees, letter: Receipt},
	{name: "16 at a middle school", change: func(s *scene) { s.set(form.School, "Heath Middle School"); s.born("2010-03-14") }, outcome: Hold, code: CodeAgeSchoolDisagrees, letter: Receipt},
	{name: "10 at a high school, a year forward", change: func(s *scene) { s.born("2016-03-14") }, outcome: Accept, code: CodeAgeWithin, letter: Acknowledgement},
	{name: "19 in a sixth form, with SEND", change: func(s *scene) { s.born("2007-03-14"); s.set(form.AdditionalNeeds, "EHCP") }, outcome: Accept, code: CodeAgeWithSEND, letter: Acknowledgement},

	// primary_years
	{name: "year 6 of a primary", change: func(s *scene) { s.primary(); s.born("2016-01-10") }, outcome: Accept, code: CodePrimaryWithin, letter: Acknowledgement},
	{name: "year 4 of a primary, 8", change: func(s *scene) { s.primary(); s.born("2018-03-10") }, outcome: Signpost, code: CodePrimaryBelow, letter: SignpostingLetter},
	{name: "year 4 of a primary, 9", change: func(s *scene) { s.primary(); s.born("2017-09-05") }, outcome: Hold, code: CodePrimaryNineBelow, letter: Receipt},
	{name: "13 at a primary", change: func(s *scene) { s.primary() }, outcome: Hold, code: CodePrimaryAbove, letter: Receipt},
	{name: "year 4 of an all-through school, 9", change: func(s *scene) {
		s.arr.From = "a@allways.example"
		s.set(form.School, "Allways School")
		s.born("2017-09-05")
	}, outcome: Hold, code: CodePrimaryNineBelow, letter: Receipt},
	{name: "year 4 of a special school, 9", change: func(s *scene) {
		s.arr.From = "a@sixlanes.example"
		s.set(form.School, "Six Lanes School")
		s.born("2017-09-05")
	}, outcome: Accept, code: CodeAgeWithin, letter: Acknowledgement},
	{name: "trust's primary by the form's name", change: func(s *scene) {
		s.arr.From = "a@uttoxleigh.example"
		s.set(form.School, "Uttoxleigh Primary")
		s.born("2017-09-05")
	}, outcome: Hold, code: CodePrimaryNineBelow, letter: Receipt},
	{name: "trust's high school by the form's name", change: func(s *scene) { s.arr.From = "a@uttoxleigh.example"; s.set(form.School, "Uttoxleigh High") }, outcome: Accept, code: CodeAreaBothIn, letter: Acknowledgement},

	// area, contacts
	{name: "school of unknown area", change: func(s *scene) {
		s.arr.From, s.child.Fields[form.School] = "a@x.bham.sch.uk", form.Value{Text: "Elm School", Confidence: 1}
	}, outcome: Accept, code: CodeAreaHomeIn, letter: Acknowledgement},
	{name: "school out", change: func(s *scene) { s.arr.From = "a@weaver.example"; s.set(form.School, "Weaver High School") }, outcome: Hold, code: CodeAreaHomeInSchoolOut, letter: Receipt},
	{name: "home out", change: func(s *scene) { s.set(form.Postcode, "SK10 3RB") }, outcome: Hold, code: CodeAreaHomeOutSchoolIn, letter: Receipt},
	{name: "home out, school unknown", change: func(s *scene) {
		s.arr.From = "a@x.bham.sch.uk"
		s.set(form.School, "Elm School", form.Postcode, "SK10 3RB")
	}, outcome: Hold, code: CodeAreaHomeOut, letter: Receipt},
	{name: "both out", change: func(s *scene) {
		s.arr.From = "a@weaver.example"
		s.set(form.School, "Weaver High School", form.Postcode, "SK10 3RB")
	}, outcome: Signpost, code: CodeAreaOutside, letter: SignpostingLetter},
	{name: "home council", change: func(s *scene) {
		s.arr.From = "a@weaver.example"
		s.set(form.School, "Weaver High School", form.Postcode, "SK10 3RB")
	}, outcome: Signpost, code: CodeContactHomeCouncil, letter: SignpostingLetter},
	{name: "shared sector, no table", change: func(s *scene) { s.set(form.Postcode, "WV6 7AA") }, outcome: Hold, code: CodeAreaNotInTable, letter: Receipt},
	{name: "no postcode", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "1 Test Street, Stoke-on-Trent") }, outcome: RequestInformation, code: CodeAreaNoPostcode, letter: InformationRequestLetter, missing: []Missing{Missing(form.Postcode)}},
	{name: "no address", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "") }, outcome: RequestInformation, code: CodeAreaNoPostcode, letter: InformationRequestLetter, missing: []Missing{Missing(form.Address)}},
	{name: "postcode only in the address", change: func(s *scene) { s.set(form.Postcode, "") }, outcome: Accept, code: CodeAreaBothIn, letter: Acknowledgement},
	{name: "bad postcode", change: func(s *scene) { s.set(form.Postcode, "QQ1 1AA") }, outcome: RequestInformation, code: CodeAreaBadPostcode, letter: InformationRequestLetter, missing: []Missing{Missing(form.Postcode)}},
	{name: "shared outward code", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "1 Test Street, Perton, WV6") }, outcome: RequestInformation, code: CodeAreaSplit, letter: InformationRequestLetter, missing: []Missing{Missing(form.Postcode)}},
	{name: "whole outward code", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "1 Test Street, Stone, ST15") }, outcome: Accept, code: CodeAreaOutwardOnly, letter: Acknowledgement},
	{name: "parent's address in, placement's out", change: func(s *scene) {
		s.set(form.Postcode, "SK10 3RB", form.Address, "Placement: 3 Mill Lane, Macclesfield, SK10 3RB. Mum: 1 Test Street, ST1 5LY")
	}, outcome: Hold, code: CodeAreaTwoHomes, letter: Receipt},
	{name: "moved house, both in the area", change: func(s *scene) {
		s.set(form.Postcode, "ST15 8AB", form.Address, "Was 1 Test Street, ST1 5LY, now 2 Mill Lane, Stone, ST15 8AB")
	}, outcome: Accept, code: CodeAreaBothIn, letter: Acknowledgement},
	{name: "moved house, home and school out", change: func(s *scene) {
		s.arr.From = "a@weaver.example"
		s.set(form.School, "Weaver High School", form.Postcode, "SK10 3RB", form.Address, "Was 1 Test Street, ST1 5LY, now 2 Mill Lane, SK10 3RB")
	}, outcome: Hold, code: CodeAreaTwoHomes, letter: Receipt},
	{name: "in a refuge", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "Refuge - address withheld") }, outcome: Hold, code: CodeAreaWithheld, letter: Receipt},
	{name: "no fixed address", change: func(s *scene) { s.set(form.Postcode, "", form.Address, "No fixed abode, sofa surfing") }, outcome: RequestInformation, code: CodeAreaNoPostcode, letter: InformationRequestLetter, missing: []Missing{Missing(form.Postcode)}},
	{name: "looked after, placed out of the area", change: func(s *scene) {
		s.child.Statuses = []form.CareStatus{form.ChildInCare}
		s.set(form.Postcode, "SK10 3RB")
	}, outcome: Hold, code: CodeAreaHomeOutSchoolIn, letter: Receipt},
	{name: "looked after, placed in the area", change: func(s *scene) { s.child.Statuses = []form.CareStatus{form.ChildInCare} }, outcome: Accept, code: CodeOpenCase, letter: Acknowledgement},
	{name: "moved since the form was filled in", change: func(s *scene) { s.read.Passages[0].Text = "Form attached. The family have since moved house." }, outcome: Hold, code: CodeAreaMoving, letter: Receipt},
	{name: "has not moved house", change: func(s *scene) { s.read.Passages[0].Text = "Form attached. He has not moved house as we had thought." }, outcome: Accept, code: CodeAreaBothIn, letter: Acknowledgement},
	{name: "contact Stoke", change: func(s *scene) { s.child.Level = form.LevelMedium }, outcome: Signpost, code: CodeContactStoke, letter: SignpostingLetter},
	{name: "contact Staffordshire", change: func(s *scene) { s.child.Level = form.LevelMedium; s.set(form.Postcode, "ST15 8AB") }, outcome: Signpost, code: CodeContactStaffs, letter: SignpostingLetter},
	{name: "contact both", change: func(s *scene) { s.child.Level = form.LevelMedium; s.set(form.Postcode, "ST3 5AP") }, outcome: Signpost, code: CodeContactBoth, letter: SignpostingLetter},

	// low_risk, prevention_only, signs
	{name: "medium", change: func(s *scene) { s.child.Level = form.LevelMedium }, outcome: Signpost, code: CodeMediumRisk, letter: SignpostingLetter},
	{name: "medium, with a gap", change: func(s *scene) { s.child.Level = form.LevelMedium; s.set(form.ParentAware, "") }, outcome: Signpost, code: CodeSignpostedLookOver, letter: SignpostingLetter, missing: []Missing{Missing(form.ParentAware)}},
	{name: "high", change: func(s *scene) { s.child.Level = form.LevelHigh }, outcome: Signpost, code: CodeHighRisk, letter: SignpostingLetter, urgent: true},
	{name: "no risk", change: func(s *scene) { s.child.Level = form.LevelNone }, outcome: Hold, code: CodeNoRisk, letter: Receipt},
	{name: "ambiguous", change: func(s *scene) { s.child.Level = form.LevelAmbiguous }, outcome: Hold, code: CodeLevelAmbiguous, letter: Receipt},
	{name: "ambiguous, and too old", change: func(s *scene) { s.child.Level = form.LevelAmbiguous; s.born("2009-03-14") }, outcome: Signpost, code: CodeAgeTooOld, letter: SignpostingLetter},
	{name: "level blank", change: func(s *scene) { s.child.Level = form.LevelUnknown; s.set(form.ToolLevel, "") }, outcome: RequestInformation, code: CodeLevelBlank, letter: InformationRequestLetter, missing: []Missing{MissingToolLevel}},
	{name: "no tool, no level", change: func(s *scene) { s.noTool() }, outcome: RequestInformation, code: CodeLevelNoTool, letter: InformationRequestLetter, missing: []Missing{MissingTool}},
	{name: "mail says high", change: func(s *scene) { s.says(prose.LevelHigh, prose.Present) }, outcome: Hold, code: CodeLevelDisagrees, letter: Receipt},
	{name: "mail says low, tool medium", change: func(s *scene) { s.child.Level = form.LevelMedium; s.says(prose.LevelLow, prose.Present) }, outcome: Hold, code: CodeLevelDisagrees, letter: Receipt},
	{name: "mail says medium, no tool", change: func(s *scene) { s.noTool(); s.says(prose.LevelMedium, prose.Present) }, outcome: Hold, code: CodeLevelClaimed, letter: Receipt, missing: []Missing{MissingTool}},
	{name: "exploitation now", change: func(s *scene) { s.document(prose.ActiveExploitation, prose.Present) }, outcome: Hold, code: CodeActiveExploitation, letter: Receipt, urgent: true},
	{name: "exploitation now, in the mail", change: func(s *scene) { s.says(prose.ActiveExploitation, prose.Present) }, outcome: Hold, code: CodeActiveExploitation, letter: Receipt, urgent: true},
	{name: "exploitation, possible, medium", change: func(s *scene) { s.child.Level = form.LevelMedium; s.document(prose.ActiveExploitation, prose.Possible) }, outcome: Hold, code: CodePossibleExploitation, letter: Receipt},
	{name: "exploitation, past", change: func(s *scene) { s.document(prose.ActiveExploitation, prose.Past) }, outcome: Accept, code: CodePastExploitation, letter: Acknowledgement},
	{name: "higher level", change: func(s *scene) { s.document(prose.HigherLevel, prose.Past) }, outcome: Hold, code: CodeHigherLevel, letter: Receipt, drafted: SignpostingLetter},
	{name: "higher level, policy signposts", change: func(s *scene) {
		s.assessor.Policy.PreventionOnly.Effect = "signpost"
		s.document(prose.HigherLevel, prose.Past)
	}, outcome: Signpost, code: CodeHigherLevelSignpost, letter: SignpostingLetter},
	{name: "signs beyond ticks", change: func(s *scene) { s.document("weapons", prose.Present) }, outcome: Accept, code: CodeSignsBeyondTicks, letter: Acknowledgement},

	// screening_tool
	{name: "four months old", change: func(s *scene) { s.set(form.ToolCompletedOn, "2026-06-04") }, outcome: Accept, code: CodeToolAgeing, letter: Acknowledgement},
	{name: "no tool", change: func(s *scene) { s.noTool() }, outcome: RequestInformation, code: CodeToolAbsent, letter: InformationRequestLetter, missing: []Missing{MissingTool}},
	{name: "tool undated", change: func(s *scene) { s.set(form.ToolCompletedOn, ""); s.child.Tool.Dated = form.DateBlank }, outcome: RequestInformation, code: CodeToolUndated, letter: InformationRequestLetter, missing: []Missing{MissingToolDate}},
	{name: "tool without a day", change: func(s *scene) { s.set(form.ToolCompletedOn, ""); s.child.Tool.Dated = form.DateNoDay }, outcome: RequestInformation, code: CodeToolBadDate, letter: InformationRequestLetter, missing: []Missing{MissingToolDate}},
	{name: "tool too old", change: func(s *scene) { s.set(form.ToolCompletedOn, "2026-04-04") }, outcome: RequestInformation, code: CodeToolTooOld, letter: InformationRequestLetter, missing: []Missing{MissingTool}},
	{name: "tool of tomorrow", change: func(s *scene) { s.set(form.ToolCompletedOn, "2026-10-06") }, outcome: RequestInformation, code: CodeToolFuture, letter: InformationRequestLetter, missing: []Missing{MissingToolDate}},
	{name: "tool of another child", change: func(s *scene) { s.set(form.ToolChildName, "Mia Otherby") }, outcome: Hold, code: CodeToolOtherChild, letter: Receipt},
	{name: "a sibling's tool", change: func(s *scene) { s.set(form.ToolChildName, "Mia Testwood", form.ToolChildBirth, "") }, outcome: Hold, code: CodeToolOtherChild, letter: Receipt},
	{name: "a twin's tool", change: func(s *scene) { s.set(form.ToolChildName, "Mia Testwood") }, outcome: Hold, code: CodeToolOtherChild, letter: Receipt},
	{name: "a tool by its initials and birth date", change: func(s *scene) { s.set(form.ToolChildName, "KT") }, outcome: Accept, code: CodeToolCurrent, letter: Acknowledgement},
	{name: "too old, and medium", change: func(s *scene) { s.set(form.ToolCompletedOn, "2026-04-04"); s.child.Level = form.LevelMedium }, outcome: Signpost, code: CodeToolTooOld, letter: SignpostingLetter, missing: []Missing{MissingTool}},
	{name: "undated, and high", change: func(s *scene) {
		s.set(form.ToolCompletedOn, "")
		s.child.Tool.Dated, s.child.Level = form.DateBlank, form.LevelHigh
	}, outcome: Signpost, code: CodeToolUndated, letter: SignpostingLetter, missing: []Missing{MissingToolDate}, urgent: true},
	{name: "low, and another document says medium", change: func(s *scene) {
		s.findings = append(s.findings, prose.Finding{Key: prose.LevelMedium, Status: prose.Present, Source: form.FromOther, Evidence: form.Evidence{Text: "assessed as medium"}})
	}, outcome: Hold, code: CodeLevelDisagrees, letter: Receipt},
	{name: "low, and the form says high", change: func(s *scene) { s.document(prose.LevelHigh, prose.Present) }, outcome: Hold, code: CodeLevelDisagrees, letter: Receipt},
	{name: "form and tool give two dates at a boundary", change: func(s *scene) { s.set(form.DateOfBirth, "2009-10-05", form.ToolChildBirth, "2009-10-06") }, outcome: Hold, code: CodeAgeBirthDatesDiffer, letter: Receipt},
	{name: "another area's tool", change: func(s *scene) { s.child.Tool.Council = "other" }, outcome: Accept, code: CodeToolOtherArea, letter: Acknowledgement},
	{name: "nothing read in the tool", change: func(s *scene) { s.child.Tool.Blank, s.child.Level = true, form.LevelUnknown }, outcome: Hold, code: CodeToolNothingRead, letter: Receipt},

	// form, informed, group_work
	{name: "no form", change: func(s *scene) { s.noForm() }, outcome: RequestInformation, code: CodeFormAbsent, letter: InformationRequestLetter, missing: []Missing{MissingForm}},
	{name: "fields missing", change: func(s *scene) { s.set(form.Summary, "", form.ReferrerName, ""); s.child.Statuses = nil }, outcome: RequestInformation, code: CodeFormMissing, letter: InformationRequestLetter, missing: []Missing{MissingStatus, Missing(form.ReferrerName), Missing(form.Summary)}},
	{name: "nothing read in the form", change: func(s *scene) { s.child.Form.Blank = true }, outcome: Hold, code: CodeFormNothingRead, letter: Receipt},
	{name: "contradiction", change: func(s *scene) {
		s.child.Conflicts = []form.Conflict{{Key: form.ParentAware, Sentence: "Two answers."}}
	}, outcome: Hold, code: CodeFormContradicts, letter: Receipt},
	{name: "contradiction before not met", change: func(s *scene) {
		s.child.Level = form.LevelMedium
		s.child.Conflicts = []form.Conflict{{Key: form.DateOfBirth, Sentence: "Two answers."}}
	}, outcome: Hold, code: CodeFormContradicts, letter: Receipt},
	{name: "minor difference", change: func(s *scene) {
		s.child.Conflicts = []form.Conflict{{Key: form.Interests, Sentence: "Two answers."}}
	}, outcome: Accept, code: CodeFormMinorDiffers, letter: Acknowledgement},
	{name: "unsure", change: func(s *scene) {
		v := s.child.Fields[form.DateOfBirth]
		v.Confidence = 0.7
		s.child.Fields[form.DateOfBirth] = v
	}, outcome: Hold, code: CodeFormUnsure, letter: Receipt},
	{name: "unsure of the needs of a child of 13", change: func(s *scene) {
		s.child.Fields[form.AdditionalNeeds] = form.Value{Text: "None", Confidence: 0.5}
		s.child.Conflicts = []form.Conflict{{Key: form.AdditionalNeeds, Sentence: "Two answers."}}
	}, outcome: Accept, code: CodeFormMinorDiffers, letter: Acknowledgement},
	{name: "unsure of the needs at 17", change: func(s *scene) {
		s.born("2009-03-14")
		s.child.Fields[form.AdditionalNeeds] = form.Value{Text: "None", Confidence: 0.5}
	}, outcome: Hold, code: CodeFormUnsure, letter: Receipt},
	{name: "status box that cannot be read", change: func(s *scene) {
		s.child.Statuses = nil
		s.child.Form.Status = map[form.CareStatus]form.Tick{form.EarlyHelp: {Mark: document.MarkUnknown}}
	}, outcome: Hold, code: CodeFormUnsure, letter: Receipt},
	{name: "fields missing on a scan", change: func(s *scene) { s.set(form.Summary, ""); s.child.Form.Scanned = true }, outcome: Hold, code: CodeFormUnsure, letter: Receipt, missing: []Missing{Missing(form.Summary)}},
	{name: "no date on a scanned tool", change: func(s *scene) { s.set(form.ToolCompletedOn, ""); s.child.Tool.Scanned = true }, outcome: Hold, code: CodeFormUnsure, letter: Receipt, missing: []Missing{MissingToolDate}},
	{name: "fields missing on a form beside a scanned tool", change: func(s *scene) { s.set(form.Summary, ""); s.child.Tool.Scanned = true }, outcome: RequestInformation, code: CodeFormMissing, letter: InformationRequestLetter, missing: []Missing{Missing(form.Summary)}},
	{name: "aware blank", change: func(s *scene) { s.set(form.ParentAware, "") }, outcome: RequestInformation, code: CodeInformedBlank, letter: InformationRequestLetter, missing: []Missing{Missing(form.ParentAware)}},
	{name: "not aware", change: func(s *scene) { s.set(form.ParentAware, "No, not yet") }, outcome: Hold, code: CodeInformedNo, letter: Receipt},
	{name: "aware unclear", change: func(s *scene) { s.set(form.ParentAware, "Yes, mum but not dad") }, outcome: Hold, code: CodeInformedUnclear, letter: Receipt},
	{name: "the mail says that dad does not know", change: func(s *scene) { s.says(prose.NotInformed, prose.Present) }, outcome: Hold, code: CodeInformedDisputed, letter: Receipt},
	{name: "aware blank, and the summary says that mum does not know", change: func(s *scene) { s.set(form.ParentAware, ""); s.document(prose.NotInformed, prose.Present) }, outcome: Hold, code: CodeInformedDisputed, letter: Receipt},
	{name: "awaiting consent", change: func(s *scene) { s.set(form.ParentAware, "Yes - awaiting consent") }, outcome: Hold, code: CodeInformedUnclear, letter: Receipt},
	{name: "opted out", change: func(s *scene) { s.set(form.ParentAware, "Yes - mum has opted out of the group work") }, outcome: Hold, code: CodeOptOut, letter: Receipt},
	{name: "opted out in the mail", change: func(s *scene) { s.says(prose.OptOut, prose.Present) }, outcome: Hold, code: CodeOptOut, letter: Receipt},
	{name: "told that they may opt out", change: func(s *scene) { s.document(prose.OptOut, prose.Possible) }, outcome: Accept, code: CodeInformed, letter: Acknowledgement},
	{name: "1:1", change: func(s *scene) { s.document(prose.OneToOne, prose.Present) }, outcome: Accept, code: CodeOneToOne, letter: Acknowledgement},
	{name: "group in prose", change: func(s *scene) {
		s.proseOnly()
		s.says(prose.AsksForHelp, prose.Present)
		s.says(prose.Group, prose.Present)
	}, outcome: RequestInformation, code: CodeGroup, letter: InformationRequestLetter, missing: []Missing{MissingForm, MissingTool}},
	{name: "not open, and on a plan", change: func(s *scene) { s.child.Statuses = []form.CareStatus{form.NotOpen, form.ChildProtection} }, outcome: Hold, code: CodeFormContradicts, letter: Receipt},
	{name: "not open to social care, with Early Help", change: func(s *scene) { s.child.Statuses = []form.CareStatus{form.NotOpen, form.EarlyHelp} }, outcome: Accept, code: CodeOpenCase, letter: Acknowledgement},
	{name: "placeholders", change: func(s *scene) { s.set(form.Summary, "TBC", form.ReferrerContact, "n/a") }, outcome: RequestInformation, code: CodeFormMissing, letter: InformationRequestLetter, missing: []Missing{Missing(form.ReferrerContact), Missing(form.Summary)}},
	{name: "two names on a form", change: func(s *scene) { s.set(form.Name, "Kieran and Mia Testwood") }, outcome: Hold, code: CodeOneFormForMany, letter: Receipt},
	{name: "a group on a form", change: func(s *scene) { s.set(form.Name, "Group of Year 8 boys") }, outcome: Hold, code: CodeOneFormForMany, letter: Receipt},
	{name: "a mail about more children", change: func(s *scene) {
		s.read.Passages[0].Text = "Please find attached the referral forms for three Year 8 pupils."
	}, outcome: Hold, code: CodeMoreChildren, letter: Receipt},
	{name: "a mail that names another child", change: func(s *scene) { s.read.Passages[0].Text = "Please find the referral form for Liam Carter attached." }, outcome: Hold, code: CodeOtherName, letter: Receipt},
	{name: "a mail that names whoever signed it", change: func(s *scene) {
		s.read.Passages[0].Text = "Please find the referral form for Jane Brown attached."
		s.read.Passages = append(s.read.Passages, form.Passage{Source: form.FromFooter, Evidence: form.Evidence{Text: "Kind regards\nMrs Jane Brown"}})
	}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "a subject that names its sender", change: func(s *scene) {
		s.arr.From = "j.brown@larkmoor.example"
		s.read.Passages = append(s.read.Passages, form.Passage{Source: form.FromSubject, Evidence: form.Evidence{Text: "Referral form - Jane Brown"}})
	}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "a mail that names a teacher by her office", change: func(s *scene) {
		s.read.Passages[0].Text = "Here is the referral form - Jane Brown, our SENDCo."
	}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "a mail that names another child, signed by a namesake", change: func(s *scene) {
		s.read.Passages[0].Text = "Please find the referral form for Liam Carter attached."
		s.read.Passages = append(s.read.Passages, form.Passage{Source: form.FromFooter, Evidence: form.Evidence{Text: "Ann Carter\nLiam House"}})
	}, outcome: Hold, code: CodeOtherName, letter: Receipt},
	{name: "a subject with another child's initials", change: func(s *scene) {
		s.read.Passages = append(s.read.Passages, form.Passage{Source: form.FromSubject, Evidence: form.Evidence{Text: "CCE referral - NG Y9"}})
	}, outcome: Hold, code: CodeOtherName, letter: Receipt},
	{name: "a mail about two children, and both are there", change: func(s *scene) {
		s.second()
		s.read.Passages[0].Text = "Please find attached referrals for both pupils."
	}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "other children in the mail", change: func(s *scene) {
		s.read.Passages[0].Text = "I would like to refer Kieran, who has been seen with three older boys."
	}, outcome: Accept, code: CodeFormComplete, letter: Acknowledgement},
	{name: "open case", change: func(s *scene) { s.child.Statuses = []form.CareStatus{form.ChildProtection} }, outcome: Accept, code: CodeOpenCase, letter: Acknowledgement},
}

// deaf in a scene's defects leaves the assessor without anything that reads words.
const deaf = "deaf"

func (s *scene) special() {
	s.arr.From = "a@sixlanes.example"
	s.set(form.School, "Six Lanes School")
}

func (s *scene) primary() {
	s.arr.From = "head@dovebank.example"
	s.set(form.School, "Dovebank Primary School", form.Postcode, "ST15 8AB")
}

func (s *scene) noTool() {
	s.child.Tool, s.child.Level = nil, form.LevelAbsent
	s.set(form.ToolChildName, "", form.ToolChildBirth, "", form.ToolCompletedOn, "", form.ToolLevel, "")
}

func (s *scene) noForm() {
	s.child.Form, s.child.Statuses, s.child.Factors = nil, nil, nil
	for k := range s.child.Fields {
		if !strings.HasPrefix(string(k), "screening.") {
			delete(s.child.Fields, k)
		}
	}
}

func TestRules(t *testing.T) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { r.check(t) })
	}
}

func (r row) check(t *testing.T) {
	s := newScene(t)
	r.change(s)
	var in Intake
	if slices.Contains(s.arr.Defects, deaf) {
		s.arr.Defects = nil
		in = s.assessor.Assess(s.arr, s.read)
	} else {
		in = s.assess()
	}
	class := r.class
	if class == "" {
		class = ClassReferral
	}
	if in.Outcome != r.outcome || in.Letter != r.letter || in.Urgent != r.urgent || in.Class != class || in.Drafted != r.drafted {
		t.Errorf("%s, letter %q, urgent %t, class %s, drafted %q; want %s, %q, %t, %s, %q\n%s", in.Outcome, in.Letter, in.Urgent, in.Class, in.Drafted,
			r.outcome, r.letter, r.urgent, class, r.drafted, codesOf(in))
	}
	if !slices.Contains(allCodes(in), r.code) {
		t.Errorf("%s did not speak: %s", r.code, codesOf(in))
	}
	if len(in.Children) > 0 && !slices.Equal(in.Children[0].Decision.Missing, r.missing) {
		t.Errorf("missing %v, want %v", in.Children[0].Decision.Missing, r.missing)
	}
}

func allCodes(in Intake) []Code {
	var out []Code
	for _, r := range in.Reasons {
		out = append(out, r.Code)
	}
	for _, c := range in.Children {
		for _, r := range c.Decision.Reasons {
			out = append(out, r.Code)
		}
		out = append(out, c.Decision.Next...)
	}
	return out
}

// nextSteps are the codes of what document B asks of the next step: see TestNextSteps.
var nextSteps = map[Code]bool{
	CodeAgencyCheck: true, CodeOpenCase: true, CodeClosedCase: true, CodeNextEmerging: true, CodeNextModerate: true, CodeNextSignificant: true,
	CodeStatusReview: true, CodeToolReview: true,
}

// TestEveryCodeIsTested fails on a code that no row of the table names, on a clause without a code, and on a code
// without its words.
func TestEveryCodeIsTested(t *testing.T) {
	tested := map[Code]bool{}
	for c := range nextSteps {
		tested[c] = true
	}
	for _, r := range rows {
		tested[r.code] = true
	}
	clauses := map[Clause]bool{}
	for _, c := range Codes() {
		clauses[c.Clause()] = true
		if !tested[c] {
			t.Errorf("no row tests %s", c)
		}
		if c.Sentence() == "" || !strings.HasSuffix(c.Sentence(), ".") || c.Clause().Source() == "" || c.Clause().Says() == "" {
			t.Errorf("%s lacks its sentence or its source", c)
		}
	}
	for _, c := range Clauses() {
		if !clauses[c] {
			t.Errorf("no code belongs to clause %s", c)
		}
	}
}

// TestCodesAgreeWithThemselves: a met criterion asks for nothing, a not-met one signposts, and unknown is neither.
func TestCodesAgreeWithThemselves(t *testing.T) {
	seen := map[Code]bool{}
	for _, e := range codeTable {
		if seen[e.code] {
			t.Errorf("%s stands twice", e.code)
		}
		seen[e.code] = true
		switch {
		case e.verdict == Met && e.effect != EffectNone,
			e.verdict == NotMet && e.effect != EffectSignpost,
			e.verdict == Unknown && e.effect == EffectSignpost,
			e.verdict == Unknown && e.effect == EffectNone && e.code != CodeLevelNoTool:
			t.Errorf("%s: %s with effect %q", e.code, e.verdict, e.effect)
		}
	}
}

func TestNextSteps(t *testing.T) {
	said := map[Code]bool{}
	for _, c := range []struct {
		level   form.Level
		status  form.CareStatus
		pathway Pathway
		next    []Code
	}{
		{form.LevelLow, form.NotOpen, PathwayEmerging, []Code{CodeAgencyCheck, CodeClosedCase, CodeNextEmerging, CodeStatusReview, CodeToolReview}},
		{form.LevelMedium, form.NotOpen, PathwayModerate, []Code{CodeAgencyCheck, CodeClosedCase, CodeNextModerate, CodeStatusReview, CodeToolReview}},
		{form.LevelHigh, form.ChildInCare, PathwaySignificant, []Code{CodeAgencyCheck, CodeOpenCase, CodeNextSignificant, CodeStatusReview, CodeToolReview}},
		{form.LevelLow, form.EarlyHelp, PathwayEmerging, []Code{CodeAgencyCheck, CodeOpenCase, CodeNextEmerging, CodeStatusReview, CodeToolReview}},
		{form.LevelNone, form.NotOpen, PathwayUnknown, []Code{CodeAgencyCheck, CodeClosedCase}},
		{form.LevelAmbiguous, form.ChildInNeed, PathwayUnknown, []Code{CodeAgencyCheck, CodeOpenCase}},
		{form.LevelUnknown, "", PathwayUnknown, []Code{CodeAgencyCheck}},
	} {
		s := newScene(t)
		s.child.Level, s.child.Statuses = c.level, nil
		if c.status != "" {
			s.child.Statuses = []form.CareStatus{c.status}
		}
		d := s.assess().Children[0].Decision
		if d.Pathway != c.pathway || !slices.Equal(d.Next, c.next) {
			t.Errorf("%s, %s: pathway %s, next %v; want %s, %v", c.level, c.status, d.Pathway, d.Next, c.pathway, c.next)
		}
		for _, n := range d.Next {
			said[n] = true
		}
	}
	if len(said) != len(nextSteps) {
		t.Errorf("next steps %v, want all of %v", said, nextSteps)
	}
}

// Whose papers they are is doubted only where nothing speaks for the child that they are about.
func TestNamesThatAreNoDoubt(t *testing.T) {
	for _, text := range []string{
		"Referral for Kieran Testwood.", "The referral form for Kieron Testwod is attached.", "Referral for Kier Smith-Testwood", "We are referring Mia Testwood's brother.",
		"The form for Jo Examplar to sign", "Referral form for Mrs Carter", "Referral for Larkmoor Academy", "Referral for Early Help", "Referral - Child Exploitation", "referral for Liam",
		"This is a referral for Action for Children.", "CCE referral - KT Y8", "Referral - CCE Y9", "Referral - PRU Year 9", "Referral form for Year Nine pupil", "Liam Carter is his form tutor.",
		"Form for Sam Carter", "He spends time with Liam Carter, and the tool for this is attached.", "Referral: Staffordshire Schools", "Referral - Boys Mentoring", "Referral form: Part Two", "Larkmoor HS Y9 referral", "Referral for Knife Crime work", "Referral for Prevent Strategy", "Referral for our pupil K. T.",
	} {
		s := newScene(t)
		s.set(form.GroupDynamics, "Friends: Sam Carter and others")
		s.read.Passages = []form.Passage{{Source: form.FromSubject, Evidence: form.Evidence{Text: text}}, {Source: form.FromBody, Evidence: form.Evidence{Text: text}}}
		if in := s.assess(); in.Outcome != Accept {
			t.Errorf("%q: %s", text, in.Outcome)
		}
	}
	for _, text := range []string{"Referral - Liam Carter", "I am referring Aoife O'Neill, Year 8.", "Please find Liam Carter's referral attached.", "Referral form for our Year 9 pupil, Zofia Nowak-Lis"} {
		s := newScene(t)
		s.read.Passages[0].Text = text
		if in := s.assess(); in.Outcome != Hold {
			t.Errorf("%q: %s", text, in.Outcome)
		}
	}
}

// Two witnesses that differ lower a value's confidence, or stand as a conflict. Whatever a decision can turn on then comes
// to a person, whichever way the value would have decided.
func TestWhatTheWitnessesDisputeIsHeld(t *testing.T) {
	decisive := []struct {
		name   string
		key    form.Key
		change func(*scene)
	}{
		{"name", form.Name, nil}, {"birth date", form.DateOfBirth, nil}, {"postcode", form.Postcode, nil}, {"consent", form.ParentAware, nil}, {"school", form.School, nil},
		{"tool's name", form.ToolChildName, nil}, {"tool's birth date", form.ToolChildBirth, nil}, {"tool's date", form.ToolCompletedOn, nil}, {"level", form.ToolLevel, nil},
		{"medium level", form.ToolLevel, func(s *scene) { s.child.Level = form.LevelMedium }},
		{"birth date of one too young", form.DateOfBirth, func(s *scene) { s.born("2020-01-01") }},
		{"postcode outside", form.Postcode, func(s *scene) {
			s.arr.From = "dsl@weaver.example"
			s.set(form.Postcode, "CW1 2AB", form.School, "Weaver High School")
		}},
		{"old tool", form.ToolCompletedOn, func(s *scene) { s.set(form.ToolCompletedOn, "2025-01-01") }},
		{"address without a postcode", form.Address, func(s *scene) { s.set(form.Postcode, ""); s.set(form.Address, "1 Test Street") }},
		{"needs of one over 16", form.AdditionalNeeds, func(s *scene) { s.born("2009-01-01"); s.set(form.AdditionalNeeds, "EHCP") }},
		{"education status in the school's place", form.EducationStatus, func(s *scene) { s.set(form.School, "", form.EducationStatus, "Electively home educated") }},
	}
	for _, c := range decisive {
		for _, dispute := range [...]func(*scene){
			func(s *scene) {
				v := s.child.Fields[c.key]
				v.Confidence = 0.5
				s.child.Fields[c.key] = v
			},
			func(s *scene) { s.child.Conflicts = []form.Conflict{{Key: c.key, Sentence: "Two answers."}} },
		} {
			s := newScene(t)
			if c.change != nil {
				c.change(s)
			}
			dispute(s)
			if in := s.assess(); in.Outcome != Hold || in.Letter != Receipt {
				t.Errorf("%s: %s, letter %q", c.name, in.Outcome, in.Letter)
			}
		}
	}
}

func TestADisputedTickIsHeld(t *testing.T) {
	s := newScene(t)
	s.child.Form.Status = map[form.CareStatus]form.Tick{form.NotOpen: {Mark: document.Ticked, Confidence: 0.5}, form.EarlyHelp: {Mark: document.Unticked, Confidence: 0.5}}
	if in := s.assess(); in.Outcome != Hold {
		t.Errorf("a status of which the witnesses differ: %s", in.Outcome)
	}
	s = newScene(t)
	s.child.Conflicts = []form.Conflict{{Key: parse.StatusKey, Sentence: "Two copies differ."}}
	if in := s.assess(); in.Outcome != Hold {
		t.Errorf("two copies tick different statuses: %s", in.Outcome)
	}
}

func TestMachineMailIsIgnored(t *testing.T) {
	for machine, class := range map[Machine]Class{AutoReply: ClassAutoReply, Bounce: ClassBounce, Bulk: ClassBulk} {
		s := newScene(t)
		s.proseOnly()
		s.arr.Machine = machine
		s.says(prose.DangerNow, prose.Present) // "in an emergency call 999"
		s.read.Documents = []parse.DocumentNote{
			{Name: "banner.jpg", Format: document.Image, Inline: true, Kind: parse.KindUnreadable, Why: document.NoText},
			{Name: "flyer.pdf", Format: document.PDF, Kind: parse.KindOther},
		}
		if in := s.assess(); in.Outcome != Ignore || in.Class != class || in.Letter != NoLetter || in.Urgent {
			t.Errorf("%s: %s, class %s, letter %q", machine, in.Outcome, in.Class, in.Letter)
		}
	}
}

func TestSeveralChildren(t *testing.T) {
	s := newScene(t)
	other := s.second()
	other.Tool, other.Level = nil, form.LevelAbsent
	in := s.assess()
	if in.Outcome != RequestInformation || in.Letter != InformationRequestLetter || in.Children[0].Decision.Outcome != Accept {
		t.Errorf("one without a tool: %s, %s, %s", in.Outcome, in.Letter, in.Children[0].Decision.Outcome)
	}
	s = newScene(t)
	s.second()
	s.document(prose.DangerNow, prose.Present)
	in = s.assess()
	if in.Outcome != Hold || !in.Urgent || in.Letter != Receipt || in.Children[1].Decision.Outcome != Accept {
		t.Errorf("one in danger: %s, urgent %t, %s, the other %s", in.Outcome, in.Urgent, in.Letter, in.Children[1].Decision.Outcome)
	}
	s = newScene(t)
	s.second().Level = form.LevelMedium
	s.says(prose.LevelLow, prose.Present)
	s.says(prose.LevelMedium, prose.Present)
	if in = s.assess(); in.Outcome != Signpost {
		t.Errorf("levels told for each child: %s", codesOf(in))
	}
}

func TestModes(t *testing.T) {
	police := func(s *scene) { s.arr.From = "pc1@staffordshire.police.uk" }
	medium := func(s *scene) { s.child.Level = form.LevelMedium }
	for _, c := range []struct {
		mode            Mode
		change          func(*scene)
		letter, drafted LetterKind
	}{
		{Automatic, medium, SignpostingLetter, NoLetter},
		{Confirm, medium, Receipt, SignpostingLetter},
		{Confirm, police, SignpostingLetter, NoLetter},
		{Confirm, func(*scene) {}, Acknowledgement, NoLetter},
		{Shadow, func(*scene) {}, Receipt, Acknowledgement},
		{Shadow, police, Receipt, SignpostingLetter},
		{Shadow, func(s *scene) { s.arr.Authenticated = false }, NoLetter, NoLetter},
	} {
		s := newScene(t)
		s.assessor.Policy.Mode = c.mode
		c.change(s)
		in := s.assess()
		if in.Letter != c.letter || in.Drafted != c.drafted || in.Children[0].Decision.Released != (c.drafted == NoLetter) {
			t.Errorf("%s: letter %q, drafted %q; want %q, %q", c.mode, in.Letter, in.Drafted, c.letter, c.drafted)
		}
	}
}

func TestContactsAndHome(t *testing.T) {
	for postcode, want := range map[string][]Contact{
		"ST1 5LY": {ContactStoke}, "ST15 8AB": {ContactStaffordshire}, "ST3 5AP": {ContactStoke, ContactStaffordshire},
		"SK10 3RB": {ContactHomeCouncil},
	} {
		s := newScene(t)
		s.child.Level = form.LevelMedium
		s.set(form.Postcode, postcode)
		in := s.assess()
		if got := in.Children[0].Decision.Contacts; !slices.Equal(got, want) {
			t.Errorf("%s: contacts %v, want %v", postcode, got, want)
		}
		if len(want) == 1 && !slices.Equal(in.Home, want) || len(want) == 2 && len(in.Home) != 0 {
			t.Errorf("%s: home %v", postcode, in.Home)
		}
	}
}

func TestAgeBoundaries(t *testing.T) {
	for _, c := range []struct {
		name    string
		born    string
		y       int
		m       time.Month
		d       int
		needs   string
		outcome Outcome
	}{
		{"day before the ninth birthday", "2017-10-06", 2026, 10, 5, "None", Signpost},
		{"ninth birthday", "2017-10-05", 2026, 10, 5, "None", Accept},
		{"day before the 17th birthday", "2009-10-06", 2026, 10, 5, "None", Accept},
		{"17th birthday", "2009-10-05", 2026, 10, 5, "None", Signpost},
		{"17th birthday with SEND", "2009-10-05", 2026, 10, 5, "EHCP", Accept},
		{"day before the 25th birthday", "2001-10-06", 2026, 10, 5, "EHCP", Accept},
		{"25th birthday", "2001-10-05", 2026, 10, 5, "EHCP", Hold},
		{"day before the 26th birthday", "2000-10-06", 2026, 10, 5, "EHCP", Hold},
		{"26th birthday", "2000-10-05", 2026, 10, 5, "EHCP", Signpost},
		{"leap-day child, 28 February", "2012-02-29", 2029, 2, 28, "None", Accept},
		{"leap-day child, 1 March", "2012-02-29", 2029, 3, 1, "None", Signpost},
		{"leap-day child, 29 February", "2012-02-29", 2028, 2, 29, "None", Accept},
	} {
		s := newScene(t)
		s.arr.From = "a@canalpru.example" // alternative provision takes all ages
		s.at(c.y, c.m, c.d)
		s.born(c.born)
		s.set(form.AdditionalNeeds, c.needs, form.School, "Canal Pupil Referral Unit")
		if in := s.assess(); in.Outcome != c.outcome {
			t.Errorf("%s: %s, want %s: %s", c.name, in.Outcome, c.outcome, codesOf(in))
		}
	}
}

// TestLondonDay: half past eleven at night in UTC is the next day in London in summer, and the same in winter.
func TestLondonDay(t *testing.T) {
	for _, c := range []struct {
		at      time.Time
		born    string
		outcome Outcome
	}{
		{time.Date(2026, 7, 9, 23, 30, 0, 0, time.UTC), "2017-07-10", Accept},
		{time.Date(2026, 12, 9, 23, 30, 0, 0, time.UTC), "2017-12-10", Signpost},
	} {
		s := newScene(t)
		s.arr.From, s.arr.At = "a@heathmiddle.example", c.at
		s.born(c.born)
		s.set(form.School, "Heath Middle School", form.ToolCompletedOn, c.at.AddDate(0, -1, 0).Format(time.DateOnly))
		if in := s.assess(); in.Outcome != c.outcome {
			t.Errorf("%s: %s, want %s", c.at, in.Outcome, c.outcome)
		}
	}
}

func TestPrimaryYearBoundaries(t *testing.T) {
	for _, c := range []struct {
		name    string
		born    string
		y       int
		m       time.Month
		d       int
		outcome Outcome
	}{
		{"nine on 31 August: year 5", "2017-08-31", 2026, 9, 1, Accept},
		{"nine on 1 September: year 4, aged 9", "2017-09-01", 2026, 9, 1, Hold},
		{"year 4 at eight", "2017-09-02", 2026, 9, 1, Signpost},
		{"31 August still counts to the old school year", "2017-08-31", 2027, 8, 31, Accept},
		{"in year 4 at nine, on 31 August", "2016-09-01", 2026, 8, 31, Hold},
		{"in year 5 the day after", "2016-09-01", 2026, 9, 1, Accept},
		{"year 6", "2015-09-01", 2026, 9, 1, Accept},
		{"year 7 at a primary", "2015-08-31", 2026, 9, 1, Hold},
	} {
		s := newScene(t)
		s.primary()
		s.at(c.y, c.m, c.d)
		s.born(c.born)
		if in := s.assess(); in.Outcome != c.outcome {
			t.Errorf("%s: %s, want %s: %s", c.name, in.Outcome, c.outcome, codesOf(in))
		}
	}
}

func TestToolBoundaries(t *testing.T) {
	for done, want := range map[string]Code{
		"2026-04-04": CodeToolTooOld, "2026-04-05": CodeToolAgeing, "2026-07-04": CodeToolAgeing, "2026-07-05": CodeToolCurrent,
		"2026-10-05": CodeToolCurrent, "2026-10-06": CodeToolFuture,
	} {
		s := newScene(t)
		s.set(form.ToolCompletedOn, done)
		if in := s.assess(); !slices.Contains(allCodes(in), want) {
			t.Errorf("%s: no %s in %s", done, want, codesOf(in))
		}
	}
	// Six months after 31 August is the last day of February.
	for day, want := range map[int]Code{28: CodeToolAgeing, 1: CodeToolTooOld} {
		s := newScene(t)
		m := time.February
		if day == 1 {
			m = time.March
		}
		s.at(2027, m, day)
		s.set(form.ToolCompletedOn, "2026-08-31")
		if in := s.assess(); !slices.Contains(allCodes(in), want) {
			t.Errorf("31 August on %d %s: no %s in %s", day, m, want, codesOf(in))
		}
	}
}

// TestEverythingMissingHasALabel: whatever a school can be asked for has a name that it finds on the form.
func TestEverythingMissingHasALabel(t *testing.T) {
	all := append([]Missing{MissingForm, MissingTool, MissingToolDate, MissingToolLevel, Missing(form.Postcode)}, requirable...)
	seen := map[string]Missing{}
	for _, m := range all {
		l := m.Label()
		if other, twice := seen[l]; l == "" || twice {
			t.Errorf("%s: label %q, as %s", m, l, other)
		}
		seen[l] = m
	}
	if Missing(form.Ethnicity).Label() != "" {
		t.Error("a school could be asked for what no rule may read")
	}
}
