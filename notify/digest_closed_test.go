package notify

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
	"referrald/triage"
)

// secret is what must not be seen in a mail, wherever in the facts it was put.
const secret = "Zebedee"

// TestDigestShowsOnlyClosedWords puts somebody's words wherever the types allow a text, and none may come out; nor may they
// keep the digest from being written.
func TestDigestShowsOnlyClosedWords(t *testing.T) {
	c := composer(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		odd := rapid.SampledFrom([]string{secret, secret + "\r\nBcc: thief@evil.example", "<script>" + secret + "</script>", "7K3M-Q4XP " + secret, secret + "-7K3M-Q4XP"})
		line := Line{Reference(odd.Draw(t, "reference")), morning.Add(-rapid.SampledFrom([]time.Duration{0, time.Hour, -time.Hour}).Draw(t, "since")),
			triage.Outcome(odd.Draw(t, "outcome")), rapid.Bool().Draw(t, "urgent"), triage.Code(odd.Draw(t, "code")), Step(odd.Draw(t, "step"))}
		f := DigestFacts{From: before(day), At: morning, Urgent: []Line{line}, Held: []Line{line}, Waiting: []Line{line}, Drafts: []Line{line},
			Look: []Line{line}, Accepted: []Line{line}, Counts: map[triage.Outcome]int{triage.Outcome(odd.Draw(t, "count")): 3},
			Weeks:     []Week{{morning, map[triage.Outcome]int{triage.Outcome(odd.Draw(t, "week")): 2}}},
			Reviews:   []ReviewLine{{Reference(odd.Draw(t, "review")), triage.Code(odd.Draw(t, "kind")), morning, true}},
			Failed:    []FailureLine{{Reference(odd.Draw(t, "failed")), Mishap(odd.Draw(t, "what"))}},
			AuditHead: odd.Draw(t, "audit"), Notices: []Notice{Notice(odd.Draw(t, "notice"))},
			Troubles: []TroubleLine{{Trouble(odd.Draw(t, "trouble")), morning, time.Time{}}, {Trouble(odd.Draw(t, "past trouble")), morning, morning}}}
		m, err := c.Digest(f, staff())
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{m.Subject, m.Text, m.HTML} {
			if strings.Contains(text, secret) || strings.Contains(text, "evil.example") {
				t.Fatalf("somebody's words came out:\n%s", text)
			}
		}
		for _, err := range frameFaults(&body{text: m.Text, html: m.HTML}) {
			t.Fatal(err)
		}
	})
}

func TestStaffMailsRefuseWhatIsNotClosed(t *testing.T) {
	c := composer(t, nil)
	m, err := c.Alert(AlertFacts{Reference: secret, Code: secret, Since: morning}, staff())
	if err != nil || strings.Contains(m.Subject+m.Text+m.HTML, secret) {
		t.Errorf("an alert said %q, %v", m.Subject, err)
	}
	if _, err := c.Trouble(secret, morning, false, staff()); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("a trouble of no list: %v", err)
	}
	for _, f := range []StatusFacts{
		{secret, triage.PathwayEmerging, triage.PathwayModerate, morning},
		{"7K3M-Q4XP", secret, triage.PathwayModerate, morning},
		{"7K3M-Q4XP", triage.PathwayEmerging, secret, morning},
		{"7K3M-Q4XP", triage.PathwayEmerging, triage.PathwayModerate, time.Time{}},
	} {
		if _, err := c.StatusNotice(f, staff()); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("a notice of %v: %v", f, err)
		}
	}
	for _, e := range []StaffEnvelope{
		{To: nil, MessageID: "a@b", At: morning},
		{To: []string{"team@charity.example\r\nBcc: thief@evil.example"}, MessageID: "a@b", At: morning},
		{To: []string{"team@charity.example"}, MessageID: "a@b\r\nBcc: thief@evil.example", At: morning},
		{To: []string{"team@charity.example"}, MessageID: "a@b"},
	} {
		if _, err := c.Digest(summary(), e); err == nil {
			t.Errorf("a digest went to %q as %q", e.To, e.MessageID)
		}
	}
}

