package triage

// The closed list of what the rules can find. A code belongs to one clause and has one verdict and one effect, so that
// this table, with the precedence, is the whole of the decision; the rules only say which codes apply.
const (
	// Who writes.
	CodeReferrerSchool           Code = "referrer.school"
	CodeReferrerPolice           Code = "referrer.police"
	CodeReferrerCouncil          Code = "referrer.council"
	CodeReferrerCouncilProvision Code = "referrer.council_provision"
	CodeReferrerHealth           Code = "referrer.health"
	CodeReferrerParentOrOther    Code = "referrer.parent_or_other"
	CodeReferrerUnknown          Code = "referrer.unknown"
	CodeReferrerNoAddress        Code = "referrer.no_address"
	CodeReferrerNotAuthenticated Code = "referrer.not_authenticated"
	CodeReferrerNotStaff         Code = "referrer.not_staff"
	CodeReferrerClosed           Code = "referrer.closed"
	CodeReferrerOtherSchool      Code = "referrer.other_school"
	CodeProvisionMet             Code = "provision.met"
	CodeProvisionHomeEducated    Code = "provision.home_educated"
	CodeProvisionSixteenPlus     Code = "provision.sixteen_plus"
	CodeProvisionNursery         Code = "provision.nursery"
	CodeReplyToElsewhere         Code = "confidential.reply_to_elsewhere"
	CodeReplyToColleague         Code = "confidential.reply_to_colleague"
	CodeCopier                   Code = "confidential.copier"

	// What kind of message it is.
	CodeDangerNow          Code = "emergency.danger_now"
	CodeNoDanger           Code = "emergency.none_told"
	CodeStaffAllegation    Code = "emergency.staff_allegation"
	CodeSeriousUpdate      Code = "emergency.serious_update"
	CodeUnreadable         Code = "form.unreadable"
	CodePartlyRead         Code = "form.partly_read"
	CodeDefect             Code = "form.defective_message"
	CodeMachineWithForm    Code = "form.machine_mail"
	CodeMachineUnread      Code = "form.machine_unread"
	CodeReturned           Code = "form.returned"
	CodeResend             Code = "form.resend"
	CodeKnownChild         Code = "form.known_child"
	CodeUnclear            Code = "form.unclear"
	CodeFollowUp           Code = "form.follow_up"
	CodeFollowUpUnjoined   Code = "form.follow_up_unjoined"
	CodeFollowUpWords      Code = "form.follow_up_words"
	CodeNoLexicon          Code = "emergency.not_read"
	CodePassword           Code = "form.password"
	CodeEnquiry            Code = "signposting.enquiry"
	CodeComplaint          Code = "signposting.complaint"
	CodeRightsRequest      Code = "confidential.rights_request"
	CodeWithdrawal         Code = "informed.withdrawal"
	CodeUpdate             Code = "tracker.update"
	CodeSignpostedLookOver Code = "signposting.look_over"

	// The child.
	CodeAgeWithin           Code = "age.within"
	CodeAgeWithSEND         Code = "age.with_send"
	CodeAgeTooYoung         Code = "age.too_young"
	CodeAgeTooOld           Code = "age.too_old"
	CodeAgeOverLimit        Code = "age.over_limit"
	CodeAgeAtLimit          Code = "age.at_limit"
	CodeAgeAtLimitSignpost  Code = "age.at_limit_signpost"
	CodeAgeSENDUnclear      Code = "age.send_unclear"
	CodeAgeNoBirthDate      Code = "age.no_birth_date"
	CodeAgeBadBirthDate     Code = "age.bad_birth_date"
	CodeAgeBirthDatesDiffer Code = "age.birth_dates_differ"
	CodeAgeYearDiffers      Code = "age.year_differs"
	CodeAgeYearContradicts  Code = "age.year_contradicts"
	CodeAgeSchoolDisagrees  Code = "age.school_disagrees"
	CodePrimaryWithin       Code = "primary_years.within"
	CodePrimaryBelow        Code = "primary_years.below"
	CodePrimaryNineBelow    Code = "primary_years.nine_below"
	CodePrimaryAbove        Code = "primary_years.above"
	CodeAreaBothIn          Code = "area.home_and_school_in"
	CodeAreaHomeIn          Code = "area.home_in"
	CodeAreaHomeInSchoolOut Code = "area.home_in_school_out"
	CodeAreaHomeOutSchoolIn Code = "area.home_out_school_in"
	CodeAreaHomeOut         Code = "area.home_out_school_unknown"
	CodeAreaOutside         Code = "area.outside"
	CodeAreaNotInTable      Code = "area.not_in_table"
	CodeAreaNoPostcode      Code = "area.no_postcode"
	CodeAreaBadPostcode     Code = "area.bad_postcode"
	CodeAreaSplit           Code = "area.split"
	CodeAreaOutwardOnly     Code = "area.outward_only"
	CodeAreaTwoHomes        Code = "area.two_homes"
	CodeAreaWithheld        Code = "area.withheld"
	CodeAreaMoving          Code = "area.moving"

	// The risk.
	CodeLowRisk              Code = "low_risk.low"
	CodeMediumRisk           Code = "low_risk.medium"
	CodeHighRisk             Code = "low_risk.high"
	CodeNoRisk               Code = "low_risk.none"
	CodeLevelAmbiguous       Code = "low_risk.ambiguous"
	CodeLevelBlank           Code = "low_risk.blank"
	CodeLevelNoTool          Code = "low_risk.no_tool"
	CodeLevelDisagrees       Code = "low_risk.disagrees"
	CodeLevelClaimed         Code = "low_risk.claimed"
	CodeActiveExploitation   Code = "low_risk.active_exploitation"
	CodePossibleExploitation Code = "low_risk.possible_exploitation"
	CodePastExploitation     Code = "low_risk.past_exploitation"
	CodeNoHigherLevel        Code = "prevention_only.none_told"
	CodeHigherLevel          Code = "prevention_only.higher_level"
	CodeHigherLevelSignpost  Code = "prevention_only.higher_level_signpost"
	CodeSignsBeyondTicks     Code = "signs.beyond_ticks"

	// The documents.
	CodeToolCurrent      Code = "screening_tool.current"
	CodeToolAgeing       Code = "screening_tool.ageing"
	CodeToolAbsent       Code = "screening_tool.absent"
	CodeToolUndated      Code = "screening_tool.undated"
	CodeToolBadDate      Code = "screening_tool.bad_date"
	CodeToolTooOld       Code = "screening_tool.too_old"
	CodeToolFuture       Code = "screening_tool.future"
	CodeToolOtherChild   Code = "screening_tool.other_child"
	CodeToolOtherArea    Code = "screening_tool.other_area"
	CodeToolNothingRead  Code = "screening_tool.nothing_read"
	CodeFormComplete     Code = "form.complete"
	CodeFormAbsent       Code = "form.absent"
	CodeFormMissing      Code = "form.missing"
	CodeFormNothingRead  Code = "form.nothing_read"
	CodeFormContradicts  Code = "form.contradicts"
	CodeFormMinorDiffers Code = "form.differs"
	CodeFormUnsure       Code = "form.unsure"
	CodeInformed         Code = "informed.yes"
	CodeInformedBlank    Code = "informed.blank"
	CodeInformedNo       Code = "informed.no"
	CodeInformedUnclear  Code = "informed.unclear"
	CodeInformedDisputed Code = "informed.disputed"
	CodeOptOut           Code = "informed.opt_out"
	CodeOneToOne         Code = "group_work.one_to_one"
	CodeGroup            Code = "group_work.group"
	CodeOneFormForMany   Code = "group_work.one_form_for_many"
	CodeMoreChildren     Code = "group_work.more_children"
	CodeOtherName        Code = "form.other_name"

	// What document B asks of the next step.
	CodeAgencyCheck        Code = "agency_check.ask_mash"
	CodeOpenCase           Code = "open_case.lead_professional"
	CodeClosedCase         Code = "closed_case.new_service"
	CodeNextEmerging       Code = "emerging.early_help"
	CodeNextModerate       Code = "moderate.prevention"
	CodeNextSignificant    Code = "significant.social_care"
	CodeStatusReview       Code = "tracker.status_review"
	CodeToolReview         Code = "tracker.tool_review"
	CodeContactStoke       Code = "contacts.stoke"
	CodeContactStaffs      Code = "contacts.staffordshire"
	CodeContactBoth        Code = "contacts.both"
	CodeContactHomeCouncil Code = "contacts.home_council"
	CodeNoRegister         Code = "referrer.no_register"
	CodeNoPostcodeTable    Code = "area.no_postcode_table"
	CodeFoundInJunk        Code = "confidential.found_in_junk"
)

