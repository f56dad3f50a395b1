package store

import (
	"context"
	"net"
	"sync"
	"time"
)

// How long a read or write on PostgreSQL's network may take: lib/pq heeds no context where the network has gone dark.
const (
	networkTimeout = 60 * time.Second // above the longest statement
	hurryTimeout   = 8 * time.Second  // when the daemon is to stop
)

// A network makes connections on which each read and write has its own deadline, and knows those that are open.
type network struct {
	mu       sync.Mutex
	patience time.Duration
	open     map[*guardedConn]struct{}
}

func newNetwork() *network {
	return &network{patience: networkTimeout, open: map[*guardedConn]struct{}{}}
}

// Dial makes a connection.
func (n *network) Dial(network, address string) (net.Conn, error) {
	return n.DialTimeout(network, address, networkTimeout)
}

// DialTimeout makes a connection within a time.
func (n *network) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	return n.guarded(net.DialTimeout(network, address, timeout))
}

// DialContext makes a connection while the context lasts.
func (n *network) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return n.guarded((&net.Dialer{}).DialContext(ctx, network, address))
}

func (n *network) guarded(c net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	g := &guardedConn{Conn: c, network: n}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.open[g] = struct{}{}
	return g, nil
}

// hurry shortens every wait, those that have begun too.
func (n *network) hurry() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.patience = hurryTimeout
	for c := range n.open {
		_ = c.SetDeadline(time.Now().Add(hurryTimeout)) // fails only where it is closed
	}
}

// A guardedConn is a connection of a network.
type guardedConn struct {
	net.Conn
	network *network
}

// Read reads, or gives up.
func (c *guardedConn) Read(b []byte) (int, error) {
	if err := c.limit(c.SetReadDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// Write writes, or gives up.
func (c *guardedConn) Write(b []byte) (int, error) {
	if err := c.limit(c.SetWriteDeadline); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// Close closes and forgets the connection.
func (c *guardedConn) Close() error {
	c.network.mu.Lock()
	delete(c.network.open, c)
	c.network.mu.Unlock()
	return c.Conn.Close()
}

// limit sets a deadline by the network's patience.
func (c *guardedConn) limit(set func(time.Time) error) error {
	c.network.mu.Lock()
	defer c.network.mu.Unlock()
	return set(time.Now().Add(c.network.patience))
}

// Hurry lets no talk with the database wait longer than some seconds from now on, because the process is to stop: what
// does not come through is done again by the next one.
func (db *DB) Hurry() {
	if db.engine.network != nil {
		db.engine.network.hurry()
	}
}
