package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"referrald/notify"
	"referrald/store"
)

// withConfig is the flag that every command at the desk has.
type withConfig struct {
	Config string `help:"Configuration file." type:"path" placeholder:"FILE" env:"REFERRALD_CONFIG" default:"referrald.toml"`
}

// byPerson is the flag of every command that does something: the history says who did it.
type byPerson struct {
	By string `help:"Your name: the case's history and the audit trail keep it beside what you do." required:"" placeholder:"NAME"`
}

// aboutCase is the argument of every command about one case.
type aboutCase struct {
	Reference string `arg:"" name:"ref" help:"The case's reference, as digests and letters give it: 7K3M-Q4XP, or 7K3M-Q4XP/2 for the second child of a message."`
}

// A desk is where a person works on cases: the open store and the page that is written on. It needs no mailbox, and works
// beside a running daemon.
type desk struct {
	config *Config
	db     *store.DB
	zone   *time.Location
	page
}

// atDesk opens the store for the time of one command.
func atDesk(ctx context.Context, path string, t terminal, work func(*desk) error) error {
	config, err := loadConfig(path, t.Environ)
	if err != nil {
		return err
	}
	if err := hasDatabase(config); err != nil {
		return err
	}
	d, err := openDesk(ctx, config, t)
	if err != nil {
		return err
	}
	err = work(d)
	if errors.Is(err, store.ErrNotMigrated) {
		err = usageError(store.ErrNotMigrated.Error())
	}
	return errors.Join(err, d.db.Close())
}

func openDesk(ctx context.Context, config *Config, t terminal) (*desk, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("loading the zone of the service's days: %w", err)
	}
	db, err := openStore(ctx, config, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return &desk{config: config, db: db, zone: zone, page: page{out: t.Out, ink: newPalette(t.Out, t.Environ), width: pageWidth(t)}}, nil
}

// hasDatabase keeps a command that only looks from making a new, empty database where the old one is not found.
func hasDatabase(c *Config) error {
	if err := c.Require(NeedStore); err != nil {
		return err
	}
	name, sqlite := strings.CutPrefix(string(c.Store.URL), "sqlite:")
	if !sqlite {
		return nil
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return usageError("there is no database at " + name + " yet: run `referrald migrate` or `referrald run`, or name the right configuration with --config")
	}
	return nil
}

// find reads a case by its reference as typed, and says what to do where there is none.
func (d *desk) find(ctx context.Context, typed string) (*store.CaseFile, error) {
	reference, err := notify.ParseReference(typed)
	if err != nil {
		return nil, usageError(fmt.Sprintf("%q is not a reference: one looks like 7K3M-Q4XP, or 7K3M-Q4XP/2 for a second child; `referrald case list` shows them", typed))
	}
	f, err := d.db.Case(ctx, string(reference))
	switch {
	case errors.Is(err, store.ErrUnknown):
		return nil, usageError("there is no case " + string(reference) + ": `referrald case list --all` shows every one")
	case errors.Is(err, store.ErrSeveral):
		return nil, usageError(err.Error())
	}
	return f, err
}

// findKept is find for commands that change something: of an erased case nothing is left to change.
func (d *desk) findKept(ctx context.Context, a aboutCase, p byPerson) (*store.CaseFile, error) {
	if strings.TrimSpace(p.By) == "" {
		return nil, usageError("--by is empty: give your name, so that the history can say who did it")
	}
	f, err := d.find(ctx, a.Reference)
	if err == nil && f.Erased {
		return nil, usageError(f.Reference + ": " + store.ErrErased.Error())
	}
	return f, err
}

// when writes a moment in the service's own time.
func (d *desk) when(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(d.zone).Format("2 Jan 2006 15:04")
}

// leaves says after a letter was queued when it leaves.
func (d *desk) leaves(ctx context.Context) error {
	o, err := d.db.OutgoingStopped(ctx)
	if err != nil {
		return err
	}
	if o.Stopped {
		d.line("Letters are stopped (by %s, %s): it waits until `referrald outgoing start`.", o.By, d.when(o.Since))
		return nil
	}
	d.line("It is queued; the running daemon sends it at once.")
	return nil
}

// words writes a closed word for people.
func words[S ~string](s S) string { return strings.ReplaceAll(string(s), "_", " ") }
