package triage

import (
	"slices"
	"testing"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// TestBoxes decides on complete, low-risk referrals whose boxes say something in people's own words, by the real lexicon.
// What must bring a person does so in whichever box it stands; what only sounds like it does not.
func TestBoxes(t *testing.T) {
	words, err := prose.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		box     form.Key
		text    string
		outcome Outcome
		urgent  bool
	}{
		{form.OtherAgencies, "Catch22 CCE team (closed in March)", Hold, false},
		{form.OtherAgencies, "YJS - statutory order", Hold, false},
		{form.OtherAgencies, "Previously discussed at MACE", Hold, false},
		{form.OtherAgencies, "NRM referral made, awaiting decision", Hold, false},
		{form.OtherAgencies, "Strategy meeting held 2/9 re exploitation", Hold, false},
		{form.OtherAgencies, "Child exploitation social worker allocated", Hold, false},
		{form.OtherAgencies, "None. Not known to MACE or YJS.", Accept, false},
		{form.OtherAgencies, "CAMHS, school nurse, Early Help", Accept, false},
		{form.OtherAgencies, "Brother is open to YJS", Accept, false},
		{form.OtherAgencies, "Occupational therapist, CP (cerebral palsy) clinic", Accept, false},
		{form.CareContact, "Missing and exploitation team, duty desk", Hold, false},
		{form.CareContact, "Jo Examplar, Early Help practitioner, 01632 960003", Accept, false},
		{form.Summary, "Section 47 enquiries last year concluded criminal exploitation.", Hold, false},
		{form.Summary, "He was stepped down from the exploitation team in the spring.", Hold, false},
		{form.Summary, "He was referred to Barnardo's for child exploitation work in Year 7.", Hold, false},
		{form.Summary, "She had a CE worker at her last school.", Hold, false},
		{form.Summary, "He has been stepped down from a child in need plan to Early Help.", Accept, false},
		{form.Summary, "Was on a child protection plan for neglect until 2022.", Accept, false},
		{form.Summary, "He is a looked after child and is settled in his placement.", Accept, false},
		{form.Summary, "He owes money to older lads for cannabis and they have threatened him.", Hold, true},
		{form.Summary, "He is selling drugs for an older male who picks him up from school.", Hold, true},
		{form.Summary, "She has been found in Liverpool with wraps on her.", Hold, true},
		{form.Summary, "He was assessed as medium risk by the MASH in September.", Hold, false},
		{form.Summary, "The screening tool came out as high but we feel low is right.", Hold, false},
		{form.Summary, "He is at risk of becoming involved with older peers.", Accept, false},
		{form.Summary, "Mum does not know where he goes after school.", Accept, false},
		{form.Summary, "He went to Derby without his mum's knowledge.", Accept, false},
		{form.Summary, "Parents are not aware of this referral.", Hold, false},
		{form.Summary, "Dad has not been told about the referral for her safety.", Hold, false},
		{form.Summary, "Mum has been told about this referral and is pleased.", Accept, false},
		{form.ParentAware, "Yes", Accept, false},
		{form.ParentAware, "Mum is aware and does not want him in a group", Hold, false},
		{form.EducationStatus, "Permanently excluded for bringing a knife in last year", Accept, false},
		{form.EducationStatus, "Currently missing, police are looking for her", Hold, true},
		{form.GroupDynamics, "Not to be placed with the lads who are threatening to stab him", Hold, true},
		{form.GroupDynamics, "Would get on with two of the boys in the Year 9 group", Accept, false},
		{form.AreasOfWork, "Awareness of county lines, knife crime and grooming", Accept, false},
		{form.AreasOfWork, "They told him they will stab him tonight if he does not pay", Hold, true},
		{form.ProtectiveFactors, "No involvement with MACE, no NRM, no missing episodes", Accept, false},
		{form.Interests, "Boxing, fishing knives, army cadets, drill music", Accept, false},
		{form.Responsibility, "Mum only. Dad has a restraining order.", Accept, false},
	} {
		s := newScene(t)
		s.set(c.box, c.text)
		s.child.Passages = []form.Passage{{Source: form.FromForm, Key: c.box, Evidence: form.Evidence{Text: c.text}}}
		s.assessor.Prose = words
		in := s.assessor.Assess(s.arr, s.read)
		if in.Outcome != c.outcome || in.Urgent != c.urgent {
			t.Errorf("%s: %q: %s, urgent %t; want %s, %t: %s", c.box, c.text, in.Outcome, in.Urgent, c.outcome, c.urgent, codesOf(in))
			for _, sign := range slices.Concat(in.Signs, in.Children[0].Signs) {
				t.Log(sign.Key, sign.Status, sign.Evidence.Text)
			}
		}
	}
}
