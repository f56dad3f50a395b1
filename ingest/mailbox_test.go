package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
)

func selectInbox(t *testing.T, m *Mailbox) Folder {
	t.Helper()
	f, err := m.Select(context.Background(), "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFetchesWhole(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", strings.Repeat("two ", 1000)))
	m := s.dial(t)
	if f := selectInbox(t, m); f.Validity != 7 || f.Messages != 2 || f.Next != 3 || f.ReadOnly {
		t.Errorf("folder %+v", f)
	}
	uids, err := m.UIDs(context.Background())
	if err != nil || !slices.Equal(uids, []uint32{1, 2}) {
		t.Fatalf("uids %v, %v", uids, err)
	}
	f, err := m.Fetch(context.Background(), 1, 1000)
	if err != nil || string(f.Raw) != mailOf("a@x", "one") || f.TooLarge || f.Arrived.IsZero() {
		t.Errorf("fetched %+v, %v", f, err)
	}
	f, err = m.Fetch(context.Background(), 2, 1000)
	if err != nil || !f.TooLarge || f.Size < 4000 || !strings.HasSuffix(string(f.Raw), "\r\n\r\n") || strings.Contains(string(f.Raw), "two") {
		t.Errorf("fetched %d bytes, too large %v, %v", len(f.Raw), f.TooLarge, err)
	}
	if s.heard("UID FETCH 1 (UID BODY.PEEK[])") != 1 {
		t.Errorf("said %q", s.said)
	}
}

