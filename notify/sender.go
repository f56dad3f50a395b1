package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// A Sender hands finished mails to a mail server, one recipient and one connection each. It may be used by any number of
// goroutines at once.
type Sender struct {
	server Server
	tls    *tls.Config
}

// NewSender checks the settings; all that is wrong with them is in the error. It opens no connection: see Check.
func NewSender(s Server) (*Sender, error) {
	faults := s.faults()
	config, err := s.tlsConfig()
	if err != nil {
		faults = append(faults, err)
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("preparing to send: %w", errors.Join(faults...))
	}
	return &Sender{server: s, tls: config}, nil
}

// goodbye bounds the farewell: until Send returns nobody has written down that the letter left.
const goodbye = 2 * time.Second

// slowest is how many timeouts a whole sending may take, however steadily the server trickles.
const slowest = 10

// Send hands one finished mail to the server for one recipient. A nil error says that the server has taken it; what happens
// to the connection afterwards does not count. Other errors are a *Failure.
func (s *Sender) Send(ctx context.Context, to string, raw []byte) error {
	to, err := bareAddress(to)
	if err != nil {
		return &Failure{Kind: Permanent, Doing: checking, Cause: fmt.Errorf("the recipient %w", err)}
	}
	if !bytes.Contains(raw, []byte("\r\n\r\n")) {
		return &Failure{Kind: Permanent, Doing: checking, Cause: errors.New("it is no whole mail")}
	}
	return s.within(ctx, func(c *smtp.Client) *Failure { return s.deliver(c, to, raw) })
}

// Check connects, logs in, asks whether the server listens and leaves. Its error says what to do.
func (s *Sender) Check(ctx context.Context) error {
	return s.within(ctx, func(c *smtp.Client) *Failure {
		if err := c.Noop(); err != nil {
			return failing(asking, err)
		}
		return nil
	})
}

// within opens a connection, works with it and closes it. When ctx ends the connection is closed, whatever waits.
func (s *Sender) within(ctx context.Context, work func(*smtp.Client) *Failure) error {
	ctx, cancel := context.WithTimeout(ctx, slowest*s.server.timeout())
	defer cancel()
	var conn net.Conn
	stop := func() bool { return false }
	defer func() { stop() }()
	client, failure := s.open(ctx, func(c net.Conn) {
		conn = c
		stop = context.AfterFunc(ctx, func() { _ = conn.Close() }) // the context's error is told
	})
	if failure == nil {
		failure = work(client)
		if failure == nil {
			leave := time.AfterFunc(goodbye, func() { _ = conn.Close() })
			_ = client.Quit() // the server has the letter already
			leave.Stop()
		}
		_ = client.Close() // as above
	} else if conn != nil {
		_ = conn.Close() // the failure is told
	}
	if failure == nil {
		return nil
	}
	if failure.Code == 0 && ctx.Err() != nil {
		failure.Cause = context.Cause(ctx)
	}
	return failure
}

// open connects and logs in. The connection is shown as soon as there is one.
func (s *Sender) open(ctx context.Context, opened func(net.Conn)) (*smtp.Client, *Failure) {
	client, err := gomail.NewClient(s.server.Host, s.options(opened)...)
	if err != nil {
		return nil, &Failure{Kind: Temporary, Doing: reaching, Cause: err}
	}
	c, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, s.unreached(err)
	}
	if failure := s.login(ctx, c); failure != nil {
		_ = c.Close() // the failure is told
		return nil, failure
	}
	return c, nil
}

// options set the library up: TLS as told and never less, no login (see login), no SMTPUTF8, since addresses are ASCII.
func (s *Sender) options(opened func(net.Conn)) []gomail.Option {
	policy := gomail.NoTLS
	if s.server.TLS == "starttls" {
		policy = gomail.TLSMandatory
	}
	return []gomail.Option{
		gomail.WithTLSPolicy(policy), gomail.WithTLSConfig(s.tls), gomail.WithPort(s.server.Port), gomail.WithSMTPAuth(gomail.SMTPAuthNoAuth),
		gomail.WithTimeout(s.server.timeout()), gomail.WithoutSMTPUTF8(), gomail.WithHELO(s.name()),
		gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			return s.dial(ctx, network, address, opened)
		}),
	}
}

