package main

import (
	"context"
	"fmt"
	"time"

	"referrald/notify"
	"referrald/store"
)

// roadsFor returns the roads on which a turn is told. Mail goes by the queue, which keeps it until it has left; of a queue or
// a store that stands still it goes straight to the server. That letters do not leave cannot be told by a letter: the webhook,
// the log, /readyz and the next digest tell it, and the mail that tells of the end tells of the beginning, too.
func (d *daemon) roadsFor(c turn) (all []road) {
	switch {
	case c.what == notify.TroubleSending && !c.recovered:
	case c.what == notify.TroubleStore || c.what == notify.TroubleJobs:
		all = append(all, directRoad{d})
	default:
		all = append(all, queueRoad{d})
	}
	if d.config.Watchdog.Webhook != "" {
		all = append(all, d.hook)
	}
	return all
}

// troubleMails writes to each of those who are told at once. The Message-IDs follow from the trouble, so that what is told
// again because of a crash is one mail.
func (d *daemon) troubleMails(c turn, now time.Time) (mails []store.Mail, err error) {
	state := "began"
	if c.recovered {
		state = "ended"
	}
	for i, to := range urgentTo(d.config) {
		id := fmt.Sprintf("trouble.%s.%s.%s.%d@%s", c.what, state, c.since.UTC().Format("20060102T150405"), i, domainOf(d.config.Service.Address))
		m, err := d.examiner.Composer.Trouble(c.what, c.since, c.recovered, notify.StaffEnvelope{To: []string{to}, MessageID: id, At: now})
		if err != nil {
			return nil, err
		}
		mails = append(mails, store.Mail{Kind: store.AlertMail, Template: "trouble", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: to, Raw: m.Raw})
	}
	return mails, nil
}

// A queueRoad puts the mails into the queue.
type queueRoad struct{ daemon *daemon }

// Tell queues the mails.
func (r queueRoad) Tell(ctx context.Context, c turn, now time.Time) error {
	mails, err := r.daemon.troubleMails(c, now)
	if err != nil {
		return err
	}
	return r.daemon.db.QueueMail(ctx, "", mails...)
}

// String names the road in the log.
func (queueRoad) String() string { return "queue" }

// A directRoad hands the mails to the server at once.
type directRoad struct{ daemon *daemon }

// Tell sends the mails. One that leaves is enough: where the second recipient's fails nobody is told twice.
func (r directRoad) Tell(ctx context.Context, c turn, now time.Time) error {
	mails, err := r.daemon.troubleMails(c, now)
	if err != nil {
		return err
	}
	sent := 0
	for _, m := range mails {
		if failure := r.daemon.sender.Send(ctx, m.To, m.Raw); failure != nil {
			err = failure
			continue
		}
		sent++
	}
	if sent > 0 {
		return nil
	}
	return err
}

// String names the road in the log.
func (directRoad) String() string { return "smtp" }