// A codeEntry is one line of the table of codes.
type codeEntry struct {
	code     Code
	clause   Clause
	verdict  Verdict
	effect   Effect
	flag     bool   // staff are told of it beside the outcome
	sentence string // closed words for staff and the digest; nothing of a message is in it
}

// codeTable lists every code. Effects: see precedence.
var codeTable = [...]codeEntry{
	{CodeReferrerSchool, ClauseReferrer, Met, EffectNone, false, "The sender is an education provision, and our own mail server vouches for the address."},
	{CodeReferrerPolice, ClauseReferrer, NotMet, EffectSignpost, false, "The sender is the police, who cannot refer directly but can ask the child's school to refer."},
	{CodeReferrerCouncil, ClauseReferrer, NotMet, EffectSignpost, false, "The sender is a local authority, which cannot refer directly but can ask the child's school to refer."},
	{CodeReferrerCouncilProvision, ClauseReferrer, Unknown, EffectHoldSafety, false, "The sender writes from a council's address for an education provision; a person confirms that it may refer."},
	{CodeReferrerHealth, ClauseReferrer, Unknown, EffectHoldSafety, false, "The sender is a health service; a person decides how to answer."},
	{CodeReferrerParentOrOther, ClauseReferrer, Unknown, EffectHoldSafety, false, "The sender is a private address; a person decides how to answer."},
	{CodeReferrerUnknown, ClauseReferrer, Unknown, EffectHoldSafety, false, "The sender's mail domain is not known as an education provision's."},
	{CodeReferrerNoAddress, ClauseReferrer, Unknown, EffectHoldSafety, false, "The sender's address cannot be read."},
	{CodeReferrerNotAuthenticated, ClauseReferrer, Unknown, EffectHoldSafety, false, "Our own mail server could not verify that the message comes from the sender's domain."},
	{CodeReferrerNotStaff, ClauseReferrer, Unknown, EffectHoldSafety, false, "The address is of a kind that schools give to pupils, parents or governors."},
	{CodeReferrerClosed, ClauseReferrer, Unknown, EffectHoldSafety, false, "The register says that this school is closed or not yet open."},
	{CodeReferrerOtherSchool, ClauseReferrer, Met, EffectNone, true, "The form names another school than the one that sent it."},
	{CodeProvisionMet, ClauseProvision, Met, EffectNone, false, "The sender is a kind of provision that the service works with."},
	{CodeProvisionHomeEducated, ClauseProvision, Met, EffectNone, true, "The child is electively home educated."},
	{CodeProvisionSixteenPlus, ClauseProvision, Unknown, EffectHoldSafety, false, "The sender is a college for students over 16; a person decides whether it counts as a provision."},
	{CodeProvisionNursery, ClauseProvision, Unknown, EffectHoldSafety, false, "The sender is a nursery; a person decides how to answer."},
	{CodeReplyToElsewhere, ClauseConfidential, Unknown, EffectHoldSafety, false, "Replies are asked to go to an address elsewhere than the sender's."},
	{CodeReplyToColleague, ClauseConfidential, Met, EffectNone, true, "Replies are asked to go to another mailbox of the same domain; letters go to the sender alone."},
	{CodeCopier, ClauseConfidential, Unknown, EffectHoldSafety, false, "The message was sent by a copier or from a no-reply address, so that nobody is there to answer."},

	{CodeDangerNow, ClauseEmergency, Unknown, EffectHoldUrgent, false, "The message or a document may describe danger now."},
	{CodeNoDanger, ClauseEmergency, Met, EffectNone, false, "No description of danger now was found."},
	{CodeStaffAllegation, ClauseEmergency, Unknown, EffectHoldUrgent, false, "The message or a document may hold an allegation about a member of staff."},
	{CodeSeriousUpdate, ClauseEmergency, Unknown, EffectHoldUrgent, false, "The message brings serious news about a child: an arrest, an injury or a higher level of risk."},
	{CodeUnreadable, ClauseForm, Unknown, EffectHoldSafety, false, "A document could not be read."},
	{CodePartlyRead, ClauseForm, Unknown, EffectHoldSafety, false, "Something in a document could not be read, and what it says may bear on the decision."},
	{CodeDefect, ClauseForm, Unknown, EffectHoldSafety, false, "The message itself is damaged or unusual in its build."},
	{CodeMachineWithForm, ClauseForm, Unknown, EffectHoldSafety, false, "The message looks as if a machine had written it, yet it carries a filled-in form or screening tool."},
	{CodeMachineUnread, ClauseForm, Unknown, EffectHoldSafety, false, "The message looks as if a machine had written it, yet it carries a document that could not be read and may be a referral."},
	{CodeReturned, ClauseForm, Unknown, EffectHoldSafety, false, "Staff moved the message back to the inbox."},
	{CodeResend, ClauseForm, Unknown, EffectHoldSafety, false, "The same message was filed before."},
	{CodeKnownChild, ClauseForm, Unknown, EffectHoldSafety, false, "A case with the same name and birth date is already there."},
	{CodeUnclear, ClauseForm, Unknown, EffectHoldSafety, false, "It is not clear what the message asks for."},
	{CodeFollowUp, ClauseForm, Met, EffectNone, true, "The message belongs to an earlier case and was decided again with what is now there."},
	{CodeFollowUpUnjoined, ClauseForm, Unknown, EffectHoldSafety, false, "The message adds to an earlier one; a person puts them together."},
	{CodeFollowUpWords, ClauseForm, Unknown, EffectHoldSafety, false, "The message answers an earlier letter in words; a person reads it."},
	{CodeNoLexicon, ClauseEmergency, Unknown, EffectHoldSafety, false, "Nothing is configured that reads the words, so that a person reads them."},
	{CodePassword, ClauseForm, Unknown, EffectHoldSafety, false, "The message brings a password for a locked file; a person opens it."},
	{CodeEnquiry, ClauseSignposting, Unknown, EffectHoldSafety, false, "The message is an enquiry; a person answers it."},
	{CodeComplaint, ClauseSignposting, Unknown, EffectHoldSafety, false, "The message is a complaint; a person answers it."},
	{CodeRightsRequest, ClauseConfidential, Unknown, EffectHoldSafety, false, "The message asks for rights under data protection law; a person answers it."},
	{CodeWithdrawal, ClauseInformed, Unknown, EffectHoldSafety, false, "The message withdraws a referral or a consent; a person sees to it."},
	{CodeUpdate, ClauseTracker, Unknown, EffectHoldSafety, false, "The message brings news of a child; a person records it."},
	{CodeSignpostedLookOver, ClauseSignposting, Met, EffectNone, false, "The referral does not fit the criteria and is signposted; a person looks at it again."},

	{CodeAgeWithin, ClauseAge, Met, EffectNone, false, "The age is within the service's range."},
	{CodeAgeWithSEND, ClauseAge, Met, EffectNone, false, "Over 16, with special educational needs or disabilities stated."},
	{CodeAgeTooYoung, ClauseAge, NotMet, EffectSignpost, false, "The child is younger than the service's range."},
	{CodeAgeTooOld, ClauseAge, NotMet, EffectSignpost, false, "Over 16, and the form says that there are no special educational needs or disabilities."},
	{CodeAgeOverLimit, ClauseAge, NotMet, EffectSignpost, false, "Older than the service's range."},
	{CodeAgeAtLimit, ClauseAge, Unknown, EffectHold, false, "25 years old: the criteria say up to 25, and a person decides."},
	{CodeAgeAtLimitSignpost, ClauseAge, NotMet, EffectSignpost, false, "25 years old, which the policy counts as over the range."},
	{CodeAgeSENDUnclear, ClauseAge, Unknown, EffectAsk, false, "Over 16, and the form does not say whether there are special educational needs or disabilities."},
	{CodeAgeNoBirthDate, ClauseAge, Unknown, EffectAsk, false, "The birth date is not given."},
	{CodeAgeBadBirthDate, ClauseAge, Unknown, EffectAsk, false, "The birth date is not a possible date."},
	{CodeAgeBirthDatesDiffer, ClauseAge, Unknown, EffectHoldSafety, false, "The form and the screening tool give different birth dates."},
	{CodeAgeYearDiffers, ClauseAge, Met, EffectNone, true, "The school year on the form is one off the year of the child's age."},
	{CodeAgeYearContradicts, ClauseAge, Unknown, EffectHoldSafety, false, "The school year on the form contradicts the birth date."},
	{CodeAgeSchoolDisagrees, ClauseAge, Unknown, EffectHoldSafety, false, "By its birth date the child cannot be a pupil of that kind of school: one of the two is wrong."},

	{CodePrimaryWithin, ClausePrimaryYears, Met, EffectNone, false, "The child is in a year that the service supports in primary schools."},
	{CodePrimaryBelow, ClausePrimaryYears, NotMet, EffectSignpost, false, "The child is in a primary school, below year 5."},
	{CodePrimaryNineBelow, ClausePrimaryYears, Unknown, EffectHold, false, "The child is 9 but below year 5 of a primary school: the criteria disagree, and a person decides."},
	{CodePrimaryAbove, ClausePrimaryYears, Unknown, EffectHold, false, "The child's age is beyond the years of a primary school."},
	{CodeAreaBothIn, ClauseArea, Met, EffectNone, false, "Home and school are in the area."},
	{CodeAreaHomeIn, ClauseArea, Met, EffectNone, false, "The home is in the area; the school's area is not known."},
	{CodeAreaHomeInSchoolOut, ClauseArea, Unknown, EffectHold, false, "The home is in the area, the school is not."},
	{CodeAreaHomeOutSchoolIn, ClauseArea, Unknown, EffectHold, false, "The school is in the area, the home is not."},
	{CodeAreaHomeOut, ClauseArea, Unknown, EffectHold, false, "The home is outside the area; the school's area is not known."},
	{CodeAreaOutside, ClauseArea, NotMet, EffectSignpost, false, "Home and school are outside Staffordshire and Stoke-on-Trent."},
	{CodeAreaNotInTable, ClauseArea, Unknown, EffectHold, false, "The home postcode cannot be placed with certainty: a new street, or a slip."},
	{CodeAreaNoPostcode, ClauseArea, Unknown, EffectAsk, false, "The home postcode is not given."},
	{CodeAreaBadPostcode, ClauseArea, Unknown, EffectAsk, false, "The home postcode is not a valid postcode."},
	{CodeAreaSplit, ClauseArea, Unknown, EffectAsk, false, "Only the first half of the postcode is given, and it is shared with another council."},
	{CodeAreaTwoHomes, ClauseArea, Unknown, EffectHold, false, "The address holds a postcode in the area and one outside; a person finds out where the child lives."},
	{CodeAreaWithheld, ClauseArea, Unknown, EffectHold, false, "The address is withheld, for safety it seems; a person finds out by telephone whether it is in the area."},
	{CodeAreaMoving, ClauseArea, Unknown, EffectHold, false, "The message says that the child has moved or is about to; a person finds out where the child lives."},
	{CodeAreaOutwardOnly, ClauseArea, Met, EffectNone, true, "Only the first half of the postcode is given; all of it is in the area."},

	{CodeLowRisk, ClauseLowRisk, Met, EffectNone, false, "The screening tool states low risk."},
	{CodeMediumRisk, ClauseLowRisk, NotMet, EffectSignpost, false, "The screening tool states medium risk."},
	{CodeHighRisk, ClauseLowRisk, NotMet, EffectSignpost, true, "The screening tool states high risk."},
	{CodeNoRisk, ClauseLowRisk, Unknown, EffectHold, false, "The screening tool states that there is no risk."},
	{CodeLevelAmbiguous, ClauseLowRisk, Unknown, EffectHold, false, "The screening tool's level of risk can be read in more than one way."},
	{CodeLevelBlank, ClauseLowRisk, Unknown, EffectAsk, false, "The screening tool's level of risk is blank."},
	{CodeLevelNoTool, ClauseLowRisk, Unknown, EffectNone, false, "Without a screening tool there is no level of risk to go by."},
	{CodeLevelDisagrees, ClauseLowRisk, Unknown, EffectHoldSafety, false, "The message or the form states another level of risk than the screening tool."},
	{CodeLevelClaimed, ClauseLowRisk, Unknown, EffectHold, false, "The message or the form states a level of risk above low, and no screening tool states one."},
	{CodeActiveExploitation, ClauseLowRisk, Unknown, EffectHoldUrgent, false, "The narrative describes exploitation that is happening."},
	{CodePossibleExploitation, ClauseLowRisk, Unknown, EffectHoldSafety, false, "The narrative describes exploitation that may be happening."},
	{CodePastExploitation, ClauseLowRisk, Met, EffectNone, true, "The narrative describes exploitation in the past."},
	{CodeNoHigherLevel, ClausePreventionOnly, Met, EffectNone, false, "No mention of an earlier intervention at a higher level was found."},
	{CodeHigherLevel, ClausePreventionOnly, Unknown, EffectHoldSafety, false, "The narrative mentions an exploitation service or process at a higher level."},
	{CodeHigherLevelSignpost, ClausePreventionOnly, NotMet, EffectSignpost, false, "The narrative mentions an exploitation service or process at a higher level, for which the policy signposts."},
	{CodeSignsBeyondTicks, ClauseSigns, Met, EffectNone, true, "The narrative mentions signs that are not ticked on the form."},

	{CodeToolCurrent, ClauseScreeningTool, Met, EffectNone, false, "The screening tool is current."},
	{CodeToolAgeing, ClauseScreeningTool, Met, EffectNone, true, "The screening tool is current, but some months old."},
	{CodeToolAbsent, ClauseScreeningTool, Unknown, EffectAsk, false, "There is no screening tool for this child."},
	{CodeToolUndated, ClauseScreeningTool, Unknown, EffectAsk, false, "The screening tool bears no date of completion."},
	{CodeToolBadDate, ClauseScreeningTool, Unknown, EffectAsk, false, "The screening tool's date of completion is not a full date."},
	{CodeToolTooOld, ClauseScreeningTool, Unknown, EffectAsk, false, "The screening tool is too old to be current."},
	{CodeToolFuture, ClauseScreeningTool, Unknown, EffectAsk, false, "The screening tool's date of completion is after the day it arrived."},
	{CodeToolOtherChild, ClauseScreeningTool, Unknown, EffectHoldSafety, false, "The screening tool seems to be about another child than the form."},
	{CodeToolOtherArea, ClauseScreeningTool, Met, EffectNone, true, "The screening tool is another area's template."},
	{CodeToolNothingRead, ClauseScreeningTool, Unknown, EffectHoldSafety, false, "Nothing could be read in the screening tool, which may be our failure."},
	{CodeFormComplete, ClauseForm, Met, EffectNone, false, "The referral form is complete."},
	{CodeFormAbsent, ClauseForm, Unknown, EffectAsk, false, "There is no referral form for this child."},
	{CodeFormMissing, ClauseForm, Unknown, EffectAsk, false, "Required fields of the referral form are blank."},
	{CodeFormNothingRead, ClauseForm, Unknown, EffectHoldSafety, false, "Nothing could be read in the referral form, which may be our failure."},
	{CodeFormContradicts, ClauseForm, Unknown, EffectHoldSafety, false, "The documents contradict one another."},
	{CodeFormMinorDiffers, ClauseForm, Met, EffectNone, true, "A field that decides nothing reads in two ways."},
	{CodeFormUnsure, ClauseForm, Unknown, EffectHoldSafety, false, "A value that decides could not be read with certainty."},
	{CodeOtherName, ClauseForm, Unknown, EffectHoldSafety, false, "The message names another child than its documents are about."},
	{CodeInformed, ClauseInformed, Met, EffectNone, false, "The parents are aware of the referral."},
	{CodeInformedBlank, ClauseInformed, Unknown, EffectAsk, false, "The form does not say whether the parents are aware of the referral."},
	{CodeInformedNo, ClauseInformed, Unknown, EffectHold, false, "The form says that the parents are not aware of the referral."},
	{CodeInformedUnclear, ClauseInformed, Unknown, EffectHold, false, "It is not clear whether the parents are aware of the referral."},
	{CodeInformedDisputed, ClauseInformed, Unknown, EffectHold, false, "Elsewhere the message or the form says that a parent does not know of the referral, or must not be contacted."},
	{CodeOptOut, ClauseInformed, Unknown, EffectHold, false, "Somebody has refused or opted out of the group work."},
	{CodeOneToOne, ClauseGroupWork, Met, EffectNone, true, "The school wishes for 1:1 support, which is for exceptional circumstances."},
	{CodeGroup, ClauseGroupWork, Met, EffectNone, true, "A group is asked for: each child needs a form and a screening tool of their own."},
	{CodeOneFormForMany, ClauseGroupWork, Unknown, EffectHoldSafety, false, "One form names several children; each child needs a form and a screening tool of their own."},
	{CodeMoreChildren, ClauseGroupWork, Unknown, EffectHoldSafety, false, "The message speaks of more children than its documents are about."},

	{CodeAgencyCheck, ClauseAgencyCheck, Met, EffectNone, false, "Contact MASH to check which agencies are involved."},
	{CodeOpenCase, ClauseOpenCase, Met, EffectNone, true, "The case is open: check with the lead professional, who completes the exploitation tool and returns it to MASH; if more is needed, a strategy meeting with at least social care or TYSS, YOS and the lead professional is considered."},
	{CodeClosedCase, ClauseClosedCase, Met, EffectNone, false, "No open case: where a new service is required, the referring professional completes a multi-agency referral form; a strategy meeting with at least social care, YOS and the referring agency is considered."},
	{CodeNextEmerging, ClauseEmerging, Met, EffectNone, false, "Emerging: Early Help threshold if not open to children's services; awareness raising and preventative interventions."},
	{CodeNextModerate, ClauseModerate, Met, EffectNone, false, "Moderate: threshold for YOS prevention or statutory intervention, with social care or TYSS where there are safeguarding concerns; CCE intervention."},
	{CodeNextSignificant, ClauseSignificant, Met, EffectNone, false, "Significant: threshold for social care or TYSS, with YOS prevention or statutory intervention if required; CCE intervention."},
	{CodeStatusReview, ClauseTracker, Met, EffectNone, false, "The status is to be reviewed each month."},
	{CodeToolReview, ClauseTracker, Met, EffectNone, false, "The screening tool is to be reviewed every six months, or sooner on a significant incident, a transfer or a closing."},
	{CodeContactStoke, ClauseContacts, Met, EffectNone, false, "The home is in Stoke-on-Trent: the letter names the city's contact."},
	{CodeContactStaffs, ClauseContacts, Met, EffectNone, false, "The home is in Staffordshire: the letter names the county's contact."},
	{CodeContactBoth, ClauseContacts, Met, EffectNone, false, "The home authority is not certain: the letter names both contacts."},
	{CodeContactHomeCouncil, ClauseContacts, Met, EffectNone, false, "The home is outside the area: the letter points to the home council's children's services."},
	{CodeNoRegister, ClauseReferrer, Met, EffectNone, true, "No register of schools is configured: only the endings of school domains are known."},
	{CodeNoPostcodeTable, ClauseArea, Met, EffectNone, true, "No postcode table is configured: the built-in table of districts decides."},
	{CodeFoundInJunk, ClauseConfidential, Met, EffectNone, true, "The message was found in the junk folder."},
}

// Codes returns every code in the order of the table.
func Codes() []Code {
	out := make([]Code, len(codeTable))
	for i, e := range codeTable {
		out[i] = e.code
	}
	return out
}

func (c Code) entry() codeEntry {
	for i := range codeTable {
		if codeTable[i].code == c {
			return codeTable[i]
		}
	}
	return codeEntry{code: c}
}

// Known tells whether the code is one of the closed list.
func (c Code) Known() bool { return c.entry().clause != "" }

// Clause returns the clause that the code belongs to.
func (c Code) Clause() Clause { return c.entry().clause }

// Verdict returns the verdict that the code stands for.
func (c Code) Verdict() Verdict { return c.entry().verdict }

// Effect returns what the code asks for.
func (c Code) Effect() Effect { return c.entry().effect }

// Note tells whether the code says something beside the criteria: it is neither met nor unmet, and nothing follows from it.
func (c Code) Note() bool {
	e := c.entry()
	return e.flag && e.verdict == Met && e.effect == EffectNone
}

// Sentence returns the code in closed words for staff: nothing of a message is in it, so that it may stand in a digest.
func (c Code) Sentence() string { return c.entry().sentence }
