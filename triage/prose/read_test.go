package prose

import (
	"slices"
	"testing"

	"referrald/parse/form"
)

// said returns the statuses with which a key is found in one passage of the mail's body or of the form's summary.
func said(t *testing.T, l *Lexicon, source form.Source, key, text string) (found []Status) {
	t.Helper()
	p := form.Passage{Source: source, Evidence: form.Evidence{Text: text}}
	if source == form.FromForm {
		p.Key = form.Summary
	}
	for _, f := range l.Read([]form.Passage{p}) {
		if f.Key == key {
			found = append(found, f.Status)
		}
	}
	return found
}

func lexicon(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Each row is a sentence as it stands in a form's summary or in a mail, and how the key stands in it ("" for not at all).
func TestSentences(t *testing.T) {
	l := lexicon(t)
	for _, x := range []struct {
		source form.Source
		key    string
		text   string
		want   Status
	}{
		{form.FromForm, DangerNow, "He has told us that he cannot go home tonight because they will come to the house.", Present},
		{form.FromForm, DangerNow, "She took an overdose last night.", Present},
		{form.FromForm, DangerNow, "He has been missing since yesterday evening.", Present},
		{form.FromBody, DangerNow, "He has a knife in school right now.", Present},
		{form.FromForm, DangerNow, "He is keen on food technology and good with a knife in the kitchen.", ""},
		{form.FromForm, DangerNow, "Homework is often missing.", ""},
		{form.FromForm, ActiveExploitation, "He was found with wraps of Class A on a train.", Present},
		{form.FromForm, ActiveExploitation, "There is no evidence of county lines involvement.", Negated},
		{form.FromForm, ActiveExploitation, "He grafts hard in lessons.", ""},
		{form.FromForm, HigherLevel, "He was discussed at MACE in March.", Present},
		{form.FromForm, HigherLevel, "An NRM referral was made in 2025.", Present},
		{form.FromForm, HigherLevel, "No strategy meeting has been held.", Negated},
		{form.FromForm, OptOut, "Parents are on board.", ""},
		{form.FromForm, OptOut, "Mum is happy for us to get in touch.", ""},
		{form.FromForm, OptOut, "Mum does not want him to take part.", Present},
		{form.FromForm, OptOut, "Dad has refused consent for the group.", Present},
		{form.FromForm, OptOut, "Parents know of their right to opt out.", ""},
		{form.FromBody, Withdrawal, "Please send completed Action for Children referral forms to us.", ""},
		{form.FromBody, Withdrawal, "We would like to withdraw the referral.", Present},
		{form.FromBody, Withdrawal, "We have decided not to go ahead with the referral.", Present},
		{form.FromBody, RightsRequest, "Please see the attached email with our referral paperwork.", ""},
		{form.FromBody, RightsRequest, "I am making a subject access request for everything you hold about my son.", Present},
		{form.FromBody, Enquiry, "Could you tell me whether you work with year 4 pupils?", Present},
		{form.FromForm, "weapons", "He carries a blade for protection.", Present},
		{form.FromForm, "weapons", "He does not carry a knife.", Negated},
		{form.FromForm, "unexplained_gifts", "He has new trainers and a second phone and can't say where he got them.", Present},
		{form.FromForm, "family_criminality", "Dad is in prison for supply.", Present},
		{form.FromForm, "mental_health", "She is open to CAMHS for anxiety.", Present},
		{form.FromForm, LevelHigh, "He enjoys high school and lives near the High Street.", ""},
		{form.FromForm, LevelMedium, "He has moderate learning difficulties.", ""},
	} {
		got := said(t, l, x.source, x.key, x.text)
		if x.want == "" && len(got) > 0 || x.want != "" && !slices.Contains(got, x.want) {
			t.Errorf("%s in %q: %v, want %q", x.key, x.text, got, x.want)
		}
	}
}

// What a signature or disclaimer says is never evidence.
func TestFooterIsNoEvidence(t *testing.T) {
	p := form.Passage{Source: form.FromFooter, Evidence: form.Evidence{Text: "If a child is in danger tonight call 999. He was found with wraps."}}
	if got := lexicon(t).Read([]form.Passage{p}); len(got) > 0 {
		t.Errorf("a footer told %v", got)
	}
}

func BenchmarkRead(b *testing.B) {
	l := lexicon(b)
	text := ""
	for range 12 {
		text += "He has begun to come home late and has new trainers that nobody can explain. There is no evidence of county lines. " +
			"His older brother is known to police, and mum works nights. Attendance has fallen to 82 per cent since September. "
	}
	ps := []form.Passage{{Source: form.FromForm, Key: form.Summary, Evidence: form.Evidence{Text: text}}}
	b.ReportAllocs()
	for b.Loop() {
		l.Read(ps)
	}
}
