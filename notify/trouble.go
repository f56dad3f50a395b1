package notify

import (
	"errors"
	"fmt"
	"time"
)

// A Trouble is a closed word for what keeps the system from working.
type Trouble string

// The troubles.
const (
	TroubleIntakeSilent Trouble = "intake_silent"
	TroubleMailLogin    Trouble = "mail_login"
	TroubleSending      Trouble = "sending"
	TroubleSecret       Trouble = "secret"
	TroubleStore        Trouble = "store"
	TroubleJobs         Trouble = "jobs"
	TroubleMoving       Trouble = "moving"
	TroubleCanary       Trouble = "canary"
)

// Troubles returns the closed list, in the order in which they are shown.
func Troubles() []Trouble {
	return []Trouble{TroubleMailLogin, TroubleIntakeSilent, TroubleStore, TroubleJobs, TroubleSending, TroubleMoving, TroubleCanary, TroubleSecret}
}

// Title says the trouble in a few closed words, or "" for what is none.
func (t Trouble) Title() string { return troubles[t].title }

// A troubleText is how a trouble is told.
type troubleText struct{ title, says, do string }

var troubles = map[Trouble]troubleText{
	TroubleIntakeSilent: {"The mailbox is not being read", "The mailbox has not been read since then. New referrals stay in it, unread and safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; then run referrald check, which says what is wrong."},
	TroubleMailLogin:    {"The mailbox refuses the login", "The login to the mailbox has been refused since then. New referrals stay in it, unread and safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; renew the password or secret, then run referrald check."},
	TroubleSending:      {"Letters do not leave", "The server for outgoing mail has refused our letters since then. They wait and leave later; schools have no reply meanwhile.", "Run referrald check, which says what is wrong."},
	TroubleSecret:       {"The mailbox's secret expires", "The secret with which the mailbox is opened expires soon, or has expired.", "Make a new one in the app registration and configure it; then run referrald check."},
	TroubleStore:        {"The database cannot be written", "Nothing new can be filed since then. New referrals stay in the mailbox, safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; free disk space or restart the database, then run referrald check."},
	TroubleJobs:         {"Work stands still", "Messages that were filed have not been worked on since then.", "Run referrald check, and look at the log."},
	TroubleMoving: {"Messages are not moved to their folders", "Messages that were decided have not left the inbox since then, because the mailbox does not let them be moved. They are answered and listed as always.",
		"Make room in the mailbox, and let this user write and delete in its folders; then run referrald check."},
	TroubleCanary: {"A trial message did not come back", "The system writes to itself, to see that mail leaves, arrives and is read. What it sent then has not come back. Referrals may be held up on the same way.",
		"Look for it in the mailbox's other folders, in junk and in quarantine, and for rules that move or change mail; then run referrald check."},
}

var errTrouble = errors.New("this is not a trouble of the list")

// Trouble writes what staff are told when the system itself is not well, and when it is again.
func (c *Composer) Trouble(what Trouble, since time.Time, recovered bool, e StaffEnvelope) (Mail, error) {
	t, known := troubles[what]
	if !known {
		return Mail{}, fmt.Errorf("writing to staff: %w", errTrouble)
	}
	title, subject := t.title, "Referral system: "+lower(t.title)
	blocks := []block{
		{Kind: factsBlock, Facts: []fact{c.sinceWhen(what, since, e.At)}},
		{Kind: paragraphBlock, Text: t.says},
		{Kind: headingBlock, Text: "What to do"},
		{Kind: paragraphBlock, Text: t.do},
	}
	if recovered {
		title, subject = "Over: "+lower(t.title), "Referral system: over: "+lower(t.title)
		blocks = []block{
			{Kind: paragraphBlock, Text: "What was told before is over, and the system works again. Nothing that arrived meanwhile is lost."},
			{Kind: factsBlock, Facts: c.spell(what, since, e.At)},
		}
	}
	m, err := c.mail(subject, append([]block{{Kind: titleBlock, Text: title}}, blocks...), nil, &e)
	if err != nil {
		return Mail{}, fmt.Errorf("writing to staff: %w", err)
	}
	return m, nil
}

// sinceWhen says when a trouble began. A secret's is no beginning but an end, which may lie ahead.
func (c *Composer) sinceWhen(what Trouble, since, now time.Time) fact {
	if what == TroubleSecret {
		return fact{"It expires", since.In(c.policy.London).Format("2 January 2006")}
	}
	return fact{"Since", fmt.Sprintf("%s (%s ago)", c.when(since), ago(since, now))}
}

// spell says from when until when a trouble lasted.
func (c *Composer) spell(what Trouble, since, until time.Time) []fact {
	if what == TroubleSecret {
		return []fact{{"It was renewed by", c.when(until)}}
	}
	return []fact{{"It began", c.when(since)}, {"It ended by", c.when(until)}}
}

// A TroubleLine is a trouble in the digest.
type TroubleLine struct {
	What  Trouble
	Since time.Time
	Over  time.Time // zero while it lasts
}

// lasting warns of the troubles that are not over.
func (c *Composer) lasting(f *DigestFacts) (out []block) {
	for _, what := range Troubles() {
		for _, l := range f.Troubles {
			if l.What != what || !l.Over.IsZero() || what == TroubleSecret { // the secret has a warning of its own
				continue
			}
			t := troubles[what]
			out = append(out, block{Kind: warningBlock, Text: fmt.Sprintf("%s, since %s. %s", t.title, c.when(l.Since), t.do)})
		}
	}
	return out
}

// over lists the troubles that ended since the last digest.
func (c *Composer) over(f *DigestFacts) (items []string) {
	for _, what := range Troubles() {
		for _, l := range f.Troubles {
			if l.What == what && !l.Over.IsZero() {
				items = append(items, fmt.Sprintf("Over: %s (%s to %s).", lower(troubles[what].title), c.when(l.Since), c.when(l.Over)))
			}
		}
	}
	return items
}
