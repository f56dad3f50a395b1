package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"referrald/notify"
)

// runCommand is the daemon itself.
type runCommand struct {
	Config string `help:"Configuration file." type:"path" placeholder:"FILE" env:"REFERRALD_CONFIG" default:"referrald.toml"`
}

// Help is the long help.
func (runCommand) Help() string {
	return "Watches the mailbox, decides on what arrives, answers, and tells staff, until it is stopped (Ctrl-C or SIGTERM). " +
		"Run `referrald check` first: it says what is still missing."
}

// Run works until ctx ends.
func (c *runCommand) Run(ctx context.Context, t terminal) error {
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	if err := config.Require(NeedMail | NeedSMTP | NeedStore | NeedDigest | NeedHTTP); err != nil {
		return err
	}
	d, err := newDaemon(ctx, config, newLog(t.Err, config.Log))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Run(ctx)
}

// newLog returns the log: text for a person at a terminal, JSON for whoever collects it.
func newLog(w io.Writer, c LogConfig) *slog.Logger {
	o := &slog.HandlerOptions{}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err == nil {
		o.Level = level
	}
	if c.Format == "text" || c.Format != "json" && interactive(w) {
		return slog.New(slog.NewTextHandler(w, o))
	}
	return slog.New(slog.NewJSONHandler(w, o))
}

// digestCommand sends the digest now, or shows it.
type digestCommand struct {
	Config string `help:"Configuration file." type:"path" placeholder:"FILE" env:"REFERRALD_CONFIG" default:"referrald.toml"`
	DryRun bool   `help:"Print the digest instead of sending it."`
}

// Run queues the digest, which a running daemon sends.
func (c *digestCommand) Run(ctx context.Context, t terminal) error {
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	if err := config.Require(NeedMail | NeedSMTP | NeedStore | NeedDigest); err != nil {
		return err
	}
	d, err := newDaemon(ctx, config, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	now := time.Now()
	if !c.DryRun {
		if err := d.queueDigest(ctx, now, now.UTC().Format("20060102T150405")); err != nil {
			return err
		}
		fmt.Fprintln(t.Out, "The digest is queued; the running daemon sends it at once.")
		return nil
	}
	facts, err := d.digestFacts(ctx, now)
	if err != nil {
		return err
	}
	m, err := d.examiner.Composer.Digest(*facts, notify.StaffEnvelope{To: config.Digest.To, MessageID: "dry-run@localhost", At: now})
	if err != nil {
		return err
	}
	fmt.Fprintf(t.Out, "Subject: %s\n\n%s", m.Subject, m.Text)
	return nil
}
