package notify

import (
	"bytes"
	"errors"
	"fmt"
	"net/mail"

	gomail "github.com/wneessen/go-mail"
)

// CanarySubject is that of each trial message.
const CanarySubject = "Trial message of the referral system"

var errCanary = errors.New("a trial message needs one recipient, a time and a Message-ID such as name@host, which nobody can guess")

// Canary writes the trial message that the system sends to itself, to see that mail leaves, arrives and is read. It is plain
// text alone, which no server needs to rewrite, and says its Message-ID once more as its last word, since some servers draw
// another. Whoever takes it for one of ours must find these words in it and no others.
func (c *Composer) Canary(e StaffEnvelope) (Mail, error) {
	id := bareID(e.MessageID)
	if id == "" || e.At.IsZero() || len(e.To) != 1 {
		return Mail{}, fmt.Errorf("writing a trial message: %w", errCanary)
	}
	to, err := bareAddress(e.To[0])
	if err != nil {
		return Mail{}, fmt.Errorf("writing a trial message: the recipient %w", err)
	}
	text := "The referral system writes to itself, to see that mail leaves, arrives and is read.\n" +
		"It takes this message away when it comes. If you read it here, please leave it where it is.\n\n" + id + "\n"
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingUSASCII))
	m.FromMailAddress(&mail.Address{Name: c.service.Name, Address: c.service.Address})
	m.ToMailAddress(&mail.Address{Address: to})
	m.SetMessageIDWithValue(id)
	m.SetDateWithValue(e.At.In(c.policy.London))
	m.Subject(CanarySubject)
	m.SetGenHeader("Auto-Submitted", generated)
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	m.SetBodyString(gomail.TypeTextPlain, crlf(text))
	var raw bytes.Buffer
	if _, err := m.WriteTo(&raw); err != nil {
		return Mail{}, fmt.Errorf("writing a trial message: %w", err)
	}
	return Mail{MessageID: id, Subject: CanarySubject, Text: text, Raw: raw.Bytes()}, nil
}
