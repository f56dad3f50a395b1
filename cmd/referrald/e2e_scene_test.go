package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"

	"referrald/ingest"
	"referrald/ingest/mailtest"
	"referrald/store"
	"referrald/store/pgtest"
)

// Addresses of the end-to-end tests.
const (
	serviceAddress = "referrals@charity.example"
	teamAddress    = "team@charity.example"
	oncallAddress  = "oncall@charity.example"
)

// longest bounds every wait of the end-to-end tests for one thing to happen.
const longest = 90 * time.Second

// A scene is a mail server, a database and a configuration for daemons of the real binary.
type scene struct {
	t      *testing.T
	server *mailtest.Server
	binary string
	dir    string
	config string
	port   int // of health and metrics
	env    []string
	driver string // of the test's own look into the database
	source string
	db     *store.DB // nil until the first daemon has made the tables
	raw    *sql.DB
}

// engines runs a test on both databases, side by side.
func engines(t *testing.T, test func(*testing.T, *scene)) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, newScene(t, nil))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, newScene(t, pgtest.Start(t)))
	})
}

// newScene prepares everything but the daemon; the secrets go by the environment.
func newScene(t *testing.T, pg *pgtest.Server) *scene {
	t.Helper()
	binary, err := builtDaemon()
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{t: t, server: mailtest.Start(t), binary: binary, dir: t.TempDir(), port: freePort(t)}
	s.config = filepath.Join(s.dir, "referrald.toml")
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		t.Fatal(err)
	}
	url := "sqlite:" + filepath.Join(s.dir, "cases.db")
	s.driver, s.source = "sqlite", "file:"+filepath.Join(s.dir, "cases.db")+"?_pragma=busy_timeout(10000)"
	if pg != nil {
		url = pg.NewDatabase(t)
		s.driver, s.source = "postgres", url
	}
	s.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "REFERRALD_MAIL_PASSWORD=" + mailtest.Password,
		"REFERRALD_STORE_URL=" + url, "REFERRALD_STORE_KEY=" + base64.StdEncoding.EncodeToString(key)}
	s.write(s.config, s.configuration())
	return s
}

// configuration is the file without secrets. The digest's own times are hours away from now.
func (s *scene) configuration() string {
	return fmt.Sprintf(`
[service]
address = %q
[mail]
host = "127.0.0.1"
port = %d
tls = "tls"
ca_file = %q
user = %q
poll = "1s"
trusted_authserv_id = %q
[smtp]
host = "127.0.0.1"
port = %d
tls = "starttls"
ca_file = %q
[digest]
to = [%q]
urgent_to = [%q]
times = [%q]
[http]
listen = "127.0.0.1:%d"
[log]
level = "debug"
`, serviceAddress, s.server.IMAPS, s.server.CAFile, serviceAddress, mailtest.AuthservID, s.server.SMTP, s.server.CAFile,
		teamAddress, oncallAddress, time.Now().Add(6*time.Hour).UTC().Format("15:04"), s.port)
}

func (s *scene) write(path, text string) {
	s.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// open lets the test look into the database that the daemon works on.
func (s *scene) open() {
	s.t.Helper()
	s.await(longest, "the daemon is ready", func(context.Context) bool {
		status, _ := s.get("/readyz")
		return status == http.StatusOK
	})
	c, err := loadConfig(s.config, s.env)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.db, err = openStore(s.t.Context(), c, nil); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = s.db.Close() })
	if s.raw, err = sql.Open(s.driver, s.source); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = s.raw.Close() })
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// A daemonProcess is the real binary at work.
type daemonProcess struct {
	cmd   *exec.Cmd
	ended chan struct{}
	log   string // file
}

// start starts a daemon, and kills it when the test ends. More stands before the environment.
func (s *scene) start(more ...string) *daemonProcess {
	s.t.Helper()
	p := s.launch(more...)
	s.t.Cleanup(func() {
		p.kill()
		if s.t.Failed() {
			s.t.Logf("the daemon said:\n%s", p.said(s.t))
		}
	})
	if s.db == nil {
		s.open()
	}
	return p
}

// launch starts a daemon whose end is the caller's business.
func (s *scene) launch(more ...string) *daemonProcess {
	s.t.Helper()
	log, err := os.CreateTemp(s.dir, "log-")
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	p := &daemonProcess{cmd: exec.Command(s.binary, "run", "--config", s.config), ended: make(chan struct{}), log: log.Name()}
	p.cmd.Env, p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = append(more, s.env...), s.dir, log, log
	p.cmd.SysProcAttr = childAttributes()
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // the status is looked at where it matters
		close(p.ended)
	}()
	return p
}

// kill ends the daemon as a power cut would.
func (p *daemonProcess) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
}

// stop asks the daemon to end, and checks that it does so in time and well.
func (p *daemonProcess) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		t.Fatal("the daemon does not stop within 30 seconds of SIGTERM")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("the stopped daemon's exit status is %d, want 0", code)
	}
}

// alive fails the test where the daemon has ended by itself.
func (p *daemonProcess) alive(t *testing.T) {
	t.Helper()
	select {
	case <-p.ended:
		t.Fatalf("the daemon ended by itself: %v", p.cmd.ProcessState)
	default:
	}
}

