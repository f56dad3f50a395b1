package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"referrald/notify"
	"referrald/store/vault"
	"referrald/triage"
)

// TestContract holds both engines to the same behaviour.
func TestContract(t *testing.T) {
	onBoth(t, map[string]func(*testing.T, string){
		"filing twice":        filingTwice,
		"the same mail again": theSameMailAgain,
		"attempts":            attempts,
		"deciding twice":      decidingTwice,
		"follow-up":           followUp,
		"known children":      knownChildren,
		"letters":             letters,
		"a person decides":    aPersonDecides,
		"tracker":             tracker,
		"erasing":             erasing,
		"retention":           retention,
		"digest":              digest,
		"rounds":              rounds,
		"digest account":      digestAccount,
		"digest by decision":  digestGoesByDecisions,
		"audit is a chain":    auditIsAChain,
		"sealed values":       sealedValues,
		"keys":                keysContract,
		"backup":              backupContract,
		"turns":               turns,
		"leases":              leases,
		"work":                work,
		"many at once":        manyAtOnce,
		"migrating at once":   migratingAtOnce,
		"migrating later":     migratingFromBefore,
		"query plans":         queryPlans,
		"nothing in the open": nothingInTheOpen,
		"several children":    severalChildren,
		"rescue":              rescueContract,
		"permanent and later": permanentAndLater,
	})
}

func filingTwice(t *testing.T, url string) {
	db := opened(t, url)
	a := filed(t, db, 1)
	if again := filed(t, db, 1); again.ID != a.ID || again.Reference != a.Reference {
		t.Errorf("filed again as %d %s, was %d %s", again.ID, again.Reference, a.ID, a.Reference)
	}
	if n := jobs(t, db, TakeJob); n != 1 {
		t.Errorf("%d take jobs", n)
	}
	if !bytes.Equal(a.Raw, arrival(1).Raw) || !a.Arrived.Equal(arrivedAt) || a.From != "DSL@larkmoor.example" || !notify.Reference(a.Reference).Valid() {
		t.Errorf("kept %+v", a)
	}
	unknown, err := db.Unknown(t.Context(), "INBOX", 7, []uint32{3, 2, 1})
	must(t, err)
	if !slices.Equal(unknown, []uint32{2, 3}) {
		t.Errorf("unknown: %v", unknown)
	}
	if unknown, _ = db.Unknown(t.Context(), "INBOX", 8, []uint32{1}); len(unknown) != 1 {
		t.Error("another UIDVALIDITY is known")
	}
}

func theSameMailAgain(t *testing.T, url string) {
	db := opened(t, url)
	first := filed(t, db, 1)
	a := arrival(1)
	a.Validity = 8
	id, isNew, err := db.File(t.Context(), a)
	must(t, err)
	if isNew || id != first.ID {
		t.Error("a folder that was numbered anew made a new message")
	}
	redelivered := arrival(1)
	redelivered.UID, redelivered.Raw = 9, []byte("Received: again\r\n"+string(redelivered.Raw))
	id, isNew, err = db.File(t.Context(), redelivered)
	must(t, err)
	m, err := db.Message(t.Context(), id)
	must(t, err)
	if !isNew || !m.Resend || m.Returned || m.ResendOf != first.Reference {
		t.Errorf("delivered again: %+v", m)
	}
	must(t, db.Decide(t.Context(), decided(first, 1)))
	must(t, db.Settled(t.Context(), first.ID, arrivedAt, Place{"Accepted", 1, 1}))
	back := arrival(1)
	back.UID = 10
	// The newest with this identity is the redelivered one, which lies where it came; staff move back the first.
	id, isNew, err = db.File(t.Context(), back)
	must(t, err)
	if m, err = db.Message(t.Context(), id); err != nil || !isNew || !m.Returned || m.Resend || m.ResendOf != first.Reference {
		t.Errorf("moved back: %+v, %v", m, err)
	}
}

