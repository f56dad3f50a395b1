package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// demoCommand shows the whole daemon with nothing but this binary: an IMAP and an SMTP server in this process, a database
// in a temporary folder, and invented messages that the very code of `run` works through.
type demoCommand struct {
	Out string `help:"Leave the letters, the digest and the cases in this folder to look at." type:"path" placeholder:"DIR"`
}

// Help is the long help.
func (demoCommand) Help() string {
	return "Every child, school and address in it is invented. Nothing leaves this machine."
}

// demoLimit bounds the whole demo.
const demoLimit = 5 * time.Minute

// Run works the messages through and prints what became of each.
func (c *demoCommand) Run(ctx context.Context, t terminal) error {
	ctx, cancel := context.WithTimeout(ctx, demoLimit)
	defer cancel()
	mailbox, err := startDemoMailbox()
	if err != nil {
		return err
	}
	defer mailbox.Close()
	office, err := startDemoPostOffice()
	if err != nil {
		return err
	}
	defer office.Close()
	dir, err := os.MkdirTemp("", "referrald-demo-")
	if err != nil {
		return fmt.Errorf("making a folder for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	d, err := newDaemon(ctx, demoConfig(dir, mailbox.Port, office.Port), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	if err := c.work(ctx, d, mailbox, t); err != nil {
		return err
	}
	return c.show(ctx, d, mailbox, office, t)
}

// demoConfig is what an operator would write for the servers of the demo.
func demoConfig(dir string, imap, smtp int) *Config {
	c := defaultConfig()
	c.Mail.Host, c.Mail.Port, c.Mail.TLS, c.Mail.User, c.Mail.Password = "127.0.0.1", imap, "none", "referrals", demoPassword
	c.Mail.Poll, c.Mail.TrustedAuthservID = Duration(time.Second), demoAuthservID
	c.SMTP.Host, c.SMTP.Port, c.SMTP.TLS = "127.0.0.1", smtp, "none"
	c.Store.URL = Secret("sqlite:" + filepath.Join(dir, "demo.db"))
	c.Digest.To = []string{"team@charity.example"}
	c.HTTP.Listen = ""
	return &c
}

// demoAuthservID is the mail server whose word counts in the demo's messages.
const demoAuthservID = "mx.charity.example"

// work runs the daemon until every message is decided, answered and settled.
func (c *demoCommand) work(ctx context.Context, d *daemon, mailbox *demoMailbox, t terminal) error {
	running, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- d.Run(running) }()
	b := newBar(t, "messages", len(mailbox.Names))
	defer b.Close()
	for {
		select {
		case err := <-ended:
			return errors.Join(errors.New("the daemon stopped before the demo was done"), err)
		default:
		}
		done, err := d.settledMessages(ctx)
		if err != nil && ctx.Err() != nil {
			return fmt.Errorf("the demo took too long: %w", ctx.Err())
		}
		for b.done < done {
			b.Step()
		}
		idle, err := d.db.Idle(ctx)
		if err == nil && idle && done >= len(mailbox.Names) {
			stop()
			return <-ended
		}
		if !store.Pause(ctx, 100*time.Millisecond) {
			return fmt.Errorf("the demo took too long: %w", ctx.Err())
		}
	}
}

// settledMessages counts the messages that have come to their end.
func (d *daemon) settledMessages(ctx context.Context) (n int, err error) {
	for id := int64(1); ; id++ {
		m, err := d.db.Message(ctx, id)
		if errors.Is(err, store.ErrUnknown) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if !m.Settled.IsZero() {
			n++
		}
	}
}

// A demoResult is one message with what became of it.
type demoResult struct {
	Message   string         `json:"message"`
	Reference string         `json:"reference"`
	Class     triage.Class   `json:"class"`
	Outcome   triage.Outcome `json:"outcome"`
	Urgent    bool           `json:"urgent"`
	Reason    string         `json:"reason"`
	Letter    string         `json:"letter"`
	Folder    string         `json:"folder"`
}

