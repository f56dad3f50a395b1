package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-message"

	"referrald/ingest"
	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// caseDecideCommand is a person's decision: it stands beside the machine's, which stays as it was.
type caseDecideCommand struct {
	withConfig
	aboutCase
	byPerson
	Decision string   `arg:"" enum:"accept,request,signpost,close" help:"accept, request (ask the school for what is missing), signpost (name who can help), or close (no letter)."`
	Note     string   `help:"Why; kept sealed, never in a letter." required:"" placeholder:"TEXT"`
	Ask      []string `help:"What to ask for, with request, instead of what the machine found missing; once for each." sep:"none" placeholder:"WHAT"`
	NoLetter bool     `help:"Decide without a letter, for example after a telephone call."`
	Again    bool     `help:"Decide the same once more, with another letter."`
	DryRun   bool     `help:"Only show the letter that would leave; keep and send nothing."`
}

// Help is the long help.
func (caseDecideCommand) Help() string {
	return "The letter is shown before it leaves. It goes only to the address that the referral came from, and only if your own mail server " +
		"verified that address; otherwise the decision is kept and you are told to reach the school another way. " +
		"Look first: referrald case show REF. Then try: referrald case decide REF accept --by NAME --note WHY --dry-run"
}

// deciding says what each decision is for the store and for the letter.
var deciding = map[string]struct {
	outcome triage.Outcome
	letter  triage.LetterKind
}{
	"accept":   {triage.Accept, triage.Acknowledgement},
	"request":  {triage.RequestInformation, triage.InformationRequestLetter},
	"signpost": {triage.Signpost, triage.SignpostingLetter},
}

// Run shows the letter, keeps the decision, and queues the letter, in one transaction.
func (c *caseDecideCommand) Run(ctx context.Context, t terminal) error {
	if err := c.fits(); err != nil {
		return err
	}
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if c.Decision == "close" {
			return d.close(ctx, f, c.By, c.Note, c.DryRun)
		}
		if err := c.mayDecide(f); err != nil {
			return err
		}
		mail, err := c.letter(ctx, d, f)
		if err != nil {
			return err
		}
		if c.DryRun {
			d.line("A dry run: nothing was kept, and nothing leaves.")
			return nil
		}
		return c.keep(ctx, d, f, mail)
	})
}

// fits checks the flags that depend on each other.
func (c *caseDecideCommand) fits() error {
	switch {
	case strings.TrimSpace(c.Note) == "":
		return usageError("--note is empty: say in a sentence why, for whoever reads the case next")
	case len(c.Ask) > 0 && c.Decision != "request":
		return usageError("--ask belongs to request: referrald case decide REF request --ask " + c.Ask[0])
	}
	for _, a := range c.Ask {
		if triage.Missing(a).Label() == "" {
			return usageError(fmt.Sprintf("--ask %s: nothing is called that; choose from %s", a, strings.Join(askable(), ", ")))
		}
	}
	return nil
}

// askable lists what a school can be asked for.
func askable() (all []string) {
	for _, m := range []triage.Missing{triage.MissingForm, triage.MissingTool, triage.MissingToolDate, triage.MissingToolLevel, triage.MissingStatus} {
		all = append(all, string(m))
	}
	for _, k := range fieldOrder {
		if triage.Missing(k).Label() != "" {
			all = append(all, string(k))
		}
	}
	return all
}

// mayDecide keeps a school from being answered twice by a command that is given twice.
func (c *caseDecideCommand) mayDecide(f *store.CaseFile) error {
	switch {
	case f.Status == store.StatusClosed:
		return usageError(f.Reference + " is closed: `referrald case reopen " + f.Reference + "` first")
	case c.Again || f.Outcome != deciding[c.Decision].outcome || f.Status == store.StatusHeld:
		return nil
	case hasDraft(f):
		return usageError(f.Reference + " stands so already, and its letter waits for you: `referrald case release " + f.Reference + "` lets it leave")
	}
	return usageError(f.Reference + " stands so already: nothing was done. --again decides the same once more, with another letter")
}