func attempts(t *testing.T, url string) {
	db := opened(t, url)
	p := Place{"INBOX", 7, 5}
	for i, c := range []struct {
		further bool
		want    int
	}{{false, 1}, {false, 1}, {true, 2}, {false, 2}, {true, 3}} {
		if n, err := db.Attempt(t.Context(), p, c.further); err != nil || n != c.want {
			t.Fatalf("attempt %d: %d, %v; want %d", i, n, err, c.want)
		}
	}
	if u, err := db.Unknown(t.Context(), "INBOX", 7, []uint32{5}); err != nil || len(u) != 1 {
		t.Errorf("a place that was only tried is known: %v", err)
	}
	id, _, err := db.File(t.Context(), Arrival{Place: p, Unfetchable: true, Arrived: arrivedAt})
	must(t, err)
	if m, err := db.Message(t.Context(), id); err != nil || !m.Unfetchable || m.Raw != nil {
		t.Errorf("%+v, %v", m, err)
	}
}

func decidingTwice(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	before, err := db.Case(t.Context(), m.Reference)
	must(t, err)
	d := decided(m, 2)
	d.Outcome = triage.Hold
	must(t, db.Decide(t.Context(), d))
	after, err := db.Case(t.Context(), m.Reference)
	must(t, err)
	if len(after.Acts) != 1 || after.Outcome != triage.Accept || len(after.Letters) != 1 || len(after.Audit) != len(before.Audit) {
		t.Errorf("deciding again changed the case: %+v", after)
	}
	if jobs(t, db, DeliverJob) != 1 || jobs(t, db, SettleJob) != 1 {
		t.Error("not one job of each kind")
	}
	if after.School != "Larkmoor Academy" || string(after.Decision) != `{"reasons":["Ada Finch"]}` || !after.Acts[0].Machine || after.Acts[0].Policy != "abc" {
		t.Errorf("kept %+v", after)
	}
	k, err := db.Kept(t.Context(), m.ID)
	if err != nil || string(k.Intake) != `{"class":"referral"}` || string(k.Reading) != `{"documents":[]}` {
		t.Errorf("kept %s %s, %v", k.Intake, k.Reading, err)
	}
	if err := db.Decide(t.Context(), Decided{MessageID: 999}); !errors.Is(err, ErrUnknown) {
		t.Errorf("decided an unknown message: %v", err)
	}
}

func followUp(t *testing.T, url string) {
	db := opened(t, url)
	first := filed(t, db, 1)
	d := decided(first, 1)
	d.Outcome, d.Cases[0].Outcome = triage.RequestInformation, triage.RequestInformation
	must(t, db.Decide(t.Context(), d))
	quotes, err := db.Quoted(t.Context(), []string{"l1@charity.example", "<nobody@x.example>"}, []string{"no reference", strings.ToLower(first.Reference)})
	must(t, err)
	if len(quotes) != 1 || quotes[0] != (Quote{Reference: first.Reference, SenderDomain: "larkmoor.example", By: ByReference}) {
		t.Fatalf("quoted: %+v", quotes)
	}
	if q, _ := db.Quoted(t.Context(), []string{"<l1@charity.example>"}, nil); len(q) != 1 || q[0].By != ByLetter {
		t.Errorf("by letter: %+v", q)
	}
	if q, _ := db.Quoted(t.Context(), []string{"<m1@larkmoor.example>"}, nil); len(q) != 1 || q[0].By != ByMessage {
		t.Errorf("by message: %+v", q)
	}
	second := filed(t, db, 2)
	d = decided(second, 2)
	d.Joins, d.Class = first.Reference, triage.ClassFollowUp
	must(t, db.Decide(t.Context(), d))
	c, err := db.Case(t.Context(), first.Reference)
	must(t, err)
	if c.Outcome != triage.Accept || c.Status != StatusOpen || len(c.Acts) != 2 || c.Acts[1].Action != ActFollowedUp || len(c.Messages) != 2 || len(c.Letters) != 2 {
		t.Errorf("the joined case: %+v", c)
	}
	if _, err := db.Case(t.Context(), second.Reference); !errors.Is(err, ErrUnknown) {
		t.Errorf("the follow-up opened a case: %v", err)
	}
	if q, _ := db.Quoted(t.Context(), nil, []string{second.Reference}); len(q) != 1 || q[0].Reference != first.Reference || !q[0].Accepted {
		t.Errorf("the follow-up's own reference leads to %+v", q)
	}
}

