package ingest

import (
	"bytes"
	"context"
	"io"
	"log"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// TestAgainstMemoryServer holds that the server that the demonstration uses is understood. It starts twice with the same
// validity and the same UIDs, so that what was filed before is known by its place.
func TestAgainstMemoryServer(t *testing.T) {
	n := newNotebook()
	ctx := context.Background()
	for run := range 2 {
		account, user := startMemory(t)
		raw := []byte(mailOf("a@x", "one"))
		if _, err := user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
		w := &Watch{Account: account, Folders: []string{"INBOX"}, Largest: 1 << 20, Ledger: n}
		if filed, err := w.Once(ctx); err != nil || filed != 1-run {
			t.Errorf("filed %d, %v", filed, err)
		}
		box, err := Dial(ctx, account)
		if err != nil {
			t.Fatal(err)
		}
		defer box.Close()
		from := Place{"INBOX", n.order[0].Validity, n.order[0].UID}
		for range 2 {
			if to, err := box.Move(ctx, from, "Referrals/Accepted", "a@x"); err != nil || to.UID == 0 || to.Folder != "Referrals/Accepted" {
				t.Errorf("moved to %+v, %v", to, err)
			}
		}
		if filed, err := w.Once(ctx); err != nil || filed != 0 {
			t.Errorf("filed %d, %v", filed, err)
		}
	}
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func startMemory(t *testing.T) (Account, *imapmemserver.User) {
	t.Helper()
	user := imapmemserver.NewUser("u", "p")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	mem := imapmemserver.New()
	mem.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapMove: {}, imap.CapUIDPlus: {}, imap.CapIdle: {}},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		server.Close()
		<-ended
	})
	port := l.Addr().(*net.TCPAddr).Port
	return Account{Host: "127.0.0.1", Port: port, TLS: "none", User: "u", Password: "p", Timeout: 5 * time.Second}, user
}
