package notify

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A taken is one mail that the test server took.
type taken struct {
	from, to string
	raw      []byte
}

// A postOffice is a real SMTP server that keeps what it takes.
type postOffice struct {
	mechanisms []string
	mu         sync.Mutex
	mails      []taken
}

// NewSession begins a conversation.
func (o *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &counter{office: o}, nil }

func (o *postOffice) all() []taken {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.mails
}

// A counter is one conversation; it takes mail only after a login.
type counter struct {
	office   *postOffice
	loggedIn bool
	mail     taken
}

func (c *counter) Reset()        { c.mail = taken{} }
func (c *counter) Logout() error { return nil }

func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	if !c.loggedIn {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 57}, Message: "Client not authenticated to send mail"}
	}
	c.mail.from = from
	return nil
}

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.mail.to = to
	return nil
}

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.mail.raw = raw
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.mails = append(c.office.mails, c.mail)
	return nil
}

func (c *counter) AuthMechanisms() []string { return c.office.mechanisms }

const (
	goodUser     = "referrals@charity.example"
	goodPassword = "Kingfisher 7"
	goodToken    = "a-token"
)

var errLogin = &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Authentication credentials invalid for " + goodUser}

func (c *counter) enter(right bool) error {
	if !right {
		return errLogin
	}
	c.loggedIn = true
	return nil
}

