package main

import (
	"context"
	"encoding/json"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/store"
	"referrald/triage"
)

// A posting is one of the demo's messages on its way. What depends on the day (a tool grows old, a child grows up) is
// left to explain, which must foretell what the daemon does; want is set for what holds on any day.
type posting struct {
	file   string
	want   triage.Outcome
	urgent bool
	silent bool   // no letter may leave
	sender string // on the envelope: what Postfix verifies; "author" for the author's own address
	id     string // Message-ID, set when it is sent
	from   string // author, set when it is sent
}

func postings() []posting {
	return []posting{
		{file: "01-accepted-word", sender: "author"},
		{file: "02-accepted-pdf", sender: "author"},
		{file: "03-no-screening-tool", sender: "author"},
		{file: "04-level-and-parents-blank", sender: "author"},
		{file: "05-level-medium", sender: "author", want: triage.Signpost},
		{file: "06-level-high", sender: "author", want: triage.Signpost, urgent: true},
		{file: "07-seventeen-without-send", sender: "author", want: triage.Signpost},
		{file: "08-earlier-intervention", sender: "author", want: triage.Hold},
		{file: "09-danger-now", sender: "author", want: triage.Hold, urgent: true},
		{file: "10-two-children", sender: "author"},
		{file: "11-police", sender: "author", want: triage.Signpost},
		{file: "13-out-of-office", sender: "", want: triage.Ignore, silent: true},
		{file: "14-enquiry", sender: "author", want: triage.Hold},
		{file: "12-sender-not-verified", sender: "someone@elsewhere.example", want: triage.Hold, silent: true},
	}
}

// TestEndToEnd sends messages as schools do, and looks at what schools, staff and the mailbox have afterwards.
func TestEndToEnd(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, s *scene) {
		d := s.start()
		sent := s.post(postings())
		d.alive(t)
		s.checkSorted(sent)
		s.checkLetters(sent)
		s.checkAlerts(sent)
		s.checkDigest(sent)
		s.checkHealth()
		s.checkNothingPersonal(d)
		d.stop(t)
		s.checkLedger(sent)
	})
}

// post sends the messages and waits until all are settled. The last goes when the others are: it is about the child of an
// earlier one, and which of two comes first must not be chance.
func (s *scene) post(all []posting) []posting {
	s.t.Helper()
	for i := range all {
		p := &all[i]
		raw, err := demoMail.ReadFile("demodata/" + p.file + ".eml")
		if err != nil {
			s.t.Fatal(err)
		}
		if i == len(all)-1 {
			s.awaitSettled(longest, i)
		}
		m, err := mail.ReadMessage(strings.NewReader(string(raw)))
		if err != nil {
			s.t.Fatal(err)
		}
		author, err := m.Header.AddressList("From")
		if err != nil {
			s.t.Fatal(err)
		}
		p.from, p.id = author[0].Address, "e2e-"+p.file+"@"+domainOf(author[0].Address)
		envelope := p.sender
		if envelope == "author" {
			envelope = p.from
		}
		s.send(envelope, readdressed(raw, author[0].String(), p.id))
	}
	s.awaitSettled(longest, len(all))
	return all
}

// foretold is what explain says of a message as it lies in the mailbox.
func (s *scene) foretold(m *delivered, at time.Time) explained {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "message.eml")
	s.write(path, m.Raw)
	var x explained
	if err := json.Unmarshal([]byte(s.command("explain", "--json", "--config", s.config, "--now", at.Format(time.RFC3339), path)), &x); err != nil {
		s.t.Fatal(err)
	}
	return x
}

