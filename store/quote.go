package store

import (
	"context"
	"fmt"
	"strings"

	"referrald/notify"
	"referrald/triage"
)

// A Quote is a case that a message refers to by one of our references or by a Message-ID.
type Quote struct {
	Reference    string // of the message that opened the case
	SenderDomain string // of whoever referred, lower case; "" where it was erased
	Accepted     bool   // a case of it is accepted, or was
	By           string // ByReference, ByLetter or ByMessage
	Erased       bool
}

// How a message may refer to a case.
const (
	ByReference = "reference" // it names our reference
	ByLetter    = "letter"    // it answers a letter of ours
	ByMessage   = "message"   // it answers the referral itself, as a school does that writes to its own thread
)

// maxQuoted bounds how many of a message's references are looked up; a hostile mail can name thousands.
const maxQuoted = 100

// Quoted returns the cases that a message refers to, each once, by the surest way in which it does: our reference, a letter,
// the referral itself.
func (db *DB) Quoted(ctx context.Context, messageIDs, references []string) (out []Quote, err error) {
	err = db.read(ctx, func(t *tx) error {
		found, err := t.quoted(messageIDs, references)
		if err != nil {
			return err
		}
		for _, q := range found {
			if err := t.fill(&q); err != nil {
				return err
			}
			out = append(out, q)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the case that a message refers to: %w", err)
	}
	return out, nil
}

func (t *tx) quoted(messageIDs, references []string) (out []Quote, err error) {
	var normal []string
	for _, r := range references[:min(len(references), maxQuoted)] {
		if known, err := notify.ParseReference(r); err == nil {
			normal = append(normal, string(known.Opener()))
		}
	}
	mails, err := t.mailKeys(messageIDs)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, q := range []struct {
		by, query string
		values    []string
	}{
		{ByReference, `SELECT reference FROM messages WHERE reference IN (?) ORDER BY id`, normal},
		{ByLetter, `SELECT reference FROM letters WHERE mail_key IN (?) AND reference <> '' ORDER BY id`, mails},
		{ByMessage, `SELECT reference FROM messages WHERE mail_key IN (?) ORDER BY id`, mails},
	} {
		if len(q.values) == 0 {
			continue
		}
		var found []string
		if err := t.listIn(&found, q.query, q.values); err != nil {
			return nil, err
		}
		for _, r := range found {
			r = opener(r)
			if !seen[r] {
				seen[r] = true
				out = append(out, Quote{Reference: r, By: q.by})
			}
		}
	}
	return out, nil
}

func (t *tx) mailKeys(ids []string) (out []string, err error) {
	for _, id := range ids[:min(len(ids), maxQuoted)] {
		k, err := t.mailKey(id)
		if err != nil {
			return nil, err
		}
		if k != "" {
			out = append(out, k)
		}
	}
	return out, nil
}

// fill leads a follow-up's own reference to the case that it joined, and says who referred and what became of it.
func (t *tx) fill(q *Quote) error {
	var r messageRow
	found, err := t.get(&r, `SELECT * FROM messages WHERE reference = ?`, q.Reference)
	if err != nil || !found {
		return err
	}
	if r.Joins != "" {
		q.Reference = r.Joins
		if _, err := t.get(&r, `SELECT * FROM messages WHERE reference = ?`, q.Reference); err != nil {
			return err
		}
	}
	from, err := t.unseal(ofMessage, r.ID, "from")
	if err != nil {
		return err
	}
	address := string(from)
	q.SenderDomain = strings.ToLower(strings.Trim(address[strings.LastIndexByte(address, '@')+1:], "<> "))
	q.Erased = !r.Erased.IsZero()
	n, err := t.count(`SELECT count(*) FROM cases WHERE opened = ? AND (outcome = ? OR accepted <> '')`, q.Reference, string(triage.Accept))
	q.Accepted = n > 0
	return err
}
