package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-imap/v2"
)

func sumOf(raw string) string {
	s := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(s[:])
}

// A message is removed wherever people moved or copied it, and no other with the same Message-ID is.
func TestPurgeFindsWhatWasMoved(t *testing.T) {
	one, other := mailOf("a@x", "one"), mailOf("a@x", "another's words under the same Message-ID")
	for name, at := range map[string]Place{
		"at its place":          {"INBOX", 7, 1},
		"moved away":            {"INBOX", 7, 9},
		"folder numbered anew":  {"INBOX", 6, 1},
		"folder is there never": {"Renamed", 7, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, "UIDPLUS")
			s.add("INBOX", one, mailOf("b@x", "two"))
			s.add("Kim's own", other, one)
			s.add("Trash", one)
			m := s.dial(t)
			for range 2 { // the second time there is nothing to do
				if err := m.Purge(context.Background(), at, "a@x", sumOf(one)); err != nil {
					t.Fatal(err)
				}
			}
			left := slices.Concat(s.texts("INBOX"), s.texts("Kim's own"), s.texts("Trash"))
			if !slices.Equal(left, []string{mailOf("b@x", "two"), other}) {
				t.Errorf("left %q", left)
			}
		})
	}
}

// Where nothing tells a message from others, its place alone does.
func TestPurgeByThePlaceAlone(t *testing.T) {
	s := newScript(t, "UIDPLUS")
	s.add("INBOX", mailOf("a@x", "one"))
	s.add("Done", mailOf("a@x", "one"))
	if err := s.dial(t).Purge(context.Background(), Place{"INBOX", 7, 1}, "a@x", ""); err != nil {
		t.Fatal(err)
	}
	if len(s.texts("INBOX")) != 0 || len(s.texts("Done")) != 1 {
		t.Errorf("left %q, %q", s.texts("INBOX"), s.texts("Done"))
	}
}

// What cannot be removed is told, so that it is tried again.
func TestPurgeTellsWhatIsLeft(t *testing.T) {
	s := newScript(t, "UIDPLUS")
	s.add("INBOX", mailOf("a@x", "one"))
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if !strings.HasPrefix(command, "UID STORE") {
			return false
		}
		c.say("%s NO [NOPERM] not yours", tag)
		return true
	}
	for _, at := range []Place{{"INBOX", 7, 1}, {"INBOX", 6, 1}} {
		var told *Error
		if err := s.dial(t).Purge(context.Background(), at, "a@x", sumOf(mailOf("a@x", "one"))); !errors.As(err, &told) || !told.Permanent {
			t.Errorf("from %+v: %v", at, err)
		}
	}
}

// A copy that the server only says it has removed is still to be removed.
func TestPurgeBelievesNoServer(t *testing.T) {
	s := newScript(t, "UIDPLUS")
	s.add("Kim", mailOf("a@x", "one"))
	s.misbehave = func(c *scriptConn, tag, command string) bool {
		if !strings.HasPrefix(command, "UID EXPUNGE") {
			return false
		}
		c.say("%s OK done", tag)
		return true
	}
	if err := s.dial(t).Purge(context.Background(), Place{"INBOX", 7, 1}, "a@x", sumOf(mailOf("a@x", "one"))); !errors.Is(err, errNotMoved) {
		t.Errorf("purging says %v", err)
	}
}

// A folder that the server does not open just now may hold the message: it is neither gone nor removed, and it is tried again.
func TestWhatIsRefusedForNowIsNotGone(t *testing.T) {
	for _, refusal := range []string{"NO [UNAVAILABLE] later", "NO [SERVERBUG] internal error", "NO [INUSE] held", "BAD User is authenticated but not connected."} {
		for _, folder := range []string{"INBOX", "Kim"} {
			s := newScript(t, "UIDPLUS")
			s.add(folder, mailOf("a@x", "one"))
			var well atomic.Bool
			s.misbehave = func(c *scriptConn, tag, command string) bool {
				if well.Load() || !strings.HasPrefix(command, "SELECT") {
					return false
				}
				c.say("%s %s", tag, refusal)
				return true
			}
			m, at := s.dial(t), Place{folder, 7, 1}
			if _, err := m.Move(context.Background(), at, "Done", "a@x"); err == nil || errors.Is(err, ErrGone) {
				t.Errorf("%s, %s: moving says %v", folder, refusal, err)
			}
			if err := m.Purge(context.Background(), at, "a@x", sumOf(mailOf("a@x", "one"))); err == nil {
				t.Errorf("%s, %s: purging says that nothing is left", folder, refusal)
			}
			well.Store(true)
			if err := m.Purge(context.Background(), at, "a@x", sumOf(mailOf("a@x", "one"))); err != nil || len(s.texts(folder)) > 0 {
				t.Errorf("%s, %s: in the end %v, left %q", folder, refusal, err, s.texts(folder))
			}
		}
	}
}

// A copy of our own letter is looked for among what was sent alone: whoever writes to us may use its Message-ID.
func TestPurgeOfWhatWasSent(t *testing.T) {
	for _, sent := range []string{"Sent", "Sent Items", "Archive/Sent Messages", `Gesendet`} {
		s := newScript(t, "UIDPLUS")
		s.add("INBOX", mailOf("l@x", "a school's mail"))
		s.add(sent, "X-Written: anew\r\n"+mailOf("l@x", "our letter"), mailOf("b@x", "kim's own"))
		s.misbehave = func(c *scriptConn, tag, command string) bool {
			if !strings.HasPrefix(command, "LIST") || sent != "Gesendet" {
				return false
			}
			c.say(`* LIST () "/" INBOX`)
			c.say(`* LIST (\Sent) "/" Gesendet`)
			c.say(`* LIST (\NoSelect \Sent) "/" Sent`)
			c.say("%s OK done", tag)
			return true
		}
		if err := s.dial(t).PurgeSent(context.Background(), "l@x"); err != nil {
			t.Fatal(err)
		}
		if len(s.texts("INBOX")) != 1 || !slices.Equal(s.texts(sent), []string{mailOf("b@x", "kim's own")}) {
			t.Errorf("%s: left %q, %q", sent, s.texts("INBOX"), s.texts(sent))
		}
	}
}

// No keyword of ours is ever set, since many servers keep none: the one flag that is used is that of RFC 9051 for removing.
func TestNoKeywordIsSet(t *testing.T) {
	for _, caps := range []string{"", "UIDPLUS", "MOVE UIDPLUS"} {
		s := newScript(t, caps)
		s.add("INBOX", mailOf("a@x", "one"), mailOf("b@x", "two"))
		m := s.dial(t)
		if _, err := m.Move(context.Background(), Place{"INBOX", 7, 1}, "Done", "a@x"); err != nil {
			t.Fatal(err)
		}
		if err := m.Delete(context.Background(), Place{"INBOX", 7, 2}); err != nil {
			t.Fatal(err)
		}
		for _, c := range s.said {
			if strings.Contains(c, "FLAGS") && !strings.HasSuffix(c, `(`+string(imap.FlagDeleted)+`)`) {
				t.Errorf("%q: said %q", caps, c)
			}
		}
	}
}