func knownChildren(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	for _, c := range []struct {
		name, birth string
		except      int64
		want        int
	}{
		{"Ada Finch", "2013-03-14", 0, 1}, {"FINCH  Ada", "2013-03-14", 0, 1}, {"Áda Finch", "2013-03-14", 0, 1},
		{"Ada Finch", "2013-03-15", 0, 0}, {"Ada Fynch", "2013-03-14", 0, 0}, {"Ada Finch", "", 0, 0}, {"", "2013-03-14", 0, 0},
		{"Ada Finch", "2013-03-14", m.ID, 0},
	} {
		got, err := db.KnownChildren(t.Context(), c.name, c.birth, c.except)
		if err != nil || len(got) != c.want {
			t.Errorf("%q %q: %v, %v", c.name, c.birth, got, err)
		}
	}
}

func letters(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	c, err := db.Case(t.Context(), m.Reference)
	must(t, err)
	id := c.Letters[0].ID
	l, err := db.Letter(t.Context(), id)
	must(t, err)
	if l.To != "dsl@larkmoor.example" || l.MessageID != "<l1@charity.example>" || string(l.Raw) != string(letterTo(1).Raw) || l.State != LetterWaiting || l.Done() {
		t.Errorf("%+v", l)
	}
	must(t, db.Sending(t.Context(), id))
	must(t, db.Failed(t.Context(), id, "451", false))
	must(t, db.Sending(t.Context(), id))
	if l, _ = db.Letter(t.Context(), id); l.State != LetterSending || l.Tries != 2 || l.Code != "451" {
		t.Errorf("%+v", l)
	}
	must(t, db.Sent(t.Context(), id, arrivedAt))
	must(t, db.Sent(t.Context(), id, arrivedAt.Add(time.Hour)))
	must(t, db.Failed(t.Context(), id, "550", true))
	if l, _ = db.Letter(t.Context(), id); l.State != LetterSent || !l.Sent.Equal(arrivedAt) || !l.Done() {
		t.Errorf("%+v", l)
	}
	if to, all, err := db.LettersTo(t.Context(), "DSL@larkmoor.example ", time.Now().Add(-time.Hour)); err != nil || to != 1 || all != 1 {
		t.Errorf("letters: %d of %d, %v", to, all, err)
	}
	for range 2 {
		refs, err := db.Bounced(t.Context(), []string{"<unknown@x.example>", "<l1@charity.example>"})
		if err != nil || !slices.Equal(refs, []string{m.Reference}) {
			t.Errorf("bounced: %v, %v", refs, err)
		}
	}
	if c, _ = db.Case(t.Context(), m.Reference); !c.LetterFailed || len(c.Acts) != 2 || c.Acts[1].Action != ActBounced {
		t.Errorf("the bounced letter's case: %+v", c)
	}
	must(t, db.StopOutgoing(t.Context(), "kim"))
	if o, err := db.OutgoingStopped(t.Context()); err != nil || !o.Stopped || o.By != "kim" {
		t.Errorf("%+v, %v", o, err)
	}
	must(t, db.StartOutgoing(t.Context(), "kim"))
	if o, _ := db.OutgoingStopped(t.Context()); o.Stopped {
		t.Error("still stopped")
	}
	must(t, db.QueueMail(t.Context(), "", Mail{Kind: DigestMail, MessageID: "<d@charity.example>", To: "team@charity.example", Raw: []byte("x")}))
	if jobs(t, db, AlertJob) != 1 {
		t.Error("a digest has no job")
	}
}

