package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestMain lets the test binary be its own reading child, as the daemon's binary is, and removes what builtDaemon built.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childCommand {
		os.Exit(childMain(os.Stdin, os.Stdout))
	}
	if len(os.Args) == 2 && os.Args[1] == scanCommand {
		os.Exit(scanMain(os.Stdin, os.Stdout))
	}
	dir, err := os.MkdirTemp("", "referrald-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	buildFolder = dir
	if len(os.Args) > 1 && strings.Contains(strings.Join(os.Args[1:], " "), "-soak.") {
		flag.Usage = func() { fmt.Fprintln(os.Stderr, "./task soak --help lists the options") } // and not those of every test
	}
	status := m.Run()
	_ = os.RemoveAll(dir) // the system sweeps its temporary folder anyhow
	os.Exit(status)
}

// buildFolder holds the built daemon.
var buildFolder string

// builtDaemon builds the daemon once for all tests of this package: with fail-points, which do nothing unless they are armed.
var builtDaemon = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(buildFolder, "referrald")
	if out, err := exec.Command("go", "build", "-tags", "failpoints", "-o", binary, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the daemon: %w\n%s", err, out)
	}
	return binary, nil
})