// What servers do that loses messages silently, or ends the connection.
func TestFetchesFromMisbehavingServers(t *testing.T) {
	cases := []struct {
		name   string
		answer func(c *scriptConn, tag, command string) bool
		check  func(t *testing.T, m *Mailbox, f Fetched, err error)
	}{
		{"UID after the body", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "FETCH") || !strings.Contains(command, "BODY") {
				return false
			}
			text := c.folders["INBOX"].messages[0].raw
			c.say("* 1 FETCH (BODY[] {%d}\r\n%s UID 1)", len(text), text)
			c.say("%s OK done", tag)
			return true
		}, wantMessage},
		{"UID after the size", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "RFC822.SIZE") {
				return false
			}
			c.say(`* 1 FETCH (RFC822.SIZE 120 INTERNALDATE "12-Oct-2026 09:00:00 +0100" UID 1)`)
			c.say("%s OK done", tag)
			return true
		}, wantMessage},
		{"flags of another message in between", func(c *scriptConn, tag, command string) bool {
			if strings.Contains(command, "BODY") {
				c.say(`* 2 FETCH (UID 2 FLAGS (\Seen))`)
				c.say("* 3 EXISTS")
			}
			return false
		}, wantMessage},
		{"BODY[] NIL", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "BODY") {
				return false
			}
			c.say("* 1 FETCH (UID 1 BODY[] NIL)")
			c.say("%s OK done", tag)
			return true
		}, wantError(errIncomplete, false)},
		{"nothing though it is there", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "BODY") {
				return false
			}
			c.say("%s OK done", tag)
			return true
		}, wantError(errIncomplete, false)},
		{"vanished", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "FETCH") && !strings.HasPrefix(command, "SEARCH") {
				return false
			}
			if strings.HasPrefix(command, "SEARCH") {
				c.say("* SEARCH")
			}
			c.say("%s OK done", tag)
			return true
		}, wantError(ErrGone, false)},
		{"a date that cannot be read", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "INTERNALDATE") {
				return false
			}
			c.say(`* 1 FETCH (UID 1 INTERNALDATE "the other day" RFC822.SIZE 3)`)
			c.say("%s OK done", tag)
			return true
		}, wantError(errUnparsed, true)},
		{"silence", func(c *scriptConn, tag, command string) bool { return strings.Contains(command, "BODY") }, wantError(errSilent, true)},
		{"silence within the body", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "BODY") {
				return false
			}
			c.say("* 1 FETCH (UID 1 BODY[] {5000}\r\nFrom: x")
			return true
		}, wantError(errSilent, true)},
		{"cut within the body", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "BODY") {
				return false
			}
			c.say("* 1 FETCH (UID 1 BODY[] {5000}\r\nFrom: x")
			c.Close()
			return true
		}, wantBroken},
		{"refused", func(c *scriptConn, tag, command string) bool {
			if !strings.Contains(command, "BODY") {
				return false
			}
			c.say("%s NO [SERVERBUG] secret of a child", tag)
			return true
		}, func(t *testing.T, m *Mailbox, _ Fetched, err error) {
			if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "SERVERBUG") || m.Broken() {
				t.Errorf("error %v, broken %v", err, m.Broken())
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newScript(t, "")
			s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
			s.misbehave = c.answer
			a := s.account()
			a.Timeout = 300 * time.Millisecond
			m, err := Dial(context.Background(), a)
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			selectInbox(t, m)
			began := time.Now()
			f, err := m.Fetch(context.Background(), 1, 1<<20)
			c.check(t, m, f, err)
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func wantMessage(t *testing.T, _ *Mailbox, f Fetched, err error) {
	t.Helper()
	if err != nil || string(f.Raw) != mailOf("a@x", "one") {
		t.Errorf("got %q, %v", f.Raw, err)
	}
}

func wantBroken(t *testing.T, m *Mailbox, f Fetched, err error) {
	t.Helper()
	if err == nil || !m.Broken() {
		t.Errorf("got %q, %v, broken %v", f.Raw, err, m.Broken())
	}
}

func wantError(want error, broken bool) func(t *testing.T, m *Mailbox, f Fetched, err error) {
	return func(t *testing.T, m *Mailbox, _ Fetched, err error) {
		t.Helper()
		if !errors.Is(err, want) || m.Broken() != broken || IsPermanent(err) {
			t.Errorf("error %v, broken %v; want %v, %v", err, m.Broken(), want, broken)
		}
	}
}

func TestContextEndsACommand(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"))
	ctx, cancel := context.WithCancel(context.Background())
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if strings.Contains(command, "BODY") {
			cancel()
			return true
		}
		return false
	}
	m := s.dial(t)
	selectInbox(t, m)
	if _, err := m.Fetch(ctx, 1, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestListsAllUIDsWhereASearchShowsFewer(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"), mailOf("c@x", "three"))
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if !strings.HasPrefix(command, "UID SEARCH") {
			return false
		}
		c.say("* SEARCH 2")
		c.say("%s OK done", tag)
		return true
	}
	m := s.dial(t)
	selectInbox(t, m)
	uids, err := m.UIDs(context.Background())
	if err != nil || !slices.Equal(uids, []uint32{1, 2, 3}) {
		t.Errorf("uids %v, %v", uids, err)
	}
}

func TestEmptyFolder(t *testing.T) {
	s := newScript(t, "")
	m := s.dial(t)
	selectInbox(t, m)
	if uids, err := m.UIDs(context.Background()); err != nil || len(uids) > 0 {
		t.Errorf("uids %v, %v", uids, err)
	}
}

// Story 10: copies instead of moves filled the disks. A move is verified, removes the original, and may be repeated.
func TestStory10Moves(t *testing.T) {
	for _, caps := range []string{"MOVE UIDPLUS", "MOVE", "UIDPLUS", ""} {
		t.Run("caps "+caps, func(t *testing.T) {
			s := newScript(t, caps)
			s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
			m := s.dial(t)
			from := Place{"INBOX", 7, 1}
			for range 2 { // the second time it is found where it is
				to, err := m.Move(context.Background(), from, "Referrals/Accepted", "a@x")
				if err != nil || to != (Place{"Referrals/Accepted", 9, 100}) {
					t.Errorf("moved to %+v, %v", to, err)
				}
			}
			if got := s.texts("Referrals/Accepted"); !slices.Equal(got, []string{mailOf("a@x", "one")}) {
				t.Errorf("there: %q", got)
			}
			if got := s.texts("INBOX"); !slices.Equal(got, []string{mailOf("b@x", "two")}) {
				t.Errorf("left: %q", got)
			}
		})
	}
}

// After a crash between the copy and the removal the copy is used, and another message with the same Message-ID is not.
func TestMoveUsesTheCopyThatIsThere(t *testing.T) {
	for _, c := range []struct {
		there string
		want  int
	}{{mailOf("a@x", "one"), 1}, {mailOf("a@x", "another"), 2}} {
		s := newScript(t, "UIDPLUS")
		s.add("INBOX", mailOf("a@x", "one"))
		s.add("Done", c.there)
		m := s.dial(t)
		if _, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x"); err != nil {
			t.Error(err)
		}
		if got := s.texts("Done"); len(got) != c.want || !slices.Contains(got, mailOf("a@x", "one")) {
			t.Errorf("there: %q", got)
		}
		if got := s.texts("INBOX"); len(got) != 0 {
			t.Errorf("left: %q", got)
		}
	}
}

// A message that was sent twice lies beside the other, and a move that was done is not tried for ever.
func TestMoveBesideTheSameMessageID(t *testing.T) {
	for _, caps := range []string{"MOVE UIDPLUS", "MOVE"} {
		s := newScript(t, caps)
		s.add("INBOX", mailOf("a@x", "again"))
		s.add("Done", mailOf("a@x", "one"))
		m := s.dial(t)
		for range 2 {
			if to, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x"); err != nil || to.Folder != "Done" {
				t.Errorf("moved to %+v, %v", to, err)
			}
		}
		if got := s.texts("Done"); len(got) != 2 || len(s.texts("INBOX")) != 0 {
			t.Errorf("there: %q", got)
		}
	}
}

