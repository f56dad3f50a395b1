package ingest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A script is a small IMAP server that keeps a mailbox and misbehaves as told.
type script struct {
	caps string

	mu      sync.Mutex
	folders map[string]*scriptFolder
	said    []string // the commands, without their tags
	logins  int

	// misbehave may answer a command itself; true says that it has. It is set before the first connection.
	misbehave func(c *scriptConn, tag, command string) bool

	port  int
	start func() // serves from the first account on
}

type scriptFolder struct {
	validity, next uint32
	messages       []scriptMessage
}

type scriptMessage struct {
	uid     uint32
	raw     string
	deleted bool
}

type scriptConn struct {
	*script
	net.Conn
	in       *bufio.Reader
	selected string
}

func newScript(t testing.TB, caps string) *script {
	t.Helper()
	s := &script{caps: strings.TrimSpace("IMAP4rev1 " + caps), folders: map[string]*scriptFolder{"INBOX": {validity: 7, next: 1}}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	var open sync.WaitGroup
	var conns sync.Map
	s.start = sync.OnceFunc(func() {
		open.Go(func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				conns.Store(c, true)
				open.Go(func() { s.serve(c) })
			}
		})
	})
	t.Cleanup(func() {
		l.Close()
		conns.Range(func(c, _ any) bool { c.(net.Conn).Close(); return true })
		open.Wait()
	})
	return s
}

// add puts messages into a folder, which is made where it is missing.
func (s *script) add(folder string, raws ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.folders[folder]
	if f == nil {
		f = &scriptFolder{validity: 9, next: 100}
		s.folders[folder] = f
	}
	for _, raw := range raws {
		f.messages = append(f.messages, scriptMessage{uid: f.next, raw: raw})
		f.next++
	}
}

func (s *script) texts(folder string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	if f := s.folders[folder]; f != nil {
		for _, m := range f.messages {
			out = append(out, m.raw)
		}
	}
	return out
}

func (s *script) heard(command string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.said {
		if strings.HasPrefix(c, command) {
			n++
		}
	}
	return n
}

func (s *script) account() Account {
	s.start()
	return Account{Host: "127.0.0.1", Port: s.port, TLS: "none", User: "referrals@charity.example", Password: "x", Timeout: 5 * time.Second}
}

func (s *script) dial(t *testing.T) *Mailbox {
	t.Helper()
	m, err := Dial(context.Background(), s.account())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func (s *script) serve(conn net.Conn) {
	defer conn.Close()
	c := &scriptConn{script: s, Conn: conn, in: bufio.NewReader(conn)}
	if s.misbehave == nil || !s.misbehave(c, "", "GREETING") {
		c.say("* OK [CAPABILITY %s] ready", s.caps)
	}
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return
		}
		tag, command, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		s.mu.Lock()
		s.said = append(s.said, command)
		s.mu.Unlock()
		if s.misbehave != nil && s.misbehave(c, tag, command) {
			continue
		}
		c.answer(tag, command)
		if command == "LOGOUT" {
			return
		}
	}
}

// say writes one line; whoever stopped reading needs no more.
func (c *scriptConn) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c, format+"\r\n", args...)
}

func (c *scriptConn) answer(tag, command string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	words := strings.Fields(command)
	if len(words) == 0 {
		c.say("* BAD what")
		return
	}
	name := words[0]
	if name == "UID" {
		name += " " + words[1]
	}
	switch name {
	case "CAPABILITY":
		c.say("* CAPABILITY %s", c.caps)
	case "LOGIN":
		c.logins++
	case "LOGOUT":
		c.say("* BYE")
	case "LIST":
		for f := range c.folders {
			c.say(`* LIST () "/" %q`, f)
		}
	case "SELECT":
		c.selectFolder(tag, unquoteArg(command))
		return
	case "UID SEARCH", "SEARCH":
		c.search(name, command)
	case "UID FETCH", "FETCH":
		c.fetchMessages(name, words)
	case "UID STORE":
		c.each(words[2], func(m *scriptMessage) { m.deleted = true })
	case "UID EXPUNGE", "EXPUNGE":
		c.expunge(name, words)
	case "UID COPY", "UID MOVE":
		c.transfer(tag, name, words[2], unquoteArg(command))
		return
	case "CREATE":
		c.folders[unquoteArg(command)] = &scriptFolder{validity: 9, next: 100}
	case "IDLE":
		c.say("+ idling")
		return
	case "DONE":
		return
	}
	c.say("%s OK done", tag)
}

func (c *scriptConn) selectFolder(tag, name string) {
	f := c.folders[name]
	if f == nil {
		c.say("%s NO [NONEXISTENT] no such folder", tag)
		return
	}
	c.selected = name
	c.say("* FLAGS (\\Seen \\Deleted)")
	c.say("* OK [PERMANENTFLAGS (\\Seen \\Deleted)] ok")
	c.say("* %d EXISTS", len(f.messages))
	c.say("* OK [UIDVALIDITY %d] ok", f.validity)
	c.say("* OK [UIDNEXT %d] ok", f.next)
	c.say("%s OK [READ-WRITE] done", tag)
}

var uidArg = regexp.MustCompile(`\bUID (\d+)`)

