package mailtest

import (
	"bytes"
	"fmt"
	"net"
	"net/smtp"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/template"
	"time"
)

// AuthservID is the name that the server's Authentication-Results bear.
const AuthservID = "mx.charity.example"

// Password opens every mailbox, and so does an access token of TokenFor.
const Password = "correct-horse"

// A Server is a running pair of Postfix and Dovecot.
type Server struct {
	SMTP   int    // port: any address, any sender, STARTTLS offered; a login, by Dovecot's word, is possible and not asked for
	IMAP   int    // port: STARTTLS offered; the user is the whole address
	IMAPS  int    // port: TLS at once
	CAFile string // PEM file of the authority that signed both certificates

	dir string
}

// startup bounds how long a server may take until it answers.
const startup = 30 * time.Second

// Start starts both servers and stops them when the test ends. Where one is not installed the test is skipped, or fails
// where REFERRALD_EVERYTHING is set.
func Start(t testing.TB) *Server {
	t.Helper()
	for _, binary := range []string{"/usr/sbin/dovecot", "/usr/sbin/postfix"} {
		if _, err := os.Stat(binary); err != nil {
			missing(t, binary+" is not installed; ./task test installs it")
		}
	}
	if os.Getuid() != 0 {
		if err := exec.Command("sudo", "-n", "true").Run(); err != nil {
			missing(t, "Postfix must be started by root; run as root or let sudo ask for no password")
		}
	}
	// A short path of its own: Dovecot's sockets have a limit of 107 characters.
	dir, err := os.MkdirTemp("", "mailtest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = privileged("rm", "-rf", dir).Run() })
	s := &Server{dir: dir}
	ports := freePorts(t, 5)
	s.SMTP, s.IMAP, s.IMAPS = ports[0], ports[1], ports[2]
	s.CAFile = writeCertificates(t, dir)
	s.startDovecot(t, ports[3], ports[4])
	s.startPostfix(t, ports[3], ports[4])
	return s
}

func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("REFERRALD_EVERYTHING") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// privileged returns the command as root: itself where the test runs as root, else through sudo.
func privileged(name string, args ...string) *exec.Cmd {
	if os.Getuid() == 0 {
		return exec.Command(name, args...)
	}
	return exec.Command("sudo", append([]string{"-n", name}, args...)...)
}

// freePorts returns n loopback ports that nothing listens on.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports
}

const dovecotConf = `
base_dir = {{.Dir}}/run
state_dir = {{.Dir}}/run
log_path = {{.Dir}}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {{.User}}
default_login_user = {{.User}}
default_internal_group = {{.Group}}
mail_uid = {{.User}}
mail_gid = {{.Group}}
first_valid_uid = 1
mail_location = maildir:~/Maildir
ssl = yes
ssl_cert = <{{.Dir}}/server.pem
ssl_key = <{{.Dir}}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = {{.Dir}}/oauth2.conf
}
passdb {
  driver = static
  mechanisms = plain login
  args = password={{.Password}}
}
userdb {
  driver = static
  args = uid={{.User}} gid={{.Group}} home={{.Dir}}/home/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Junk {
    special_use = \Junk
    auto = create
  }
}
service anvil {
  chroot =
}
service auth {
  inet_listener sasl {
    address = 127.0.0.1
    port = {{.SASL}}
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = {{.IMAP}}
  }
  inet_listener imaps {
    port = {{.IMAPS}}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = {{.LMTP}}
  }
}
`

const dovecotOAuth = `
introspection_url = {{.URL}}
introspection_mode = auth
username_attribute = username
active_attribute = active
active_value = true
`