func aPersonDecides(t *testing.T, url string) {
	db := opened(t, url)
	m := filed(t, db, 1)
	d := decided(m, 1)
	d.Outcome, d.Urgent, d.Cases[0].Outcome, d.Cases[0].Urgent = triage.Hold, true, triage.Hold, true
	d.Drafted, d.Letter = letterTo(2), nil
	d.Alerts = []Mail{{MessageID: "<a1@charity.example>", To: "duty@charity.example", Raw: []byte("x")}}
	must(t, db.Decide(t.Context(), d))
	if urgent, err := db.Cases(t.Context(), Filter{Urgent: true}); err != nil || len(urgent) != 1 {
		t.Fatalf("urgent: %v, %v", urgent, err)
	}
	if jobs(t, db, AlertJob) != 1 || jobs(t, db, DeliverJob) != 0 {
		t.Error("an alert did not get its job, or a draft did")
	}
	f, err := db.DigestFacts(t.Context(), arrivedAt.Add(-time.Hour), arrivedAt.Add(time.Hour))
	must(t, err)
	if f.Drafts != 1 || len(f.Drafted) != 1 || f.Drafted[0].Reference != m.Reference {
		t.Errorf("%d drafts, those of %+v", f.Drafts, f.Drafted)
	}
	must(t, db.Acknowledge(t.Context(), m.Reference, "kim"))
	if urgent, _ := db.Cases(t.Context(), Filter{Urgent: true}); len(urgent) != 0 {
		t.Error("an acknowledged case is still alerted")
	}
	must(t, db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, By: "kim", Outcome: triage.Signpost, Release: true, Note: "called the school"}))
	c, err := db.Case(t.Context(), m.Reference)
	must(t, err)
	last := c.Acts[len(c.Acts)-1]
	if c.Outcome != triage.Signpost || !c.ByPerson || last.Machine || last.By != "kim" || last.Note != "called the school" || !c.Acts[0].Machine {
		t.Errorf("%+v", c)
	}
	if jobs(t, db, DeliverJob) != 1 {
		t.Error("the released letter has no job")
	}
	must(t, db.CloseCase(t.Context(), m.Reference, "kim", "done"))
	if open, _ := db.Cases(t.Context(), Filter{}); len(open) != 0 {
		t.Error("a closed case is listed")
	}
	if closed, _ := db.Cases(t.Context(), Filter{Status: StatusClosed}); len(closed) != 1 {
		t.Error("a closed case is not found")
	}
	for what, err := range map[string]error{
		"nobody":      db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, Outcome: triage.Accept}),
		"ignore":      db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, By: "kim", Outcome: triage.Ignore}),
		"no draft":    db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, By: "kim", Release: true}),
		"unknown":     db.Acknowledge(t.Context(), "3333-3333", "kim"),
		"free status": db.Status(t.Context(), m.Reference, "Ada is well", "kim", ""),
	} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func tracker(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 12, 0, 0, 0, time.UTC) }
	due, err := db.DueReviews(t.Context(), day(11, 4))
	if err != nil || len(due) != 0 {
		t.Fatalf("due too early: %v, %v", due, err)
	}
	due, _ = db.DueReviews(t.Context(), day(11, 6))
	if len(due) != 1 || due[0].Review.Code != triage.CodeStatusReview || !due[0].Overdue {
		t.Fatalf("due: %+v", due)
	}
	must(t, db.Review(t.Context(), m.Reference, triage.CodeStatusReview, day(11, 6), "kim", ""))
	if due, _ = db.DueReviews(t.Context(), day(11, 7)); len(due) != 0 {
		t.Errorf("still due: %+v", due)
	}
	must(t, db.Event(t.Context(), m.Reference, triage.SignificantIncident, day(11, 8), "kim", ""))
	if due, _ = db.DueReviews(t.Context(), day(11, 8)); len(due) != 1 || due[0].Review.Code != triage.CodeToolReview {
		t.Errorf("an incident does not bring the tool forward: %+v", due)
	}
	must(t, db.Status(t.Context(), m.Reference, "stepped_up", "kim", "more risk"))
	if err := db.Review(t.Context(), m.Reference, triage.CodeAgeWithin, day(11, 6), "kim", ""); err == nil {
		t.Error("took a code that is no review")
	}
}