// show prints the table, and leaves the files where they were asked for.
func (c *demoCommand) show(ctx context.Context, d *daemon, mailbox *demoMailbox, office *demoPostOffice, t terminal) error {
	results, err := d.demoResults(ctx, mailbox)
	if err != nil {
		return err
	}
	p := page{out: t.Out, ink: newPalette(t.Out, t.Environ), width: pageWidth(t)}
	for _, r := range results {
		p.line("%s", p.ink.bold(r.Message))
		p.line("  %s", p.outcome(r.Outcome, r.Urgent))
		if r.Reason != "" {
			p.line("  %s", p.wrap(r.Reason, 2))
		}
		p.line("  letter: %s   folder: %s   reference: %s\n", r.Letter, r.Folder, r.Reference)
	}
	now := time.Now()
	facts, err := d.digestFacts(ctx, now)
	if err != nil {
		return err
	}
	digest, err := d.examiner.Composer.Digest(*facts, notify.StaffEnvelope{To: d.config.Digest.To, MessageID: "demo@localhost", At: now})
	if err != nil {
		return err
	}
	p.line("%s", p.ink.bold("The digest that staff get"))
	for line := range strings.SplitSeq(strings.TrimRight(digest.Text, "\n"), "\n") {
		p.line("  %s %s", p.ink.faint("│"), line)
	}
	if c.Out == "" {
		p.line("\nTo look at the letters, the digest and the cases: referrald demo --out DIR")
		return nil
	}
	if err := c.leave(results, office.Sent(), digest); err != nil {
		return err
	}
	p.line("\n%s holds letters/*.eml, digest.eml, digest.html and cases.json.", c.Out)
	return nil
}

// demoResults looks every message up, in the order of arrival.
func (d *daemon) demoResults(ctx context.Context, mailbox *demoMailbox) ([]demoResult, error) {
	names := map[string]string{}
	for _, name := range mailbox.Names {
		raw, err := demoMail.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if m, err := ingest.Open(raw, ingest.DefaultLimits()); err == nil {
			names[m.Identity] = strings.TrimSuffix(filepath.Base(name), ".eml")
		}
	}
	var results []demoResult
	for id := int64(1); ; id++ {
		m, err := d.db.Message(ctx, id)
		if errors.Is(err, store.ErrUnknown) {
			return results, nil
		}
		if err != nil {
			return nil, err
		}
		kept, err := d.db.Kept(ctx, id)
		if err != nil {
			return nil, err
		}
		var in triage.Intake
		if err := json.Unmarshal(kept.Intake, &in); err != nil {
			return nil, fmt.Errorf("reading a decision: %w", err)
		}
		r := demoResult{Reference: m.Reference, Class: in.Class, Outcome: in.Outcome, Urgent: in.Urgent, Reason: demoReason(&in), Letter: string(in.Letter), Folder: m.Folder}
		if opened, err := ingest.Open(m.Raw, ingest.DefaultLimits()); err == nil {
			r.Message = names[opened.Identity]
		}
		if r.Letter == "" {
			r.Letter = "none"
		}
		results = append(results, r)
	}
}

// demoReason is the reason that decided, in closed words.
func demoReason(in *triage.Intake) string {
	codes := weighty(in.Reasons)
	for i := range in.Children {
		codes = append(codes, weighty(in.Children[i].Decision.Reasons)...)
	}
	if len(codes) == 0 {
		return ""
	}
	return weightiest(codes).Sentence()
}

// leave writes the files to look at.
func (c *demoCommand) leave(results []demoResult, sent []sentMail, digest notify.Mail) error {
	letters := filepath.Join(c.Out, "letters")
	if err := os.MkdirAll(letters, 0o755); err != nil {
		return fmt.Errorf("making %s: %w", letters, err)
	}
	cases, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the cases: %w", err)
	}
	files := map[string][]byte{"cases.json": append(cases, '\n'), "digest.eml": digest.Raw, "digest.html": standalone(digest)}
	for i, m := range sent {
		files[filepath.Join("letters", fmt.Sprintf("%02d.eml", i+1))] = m.Text
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(c.Out, name), text, 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	return nil
}

// standalone returns the digest's page with its chart inside, for a browser.
func standalone(m notify.Mail) []byte {
	chart := "data:image/png;base64," + base64.StdEncoding.EncodeToString(m.Chart)
	at := strings.Index(m.HTML, "cid:")
	if at < 0 {
		return []byte(m.HTML)
	}
	end := at + strings.IndexAny(m.HTML[at:], "\"'")
	var b bytes.Buffer
	b.WriteString(m.HTML[:at])
	b.WriteString(chart)
	b.WriteString(m.HTML[end:])
	return b.Bytes()
}