// TestDigestIsOneMailWithItsChart takes the finished bytes apart as a mail program does.
func TestDigestIsOneMailWithItsChart(t *testing.T) {
	c := composer(t, nil)
	e := staff()
	e.To = append(e.To, "lead@charity.example")
	want, err := c.Digest(summary(), e)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(want.Raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Message-Id": "<digest-1@charity.example>",
		"To": "<team@charity.example>, <lead@charity.example>", "Cc": "", "Bcc": "", "Reply-To": "",
		"From": `"Stoke-on-Trent and Staffordshire CCE Prevention Service" <referrals@charity.example>`,
	} {
		if got := strings.Join(m.Header[name], "; "); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	parts := map[string]string{}
	leaves(t, m.Header.Get("Content-Type"), "", m.Body, parts)
	if got := strings.ReplaceAll(parts["text/plain"], "\r\n", "\n"); got != want.Text {
		t.Errorf("the text part is %q", got)
	}
	if got := strings.ReplaceAll(parts["text/html"], "\r\n", "\n"); got != want.HTML {
		t.Errorf("the HTML part is %q", got)
	}
	if parts["<"+chartID+">"] == "" || !strings.Contains(want.HTML, `src="cid:`+chartID+`"`) {
		t.Error("the chart is not where the HTML looks for it")
	}
}

// leaves reads the parts of a mail by their type or, for pictures, their Content-ID.
func leaves(t *testing.T, contentType, id string, r io.Reader, into map[string]string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if id == "" {
			id = kind
		}
		into[id] = string(text)
		return
	}
	for parts := multipart.NewReader(r, params["boundary"]); ; {
		p, err := parts.NextPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		leaves(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Id"), p, into)
	}
}

func TestListsAreOldestFirstAndShowACaseOnce(t *testing.T) {
	c := composer(t, nil)
	m, err := c.Digest(summary(), staff())
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(m.Text, "7K3M-Q4XP"); n != 1 {
		t.Errorf("an urgent case stands %d times", n)
	}
	if strings.Index(m.Text, "PX6D-M3KQ/2") > strings.Index(m.Text, "C9TW-4HJR") {
		t.Error("the one that waits longer stands below")
	}
}

func TestALongListSaysHowManyMore(t *testing.T) {
	c := composer(t, nil)
	f := DigestFacts{From: before(day), At: morning}
	for i := range mostLines + 7 {
		f.Held = append(f.Held, Line{Reference: Reference("3MNV-W6HJ/" + string(rune('1'+i%9))), Since: before(time.Duration(i) * time.Hour), Outcome: triage.Hold})
	}
	m, err := c.Digest(f, staff())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "And 7 more") || strings.Count(m.Text, "| waits ") != mostLines {
		t.Error("a long list is not cut, or does not say so")
	}
}

// An expiring secret is told from thirty days before, and no sooner.
func TestASecretIsToldThirtyDaysBefore(t *testing.T) {
	for left, want := range map[time.Duration]bool{30*day - time.Minute: true, 30*day + time.Minute: false, day: true, -day: true} {
		m, err := composer(t, nil).Digest(DigestFacts{From: before(day), At: morning, SecretExpires: morning.Add(left)}, staff())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(strings.Fields(m.Text), " "), "make a new one"); got != want {
			t.Errorf("%s before: told %t, want %t\n%s", left, got, want, m.Text)
		}
	}
}

func TestWhatMustNotBeMissedIsAWarning(t *testing.T) {
	c := composer(t, nil)
	for name, x := range map[string]struct {
		change func(*DigestFacts)
		want   string
	}{
		"expired":    {func(f *DigestFacts) { f.SecretExpires = before(time.Hour) }, "expired on 5 October 2026"},
		"expiring":   {func(f *DigestFacts) { f.SecretExpires = morning.Add(10 * day) }, "expires on 15 October 2026, in 10 days"},
		"in trouble": {func(f *DigestFacts) { f.Troubles = []TroubleLine{{What: TroubleSending, Since: before(time.Hour)}} }, "Letters do not leave, since"},
		"stopped":    {func(f *DigestFacts) { f.Notices = []Notice{OutgoingStopped} }, "Letters to schools are stopped."},
		"silent": {func(f *DigestFacts) {
			f.Troubles = []TroubleLine{{What: TroubleIntakeSilent, Since: before(time.Hour)}}
		}, "The mailbox is not being read, since"},
		"at night":    {func(f *DigestFacts) { f.Notices = []Notice{NoUrgentContact} }, "at night and at weekends"},
		"unaccounted": {func(f *DigestFacts) { f.Seen, f.Accounted = 5, 3 }, "2 messages are not accounted for yet"},
	} {
		t.Run(name, func(t *testing.T) {
			f := DigestFacts{From: before(day), At: morning}
			x.change(&f)
			m, err := c.Digest(f, staff())
			if err != nil {
				t.Fatal(err)
			}
			head, _, _ := strings.Cut(m.Text, "urgent, not acknowledged")
			if !strings.Contains(strings.Join(strings.Fields(head), " "), x.want) {
				t.Errorf("%q does not stand above the counts:\n%s", x.want, head)
			}
		})
	}
}

