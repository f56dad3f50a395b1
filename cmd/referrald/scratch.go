package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// scratchName begins the names of scratches.
const scratchName = "referrald-conversion-"

// A scratch is the folder that one conversion works in. It is locked while that lasts. The lock ends with the daemon, however
// the daemon ends, so that one without a lock is known to be left behind.
type scratch struct {
	path string
	lock *os.File
}

// newScratch makes a scratch in a folder, "" for the system's own.
func newScratch(within string) (*scratch, error) {
	path, err := os.MkdirTemp(within, scratchName)
	if err != nil {
		return nil, fmt.Errorf("making a folder for a conversion: %w", err)
	}
	s, err := lockScratch(path)
	if err != nil {
		_ = os.Remove(path) // it is empty, or swept already
		return nil, err
	}
	return s, nil
}

func lockScratch(path string) (*scratch, error) {
	lock, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the folder of a conversion: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close() // nothing was written
		return nil, fmt.Errorf("locking the folder of a conversion: %w", err)
	}
	return &scratch{path, lock}, nil
}

// Close removes the folder, and the socket which LibreOffice makes, and behind its fences cannot remove.
func (s *scratch) Close() {
	_ = os.Remove(officeSocket(s.path)) // most often it was never made
	_ = os.RemoveAll(s.path)            // what resists is swept at the next start
	_ = s.lock.Close()
}

// sweepScratches removes what daemons left behind that were killed during a conversion, for it is a child's papers.
func sweepScratches(within string) {
	left, _ := filepath.Glob(filepath.Join(cmp.Or(within, os.TempDir()), scratchName+"*")) // the pattern is a good one
	for _, path := range left {
		if s, err := lockScratch(path); err == nil {
			s.Close()
		}
	}
}
