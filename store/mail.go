package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A MailKind says what a kept mail is.
type MailKind string

// The kinds of mail.
const (
	LetterMail MailKind = "letter" // to a school
	AlertMail  MailKind = "alert"  // to staff, at once; leaves even while letters are stopped
	DigestMail MailKind = "digest" // to staff; leaves even while letters are stopped
	NoticeMail MailKind = "notice" // to a configured hub: a changed status
)

// A Mail is a finished mail to one recipient, composed and with its Message-ID fixed.
type Mail struct {
	Kind      MailKind `json:"kind"` // empty: LetterMail
	Template  string   `json:"template"`
	MessageID string   `json:"message_id"`
	From      string   `json:"from"` // the envelope's sender
	To        string   `json:"to"`   // the envelope's one recipient
	Raw       []byte   `json:"raw,omitempty"`
}

// inHouse tells mails to staff, which leave through alert jobs.
func (m *Mail) inHouse() bool { return m.Kind == AlertMail || m.Kind == DigestMail }

// An envelope is what of a mail is sealed beside its bytes.
type envelope struct{ MessageID, From, To string }

// keepMail keeps a mail and, unless it is a draft, the job that delivers it. A Message-ID that was kept before is left as it
// is: the work that made it is done again.
func (t *tx) keepMail(message int64, reference string, m *Mail, state LetterState) error {
	if m.MessageID == "" || m.To == "" || len(m.Raw) == 0 {
		return errors.New("a mail needs a Message-ID, a recipient and its bytes")
	}
	if m.Kind == "" {
		m.Kind = LetterMail
	}
	mailKey, err := t.mailKey(m.MessageID)
	if err != nil {
		return err
	}
	toKey, err := t.addressKey(m.To)
	if err != nil {
		return err
	}
	if kept, err := t.keptUnder(mailKey); err != nil || kept {
		return err
	}
	id, err := t.insert(`INSERT INTO letters (message, reference, kind, template, mail_key, to_key, state, created)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, message, reference, string(m.Kind), m.Template, mailKey, toKey, string(state), t.now)
	if err != nil {
		return err
	}
	if err := t.sealMail(id, m); err != nil || state == LetterDraft {
		return err
	}
	return t.enqueue(m.job(), id)
}

func (t *tx) keptUnder(mailKey string) (bool, error) {
	n, err := t.count(`SELECT count(*) FROM letters WHERE mail_key = ?`, mailKey)
	return n > 0, err
}

func (m *Mail) job() JobKind {
	if m.inHouse() {
		return AlertJob
	}
	return DeliverJob
}

func (t *tx) sealMail(id int64, m *Mail) error {
	head, err := json.Marshal(envelope{clean(m.MessageID), clean(m.From), clean(m.To)})
	if err != nil {
		return fmt.Errorf("writing an envelope: %w", err)
	}
	return errors.Join(t.seal(ofLetter, id, "envelope", head), t.seal(ofLetter, id, "raw", m.Raw))
}

// QueueMail keeps finished mails, such as an alert for each recipient, and puts in the jobs that deliver them. The reference
// is that of the case they are about, or empty.
func (db *DB) QueueMail(ctx context.Context, reference string, mails ...Mail) error {
	err := db.write(ctx, func(t *tx) error { return t.queueMail(reference, mails) })
	if err != nil {
		return fmt.Errorf("queueing a mail: %w", err)
	}
	return nil
}

func (t *tx) queueMail(reference string, mails []Mail) error {
	for i := range mails {
		if err := t.keepMail(0, reference, &mails[i], LetterWaiting); err != nil {
			return err
		}
	}
	return nil
}

// QueueRound keeps the mails of one round of the daemon's work, such as a digest for each recipient, and records with them
// that its step was done. A round that is worked again, since nobody saw its end, finds its first mail and changes nothing.
func (db *DB) QueueRound(ctx context.Context, step string, when time.Time, mails ...Mail) error {
	err := db.write(ctx, func(t *tx) error {
		if len(mails) > 0 {
			mailKey, err := t.mailKey(mails[0].MessageID)
			if err != nil {
				return err
			}
			if kept, err := t.keptUnder(mailKey); err != nil || kept {
				return err
			}
		}
		return errors.Join(t.queueMail("", mails), t.beat(step, at(when)))
	})
	if err != nil {
		return fmt.Errorf("queueing the mails of a round: %w", err)
	}
	return nil
}
