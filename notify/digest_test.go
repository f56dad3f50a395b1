package notify

import (
	"bytes"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"referrald/triage"
)

var morning = time.Date(2026, time.October, 5, 7, 30, 0, 0, time.UTC)

func before(d time.Duration) time.Time { return morning.Add(-d) }

const day = 24 * time.Hour

// summary is a busy morning at a service that does not exist.
func summary() DigestFacts {
	f := DigestFacts{
		From: before(64 * time.Hour), At: morning,
		Urgent: []Line{
			{"7K3M-Q4XP", before(50 * time.Minute), triage.Hold, true, triage.CodeDangerNow, ""},
		},
		Held: []Line{
			{"7K3M-Q4XP", before(50 * time.Minute), triage.Hold, true, triage.CodeDangerNow, ""},
			{"C9TW-4HJR", before(19 * time.Hour), triage.Hold, false, triage.CodeUnreadable, ""},
			{"N6QX-3PGM", before(21 * time.Hour), triage.Hold, false, triage.CodeHigherLevel, ""},
			{"PX6D-M3KQ/2", before(3*day + 4*time.Hour), triage.Hold, false, triage.CodeAreaHomeInSchoolOut, ""},
		},
		Waiting: []Line{
			{"V7RG-9FNC", before(2*day + 3*time.Hour), triage.RequestInformation, false, triage.CodeToolAbsent, ""},
			{"H4JD-TY3W", before(8 * day), triage.RequestInformation, false, triage.CodeFormMissing, ""},
		},
		Drafts:   []Line{{"N6QX-3PGM", before(21 * time.Hour), triage.Hold, false, triage.CodeHigherLevel, ""}},
		Look:     []Line{{"FT9C-K7DR", before(22 * time.Hour), triage.Signpost, true, triage.CodeHighRisk, ""}},
		Accepted: []Line{{"3MNV-W6HJ", before(18 * time.Hour), triage.Accept, false, triage.CodeOpenCase, Step(triage.CodeOpenCase)}},
		Counts:   map[triage.Outcome]int{triage.Accept: 4, triage.RequestInformation: 2, triage.Signpost: 1, triage.Hold: 3, triage.Ignore: 6},
		Reviews: []ReviewLine{
			{"D3KP-6XRT", triage.CodeStatusReview, time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), false},
			{"R9WG-C4MN", triage.CodeToolReview, time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC), true},
		},
		Failed:   []FailureLine{{"Y4TD-J7QH", LetterBounced}},
		LastRead: before(time.Minute), Seen: 412, Accounted: 412, Queued: 1,
		AuditHead:     "9f2c51d0c0b6f1f0a6f6f7a35d0c1e4b7d2a8c93e5f40b1d6c7e8f9a0b1c2d3e",
		SecretExpires: morning.Add(19 * day), CanarySent: before(30 * time.Minute), CanaryReturned: before(30 * time.Minute),
		Troubles: []TroubleLine{{What: TroubleSending, Since: before(40 * time.Minute)}, {What: TroubleIntakeSilent, Since: before(40 * time.Hour), Over: before(39 * time.Hour)}},
		Notices:  []Notice{NoOCR, NoRegister},
	}
	for i, n := range [][5]int{{3, 2, 1, 2, 4}, {5, 1, 0, 3, 2}, {2, 4, 2, 1, 5}, {6, 3, 1, 2, 3}, {0, 0, 0, 0, 1}, {4, 2, 2, 4, 2}, {7, 3, 1, 3, 4}, {4, 2, 1, 3, 6}} {
		w := Week{Start: time.Date(2026, 8, 10+7*i, 0, 0, 0, 0, time.UTC), Counts: map[triage.Outcome]int{}}
		for k, c := range charted {
			w.Counts[c.outcome] = n[k]
		}
		f.Weeks = append(f.Weeks, w)
	}
	return f
}

func staff() StaffEnvelope {
	return StaffEnvelope{To: []string{"team@charity.example"}, MessageID: "digest-1@charity.example", At: morning}
}

func TestStaffMailsReadAsTheyShould(t *testing.T) {
	c := composer(t, nil)
	quiet := DigestFacts{From: before(day), At: morning, LastRead: before(time.Minute), Seen: 3, Accounted: 3}
	for name, write := range map[string]func() (Mail, error){
		"digest":       func() (Mail, error) { return c.Digest(summary(), staff()) },
		"digest_quiet": func() (Mail, error) { return c.Digest(quiet, staff()) },
		"alert": func() (Mail, error) {
			return c.Alert(AlertFacts{Reference: "7K3M-Q4XP", Code: triage.CodeDangerNow, Since: before(time.Minute), Letter: triage.Receipt}, staff())
		},
		"alert_again": func() (Mail, error) {
			return c.Alert(AlertFacts{Reference: "7K3M-Q4XP", Code: triage.CodeDangerNow, Since: before(2 * time.Hour), Again: true}, staff())
		},
		"trouble":             func() (Mail, error) { return c.Trouble(TroubleIntakeSilent, before(time.Hour), false, staff()) },
		"trouble_over":        func() (Mail, error) { return c.Trouble(TroubleIntakeSilent, before(time.Hour), true, staff()) },
		"trouble_secret":      func() (Mail, error) { return c.Trouble(TroubleSecret, morning.Add(6*day), false, staff()) },
		"trouble_secret_over": func() (Mail, error) { return c.Trouble(TroubleSecret, morning.Add(6*day), true, staff()) },
		"trouble_canary":      func() (Mail, error) { return c.Trouble(TroubleCanary, before(time.Hour), false, staff()) },
		"status": func() (Mail, error) {
			return c.StatusNotice(StatusFacts{"7K3M-Q4XP", triage.PathwayEmerging, triage.PathwayModerate, before(time.Hour)}, staff())
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := write()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "staff/"+name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			golden(t, "staff/"+name+".html", m.HTML)
			for _, err := range frameFaults(&body{text: m.Text, html: m.HTML}) {
				t.Error(err)
			}
			if line := longLine(m.Text); line != "" {
				t.Errorf("longer than %d: %q", lineWidth, line)
			}
		})
	}
}

// longLine returns a line that could have been broken and was not.
func longLine(text string) string {
	for line := range strings.Lines(text) {
		if len([]rune(strings.TrimRight(line, "\n"))) > lineWidth && len(strings.Fields(line)) > 2 {
			return line
		}
	}
	return ""
}

func TestChart(t *testing.T) {
	c := composer(t, nil)
	m, err := c.Digest(summary(), staff())
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(m.Chart))
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() != chartWidth || b.Dy() != chartHeight {
		t.Errorf("the chart is %d by %d", b.Dx(), b.Dy())
	}
	if len(m.Chart) > 40<<10 {
		t.Errorf("the chart has %d bytes", len(m.Chart))
	}
	if path := os.Getenv("REFERRALD_CHART"); path != "" {
		if err := os.WriteFile(path, m.Chart, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
