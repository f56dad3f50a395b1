package main

import (
	"context"
	"time"

	"referrald/store"
)

// retentionCommand shows what the policy lets be forgotten. The running daemon applies it every day.
type retentionCommand struct {
	withConfig
	Apply bool `help:"Erase it now, here and in the mailbox, instead of only listing it."`
}

// Help is the long help.
func (retentionCommand) Help() string {
	return "The term is retention_days of the policy, counted from a case's closing; while it is unset nothing is ever erased. " +
		"A case under legal hold, and one that nobody has closed, is kept."
}

// Run lists, or erases batch by batch.
func (c *retentionCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		policy, err := loadPolicy(d.config.Policy.File)
		if err != nil {
			return err
		}
		if policy.RetentionDays == 0 {
			d.line("retention_days is not set in the policy: nothing is ever erased by itself.")
			return nil
		}
		d.line("What was closed more than %d days ago:", policy.RetentionDays)
		p := retentionOf(policy)
		if !c.Apply {
			return d.wouldForget(ctx, p)
		}
		return d.withMailbox(ctx, func(box *settler) error { return d.forget(ctx, p, box) })
	})
}

func (d *desk) wouldForget(ctx context.Context, p store.RetentionPolicy) error {
	lines, err := d.db.Retention(ctx, p, time.Now(), true)
	if err != nil {
		return err
	}
	for _, l := range lines {
		d.forgotten(&l)
	}
	d.line("%d in all; nothing was erased. `referrald retention --apply` erases them now, the running daemon within a day.", len(lines))
	return nil
}

// forget goes on until a batch erases nothing more.
func (d *desk) forget(ctx context.Context, p store.RetentionPolicy, box *settler) error {
	all := 0
	for {
		lines, err := d.db.Retention(ctx, p, time.Now(), false)
		if err != nil {
			return err
		}
		erased := 0
		for _, l := range lines {
			if l.Erased {
				erased++
				d.forgotten(&l)
			}
		}
		if err := d.purge(ctx, box); err != nil {
			return err
		}
		if all += erased; erased == 0 {
			d.line("%d erased in all.", all)
			return nil
		}
	}
}

func (d *desk) forgotten(l *store.RetentionLine) {
	how := "would be erased"
	switch {
	case l.LegalHold:
		how = "kept: legal hold"
	case l.Erased:
		how = "erased"
	}
	d.line("  %-12s  %s  %-20s %s", l.Reference, d.when(l.Since), words(l.Outcome), how)
}
