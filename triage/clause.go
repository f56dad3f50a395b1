package triage

// A clauseText is where a clause stands in the source documents and what it says there.
type clauseText struct {
	clause Clause
	source string // the heading in the source document
	says   string // its sentence, as written there
}

// clauseTexts lists every clause in the order of the documents: A is the service's page and referral form, B the CCE
// referral process.
var clauseTexts = [...]clauseText{
	{ClauseProvision, "Referral Pathway", "All referrals will come from Primary Schools and Secondary schools, Special Schools Alternative Provisions and those Electively Home Educated"},
	{ClauseGroupWork, "Referral Pathway", "our work will focus on targeted group work with 1:1 support being considered in exceptional circumstances"},
	{ClauseSignposting, "Referral Pathway", "We will signpost referrals that do not fit our criteria and will work collaboratively with other agencies"},
	{ClauseAge, "Eligibility", "Children aged between 9-16 (up to 25 for children and young people with special educational needs/disabilities)"},
	{ClausePrimaryYears, "Eligibility", "Our support in primary schools will be for years 5 & 6."},
	{ClauseArea, "Geography", "The service works across Staffordshire and Stoke on Trent"},
	{ClauseReferrer, "Referrals", "Referrals can only be made by education provisions. Police & Local Authority partners are unable to refer directly, however can request that schools refer identified groups of children."},
	{ClauseLowRisk, "Referrals", "The service will support children deemed as 'Vulnerable to Exploitation' (Low risk)"},
	{ClausePreventionOnly, "Referrals", "The service is focused around prevention, therefore are unable to accept referrals where Child Exploitation intervention has already occurred at a higher level."},
	{ClauseScreeningTool, "Child Exploitation Screening tools and pathways", "Please ensure that you have completed a Child Exploitation Screening Tool if you have concerns that a child is at risk of exploitation. This is a mandatory requirement of Stoke-on-Trent and Staffordshire safeguarding partnerships."},
	{ClauseContacts, "Child Exploitation Screening tools and pathways", "For further advice and guidance regarding pathways, CE safeguarding processes and MACE Panel please contact: Stoke childexploitation@stoke.gov.uk Staffordshire- CSEinbox@staffordshire.gov.uk"},
	{ClauseForm, "Referral form", "Please send completed Action for Children referral forms, along with a current Child Exploitation Screening Tool"},
	{ClauseInformed, "Intervention details", "Parents/carers and children should be informed that group work will take place within the education setting and be provided with the opportunity to 'opt out'."},
	{ClauseConfidential, "Referral form", "Referral form- CONFIDENTIAL"},
	{ClauseSigns, "Recognising the Signs", "this list is not exclusive and there could be other indicators"},
	{ClauseAgencyCheck, "Child Criminal Exploitation Concern", "Professional concerned young person is at risk of CCE. Contact MASH to check agency involvement"},
	{ClauseOpenCase, "Open Case", "If open case to Early Help/YOS/TYSS lead professional should complete Exploitation Tool and return to MASH with indication if additional resources are required."},
	{ClauseClosedCase, "Closed Case new service required", "Multi-agency referral form to be completed by referring professional and if they have experience the Exploitation Tool."},
	{ClauseEmerging, "Emerging", "If not open to children's services case will meet Early Help Service threshold and the appropriate plan and management process will be implemented. Young person to receive awareness raising and preventative interventions."},
	{ClauseModerate, "Moderate", "Case will meet the threshold for YOS prevention or statutory intervention and if safeguarding concerns Social Care/TYSS intervention."},
	{ClauseSignificant, "Significant", "Case will meet the threshold for Social Care Service/TYSS and if required YOS Prevention or statutory intervention."},
	{ClauseTracker, "Exploitation Tracker Status reviewed monthly", "Responsible agency to review Exploitation Tracker Tool and young people's status 6 monthly (or sooner if significant incident and transferring or closing case)."},
	{ClauseEmergency, "Safety", "Neither document covers danger now: a person always decides, and every letter begins with the 999 sentence."},
}

// Clauses returns every clause in the order of the documents.
func Clauses() []Clause {
	out := make([]Clause, len(clauseTexts))
	for i, c := range clauseTexts {
		out[i] = c.clause
	}
	return out
}

// Source returns the heading of the source document under which the clause stands, or "" for a name that is no clause.
func (c Clause) Source() string { return c.text().source }

// Says returns the clause's sentence as the source document has it.
func (c Clause) Says() string { return c.text().says }

func (c Clause) text() clauseText {
	for _, t := range clauseTexts {
		if t.clause == c {
			return t
		}
	}
	return clauseText{}
}
