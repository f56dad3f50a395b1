package main

import (
	"context"
	"strings"
)

// outgoingCommands are the switch for the day on which something is wrong.
type outgoingCommands struct {
	Stop   outgoingStopCommand   `cmd:"" help:"Keep every letter from leaving, at once. Digests and alerts to staff still leave."`
	Start  outgoingStartCommand  `cmd:"" help:"Let letters leave again, those that waited first."`
	Status outgoingStatusCommand `cmd:"" help:"Say whether letters leave."`
}

type outgoingStopCommand struct {
	withConfig
	byPerson
}

// Run stops letters. Mail is still read and decided; the letters wait.
func (c *outgoingStopCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		if err := named(c.By); err != nil {
			return err
		}
		if err := d.db.StopOutgoing(ctx, c.By); err != nil {
			return err
		}
		return d.outgoing(ctx)
	})
}

type outgoingStartCommand struct {
	withConfig
	byPerson
}

// Run lets letters leave.
func (c *outgoingStartCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		if err := named(c.By); err != nil {
			return err
		}
		if err := d.db.StartOutgoing(ctx, c.By); err != nil {
			return err
		}
		return d.outgoing(ctx)
	})
}

type outgoingStatusCommand struct {
	withConfig
}

// Run says how the switch stands.
func (c *outgoingStatusCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error { return d.outgoing(ctx) })
}

// named makes sure that the audit trail can say who did it.
func named(by string) error {
	if strings.TrimSpace(by) == "" {
		return usageError("--by is empty: give your name, so that the audit trail can say who did it")
	}
	return nil
}

func (d *desk) outgoing(ctx context.Context) error {
	o, err := d.db.OutgoingStopped(ctx)
	if err != nil {
		return err
	}
	says := d.ink.green("Letters leave.")
	if o.Stopped {
		says = d.ink.red("Letters are stopped.") + " They wait until `referrald outgoing start`; digests and alerts still leave."
	}
	d.line("%s", says)
	if !o.Since.IsZero() {
		d.line("Switched by %s, %s.", o.By, d.when(o.Since))
	}
	return nil
}