func hasDraft(f *store.CaseFile) bool {
	return slices.ContainsFunc(f.Letters, func(l store.Letter) bool { return l.State == store.LetterDraft })
}

// letter writes the letter and shows it, or says why none leaves.
func (c *caseDecideCommand) letter(ctx context.Context, d *desk, f *store.CaseFile) (*store.Mail, error) {
	if c.NoLetter {
		d.line("No letter leaves.")
		return nil, nil
	}
	child, err := d.decisionOf(ctx, f)
	if err != nil {
		return nil, err
	}
	facts, err := c.facts(f, child)
	if err != nil {
		return nil, err
	}
	tables, err := loadTables(d.config)
	if err != nil {
		return nil, err
	}
	to, why, err := d.answerable(ctx, f)
	if err != nil {
		return nil, err
	}
	if to == nil {
		d.line("%s %s", d.ink.yellow("No letter leaves:"), d.wrap(why+" Reach the school in a way that you know, for example by telephone.", 0))
		return nil, nil
	}
	// The id follows from the case's history: the same decision given twice at once makes one letter.
	id := fmt.Sprintf("%s.p.%d@%s", fileName(f.Reference), len(f.Acts), domainOf(d.config.Service.Address))
	l, err := tables.Composer.Letter(*facts, notify.Envelope{To: to.From, MessageID: id, InReplyTo: to.ID, References: append(to.References, to.ID), At: time.Now()})
	if err != nil {
		return nil, fmt.Errorf("writing the letter: %w", err)
	}
	d.mail("The letter, to "+l.To, l.Subject, l.Text)
	d.elsewhere(to)
	return &store.Mail{Kind: store.LetterMail, Template: string(l.Kind), MessageID: l.MessageID, From: serverOf(d.config, nil).EnvelopeFrom, To: l.To, Raw: l.Raw}, nil
}

// facts are the closed facts of the letter about this one child.
func (c *caseDecideCommand) facts(f *store.CaseFile, child *triage.Child) (*notify.LetterFacts, error) {
	decision := &child.Decision
	about := notify.Child{Number: numberOf(f.Reference), Outcome: deciding[c.Decision].outcome, Codes: weighty(decision.Reasons), Contacts: decision.Contacts}
	if c.Decision == "request" {
		about.Missing = decision.Missing
		if len(c.Ask) > 0 {
			about.Missing = nil
			for _, a := range c.Ask {
				about.Missing = append(about.Missing, triage.Missing(a))
			}
		}
		if len(about.Missing) == 0 {
			return nil, usageError("the machine found nothing missing in " + f.Reference + ": say what to ask for with --ask, once for each of " + strings.Join(askable(), ", "))
		}
	}
	return &notify.LetterFacts{Kind: deciding[c.Decision].letter, Reference: notify.Reference(f.Reference), ReceivedAt: f.Arrived,
		Children: []notify.Child{about}, Released: true}, nil
}

// numberOf is the child's number in its message.
func numberOf(reference string) int {
	_, number, _ := strings.Cut(reference, "/")
	if n, err := strconv.Atoi(number); err == nil {
		return n
	}
	return 1
}

// answerable returns the case's newest message that can be answered: our own mail server verified its author, and a person
// wrote it. Otherwise it says why there is none.
func (d *desk) answerable(ctx context.Context, f *store.CaseFile) (to *ingest.Message, why string, err error) {
	trust := ingest.Trust{Profile: d.config.Mail.TrustProfile, AuthservID: d.config.Mail.TrustedAuthservID}
	why = "No message of the case is kept."
	for i := len(f.Messages) - 1; i >= 0; i-- {
		if f.Messages[i].Erased {
			continue
		}
		kept, err := d.db.Message(ctx, f.Messages[i].ID)
		if err != nil {
			return nil, "", err
		}
		m, err := ingest.Open(kept.Raw, ingest.DefaultLimits())
		switch {
		case err != nil, m.From == "":
			why = "The message names no author."
		case !m.Authenticated(trust):
			why = "Our mail server did not verify the sender: the address may be forged."
		case m.Machine != ingest.Human:
			why = "The message was sent by a machine; nobody reads an answer there."
		default:
			return m, "", nil
		}
	}
	return nil, why, nil
}