func (c *counter) Auth(mechanism string) (sasl.Server, error) {
	switch mechanism {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error {
			return c.enter(user == goodUser && password == goodPassword)
		}), nil
	case sasl.Login:
		return &loginServer{enter: func(user, password string) error { return c.enter(user == goodUser && password == goodPassword) }}, nil
	case "XOAUTH2":
		return &tokenServer{c}, nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

// A loginServer asks for the name, then for the password.
type loginServer struct {
	enter func(user, password string) error
	asked int
	user  string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.asked++
	switch l.asked {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.enter(l.user, string(response))
}

// A tokenServer answers as Exchange Online does: a challenge with the status, and the refusal after the client's empty answer.
type tokenServer struct{ c *counter }

func (s *tokenServer) Next(response []byte) ([]byte, bool, error) {
	switch string(response) {
	case "user=" + goodUser + "\x01auth=Bearer " + goodToken + "\x01\x01":
		return nil, true, s.c.enter(true)
	case "":
		return nil, true, errLogin
	}
	return []byte(`{"status":"401","schemes":"bearer"}`), false, nil
}

// open starts a post office and returns the settings that reach it.
func (o *postOffice) open(t *testing.T, security string) Server {
	t.Helper()
	config, ca := certificate(t)
	srv := smtp.NewServer(o)
	srv.Domain = "localhost"
	srv.AllowInsecureAuth = security == "none"
	srv.EnableBINARYMIME, srv.EnableSMTPUTF8 = false, true
	if security != "none" {
		srv.TLSConfig = config
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if security == "tls" {
		listener = tls.NewListener(listener, config)
	}
	go func() { _ = srv.Serve(listener) }() // it ends when the test closes it
	t.Cleanup(func() { _ = srv.Close() })
	return Server{Host: "localhost", Port: port, TLS: security, CAFile: ca, User: goodUser, Password: goodPassword,
		EnvelopeFrom: "referrals@charity.example", Timeout: 10 * time.Second}
}

// certificate makes a certificate for localhost and a file with its authority.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	model := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, model, model, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, ca
}

func sender(t *testing.T, s Server) *Sender {
	t.Helper()
	out, err := NewSender(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func token(value string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return value, nil }
}

// aLetter is a real letter, with a line that begins with a dot and could end it early.
func aLetter(t *testing.T) []byte {
	t.Helper()
	l, err := composer(t, nil).Letter(letters()["acknowledgement"], envelope())
	if err != nil {
		t.Fatal(err)
	}
	return append(l.Raw, "\r\n.\r\n..\r\n.a line\r\n"...)
}

func TestLettersArriveAsTheyWereWritten(t *testing.T) {
	raw := aLetter(t)
	for _, security := range []string{"none", "starttls", "tls"} {
		for _, mechanism := range []string{"PLAIN", "LOGIN", "XOAUTH2"} {
			t.Run(security+" "+mechanism, func(t *testing.T) {
				office := &postOffice{mechanisms: []string{mechanism}}
				s := office.open(t, security)
				if mechanism == "XOAUTH2" {
					s.Token, s.Password = token(goodToken), ""
				}
				if err := sender(t, s).Send(t.Context(), "dsl@larkmoor.stoke.sch.uk", raw); err != nil {
					t.Fatal(err)
				}
				got := office.all()
				if len(got) != 1 {
					t.Fatalf("%d mails arrived, want 1", len(got))
				}
				if got[0].from != "referrals@charity.example" || got[0].to != "dsl@larkmoor.stoke.sch.uk" {
					t.Errorf("the envelope is from %s to %s", got[0].from, got[0].to)
				}
				if !bytes.Equal(got[0].raw, raw) {
					t.Error("the letter was changed on its way")
				}
			})
		}
	}
}

func TestCheckSendsNothing(t *testing.T) {
	office := &postOffice{mechanisms: []string{"PLAIN"}}
	s := sender(t, office.open(t, "starttls"))
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(office.all()); n != 0 {
		t.Errorf("%d mails arrived, want none", n)
	}
}

// TestRefusedLoginsCanBeMended: a letter waits until the operator has put the login right, and nobody's words are repeated.
func TestRefusedLoginsCanBeMended(t *testing.T) {
	for name, change := range map[string]func(*Server){
		"password": func(s *Server) { s.Password = "Sandpiper 3" },
		"token":    func(s *Server) { s.Token = token("dead-token") },
		"no token": func(s *Server) { // whoever gives tokens says what to do
			s.Token = func(context.Context) (string, error) { return "", errors.New("the secret has expired: make a new one") }
		},
		"no login":       func(s *Server) { s.User, s.Password = "", "" },
		"not trusted":    func(s *Server) { s.CAFile = "" },
		"another's name": func(s *Server) { s.Host = "127.0.0.1" },
	} {
		t.Run(name, func(t *testing.T) {
			office := &postOffice{mechanisms: []string{"PLAIN", "XOAUTH2"}}
			settings := office.open(t, "starttls")
			change(&settings)
			err := sender(t, settings).Send(t.Context(), "dsl@larkmoor.stoke.sch.uk", aLetter(t))
			var f *Failure
			if !errors.As(err, &f) {
				t.Fatalf("got %v, want a *Failure", err)
			}
			if f.Kind != Temporary || f.Remedy == "" && !strings.Contains(err.Error(), "make a new one") {
				t.Errorf("got kind %s and remedy %q, want temporary with a remedy", f.Kind, f.Remedy)
			}
			for _, secret := range []string{goodUser, goodPassword, "larkmoor", "dead-token", "Sandpiper"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error repeats %q: %v", secret, err)
				}
			}
			if len(office.all()) != 0 {
				t.Error("a letter arrived all the same")
			}
		})
	}
}

func TestSettingsAreCheckedAtOnce(t *testing.T) {
	_, err := NewSender(Server{Host: "mail host", TLS: "maybe", EnvelopeFrom: "nobody", User: "u"})
	if err == nil {
		t.Fatal("bad settings were taken")
	}
	for _, key := range []string{"smtp.host", "smtp.port", "smtp.tls", "smtp.envelope_from", "smtp.password"} {
		if !strings.Contains(err.Error(), key) {
			t.Errorf("%s is not named in: %v", key, err)
		}
	}
	_, err = NewSender(Server{Host: "mail.charity.example", Port: 25, TLS: "none", EnvelopeFrom: "a@charity.example"})
	if err == nil || !strings.Contains(err.Error(), "smtp.tls") {
		t.Errorf("letters may travel unprotected to another machine: %v", err)
	}
}