// checkSorted looks for each message in the folder of its outcome, once and nowhere else.
func (s *scene) checkSorted(sent []posting) {
	s.t.Helper()
	lying := s.sorted()
	if len(lying) != len(sent) {
		s.t.Errorf("%d messages lie in the service's folders, want %d", len(lying), len(sent))
	}
	for _, p := range sent {
		at := slices.IndexFunc(lying, func(d delivered) bool { return d.ID == p.id })
		if at < 0 {
			s.t.Errorf("%s is in no folder", p.file)
			continue
		}
		known := s.filed(p.id)
		x := s.foretold(&lying[at], known.Arrived)
		if p.want != "" && x.Outcome != p.want {
			s.t.Errorf("%s: explain says %s, want %s", p.file, x.Outcome, p.want)
		}
		if want := defaultConfig().Mail.OutcomeFolders[string(x.Outcome)]; lying[at].Folder != want || known.Folder != want {
			s.t.Errorf("%s lies in %q and is known in %q, want %q", p.file, lying[at].Folder, known.Folder, want)
		}
		if x.Urgent != p.urgent || known.Urgent != p.urgent {
			s.t.Errorf("%s: urgent = %t, explained as %t, want %t", p.file, known.Urgent, x.Urgent, p.urgent)
		}
		if foretold := x.Reply != nil; foretold == p.silent {
			s.t.Errorf("%s: explain foretells a letter: %t, want %t", p.file, foretold, !p.silent)
		}
	}
}

// checkLetters looks for exactly one reply to each message that may have one, and for no other mail at the schools'.
func (s *scene) checkLetters(sent []posting) {
	s.t.Helper()
	replies, want := 0, 0
	boxes := map[string][]delivered{}
	for _, p := range sent {
		if _, ok := boxes[p.from]; !ok {
			boxes[p.from] = s.awaitMails(p.from, func(d delivered) bool { return true }, expected(sent, p.from))
			replies += len(boxes[p.from])
		}
		answers := slices.DeleteFunc(slices.Clone(boxes[p.from]), func(d delivered) bool { return !slices.Contains(d.InReplyTo, p.id) })
		if p.silent {
			if len(answers) > 0 {
				s.t.Errorf("%s was answered %d times, want none", p.file, len(answers))
			}
			continue
		}
		want++
		if len(answers) != 1 {
			s.t.Errorf("%s was answered %d times, want once", p.file, len(answers))
			continue
		}
		s.checkLetter(&p, &answers[0])
	}
	if replies != want {
		s.t.Errorf("%d mails left for those who wrote, want %d", replies, want)
	}
}

func expected(sent []posting, from string) (n int) {
	for _, p := range sent {
		if p.from == from && !p.silent {
			n++
		}
	}
	return n
}

// checkLetter looks at what makes a letter safe: no machine answers it, it belongs to its message, it bears the reference.
func (s *scene) checkLetter(p *posting, d *delivered) {
	s.t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(d.Raw))
	if err != nil {
		s.t.Fatal(err)
	}
	if got := m.Header.Get("Auto-Submitted"); got != "auto-replied" {
		s.t.Errorf("%s: Auto-Submitted of the letter is %q, want auto-replied", p.file, got)
	}
	if !slices.Contains(d.References, p.id) {
		s.t.Errorf("%s: the letter's References lack the message", p.file)
	}
	known := s.filed(p.id)
	if !strings.Contains(d.Subject, known.Reference) {
		s.t.Errorf("%s: the letter's subject lacks the reference %s", p.file, known.Reference)
	}
	if got := m.Header.Get("From"); !strings.Contains(got, serviceAddress) {
		s.t.Errorf("%s: the letter is from %q", p.file, got)
	}
}

// awaitMails waits until at least n mails that match lie in a user's INBOX, and returns them.
func (s *scene) awaitMails(user string, match func(delivered) bool, n int) (found []delivered) {
	s.t.Helper()
	s.await(longest, "mail comes to "+user, func(context.Context) bool {
		found = slices.DeleteFunc(s.mails(user, "INBOX"), func(d delivered) bool { return !match(d) })
		return len(found) >= n
	})
	return found
}

