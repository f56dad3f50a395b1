package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"

	"referrald/parse"
	"referrald/parse/container"
	"referrald/parse/document"
)

// largestRead is the largest file that readFolder takes up; larger ones are named as too large.
const largestRead = 64 << 20

// readFolder reads every file below a folder as if it had come by mail, and prints a line for each: how long it took,
// its format, and what became of it; at the end the same in figures by format. It shows that no file stops the reader.
func readFolder(ctx context.Context, e *examiner, dir string, t terminal) error {
	paths, err := filesBelow(dir)
	if err != nil {
		return err
	}
	b := newBar(t, "documents", len(paths))
	defer b.Close()
	var mu sync.Mutex
	sum := tally{}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for _, path := range paths {
		g.Go(func() error {
			a, err := readOne(ctx, e, path)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			sum.add(a)
			b.Clear()
			fmt.Fprintln(t.Out, a)
			b.Step()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	b.Close()
	sum.print(t.Out)
	return nil
}

// filesBelow lists the plain files below a folder; it is a fault of use where there is none.
func filesBelow(dir string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, path)
		}
		return nil // a folder that cannot be listed is passed over
	})
	if err != nil {
		return nil, fmt.Errorf("listing %s: %w", dir, err)
	}
	if len(paths) == 0 {
		return nil, usageError("there is no file in " + dir)
	}
	return paths, nil
}

// What can become of a file.
const (
	outcomeRead       = "read"
	outcomeNothing    = "nothing to read"
	outcomeUnreadable = "unreadable"
	outcomeStopped    = "stopped" // its child died or had to be ended
)

// A fileAnswer is what readFolder says of one file.
type fileAnswer struct {
	path    string
	took    time.Duration
	format  document.Format
	outcome string
	why     string
}

// String is the answer's line.
func (a fileAnswer) String() string {
	return fmt.Sprintf("%9s  %-6s %-15s %-11s %s", a.took.Round(time.Millisecond/10), a.format, a.outcome, a.why, printable(a.path))
}

// printable quotes a name that may hold the commands of a terminal: it may hold anything but a zero and a slash.
func printable(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
		return strconv.QuoteToGraphic(name)
	}
	return name
}

// readOne reads one file. Its error is the end of ctx alone.
func readOne(ctx context.Context, e *examiner, path string) (fileAnswer, error) {
	a := fileAnswer{path: path, format: document.Other, outcome: outcomeUnreadable}
	info, err := os.Stat(path)
	if err == nil && info.Size() > largestRead {
		a.why = string(document.TooLarge)
		return a, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		a.why = "not opened"
		return a, nil
	}
	start := time.Now()
	extracts, err := e.reader.Read(ctx, parse.File{Name: filepath.Base(path), Data: data})
	if err != nil {
		return fileAnswer{}, err
	}
	a.took = time.Since(start)
	a.judge(extracts, data)
	return a, nil
}

// judge says what became of a file by what was read of it and of the files inside it: the best of them counts.
func (a *fileAnswer) judge(extracts []parse.Extract, data []byte) {
	a.outcome = outcomeNothing
	for _, x := range extracts {
		a.format = x.Format
		switch {
		case x.Document != nil:
			a.outcome, a.why = outcomeRead, ""
		case a.outcome == outcomeRead || x.Why == "":
		case x.Why == document.Crashed:
			a.outcome, a.why = outcomeStopped, ""
		default:
			a.outcome, a.why = outcomeUnreadable, string(x.Why)
		}
	}
	if f := container.Format(data); len(extracts) > 1 && f != document.Other {
		a.format = f
	}
	if a.outcome == outcomeStopped && a.format == document.Other {
		a.format = claimed(data)
	}
}

// claimed returns the format that a file's first bytes claim. It looks at no more: the rest stopped a child.
func claimed(data []byte) document.Format {
	for _, f := range [...]struct {
		head   string
		format document.Format
	}{
		{"%PDF", document.PDF}, {"PK\x03\x04", document.Zip}, {"\xD0\xCF\x11\xE0", document.DOC}, {`{\rt`, document.RTF},
		{"\x89PNG", document.Image}, {"\xFF\xD8\xFF", document.Image}, {"II*\x00", document.Image}, {"MM\x00*", document.Image}, {"GIF8", document.Image},
		{"\x78\x9F\x3E\x22", document.TNEF},
	} {
		if bytes.HasPrefix(data, []byte(f.head)) {
			return f.format
		}
	}
	return document.Other
}