func erasing(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	must(t, db.LegalHold(t.Context(), m.Reference, "kim", true))
	if _, err := db.Erase(t.Context(), m.Reference, "kim"); !errors.Is(err, ErrLegalHold) {
		t.Fatalf("erased under legal hold: %v", err)
	}
	must(t, db.LegalHold(t.Context(), m.Reference, "kim", false))
	out, err := db.Export(t.Context(), m.Reference, "kim")
	if err != nil || !bytes.Contains(out, []byte("Ada Finch")) {
		t.Fatalf("exported %.200s, %v", out, err)
	}
	must(t, db.Sending(t.Context(), 1))
	must(t, db.Failed(t.Context(), 1, "unreachable", false)) // the connection broke, and the server may have the letter
	if whole, err := db.Erase(t.Context(), m.Reference, "kim"); err != nil || !whole {
		t.Fatalf("whole: %t, %v", whole, err)
	}
	for range 2 { // the daemon that was sending it did not know, and says so twice
		must(t, db.Sent(t.Context(), 1, time.Now()))
	}
	if _, err := db.Bounced(t.Context(), []string{"<l1@charity.example>"}); err != nil {
		t.Error(err)
	}
	if l, err := db.Letter(t.Context(), 1); err != nil || l.State != LetterErased || l.Sent.IsZero() {
		t.Errorf("the erased letter that left is %+v, %v", l, err)
	}
	traces, err := db.Traces(t.Context())
	sum := sha256.Sum256(m.Raw)
	if err != nil || len(traces) != 2 || !traces[0].Letter() || traces[0].MessageID != "<l1@charity.example>" || traces[1].Place != m.Place ||
		traces[1].MessageID != "<m1@larkmoor.example>" || traces[1].Sum != hex.EncodeToString(sum[:]) {
		t.Fatalf("traces %+v, %v", traces, err)
	}
	for i := range traces {
		must(t, db.Purged(t.Context(), &traces[i]))
	}
	var left int
	must(t, db.read(t.Context(), func(x *tx) error { left, err = x.count(`SELECT count(*) FROM sealed`); return err }))
	if left != 0 {
		t.Errorf("%d sealed values are left", left)
	}
	if known, _ := db.KnownChildren(t.Context(), "Ada Finch", "2013-03-14", 0); len(known) != 0 {
		t.Error("an erased child is known")
	}
	if idle, err := db.Idle(t.Context()); err != nil || !idle {
		t.Errorf("jobs about what was erased are left, %v", err)
	}
	c, err := db.Case(t.Context(), m.Reference)
	if err != nil || !c.Erased || len(c.Audit) == 0 || c.School != "" || c.LetterFailed {
		t.Errorf("%+v, %v", c, err)
	}
	if n := len(slices.DeleteFunc(slices.Clone(c.Audit), func(e Entry) bool { return e.Act != "sent" })); n != 1 {
		t.Errorf("the audit says %d times that the letter was sent", n)
	}
	if err := db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, By: "kim", Outcome: triage.Accept}); !errors.Is(err, ErrErased) {
		t.Errorf("decided about what was erased: %v", err)
	}
	if u, _ := db.Unknown(t.Context(), "INBOX", 7, []uint32{1}); len(u) != 0 {
		t.Error("an erased message would be fetched again")
	}
	if _, _, err := db.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func retention(t *testing.T, url string) {
	db := opened(t, url)
	open, closed := kept(t, db, 1), kept(t, db, 2)
	must(t, db.CloseCase(t.Context(), closed.Reference, "kim", ""))
	ignored := filed(t, db, 3)
	must(t, db.Decide(t.Context(), Decided{MessageID: ignored.ID, Class: triage.ClassBulk, Outcome: triage.Ignore}))
	p := RetentionPolicy{Days: map[triage.Outcome]int{triage.Accept: 30}, Ignored: 30}
	later := time.Now().AddDate(0, 0, 31)
	if lines, err := db.Retention(t.Context(), p, time.Now().AddDate(0, 0, 29), true); err != nil || slices.ContainsFunc(lines, func(l RetentionLine) bool { return l.Outcome == triage.Accept }) {
		t.Errorf("too early: %+v, %v", lines, err)
	}
	lines, err := db.Retention(t.Context(), p, later, true)
	traces, _ := db.Traces(t.Context())
	if err != nil || len(lines) != 2 || len(traces) != 0 || lines[0].Erased {
		t.Fatalf("dry run: %+v %+v, %v", lines, traces, err)
	}
	lines, err = db.Retention(t.Context(), p, later, false)
	traces, _ = db.Traces(t.Context())
	if err != nil || len(lines) != 2 || len(traces) != 2 || !lines[0].Erased {
		t.Fatalf("%+v %+v, %v", lines, traces, err)
	}
	if lines, _ = db.Retention(t.Context(), p, later, false); len(lines) != 0 {
		t.Errorf("erased again: %+v", lines)
	}
	if c, err := db.Case(t.Context(), open.Reference); err != nil || c.Erased {
		t.Errorf("an open case was forgotten, %v", err)
	}
}