func TestATroubleThatIsOverIsNoWarning(t *testing.T) {
	c := composer(t, nil)
	m, err := c.Digest(DigestFacts{From: before(day), At: morning, Troubles: []TroubleLine{{TroubleStore, before(3 * time.Hour), before(2 * time.Hour)}}}, staff())
	if err != nil {
		t.Fatal(err)
	}
	head, state, _ := strings.Cut(m.Text, "How the system is")
	if strings.Contains(head, "database") || !strings.Contains(strings.Join(strings.Fields(state), " "), "Over: the database cannot be written (") {
		t.Errorf("a trouble that is over is told so:\n%s", m.Text)
	}
}

func TestWhatTrialMessagesTell(t *testing.T) {
	c := composer(t, nil)
	for want, f := range map[string]DigestFacts{
		"":                      {},
		"none has come back":    {CanarySent: before(time.Minute)},
		"the last, sent 1 hour": {CanarySent: before(time.Hour), CanaryReturned: before(2 * time.Hour)},
		"came back":             {CanarySent: before(time.Hour), CanaryReturned: before(time.Hour)},
	} {
		f.At, f.From = morning, before(day)
		m, err := c.Digest(f, staff())
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(m.Text), " ")
		if strings.Contains(text, "Trial messages") != (want != "") || !strings.Contains(text, want) {
			t.Errorf("%q is not in the digest:\n%s", want, m.Text)
		}
	}
}

// The trial message must be one that no machine answers, and that says its own Message-ID in its words.
func TestCanaryIsPlain(t *testing.T) {
	c := composer(t, nil)
	e := staff()
	got, err := c.Canary(e)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(got.Raw))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	leaves(t, m.Header.Get("Content-Type"), "", m.Body, parts)
	words := strings.Fields(parts["text/plain"])
	if len(parts) != 1 || len(words) == 0 || words[len(words)-1] != e.MessageID || m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("the trial message:\n%s", got.Raw)
	}
	for _, bad := range []StaffEnvelope{{To: e.To, At: e.At}, {To: e.To, MessageID: e.MessageID}, {MessageID: e.MessageID, At: e.At}, {To: []string{"x"}, MessageID: e.MessageID, At: e.At}} {
		if _, err := c.Canary(bad); err == nil {
			t.Errorf("a trial message was written for %+v", bad)
		}
	}
}

func TestHowLongSomethingWaits(t *testing.T) {
	for d, want := range map[time.Duration]string{
		10 * time.Second: "less than a minute", time.Minute: "1 minute", 59 * time.Minute: "59 minutes", time.Hour: "1 hour",
		23*time.Hour + 59*time.Minute: "23 hours", day: "1 day", day + time.Hour: "1 day 1 hour", 6*day + 5*time.Hour: "6 days 5 hours",
		9*day + 5*time.Hour: "9 days", -time.Hour: "less than a minute",
	} {
		if got := ago(before(d), morning); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

func TestChartOfOddNumbers(t *testing.T) {
	c := composer(t, nil)
	for name, weeks := range map[string][]Week{
		"nothing":  {{morning, nil}},
		"negative": {{morning, map[triage.Outcome]int{triage.Hold: -5}}},
		"many":     {{morning, map[triage.Outcome]int{triage.Hold: 123456}}},
		"years":    make([]Week, 200),
	} {
		if chart, err := c.chart(weeks); err != nil || len(chart) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(chart), err)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	c := composer(b, nil)
	f, e := summary(), staff()
	for b.Loop() {
		if _, err := c.Digest(f, e); err != nil {
			b.Fatal(err)
		}
	}
}
