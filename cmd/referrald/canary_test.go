package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// trial sends a trial message and returns it as it leaves.
func (b *bureau) trial() []byte {
	b.t.Helper()
	if err := b.daemon.sendCanary(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	trials := b.kept(store.CanaryTemplate)
	if len(trials) == 0 {
		b.t.Fatal("there is no trial message in the outbox")
	}
	last := trials[len(trials)-1]
	if last.To != b.daemon.config.Service.Address || last.Kind != store.AlertMail {
		b.t.Fatalf("the trial message in the outbox: %+v", last)
	}
	return last.Raw
}

// kept returns the kept mails of a template, oldest first.
func (b *bureau) kept(template string) (all []*store.Letter) {
	b.t.Helper()
	for id := int64(1); id < 200; id++ { // more than any bureau writes
		l, err := b.daemon.db.Letter(b.t.Context(), id)
		switch {
		case errors.Is(err, store.ErrUnknown):
		case err != nil:
			b.t.Fatal(err)
		case l.Template == template:
			all = append(all, l)
		}
	}
	return all
}

// delivers puts a message into the inbox, files it and takes it.
func (b *bureau) delivers(raw []byte) *store.Message {
	b.t.Helper()
	var at ingest.Place
	b.inbox(func(box *ingest.Mailbox) (err error) {
		at, err = box.Append(b.t.Context(), "INBOX", raw)
		return err
	})
	if err := newLedger(b.daemon.db).File(b.t.Context(), ingest.Fetched{Place: at, Raw: raw, Size: int64(len(raw)), Arrived: time.Now()}); err != nil {
		b.t.Fatal(err)
	}
	for id := int64(1); ; id++ {
		m, err := b.daemon.db.Message(b.t.Context(), id)
		if err != nil {
			b.t.Fatal("the message was not filed")
		}
		if m.Place != store.Place(at) {
			continue
		}
		if err := b.daemon.take(b.t.Context(), id); err != nil {
			b.t.Fatal(err)
		}
		if m, err = b.daemon.db.Message(b.t.Context(), id); err != nil {
			b.t.Fatal(err)
		}
		return m
	}
}

// onItsWay is what servers do to a mail: lines of the way above it, other line ends, another Message-ID, another encoding.
func onItsWay(raw []byte, change func(string) string) []byte {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	return []byte("Return-Path: <x@y.example>\nReceived: from a by b; Wed, 25 Nov 2026 12:00:00 +0000\nX-Spam: no\n" + change(text))
}

func same(text string) string { return text }

func idOf(text string) string {
	_, rest, _ := strings.Cut(text, "Message-ID: <")
	id, _, _ := strings.Cut(rest, ">")
	return id
}

func TestTrialMessageComesBack(t *testing.T) {
	b := newBureau(t, "14")
	if p := b.daemon.pulse(time.Time{}); p.Canary != 0 {
		t.Error("trial messages are sent though nobody asked for them")
	}
	for name, change := range map[string]func(string) string{
		"as it left": same,
		"another Message-ID": func(s string) string {
			return strings.Replace(s, "Message-ID: <"+idOf(s)+">", "Message-ID: <drawn@server.example>", 1)
		},
		"other line breaks": func(s string) string { return strings.Replace(s, "It takes", "\n   It\ntakes", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			cases := len(b.cases(store.Filter{All: true}))
			raw := b.trial()
			m := b.delivers(onItsWay(raw, change))
			if m.Class != string(classCanary) || len(b.cases(store.Filter{All: true})) != cases {
				t.Fatalf("it is a %s and opened %d cases", m.Class, len(b.cases(store.Filter{All: true}))-cases)
			}
			p, err := b.daemon.db.Pulse(t.Context())
			if err != nil || p.Beats[beatCanaryReturned].IsZero() || p.Beats[beatCanarySent].Sub(p.Beats[beatCanaryReturned]).Abs() > time.Second {
				t.Errorf("sent %s, came back %s, %v", p.Beats[beatCanarySent], p.Beats[beatCanaryReturned], err)
			}
			if err := b.daemon.settle(t.Context(), m.ID); err != nil {
				t.Fatal(err)
			}
			b.inbox(func(box *ingest.Mailbox) error {
				_, err := box.Select(t.Context(), m.Folder)
				if err != nil {
					return err
				}
				uids, err := box.UIDs(t.Context())
				for _, uid := range uids {
					if uid == m.UID {
						t.Error("it still lies in the mailbox")
					}
				}
				return err
			})
			if m, err = b.daemon.db.Message(t.Context(), m.ID); err != nil || m.Settled.IsZero() || m.Raw != nil || len(b.kept(store.CanaryTemplate)) > 0 {
				t.Errorf("settled: %+v, %v; %d left in the outbox", m, err, len(b.kept(store.CanaryTemplate)))
			}
		})
	}
}

// attached gives a text message a file, as a program does that forwards it.
func attached(text, kind, name, file string) string {
	head, body, _ := strings.Cut(text, "\n\n")
	var kept []string
	for _, line := range strings.Split(head, "\n") {
		if low := strings.ToLower(line); !strings.HasPrefix(low, "content-") && !strings.HasPrefix(line, " ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n") + "\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + body +
		"\n--b\nContent-Type: " + kind + "\nContent-Disposition: attachment; filename=\"" + name + "\"\n\n" + file + "\n--b--\n"
}

// TestNothingPassesForATrialMessage has what somebody could send who has read one of our trial messages, or what a program
// makes of one. All of it must be decided like any other message; what holds a form or a person's word must reach a person.
func TestNothingPassesForATrialMessage(t *testing.T) {
	referral := demoMessage(t, "01-accepted-word", "inner@school")
	m, err := ingest.Open(referral, ingest.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	form := m.Parts[slices.IndexFunc(m.Parts, func(p ingest.Part) bool { return strings.HasSuffix(p.Name, ".docx") })]
	b := newBureau(t, "14")
	for name, x := range map[string]struct {
		change func(string) string
		held   bool // a person must see it
	}{
		"with a form": {func(s string) string {
			return attached(s, form.MediaType+"\nContent-Transfer-Encoding: base64", form.Name, base64.StdEncoding.EncodeToString(form.Data))
		}, true},
		"with a picture":     {func(s string) string { return attached(s, "image/png", "tool.png", "picture") }, false},
		"with a message":     {func(s string) string { return attached(s, "message/rfc822", "fwd.eml", string(referral)) }, true},
		"with an empty file": {func(s string) string { return attached(s, "application/pdf", "Referral form.pdf", "") }, false},
		"more words before": {func(s string) string {
			return strings.Replace(s, "\n\nThe referral", "\n\nPlease help. The referral", 1)
		}, false},
		"more words behind": {func(s string) string { return s + "\nI am worried about a child in year 9. " + idOf(s) + "\n" }, false},
		"fewer words":       {func(s string) string { return strings.Replace(s, "It takes this message away when it comes.", "", 1) }, false},
		"another subject": {func(s string) string {
			return strings.Replace(s, "Subject: Trial message", "Subject: Urgent: trial message", 1)
		}, false},
		"another author": {func(s string) string {
			return strings.Replace(s, "StaffordshireCCE@actionforchildren.org.uk>", "dsl@oak.stoke.sch.uk>", 1)
		}, false},
		"answers go elsewhere": {func(s string) string { return "Reply-To: dsl@oak.stoke.sch.uk\n" + s }, false},
		"as a page":            {func(s string) string { return strings.Replace(s, "text/plain", "text/html", 1) }, false},
		"another token": {func(s string) string {
			return strings.ReplaceAll(s, idOf(s), "canary.aaaaaaaaaaaaaaaaaaaaaaaaaa@actionforchildren.org.uk")
		}, false},
		"a person's reply": {func(s string) string {
			return strings.NewReplacer("Message-ID: <"+idOf(s), "In-Reply-To: <"+idOf(s), "\n\nThe", "\n\nWhat is this?\n\n> The", "Auto-Submitted: auto-generated\n", "").Replace(s)
		}, true},
		"a person's empty mail": {func(s string) string {
			head, _, _ := strings.Cut(s, "\n\n")
			return strings.Replace(head, "Auto-Submitted: auto-generated\n", "", 1) + "\n\n"
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			raw := b.trial()
			changed := onItsWay(raw, x.change)
			if bytes.Equal(changed, onItsWay(raw, same)) {
				t.Fatal("the test changes nothing")
			}
			m := b.delivers(changed)
			if m.Class == string(classCanary) || m.Class == "" {
				t.Fatalf("it is taken for a trial message (%q)", m.Class)
			}
			if held := m.Outcome == string(triage.Hold); x.held && !held {
				t.Errorf("nobody sees it: %s, %s", m.Class, m.Outcome)
			}
			if p, err := b.daemon.db.Pulse(t.Context()); err != nil || !p.Beats[beatCanaryReturned].IsZero() {
				t.Errorf("it counts as one that came back (%v)", err)
			}
			f, err := b.daemon.db.Case(t.Context(), m.Reference)
			if err == nil && queued(f) > 0 && m.Outcome != string(triage.Hold) {
				t.Error("a machine's message was answered")
			}
			if err != nil && !errors.Is(err, store.ErrUnknown) {
				t.Error(err)
			}
		})
	}
}
