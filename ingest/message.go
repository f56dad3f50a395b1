package ingest

import (
	"errors"
	"log/slog"
	"net/mail"
	"slices"
	"strings"
	"time"
)

// A Kind says whether and how a message was written by a machine.
type Kind string

// The kinds. Human is the zero value.
const (
	Human     Kind = ""
	AutoReply Kind = "auto_reply"
	Bounce    Kind = "bounce"
	Bulk      Kind = "bulk"
	Copier    Kind = "copier" // sent from a scanner's or no-reply address: a person's mail that no answer would reach
)

// A Message is one mail taken apart.
type Message struct {
	ID         string // Message-ID without the angle brackets, or ""
	From       string // the author's address, lower case; "" where it cannot be read
	ReplyTo    string // lower case, where replies are asked to go elsewhere than to From; else ""
	Subject    string
	Date       time.Time // as the writer's machine said; zero where it cannot be read
	ReceivedAt time.Time // the topmost Received field's date, else Date
	InReplyTo  []string  // Message-IDs without the angle brackets
	References []string
	Machine    Kind
	MachineWhy string // what told the machine: closed words
	Parts      []Part
	Defects    []string // closed sentences, each a reason to hold
	Warnings   []string // closed sentences, for the record
	Identity   string   // hex SHA-256 over Message-ID, From and PartHashes: the same message delivered again gives the same
	Bounced    []string // the Message-IDs that a bounce quotes
	PartHashes []string // hex SHA-256 of every leaf, texts without regard to line ends and trailing blanks

	authors int      // addresses in From
	results []string // Authentication-Results fields, topmost first
}

// LogValue keeps all that is personal out of logs.
func (m *Message) LogValue() slog.Value {
	return slog.GroupValue(slog.String("identity", m.Identity), slog.String("machine", string(m.Machine)), slog.Int("parts", len(m.Parts)))
}

// ErrUnreadable is returned for bytes in which nothing at all of a message is found. It is permanent.
var ErrUnreadable = errors.New("reading message: no header field is found in it")

// Open takes a message apart. Odd mail is no error: what could not be read stands in Defects and Warnings.
func Open(raw []byte, l Limits) (*Message, error) {
	h, body := readHeader(raw)
	if h.fields == 0 || h.Len() == 0 {
		return nil, ErrUnreadable
	}
	m := &Message{
		ID:         firstID(h.Get("Message-Id")),
		Subject:    h.text("Subject"),
		InReplyTo:  messageIDs(h.Get("In-Reply-To")),
		References: messageIDs(strings.Join(h.Values("References"), " ")),
		results:    h.Values("Authentication-Results"),
	}
	m.address(&h)
	m.dates(&h)
	w := walker{limits: l, left: l.Bytes}
	parts := w.entity(h, body, 0, false)
	m.Parts = w.settle(parts)
	m.note(w.notes...)
	if h.mbox {
		m.note(WarningMbox)
	}
	m.identify(w.hashes)
	m.classify(&h, &w)
	return m, nil
}

// address reads who wrote and where replies are asked to go.
func (m *Message) address(h *header) {
	from := addresses(h.Values("From"))
	m.authors = len(from)
	switch {
	case len(from) == 0:
		m.note(DefectNoFrom)
	case len(from) > 1:
		m.note(DefectManyFrom)
	}
	if len(from) > 0 {
		m.From = from[0]
	}
	for _, a := range addresses(h.Values("Reply-To")) {
		if a != m.From {
			m.ReplyTo = a
			break
		}
	}
}

// dates reads when the message was written and when our server took it.
func (m *Message) dates(h *header) {
	m.Date = parseDate(h.Get("Date"))
	for _, received := range h.Values("Received") {
		i := strings.LastIndexByte(received, ';')
		if t := parseDate(received[i+1:]); !t.IsZero() && i >= 0 {
			m.ReceivedAt = t
			return
		}
	}
	if m.ReceivedAt = m.Date; m.Date.IsZero() {
		m.note(DefectNoDate)
	}
}

// parseDate reads a mail's date in the forms that stand in mails, or returns the zero time.
func parseDate(s string) time.Time {
	s = strings.Join(strings.Fields(s), " ")
	if t, err := mail.ParseDate(s); err == nil {
		return sane(t)
	}
	if i := strings.IndexByte(s, '('); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	for _, form := range [...]string{"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST",
		"Mon, 2 Jan 2006 15:04 -0700", "Mon 2 Jan 2006 15:04:05 -0700", "Mon, 2 January 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05",
		"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", time.RFC3339} {
		if t, err := time.Parse(form, s); err == nil {
			return sane(t)
		}
	}
	return time.Time{}
}

// sane keeps years that can be written as RFC 3339.
func sane(t time.Time) time.Time {
	if t = t.UTC(); t.Year() < 1970 || t.Year() > 9998 {
		return time.Time{}
	}
	return t
}

// note records defects and warnings, each once.
func (m *Message) note(notes ...string) {
	for _, n := range notes {
		list := &m.Defects
		switch n {
		case WarningHeader, WarningBase64, WarningNoCharset, WarningMbox:
			list = &m.Warnings
		}
		if n != "" && !slices.Contains(*list, n) {
			*list = append(*list, n)
		}
	}
}