func digest(t *testing.T, url string) {
	db := opened(t, url)
	kept(t, db, 1)
	filed(t, db, 2)
	_, err := db.Attempt(t.Context(), Place{"INBOX", 7, 3}, true)
	must(t, err)
	must(t, db.Beat(t.Context(), BeatRead, arrivedAt))
	must(t, db.Beat(t.Context(), BeatRead, arrivedAt.Add(-time.Hour)))
	f, err := db.DigestFacts(t.Context(), arrivedAt.Add(-time.Hour), arrivedAt.Add(time.Hour))
	must(t, err)
	if f.Queued != 1 || len(f.Accepted) != 1 || f.Outcomes[triage.Accept] != 1 {
		t.Errorf("%+v", f)
	}
	if !f.LastRead.Equal(arrivedAt) || f.AuditCount == 0 || len(f.Weeks) != 8 || f.Weeks[7].Messages != 2 || f.Weeks[6].Messages != 0 || f.Counts[StatusOpen] != 1 {
		t.Errorf("%+v", f)
	}
	count, head, err := db.VerifyAudit(t.Context())
	if err != nil || count != f.AuditCount || head != f.AuditHead {
		t.Errorf("audit %d %s, %v; the digest says %d %s", count, head, err, f.AuditCount, f.AuditHead)
	}
}

// What was decided after a digest stands in the next one, however long before it arrived: mail that lay there while nothing
// worked, and a case that a reply of the school completed.
func digestGoesByDecisions(t *testing.T, url string) {
	db := opened(t, url)
	kept(t, db, 1)
	late := decided(filed(t, db, 2), 2)
	late.At = arrivedAt.Add(48 * time.Hour)
	must(t, db.Decide(t.Context(), late))
	for _, c := range []struct {
		name     string
		from     time.Duration
		accepted int
	}{
		{"the day of arrival", -time.Hour, 1},
		{"the day of the decision", 47 * time.Hour, 1},
		{"a day without", 20 * time.Hour, 0},
	} {
		from := arrivedAt.Add(c.from)
		f, err := db.DigestFacts(t.Context(), from, from.Add(2*time.Hour))
		must(t, err)
		if f.Outcomes[triage.Accept] != c.accepted || f.Classes[triage.ClassReferral] != c.accepted {
			t.Errorf("%s: %v of %v, want %d", c.name, f.Outcomes, f.Classes, c.accepted)
		}
	}
	f, err := db.DigestFacts(t.Context(), arrivedAt.Add(24*time.Hour), arrivedAt.Add(72*time.Hour))
	must(t, err)
	if len(f.Accepted) != 1 || f.Accepted[0].Changed.Before(arrivedAt.Add(24*time.Hour)) {
		t.Errorf("accepted since: %+v", f.Accepted)
	}
}

// A round that is worked again changes neither what was queued nor when it was done.
func rounds(t *testing.T, url string) {
	db := opened(t, url)
	digest := func(words string) Mail {
		return Mail{Kind: DigestMail, MessageID: "<d1@charity.example>", To: "team@charity.example", Raw: []byte(words)}
	}
	must(t, db.QueueRound(t.Context(), "digest", arrivedAt, digest("first")))
	must(t, db.QueueRound(t.Context(), "digest", arrivedAt.Add(time.Hour), digest("again")))
	beats, err := db.Beats(t.Context())
	must(t, err)
	l, err := db.Letter(t.Context(), 1)
	if err != nil || string(l.Raw) != "first" || !beats["digest"].Equal(arrivedAt) || jobs(t, db, AlertJob) != 1 {
		t.Errorf("%+v, %v, done at %s", l, err, beats["digest"])
	}
}

// The account goes by when messages were seen, which is now, and never forgets one that nobody decided.
func digestAccount(t *testing.T, url string) {
	db := opened(t, url)
	kept(t, db, 1)
	filed(t, db, 2)
	_, err := db.Attempt(t.Context(), Place{"INBOX", 7, 3}, true)
	must(t, err)
	for _, c := range []struct {
		name                              string
		from                              time.Duration
		seen, decided, undecided, unfiled int
	}{
		{"since an hour ago", -time.Hour, 3, 1, 1, 1},
		{"since in an hour", time.Hour, 1, 0, 1, 0},
	} {
		from := time.Now().Add(c.from)
		f, err := db.DigestFacts(t.Context(), from, from.Add(2*time.Hour))
		must(t, err)
		if f.Seen != c.seen || f.Decided != c.decided || f.Undecided != c.undecided || f.Unfiled != c.unfiled {
			t.Errorf("%s: seen %d, decided %d, undecided %d, unfiled %d", c.name, f.Seen, f.Decided, f.Undecided, f.Unfiled)
		}
	}
}

