package ingest

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// A guard is the connection under the IMAP library, with deadlines that the library lacks: while a command runs, every read
// must bring something within the timeout, and the command must end within its time. The library's own deadlines are
// ignored. The first timeout closes the connection and stays, since the library reads again after an error.
type guard struct {
	net.Conn
	timeout time.Duration

	mu    sync.Mutex
	until time.Time // when the running command must have ended; zero while none runs
	err   error
}

// begin starts the deadlines for a command that may take so long.
func (g *guard) begin(atMost time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.until = time.Now().Add(atMost)
	g.extend()
}

// end lets the connection rest.
func (g *guard) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.until = time.Time{}
	g.extend()
}

// extend moves the deadline, which wakes a read that waits. A closed connection says so at the read itself.
func (g *guard) extend() {
	var at time.Time
	if !g.until.IsZero() {
		if at = time.Now().Add(g.timeout); at.After(g.until) {
			at = g.until
		}
	}
	_ = g.Conn.SetReadDeadline(at)
}

func (g *guard) Read(p []byte) (int, error) {
	g.mu.Lock()
	if g.err != nil {
		defer g.mu.Unlock()
		return 0, g.err
	}
	g.extend()
	g.mu.Unlock()
	n, err := g.Conn.Read(p)
	return n, g.keep(err)
}

func (g *guard) Write(p []byte) (int, error) {
	if err := g.broken(); err != nil {
		return 0, err
	}
	_ = g.Conn.SetWriteDeadline(time.Now().Add(g.timeout)) // as for extend
	n, err := g.Conn.Write(p)
	return n, g.keep(err)
}

// keep makes the first error stay.
func (g *guard) keep(err error) error {
	if err == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		if g.err = err; errors.Is(err, os.ErrDeadlineExceeded) {
			g.err = errSilent
		}
		_ = g.Conn.Close() // the first error is the one that is told
	}
	return g.err
}

// broken returns what ended the connection, or nil.
func (g *guard) broken() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// SetDeadline, SetReadDeadline and SetWriteDeadline ignore the library: the guard's deadlines are stricter.
func (g *guard) SetDeadline(time.Time) error { return nil }

// SetReadDeadline is ignored.
func (g *guard) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline is ignored.
func (g *guard) SetWriteDeadline(time.Time) error { return nil }
