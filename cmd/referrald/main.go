package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit statuses: 0 done, 1 something failed, 2 the command or the configuration is wrong.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	// The reading child is recognised before flags, logging or configuration: it must open nothing.
	if len(os.Args) == 2 && os.Args[1] == childCommand {
		os.Exit(childMain(os.Stdin, os.Stdout))
	}
	if len(os.Args) == 2 && os.Args[1] == scanCommand {
		os.Exit(scanMain(os.Stdin, os.Stdout))
	}
	if len(os.Args) == 2 && os.Args[1] == convertCommand {
		os.Exit(convertMain(os.Stdin, os.Stdout))
	}
	if len(os.Args) == 2 && os.Args[1] == fenceCommand {
		fmt.Println(fencesInForce())
		os.Exit(0)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, os.Args[1:], terminal{Out: os.Stdout, Err: os.Stderr, Environ: os.Environ()}))
}

// fenceCommand is the hidden first argument by which main becomes the child that tries its own fences.
const fenceCommand = "try-fences"

// execute runs one command and returns its exit status.
func execute(ctx context.Context, args []string, t terminal) int {
	var c commands
	left := -1 // the status with which kong wants to leave, after --help
	parser, err := kong.New(&c,
		kong.Name("referrald"),
		kong.Description("Turns the emailed referrals of a child-protection prevention service into safe, explained, answered cases.\n\n"+
			"New here? Try `referrald demo`: it needs no set-up. Then copy referrald.example.toml, and let `referrald check` tell you what is still missing."),
		kong.Writers(t.Out, t.Err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Exit(func(code int) { left = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(t),
	)
	if err != nil {
		fmt.Fprintln(t.Err, "referrald:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	switch {
	case left >= 0:
		return left
	case err != nil:
		fmt.Fprintf(t.Err, "referrald: %v\nTry `referrald %s--help`.\n", err, commandOf(err))
		return exitUsage
	}
	return t.status(k.Run())
}

// commandOf names the command whose arguments were wrong, for the hint after the message.
func commandOf(err error) string {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil && wrong.Context.Command() != "" {
		name, _, _ := strings.Cut(wrong.Context.Command(), " <")
		return name + " "
	}
	return ""
}

// status prints what went wrong and turns it into the exit status.
func (t terminal) status(err error) int {
	var faults Faults
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &faults), errors.As(err, &usage):
		fmt.Fprintln(t.Err, "referrald:", err)
		return exitUsage
	case errors.Is(err, errSilent):
		return exitFailed
	default:
		fmt.Fprintln(t.Err, "referrald:", err)
		return exitFailed
	}
}

// A usageError is a command that cannot be carried out as it was given.
type usageError string

// Error says what is wrong and what to do.
func (e usageError) Error() string { return string(e) }

// errSilent ends a command that failed after it has said all there is to say.
var errSilent = errors.New("failed")
