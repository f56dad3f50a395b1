package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"referrald/ingest"
	"referrald/store"
)

// caseCloseCommand closes a case.
type caseCloseCommand struct {
	withConfig
	aboutCase
	byPerson
	Note   string `help:"Why; kept sealed." required:"" placeholder:"TEXT"`
	DryRun bool   `help:"Only say what would happen."`
}

// Run closes the case. No letter leaves.
func (c *caseCloseCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		return d.close(ctx, f, c.By, c.Note, c.DryRun)
	})
}

func (d *desk) close(ctx context.Context, f *store.CaseFile, by, note string, dryRun bool) error {
	if f.Status == store.StatusClosed {
		d.line("%s is closed already.", f.Reference)
		return nil
	}
	if dryRun {
		d.line("%s would be closed; no letter would leave. A dry run: nothing was kept.", f.Reference)
		return nil
	}
	if err := d.db.CloseCase(ctx, f.Reference, by, note); err != nil {
		return err
	}
	d.line("%s is closed by %s. No letter leaves.", f.Reference, by)
	if !f.Tracked.Accepted.IsZero() {
		d.line("The tracker asks for a last review of the tool: `referrald case review %s tool`.", f.Reference)
	}
	return nil
}

// caseReopenCommand opens a closed case again.
type caseReopenCommand struct {
	withConfig
	aboutCase
	byPerson
	Note string `help:"Why; kept sealed." placeholder:"TEXT"`
}

// Run puts the case back where its outcome had put it.
func (c *caseReopenCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if f.Status != store.StatusClosed {
			return usageError(f.Reference + " is not closed")
		}
		if err := d.db.ReopenCase(ctx, f.Reference, c.By, c.Note); err != nil {
			return err
		}
		d.line("%s is open again.", f.Reference)
		return nil
	})
}

// caseHoldCommand puts a case under legal hold.
type caseHoldCommand struct {
	withConfig
	aboutCase
	byPerson
	Off bool `help:"End the legal hold."`
}

// Run keeps the case from being erased, or lets it be erased again.
func (c *caseHoldCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if f.LegalHold == !c.Off {
			d.line("%s: that is so already.", f.Reference)
			return nil
		}
		if err := d.db.LegalHold(ctx, f.Reference, c.By, !c.Off); err != nil {
			return err
		}
		if c.Off {
			d.line("%s may be erased again.", f.Reference)
			return nil
		}
		d.line("%s is kept until `referrald case hold %s --off`: neither retention nor `case erase` deletes it.", f.Reference, f.Reference)
		return nil
	})
}

// caseExportCommand writes what is kept about a case.
type caseExportCommand struct {
	withConfig
	aboutCase
	byPerson
	Out string `help:"The file to write; it must not be there yet. Only you can read it." required:"" type:"path" placeholder:"FILE"`
}

// Help is the long help.
func (caseExportCommand) Help() string {
	return "Writes JSON with everything that is kept: messages and letters whole, what was read, every decision, note and act. " +
		"Where a message is about several children it holds what was written about all of them: read it through before it leaves the house."
}

// Run writes the file, which only its owner can read.
func (c *caseExportCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if err := absent(c.Out); err != nil {
			return err
		}
		text, err := d.db.Export(ctx, f.Reference, c.By)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.Out, append(text, '\n'), 0o600); err != nil {
			return fmt.Errorf("writing the export: %w", err)
		}
		d.line("Everything about %s is in %s. The audit trail keeps that you exported it.", f.Reference, c.Out)
		return nil
	})
}

// absent makes sure that nothing is written over.
func absent(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return usageError(path + " is there already: name another file, or move it away")
	}
	return nil
}

// caseEraseCommand deletes what is personal about a case.
type caseEraseCommand struct {
	withConfig
	aboutCase
	byPerson
	DryRun bool `help:"Only list what would be deleted."`
	Yes    bool `help:"Delete it. There is no way back."`
}

// Help is the long help.
func (caseEraseCommand) Help() string {
	return "Deletes what was read, decided and noted about the case and, once no other child's case needs them, its messages and letters, " +
		"in the store and in the mailbox. The audit trail and a bare line for counts stay. Try --dry-run first."
}

// Run erases. The mailbox is opened first: where it cannot be reached nothing is erased, so that no copy is forgotten there.
func (c *caseEraseCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if f.LegalHold {
			return usageError(f.Reference + " is under legal hold: `referrald case hold " + f.Reference + " --off` ends it")
		}
		if c.DryRun || !c.Yes {
			d.wouldErase(f)
			return c.unconfirmed()
		}
		return d.withMailbox(ctx, func(box *settler) error {
			whole, err := d.db.Erase(ctx, f.Reference, c.By)
			if err != nil {
				return err
			}
			d.line("%s is erased.", f.Reference)
			if !whole {
				d.line("Its messages are still needed by another child's case and were left.")
			}
			return d.purge(ctx, box)
		})
	})
}

func (c *caseEraseCommand) unconfirmed() error {
	if c.DryRun {
		return nil
	}
	return usageError("nothing was erased: give --yes to do it")
}

func (d *desk) wouldErase(f *store.CaseFile) {
	d.line("Erasing %s would delete:", f.Reference)
	d.line("  what was read, decided and noted about it (%d acts), and what tells that the child is known", len(f.Acts))
	d.line("  once no other child's case needs them: %d message(s), here and in the mailbox, and %d letter(s)", len(f.Messages), len(f.Letters))
	d.line("The audit trail and a line for counts stay.")
}

// mailboxTimeout bounds how long is waited for the mailbox to answer.
const mailboxTimeout = 30 * time.Second

// withMailbox opens the mailbox before anything is deleted.
func (d *desk) withMailbox(ctx context.Context, work func(*settler) error) error {
	if err := d.config.Require(NeedMail); err != nil {
		return err
	}
	var token func(context.Context) (string, error)
	if d.config.Mail.Auth == "oauth" {
		t, err := newTokens(d.config.OAuth, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		t.keep, token = d.db, t.Token
	}
	box := &settler{account: accountOf(d.config, token)}
	defer box.Close()
	dialling, cancel := context.WithTimeout(ctx, mailboxTimeout)
	defer cancel()
	if err := box.With(dialling, func(*ingest.Mailbox) error { return nil }); err != nil {
		return fmt.Errorf("reaching the mailbox, so that nothing was deleted: %w", err)
	}
	return work(box)
}

// purge deletes in the mailbox what was erased. What cannot be deleted is named by its place; the daemon tries it again.
func (d *desk) purge(ctx context.Context, box *settler) error {
	left := 0
	deleted, err := purge(ctx, d.db, box, func(t *store.Trace, err error) {
		left++
		what := fmt.Sprintf("folder %s, UID %d", t.Place.Folder, t.Place.UID)
		if t.Letter() {
			what = "a letter among what was sent"
		}
		d.line("%s %s: %v", d.ink.red("Still in the mailbox:"), what, err)
	})
	if deleted+left > 0 {
		d.line("Deleted in the mailbox: %d of %d message(s) and letter(s).", deleted, deleted+left)
	}
	if err == nil {
		return nil
	}
	d.line("The running daemon tries again every day to delete what is left; or delete it by hand.")
	if left > 0 {
		return errSilent // each was named
	}
	return err
}
