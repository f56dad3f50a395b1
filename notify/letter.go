package notify

import (
	"errors"
	"fmt"
	"strings"

	"referrald/triage"
)

// A Letter is a finished mail to one who referred.
type Letter struct {
	Kind      triage.LetterKind
	To        string // the one recipient
	MessageID string // without angle brackets
	Subject   string
	Text      string // lines end in "\n"
	HTML      string
	Raw       []byte // the whole mail (RFC 5322), lines end in "\r\n"
}

// Letter writes the one letter that answers a message. Facts that are not in their closed lists, and an address or
// Message-ID that could not stand in a header, are refused with an error that does not repeat them.
func (c *Composer) Letter(f LetterFacts, e Envelope) (Letter, error) {
	body, err := c.write(&f)
	if err != nil {
		return Letter{}, fmt.Errorf("writing a letter: %w", err)
	}
	to, err := bareAddress(e.To)
	if err != nil {
		return Letter{}, fmt.Errorf("writing a letter: the recipient %w", err)
	}
	m := post{to: []string{to}, messageID: e.MessageID, inReplyTo: e.InReplyTo, references: e.References, at: e.At, submitted: replied, body: body}
	raw, err := c.raw(&m)
	if err != nil {
		return Letter{}, fmt.Errorf("writing a letter: %w", err)
	}
	return Letter{Kind: f.Kind, To: to, MessageID: bareID(e.MessageID), Subject: body.subject, Text: body.text, HTML: body.html, Raw: raw}, nil
}

// A body is what a mail says, rendered twice.
type body struct {
	subject, text, html string
	chart               []byte // the inline picture, or nil
}

// write checks the facts, has the template write, and renders.
func (c *Composer) write(f *LetterFacts) (body, error) {
	if faults := f.faults(); len(faults) > 0 {
		return body{}, errors.Join(faults...)
	}
	p := c.page(f)
	name := fileOf(f.Kind)
	if p.Several {
		name = severalFile
	}
	var text strings.Builder
	if err := c.letters.ExecuteTemplate(&text, name, p); err != nil {
		return body{}, err
	}
	subject, blocks, err := parseBlocks(text.String())
	if err != nil {
		return body{}, fmt.Errorf("%s: %w", name, err)
	}
	blocks = append([]block{{Kind: warningBlock, Text: Emergency}}, blocks...)
	return c.render(subject, blocks, nil)
}

// render makes text and HTML of the same blocks.
func (c *Composer) render(subject string, blocks []block, chart []byte) (body, error) {
	if err := oneLine(subject); err != nil {
		return body{}, fmt.Errorf("the subject: %w", err)
	}
	var html strings.Builder
	err := c.frame.Execute(&html, struct {
		Subject string
		Blocks  []block
	}{subject, blocks})
	if err != nil {
		return body{}, err
	}
	return body{subject: subject, text: plain(blocks), html: html.String(), chart: chart}, nil
}
