package notify

import (
	"fmt"
	"strings"
	"time"
)

// A StaffEnvelope is where a mail to staff goes.
type StaffEnvelope struct {
	To        []string // plain addresses; the mail is handed over for each of them by itself
	MessageID string   // drawn once and kept; with or without angle brackets
	At        time.Time
}

// A Mail is a finished mail to staff.
type Mail struct {
	MessageID string // without angle brackets
	Subject   string
	Text      string // lines end in "\n"
	HTML      string
	Raw       []byte // the whole mail (RFC 5322)
	Chart     []byte // the digest's picture (PNG), or nil
}

// mail finishes what is written to staff.
func (c *Composer) mail(subject string, blocks []block, chart []byte, e *StaffEnvelope) (Mail, error) {
	var to []string
	for _, a := range e.To {
		address, err := bareAddress(a)
		if err != nil {
			return Mail{}, fmt.Errorf("a recipient %w", err)
		}
		to = append(to, address)
	}
	blocks = append(blocks, block{Kind: smallBlock, Text: "This mail was written by itself and names nobody. " + c.service.Name})
	b, err := c.render(subject, blocks, chart)
	if err != nil {
		return Mail{}, err
	}
	raw, err := c.raw(&post{to: to, messageID: e.MessageID, at: e.At, submitted: generated, body: b})
	if err != nil {
		return Mail{}, err
	}
	return Mail{MessageID: bareID(e.MessageID), Subject: subject, Text: b.text, HTML: b.html, Raw: raw, Chart: chart}, nil
}

// shown returns a reference as a mail to staff shows it: what is none is not shown, whatever stands there.
func (r Reference) shown() string {
	if !r.Valid() {
		return "(no reference)"
	}
	return string(r)
}

// ago says how long something waits, in its two largest units at most.
func ago(from, to time.Time) string {
	d := to.Sub(from)
	switch {
	case from.IsZero():
		return "an unknown time"
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return count(int(d/time.Minute), "minute")
	case d < 24*time.Hour:
		return count(int(d/time.Hour), "hour")
	}
	days, hours := int(d/(24*time.Hour)), int(d/time.Hour)%24
	if hours == 0 || days > 6 {
		return count(days, "day")
	}
	return count(days, "day") + " " + count(hours, "hour")
}

// count writes a number with its noun, which has a plural in s.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// sentence makes a sentence's first letter large.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
