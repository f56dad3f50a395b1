package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// A canary is a trial message that the daemon sends to its own inbox, through the server for outgoing mail, the mailbox, the
// ledger and the reading child, on a timer.
//
// Invariant: nothing that a person or a school wrote can pass for one. What is taken for a canary has, beside a Message-ID
// that nobody can guess, the author, the subject and every word of a message that stands in our own outbox, and nothing
// else: no file, no second text, no more words. So there is nothing in it that could be lost.

// Steps of the canary: when the last was sent, and when the last that came back had been sent.
const (
	beatCanarySent     = "canary_sent"
	beatCanaryReturned = "canary_returned"
)

// classCanary is the class of a message that was known for a canary. It is no case, it is not answered, and it is deleted.
const classCanary triage.Class = store.CanaryTemplate

// sendCanary queues a trial message. It leaves even while letters are stopped.
func (d *daemon) sendCanary(ctx context.Context) error {
	now := time.Now()
	id := "canary." + strings.ToLower(rand.Text()) + "@" + domainOf(d.config.Service.Address)
	m, err := d.examiner.Composer.Canary(notify.StaffEnvelope{To: []string{d.config.Service.Address}, MessageID: id, At: now})
	if err != nil {
		return err
	}
	mail := store.Mail{Kind: store.AlertMail, Template: store.CanaryTemplate, MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: d.config.Service.Address, Raw: m.Raw}
	return d.db.QueueRound(ctx, beatCanarySent, now, mail)
}

// takeCanary takes a message that is one of our trial messages, and tells whether it is. Its text is read as any other's, so
// that a reading child that fails keeps it from coming back. What does not come from ourselves is not opened for it.
func (d *daemon) takeCanary(ctx context.Context, m *store.Message) (bool, error) {
	if m.TooLarge || m.Unfetchable || !strings.EqualFold(m.From, d.config.Service.Address) {
		return false, nil
	}
	mail, err := ingest.Open(m.Raw, ingest.DefaultLimits())
	if err != nil {
		return false, nil // it is for a person
	}
	ours, written, err := d.db.Canary(ctx, append(lastWords(mail), mail.ID)...)
	if err != nil || ours == nil {
		return false, err
	}
	sent, err := ingest.Open(ours, ingest.DefaultLimits())
	if err != nil || !sameWords(mail, sent) {
		return false, err
	}
	if _, err := d.examiner.Examine(ctx, m.Raw, surroundings{At: m.Arrived}); err != nil {
		return false, err
	}
	if err := d.db.Beat(ctx, beatCanaryReturned, written); err != nil {
		return false, err
	}
	err = d.db.Decide(ctx, store.Decided{MessageID: m.ID, Class: classCanary, Outcome: triage.Ignore, By: store.Machine{Version: version(), Policy: d.examiner.policyHash}})
	if err != nil {
		return false, err
	}
	d.log.Info("trial message came back", "after", time.Since(written).Round(time.Second))
	return true, nil
}

// lastWords returns the last word of a message of one plain text: there a canary says its Message-ID.
func lastWords(m *ingest.Message) []string {
	words := wordsOf(m)
	if len(words) == 0 {
		return nil
	}
	return words[len(words)-1:]
}

// wordsOf returns the words of a message that is one plain text and nothing else; of any other none.
func wordsOf(m *ingest.Message) []string {
	if len(m.Parts) != 1 || len(m.Defects) > 0 || m.Parts[0].Name != "" || !strings.EqualFold(m.Parts[0].MediaType, "text/plain") {
		return nil
	}
	return strings.Fields(string(m.Parts[0].Data))
}

// sameWords tells that a message says what our own one says, and nothing else, to whoever reads it.
func sameWords(m, ours *ingest.Message) bool {
	said, sent := wordsOf(m), wordsOf(ours)
	return len(sent) > 0 && slices.Equal(said, sent) && m.From == ours.From && m.ReplyTo == ours.ReplyTo &&
		slices.Equal(strings.Fields(m.Subject), strings.Fields(ours.Subject))
}

// settleCanary deletes a trial message, in the mailbox and here, and what the server kept of it among what was sent; one that
// somebody took away is no fault.
func (d *daemon) settleCanary(ctx context.Context, m *store.Message) error {
	ids := []string{m.MessageID}
	if mail, err := ingest.Open(m.Raw, ingest.DefaultLimits()); err == nil {
		ids = append(ids, lastWords(mail)...)
	}
	err := d.box.With(ctx, func(box *ingest.Mailbox) error {
		err := box.Delete(ctx, ingest.Place(m.Place))
		if err != nil && !errors.Is(err, ingest.ErrGone) {
			return err
		}
		for _, id := range ids {
			if err := box.PurgeSent(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settling a trial message: %w", err)
	}
	if err := d.db.Settled(ctx, m.ID, time.Now(), store.Place{}); err != nil {
		return err
	}
	return d.db.ForgetCanary(ctx, m.ID, ids...)
}
