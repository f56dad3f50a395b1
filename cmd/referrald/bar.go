package main

import (
	"fmt"
	"strings"
	"time"
)

// A bar shows on a terminal how far a long command has come; elsewhere it writes nothing.
type bar struct {
	t     terminal
	name  string
	done  int
	all   int
	since time.Time
	live  bool
}

func newBar(t terminal, name string, all int) *bar {
	b := &bar{t: t, name: name, all: all, since: time.Now(), live: interactive(t.Err)}
	b.draw()
	return b
}

// Step counts one more thing as done.
func (b *bar) Step() {
	b.done++
	b.draw()
}

// Clear takes the bar off the line, so that something else can be printed.
func (b *bar) Clear() {
	if b.live {
		fmt.Fprint(b.t.Err, "\r\x1b[K")
	}
}

// Close takes the bar away for good.
func (b *bar) Close() {
	b.Clear()
	b.live = false
}

const barWidth = 30

func (b *bar) draw() {
	if !b.live || b.all == 0 {
		return
	}
	full := barWidth * b.done / b.all
	left := ""
	if b.done > 0 {
		left = ", " + (time.Since(b.since) / time.Duration(b.done) * time.Duration(b.all-b.done)).Round(time.Second).String() + " left"
	}
	fmt.Fprintf(b.t.Err, "\r\x1b[K%s %s%s %d/%d%s", b.name, strings.Repeat("█", full), strings.Repeat("░", barWidth-full), b.done, b.all, left)
}
