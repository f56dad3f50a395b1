package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"referrald/notify"
	"referrald/triage"
)

// explainCommand is the dry run: what the daemon would do with messages, and why. It opens no connection, writes
// nothing and sends nothing.
type explainCommand struct {
	Config    string    `help:"Configuration file; only its tables and policy are used." type:"path" placeholder:"FILE"`
	JSON      bool      `help:"Print one JSON object a message, for programs." name:"json"`
	Now       time.Time `help:"The moment of arrival, instead of what the message says." placeholder:"RFC3339"`
	Documents string    `help:"Read every file of this folder as a document instead, and print one line for each." type:"path" placeholder:"DIR"`
	Messages  []string  `arg:"" optional:"" help:"Messages as files (.eml)." type:"path"`
}

// Help is the long help.
func (explainCommand) Help() string {
	return "Reads messages from files and prints what the daemon would do with each, and why, clause by clause. " +
		"Use it to try a changed policy before it is in force."
}

// explainReference stands in letters that are only shown: nothing is filed, so none was drawn.
const explainReference = "XXXX-XXXX"

// Run explains the messages in the order of the arguments.
func (c *explainCommand) Run(ctx context.Context, t terminal) error {
	if c.Documents == "" && len(c.Messages) == 0 {
		return usageError("name at least one message file, for example: referrald explain message.eml")
	}
	config, err := loadConfig(c.Config, t.Environ)
	if err != nil {
		return err
	}
	if err := config.Require(0); err != nil {
		return err
	}
	e, err := newExaminer(config)
	if err != nil {
		return err
	}
	if c.Documents != "" {
		return readFolder(ctx, e, c.Documents, t)
	}
	return c.messages(ctx, e, t)
}

// messages works on as many messages at once as there are processors, and prints in the order of the arguments.
func (c *explainCommand) messages(ctx context.Context, e *examiner, t terminal) error {
	results := make([]chan *examined, len(c.Messages))
	for i := range results {
		results[i] = make(chan *examined, 1)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU() + 1)
	g.Go(func() error { return c.print(ctx, results, t) })
	for i, path := range c.Messages {
		g.Go(func() error {
			x, err := c.one(ctx, e, path)
			if err != nil {
				return fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			results[i] <- x
			return nil
		})
	}
	return g.Wait()
}

func (c *explainCommand) print(ctx context.Context, results []chan *examined, t terminal) error {
	p := page{out: t.Out, ink: newPalette(t.Out, t.Environ), width: pageWidth(t)}
	encoder := json.NewEncoder(t.Out)
	encoder.SetEscapeHTML(false)
	for i, result := range results {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case x := <-result:
			file := filepath.Base(c.Messages[i])
			if !c.JSON {
				p.Print(file, x)
				continue
			}
			if err := encoder.Encode(explainedOf(file, x)); err != nil {
				return fmt.Errorf("printing: %w", err)
			}
		}
	}
	return nil
}

// one explains one message. A file in which nothing of a message is found still gets its line, held.
func (c *explainCommand) one(ctx context.Context, e *examiner, path string) (*examined, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	x, err := e.Examine(ctx, raw, surroundings{At: c.Now})
	if err != nil {
		return nil, err
	}
	if len(x.Message.Parts) == 0 && x.Message.Identity == "" {
		x.Intake = triage.Intake{Class: triage.ClassUnreadable, Sender: x.Intake.Sender, Outcome: triage.Hold, Reasons: x.Intake.Reasons}
	}
	x.Letter, err = e.compose(x, x.Intake.Letter, notify.Reference(explainReference), "explain@localhost", x.Arrival.At)
	return x, err
}

// pageWidth is the terminal's width within what reads well.
func pageWidth(t terminal) int {
	if f, ok := t.Out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil {
			return min(max(w, 60), 110)
		}
	}
	return 100
}
