package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

func TestEveryHeldCaseCanBeBroughtToAnEnd(t *testing.T) {
	b := newBureau(t)
	held := b.cases(store.Filter{Status: store.StatusHeld})
	if len(held) < 4 {
		t.Fatalf("only %d cases are held", len(held))
	}
	for _, c := range held {
		for _, end := range []struct {
			args   []string
			status store.CaseStatus
		}{
			{[]string{"accept"}, store.StatusOpen},
			{[]string{"request", "--ask", "screening_tool"}, store.StatusWaiting},
			{[]string{"signpost"}, store.StatusSignposted},
			{[]string{"close"}, store.StatusClosed},
		} {
			before := queued(b.file(c.Reference))
			out := b.run(append([]string{"case", "decide", c.Reference, "--by", anyone, "--note", "looked at"}, end.args...)...)
			f := b.file(c.Reference)
			if f.Status != end.status || !f.ByPerson {
				t.Errorf("%s %v: stands at %s, by a person: %v", c.Reference, end.args, f.Status, f.ByPerson)
			}
			if c.Urgent && !f.Acknowledged {
				t.Errorf("%s: decided, and still alerted", c.Reference)
			}
			want := before + 1
			if end.status == store.StatusClosed || strings.Contains(out, "No letter leaves") {
				want = before
			}
			if got := queued(f); got != want {
				t.Errorf("%s %v: %d letters leave, want %d:\n%s", c.Reference, end.args, got, want, out)
			}
		}
	}
	if left := b.cases(store.Filter{Status: store.StatusHeld}); len(left) != 0 {
		t.Errorf("%d cases are still held", len(left))
	}
}

func TestALetterLeavesOnlyToAVerifiedSender(t *testing.T) {
	b := newBureau(t, "01", "12")
	forged, sure := b.only(triage.Hold), b.only(triage.Accept)
	out := b.run("case", "decide", forged, "signpost", "--by", anyone, "--note", "rang the school")
	if queued(b.file(forged)) != 0 || !strings.Contains(out, "did not verify") {
		t.Errorf("a letter leaves to an address that nobody verified:\n%s", out)
	}
	b.run("case", "decide", sure, "request", "--ask", "young_person.date_of_birth", "--by", anyone, "--note", "the date is odd")
	f := b.file(sure)
	last, from := f.Letters[len(f.Letters)-1], f.Messages[0].From
	if last.To != from || last.State != store.LetterWaiting || last.Template != string(triage.InformationRequestLetter) {
		t.Errorf("the letter %+v; want one to %s", last, from)
	}
}

func TestADryRunKeepsAndSendsNothing(t *testing.T) {
	b := newBureau(t, "01", "05", "10")
	for _, c := range b.cases(store.Filter{All: true}) {
		before, _ := json.Marshal(b.file(c.Reference))
		for _, decision := range [][]string{{"accept", "--again"}, {"request", "--ask", "screening_tool"}, {"signpost", "--again"}} {
			out := b.run(append([]string{"case", "decide", c.Reference, "--by", anyone, "--note", "x", "--dry-run"}, decision...)...)
			if !strings.Contains(out, "Subject: ") || !strings.Contains(out, "call 999") {
				t.Errorf("the letter is not shown:\n%s", out)
			}
		}
		b.run("case", "close", c.Reference, "--by", anyone, "--note", "x", "--dry-run")
		b.run("case", "erase", c.Reference, "--by", anyone, "--dry-run")
		if after, _ := json.Marshal(b.file(c.Reference)); !bytes.Equal(before, after) {
			t.Errorf("%s: a dry run changed the case:\n%s\n%s", c.Reference, before, after)
		}
	}
}

func TestNobodyIsAnsweredTwice(t *testing.T) {
	b := newBureau(t, "01")
	r := b.only(triage.Accept)
	b.refused("stands so already", "case", "decide", r, "accept", "--by", anyone, "--note", "x")
	b.run("case", "decide", r, "signpost", "--by", anyone, "--note", "x")
	before := queued(b.file(r))
	b.refused("--again", "case", "decide", r, "signpost", "--by", anyone, "--note", "x")
	if queued(b.file(r)) != before {
		t.Error("a refused command wrote a letter")
	}
	b.run("case", "decide", r, "signpost", "--again", "--by", anyone, "--note", "x")
	if queued(b.file(r)) != before+1 {
		t.Error("--again wrote no letter")
	}
	b.run("case", "close", r, "--by", anyone, "--note", "done")
	b.refused("reopen", "case", "decide", r, "accept", "--by", anyone, "--note", "x")
	b.run("case", "reopen", r, "--by", anyone)
	b.run("case", "decide", r, "accept", "--no-letter", "--by", anyone, "--note", "x")
	if queued(b.file(r)) != before+1 {
		t.Error("--no-letter wrote a letter")
	}
}

