package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/mail"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"
)

// demoMail holds the demo's messages: invented children, schools and addresses, with real Word and PDF documents.
//
//go:embed demodata/*.eml
var demoMail embed.FS

// demoPassword opens the demo's mailbox, which lives only as long as the process.
const demoPassword = "demo"

// A demoMailbox is an IMAP server in this process, with one mailbox that holds the demo's messages.
type demoMailbox struct {
	Port  int
	Names []string // of the messages, in the order of arrival

	server *imapserver.Server
}

// startDemoMailbox serves the demo's messages on a free loopback port.
func startDemoMailbox() (*demoMailbox, error) {
	user := imapmemserver.NewUser("referrals", demoPassword)
	for _, folder := range []string{"INBOX", "Junk"} {
		if err := user.Create(folder, nil); err != nil {
			return nil, fmt.Errorf("making folder %s: %w", folder, err)
		}
	}
	b := &demoMailbox{}
	if err := b.fill(user); err != nil {
		return nil, err
	}
	box := imapmemserver.New()
	box.AddUser(user)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the demo's mailbox: %w", err)
	}
	b.Port = l.Addr().(*net.TCPAddr).Port
	b.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return box.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapMove: {}, imap.CapUIDPlus: {}, imap.CapIdle: {}},
		InsecureAuth: true, // loopback only
		Logger:       log.New(io.Discard, "", 0),
	})
	go func() { _ = b.server.Serve(l) }() // ends with Close
	return b, nil
}

// Close stops the server.
func (b *demoMailbox) Close() error { return b.server.Close() }

func (b *demoMailbox) fill(user *imapmemserver.User) error {
	files, err := fs.Glob(demoMail, "demodata/*.eml")
	if err != nil {
		return fmt.Errorf("listing the demo's messages: %w", err)
	}
	for _, name := range files {
		text, err := demoMail.ReadFile(name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		arrived, err := demoArrival(text)
		if err != nil {
			return fmt.Errorf("delivering %s: %w", name, err)
		}
		if _, err := user.Append("INBOX", bytes.NewReader(text), &imap.AppendOptions{Time: arrived}); err != nil {
			return fmt.Errorf("delivering %s: %w", name, err)
		}
		b.Names = append(b.Names, name)
	}
	return nil
}

// demoArrival is when a demo's message arrives: on its own day, so that no tool grows old and no child grows up.
func demoArrival(text []byte) (time.Time, error) {
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return time.Time{}, fmt.Errorf("reading its header: %w", err)
	}
	at, err := m.Header.Date()
	if err != nil {
		return time.Time{}, fmt.Errorf("reading its day: %w", err)
	}
	return at, nil
}

// A demoPostOffice is an SMTP server in this process that keeps what is sent to it.
type demoPostOffice struct {
	Port int

	server *smtp.Server
	mu     sync.Mutex
	sent   []sentMail
}

// A sentMail is one mail that left.
type sentMail struct {
	To   string
	Text []byte
}

// startDemoPostOffice takes mail on a free loopback port.
func startDemoPostOffice() (*demoPostOffice, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the demo's post office: %w", err)
	}
	o := &demoPostOffice{Port: l.Addr().(*net.TCPAddr).Port}
	o.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &demoSession{office: o}, nil }))
	o.server.Domain = "localhost"
	o.server.ErrorLog = log.New(io.Discard, "", 0)
	go func() { _ = o.server.Serve(l) }() // ends with Close
	return o, nil
}

// Close stops the server.
func (o *demoPostOffice) Close() error {
	if err := o.server.Close(); !errors.Is(err, smtp.ErrServerClosed) {
		return err
	}
	return nil
}

// Sent returns what has been sent so far.
func (o *demoPostOffice) Sent() []sentMail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]sentMail(nil), o.sent...)
}

// Await returns once n mails have been sent, or when ctx ends.
func (o *demoPostOffice) Await(ctx context.Context, n int) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for len(o.Sent()) < n {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

type demoSession struct {
	office *demoPostOffice
	to     string
}

// Reset forgets the mail under way.
func (s *demoSession) Reset() { s.to = "" }

// Logout has nothing to free.
func (s *demoSession) Logout() error { return nil }

// Mail takes any sender.
func (s *demoSession) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes any recipient.
func (s *demoSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

// Data keeps the mail.
func (s *demoSession) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.sent = append(s.office.sent, sentMail{To: s.to, Text: text})
	return nil
}
