package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"referrald/ingest"
	"referrald/parse"
	"referrald/store"
	"referrald/triage"
)

// replayCommand tries a changed policy, or a new version, on everything that was ever decided, before it is in force.
type replayCommand struct {
	withConfig
	Since time.Time `help:"Only messages that arrived on this day or later." format:"2006-01-02" placeholder:"YYYY-MM-DD"`
}

// Help is the long help.
func (replayCommand) Help() string {
	return "Reads every kept message again with the policy and tables that the configuration names now, and prints which decisions would be others. " +
		"It knows of each message what was known when it came. Nothing is changed, and nothing is sent."
}

// Run prints what would change, in the order of arrival.
func (c *replayCommand) Run(ctx context.Context, t terminal) error {
	return atDesk(ctx, c.Config, t, func(d *desk) error {
		e, err := newExaminer(d.config)
		if err != nil {
			return err
		}
		ids, err := d.db.DecidedMessages(ctx, c.Since)
		if err != nil {
			return err
		}
		r := replay{daemon: &daemon{config: d.config, examiner: e, db: d.db, log: slog.New(slog.DiscardHandler)}}
		changes, err := r.All(ctx, ids, t)
		if err != nil {
			return err
		}
		for _, change := range changes {
			d.line("%s", d.ink.bold(change.reference))
			for _, l := range change.lines {
				d.line("  %s", d.wrap(l, 4))
			}
		}
		d.line("%d of %d message(s) would be decided otherwise.", len(changes), len(ids))
		return nil
	})
}

// A replay examines kept messages again as they were examined when they came.
type replay struct{ *daemon }

// A change is a message that would be decided otherwise now.
type change struct {
	id        int64
	reference string
	lines     []string
}

// All examines messages, as many at once as there are processors.
func (r replay) All(ctx context.Context, ids []int64, t terminal) (changes []change, err error) {
	b := newBar(t, "messages", len(ids))
	defer b.Close()
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU() + 1)
	for _, id := range ids {
		g.Go(func() error {
			c, err := r.one(ctx, id)
			if err != nil {
				return fmt.Errorf("message %d: %w", id, err)
			}
			mu.Lock()
			defer mu.Unlock()
			b.Step()
			if len(c.lines) > 0 {
				changes = append(changes, *c)
			}
			return nil
		})
	}
	err = g.Wait()
	slices.SortFunc(changes, func(a, b change) int { return int(a.id - b.id) })
	return changes, err
}

func (r replay) one(ctx context.Context, id int64) (*change, error) {
	m, err := r.db.Message(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &change{id: id, reference: m.Reference}
	kept, err := r.db.Kept(ctx, id)
	if err != nil || kept.Intake == nil {
		return c, err // erased since it was listed
	}
	before, err := intakeOf(kept)
	if err != nil {
		return nil, err
	}
	x, err := r.examiner.Examine(ctx, m.Raw, surroundings{At: m.Arrived, Junk: m.Junk, Defects: defectsOf(m),
		History: func(ctx context.Context, _ *ingest.Message, read parse.Reading) (triage.History, [][]byte, error) {
			return r.historyThen(ctx, m, read)
		}})
	if err != nil {
		return nil, err
	}
	c.lines = differences(before, &x.Intake)
	return c, nil
}

// historyThen is what was known when the message came: what arrived after it is left out.
func (r replay) historyThen(ctx context.Context, m *store.Message, read parse.Reading) (h triage.History, earlier [][]byte, err error) {
	h = triage.History{Resend: m.Resend, Returned: m.Returned, Reference: m.Joins}
	if m.Joins != "" {
		if h.Accepted, err = r.acceptedThen(ctx, m); err != nil {
			return h, nil, err
		}
		if earlier, err = r.earlierThen(ctx, m); err != nil {
			return h, nil, err
		}
	}
	known, err := r.knownAs(ctx, m.ID, m.Joins, read)
	if err != nil {
		return h, nil, err
	}
	for _, reference := range known {
		before, err := r.cameBefore(ctx, reference, m.ID)
		if err != nil {
			return h, nil, err
		}
		if before {
			h.KnownAs = append(h.KnownAs, reference)
		}
	}
	return h, earlier, nil
}

// earlierThen returns the raw messages of the joined case that came before, oldest first.
func (r replay) earlierThen(ctx context.Context, m *store.Message) (raws [][]byte, err error) {
	all, err := r.db.MessagesOf(ctx, m.Joins)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if l.ID >= m.ID || l.Erased {
			continue
		}
		whole, err := r.db.Message(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		raws = append(raws, whole.Raw)
	}
	return raws, nil
}

// acceptedThen tells whether a child of the joined case had been accepted when the message was decided.
func (r replay) acceptedThen(ctx context.Context, m *store.Message) (bool, error) {
	cases, err := r.casesOf(ctx, m.Joins)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(cases, func(f *store.CaseFile) bool {
		return slices.ContainsFunc(f.Acts, func(a store.Act) bool { return a.Outcome == triage.Accept && a.At.Before(m.Decided) })
	}), nil
}

// casesOf returns the cases that a message opened.
func (r replay) casesOf(ctx context.Context, opener string) ([]*store.CaseFile, error) {
	references, err := r.db.CasesOf(ctx, opener)
	if err != nil {
		return nil, err
	}
	var all []*store.CaseFile
	for _, reference := range references {
		f, err := r.db.Case(ctx, reference)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

func (r replay) cameBefore(ctx context.Context, reference string, id int64) (bool, error) {
	all, err := r.db.MessagesOf(ctx, reference)
	return err == nil && len(all) > 0 && all[0].ID < id, err
}

// differences says in closed words what would be another decision.
func differences(before, now *triage.Intake) (lines []string) {
	differ := func(what, was, is string) {
		if was != is {
			lines = append(lines, fmt.Sprintf("%s: was %s, would be %s", what, orDash(was), orDash(is)))
		}
	}
	differ("kind of message", words(before.Class), words(now.Class))
	differ("outcome", standing(before.Outcome, before.Urgent), standing(now.Outcome, now.Urgent))
	differ("letter", words(before.Letter), words(now.Letter))
	differ("letter that waits", words(before.Drafted), words(now.Drafted))
	differ("children", fmt.Sprint(len(before.Children)), fmt.Sprint(len(now.Children)))
	differ("reasons", codesOf(before.Reasons), codesOf(now.Reasons))
	for i := range min(len(before.Children), len(now.Children)) {
		a, b := &before.Children[i].Decision, &now.Children[i].Decision
		child := fmt.Sprintf("child %d", i+1)
		differ(child, standing(a.Outcome, a.Urgent), standing(b.Outcome, b.Urgent))
		differ(child+" pathway", words(a.Pathway), words(b.Pathway))
		differ(child+" missing", joinMissing(a.Missing), joinMissing(b.Missing))
		differ(child+" reasons", codesOf(a.Reasons), codesOf(b.Reasons))
	}
	return lines
}

func standing(o triage.Outcome, urgent bool) string {
	if urgent {
		return "urgent " + words(o)
	}
	return words(o)
}

// codesOf lists the codes of the reasons that ask for something.
func codesOf(reasons []triage.Reason) string {
	var codes []string
	for _, c := range weighty(reasons) {
		codes = append(codes, string(c))
	}
	slices.Sort(codes)
	return strings.Join(codes, ", ")
}
