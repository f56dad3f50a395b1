package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"time"

	"referrald/ingest"
)

// checkCommand tries everything that `run` needs and says of each whether it is well or what to do.
type checkCommand struct {
	Config string `help:"Configuration file." type:"path" placeholder:"FILE" env:"REFERRALD_CONFIG" default:"referrald.toml"`
}

// A finding is one line of the check.
type finding struct {
	what   string
	says   string // what was found, where it is well
	err    error  // what is wrong and what to do
	advice bool   // it works without, but less well
}

// Run prints a line for each part, and fails where one of them would stop the daemon.
func (c *checkCommand) Run(ctx context.Context, t terminal) error {
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	if err := config.Require(NeedMail | NeedSMTP | NeedStore | NeedDigest | NeedHTTP); err != nil {
		return err
	}
	ink, failed := newPalette(t.Out, t.Environ), false
	show := func(f finding) {
		switch {
		case f.err != nil && f.advice:
			fmt.Fprintf(t.Out, "%s %-14s %v\n", ink.yellow("note"), f.what, f.err)
		case f.err != nil:
			failed = true
			fmt.Fprintf(t.Out, "%s %-14s %v\n", ink.red("fail"), f.what, f.err)
		default:
			fmt.Fprintf(t.Out, "%s   %-14s %s\n", ink.green("ok"), f.what, f.says)
		}
	}
	show(finding{what: "configuration", says: c.Config})
	d, err := newDaemon(ctx, config, slog.New(slog.DiscardHandler))
	if err != nil {
		show(finding{what: "set-up", err: err})
		return errSilent
	}
	defer d.Close()
	for _, try := range []func(context.Context) finding{d.checkStore, d.checkExpiry, d.checkMailbox, d.checkSMTP, d.checkHours, d.checkWebhook, d.checkFences, d.checkOCR, d.checkOffice, d.checkRegister, d.checkPostcodes} {
		show(try(ctx))
	}
	if failed {
		return errSilent
	}
	return nil
}

// checkTimeout bounds one part of the check.
const checkTimeout = 30 * time.Second

func (d *daemon) checkStore(ctx context.Context) finding {
	return finding{what: "store", says: "the database answers and its key is right", err: d.db.Ping(ctx)}
}

func (d *daemon) checkMailbox(ctx context.Context) finding {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	f := finding{what: "mailbox"}
	box, err := ingest.Dial(ctx, d.account)
	if err != nil {
		f.err = err
		return f
	}
	defer box.Close()
	var seen []string
	for _, name := range append(append([]string{}, d.config.Mail.Folders...), d.config.Mail.Junk) {
		if name == "" {
			continue
		}
		folder, err := box.Select(ctx, name)
		if err != nil {
			f.err = fmt.Errorf("folder %s: %w", name, err)
			return f
		}
		seen = append(seen, fmt.Sprintf("%s (%d messages)", name, folder.Messages))
	}
	f.says = strings.Join(seen, ", ")
	return f
}

func (d *daemon) checkSMTP(ctx context.Context) finding {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	return finding{what: "smtp", says: "the server takes our letters", err: d.sender.Check(ctx)}
}

// checkHours fails while nobody is named whom an urgent case reaches out of hours (clause emergency).
func (d *daemon) checkHours(context.Context) finding {
	f := finding{what: "out of hours", says: fmt.Sprintf("%d address(es) are told at once of an urgent case", len(d.config.Digest.Urgent))}
	if len(d.config.Digest.Urgent) == 0 {
		f.err = fmt.Errorf("nobody is named whom an urgent case reaches at night and at weekends: set digest.urgent_to")
	}
	return f
}

// checkWebhook calls nobody: a trial would set off an alarm.
func (d *daemon) checkWebhook(context.Context) finding {
	f := finding{what: "webhook", says: "an address is told when something fails, also when no mail leaves"}
	if d.config.Watchdog.Webhook == "" {
		f.err, f.advice = fmt.Errorf("nobody is told when no mail leaves, but by the log and /readyz: set watchdog.webhook"), true
	}
	return f
}

// checkFences asks a child what its fences forbid.
func (d *daemon) checkFences(ctx context.Context) finding {
	exe, err := os.Executable()
	if err != nil {
		return finding{what: "reading child", err: err}
	}
	out, err := exec.CommandContext(ctx, exe, fenceCommand).Output()
	says := strings.TrimSpace(string(out))
	if err == nil && strings.Contains(says, "lacking") {
		return finding{what: "reading child", err: fmt.Errorf("%s: a newer kernel has more fences", says), advice: true}
	}
	return finding{what: "reading child", says: says, err: err}
}

func (d *daemon) checkOCR(context.Context) finding {
	f := finding{what: "ocr", says: d.examiner.reader.ocr}
	if f.says == "" {
		f.err, f.advice = fmt.Errorf("no %s is installed, so that scans and photographs wait for a person: apt-get install tesseract-ocr", d.config.Reading.Tesseract), true
	}
	return f
}

// checkOffice says whether old Word files have a second reader. Few schools send what needs it, so that its absence is no
// fault.
func (d *daemon) checkOffice(context.Context) finding {
	f := finding{what: "second reader"}
	switch office := d.examiner.reader.office; {
	case office == "":
		f.says = "no LibreOffice: files older than Word 97 wait for a person unread"
	case !hasLandlock():
		f.says = office + " is not used, since this kernel has no landlock to shut it in: files older than Word 97 wait for a person unread"
	default:
		f.says = office + ", for old Word files that our own reader refuses; a person looks at them all the same"
	}
	return f
}

func (d *daemon) checkRegister(context.Context) finding {
	f := finding{what: "schools", says: fmt.Sprintf("%d schools in the register", d.examiner.Assessor.Register.Len())}
	if d.examiner.Assessor.Register == nil {
		f.err, f.advice = fmt.Errorf("no register, so that only the endings of schools' domains are known: set data.schools"), true
	}
	return f
}

func (d *daemon) checkPostcodes(context.Context) finding {
	f := finding{what: "postcodes", says: "the postcode table is loaded"}
	if d.examiner.Assessor.Gazetteer == nil {
		f.err, f.advice = fmt.Errorf("no postcode table, so that shared districts are asked about: set data.postcodes"), true
	}
	return f
}
