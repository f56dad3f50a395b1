package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// tracked finds an accepted case: only those are in the tracker (clause tracker).
func (d *desk) tracked(ctx context.Context, a aboutCase, p byPerson) (*store.CaseFile, error) {
	f, err := d.findKept(ctx, a, p)
	if err == nil && f.Tracked.Accepted.IsZero() {
		return nil, usageError(f.Reference + " was not accepted, so that the tracker does not follow it: `referrald case decide " + f.Reference + " accept` comes first")
	}
	return f, err
}

// caseReviewCommand records a review of the tracker.
type caseReviewCommand struct {
	withConfig
	aboutCase
	byPerson
	What string    `arg:"" enum:"status,tool" help:"What was reviewed: status (each month) or tool (every six months)."`
	On   time.Time `help:"The day of the review, if not today." format:"2006-01-02" placeholder:"YYYY-MM-DD"`
	Note string    `help:"What there is to say; kept sealed." placeholder:"TEXT"`
}

// Run records the review and says when the next are due.
func (c *caseReviewCommand) Run(ctx context.Context, t terminal) error {
	now := time.Now()
	if c.On.After(now) {
		return usageError("--on is a day to come: a review is recorded once it was done")
	}
	if c.On.IsZero() {
		c.On = now
	}
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.tracked(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		kind := triage.CodeStatusReview
		if c.What == "tool" {
			kind = triage.CodeToolReview
		}
		if err := d.db.Review(ctx, f.Reference, kind, c.On, c.By, c.Note); err != nil {
			return err
		}
		return d.nextReviews(ctx, f.Reference)
	})
}

// nextReviews says what the tracker asks for now.
func (d *desk) nextReviews(ctx context.Context, reference string) error {
	f, err := d.find(ctx, reference)
	if err != nil {
		return err
	}
	d.line("Recorded about %s.", f.Reference)
	for _, r := range f.Reviews {
		d.line("  due %s  %s", r.Due.Format("2 Jan 2006"), r.Code.Sentence())
	}
	return nil
}

// caseEventCommand records what brings the tool's review forward.
type caseEventCommand struct {
	withConfig
	aboutCase
	byPerson
	Event string `arg:"" enum:"significant_incident,transfer,closing" help:"What happened: significant_incident, transfer or closing."`
	Note  string `help:"What there is to say; kept sealed." placeholder:"TEXT"`
}

// Run records the event and says when the next reviews are due.
func (c *caseEventCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.tracked(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if err := d.db.Event(ctx, f.Reference, triage.TrackerEvent(c.Event), time.Now(), c.By, c.Note); err != nil {
			return err
		}
		return d.nextReviews(ctx, f.Reference)
	})
}

// caseStatusCommand records the tracker's status, and tells the hub of a change where one is configured.
type caseStatusCommand struct {
	withConfig
	aboutCase
	byPerson
	Status string `arg:"" enum:"emerging,moderate,significant" help:"The status: emerging, moderate or significant."`
	Note   string `help:"What led to it; kept sealed." required:"" placeholder:"TEXT"`
	DryRun bool   `help:"Only show the notice that would leave; keep and send nothing."`
}

// Run records the status. The notice is queued first, under a Message-ID that follows from the case's history: broken off
// in between, the command can be given again and tells nobody twice.
func (c *caseStatusCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.tracked(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		notice, err := c.notice(d, f)
		if err != nil || c.DryRun {
			return err
		}
		if notice != nil {
			if err := d.db.QueueMail(ctx, string(notify.Reference(f.Reference).Opener()), *notice); err != nil {
				return err
			}
		}
		if err := d.db.Status(ctx, f.Reference, c.Status, c.By, c.Note); err != nil {
			return err
		}
		return d.nextReviews(ctx, f.Reference)
	})
}

// notice writes and shows what the hub is told, or says why it is told nothing.
func (c *caseStatusCommand) notice(d *desk, f *store.CaseFile) (*store.Mail, error) {
	hub, before := d.config.Tracker.Hub, statusOf(f)
	switch {
	case hub == "":
		d.line("No hub is told: tracker.hub names none.")
		return nil, nil
	case before == c.Status:
		d.line("The status was %s already: the hub is not told again.", c.Status)
		return nil, nil
	}
	tables, err := loadTables(d.config)
	if err != nil {
		return nil, err
	}
	id := fmt.Sprintf("%s.status.%d@%s", fileName(f.Reference), len(f.Acts), domainOf(d.config.Service.Address))
	m, err := tables.Composer.StatusNotice(notify.StatusFacts{Reference: notify.Reference(f.Reference), Before: triage.Pathway(before), Status: triage.Pathway(c.Status), At: time.Now()},
		notify.StaffEnvelope{To: []string{hub}, MessageID: id, At: time.Now()})
	if err != nil {
		return nil, fmt.Errorf("writing the notice: %w", err)
	}
	d.mail("The notice to the hub, "+hub, m.Subject, m.Text)
	return &store.Mail{Kind: store.NoticeMail, Template: "status_notice", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: hub, Raw: m.Raw}, nil
}

// statusOf is the status that was recorded last, or that of the pathway at which the case began.
func statusOf(f *store.CaseFile) string {
	for i := len(f.Acts) - 1; i >= 0; i-- {
		if f.Acts[i].Action == store.ActStatus {
			return f.Acts[i].Word
		}
	}
	return string(f.Pathway)
}

// fileName brings a reference into the shape of names in which "/" cannot stand.
func fileName(reference string) string {
	return strings.ToLower(strings.ReplaceAll(reference, "/", "-"))
}