// checkAlerts looks whether those on call were told once of each urgent message, before any digest.
func (s *scene) checkAlerts(sent []posting) {
	s.t.Helper()
	urgent := slices.DeleteFunc(slices.Clone(sent), func(p posting) bool { return !p.urgent })
	alerts := s.awaitMails(oncallAddress, func(delivered) bool { return true }, len(urgent))
	if len(alerts) != len(urgent) {
		s.t.Errorf("%d alerts came, want %d", len(alerts), len(urgent))
	}
	for _, p := range urgent {
		reference := s.filed(p.id).Reference
		if !slices.ContainsFunc(alerts, func(d delivered) bool { return strings.Contains(d.words(), reference) }) {
			s.t.Errorf("no alert names %s (%s)", reference, p.file)
		}
	}
	if early := s.mails(teamAddress, "INBOX"); len(early) > 0 {
		s.t.Errorf("the team has %d mails before any digest", len(early))
	}
}

// words returns all of a mail that can be read: its fields and its decoded texts.
func (d *delivered) words() string {
	var b strings.Builder
	b.WriteString(d.Raw)
	for _, p := range d.Parts {
		if strings.HasPrefix(p.MediaType, "text/") {
			b.Write(p.Data)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// checkDigest asks for the digest, and looks whether it names every held case.
func (s *scene) checkDigest(sent []posting) {
	s.t.Helper()
	s.command("digest", "--config", s.config)
	digests := s.awaitMails(teamAddress, func(delivered) bool { return true }, 1)
	if len(digests) != 1 {
		s.t.Errorf("%d digests came, want 1", len(digests))
	}
	text := digests[0].words()
	for _, p := range sent {
		m := s.filed(p.id)
		if m.Outcome == string(triage.Hold) && !strings.Contains(text, m.Reference) {
			s.t.Errorf("the digest does not name %s (%s)", m.Reference, p.file)
		}
	}
}

// checkHealth asks what an operator's monitoring asks.
func (s *scene) checkHealth() {
	s.t.Helper()
	for _, path := range []string{"/healthz", "/readyz"} {
		if status, body := s.get(path); status != 200 {
			s.t.Errorf("%s: status %d, %s", path, status, body)
		}
	}
	_, metrics := s.get("/metrics")
	for _, want := range []string{`referrald_messages_decided_total{class="auto_reply",outcome="ignore"} 1`, `referrald_mails_total{kind="letter",result="sent"} 12`} {
		if !strings.Contains(metrics, want) {
			s.t.Errorf("/metrics lacks %s", want)
		}
	}
}

// checkLedger looks, when the daemon has ended, whether the books are whole: nothing was given up and no audit entry is
// missing.
func (s *scene) checkLedger(sent []posting) {
	s.t.Helper()
	failures, err := s.db.Failures(s.t.Context())
	if err != nil || len(failures) > 0 {
		s.t.Errorf("failures: %v, %v", failures, err)
	}
	if n, _, err := s.db.VerifyAudit(s.t.Context()); err != nil || int(n) < len(sent) {
		s.t.Errorf("the audit trail has %d entries: %v", n, err)
	}
	for _, p := range sent {
		m := s.filed(p.id)
		if m.Outcome == string(triage.Ignore) {
			continue
		}
		f, err := s.db.Case(s.t.Context(), caseOf(s.t, s.db, m))
		if err != nil {
			s.t.Errorf("%s: %v", p.file, err)
			continue
		}
		if len(f.Messages) == 0 || f.Messages[0].MessageID != p.id {
			s.t.Errorf("%s: case %s does not hold it", p.file, f.Reference)
		}
	}
}

// caseOf returns the reference of the first case that a message opened.
func caseOf(t *testing.T, db *store.DB, m *store.Message) string {
	t.Helper()
	cases, err := db.Cases(t.Context(), store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if opener, _, _ := strings.Cut(c.Reference, "/"); opener == m.Reference {
			return c.Reference
		}
	}
	t.Fatalf("message %s opened no case", m.Reference)
	return ""
}
