package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/store"
)

// The killing: so many messages, so many deaths, each within this time of the daemon's first sign of work.
const (
	killMessages = 20
	killTimes    = 8
	killWithin   = 1500 * time.Millisecond
)

// TestKilled takes the power away from the daemon at random moments while it works, and looks whether every message has
// one case and one letter in the end. The moments come from a fixed seed, but how far the work has come in each differs
// from run to run: any state must be survived.
func TestKilled(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, s *scene) {
		chance := rand.New(rand.NewPCG(7, 11))
		d := s.start()
		sent := 0
		for range killTimes {
			for ; sent < killMessages && chance.IntN(4) > 0; sent++ {
				s.send(numberedAuthor(sent), s.numbered(sent))
			}
			d.killAfter(t, time.Duration(chance.Int64N(int64(killWithin))))
			s.endLeases()
			d = s.start()
		}
		for ; sent < killMessages; sent++ {
			s.send(numberedAuthor(sent), s.numbered(sent))
		}
		s.awaitSettled(longest, killMessages)
		d.alive(t)
		s.checkOnce(killMessages)
		d.stop(t)
	})
}

// killAfter lets the daemon come to work, and kills it a while after.
func (p *daemonProcess) killAfter(t *testing.T, d time.Duration) {
	t.Helper()
	for !strings.Contains(p.said(t), `"connected"`) {
		p.alive(t)
		store.Pause(t.Context(), 10*time.Millisecond)
	}
	store.Pause(t.Context(), d)
	p.alive(t)
	p.kill()
}

// endLeases lets the time go by after which what a dead daemon held is free. TestTwoDaemons waits for it in earnest.
func (s *scene) endLeases() {
	s.t.Helper()
	if _, err := s.raw.ExecContext(s.t.Context(), "UPDATE leases SET ends_at = '2000-01-01T00:00:00.000000000Z'"); err != nil {
		s.t.Fatal(err)
	}
}

// numberedAuthor is the sender of one of many messages: each from a school of its own, so that no cap on letters counts.
func numberedAuthor(n int) string { return fmt.Sprintf("dsl@school%02d.stoke.sch.uk", n) }

func numberedID(n int) string { return fmt.Sprintf("killed-%02d@school%02d.stoke.sch.uk", n, n) }

// numbered is one of many messages: by turns a referral with its documents, and an enquiry.
func (s *scene) numbered(n int) []byte {
	s.t.Helper()
	file := []string{"demodata/01-accepted-word.eml", "demodata/14-enquiry.eml", "demodata/08-earlier-intervention.eml", "demodata/09-danger-now.eml"}[n%4]
	raw, err := demoMail.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	return readdressed(raw, numberedAuthor(n), numberedID(n))
}

// checkOnce looks whether each of n messages was filed, decided, answered and settled exactly once. A letter may lie twice
// with its school where the daemon died between the server's answer and writing it down, but then it is the same letter.
func (s *scene) checkOnce(n int) {
	s.t.Helper()
	ctx := s.t.Context()
	if filed := s.messages(ctx); len(filed) != n {
		s.t.Errorf("%d messages are filed, want %d", len(filed), n)
	}
	if left := append(s.mails(serviceAddress, "INBOX"), s.mails(serviceAddress, "Junk")...); len(left) > 0 {
		s.t.Errorf("%d messages are left in watched folders", len(left))
	}
	if lying := s.sorted(); len(lying) != n {
		s.t.Errorf("%d messages lie in the outcomes' folders, want %d", len(lying), n)
	}
	failures, err := s.db.Failures(ctx)
	if err != nil || len(failures) > 0 {
		s.t.Errorf("failures: %v, %v", failures, err)
	}
	if _, _, err := s.db.VerifyAudit(ctx); err != nil {
		s.t.Error(err)
	}
	for i := range n {
		s.checkOneCase(i)
		s.checkOneLetter(i)
	}
}

func (s *scene) checkOneCase(n int) {
	s.t.Helper()
	m := s.filed(numberedID(n))
	count := 0
	if err := s.raw.QueryRowContext(s.t.Context(), fmt.Sprintf("SELECT count(*) FROM cases WHERE message = %d", m.ID)).Scan(&count); err != nil {
		s.t.Fatal(err)
	}
	if count != 1 {
		s.t.Errorf("%s has %d cases, want 1", m.MessageID, count)
	}
	if m.Settled.IsZero() || m.Folder != defaultConfig().Mail.OutcomeFolders[m.Outcome] {
		s.t.Errorf("%s is settled at %v in %q", m.MessageID, m.Settled, m.Folder)
	}
}

func (s *scene) checkOneLetter(n int) {
	s.t.Helper()
	var got []delivered
	s.await(longest, numberedAuthor(n)+" has a letter", func(context.Context) bool {
		got = s.mails(numberedAuthor(n), "INBOX")
		return len(got) > 0
	})
	ids := map[string]string{}
	for _, d := range got {
		if !slices.Contains(d.InReplyTo, numberedID(n)) {
			s.t.Errorf("%s got a letter that answers %v", numberedAuthor(n), d.InReplyTo)
		}
		if before, ok := ids[d.ID]; ok && before != d.words() {
			before, again := bodyOf(before), bodyOf(d.words())
			if before != again {
				s.t.Errorf("the two copies of %s differ", d.ID)
			}
		}
		ids[d.ID] = d.words()
	}
	if len(ids) != 1 {
		s.t.Errorf("%s got %d different letters, want 1", numberedAuthor(n), len(ids))
	}
}

// bodyOf leaves out the header, where each copy's way stands.
func bodyOf(mail string) string {
	_, body, _ := strings.Cut(mail, "\r\n\r\n")
	return body
}
