package main

import (
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/triage"
)

// TestAnswersElsewhereAreTold: a person who decides hears, before the letter leaves, that the message wants its answers
// sent to somebody else; the letter goes to the verified author all the same.
func TestAnswersElsewhereAreTold(t *testing.T) {
	b := newBureau(t, "01")
	raw, err := demoMail.ReadFile("demodata/05-level-medium.eml")
	if err != nil {
		t.Fatal(err)
	}
	raw = append([]byte("Reply-To: head@elsewhere.example\r\n"), raw...)
	f := ingest.Fetched{Place: ingest.Place{Folder: "INBOX", Validity: 1, UID: 99}, Raw: raw, Size: int64(len(raw)), Arrived: time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)}
	if err := newLedger(b.daemon.db).File(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if err := b.daemon.take(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	r := b.only(triage.Hold)
	if n := queued(b.file(r)); n != 0 {
		t.Errorf("%d automatic letters leave", n)
	}
	out := b.run("case", "decide", r, "accept", "--by", anyone, "--note", "rang the school", "--dry-run")
	if !strings.Contains(out, "head@elsewhere.example") || !strings.Contains(out, "The letter, to "+b.file(r).Messages[0].From) {
		t.Errorf("the other address is not told:\n%s", out)
	}
	if out = b.run("case", "decide", b.only(triage.Accept), "accept", "--again", "--by", anyone, "--note", "x", "--dry-run"); strings.Contains(out, "Beware") {
		t.Errorf("a warning without need:\n%s", out)
	}
}
