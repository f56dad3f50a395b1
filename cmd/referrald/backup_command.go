package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"referrald/store"
	"referrald/store/vault"
)

// backupCommand writes everything that is kept into a file.
type backupCommand struct {
	withConfig
	Out string `help:"The file to write; it must not be there yet." required:"" type:"path" placeholder:"FILE"`
}

// Help is the long help.
func (backupCommand) Help() string {
	return "Works beside a running daemon. What is sealed stays sealed: whoever restores the backup needs the key file, so keep a copy of it in another place. " +
		"A backup of SQLite can be restored into PostgreSQL, and the other way round."
}

// Run writes beside the file and renames: a backup that broke off never looks like a whole one.
func (c *backupCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		if err := absent(c.Out); err != nil {
			return err
		}
		f, err := os.CreateTemp(filepath.Dir(c.Out), ".backup-*") // mode 0600
		if err != nil {
			return fmt.Errorf("making a file for the backup: %w", err)
		}
		defer func() { _ = os.Remove(f.Name()) }() // does nothing after the renaming
		if err := errors.Join(d.db.Backup(ctx, f), f.Sync(), f.Close()); err != nil {
			return err
		}
		if err := os.Rename(f.Name(), c.Out); err != nil {
			return fmt.Errorf("putting the backup in its place: %w", err)
		}
		d.line("The backup is in %s. Without the key it opens for nobody: keep a copy of the key elsewhere.", c.Out)
		return nil
	})
}

// restoreCommand fills a new database from a backup.
type restoreCommand struct {
	withConfig
	byPerson
	In string `help:"The backup." required:"" type:"existingfile" placeholder:"FILE"`
}

// Help is the long help.
func (restoreCommand) Help() string {
	return "Fills a new, empty database, all or nothing. The key must be the one of the backup. Letters are stopped afterwards: some that the backup " +
		"takes for waiting may have left since it was made. Look at them with `referrald case show`, then: referrald outgoing start."
}

// Run restores, and stops letters before any daemon can start: nothing is to be answered twice.
func (c *restoreCommand) Run(ctx context.Context, t terminal) error {
	if err := named(c.By); err != nil {
		return err
	}
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	if err := hasKey(config); err != nil {
		return err
	}
	d, err := openDesk(ctx, config, t)
	if err != nil {
		return err
	}
	return errors.Join(c.restore(ctx, d), d.db.Close())
}

func (c *restoreCommand) restore(ctx context.Context, d *desk) error {
	release, err := d.db.Lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := d.db.Migrate(ctx); err != nil {
		return fmt.Errorf("preparing the store: %w", err)
	}
	f, err := os.Open(c.In)
	if err != nil {
		return fmt.Errorf("opening the backup: %w", err)
	}
	defer f.Close()
	if err := d.db.Restore(ctx, f); err != nil {
		return restoreFault(err)
	}
	if err := d.db.StopOutgoing(ctx, c.By); err != nil {
		return err
	}
	d.line("The backup is restored, and the jobs for what was not done are put in.")
	d.line("Letters are stopped: look at those that wait, then `referrald outgoing start --by NAME`.")
	return nil
}

func restoreFault(err error) error {
	switch {
	case errors.Is(err, store.ErrNotEmpty):
		return usageError(store.ErrNotEmpty.Error() + ": name another store.url")
	case errors.Is(err, vault.ErrWrongKey):
		return usageError("the key is not the one that the backup was made with: put that one where store.key_file names it; nothing was restored")
	}
	return err
}

// hasKey keeps a new key from being made where the backup's own is needed.
func hasKey(c *Config) error {
	if err := c.Require(NeedStore); err != nil {
		return err
	}
	name, sqlite := strings.CutPrefix(string(c.Store.URL), "sqlite:")
	if !sqlite || c.Store.KeyFile != "" || c.Store.Key != "" {
		return nil
	}
	if _, err := os.Stat(name + ".key"); errors.Is(err, fs.ErrNotExist) {
		return usageError("put the backup's key at " + name + ".key first, or name it in store.key_file: no other key opens the backup")
	}
	return nil
}
