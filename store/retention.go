package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referrald/triage"
)

// A RetentionPolicy says after how many days a closed case is erased, by its outcome; 0 or absent: never. The days count from
// its closing: a case that nobody has closed is never forgotten.
type RetentionPolicy struct {
	Days    map[triage.Outcome]int
	Ignored int // days after which messages that are no referral are erased, from their arrival; 0: never
}

// A RetentionLine is one case or message that the policy forgets.
type RetentionLine struct {
	Reference string
	Outcome   triage.Outcome
	Since     time.Time // its closing or arrival
	LegalHold bool      // kept for that reason alone
	Erased    bool      // false in a dry run
}

// retentionBatch bounds how much one call erases, so that a first run on an old database does not hold others up.
const retentionBatch = 500

// Retention erases what the policy forgets, or, in a dry run, only lists it. What lies of it in the mailbox is among the
// Traces then. One call takes a bounded number; the next goes on.
func (db *DB) Retention(ctx context.Context, p RetentionPolicy, now time.Time, dryRun bool) (out []RetentionLine, err error) {
	run := db.write
	if dryRun {
		run = db.read
	}
	err = run(ctx, func(t *tx) error {
		for _, o := range []triage.Outcome{triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold} {
			if days := p.Days[o]; days > 0 {
				if err := t.retain(o, now.AddDate(0, 0, -days), dryRun, &out); err != nil {
					return err
				}
			}
		}
		if p.Ignored > 0 {
			return t.retainIgnored(now.AddDate(0, 0, -p.Ignored), dryRun, &out)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("applying the retention policy: %w", err)
	}
	return out, nil
}

func (t *tx) retain(o triage.Outcome, before time.Time, dryRun bool, out *[]RetentionLine) error {
	var rows []caseRow
	if err := t.list(&rows, `SELECT * FROM cases WHERE closed <> '' AND erased = '' AND closed < ? AND outcome = ? ORDER BY closed LIMIT ?`,
		at(before), string(o), retentionBatch); err != nil {
		return err
	}
	for i := range rows {
		c := &rows[i]
		line := RetentionLine{Reference: c.Reference, Outcome: o, Since: c.Closed.Time, LegalHold: c.LegalHold}
		if !dryRun && !c.LegalHold {
			if _, err := t.erase(c, byMachine); err != nil {
				return errors.Join(fmt.Errorf("erasing %s", c.Reference), err)
			}
			line.Erased = true
		}
		*out = append(*out, line)
	}
	return nil
}

func (t *tx) retainIgnored(before time.Time, dryRun bool, out *[]RetentionLine) error {
	var rows []messageRow
	if err := t.list(&rows, `SELECT * FROM messages WHERE outcome = 'ignore' AND joins = '' AND erased = '' AND arrived < ? ORDER BY arrived LIMIT ?`,
		at(before), retentionBatch); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		line := RetentionLine{Reference: r.Reference, Outcome: triage.Ignore, Since: r.Arrived.Time, Erased: !dryRun}
		*out = append(*out, line)
		if dryRun {
			continue
		}
		if err := t.eraseMessages(r.Reference); err != nil {
			return err
		}
		if err := t.audit("erased", byMachine, r.Reference, "ignored"); err != nil {
			return err
		}
	}
	return nil
}