func auditIsAChain(t *testing.T, url string) {
	db := opened(t, url)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if err := db.Audit(t.Context(), "looked", "kim", "", ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n, _, err := db.VerifyAudit(t.Context()); err != nil || n != 40 {
		t.Fatalf("%d entries, %v", n, err)
	}
	for _, c := range []struct{ harm, mend string }{
		{`UPDATE audit SET by_whom = 'lee' WHERE number = 7`, `UPDATE audit SET by_whom = 'kim' WHERE number = 7`},
		{`UPDATE audit SET number = 99 WHERE number = 7`, `UPDATE audit SET number = 7 WHERE number = 99`},
		{`UPDATE audit SET detail = 'x', hash = hash WHERE number = 7`, `UPDATE audit SET detail = '' WHERE number = 7`},
	} {
		must(t, db.write(t.Context(), func(x *tx) error { return x.exec(c.harm) }))
		var broken *ErrAudit
		if _, _, err := db.VerifyAudit(t.Context()); !errors.As(err, &broken) || broken.Number != 7 {
			t.Errorf("%s: %v", c.harm, err)
		}
		must(t, db.write(t.Context(), func(x *tx) error { return x.exec(c.mend) }))
	}
}

func sealedValues(t *testing.T, url string) {
	db := opened(t, url)
	m, other := filed(t, db, 1), filed(t, db, 2)
	must(t, db.write(t.Context(), func(x *tx) error {
		return x.exec(`UPDATE sealed SET data = (SELECT data FROM sealed WHERE kind = 'message' AND row_id = ? AND name = 'raw')
			WHERE kind = 'message' AND row_id = ? AND name = 'raw'`, other.ID, m.ID)
	}))
	if _, err := db.Message(t.Context(), m.ID); !errors.Is(err, vault.ErrTampered) {
		t.Errorf("a value that was moved opens: %v", err)
	}
	wrong := bytes.Repeat([]byte{1}, 32)
	for _, c := range []struct {
		key  []byte
		want error
	}{{wrong, vault.ErrWrongKey}, {nil, vault.ErrNoKey}, {wrong[1:], vault.ErrKeySize}} {
		if _, err := Open(t.Context(), Options{URL: url, Key: c.key}); !errors.Is(err, c.want) {
			t.Errorf("key of %d bytes: %v", len(c.key), err)
		}
	}
}

func keysContract(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	must(t, db.AddKey(t.Context(), "kim"))
	second := opened(t, url)
	must(t, second.PromoteKey(t.Context(), "kim"))
	filed(t, second, 2)
	if _, err := db.Message(t.Context(), 2); err != nil {
		t.Errorf("a daemon with the added key cannot read what the promoted one sealed: %v", err)
	}
	n, err := second.Reseal(t.Context(), "kim")
	if err != nil || n == 0 {
		t.Fatalf("sealed %d anew, %v", n, err)
	}
	if again, err := second.Message(t.Context(), m.ID); err != nil || !bytes.Equal(again.Raw, m.Raw) {
		t.Errorf("after sealing anew: %v", err)
	}
	next := bytes.Repeat([]byte{9}, 32)
	must(t, second.Rekey(t.Context(), next, "kim"))
	if _, err := Open(t.Context(), Options{URL: url, Key: testKey}); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("the old key still opens: %v", err)
	}
	third, err := Open(t.Context(), Options{URL: url, Key: next})
	must(t, err)
	defer third.Close()
	if again, err := third.Message(t.Context(), m.ID); err != nil || !bytes.Equal(again.Raw, m.Raw) {
		t.Errorf("under the new key: %v", err)
	}
}

func leases(t *testing.T, url string) {
	db := opened(t, url)
	take := func(holder string, ttl time.Duration) bool {
		held, err := db.AcquireLease(t.Context(), "mailbox", holder, ttl)
		must(t, err)
		return held
	}
	if !take("a", time.Hour) || take("b", time.Hour) || !take("a", -time.Second) || !take("b", time.Hour) || take("a", time.Hour) {
		t.Error("a lease is not held by one at a time")
	}
	must(t, db.ReleaseLease(t.Context(), "mailbox", "a"))
	if take("a", time.Hour) {
		t.Error("gave back another's lease")
	}
	must(t, db.ReleaseLease(t.Context(), "mailbox", "b"))
	if !take("a", time.Hour) {
		t.Error("a lease that was given back is not free")
	}
}

