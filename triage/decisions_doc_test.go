package triage

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/decisions.md anew")

// The page that staff and auditors read must be what the tables decide by.
func TestDecisionsDocument(t *testing.T) {
	var b bytes.Buffer
	if err := WriteDecisions(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "docs", "decisions.md")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(got)); diff != "" {
		t.Errorf("docs/decisions.md is out of date; write it with -update (-tables +page):\n%s", diff)
	}
}

func TestDecisionsDocumentIsWhole(t *testing.T) {
	var b bytes.Buffer
	if err := WriteDecisions(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, c := range Clauses() {
		if !strings.Contains(page, "## `"+string(c)+"`\n") || !strings.Contains(page, c.Says()) {
			t.Errorf("clause %s is not on the page", c)
		}
	}
	for _, c := range Codes() {
		if n := strings.Count(page, "| `"+string(c)+"` |"); n != 1 {
			t.Errorf("code %s stands on the page %d times, want once", c, n)
		}
		if effectWords[c.Effect()] == "" || verdictWords[c.Verdict()] == "" {
			t.Errorf("code %s has an effect or verdict without words", c)
		}
	}
	for _, s := range precedence {
		if outcomeWords[s.outcome] == "" {
			t.Errorf("outcome %s has no words", s.outcome)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left")

func TestDecisionsDocumentTellsOfAFullDisk(t *testing.T) {
	if err := WriteDecisions(fullDisk{}); !errors.Is(err, errFull) {
		t.Errorf("error = %v, want the writer's own", err)
	}
}
