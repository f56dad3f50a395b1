package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// stoppedPause is how long a letter waits before it asks again whether letters may leave.
const stoppedPause = time.Minute

// deliver sends one finished mail. "Sending" is recorded before, the answer after; where the connection died after the
// last dot the mail is sent again under the same Message-ID.
func (d *daemon) deliver(ctx context.Context, id int64) error {
	l, err := d.db.Letter(ctx, id)
	if err != nil || l.Done() {
		return err
	}
	if l.Kind == store.LetterMail || l.Kind == store.NoticeMail {
		stopped, err := d.db.OutgoingStopped(ctx)
		if err != nil {
			return err
		}
		if stopped.Stopped {
			return &store.Later{After: stoppedPause}
		}
	}
	failpoint(beforeSend)
	if err := d.db.Sending(ctx, id); err != nil {
		return err
	}
	failpoint(sending)
	err = d.sender.Send(ctx, l.To, l.Raw)
	if err == nil {
		failpoint(afterAnswer)
		err = d.recordSent(ctx, id) // before anything else
		failpoint(afterSend)
		d.answered(ctx)
		d.metrics.sent.WithLabelValues(string(l.Kind), "sent").Inc()
		d.log.Info("sent", "reference", l.Reference, "kind", l.Kind, "template", l.Template)
		return err
	}
	return d.undelivered(ctx, l, err)
}

// How often it is tried to record that a letter was sent, and how long still when the job is broken off.
const (
	recordRetry = 250 * time.Millisecond
	recordLast  = 5 * time.Second
)

// recordSent records that the server took a letter. A letter of which that is not known is sent again, so that a database
// that is away for a while ends no such try: only the end of the job does, and not at once.
func (d *daemon) recordSent(ctx context.Context, id int64) error {
	when := time.Now()
	for {
		err := d.db.Sent(ctx, id, when)
		if err == nil {
			return nil
		}
		if !store.Pause(ctx, recordRetry) {
			break
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordLast)
	defer cancel()
	return d.db.Sent(last, id, when)
}

func (d *daemon) undelivered(ctx context.Context, l *store.Letter, cause error) error {
	code, permanent := "unreachable", false
	var f *notify.Failure
	if errors.As(cause, &f) {
		permanent = f.Kind == notify.Permanent
		if f.OfServer() {
			d.unanswered(ctx)
			if f.IsLogin() && d.tokens != nil {
				d.tokens.Forget()
			}
		} else {
			d.answered(ctx)
		}
		if f.Code != 0 {
			code = strconv.Itoa(f.Code)
		}
	}
	d.metrics.sent.WithLabelValues(string(l.Kind), "failed").Inc()
	if err := d.db.Failed(ctx, l.ID, code, permanent); err != nil {
		return errors.Join(cause, err)
	}
	if permanent {
		return &store.Permanent{Code: code, Err: cause}
	}
	return cause
}

// answered records that the server works, at most once a minute where nothing failed before.
func (d *daemon) answered(ctx context.Context) {
	beats, err := d.db.Beats(ctx)
	if sent := beats[beatSent]; err != nil || beats[beatUnsent].After(sent) || time.Since(sent) > time.Minute {
		d.beat(ctx, beatSent)
	}
}

// unanswered records the first failure of the server since it worked.
func (d *daemon) unanswered(ctx context.Context) {
	beats, err := d.db.Beats(ctx)
	if err == nil && !beats[beatUnsent].After(beats[beatSent]) {
		d.beat(ctx, beatUnsent)
	}
}

// A settler moves messages to the folder of their outcome over one connection that it opens when it is needed.
type settler struct {
	account ingest.Account
	mu      sync.Mutex
	box     *ingest.Mailbox
}

// Close ends the connection.
func (s *settler) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop()
}

func (s *settler) drop() {
	if s.box != nil {
		_ = s.box.Close() // what was moved is verified already
		s.box = nil
	}
}

// With calls f with an open mailbox, one call at a time.
func (s *settler) With(ctx context.Context, f func(*ingest.Mailbox) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.box != nil && s.box.Broken() {
		s.drop()
	}
	if s.box == nil {
		box, err := ingest.Dial(ctx, s.account)
		if err != nil {
			return err
		}
		s.box = box
	}
	err := f(s.box)
	if err != nil {
		s.drop()
	}
	return err
}

// settle moves a decided message to its outcome's folder. One that somebody took away is settled where it is.
func (d *daemon) settle(ctx context.Context, id int64) error {
	m, err := d.db.Message(ctx, id)
	if err != nil || !m.Settled.IsZero() || m.Erased {
		return err
	}
	failpoint(beforeSettle)
	if m.Class == string(classCanary) {
		return d.settleCanary(ctx, m)
	}
	folder := d.config.Mail.OutcomeFolders[m.Outcome]
	if folder == "" {
		folder = d.config.Mail.OutcomeFolders[string(triage.Hold)]
	}
	where := store.Place{}
	err = d.box.With(ctx, func(box *ingest.Mailbox) error {
		to, err := box.Move(ctx, ingest.Place(m.Place), folder, m.MessageID)
		if errors.Is(err, ingest.ErrGone) {
			d.log.Info("settled where it is: somebody took it out of its folder", "reference", m.Reference)
			return nil
		}
		where = store.Place(to)
		return err
	})
	if err != nil {
		return fmt.Errorf("settling: %w", err)
	}
	failpoint(afterMove)
	err = d.db.Settled(ctx, id, time.Now(), where)
	failpoint(afterSettle)
	return err
}
