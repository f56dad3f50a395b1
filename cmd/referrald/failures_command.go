package main

import (
	"context"
	"errors"
	"fmt"

	"referrald/store"
)

// failuresCommands are about what was given up and needs a person.
type failuresCommands struct {
	List  failuresListCommand  `cmd:"" help:"List what was given up: letters that a server refused for good, and the like."`
	Retry failuresRetryCommand `cmd:"" help:"Take it up again, once its cause is mended."`
}

type failuresListCommand struct {
	withConfig
}

// jobNames say for people what each kind of job does.
var jobNames = map[store.JobKind]string{
	store.TakeJob:    "deciding on a message",
	store.DeliverJob: "sending a letter",
	store.SettleJob:  "moving a message to its folder",
	store.AlertJob:   "telling staff",
}

// Run prints a line for each, the oldest first.
func (c *failuresListCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		failures, err := d.db.Failures(ctx)
		if err != nil {
			return err
		}
		for _, f := range failures {
			d.line("%s %d  %s  %-12s  %s: %s", f.Kind, f.ID, d.when(f.At), orDash(f.Reference), jobNames[f.Kind], f.Code)
		}
		if len(failures) == 0 {
			d.line("Nothing was given up.")
		}
		return nil
	})
}

type failuresRetryCommand struct {
	withConfig
	byPerson
	Kind   string `arg:"" optional:"" help:"The kind, as the list gives it: take, deliver, settle or alert."`
	Number int64  `arg:"" optional:"" help:"The number, as the list gives it."`
	All    bool   `help:"Take all of them up again."`
}

// Run puts the work in again, which a running daemon does at once.
func (c *failuresRetryCommand) Run(ctx context.Context, t terminal) error {
	if err := named(c.By); err != nil {
		return err
	}
	if c.All == (c.Kind != "") || c.Kind != "" && c.Number == 0 {
		return usageError("name one failure as `referrald failures list` gives it, for example `referrald failures retry deliver 12 --by NAME`, or give --all")
	}
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		failures := []store.Failure{{Kind: store.JobKind(c.Kind), ID: c.Number}}
		if c.All {
			var err error
			if failures, err = d.db.Failures(ctx); err != nil {
				return err
			}
		}
		for _, f := range failures {
			err := d.db.Retry(ctx, f.Kind, f.ID, c.By)
			if errors.Is(err, store.ErrUnknown) {
				return usageError(fmt.Sprintf("there is no failure %s %d: `referrald failures list` shows them", f.Kind, f.ID))
			}
			if err != nil {
				return err
			}
		}
		d.line("%d taken up again; the running daemon works on it at once.", len(failures))
		return nil
	})
}
