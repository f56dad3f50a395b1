package notify

import (
	"fmt"
	"time"

	"referrald/triage"
)

// AlertFacts are what staff are told at once of an urgent case.
type AlertFacts struct {
	Reference Reference
	Code      triage.Code // why
	Since     time.Time   // when the message arrived
	Again     bool        // it was told before, and nobody has acknowledged it

	Letter triage.LetterKind // what the sender is told by itself
}

// opening says what has become of the message.
func (f *AlertFacts) opening(now time.Time) string {
	switch {
	case f.Again:
		return fmt.Sprintf("Nobody has acknowledged this case yet; it waits %s.", ago(f.Since, now))
	case f.Letter == triage.NoLetter:
		return "A message needs a person now. It has been held, and the sender has been told nothing."
	case f.Letter == triage.Receipt:
		return "A message needs a person now. It has been held; the sender is told only that it arrived."
	}
	return "A referral needs a person now. The sender is told by letter whom to contact; look at once whether that is enough."
}

// Alert writes what staff are told of an urgent case. It holds nothing of the message: who reads it opens the case.
func (c *Composer) Alert(f AlertFacts, e StaffEnvelope) (Mail, error) {
	reason := "A person must look at it now."
	if f.Code.Known() {
		reason = fmt.Sprintf("%s (%s)", f.Code.Sentence(), f.Code.Clause())
	}
	subject := "Urgent referral " + f.Reference.shown() + ": please look now"
	if f.Again {
		subject = "Urgent referral " + f.Reference.shown() + ": still not acknowledged"
	}
	blocks := []block{
		{Kind: warningBlock, Text: "If a child may be in danger now, call 999 first."},
		{Kind: titleBlock, Text: "An urgent referral: " + f.Reference.shown()},
		{Kind: paragraphBlock, Text: f.opening(e.At)},
		{Kind: factsBlock, Facts: []fact{{"Reference", f.Reference.shown()}, {"Received", c.when(f.Since)}, {"Reason", reason}}},
		{Kind: headingBlock, Text: "What to do"},
		{Kind: listBlock, Items: []string{
			"Open the case (case show) and read the message and its documents.",
			"Act under your safeguarding procedures; the machine has told nobody but you.",
			"Acknowledge the case (case acknowledge). Until then this alert comes again.",
		}},
	}
	m, err := c.mail(subject, blocks, nil, &e)
	if err != nil {
		return Mail{}, fmt.Errorf("writing an alert: %w", err)
	}
	return m, nil
}
