package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"referrald/parse/document"
)

// A tally counts answers by format.
type tally map[document.Format]*formatTally

// A formatTally is what became of the files of one format.
type formatTally struct {
	outcomes map[string]int
	times    []time.Duration
	longest  time.Duration
	slowest  string // the path of the one that took longest
}

func (s tally) add(a fileAnswer) {
	f := s[a.format]
	if f == nil {
		f = &formatTally{outcomes: map[string]int{}}
		s[a.format] = f
	}
	f.outcomes[a.outcome]++
	if a.took >= f.longest {
		f.longest, f.slowest = a.took, a.path
	}
	f.times = append(f.times, a.took)
}

// outcomes are the columns of the table.
var outcomes = [...]string{outcomeRead, outcomeNothing, outcomeUnreadable, outcomeStopped}

// print writes the table: a line for each format and one for all.
func (s tally) print(out io.Writer) {
	all := &formatTally{outcomes: map[string]int{}}
	fmt.Fprintf(out, "\n%-7s %7s", "format", "files")
	for _, o := range outcomes {
		fmt.Fprintf(out, " %15s", o)
	}
	fmt.Fprintf(out, " %9s %9s\n", "median", "slowest")
	for _, format := range slices.Sorted(maps.Keys(s)) {
		f := s[format]
		f.print(out, string(format))
		all.times = append(all.times, f.times...)
		for o, n := range f.outcomes {
			all.outcomes[o] += n
		}
	}
	all.print(out, "all")
}

func (f *formatTally) print(out io.Writer, name string) {
	slices.Sort(f.times)
	n := len(f.times)
	fmt.Fprintf(out, "%-7s %7d", name, n)
	for _, o := range outcomes {
		fmt.Fprintf(out, " %15d", f.outcomes[o])
	}
	fmt.Fprintf(out, " %9s %9s  %s\n", f.times[n/2].Round(time.Millisecond/10), f.times[n-1].Round(time.Millisecond), printable(f.slowest))
}
