package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"referrald/triage"
)

// A DueReview is a review of the tracker that is due.
type DueReview struct {
	Reference string
	Review    triage.Review
	Overdue   bool // it was due before the day asked for
}

// tracked says what the tracker knows of a case.
func (c *caseRow) tracked() triage.Tracked {
	return triage.Tracked{Accepted: c.Accepted.Time, ToolCompleted: c.ToolCompleted.Time, StatusReview: c.StatusReview.Time,
		ToolReview: c.ToolReview.Time, Event: c.Event.Time, Closed: c.Closed.Time}
}

// reviews returns a case's next reviews; only cases that were accepted are tracked.
func (c *caseRow) reviews(zone *time.Location) []triage.Review {
	if c.Accepted.IsZero() || !c.Erased.IsZero() || c.Outcome != string(triage.Accept) && c.Outcome != string(triage.Hold) {
		return nil
	}
	return c.tracked().Reviews(zone)
}

// schedule sets the day of the next review, by which due ones are found.
func (c *caseRow) schedule(zone *time.Location) {
	c.NextReview = moment{}
	if r := c.reviews(zone); len(r) > 0 {
		c.NextReview = at(r[0].Due)
	}
}

// Review records that a review was done: triage.CodeStatusReview or triage.CodeToolReview.
func (db *DB) Review(ctx context.Context, reference string, kind triage.Code, done time.Time, by, note string) error {
	if kind != triage.CodeStatusReview && kind != triage.CodeToolReview {
		return fmt.Errorf("a review is %s or %s", triage.CodeStatusReview, triage.CodeToolReview)
	}
	return db.person(ctx, reference, by, "recording a review", func(t *tx, c *caseRow) error {
		if kind == triage.CodeStatusReview {
			c.StatusReview = at(done)
		} else {
			c.ToolReview = at(done)
		}
		return t.personAct(c, ActReview, by, string(kind), note)
	})
}

// Event records a significant incident, a transfer or a closing, which brings the tool's review forward (clause tracker).
func (db *DB) Event(ctx context.Context, reference string, event triage.TrackerEvent, when time.Time, by, note string) error {
	if !slices.Contains(triage.TrackerEvents[:], event) {
		return fmt.Errorf("an event is one of %v", triage.TrackerEvents)
	}
	return db.person(ctx, reference, by, "recording an event", func(t *tx, c *caseRow) error {
		c.Event = at(when)
		return t.personAct(c, ActEvent, by, string(event), note)
	})
}

// DueReviews returns the reviews that are due on a day or before, the longest overdue first.
func (db *DB) DueReviews(ctx context.Context, day time.Time) (out []DueReview, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.dueReviews(day)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the reviews that are due: %w", err)
	}
	return out, nil
}

func (t *tx) dueReviews(day time.Time) (out []DueReview, err error) {
	y, m, d := day.In(t.db.zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC) // reviews fall on days, which triage gives as midnight UTC
	var rows []caseRow
	if err := t.list(&rows, `SELECT * FROM cases WHERE next_review <> '' AND next_review <= ? ORDER BY next_review, id`, at(today)); err != nil {
		return nil, err
	}
	for i := range rows {
		for _, r := range rows[i].reviews(t.db.zone) {
			if !r.Due.After(today) {
				out = append(out, DueReview{rows[i].Reference, r, r.Overdue(today)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b DueReview) int { return a.Review.Due.Compare(b.Review.Due) })
	return out, nil
}
