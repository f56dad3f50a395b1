package main

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// digested returns the digest's facts since before the demo's messages came, and its text.
func (b *bureau) digested() (*notify.DigestFacts, string) {
	b.t.Helper()
	from := time.Date(2026, 11, 15, 8, 0, 0, 0, time.UTC)
	if err := b.daemon.db.Beat(b.t.Context(), beatDigest, from); err != nil {
		b.t.Fatal(err)
	}
	now := time.Now().Add(minute)
	f, err := b.daemon.digestFacts(b.t.Context(), now)
	if err != nil {
		b.t.Fatal(err)
	}
	m, err := b.daemon.examiner.Composer.Digest(*f, notify.StaffEnvelope{To: []string{"team@charity.example"}, MessageID: "x@charity.example", At: now})
	if err != nil {
		b.t.Fatal(err)
	}
	return f, m.Text
}

func references(lines []notify.Line) (all []string) {
	for _, l := range lines {
		all = append(all, string(l.Reference))
	}
	return all
}

// Each case stands in the list that says what is to be done with it.
func TestDigestListsWhatIsToBeDone(t *testing.T) {
	b := newBureau(t, "01", "03", "08", "14")
	f, text := b.digested()
	drafted := b.cases(store.Filter{Status: store.StatusHeld, Oldest: true})
	if len(drafted) != 2 {
		t.Fatalf("%d cases are held, want that with a drafted letter and the enquiry", len(drafted))
	}
	for name, x := range map[string]struct{ got, want []string }{
		"accepted": {references(f.Accepted), []string{b.only(triage.Accept)}},
		"waiting":  {references(f.Waiting), []string{b.only(triage.RequestInformation)}},
		"drafts":   {references(f.Drafts), []string{drafted[0].Reference}},
	} {
		if !slices.Equal(x.got, x.want) {
			t.Errorf("%s: %v, want %v", name, x.got, x.want)
		}
	}
	for _, want := range []string{"Letters to be released (1)", "Held for a person (1)", "Accepted since the last summary (1)", "Waiting for schools (1)", "Messages seen: 4", "Accounted for: 4"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("the digest lacks %q:\n%s", want, text)
		}
	}
	b.run("case", "decide", drafted[0].Reference, "signpost", "--by", anyone, "--note", "x")
	if f, _ := b.digested(); len(f.Drafts) != 0 {
		t.Errorf("a released letter is still to be released: %v", references(f.Drafts))
	}
}

// A digest that is worked again, because a crash hid its end, comes once; the next one tells on from it, and a daemon whose
// clock is behind neither leaves one out nor doubles it.
func TestADigestComesOnceForItsTime(t *testing.T) {
	b := newBureau(t, "14")
	last := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if err := b.daemon.digestDue(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	first := b.daemon.calendar.Next(last)
	second := b.daemon.calendar.Next(first)
	third := b.daemon.calendar.Next(second)
	for i, c := range []struct {
		at   time.Time
		want int
	}{
		{last.Add(minute), 1},
		{first.Add(time.Second), 2}, {first.Add(2 * minute), 2},
		{second.Add(-time.Second), 3}, {second.Add(time.Second), 3}, {second.Add(10 * minute), 3},
		{third.Add(time.Second), 4},
	} {
		if err := b.daemon.digestDue(t.Context(), c.at); err != nil {
			t.Fatal(err)
		}
		if got := len(b.kept("digest")); got != c.want {
			t.Errorf("after round %d at %s %d digests, want %d", i, c.at, got, c.want)
		}
	}
}

// A message that staff took away before it was settled is settled where it is, and a line of the log says so.
func TestSettlingWhatIsGoneIsLogged(t *testing.T) {
	b := newBureau(t, "14")
	var log bytes.Buffer
	b.daemon.log = slog.New(slog.NewTextHandler(&log, nil))
	m := b.delivers(demoMessage(t, "14-enquiry", "taken-away@school"))
	b.inbox(func(box *ingest.Mailbox) error { return box.Delete(t.Context(), ingest.Place(m.Place)) })
	if err := b.daemon.settle(t.Context(), m.ID); err != nil {
		t.Fatal(err)
	}
	if m, err := b.daemon.db.Message(t.Context(), m.ID); err != nil || m.Settled.IsZero() {
		t.Errorf("settled: %+v, %v", m, err)
	}
	if !strings.Contains(log.String(), "settled where it is") || !strings.Contains(log.String(), m.Reference) {
		t.Errorf("the log says nothing of it:\n%s", log.String())
	}
}
