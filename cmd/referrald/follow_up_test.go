package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// aTool is a screening tool in the text of a mail, of the child whose form came without one.
const aTool = `Child Exploitation Screening Tool

Name of child: Noa Winter
Date of birth: 21/01/2016
Date of completion: 9 November 2026
Completed by: Priya Nair
Overall level of risk: Low
`

// schoolMail is a mail to the service, as our own mail server would hand it over: from the school, or from anybody else.
func schoolMail(from, more, subject, text string) []byte {
	domain := domainOf(from)
	return []byte(strings.Join([]string{
		"Received: from mail." + domain + " by mx.charity.example; Mon, 16 Nov 2026 12:00:00 +0000",
		"Authentication-Results: mx.charity.example; dmarc=pass header.from=" + domain,
		"From: " + from, "To: StaffordshireCCE@actionforchildren.org.uk", "Subject: " + subject,
		"Date: Mon, 16 Nov 2026 12:00:00 +0000", "Message-ID: <answer@" + domain + ">", more + "MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8", "", text,
	}, "\n"))
}

// takes files a message as the daemon's next and works it out.
func (b *bureau) takes(id int64, raw []byte) {
	b.t.Helper()
	f := ingest.Fetched{Raw: raw, Size: int64(len(raw)), Arrived: time.Date(2026, 11, 16, 12, 0, 0, 0, time.UTC), Place: ingest.Place{Folder: "INBOX", Validity: 9999, UID: uint32(id)}}
	if err := newLedger(b.daemon.db).File(b.t.Context(), f); err != nil {
		b.t.Fatal(err)
	}
	if err := b.daemon.take(b.t.Context(), id); err != nil {
		b.t.Fatal(err)
	}
}

// TestTheMissingToolCompletesTheReferral: an answer to our letter joins its case, by our Message-ID or by our reference,
// from the same school alone; then all that is there is decided again.
func TestTheMissingToolCompletesTheReferral(t *testing.T) {
	const school = "head@stchads-stone.staffs.sch.uk"
	for name, c := range map[string]struct {
		from   string
		answer bool // to our letter's Message-ID
		quote  bool // our reference in the subject
		joins  bool
	}{
		"by our Message-ID":                   {from: school, answer: true, joins: true},
		"by our reference":                    {from: "office@stchads-stone.staffs.sch.uk", quote: true, joins: true},
		"by its subject alone":                {from: school},
		"another school with our reference":   {from: "dsl@moorhead.staffs.sch.uk", quote: true},
		"another school with our Message-ID":  {from: "dsl@moorhead.staffs.sch.uk", answer: true},
		"a private address with both of them": {from: "priya@mail.example", answer: true, quote: true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, "03")
			waiting := b.cases(store.Filter{All: true})[0]
			if waiting.Outcome != triage.RequestInformation {
				t.Fatalf("the form without a tool: %s", waiting.Outcome)
			}
			more, subject := "", "Re: Year 6 pupil"
			if c.answer {
				more = "In-Reply-To: <" + b.file(waiting.Reference).Letters[0].MessageID + ">\n"
			}
			if c.quote {
				subject = "Re: Referral " + waiting.Reference + ": received, and a little more is needed"
			}
			b.takes(2, schoolMail(c.from, more, subject, "Here is the tool that was missing.\n\n"+aTool))
			f := b.file(waiting.Reference)
			joined := slices.ContainsFunc(f.Messages, func(m store.Message) bool { return m.From == c.from && m.ID == 2 })
			want := triage.RequestInformation
			if c.joins {
				want = triage.Accept
			}
			if joined != c.joins || f.Outcome != want {
				t.Errorf("joined %t, the case stands at %s; want %t, %s", joined, f.Outcome, c.joins, want)
			}
			if !c.joins && len(b.cases(store.Filter{Status: store.StatusHeld})) != 1 {
				t.Error("the answer that joins nothing waits for nobody")
			}
		})
	}
}

// TestAKnownChildIsLinkedAndNeverMerged: the same name and birth date from elsewhere is shown and held, beside its case.
func TestAKnownChildIsLinkedAndNeverMerged(t *testing.T) {
	b := newBureau(t, "03")
	first := b.cases(store.Filter{All: true})[0].Reference
	raw := demoMessage(t, "03-no-screening-tool", "again@stchads-stone.staffs.sch.uk")
	raw = []byte(strings.ReplaceAll(string(raw), "Year 6 pupil", "Another go"))
	again := b.arrives(ingest.Fetched{Raw: raw})
	if again.Reference == first || again.Outcome != triage.Hold || len(b.file(first).Messages) != 1 {
		t.Errorf("the second form: case %s (the first is %s), %s; the first has %d messages", again.Reference, first, again.Outcome, len(b.file(first).Messages))
	}
	if out := b.run("case", "show", again.Reference); !strings.Contains(out, first) && !strings.Contains(out, "already there") {
		t.Errorf("staff are not told of the case that is there:\n%s", out)
	}
}

// TestTheAlertOfAnAnswerNamesItsCase: who is called by night opens the case by the reference in the alert, though it was a
// later message that told of the danger.
func TestTheAlertOfAnAnswerNamesItsCase(t *testing.T) {
	b := newBureau(t, "03")
	waiting := b.cases(store.Filter{All: true})[0]
	answer := "In-Reply-To: <" + b.file(waiting.Reference).Letters[0].MessageID + ">\n"
	b.takes(2, schoolMail("head@stchads-stone.staffs.sch.uk", answer, "Re: Year 6 pupil", "She has not come home since last night and we believe she is with the men who have been exploiting her. She is in danger now."))
	f := b.file(waiting.Reference)
	alert := slices.IndexFunc(f.Letters, func(l store.Letter) bool { return l.Template == "alert" })
	if !f.Urgent || alert < 0 {
		t.Fatalf("urgent %t, letters %+v", f.Urgent, f.Letters)
	}
	text := b.lettersOf(f)[alert]
	if !strings.Contains(text, waiting.Reference) || !strings.Contains(text, "the sender is told only that it arrived") {
		t.Errorf("the alert of case %s:\n%s", waiting.Reference, text)
	}
}
