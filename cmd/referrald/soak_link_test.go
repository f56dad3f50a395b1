package main

import (
	"bufio"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A link is the network between the daemons and one server. It passes bytes on, and can lose connections, or let them go
// silent: by chance, or where a test says so.
//
//	daemon ──▶ link ──▶ server
type link struct {
	port   int // where the daemons find the server
	target string
	pass   func(l *link, near, far net.Conn)

	mu     sync.Mutex
	open   map[net.Conn]*darkness
	down   bool          // nothing passes
	life   time.Duration // on average, of a connection; 0 lets it live
	dark   int           // of a hundred that break, so many go silent instead
	chance *rand.Rand
	cuts   int
}

// newLink opens a link to a loopback port, and closes it with the test.
func newLink(t *testing.T, target int, pass func(l *link, near, far net.Conn)) *link {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &link{port: listener.Addr().(*net.TCPAddr).Port, target: net.JoinHostPort("127.0.0.1", strconv.Itoa(target)), pass: pass,
		open: map[net.Conn]*darkness{}, chance: rand.New(rand.NewPCG(uint64(target), 5))}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return // closed
			}
			go l.join(near)
		}
	}()
	return l
}

// join connects one caller with the server until either ends, or the link breaks.
func (l *link) join(near net.Conn) {
	defer near.Close()
	bare, err := net.Dial("tcp", l.target)
	if err != nil {
		return // the caller sees it
	}
	far := &darkness{Conn: bare}
	defer far.Close()
	defer l.begin(near, far)()
	l.pass(l, near, far)
}

// begin makes a connection known, and lets it break when its time has come.
func (l *link) begin(near net.Conn, far *darkness) (end func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[near] = far
	far.fell.Store(l.down)
	stop := func() bool { return false }
	if l.life > 0 {
		stop = time.AfterFunc(time.Duration(l.chance.ExpFloat64()*float64(l.life)), func() { l.cut(near) }).Stop
	}
	return func() {
		stop()
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.open, near)
	}
}

// cut breaks a connection where it stands, as a lost network does.
func (l *link) cut(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	far := l.open[c]
	if far == nil {
		return
	}
	l.cuts++
	delete(l.open, c)
	if l.chance.IntN(100) < l.dark {
		far.fell.Store(true)
		return
	}
	_ = c.Close() // both copying ends see it
}

// fall takes the whole network away: nothing passes and nobody is told, until it is lifted. What was open stays silent.
func (l *link) fall(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
	for _, far := range l.open {
		far.fell.Store(true)
	}
}

// A darkness is a connection to a server that can fall silent, in both directions, until it is closed.
type darkness struct {
	net.Conn
	fell atomic.Bool
}

func (d *darkness) Read(p []byte) (int, error) {
	for {
		n, err := d.Conn.Read(p)
		if err != nil || !d.fell.Load() {
			return n, err
		}
	}
}

func (d *darkness) Write(p []byte) (int, error) {
	if d.fell.Load() {
		return len(p), nil
	}
	return d.Conn.Write(p)
}

// shake gives each new connection a life of that length on average; 0 lets all live. Of a hundred so many go silent in the
// end.
func (l *link) shake(life time.Duration, dark int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.life, l.dark = life, dark
}

func (l *link) broken() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cuts
}

// passBytes passes on everything.
func passBytes(_ *link, near, far net.Conn) {
	ended := make(chan struct{}, 2)
	both := func(to, from net.Conn) {
		_, _ = io.Copy(to, from) // how it ended is the ends' business
		_, _ = to.Close(), from.Close()
		ended <- struct{}{}
	}
	go both(near, far)
	go both(far, near)
	<-ended
	<-ended
}

// A handed is one mail that the SMTP server took: it answered 250 to the final dot, or may have done so.
type handed struct {
	id   string // Message-ID
	at   time.Time
	lost bool // the answer did not come back over the link
}

// A postalLink is a link to an SMTP server, in plain text, which sees where a mail ends. Lose says whether the server's
// answer to the final dot of a mail is lost, and the connection with it.
type postalLink struct {
	*link
	lose func(id string) bool

	mails  sync.Mutex
	handed []handed
}

func newPostalLink(t *testing.T, target int, lose func(id string) bool) *postalLink {
	t.Helper()
	p := &postalLink{lose: lose}
	p.link = newLink(t, target, p.passMails)
	return p
}

// taken returns what the server took, by Message-ID.
func (p *postalLink) taken() map[string][]handed {
	p.mails.Lock()
	defer p.mails.Unlock()
	all := map[string][]handed{}
	for _, h := range p.handed {
		all[h.id] = append(all[h.id], h)
	}
	return all
}

// passMails passes lines on, and knows when the server's next line answers a final dot.
func (p *postalLink) passMails(_ *link, near, far net.Conn) {
	dots, ended := make(chan string, 1), make(chan struct{}, 2)
	go func() {
		p.passAnswers(near, far, dots)
		_, _ = near.Close(), far.Close()
		ended <- struct{}{}
	}()
	go func() {
		passCommands(near, far, dots)
		_, _ = near.Close(), far.Close()
		ended <- struct{}{}
	}()
	<-ended
	<-ended
}

// passCommands passes the client's lines on; before a final dot it tells which mail ends with it.
func passCommands(near, far net.Conn, dots chan<- string) {
	in, mail, id := bufio.NewReader(near), false, ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch {
		case !mail && strings.EqualFold(strings.TrimSpace(line), "DATA"):
			mail, id = true, ""
		case mail && id == "" && strings.HasPrefix(strings.ToLower(line), "message-id:"):
			_, value, _ := strings.Cut(line, ":")
			id = strings.Trim(strings.TrimSpace(value), "<>")
		case mail && line == ".\r\n":
			mail = false
			dots <- id
		}
		if _, err := io.WriteString(far, line); err != nil {
			return
		}
	}
}

// passAnswers passes the server's lines on, but for an answer that is to be lost.
func (p *postalLink) passAnswers(near, far net.Conn, dots <-chan string) {
	in := bufio.NewReader(far)
	for {
		line, err := in.ReadString('\n')
		id := ""
		select {
		case id = <-dots:
		default:
		}
		switch {
		case err != nil && id != "":
			p.record(id, true) // the link broke after the final dot: the server may have taken it
			return
		case err != nil, strings.HasPrefix(line, "2") && id != "" && p.record(id, p.lose(id)):
			return
		}
		if _, err := io.WriteString(near, line); err != nil {
			return
		}
	}
}

// record keeps that the server took a mail, and whether its answer is lost.
func (p *postalLink) record(id string, lost bool) bool {
	p.mails.Lock()
	defer p.mails.Unlock()
	p.handed = append(p.handed, handed{id, time.Now(), lost})
	return lost
}