func TestHistoryTellsMachineAndPersonApart(t *testing.T) {
	b := newBureau(t, "06")
	r := b.cases(store.Filter{All: true})[0].Reference
	machine := b.run("case", "show", r)
	b.run("case", "decide", r, "accept", "--by", anyone, "--note", "Talked to the head about Quillon")
	out := b.run("case", "show", r)
	_, history, _ := strings.Cut(out, "History")
	for _, want := range []string{`machine .*decided: `, `person +` + anyone + ` +outcome: accept`} {
		if !regexp.MustCompile(want).MatchString(history) {
			t.Errorf("the history lacks %q:\n%s", want, history)
		}
	}
	_, why, _ := strings.Cut(machine, "clause by clause")
	why, _, _ = strings.Cut(why, "History")
	if why == "" || !strings.Contains(out, why) {
		t.Error("the machine's own decision is not shown as it was")
	}
	if strings.Contains(out, "Quillon") {
		t.Error("a note is shown to who did not ask for personal data")
	}
	if out := b.run("case", "show", r, "--personal", "--by", anyone); !strings.Contains(out, "Quillon") {
		t.Errorf("the note is not shown:\n%s", out)
	}
	b.refused("--by", "case", "show", r, "--personal")
	if out := b.run("audit", "show", r); !strings.Contains(out, "looked") {
		t.Errorf("the audit trail does not say who looked:\n%s", out)
	}
}

func TestListsHoldNoNames(t *testing.T) {
	b := newBureau(t)
	lists := []string{b.run("case", "list", "--all"), b.run("case", "list", "--json", "--all"), b.run("case", "list", "--held"), b.run("audit", "show"), b.run("retention")}
	personal := ""
	for _, c := range b.cases(store.Filter{All: true}) {
		lists = append(lists, b.run("case", "show", c.Reference))
		personal += b.run("case", "show", c.Reference, "--personal", "--by", anyone)
	}
	names := b.names()
	if len(names) < 10 {
		t.Fatalf("only %d names are known to look for", len(names))
	}
	for _, name := range names {
		if !strings.Contains(personal, name) {
			t.Errorf("--personal does not show all that was read")
		}
		for _, l := range lists {
			if strings.Contains(l, name) {
				t.Errorf("%q is in:\n%s", name, l)
			}
		}
	}
}

// names are what was read of persons: names of children, parents and referrers, and the senders' addresses.
func (b *bureau) names() (all []string) {
	for _, c := range b.cases(store.Filter{All: true}) {
		f := b.file(c.Reference)
		all = append(all, f.Messages[0].From)
		if f.Decision == nil {
			continue
		}
		var child triage.Child
		if err := json.Unmarshal(f.Decision, &child); err != nil {
			b.t.Fatal(err)
		}
		for _, k := range fieldOrder {
			text := child.Referral.Value(k)
			if strings.Contains(string(k), "name") && text != "" && !strings.ContainsAny(text, "\n") && len(text) < 40 {
				all = append(all, text)
			}
		}
	}
	return all
}

func TestWrongReferencesSayWhatToDo(t *testing.T) {
	b := newBureau(t, "10")
	b.refused("is not a reference", "case", "show", "Sam")
	b.refused("case list", "case", "show", "7K3M-Q4XP")
	several := string(notify.Reference(b.cases(store.Filter{All: true})[0].Reference).Opener())
	b.refused(several+"/1, "+several+"/2", "case", "show", several)
	b.refused("", "case", "decide", several+"/1", "perhaps", "--by", anyone, "--note", "x")
	b.refused("choose from", "case", "decide", several+"/1", "request", "--ask", "shoe size", "--by", anyone, "--note", "x")
	b.refused("--by is empty", "case", "decide", several+"/1", "signpost", "--by", " ", "--note", "x")
	b.config = b.configuration("elsewhere.db", "")
	b.refused("referrald migrate", "case", "list")
	if _, err := os.Stat(filepath.Join(b.dir, "elsewhere.db")); err == nil {
		t.Error("looking made a database")
	}
}

func TestTrackerIsKeptAndTheHubToldOnce(t *testing.T) {
	b := newBureau(t, "01", "05")
	r := b.only(triage.Accept)
	notices := func() (n int) {
		for _, l := range b.file(r).Letters {
			if l.Kind == store.NoticeMail && l.To == "hub@council.example" {
				n++
			}
		}
		return n
	}
	status := []string{"case", "status", r, "moderate", "--by", anyone, "--note", "worse"}
	if out := b.run(append(status, "--dry-run")...); !strings.Contains(out, "moderate") || notices() != 0 || statusOf(b.file(r)) == "moderate" {
		t.Errorf("the dry run:\n%s", out)
	}
	b.run(status...)
	b.run(status...)
	if notices() != 1 || statusOf(b.file(r)) != "moderate" {
		t.Errorf("%d notices, status %s", notices(), statusOf(b.file(r)))
	}
	due := b.file(r).Reviews
	b.run("case", "event", r, "significant_incident", "--by", anyone)
	if now := b.file(r).Reviews; len(now) == 0 || !now[0].Due.Before(due[0].Due) || now[0].Code != triage.CodeToolReview {
		t.Errorf("the incident brought nothing forward: %v", now)
	}
	b.run("case", "review", r, "tool", "--by", anyone, "--note", "still low")
	for _, review := range b.file(r).Reviews {
		if review.Due.Before(time.Now()) {
			t.Errorf("still due after the review: %v", review)
		}
	}
	b.refused("to come", "case", "review", r, "tool", "--by", anyone, "--on", "2999-01-01")
	for _, c := range b.cases(store.Filter{}) {
		if c.Reference != r {
			b.refused("was not accepted", "case", "status", c.Reference, "emerging", "--by", anyone, "--note", "x")
		}
	}
}