func (s *Server) startDovecot(t testing.TB, lmtp, sasl int) {
	t.Helper()
	owner, group := "mail", "mail"
	if os.Getuid() != 0 {
		me, err := user.Current()
		if err != nil {
			t.Fatal(err)
		}
		mine, err := user.LookupGroupId(me.Gid)
		if err != nil {
			t.Fatal(err)
		}
		owner, group = me.Username, mine.Name
	}
	for _, sub := range []string{"run", "home"} {
		if err := os.MkdirAll(filepath.Join(s.dir, sub), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() == 0 {
		give(t, owner, filepath.Join(s.dir, "home"))
	}
	if err := os.Chmod(s.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s.write(t, "oauth2.conf", dovecotOAuth, map[string]any{"URL": startTokens(t)})
	conf := s.write(t, "dovecot.conf", dovecotConf, map[string]any{"Dir": s.dir, "User": owner, "Group": group,
		"Password": Password, "IMAP": s.IMAP, "IMAPS": s.IMAPS, "LMTP": lmtp, "SASL": sasl})
	cmd := exec.Command("/usr/sbin/dovecot", "-F", "-c", conf)
	run(t, cmd, "dovecot", filepath.Join(s.dir, "dovecot.log"), s.IMAP)
}

func give(t testing.TB, owner, path string) {
	t.Helper()
	u, err := user.Lookup(owner)
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, uid, -1); err != nil {
		t.Fatal(err)
	}
}

const postfixMain = `
compatibility_level = 3.6
queue_directory = {{.Dir}}/queue
data_directory = {{.Dir}}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.charity.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {{.Dir}}/data/postfix.log
maillog_file_prefixes = {{.Dir}}
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{{.LMTP}}
message_size_limit = 62914560
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_cert_file = {{.Dir}}/server.pem
smtpd_tls_key_file = {{.Dir}}/server.key
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{{.SASL}}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_sender_restrictions = check_sender_access regexp:{{.Dir}}/conf/verified
smtp_dns_support_level = disabled
lmtp_dns_support_level = disabled
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
lmtp_destination_concurrency_limit = 20
`

const postfixMaster = `
127.0.0.1:{{.SMTP}} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// postfixVerified stamps mail as a verifying server would: schools, police and councils pass, all others fail.
const postfixVerified = `
/@([^@>]+\.uk)>?$/ PREPEND Authentication-Results: {{.ID}}; spf=pass smtp.mailfrom=$1; dmarc=pass header.from=$1
/@([^@>]+)>?$/ PREPEND Authentication-Results: {{.ID}}; spf=fail smtp.mailfrom=$1; dmarc=fail header.from=$1
`

func (s *Server) startPostfix(t testing.TB, lmtp, sasl int) {
	t.Helper()
	for _, sub := range []string{"queue", "data", "conf"} {
		if err := os.MkdirAll(filepath.Join(s.dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	facts := map[string]any{"Dir": s.dir, "SMTP": s.SMTP, "LMTP": lmtp, "SASL": sasl, "ID": AuthservID}
	s.write(t, "conf/main.cf", postfixMain, facts)
	s.write(t, "conf/master.cf", postfixMaster, facts)
	s.write(t, "conf/verified", postfixVerified, facts)
	conf := filepath.Join(s.dir, "conf")
	if out, err := privileged("chown", "-R", "root", filepath.Join(s.dir, "queue"), conf).CombinedOutput(); err != nil {
		t.Fatalf("giving root the queue: %v\n%s", err, out)
	}
	if out, err := privileged("chown", "postfix", filepath.Join(s.dir, "data")).CombinedOutput(); err != nil {
		t.Fatalf("giving postfix its data: %v\n%s", err, out)
	}
	if out, err := privileged("/usr/sbin/postfix", "-c", conf, "start").CombinedOutput(); err != nil {
		t.Fatalf("starting postfix: %v\n%s", err, out)
	}
	t.Cleanup(func() {
		// "stop" signals the master whose process id stands in this very queue.
		if out, err := privileged("/usr/sbin/postfix", "-c", conf, "stop").CombinedOutput(); err != nil {
			t.Errorf("stopping postfix: %v\n%s", err, out)
		}
		s.tail(t, filepath.Join(s.dir, "data", "postfix.log"))
	})
	await(t, s.SMTP, "postfix")
}

// run starts the program and stops it, by its own process id, when the test ends.
func run(t testing.TB, cmd *exec.Cmd, name, log string, port int) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if t.Failed() {
			text, _ := os.ReadFile(log)
			t.Logf("%s said:\n%s%s", name, out.String(), last(text))
		}
	})
	await(t, port, name)
}

// await waits until something answers on the port.
func await(t testing.TB, port int, name string) {
	t.Helper()
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	deadline := time.Now().Add(startup)
	for time.Now().Before(deadline) {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			<-time.After(20 * time.Millisecond) // nothing tells when another program's port opens
			continue
		}
		_ = c.SetReadDeadline(deadline)
		_, err = c.Read(make([]byte, 1)) // the greeting
		c.Close()
		if err == nil {
			return
		}
	}
	t.Fatalf("%s does not answer on port %d", name, port)
}

func (s *Server) write(t testing.TB, name, text string, facts any) string {
	t.Helper()
	var b bytes.Buffer
	if err := template.Must(template.New(name).Parse(text)).Execute(&b, facts); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, bytes.TrimLeft(b.Bytes(), "\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func (s *Server) tail(t testing.TB, path string) {
	if !t.Failed() {
		return
	}
	text, err := privileged("cat", path).Output()
	if err == nil {
		t.Logf("postfix said:\n%s", last(text))
	}
}

// last returns the end of a log, enough to see what went wrong.
func last(text []byte) string {
	lines := strings.Split(string(text), "\n")
	return strings.Join(lines[max(0, len(lines)-60):], "\n")
}

// Send hands a whole message to Postfix, from and to as on its envelope.
func (s *Server) Send(from, to string, message []byte) error {
	c, err := smtp.Dial(net.JoinHostPort("127.0.0.1", strconv.Itoa(s.SMTP)))
	if err != nil {
		return fmt.Errorf("reaching postfix: %w", err)
	}
	defer c.Close()
	if err := c.Mail(from); err != nil {
		return fmt.Errorf("naming the sender: %w", err)
	}
	if err := c.Rcpt(to); err != nil {
		return fmt.Errorf("naming the recipient: %w", err)
	}
	w, err := c.Data()
	if err != nil {
		return fmt.Errorf("sending the message: %w", err)
	}
	if _, err := w.Write(message); err != nil {
		return fmt.Errorf("sending the message: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("ending the message: %w", err)
	}
	return c.Quit()
}