func TestMoveWithoutUIDPlusRemovesNoOther(t *testing.T) {
	s := newScript(t, "")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
	s.folders["INBOX"].messages[1].deleted = true // by a colleague
	m := s.dial(t)
	if _, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x"); !errors.Is(err, errOthersMarked) {
		t.Errorf("error %v", err)
	}
	if got := s.texts("INBOX"); len(got) != 2 {
		t.Errorf("left: %q", got)
	}
}

func TestMoveOfWhatIsGone(t *testing.T) {
	s := newScript(t, "MOVE UIDPLUS")
	m := s.dial(t)
	for _, id := range []string{"", "a@x"} {
		if _, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", id); !errors.Is(err, ErrGone) {
			t.Errorf("error %v", err)
		}
	}
}

func TestMoveFailures(t *testing.T) {
	refuse := func(code string) func(c *scriptConn, tag, command string) bool {
		return func(c *scriptConn, tag, command string) bool {
			if !strings.HasPrefix(command, "UID MOVE") {
				return false
			}
			c.say("%s NO [%s] no", tag, code)
			return true
		}
	}
	for _, c := range []struct {
		name      string
		misbehave func(c *scriptConn, tag, command string) bool
		want      string
		permanent bool
	}{
		{"quota", refuse("OVERQUOTA"), "make room", false},
		{"no permission", refuse("NOPERM"), "must allow", true},
		{"said and not done", func(c *scriptConn, tag, command string) bool {
			if strings.HasPrefix(command, "UID MOVE") {
				c.say("%s OK done", tag)
				return true
			}
			return false
		}, errNotMoved.Error(), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, "MOVE UIDPLUS")
			s.add("INBOX", mailOf("a@x", "one"))
			s.add("Done")
			s.misbehave = c.misbehave
			m := s.dial(t)
			_, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x")
			if err == nil || !strings.Contains(err.Error(), c.want) || IsPermanent(err) != c.permanent {
				t.Errorf("error %v, permanent %v", err, IsPermanent(err))
			}
			if got := s.texts("INBOX"); len(got) != 1 {
				t.Errorf("left: %q", got)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	s := newScript(t, "UIDPLUS")
	s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
	m := s.dial(t)
	for range 2 {
		if err := m.Delete(context.Background(), Place{"INBOX", 7, 1}); err != nil {
			t.Error(err)
		}
	}
	if err := m.Delete(context.Background(), Place{"INBOX", 6, 2}); !errors.Is(err, ErrGone) {
		t.Errorf("error %v", err)
	}
	if got := s.texts("INBOX"); !slices.Equal(got, []string{mailOf("b@x", "two")}) {
		t.Errorf("left: %q", got)
	}
}

func TestDialExplains(t *testing.T) {
	for _, c := range []struct {
		name      string
		misbehave func(c *scriptConn, tag, command string) bool
		change    func(*Account)
		want      string
		permanent bool
	}{
		{"password", func(c *scriptConn, tag, command string) bool {
			if strings.HasPrefix(command, "LOGIN") {
				c.say("%s NO [AUTHENTICATIONFAILED] bad", tag)
				return true
			}
			return false
		}, nil, "mail.user", true},
		{"no folders", func(c *scriptConn, tag, command string) bool {
			if strings.HasPrefix(command, "LIST") {
				c.say("%s OK done", tag)
				return true
			}
			return false
		}, nil, "full access", true},
		{"authenticated but not connected", func(c *scriptConn, tag, command string) bool {
			if strings.HasPrefix(command, "LIST") {
				c.say("%s BAD User is authenticated but not connected.", tag)
				return true
			}
			return false
		}, nil, "full access", true},
		{"no greeting", func(_ *scriptConn, _, command string) bool { return command == "GREETING" }, nil, "does not answer", false},
		{"not TLS", nil, func(a *Account) { a.TLS = "tls" }, "no TLS on this port", true},
		{"no STARTTLS", func(c *scriptConn, tag, command string) bool {
			if command == "STARTTLS" {
				c.say("%s BAD what", tag)
				return true
			}
			return false
		}, func(a *Account) { a.TLS = "starttls" }, "offers no STARTTLS", true},
		{"in clear", nil, func(a *Account) { a.Host = "mail.charity.example" }, "unprotected", true},
		{"nobody listens", nil, func(a *Account) { a.Port = 1 }, "mail.port", false},
		{"token", func(c *scriptConn, tag, command string) bool {
			if !strings.HasPrefix(command, "AUTHENTICATE") {
				return false
			}
			c.say("+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=")
			return true
		}, func(a *Account) { a.Token = func(context.Context) (string, error) { return "t", nil } }, "with status 400", true},
		{"no token", nil, func(a *Account) {
			a.Token = func(context.Context) (string, error) { return "", errors.New("the secret has expired: make a new one") }
		}, "make a new one", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newScript(t, "SASL-IR AUTH=XOAUTH2")
			s.misbehave = c.misbehave
			a := s.account()
			a.Timeout = time.Second
			if c.change != nil {
				c.change(&a)
			}
			_, err := Dial(context.Background(), a)
			if err == nil || !strings.Contains(err.Error(), c.want) || IsPermanent(err) != c.permanent {
				t.Errorf("error %v, permanent %v", err, IsPermanent(err))
			}
			login := []string{"password", "no folders", "authenticated but not connected", "token", "no token"}
			if IsLogin(err) != slices.Contains(login, c.name) {
				t.Errorf("%v is the login's fault: %t", err, IsLogin(err))
			}
		})
	}
}

func TestIdleEndsOnAHintAndOnABlackHole(t *testing.T) {
	s := newScript(t, "IDLE")
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if command == "IDLE" {
			c.say("+ idling")
			c.say("* 4 EXISTS")
			line, err := c.in.ReadString('\n')
			if err != nil || !strings.HasPrefix(line, "DONE") {
				return true
			}
			if c.heard("IDLE") < 2 {
				c.say("%s OK done", tag)
			} // and the second time never again a word
			return true
		}
		return false
	}
	a := s.account()
	a.Timeout = 300 * time.Millisecond
	m, err := Dial(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	selectInbox(t, m)
	if err := m.Idle(context.Background(), time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := m.Idle(context.Background(), time.Minute); !errors.Is(err, errSilent) {
		t.Errorf("error %v", err)
	}
}

func TestNativeNames(t *testing.T) {
	m := &Mailbox{delimiter: ".", prefix: "INBOX."}
	for in, want := range map[string]string{"inbox": "INBOX", "Referrals/Needs a person": "INBOX.Referrals.Needs a person", "INBOX.Junk": "INBOX.Junk"} {
		if got := m.native(in); got != want {
			t.Errorf("%s became %s", in, got)
		}
	}
}

func TestErrorsCarryNoMail(t *testing.T) {
	err := failing("fetching a message", &imap.Error{Type: imap.StatusResponseTypeNo, Text: "Kieran's mail"})
	if strings.Contains(fmt.Sprint(err), "Kieran") {
		t.Error(err)
	}
}
