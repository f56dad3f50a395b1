package main

import (
	"context"
	"encoding/json"
	"fmt"

	"referrald/store"
)

// caseCommands are what staff do with cases.
type caseCommands struct {
	List        caseListCommand        `cmd:"" help:"List the cases that are not closed. No names."`
	Show        caseShowCommand        `cmd:"" help:"Show one case: what the machine decided and why, what persons did, letters, reviews."`
	Decide      caseDecideCommand      `cmd:"" help:"Decide about a case yourself, and answer the school."`
	Release     caseReleaseCommand     `cmd:"" help:"Let the drafted letter of a case leave."`
	Acknowledge caseAcknowledgeCommand `cmd:"" help:"Say that you have seen an urgent case, so that its alarm stops."`
	Review      caseReviewCommand      `cmd:"" help:"Record that the status or the screening tool of a case was reviewed."`
	Status      caseStatusCommand      `cmd:"" help:"Record a case's status: emerging, moderate or significant."`
	Event       caseEventCommand       `cmd:"" help:"Record what brings the tool's review forward: an incident, a transfer, a closing."`
	Close       caseCloseCommand       `cmd:"" help:"Close a case. No letter leaves."`
	Reopen      caseReopenCommand      `cmd:"" help:"Open a closed case again."`
	Hold        caseHoldCommand        `cmd:"" help:"Keep a case from being erased (legal hold), or end that."`
	Export      caseExportCommand      `cmd:"" help:"Write everything that is kept about a case into a file, for a subject access request."`
	Erase       caseEraseCommand       `cmd:"" help:"Delete everything personal about a case, here and in the mailbox."`
}

// caseListCommand lists cases. A list is looked at over shoulders, so that it holds nothing personal.
type caseListCommand struct {
	withConfig
	Held    bool `help:"Only those that wait for a person." xor:"which"`
	Urgent  bool `help:"Only urgent ones that nobody has acknowledged." xor:"which"`
	Waiting bool `help:"Only those that wait for the school." xor:"which"`
	All     bool `help:"Closed ones, too." xor:"which"`
	JSON    bool `help:"Print one JSON object a case, for programs." name:"json"`
}

// Run prints a line for each case, the newest first; where a person is to act, the one that waits longest.
func (c *caseListCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		cases, err := d.db.Cases(ctx, c.filter())
		if err != nil {
			return err
		}
		if c.JSON {
			return linesOfJSON(t, cases)
		}
		for i := range cases {
			d.caseLine(&cases[i])
		}
		if len(cases) == 0 {
			d.line("No such cases.")
		}
		return nil
	})
}

// mostCases bounds a list, far above what a service of this size has open.
const mostCases = 100_000

func (c *caseListCommand) filter() store.Filter {
	f := store.Filter{All: c.All, Urgent: c.Urgent, Limit: mostCases, Oldest: c.Held || c.Urgent || c.Waiting}
	switch {
	case c.Held:
		f.Status = store.StatusHeld
	case c.Waiting:
		f.Status = store.StatusWaiting
	}
	return f
}

func linesOfJSON(t terminal, cases []store.CaseLine) error {
	out := json.NewEncoder(t.Out)
	for i := range cases {
		if err := out.Encode(&cases[i]); err != nil {
			return fmt.Errorf("printing: %w", err)
		}
	}
	return nil
}

// caseLine prints a case on one line, and the marks that ask for something below it.
func (d *desk) caseLine(c *store.CaseLine) {
	why := words(c.Outcome)
	if len(c.Codes) > 0 {
		why = weightiest(c.Codes).Sentence()
	}
	d.line("%s  %-17s  %-10s  %s", d.ink.bold(fmt.Sprintf("%-12s", c.Reference)), d.when(c.Arrived), c.Status, d.wrap(why, 45))
	for _, mark := range d.marks(c) {
		d.line("%14s%s", "", mark)
	}
}

// marks are what about a case wants to be seen at once.
func (d *desk) marks(c *store.CaseLine) (all []string) {
	if c.Urgent && !c.Acknowledged {
		all = append(all, d.ink.red("URGENT, not acknowledged yet"))
	}
	if c.LetterFailed {
		all = append(all, d.ink.red("a letter could not be delivered"))
	}
	if !c.NextReview.IsZero() {
		all = append(all, "next review "+c.NextReview.Format("2 Jan 2006"))
	}
	if c.LegalHold {
		all = append(all, "legal hold")
	}
	if c.Erased {
		all = append(all, "erased")
	}
	return all
}

// caseAcknowledgeCommand stops an urgent case's alarm.
type caseAcknowledgeCommand struct {
	withConfig
	aboutCase
	byPerson
}

// Run records who has seen the case.
func (c *caseAcknowledgeCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		f, err := d.findKept(ctx, c.aboutCase, c.byPerson)
		if err != nil {
			return err
		}
		switch {
		case !f.Urgent:
			return usageError(f.Reference + " is not urgent: there is no alarm to stop")
		case f.Acknowledged:
			d.line("%s was acknowledged before.", f.Reference)
			return nil
		}
		if err := d.db.Acknowledge(ctx, f.Reference, c.By); err != nil {
			return err
		}
		d.line("%s is acknowledged: staff are not told of it again. It still waits for a decision: `referrald case decide %s …`.", f.Reference, f.Reference)
		return nil
	})
}