// elsewhere tells the person, before a letter leaves, that the message asks for answers to go to somebody else. Forged
// mail does so; so do secretaries.
func (d *desk) elsewhere(m *ingest.Message) {
	if m.ReplyTo == "" {
		return
	}
	d.line("%s %s\n", d.ink.yellow("Beware:"), d.wrap("the message asks for replies to go to "+m.ReplyTo+". This letter goes to the verified author "+m.From+
		" alone. Where you doubt that the author wrote it, ring the school before you let it leave.", 0))
}

// mail shows a mail before it leaves.
func (p page) mail(title, subject, text string) {
	p.line("%s", p.ink.bold(title))
	p.line("  Subject: %s\n", subject)
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.line("  %s %s", p.ink.faint("│"), l)
	}
	p.line("")
}

func (c *caseDecideCommand) keep(ctx context.Context, d *desk, f *store.CaseFile, mail *store.Mail) error {
	outcome := deciding[c.Decision].outcome
	err := d.db.DecideByPerson(ctx, store.PersonDecided{Reference: f.Reference, By: c.By, Outcome: outcome, Note: c.Note, Letter: mail})
	if err != nil {
		return err
	}
	d.line("%s: %s, decided by %s.", f.Reference, d.ink.bold(words(outcome)), c.By)
	if mail == nil {
		return nil
	}
	return d.leaves(ctx)
}

// caseReleaseCommand lets a letter leave that the machine drafted and that waits for a person.
type caseReleaseCommand struct {
	withConfig
	aboutCase
	byPerson
	Note   string `help:"What there is to say; kept sealed." placeholder:"TEXT"`
	DryRun bool   `help:"Only show the letter."`
}

// Run shows the drafted letter and queues it.
func (c *caseReleaseCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		if !hasDraft(f) {
			return usageError("no letter of " + f.Reference + " waits for a release: `referrald case decide " + f.Reference + " …` writes one")
		}
		if err := d.showDrafts(ctx, f); err != nil {
			return err
		}
		if to, _, err := d.answerable(ctx, f); err != nil {
			return err
		} else if to != nil {
			d.elsewhere(to)
		}
		if c.DryRun {
			return nil
		}
		if err := d.db.DecideByPerson(ctx, store.PersonDecided{Reference: f.Reference, By: c.By, Release: true, Note: c.Note}); err != nil {
			return err
		}
		return d.leaves(ctx)
	})
}

func (d *desk) showDrafts(ctx context.Context, f *store.CaseFile) error {
	for _, l := range f.Letters {
		if l.State != store.LetterDraft {
			continue
		}
		whole, err := d.db.Letter(ctx, l.ID)
		if err != nil {
			return err
		}
		subject, text, err := plainText(whole.Raw)
		if err != nil {
			return fmt.Errorf("reading the drafted letter: %w", err)
		}
		d.mail("The letter, to "+whole.To, subject, text)
	}
	return nil
}

// plainText reads what a mail of our own says in plain text.
func plainText(raw []byte) (subject, text string, err error) {
	whole, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		return "", "", err
	}
	if subject, err = whole.Header.Text("Subject"); err != nil {
		return "", "", err
	}
	err = whole.Walk(func(_ []int, e *message.Entity, err error) error {
		if err != nil {
			return err
		}
		if kind, _, _ := e.Header.ContentType(); kind == "text/plain" && text == "" {
			plain, err := io.ReadAll(e.Body)
			text = strings.ReplaceAll(string(plain), "\r\n", "\n")
			return err
		}
		return nil
	})
	return subject, text, err
}
