package notify

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"unicode"
)

// A Service is who writes: the operator's own texts, which stand in every mail.
type Service struct {
	Name               string // of the service: the sender's name, and the signature
	Address            string // of the watched mailbox: the sender of every mail
	Reach              string // how to reach a person, in whole sentences
	Hours              string // when a person looks, in whole sentences
	StokeTools         string // where Stoke-on-Trent's screening tools are found: a web address, or ""
	StaffordshireTools string // the same for Staffordshire
}

// faults returns what is wrong with the operator's texts, each with its key and what it may be.
func (s *Service) faults() (all []error) {
	for _, t := range [...]struct{ key, text string }{
		{"service.name", s.Name}, {"service.reach", s.Reach}, {"service.hours", s.Hours},
	} {
		if strings.TrimSpace(t.text) == "" {
			all = append(all, fmt.Errorf("%s: is empty; every letter needs it", t.key))
		} else if err := oneLine(t.text); err != nil {
			all = append(all, fmt.Errorf("%s: %w", t.key, err))
		}
	}
	if _, err := bareAddress(s.Address); err != nil {
		all = append(all, fmt.Errorf("service.address: %w", err))
	}
	for _, t := range [...]struct{ key, text string }{
		{"letters.stoke_tools", s.StokeTools}, {"letters.staffordshire_tools", s.StaffordshireTools},
	} {
		if t.text != "" && !webAddress(t.text) {
			all = append(all, fmt.Errorf("%s: must be a web address that begins with https://, or empty", t.key))
		}
	}
	return all
}

var errManyLines = errors.New("must be one line without control characters")

// oneLine refuses what could end a header or a line: breaks and control characters.
func oneLine(s string) error {
	if strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
	}) {
		return errManyLines
	}
	return nil
}

// webAddress tells a whole web address without anything that would end it in running text.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \"<>") && oneLine(s) == nil
}

var errAddress = errors.New("is not a plain mail address such as name@school.example")

// bareAddress returns one mail address without a name, in ASCII, as the envelope takes it.
func bareAddress(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s || len(s) > 254 || !visible(s) {
		return "", errAddress
	}
	return s, nil
}

// visible tells whether a text is ASCII without spaces, control characters and angle brackets, as addresses and
// Message-IDs are.
func visible(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' })
}
