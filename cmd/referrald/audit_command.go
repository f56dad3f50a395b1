package main

import (
	"context"
	"errors"

	"referrald/store"
)

// auditCommands look at the audit trail.
type auditCommands struct {
	Verify auditVerifyCommand `cmd:"" help:"Check that nobody has changed the audit trail outside the daemon."`
	Show   auditShowCommand   `cmd:"" help:"Print the audit trail: who did what when. No names of children, parents or schools."`
}

// auditVerifyCommand checks the chain.
type auditVerifyCommand struct {
	withConfig
}

// Help is the long help.
func (auditVerifyCommand) Help() string {
	return "Each entry's hash covers the one before. Compare count and head with an earlier digest: an end that was cut off shows only there."
}

// Run prints count and head, or the first entry that is not as it was written.
func (c *auditVerifyCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		count, head, err := d.db.VerifyAudit(ctx)
		var broken *store.ErrAudit
		if errors.As(err, &broken) {
			d.line("%s %v.", d.ink.red("BROKEN"), broken)
			return errSilent
		}
		if err != nil {
			return err
		}
		d.line("%s  %d entries, head %s", d.ink.green("whole"), count, head)
		return nil
	})
}

// auditShowCommand prints the trail.
type auditShowCommand struct {
	withConfig
	Reference string `arg:"" optional:"" name:"ref" help:"Only the entries about this case and its message."`
}

// trailPage is how many entries are read at once.
const trailPage = 1000

// Run prints every entry, the oldest first.
func (c *auditShowCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		reference := ""
		if c.Reference != "" {
			f, err := d.find(ctx, c.Reference)
			if err != nil {
				return err
			}
			reference = f.Reference
		}
		return d.trail(ctx, reference)
	})
}

func (d *desk) trail(ctx context.Context, reference string) error {
	for after := int64(0); ; {
		entries, err := d.db.AuditTrail(ctx, reference, after, trailPage)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			d.line("%6d  %s  %-12s  %-18s %-20s %s", e.Number, d.when(e.At), e.Reference, words(e.Act), e.By, e.Detail)
			after = e.Number
		}
	}
}
