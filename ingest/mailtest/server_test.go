package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

func TestMailTravelsAndIsStamped(t *testing.T) {
	s := Start(t)
	message := []byte("From: dsl@oak.stoke.sch.uk\r\nTo: referrals@charity.example\r\nSubject: hello\r\n\r\nHello.\r\n")
	if err := s.Send("dsl@oak.stoke.sch.uk", "referrals@charity.example", message); err != nil {
		t.Fatal(err)
	}
	got := s.first(t, "referrals@charity.example")
	want := fmt.Sprintf("Authentication-Results: %s; spf=pass smtp.mailfrom=oak.stoke.sch.uk; dmarc=pass header.from=oak.stoke.sch.uk", AuthservID)
	if !bytes.Contains(got, []byte(want)) {
		t.Errorf("the message lacks %q:\n%s", want, got)
	}
}

// first waits for the first message of a mailbox.
func (s *Server) first(t *testing.T, user string) []byte {
	t.Helper()
	c, err := imapclient.DialInsecure(net.JoinHostPort("127.0.0.1", strconv.Itoa(s.IMAP)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(user, Password).Wait(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(startup); time.Now().Before(deadline); {
		box, err := c.Select("INBOX", nil).Wait()
		if err != nil {
			t.Fatal(err)
		}
		if box.NumMessages == 0 {
			continue
		}
		cmd := c.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
		defer cmd.Close()
		item := cmd.Next().Next().(imapclient.FetchItemDataBodySection)
		text, err := io.ReadAll(item.Literal)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	t.Fatal("no message arrived")
	return nil
}
