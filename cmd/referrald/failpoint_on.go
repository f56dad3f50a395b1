//go:build failpoints

package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// failpoint kills this process, as a power cut would, where the folder that REFERRALD_FAILPOINTS names holds a file with
// the step's name. Whoever takes that file away dies of it: one death for each file, however many daemons there are and
// however often they are started again.
func failpoint(s step) {
	folder := os.Getenv("REFERRALD_FAILPOINTS")
	if folder == "" || os.Remove(filepath.Join(folder, string(s))) != nil {
		return
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // the signal may come a moment later; nothing more may be done meanwhile
}
