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
}

// Alert writes what staff are told of an urgent case. It holds nothing of the message: who reads it opens the case.
func (c *Composer) Alert(f AlertFacts, e StaffEnvelope) (Mail, error) {
	reason := "A person must look at it now."
	if f.Code.Known() {
		reason = fmt.Sprintf("%s (%s)", f.Code.Sentence(), f.Code.Clause())
	}
	subject := "Urgent referral " + f.Reference.shown() + ": please look now"
	first := "A message needs a person now. It has been held, and no decision has been sent."
	if f.Again {
		subject = "Urgent referral " + f.Reference.shown() + ": still not acknowledged"
		first = fmt.Sprintf("Nobody has acknowledged this case yet; it waits %s.", ago(f.Since, e.At))
	}
	blocks := []block{
		{Kind: warningBlock, Text: "If a child may be in danger now, call 999 first."},
		{Kind: titleBlock, Text: "An urgent referral: " + f.Reference.shown()},
		{Kind: paragraphBlock, Text: first},
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
