package main

import (
	"context"
	"errors"
	"fmt"
)

// migrateCommand makes or updates the tables. `run` does it, too; with several daemons it is better done before they start.
type migrateCommand struct {
	withConfig
}

// Help is the long help.
func (migrateCommand) Help() string {
	return "A new database is made with its key; one of an older build is brought up to date. `referrald run` does the same when it starts."
}

// Run migrates.
func (c *migrateCommand) Run(ctx context.Context, t terminal) error {
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	d, err := openDesk(ctx, config, t)
	if err != nil {
		return err
	}
	if err := d.db.Migrate(ctx); err != nil {
		return errors.Join(fmt.Errorf("preparing the store: %w", err), d.db.Close())
	}
	d.line("The tables are as this build needs them.")
	return d.db.Close()
}
