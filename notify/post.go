package notify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// A post is a mail before it is bytes.
type post struct {
	to         []string
	messageID  string
	inReplyTo  string
	references []string
	at         time.Time
	submitted  string // RFC 3834: how it came to be sent
	body       body
}

// Values of Auto-Submitted.
const (
	replied   = "auto-replied"
	generated = "auto-generated"
)

// chartID is the Content-ID of the digest's picture.
const chartID = "weeks.png"

const (
	longestID  = 250 // a longer Message-ID would break the limit of a header's line
	mostOfThem = 20  // of a thread's Message-IDs
)

var (
	errMessageID = errors.New("a mail needs a Message-ID such as name@host, without spaces")
	errAt        = errors.New("a mail needs the time at which it was written")
	errNobody    = errors.New("a mail needs a recipient")
)

// raw builds the whole mail. Without a chart, two calls with the same post give the same bytes, so that work done again sends
// the same letter; a chart's mail has boundaries that the library draws.
func (c *Composer) raw(p *post) ([]byte, error) {
	id := bareID(p.messageID)
	switch {
	case id == "":
		return nil, errMessageID
	case p.at.IsZero():
		return nil, errAt
	case len(p.to) == 0:
		return nil, errNobody
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	m.FromMailAddress(&mail.Address{Name: c.service.Name, Address: c.service.Address})
	var to []*mail.Address
	for _, address := range p.to {
		to = append(to, &mail.Address{Address: address})
	}
	m.ToMailAddress(to...)
	m.SetMessageIDWithValue(id)
	m.SetDateWithValue(p.at.In(c.policy.London))
	m.Subject(p.body.subject)
	p.manners(m)
	return written(m, &p.body, id)
}

// manners are what tells machines that no person wrote this, and what it belongs to (RFC 3834).
func (p *post) manners(m *gomail.Msg) {
	m.SetGenHeader("Auto-Submitted", p.submitted)
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	m.SetGenHeader("Content-Language", "en-GB")
	if id := bareID(p.inReplyTo); id != "" {
		m.SetGenHeader(gomail.HeaderInReplyTo, "<"+id+">")
	}
	if thread := p.thread(); len(thread) > 0 {
		m.SetGenHeader(gomail.HeaderReferences, strings.Join(thread, " "))
	}
}

// thread returns the Message-IDs of the thread that can stand in a header: the first, and the last ones.
func (p *post) thread() (out []string) {
	for _, r := range append(p.references[:len(p.references):len(p.references)], p.inReplyTo) {
		if id := bareID(r); id != "" && (len(out) == 0 || out[len(out)-1] != "<"+id+">") {
			out = append(out, "<"+id+">")
		}
	}
	if len(out) > mostOfThem {
		out = append(out[:1:1], out[len(out)-mostOfThem+1:]...)
	}
	return out
}

// bareID returns a Message-ID without its brackets, or "" for what could not stand in a header.
func bareID(id string) string {
	id = strings.TrimSpace(id)
	if inner, ok := strings.CutPrefix(id, "<"); ok {
		id = strings.TrimSuffix(inner, ">")
	}
	if len(id) > longestID || !visible(id) {
		return ""
	}
	return id
}

// written has the library write the mail. Its boundary is made of the Message-ID, where the parts are
// not nested, and of letters that need no quotes: the library writes it without.
func written(m *gomail.Msg, b *body, id string) ([]byte, error) {
	m.SetBodyString(gomail.TypeTextPlain, crlf(b.text))
	m.AddAlternativeString(gomail.TypeTextHTML, crlf(b.html))
	if b.chart == nil {
		sum := sha256.Sum256([]byte(id))
		m.SetBoundary("part_" + hex.EncodeToString(sum[:16]))
	} else if err := m.EmbedReader(chartID, bytes.NewReader(b.chart), gomail.WithFileContentID("<"+chartID+">"), gomail.WithFileContentType("image/png")); err != nil {
		return nil, fmt.Errorf("putting in the chart: %w", err)
	}
	var out bytes.Buffer
	if _, err := m.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("writing the mail: %w", err)
	}
	return out.Bytes(), nil
}

func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