func (c *scriptConn) search(name, command string) {
	_, id, byID := strings.Cut(command, "HEADER")
	id = id[strings.IndexByte(id, '<')+1:]
	var out []string
	for i, m := range c.folders[c.selected].messages {
		if byID && !strings.Contains(m.raw, "<"+strings.Trim(id, `<>"`)+">") {
			continue
		}
		if strings.Contains(command, "DELETED") && !m.deleted {
			continue
		}
		if want := uidArg.FindStringSubmatch(strings.TrimPrefix(command, "UID SEARCH")); want != nil && want[1] != fmt.Sprint(m.uid) {
			continue
		}
		if name == "SEARCH" {
			out = append(out, fmt.Sprint(i+1))
		} else {
			out = append(out, fmt.Sprint(m.uid))
		}
	}
	c.say("* SEARCH %s", strings.Join(out, " "))
}

func (c *scriptConn) each(arg string, do func(*scriptMessage)) {
	uid, err := strconv.ParseUint(arg, 10, 32)
	for i := range c.folders[c.selected].messages {
		if m := &c.folders[c.selected].messages[i]; err == nil && m.uid == uint32(uid) {
			do(m)
		}
	}
}

func (c *scriptConn) fetchMessages(name string, words []string) {
	want := words[len(words)-1]
	arg := words[1]
	if name == "UID FETCH" {
		arg = words[2]
	}
	for i, m := range c.folders[c.selected].messages {
		if name == "UID FETCH" && arg != fmt.Sprint(m.uid) || name == "FETCH" && arg != "1:*" && arg != fmt.Sprint(i+1) {
			continue
		}
		text := m.raw
		switch {
		case strings.Contains(want, "BODY.PEEK[HEADER]"):
			head, _, _ := strings.Cut(text, "\r\n\r\n")
			head += "\r\n\r\n"
			c.say("* %d FETCH (UID %d BODY[HEADER] {%d}\r\n%s)", i+1, m.uid, len(head), head)
		case strings.Contains(want, "BODY.PEEK[]"):
			c.say("* %d FETCH (UID %d BODY[] {%d}\r\n%s)", i+1, m.uid, len(text), text)
		case strings.Contains(strings.Join(words, " "), "INTERNALDATE"):
			c.say(`* %d FETCH (UID %d INTERNALDATE "12-Oct-2026 09:00:00 +0100" RFC822.SIZE %d)`, i+1, m.uid, len(text))
		default:
			c.say("* %d FETCH (UID %d)", i+1, m.uid)
		}
	}
}

func (c *scriptConn) expunge(name string, words []string) {
	f := c.folders[c.selected]
	f.messages = slices.DeleteFunc(f.messages, func(m scriptMessage) bool {
		return m.deleted && (name == "EXPUNGE" || words[2] == fmt.Sprint(m.uid))
	})
}

func (c *scriptConn) transfer(tag, name, uid, folder string) {
	to := c.folders[folder]
	if to == nil {
		c.say("%s NO [TRYCREATE] no such folder", tag)
		return
	}
	from := c.folders[c.selected]
	for i, m := range from.messages {
		if fmt.Sprint(m.uid) != uid {
			continue
		}
		to.messages = append(to.messages, scriptMessage{uid: to.next, raw: m.raw})
		to.next++
		if name == "UID MOVE" {
			from.messages = slices.Delete(from.messages, i, i+1)
			c.say("* %d EXPUNGE", i+1)
		}
		if strings.Contains(c.caps, "UIDPLUS") {
			c.say("%s OK [COPYUID %d %d %d] done", tag, to.validity, m.uid, to.next-1)
			return
		}
		break
	}
	c.say("%s OK done", tag)
}

// unquoteArg returns a command's last argument.
func unquoteArg(command string) string {
	if i := strings.IndexByte(command, '"'); i >= 0 {
		return strings.Trim(command[i:], `"`)
	}
	return command[strings.LastIndexByte(command, ' ')+1:]
}

// A notebook is a ledger in memory.
type notebook struct {
	mu    sync.Mutex
	filed map[Place]Fetched
	order []Place
	tries map[Place]int
	fail  func(Fetched) error
}

func newNotebook() *notebook {
	return &notebook{filed: map[Place]Fetched{}, tries: map[Place]int{}}
}

func (n *notebook) Unknown(_ context.Context, f Folder, uids []uint32) ([]uint32, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(uids), func(uid uint32) bool {
		_, known := n.filed[Place{f.Name, f.Validity, uid}]
		return known
	}), nil
}

func (n *notebook) Attempt(_ context.Context, p Place) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tries[p]++
	return n.tries[p], nil
}

func (n *notebook) File(_ context.Context, f Fetched) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail != nil {
		if err := n.fail(f); err != nil {
			return err
		}
	}
	n.filed[f.Place] = f
	n.order = append(n.order, f.Place)
	return nil
}

func (n *notebook) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.filed)
}

// mailOf makes a small message.
func mailOf(id, words string) string {
	return "From: dsl@oak.stoke.sch.uk\r\nMessage-ID: <" + id + ">\r\nDate: Mon, 12 Oct 2026 09:00:00 +0100\r\n\r\n" + words + "\r\n"
}