func TestUrgentCasesAreAcknowledged(t *testing.T) {
	b := newBureau(t, "01", "09")
	urgent := b.cases(store.Filter{Urgent: true})
	if len(urgent) != 1 {
		t.Fatalf("%d urgent cases", len(urgent))
	}
	if out := b.run("case", "list", "--urgent"); !strings.Contains(out, "URGENT") || strings.Count(out, "\n") != 2 {
		t.Errorf("the list of urgent cases:\n%s", out)
	}
	b.run("case", "acknowledge", urgent[0].Reference, "--by", anyone)
	if out := b.run("case", "list", "--urgent"); !strings.Contains(out, "No such cases") {
		t.Errorf("after acknowledging:\n%s", out)
	}
	b.refused("not urgent", "case", "acknowledge", b.only(triage.Accept), "--by", anyone)
}

func TestExportAndErase(t *testing.T) {
	b := newBureau(t, "01", "03")
	r := b.only(triage.Accept)
	uid, names := b.file(r).Messages[0].UID, b.names()
	out := filepath.Join(b.dir, "export.json")
	b.run("case", "export", r, "--by", anyone, "--out", out)
	text, err := os.ReadFile(out)
	if info, _ := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 || !bytes.Contains(text, []byte(b.file(r).Messages[0].From)) {
		t.Errorf("the export: %v, %d bytes", err, len(text))
	}
	b.refused("is there already", "case", "export", r, "--by", anyone, "--out", out)
	b.run("case", "hold", r, "--by", anyone)
	b.refused("legal hold", "case", "erase", r, "--by", anyone, "--yes")
	b.run("case", "hold", r, "--off", "--by", anyone)
	b.refused("--yes", "case", "erase", r, "--by", anyone)
	b.run("case", "erase", r, "--by", anyone, "--yes")
	var left []uint32
	b.inbox(func(box *ingest.Mailbox) error {
		if _, err := box.Select(t.Context(), "INBOX"); err != nil {
			return err
		}
		left, err = box.UIDs(t.Context())
		return err
	})
	if slices.Contains(left, uid) || len(left) != len(b.boxes.Names)-1 {
		t.Errorf("in the mailbox are %v, erased was %d", left, uid)
	}
	if out := b.run("case", "show", r, "--personal", "--by", anyone); strings.Contains(out, names[0]) {
		t.Errorf("after erasing:\n%s", out)
	}
	b.refused("erased", "case", "decide", r, "accept", "--by", anyone, "--note", "x")
	b.run("audit", "verify")
}

func TestErasingNeedsTheMailbox(t *testing.T) {
	b := newBureau(t, "01")
	r := b.only(triage.Accept)
	_ = b.boxes.Close()
	if status, _, complaint := b.try("case", "erase", r, "--by", anyone, "--yes"); status != exitFailed || !strings.Contains(complaint, "nothing was deleted") {
		t.Errorf("status %d: %s", status, complaint)
	}
	if b.file(r).Erased {
		t.Error("erased here, and forgotten in the mailbox")
	}
}

func TestADraftedLetterIsReleased(t *testing.T) {
	b := newBureau(t, "05")
	ctx := context.Background()
	r := b.cases(store.Filter{All: true})[0].Reference
	b.refused("no letter", "case", "release", r, "--by", anyone)
	// The same message under a policy in which a person confirms.
	policy := filepath.Join(b.dir, "policy.toml")
	if err := os.WriteFile(policy, []byte("mode = \"shadow\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.config = b.configuration("shadow.db", "[policy]\nfile = \"policy.toml\"\n")
	c, err := loadConfig(b.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.daemon, err = newDaemon(ctx, c, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	defer b.daemon.Close()
	if err := b.daemon.db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	b.fill([]string{"05"})
	r = b.cases(store.Filter{All: true})[0].Reference
	before := queued(b.file(r))
	if !hasDraft(b.file(r)) {
		t.Fatal("no letter was drafted")
	}
	b.run("case", "release", r, "--by", anyone, "--dry-run")
	if out := b.run("case", "release", r, "--by", anyone); !strings.Contains(out, "Subject: ") || !strings.Contains(out, "call 999") {
		t.Errorf("the draft is not shown:\n%s", out)
	}
	if hasDraft(b.file(r)) || queued(b.file(r)) != before+1 {
		t.Error("the draft does not leave")
	}
}
