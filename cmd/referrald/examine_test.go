package main

import (
	"testing"

	"referrald/notify"
	"referrald/triage"
)

// examinerFor returns an examiner with the built-in tables, whose reading child is this test's own binary.
func examinerFor(t testing.TB) *examiner {
	t.Helper()
	c := defaultConfig()
	c.Mail.TrustedAuthservID = demoAuthservID
	c.Reading.Tesseract = ""
	e, err := newExaminer(&c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// The demo's messages come to the outcomes that their names foretell, at the moment that they bear.
func TestExamineDemo(t *testing.T) {
	e := examinerFor(t)
	for name, want := range map[string]triage.Outcome{
		"01-accepted-word": triage.Accept, "02-accepted-pdf": triage.Accept, "03-no-screening-tool": triage.RequestInformation,
		"04-level-and-parents-blank": triage.RequestInformation, "05-level-medium": triage.Signpost, "06-level-high": triage.Signpost,
		"07-seventeen-without-send": triage.Signpost, "08-earlier-intervention": triage.Hold, "09-danger-now": triage.Hold,
		"10-two-children": triage.Accept, "11-police": triage.Signpost, "12-sender-not-verified": triage.Hold,
		"13-out-of-office": triage.Ignore, "14-enquiry": triage.Hold,
	} {
		raw, err := demoMail.ReadFile("demodata/" + name + ".eml")
		if err != nil {
			t.Fatal(err)
		}
		x, err := e.Examine(t.Context(), raw, surroundings{})
		if err != nil {
			t.Fatal(err)
		}
		if x.Intake.Outcome != want {
			t.Errorf("%s: %s, want %s", name, x.Intake.Outcome, want)
		}
	}
}

// BenchmarkMessage works a whole message out: opened, its Word documents read in children, decided, the letter written.
func BenchmarkMessage(b *testing.B) {
	e := examinerFor(b)
	raw, err := demoMail.ReadFile("demodata/01-accepted-word.eml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		x, err := e.Examine(b.Context(), raw, surroundings{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.compose(x, x.Intake.Letter, notify.Reference(explainReference), "bench@localhost", x.Arrival.At); err != nil {
			b.Fatal(err)
		}
	}
}
