package prose

import (
	"strings"
	"testing"

	"referrald/parse/form"
)

// printed are lines of the blank form and of the pages around it, as a mail or another document may repeat them.
const printed = `The service has a strong preventative focus and aims to identify and target children who are vulnerable to being criminally exploited. All referrals will come from Primary Schools and Secondary schools, Special Schools Alternative Provisions and those Electively Home Educated, and our work will focus on targeted group work with 1:1 support being considered in exceptional circumstances. We will signpost referrals that do not fit our criteria and will work collaboratively with other agencies to maximise capacity, resources and reach.

Children aged between 9-16 (up to 25 for children and young people with special educational needs/disabilities) who are identified as vulnerable to being criminally exploited. Our support in primary schools will be for years 5 & 6.

The service will support children deemed as 'Vulnerable to Exploitation' (Low risk)

The service is focused around prevention, therefore are unable to accept referrals where Child Exploitation intervention has already occurred at a higher level.

For further advice and guidance regarding pathways, CE safeguarding processes and MACE Panel please contact: Stoke

*Parents/carers and children should be informed that group work will take place within the education setting and be provided with the opportunity to 'opt out'.

☐ Going missing or returning home late
☐ Prolonged episodes of missing
☐ Criminality (including knife crime)
☐ Possession of weapons
☐ Evidence of drug dealing
☐ Mental Health Issues
☐ Associations with gangs/groups
Child in Care
Are the parents aware of the referral?
- Carrying weapons
- Self-harm or significant changes in emotional well-being`

func TestPrintedLinesAreNoEvidence(t *testing.T) {
	l := lexicon(t)
	for _, source := range []form.Source{form.FromSubject, form.FromBody, form.FromQuoted, form.FromForm, form.FromTool, form.FromOther} {
		for _, f := range l.Read([]form.Passage{{Source: source, Key: form.Summary, Evidence: form.Evidence{Text: printed}}}) {
			t.Errorf("%s: %s is %s: %s", source, f.Key, f.Status, f.Evidence.Text)
		}
	}
}

// TestPrintedLinesByAnswer takes a printed line as evidence where it is answered, and never where it is not known.
func TestPrintedLinesByAnswer(t *testing.T) {
	l := lexicon(t)
	for answer, want := range map[string]Status{"Yes": Present, "No": Negated, "none": Negated, "Unknown": "", "": ""} {
		got := said(t, l, form.FromTool, "weapons", "Possession of weapons: "+answer)
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0] != want) {
			t.Errorf("answered %q: %v, want %q", answer, got, want)
		}
	}
}

// TestOwnWordsBesidePrintedOnes keeps a writer's sentence that stands among printed lines.
func TestOwnWordsBesidePrintedOnes(t *testing.T) {
	text := strings.Replace(printed, "Child in Care", "He carries a knife.", 1)
	if got := said(t, lexicon(t), form.FromBody, "weapons", text); len(got) != 1 || got[0] != Present {
		t.Errorf("weapons is %v", got)
	}
}
