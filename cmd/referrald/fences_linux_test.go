package main

import (
	"os/exec"
	"strings"
	"testing"
)

// A reading child must find no network, no file and bounded memory, whatever a document makes it do.
func TestFencesAreInForce(t *testing.T) {
	daemon, err := builtDaemon()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(daemon, fenceCommand).Output()
	if err != nil {
		t.Fatal(err)
	}
	holds, _, _ := strings.Cut(string(out), "; lacking:")
	wanted := []string{"no network", "bounded memory"}
	if hasLandlock() {
		wanted = append(wanted, "no files")
	}
	for _, want := range wanted {
		if !strings.Contains(holds, want) {
			t.Errorf("the fences are %q; want %s in force", out, want)
		}
	}
}
