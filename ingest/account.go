package ingest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// An Account is where the mailbox is and how it opens.
type Account struct {
	Host     string
	Port     int
	TLS      string // "tls", "starttls", or "none" on loopback only
	CAFile   string // PEM file of an own authority, or ""
	User     string
	Password string
	Token    func(context.Context) (string, error) // an OAuth 2 access token: XOAUTH2 is used when this is set; its errors say what to do
	Timeout  time.Duration                         // for every answer of the server; 0 means a minute
}

// longestCommand is the most that a command may take, however steadily the server trickles.
const longestCommand = 30 * time.Minute

func (a Account) timeout() time.Duration {
	if a.Timeout <= 0 {
		return time.Minute
	}
	return a.Timeout
}

// connect opens the connection, with TLS as told, up to the server's greeting.
func (a Account) connect(ctx context.Context, hints *imapclient.UnilateralDataHandler) (*guard, *imapclient.Client, error) {
	config, err := a.tlsConfig()
	if err != nil {
		return nil, nil, err
	}
	dialer := net.Dialer{Timeout: a.timeout()}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(a.Host, strconv.Itoa(a.Port)))
	if err != nil {
		return nil, nil, &Error{Doing: "reaching the mail server", Remedy: "Check mail.host and mail.port, and that a firewall lets this machine reach them", Err: err}
	}
	g := &guard{Conn: conn, timeout: a.timeout()}
	defer context.AfterFunc(ctx, func() { _ = g.Close() })()
	g.begin(a.timeout())
	defer g.end()
	client, err := a.greet(ctx, g, config, &imapclient.Options{TLSConfig: config, UnilateralDataHandler: hints})
	if err != nil {
		_ = g.Close() // the error above is told
		return nil, nil, a.explainTLS(cause(ctx, g, err), err)
	}
	return g, client, nil
}

// greet secures the connection and waits for the greeting.
func (a Account) greet(ctx context.Context, g *guard, config *tls.Config, o *imapclient.Options) (*imapclient.Client, error) {
	if a.TLS == "starttls" {
		client, err := imapclient.NewStartTLS(g, o)
		if err != nil {
			return nil, err
		}
		return client, client.WaitGreeting()
	}
	var conn net.Conn = g
	if a.TLS == "tls" {
		secure := tls.Client(g, config)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		conn = secure
	}
	client := imapclient.New(conn, o)
	if err := client.WaitGreeting(); err != nil {
		return nil, err
	}
	return client, nil
}

// tlsConfig checks the account's settings for TLS.
func (a Account) tlsConfig() (*tls.Config, error) {
	switch a.TLS {
	case "tls", "starttls":
	case "none":
		if ip := net.ParseIP(a.Host); a.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return nil, &Error{Doing: "reaching the mail server", Permanent: true, Err: errors.New("a password would travel unprotected"),
				Remedy: `Set mail.tls to "tls" or "starttls": "none" is for a server on this very machine`}
		}
	default:
		return nil, &Error{Doing: "reaching the mail server", Permanent: true, Err: errors.New("mail.tls is not known"), Remedy: `Set mail.tls to "tls" or "starttls"`}
	}
	config := &tls.Config{ServerName: a.Host, MinVersion: tls.VersionTLS12}
	if a.CAFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(a.CAFile)
	if err != nil {
		return nil, &Error{Doing: "reading mail.ca_file", Permanent: true, Err: err}
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, &Error{Doing: "reading mail.ca_file", Permanent: true, Err: errors.New("it holds no certificate"), Remedy: "The file must be in PEM form"}
	}
	return config, nil
}

// explainTLS tells what can be wrong before a login.
func (a Account) explainTLS(err, original error) error {
	e := &Error{Doing: "greeting the mail server", Err: err}
	var bad *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(original, &bad):
		e.Err, e.Permanent = bad, true
		e.Remedy = "The server's certificate is not trusted for this name: check mail.host, or give the server's own authority in mail.ca_file"
	case errors.As(original, &record):
		e.Err, e.Permanent = errors.New("the server speaks no TLS on this port"), true
		e.Remedy = `Port 993 goes with mail.tls = "tls", port 143 with "starttls"`
	case errors.Is(err, errSilent):
		e.Remedy = `Port 993 goes with mail.tls = "tls", port 143 with "starttls"`
	default:
		if _, answered := refused(original); answered {
			e.Err, e.Permanent, e.Remedy = failingCause(original), true, `The server offers no STARTTLS: try mail.tls = "tls" with port 993`
		}
	}
	return e
}

// failingCause returns the error as failing would tell it.
func failingCause(err error) error {
	var status *imap.Error
	if errors.As(err, &status) {
		return &refusal{status}
	}
	return err
}

// login opens the mailbox.
func (a Account) login(ctx context.Context, c *imapclient.Client) error {
	if a.Token != nil {
		token, err := a.Token(ctx)
		if err != nil {
			return &Error{Doing: "getting an access token", Login: true, Err: err}
		}
		x := &xoauth2{user: a.User, token: token}
		if err := c.Authenticate(x); err != nil {
			return x.explain(err)
		}
		return nil
	}
	if c.Caps().Has(imap.CapLoginDisabled) {
		return &Error{Doing: "logging in", Permanent: true, Login: true, Err: errors.New("the server takes no passwords here"),
			Remedy: `Set mail.tls to "tls" or "starttls", or mail.auth to "oauth"`}
	}
	err := c.Login(a.User, a.Password).Wait()
	if code, answered := refused(err); answered {
		return &Error{Doing: "logging in", Permanent: code != imap.ResponseCodeUnavailable && code != imap.ResponseCodeLimit && code != imap.ResponseCodeInUse,
			Login: true, Err: failingCause(err), Remedy: `Check mail.user and the password; Microsoft 365 takes no passwords (set mail.auth to "oauth" there), and Gmail only those of applications`}
	}
	return err
}

// xoauth2 is Google's and Microsoft's SASL mechanism of that name.
type xoauth2 struct {
	user, token string
	refusal     string // the status in the server's challenge
	refused     bool
}

var _ sasl.Client = (*xoauth2)(nil)

// Start returns the one response.
func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", fmt.Appendf(nil, "user=%s\x01auth=Bearer %s\x01\x01", x.user, x.token), nil
}

// Next refuses: the one challenge that a server sends says why the token is refused, and the connection is of no more use.
func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	var said struct {
		Status string `json:"status"`
	}
	x.refused = true
	if err := json.Unmarshal(challenge, &said); err == nil && len(said.Status) <= 20 {
		x.refusal = said.Status
	}
	return nil, errors.New("the server refuses the access token")
}

// explain tells a token that is refused from a connection that broke.
func (x *xoauth2) explain(err error) error {
	_, answered := refused(err)
	if !x.refused && !answered {
		return err
	}
	why := "the server refuses the access token"
	if status := strings.TrimSpace(x.refusal); status != "" {
		why += " with status " + status
	}
	return &Error{Doing: "logging in", Permanent: true, Login: true, Err: errors.New(why),
		Remedy: "Check that mail.user is the mailbox's address. In Microsoft 365 the application needs IMAP.AccessAsApp with an administrator's consent, and its service principal full access to the mailbox, with IMAP enabled; " +
			"in Gmail the token needs the scope https://mail.google.com/"}
}
