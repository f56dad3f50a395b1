package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"referrald/store"
)

// A toll is what a soak comes to. All that may not be is in faults.
type toll struct {
	sent, filed, parked        int
	cases, wantCases           int
	letters, wantLetters       int // different ones
	alerts, wantAlerts         int
	lostAnswers                int // to a final dot, by the network
	copies                     int // of a letter under its own Message-ID, where the answer to the final dot was lost
	lost, twiceCase, twiceMail int
	faults                     []string
}

func (c *toll) fault(n *int, format string, args ...any) {
	*n++
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// count looks into the store, the mailbox and the schools' mailboxes.
func (s *soak) count() *toll {
	s.t.Helper()
	c := &toll{sent: len(s.messages)}
	filed := s.byMessageID(c)
	cases := s.casesByMessage()
	lying := map[string][]string{}
	for _, m := range s.sorted() {
		lying[m.ID] = append(lying[m.ID], m.Folder)
	}
	letters := s.lettersByMessage()
	for i := range s.messages {
		m := &s.messages[i]
		all := filed[m.id]
		switch {
		case len(all) == 0:
			c.fault(&c.lost, "%s was not filed", m.id)
			continue
		case len(all) > 1:
			c.fault(&c.twiceCase, "%s was filed %d times", m.id, len(all))
		}
		s.countMessage(c, m, all[0], lying[m.id])
		s.countCases(c, m, cases[all[0].ID])
		s.countLetters(c, m, letters[m.id])
	}
	s.countAlerts(c)
	s.checkBooks(c)
	for _, all := range s.post.taken() {
		for _, h := range all {
			if h.lost {
				c.lostAnswers++
			}
		}
	}
	return c
}

// byMessageID returns what was filed.
func (s *soak) byMessageID(c *toll) map[string][]*store.Message {
	filed := map[string][]*store.Message{}
	for _, m := range s.scene.messages(s.t.Context()) {
		c.filed++
		if m.Unfetchable {
			c.parked++
		}
		filed[m.MessageID] = append(filed[m.MessageID], m)
	}
	return filed
}

// casesByMessage returns how many cases each message opened.
func (s *soak) casesByMessage() map[int64]int {
	s.t.Helper()
	rows, err := s.raw.QueryContext(s.t.Context(), "SELECT message, count(*) FROM cases GROUP BY message")
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	all := map[int64]int{}
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			s.t.Fatal(err)
		}
		all[id] = n
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return all
}

// lettersByMessage returns the mails in the authors' mailboxes by the message that they answer. What answers none stands
// under "".
func (s *soak) lettersByMessage() map[string][]delivered {
	authors, all := map[string]bool{}, map[string][]delivered{}
	for _, m := range s.messages {
		if authors[m.from] {
			continue
		}
		authors[m.from] = true
		for _, d := range s.mails(m.from, "INBOX") {
			answers := ""
			if len(d.InReplyTo) > 0 {
				answers = d.InReplyTo[0]
			}
			all[answers] = append(all[answers], d)
		}
	}
	return all
}

// countMessage looks whether a message came to its end, and lies once where it belongs.
func (s *soak) countMessage(c *toll, m *soakMessage, filed *store.Message, folders []string) {
	want := defaultConfig().Mail.OutcomeFolders[filed.Outcome]
	switch {
	case filed.Class == "" || filed.Settled.IsZero():
		c.fault(&c.lost, "%s did not come to its end: class %q, settled %v", m.id, filed.Class, filed.Settled)
	case len(folders) == 0:
		c.fault(&c.lost, "%s lies in no folder", m.id)
	case len(folders) > 1 || folders[0] != want:
		c.fault(&c.lost, "%s lies in %q, want %q", m.id, folders, want)
	}
}

func (s *soak) countCases(c *toll, m *soakMessage, got int) {
	c.cases += got
	c.wantCases += m.cases
	if got > m.cases {
		c.fault(&c.twiceCase, "%s (%s) has %d cases, want %d", m.id, m.file, got, m.cases)
	}
	if got < m.cases {
		c.fault(&c.lost, "%s (%s) has %d cases, want %d", m.id, m.file, got, m.cases)
	}
}

// countLetters looks whether a message was answered once. A second copy is excused where the first one's answer was lost:
// by the network, or because the daemon was killed before it could write it down.
func (s *soak) countLetters(c *toll, m *soakMessage, got []delivered) {
	want := 1
	if m.silent {
		want = 0
	}
	byID := map[string]int{}
	for _, d := range got {
		byID[d.ID]++
	}
	c.letters += len(byID)
	c.wantLetters += want
	if len(byID) > want {
		c.fault(&c.twiceMail, "%s (%s) was answered by %d letters, want %d", m.id, m.file, len(byID), want)
	}
	if len(byID) < want {
		c.fault(&c.lost, "%s (%s) was not answered", m.id, m.file)
	}
	taken := s.post.taken()
	for id, n := range byID {
		c.copies += n - 1
		if excused := s.excused(taken[id]); n-1 > excused {
			c.fault(&c.twiceMail, "%s: %d copies of the letter %s, of which %d are excused; the server took %v; kills %v", m.id, n, id, excused, taken[id], s.killsNear(taken[id]))
		}
	}
}

