package form_test

import (
	"testing"

	"referrald/parse/form"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		text string
		role form.DateRole
		iso  string
		how  form.Dated
	}{
		{"", form.BirthDate, "", form.DateBlank},
		{"14/03/2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"14.3.13 (aged 12)", form.BirthDate, "2013-03-14", form.DateGood},
		{"14-03-2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"14th March 2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"the 14th of March, 2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"14 Mar 98", form.BirthDate, "1998-03-14", form.DateGood},
		{"14Mar2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"2013-03-14", form.BirthDate, "2013-03-14", form.DateGood},
		{"14032013", form.BirthDate, "2013-03-14", form.DateGood},
		{"14 03 2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"14 / 03 / 2013", form.BirthDate, "2013-03-14", form.DateGood},
		{"03/25/2013", form.BirthDate, "2013-03-25", form.DateGood},
		{"03/11/25", form.CompletionDate, "2025-11-03", form.DateGood},
		{"3rd Nov 2025", form.CompletionDate, "2025-11-03", form.DateGood},
		{"30-9-26", form.CompletionDate, "2026-09-30", form.DateGood},
		{"Sept 30th, 2026", form.CompletionDate, "2026-09-30", form.DateGood},
		{"Saturday 7 January 2012", form.CompletionDate, "2012-01-07", form.DateGood},
		{"w/c 7th Sept 2026", form.CompletionDate, "2026-09-07", form.DateGood},
		{"3rd Nov '26", form.CompletionDate, "2026-11-03", form.DateGood},
		{"3/11/’26", form.CompletionDate, "2026-11-03", form.DateGood},
		{"3rd day of November 2026", form.CompletionDate, "2026-11-03", form.DateGood},
		{"03|11|2026", form.CompletionDate, "2026-11-03", form.DateGood},
		{"1O/O9/2026", form.CompletionDate, "2026-09-10", form.DateGood},
		{"Nov-25", form.CompletionDate, "", form.DateNoDay},
		{"November 2025", form.CompletionDate, "", form.DateNoDay},
		{"11/2025", form.CompletionDate, "", form.DateNoDay},
		{"31/02/2012", form.BirthDate, "", form.DateImpossible},
		{"45/13/2012", form.BirthDate, "", form.DateImpossible},
		{"last week", form.CompletionDate, "", form.DateUnclear},
		{"TBC", form.BirthDate, "", form.DateUnclear},
		{"Year 8", form.BirthDate, "", form.DateUnclear},
		{"14/03/2013 or 15/03/2013", form.BirthDate, "", form.DateUnclear},
		{"14/03", form.BirthDate, "", form.DateUnclear},
	} {
		if iso, how := form.ParseDate(c.text, c.role); iso != c.iso || how != c.how {
			t.Errorf("%q: want %q %q, got %q %q", c.text, c.iso, c.how, iso, how)
		}
	}
}

func TestLevelOf(t *testing.T) {
	for text, want := range map[string]form.Level{
		"Low": form.LevelLow, "LOW RISK": form.LevelLow, "Vulnerable to exploitation": form.LevelLow, "Low (0-6)": form.LevelLow, "L": form.LevelLow, "Green": form.LevelLow,
		"No risk identified": form.LevelNone, "Not at risk": form.LevelNone, "Emerging": form.LevelAmbiguous, "Emerging / low": form.LevelAmbiguous, "Low-medium": form.LevelAmbiguous,
		"low to moderate": form.LevelAmbiguous, "At risk": form.LevelAmbiguous, "Tier 2": form.LevelAmbiguous, "Amber/Green": form.LevelAmbiguous, "Low / High": form.LevelAmbiguous,
		"Medium": form.LevelMedium, "moderate risk": form.LevelMedium, "Amber": form.LevelMedium, "Targeted for exploitation": form.LevelMedium, "High": form.LevelHigh,
		"Significant risk": form.LevelHigh, "Severe": form.LevelHigh, "being exploited": form.LevelHigh, "": form.LevelUnknown, "14": form.LevelUnknown, "TBC": form.LevelUnknown,
		"Low mood": form.LevelUnknown, "moderate learning difficulties": form.LevelUnknown, "significant harm": form.LevelUnknown, "High Street": form.LevelUnknown, "Not known": form.LevelUnknown,
		"He has low mood and low attendance; assessed as low risk": form.LevelLow,
	} {
		if got := form.LevelOf(text); got != want {
			t.Errorf("%q: want %s, got %s", text, want, got)
		}
	}
}

func TestPostcodeOf(t *testing.T) {
	for text, want := range map[string]string{
		"19 Saddler's YardTamworthB77 2AB": "B77 2AB", // line breaks lost
		"3 Plover Way, Leek ST13 8DL":      "ST13 8DL", "st138dl": "ST13 8DL", "WS7 OBG": "WS7 0BG", "ST1 I1AA": "", "5T1 1AA": "", "B77 2EP": "B77 2EP",
		"Flat 2, 14 High Street": "", "ST5  9NN\nTel 01632 960111": "ST5 9NN", "STI 4PN": "ST1 4PN",
	} {
		if got := form.PostcodeOf(text); got != want {
			t.Errorf("%q: want %q, got %q", text, want, got)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Child’s Name & D.O.B:": "childs name and d o b", "  Parent/Carer(s) ": "parent carer s", "": "", "Łucja É": "łucja é",
	} {
		if got := form.Fold(text); got != want {
			t.Errorf("%q: want %q, got %q", text, want, got)
		}
	}
}

func TestWornPostcodeOf(t *testing.T) {
	for text, want := range map[string]string{
		"ST13 8DL": "ST13 8DL", "5T13 8DL": "ST13 8DL", "ST13 BDL": "ST13 8DL", "STl3 8DL": "ST13 8DL", "ST6 6J5": "ST6 6JS", "8S1 5TR": "BS1 5TR",
		"ST5-1AB": "ST5 1AB", "DE14.2AB": "DE14 2AB", "Is old": "", "Flat 12, 3rd floor": "", "call 01632 960111": "", "12 Mill Lane, Leek": "",
		"83 Oak Close, 5T6 1BB": "ST6 1BB", "10 1st Avenue, Leek, 5T13 8DL": "ST13 8DL", "0ak House, B7 7BB, 5T6 1OO": "B7 7BB",
	} {
		if got := form.WornPostcodeOf(text); got != want {
			t.Errorf("%q: want %q, got %q", text, want, got)
		}
	}
}