// Turns never overlap, whichever process takes them, and one that died in its turn stops nobody for longer than that.
func turns(t *testing.T, url string) {
	processes := []*DB{opened(t, url), opened(t, url)}
	died, err := processes[0].AcquireLease(t.Context(), "turn:login", "one that died", 300*time.Millisecond)
	if err != nil || !died {
		t.Fatalf("%t, %v", died, err)
	}
	var inside, done atomic.Int32
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			err := processes[i%2].InTurn(t.Context(), "login", time.Minute, func(ctx context.Context) error {
				if inside.Add(1) != 1 {
					t.Error("two are in their turn")
				}
				if _, ends := ctx.Deadline(); !ends {
					t.Error("a turn has no end")
				}
				if _, err := processes[i%2].Beats(ctx); err != nil {
					return err
				}
				inside.Add(-1)
				done.Add(1)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done.Load() != 6 {
		t.Errorf("%d of 6 had their turn", done.Load())
	}
	errOwn := errors.New("own")
	if err := processes[0].InTurn(t.Context(), "login", time.Minute, func(context.Context) error { return errOwn }); !errors.Is(err, errOwn) {
		t.Errorf("a failure in a turn: %v", err)
	}
}

func manyAtOnce(t *testing.T, url string) {
	db := opened(t, url)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for n := 1; n <= 10; n++ {
				id, _, err := db.File(t.Context(), arrival(n))
				if err != nil {
					t.Error(err)
					return
				}
				m := &Message{ID: id}
				if err := db.Decide(t.Context(), decided(m, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	cases, err := db.Cases(t.Context(), Filter{})
	if err != nil || len(cases) != 10 || jobs(t, db, DeliverJob) != 10 || jobs(t, db, TakeJob) != 10 {
		t.Errorf("%d cases, %v", len(cases), err)
	}
	if _, _, err := db.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func migratingAtOnce(t *testing.T, url string) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := Open(t.Context(), Options{URL: url, Key: testKey})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if err := db.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	filed(t, opened(t, url), 1)
}

func severalChildren(t *testing.T, url string) {
	db := opened(t, url)
	m := filed(t, db, 1)
	d := decided(m, 1)
	second := d.Cases[0]
	second.Number, second.Name, second.Outcome = 2, "Ben Wren", triage.Hold
	d.Cases, d.Outcome = append(d.Cases, second), triage.Hold
	must(t, db.Decide(t.Context(), d))
	if _, err := db.Case(t.Context(), m.Reference); err == nil || !strings.Contains(err.Error(), m.Reference+"/2") {
		t.Errorf("the reference of several: %v", err)
	}
	must(t, db.QueueMail(t.Context(), m.Reference+"/2", Mail{Kind: AlertMail, MessageID: "<a2@charity.example>", To: "duty@charity.example", Raw: []byte("x")}))
	must(t, db.giveUp(t.Context(), AlertJob, 2, &Permanent{Code: "550"}))
	if whole, err := db.Erase(t.Context(), m.Reference+"/2", "kim"); err != nil || whole {
		t.Errorf("the message went with one of its children: %t, %v", whole, err)
	}
	if again, err := db.Message(t.Context(), m.ID); err != nil || again.Raw == nil {
		t.Errorf("the other child's message is gone: %v", err)
	}
	if whole, err := db.Erase(t.Context(), m.Reference+"/1", "kim"); err != nil || !whole {
		t.Errorf("%t, %v", whole, err)
	}
	traces, err := db.Traces(t.Context())
	if err != nil || len(traces) != 1 {
		t.Errorf("traces %+v, %v", traces, err)
	}
	for i := range traces {
		must(t, db.Purged(t.Context(), &traces[i]))
	}
	must(t, db.read(t.Context(), func(x *tx) error {
		for _, left := range []string{`SELECT count(*) FROM sealed`, `SELECT count(*) FROM failures`, `SELECT count(*) FROM letters WHERE to_key <> ''`} {
			if n, err := x.count(left); err != nil || n != 0 {
				t.Errorf("%s: %d, %v", left, n, err)
			}
		}
		return nil
	}))
}

func nothingInTheOpen(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	must(t, db.DecideByPerson(t.Context(), PersonDecided{Reference: m.Reference, By: "kim", Note: "Ada Finch rang"}))
	var dump bytes.Buffer
	must(t, db.Backup(t.Context(), &dump))
	for _, word := range []string{"Finch", "larkmoor", "Larkmoor", "2013-03-14"} { // none so short that it may stand in a cipher
		if strings.Contains(dump.String(), word) {
			t.Errorf("%q stands in the open", word)
		}
	}
}