// killGrace is how long after the server's answer a killed daemon may not have written it down.
const killGrace = 2 * time.Second

// excused counts the copies after which another had to be sent.
func (s *soak) excused(taken []handed) (n int) {
	for _, h := range taken {
		if h.lost || len(s.killsNear([]handed{h})) > 0 {
			n++
		}
	}
	return n
}

// killsNear returns the kills that may have kept an answer from being written down.
func (s *soak) killsNear(taken []handed) (near []time.Time) {
	for _, h := range taken {
		for _, k := range s.kills {
			if d := k.Sub(h.at); d > -50*time.Millisecond && d < killGrace {
				near = append(near, k)
			}
		}
	}
	return near
}

// countAlerts looks whether those on call were told of each urgent message.
func (s *soak) countAlerts(c *toll) {
	told := map[string]bool{}
	for _, d := range s.mails(oncallAddress, "INBOX") {
		told[d.ID] = true
	}
	for _, m := range s.scene.messages(s.t.Context()) {
		if !m.Urgent {
			continue
		}
		c.wantAlerts++
		if !told[fmt.Sprintf("%s.alert.0@%s", strings.ToLower(m.Reference), domainOf(serviceAddress))] {
			c.fault(&c.lost, "nobody was told of %s, which is urgent", m.Reference)
			continue
		}
		c.alerts++
	}
}

// checkBooks looks whether anything was given up, and whether the audit trail is whole.
func (s *soak) checkBooks(c *toll) {
	failures, err := s.db.Failures(s.t.Context())
	if err != nil || len(failures) > 0 {
		c.fault(&c.lost, "given up: %v, %v", failures, err)
	}
	if _, _, err := s.db.VerifyAudit(context.WithoutCancel(s.t.Context())); err != nil {
		c.fault(&c.lost, "the audit trail: %v", err)
	}
}

// report prints the table, and fails the test where anything is lost or doubled.
func (c *toll) report(t *testing.T, s *soak) {
	t.Helper()
	c.table(os.Stdout, s)
	if len(c.faults) > 0 {
		t.Errorf("%d faults:\n%s", len(c.faults), strings.Join(c.faults[:min(len(c.faults), 40)], "\n"))
		s.tellTroubles()
	}
	// A silent connection is left after a minute, and only then another one is made.
	if gap := time.Duration(s.pace.gap.Load()); gap > takeOver && *soakDark == 0 {
		t.Errorf("for %s nothing was done though messages waited, want at most %s", gap.Round(time.Second), takeOver)
	}
}

func (c *toll) table(out io.Writer, s *soak) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(name string, value any) { fmt.Fprintf(w, "%s\t%v\t\n", name, value) }
	line("database", *soakDatabase)
	line("daemons", len(s.daemons))
	line("killed", len(s.kills))
	line("could not start, started again", s.revived)
	line("connections cut", s.cuts())
	line("answers to a final dot lost", c.lostAnswers)
	line("sent", c.sent)
	line("filed", c.filed)
	line("parked", c.parked)
	line("cases", fmt.Sprintf("%d of %d", c.cases, c.wantCases))
	line("letters", fmt.Sprintf("%d of %d", c.letters, c.wantLetters))
	line("urgent, told at once", fmt.Sprintf("%d of %d", c.alerts, c.wantAlerts))
	line("second copies under the same Message-ID", c.copies)
	line("duplicated cases", c.twiceCase)
	line("duplicated letters", c.twiceMail)
	line("lost", c.lost)
	line("longest gap", time.Duration(s.pace.gap.Load()).Round(100*time.Millisecond))
	_ = w.Flush() // to the terminal
}

func (s *soak) cuts() int {
	n := s.mailbox.broken() + s.post.broken()
	if s.database != nil {
		n += s.database.broken()
	}
	return n
}

// tellTroubles shows what the daemons complained of, each complaint once, with how often it came.
func (s *soak) tellTroubles() {
	s.t.Helper()
	logs, err := os.ReadDir(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	counts := map[string]int{}
	for _, l := range logs {
		if !strings.HasPrefix(l.Name(), "log-") {
			continue
		}
		for line := range strings.Lines((&daemonProcess{log: s.dir + "/" + l.Name()}).said(s.t)) {
			if _, rest, found := strings.Cut(line, `"level":"`); found && !strings.HasPrefix(rest, "INFO") && !strings.HasPrefix(rest, "DEBUG") {
				counts[rest[:min(len(rest), 300)]]++
			}
		}
	}
	lines := make([]string, 0, len(counts))
	for text, n := range counts {
		lines = append(lines, fmt.Sprintf("%5d × %s", n, text))
	}
	slices.Sort(lines)
	slices.Reverse(lines)
	s.t.Logf("the daemons said:\n%s", strings.Join(lines[:min(len(lines), 40)], ""))
}

// lastWords returns the end of what a daemon said.
func (p *daemonProcess) lastWords(t *testing.T) string {
	t.Helper()
	text := p.said(t)
	return text[max(0, len(text)-2000):]
}
