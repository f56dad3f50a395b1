package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"referrald/parse"
)

// largestRead is the largest file that readFolder takes up; larger ones are named as too large.
const largestRead = 64 << 20

// readFolder reads every file below a folder as if it had come by mail, and prints a line for each: how long it took,
// its format, and what became of it. It shows that no file stops the reader.
func readFolder(ctx context.Context, e *examiner, dir string, t terminal) error {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, path)
		}
		return nil // a folder that cannot be listed is passed over
	})
	if err != nil {
		return fmt.Errorf("listing %s: %w", dir, err)
	}
	if len(paths) == 0 {
		return usageError("there is no file in " + dir)
	}
	b := newBar(t, "documents", len(paths))
	defer b.Close()
	var mu sync.Mutex
	counts := map[string]int{}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for _, path := range paths {
		g.Go(func() error {
			line, outcome, err := readOne(ctx, e, path)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			counts[outcome]++
			b.Clear()
			fmt.Fprintln(t.Out, line)
			b.Step()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	b.Close()
	fmt.Fprintf(t.Out, "%d files:", len(paths))
	for _, outcome := range []string{"read", "nothing to read", "unreadable"} {
		fmt.Fprintf(t.Out, "  %d %s", counts[outcome], outcome)
	}
	fmt.Fprintln(t.Out)
	return nil
}

func readOne(ctx context.Context, e *examiner, path string) (line, outcome string, err error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > largestRead {
		return fmt.Sprintf("%9s  %-6s %-15s %s", "-", "-", "too large", path), "unreadable", nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Sprintf("%9s  %-6s %-15s %s", "-", "-", "cannot be opened", path), "unreadable", nil
	}
	start := time.Now()
	extracts, err := e.reader.Read(ctx, parse.File{Name: filepath.Base(path), Data: data})
	if err != nil {
		return "", "", err
	}
	outcome, why, format := "nothing to read", "", "-"
	for _, x := range extracts {
		format = string(x.Format)
		if x.Document != nil {
			outcome = "read"
		} else if x.Why != "" && outcome != "read" {
			outcome, why = "unreadable", string(x.Why)
		}
	}
	return fmt.Sprintf("%9s  %-6s %-15s %-11s %s", time.Since(start).Round(time.Millisecond/10), format, outcome, why, path), outcome, nil
}
