package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// arrives files a message beside the demo's, works it out, and returns its case.
func (b *bureau) arrives(f ingest.Fetched) *store.CaseFile {
	b.t.Helper()
	f.Place = ingest.Place{Folder: "INBOX", Validity: 9999, UID: uint32(time.Now().UnixNano())}
	f.Size, f.Arrived = int64(len(f.Raw)), time.Date(2026, 11, 16, 12, 0, 0, 0, time.UTC)
	if err := newLedger(b.daemon.db).File(b.t.Context(), f); err != nil {
		b.t.Fatal(err)
	}
	id := int64(1)
	for ; ; id++ {
		if _, err := b.daemon.db.Message(b.t.Context(), id+1); err != nil {
			break
		}
	}
	if err := b.daemon.take(b.t.Context(), id); err != nil {
		b.t.Fatal(err)
	}
	m, err := b.daemon.db.Message(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.file(m.Reference)
}

// lettersOf returns the bodies of a case's letters, decoded.
func (b *bureau) lettersOf(f *store.CaseFile) (texts []string) {
	b.t.Helper()
	for _, l := range f.Letters {
		whole, err := b.daemon.db.Letter(b.t.Context(), l.ID)
		if err != nil {
			b.t.Fatal(err)
		}
		d := delivered{Raw: string(whole.Raw)}
		if d.Message, err = ingest.Open(whole.Raw, ingest.DefaultLimits()); err != nil {
			b.t.Fatal(err)
		}
		texts = append(texts, strings.Join(strings.Fields(d.words()), " "))
	}
	return texts
}

func demoMessage(t *testing.T, name, id string) []byte {
	t.Helper()
	raw, err := demoMail.ReadFile("demodata/" + name + ".eml")
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(raw, []byte("\n\n"))
	var lines []string
	for _, line := range strings.Split(string(head), "\n") {
		if !strings.HasPrefix(strings.ToLower(line), "message-id:") {
			lines = append(lines, line)
		}
	}
	return []byte("Message-ID: <" + id + ">\n" + strings.Join(lines, "\n") + "\n\n" + string(body))
}

// A school whose message cannot be opened for its size must learn that a person opens it, and that it need not write again.
func TestTheSenderOfATooLargeMessageIsTold(t *testing.T) {
	b := newBureau(t, "14")
	head, _, _ := bytes.Cut(demoMessage(t, "01-accepted-word", "large@school"), []byte("\n\n"))
	f := b.arrives(ingest.Fetched{Raw: append(head, "\n\n"...), TooLarge: true})
	if f.Status != store.StatusHeld {
		t.Errorf("the case is %s, want held", f.Status)
	}
	const says = "larger than our system can open"
	texts := b.lettersOf(f)
	if len(texts) != 1 || !strings.Contains(texts[0], says) {
		t.Errorf("the letters do not say that the message is too large: %q", texts)
	}
	for _, text := range b.lettersOf(b.file(b.cases(store.Filter{Oldest: true})[0].Reference)) {
		if strings.Contains(text, says) {
			t.Error("a letter about a message of usual size says that it is too large")
		}
	}
}

// A message that the server could never hand over is shown to a person, and nobody is answered.
func TestAParkedMessageIsHeld(t *testing.T) {
	b := newBureau(t, "14")
	f := b.arrives(ingest.Fetched{Unfetchable: true})
	if f.Status != store.StatusHeld || len(f.Letters) > 0 {
		t.Errorf("the case is %s with %d letters, want held with none", f.Status, len(f.Letters))
	}
	if out := b.run("case", "show", f.Reference, "--personal", "--by", anyone); !strings.Contains(strings.Join(strings.Fields(out), " "), "could not hand the message over") {
		t.Errorf("nothing says what to do:\n%s", out)
	}
}

// The server's word that a letter did not arrive, in what it was sent back in, is tied to its case and shown in the digest. It
// opens no case of its own, and is not answered.
func TestABounceIsTiedToItsCase(t *testing.T) {
	b := newBureau(t, "01", "03")
	r := b.only(triage.Accept)
	letter, cases := b.file(r).Letters[0], len(b.cases(store.Filter{All: true}))
	for _, step := range []error{b.daemon.db.Sending(t.Context(), letter.ID), b.daemon.db.Sent(t.Context(), letter.ID, time.Now())} {
		if step != nil {
			t.Fatal(step)
		}
	}
	whole, err := b.daemon.db.Letter(t.Context(), letter.ID)
	if err != nil {
		t.Fatal(err)
	}
	report := "From: Mail System <mailer-daemon@mx.example>\r\nTo: " + b.daemon.config.Service.Address + "\r\nMessage-ID: <own@mx.example>\r\nReturn-Path: <>\r\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\nIt did not work.\r\n" +
		"--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n" +
		"--B\r\nContent-Type: message/rfc822\r\n\r\n" + string(whole.Raw) + "\r\n--B--\r\n"
	m := b.delivers([]byte(report))
	if m.Class != string(triage.ClassBounce) || len(b.cases(store.Filter{All: true})) != cases {
		t.Errorf("the report is a %s; there are %d cases, were %d", m.Class, len(b.cases(store.Filter{All: true})), cases)
	}
	f := b.file(r)
	if f.Letters[0].State != store.LetterBounced || !f.LetterFailed {
		t.Errorf("the letter is %s, the case knows of it: %t", f.Letters[0].State, f.LetterFailed)
	}
	facts, text := b.digested()
	if len(facts.Failed) != 1 || string(facts.Failed[0].Reference) != r || !strings.Contains(text, "What failed (1)") {
		t.Errorf("the digest does not show it: %+v\n%s", facts.Failed, text)
	}
}

// What one sender gets is capped, and no other's letters for it.
func TestLettersToOneSenderAreCapped(t *testing.T) {
	b := newBureau(t, "14")
	p := *b.daemon.examiner.Policy
	p.SenderCap = 2
	b.daemon.examiner.Policy = &p
	for i, want := range []bool{false, false, true} {
		for address, capped := range map[string]bool{"DSL@busy.stoke.sch.uk": want, "dsl@quiet.stoke.sch.uk": false} {
			if got, err := b.daemon.capped(t.Context(), address); err != nil || got != capped {
				t.Errorf("after %d letters %s is capped: %t, %v", i, address, got, err)
			}
		}
		mail := store.Mail{MessageID: fmt.Sprintf("letter-%d@charity.example", i), To: "dsl@busy.stoke.sch.uk", Raw: []byte("letter")}
		if err := b.daemon.db.QueueMail(t.Context(), "", mail); err != nil {
			t.Fatal(err)
		}
	}
}

// What many senders get together is capped, too: the letter waits for a person.
func TestLettersInAllAreCapped(t *testing.T) {
	b := newBureau(t, "01")
	p := *b.daemon.examiner.Policy
	p.DailyCap = 2
	b.daemon.examiner.Policy = &p
	for _, c := range []struct {
		name string
		want int
	}{{"03-no-screening-tool", 1}, {"05-level-medium", 0}} {
		f := b.arrives(ingest.Fetched{Raw: demoMessage(t, c.name, c.name+"@capped")})
		if n := queued(f); n != c.want || len(f.Letters) == 0 {
			t.Errorf("%s: %d of %d letters leave by themselves, want %d", c.name, n, len(f.Letters), c.want)
		}
	}
}
