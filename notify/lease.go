package notify

import (
	"net"
	"time"
)

// A lease is the connection under the SMTP library, which sets one deadline for all that follows: here every read and write
// must bring something within the timeout. The library's own deadlines are ignored.
type lease struct {
	net.Conn
	timeout time.Duration
}

func (l *lease) Read(p []byte) (int, error) {
	if err := l.Conn.SetReadDeadline(time.Now().Add(l.timeout)); err != nil {
		return 0, err
	}
	return l.Conn.Read(p)
}

func (l *lease) Write(p []byte) (int, error) {
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.timeout)); err != nil {
		return 0, err
	}
	return l.Conn.Write(p)
}

// SetDeadline, SetReadDeadline and SetWriteDeadline ignore the library.
func (l *lease) SetDeadline(time.Time) error { return nil }

// SetReadDeadline is ignored.
func (l *lease) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline is ignored.
func (l *lease) SetWriteDeadline(time.Time) error { return nil }
