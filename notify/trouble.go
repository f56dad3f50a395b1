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
)

// A troubleText is how a trouble is told.
type troubleText struct{ title, says, do string }

var troubles = map[Trouble]troubleText{
	TroubleIntakeSilent: {"The mailbox is not being read", "The mailbox has not been read since then. New referrals stay in it, unread and safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; then run referrald check, which says what is wrong."},
	TroubleMailLogin:    {"The mailbox refuses the login", "The login to the mailbox has been refused since then. New referrals stay in it, unread and safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; renew the password or secret, then run referrald check."},
	TroubleSending:      {"Letters do not leave", "The server for outgoing mail has refused our letters since then. They wait and leave later; schools have no reply meanwhile.", "Run referrald check, which says what is wrong."},
	TroubleSecret:       {"The mailbox's secret expires", "The secret with which the mailbox is opened expires soon, or has expired.", "Make a new one in the app registration and configure it; then run referrald check."},
	TroubleStore:        {"The database cannot be written", "Nothing new can be filed since then. New referrals stay in the mailbox, safe, but nobody is told of them.", "Look into the mailbox yourself until this is mended; free disk space or restart the database, then run referrald check."},
	TroubleJobs:         {"Work stands still", "Messages that were filed have not been worked on since then.", "Run referrald check, and look at the log."},
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
		{Kind: factsBlock, Facts: []fact{{"Since", fmt.Sprintf("%s (%s ago)", c.when(since), ago(since, e.At))}}},
		{Kind: paragraphBlock, Text: t.says},
		{Kind: headingBlock, Text: "What to do"},
		{Kind: paragraphBlock, Text: t.do},
	}
	if recovered {
		title, subject = "Over: "+lower(t.title), "Referral system: over: "+lower(t.title)
		blocks = []block{
			{Kind: paragraphBlock, Text: "What was told before is over, and the system works again. Nothing that arrived meanwhile is lost."},
			{Kind: factsBlock, Facts: []fact{{"It began", c.when(since)}, {"It ended by", c.when(e.At)}}},
		}
	}
	m, err := c.mail(subject, append([]block{{Kind: titleBlock, Text: title}}, blocks...), nil, &e)
	if err != nil {
		return Mail{}, fmt.Errorf("writing to staff: %w", err)
	}
	return m, nil
}