// name is how we greet the server: by the domain of our own address.
func (s *Sender) name() string {
	return s.server.EnvelopeFrom[strings.LastIndexByte(s.server.EnvelopeFrom, '@')+1:]
}

func (s *Sender) dial(ctx context.Context, network, address string, opened func(net.Conn)) (net.Conn, error) {
	dialer := net.Dialer{Timeout: s.server.timeout()}
	bare, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := &lease{Conn: bare, timeout: s.server.timeout()}
	opened(conn)
	if s.server.TLS != "tls" {
		return conn, nil
	}
	secure := tls.Client(conn, s.tls)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secure, nil
}

// unreached says what can be wrong before a login.
func (s *Sender) unreached(err error) *Failure {
	f := failing(greeting, err)
	var dial *net.OpError
	var bad *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case f.Code != 0:
	case errors.As(err, &bad):
		f.Cause = bad
		f.Remedy = "The server's certificate is not trusted for this name: check smtp.host, or give the server's own authority in smtp.ca_file"
	case errors.As(err, &record):
		f.Cause = errors.New("the server speaks no TLS on this port")
		f.Remedy = `Port 465 goes with smtp.tls = "tls", port 587 with "starttls"`
	case errors.As(err, &dial) && dial.Op == "dial":
		f.Doing = reaching
		f.Remedy = "Check smtp.host and smtp.port, and that a firewall lets this machine reach them"
	case s.server.TLS == "starttls":
		f.Remedy = `The server may offer no STARTTLS on this port: port 587 goes with smtp.tls = "starttls", port 465 with "tls"`
	}
	return f
}

// login chooses the login that the settings are for. Over an unprotected connection, on loopback alone, it is allowed.
func (s *Sender) login(ctx context.Context, c *smtp.Client) *Failure {
	if s.server.User == "" {
		return nil
	}
	_, offered := c.Extension("AUTH")
	auth, err := s.auth(ctx, strings.Fields(strings.ToUpper(offered)))
	if err != nil {
		return err
	}
	if err := c.Auth(auth); err != nil {
		return failing(loggingIn, err)
	}
	return nil
}

func (s *Sender) auth(ctx context.Context, offered []string) (smtp.Auth, *Failure) {
	has := func(mechanism string) bool {
		for _, o := range offered {
			if o == mechanism {
				return true
			}
		}
		return false
	}
	switch {
	case s.server.Token != nil && has("XOAUTH2"):
		token, err := s.server.Token(ctx)
		if err != nil {
			return nil, &Failure{Kind: Temporary, Doing: tokening, Cause: err} // its words say what to do
		}
		return smtp.XOAuth2Auth(s.server.User, token), nil
	case s.server.Token != nil:
		return nil, &Failure{Kind: Temporary, Doing: loggingIn, Cause: errors.New("the server offers no XOAUTH2"), Remedy: `Set smtp.auth = "password", or enable OAuth at the server`}
	case has("PLAIN"):
		return smtp.PlainAuth("", s.server.User, s.server.Password, s.server.Host, s.server.TLS == "none"), nil
	case has("LOGIN"):
		return smtp.LoginAuth(s.server.User, s.server.Password, s.server.Host, s.server.TLS == "none"), nil
	}
	return nil, &Failure{Kind: Temporary, Doing: loggingIn, Cause: errors.New("the server offers no login that we know"), Remedy: "Leave smtp.user empty if it asks for none; Microsoft 365 wants smtp.auth = \"oauth\""}
}

// deliver is one transaction. Before the final dot nothing has left; after it only the server's answer tells.
func (s *Sender) deliver(c *smtp.Client, to string, raw []byte) *Failure {
	if err := c.Mail("<" + s.server.EnvelopeFrom + ">"); err != nil {
		return failing(naming, err)
	}
	if err := c.Rcpt("<" + to + ">"); err != nil {
		return failing(reciting, err)
	}
	w, err := c.Data()
	if err != nil {
		return failing(offering, err)
	}
	if _, err := w.Write(raw); err != nil {
		return failing(writing, err)
	}
	if err := w.Close(); err != nil {
		f := failing(handing, err)
		if f.Code == 0 {
			f.Kind = Unknown
		}
		return f
	}
	return nil
}