func (p *daemonProcess) said(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(p.log)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// command runs another command of the binary to its end and returns what it prints.
func (s *scene) command(args ...string) string {
	s.t.Helper()
	cmd := exec.Command(s.binary, args...)
	cmd.Env, cmd.Dir = s.env, s.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("referrald %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// await waits until holds is true, and fails the test after the limit.
func (s *scene) await(limit time.Duration, what string, holds func(context.Context) bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), limit)
	defer cancel()
	for !holds(ctx) {
		if !store.Pause(ctx, 100*time.Millisecond) {
			s.t.Fatalf("within %s it did not come about that %s", limit, what)
		}
	}
}

// awaitFiled waits until n messages have been filed.
func (s *scene) awaitFiled(limit time.Duration, n int) {
	s.t.Helper()
	s.await(limit, fmt.Sprintf("%d messages are filed", n), func(ctx context.Context) bool { return len(s.messages(ctx)) >= n })
}

// awaitSettled waits until n messages have been filed, all are settled, and no job waits.
func (s *scene) awaitSettled(limit time.Duration, n int) {
	s.t.Helper()
	s.await(limit, fmt.Sprintf("%d messages are settled", n), func(ctx context.Context) bool {
		settled := 0
		for _, m := range s.messages(ctx) {
			if !m.Settled.IsZero() {
				settled++
			}
		}
		idle, err := s.db.Idle(ctx)
		return err == nil && idle && settled >= n
	})
}

// messages returns all that have been filed; fewer while the daemon has not made its tables.
func (s *scene) messages(ctx context.Context) (all []*store.Message) {
	for id := int64(1); ; id++ {
		m, err := s.db.Message(ctx, id)
		switch {
		case err == nil:
			all = append(all, m)
		case errors.Is(err, store.ErrUnknown) && id < s.lastMessage(ctx):
			continue // a number that a transaction drew and did not use
		default:
			return all
		}
	}
}

func (s *scene) lastMessage(ctx context.Context) (last int64) {
	_ = s.raw.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM messages").Scan(&last) // 0 while there are no tables
	return last
}

// filed returns the one message with that Message-ID as the store knows it.
func (s *scene) filed(id string) *store.Message {
	s.t.Helper()
	var found []*store.Message
	for _, m := range s.messages(s.t.Context()) {
		if m.MessageID == id {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		s.t.Fatalf("message %s was filed %d times, want once", id, len(found))
	}
	return found[0]
}

// send hands a message to the mail server.
func (s *scene) send(from string, message []byte) {
	s.t.Helper()
	if err := s.server.Send(from, serviceAddress, message); err != nil {
		s.t.Fatal(err)
	}
}

// A delivered is one mail in a mailbox.
type delivered struct {
	*ingest.Message
	Raw    string
	Folder string
}

// mails returns what lies in a user's folder; nothing where there is no such folder.
func (s *scene) mails(user, folder string) (all []delivered) {
	s.t.Helper()
	c, err := imapclient.DialInsecure(net.JoinHostPort("127.0.0.1", strconv.Itoa(s.server.IMAP)), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(user, mailtest.Password).Wait(); err != nil {
		s.t.Fatal(err)
	}
	box, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil || box.NumMessages == 0 {
		return nil
	}
	found, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range found {
		raw := f.BodySection[0].Bytes
		m, err := ingest.Open(raw, ingest.DefaultLimits())
		if err != nil {
			s.t.Fatal(err)
		}
		all = append(all, delivered{Message: m, Raw: string(raw), Folder: folder})
	}
	return all
}

// sorted returns the service's mails in INBOX, Junk and all outcomes' folders.
func (s *scene) sorted() (all []delivered) {
	s.t.Helper()
	for _, folder := range defaultConfig().Mail.OutcomeFolders {
		all = append(all, s.mails(serviceAddress, folder)...)
	}
	return append(append(all, s.mails(serviceAddress, "INBOX")...), s.mails(serviceAddress, "Junk")...)
}

// get asks the daemon's health server.
func (s *scene) get(path string) (status int, body string) {
	s.t.Helper()
	r, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d%s", s.port, path))
	if err != nil {
		return 0, ""
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, ""
	}
	return r.StatusCode, string(text)
}

// readdressed is a message with the header fields that mail servers and the sender's program would write now: without the
// old ones of the way, with a Message-ID of its own.
func readdressed(raw []byte, from, id string) []byte {
	head, body, _ := bytes.Cut(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	var out []string
	drop := false
	for _, line := range strings.Split(string(head), "\n") {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
			name, _, _ := strings.Cut(strings.ToLower(line), ":")
			switch name {
			case "return-path", "received", "authentication-results", "date", "message-id", "from", "to":
				drop = true
			default:
				drop = false
			}
		}
		if !drop {
			out = append(out, line)
		}
	}
	out = append(out, "From: "+from, "To: "+serviceAddress, "Message-ID: <"+id+">", "Date: "+time.Now().Format(time.RFC1123Z))
	text := strings.Join(out, "\n") + "\n\n" + string(body)
	return []byte(strings.ReplaceAll(text, "\n", "\r\n"))
}
