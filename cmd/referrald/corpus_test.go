package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// marks are what the scorer of the corpus must say at the least. They stand below what was measured, so that a change that
// makes reading or deciding worse is told, and noise is not.
var marks = []struct {
	only   string // the scorer's part of the corpus; "" is all of it
	figure string
	least  float64
}{
	{"digital", "decision", 0.97}, {"digital", "field_f1", 0.99}, {"digital", "factor_f1", 0.99}, {"digital", "tool_level", 0.99},
	{"digital", "tool_date", 0.99}, {"legacy", "field_f1", 0.98}, {"legacy", "factor_f1", 0.98},
	{"", "class_", 0.98}, {"", "sender", 0.99}, {"", "reply", 0.97}, {"", "signs_not_misread", 0.99},
}

// limits are what the scorer must say at the most.
var limits = []struct {
	only   string
	figure string
	most   float64
}{{"", "unsafe", 0}, {"", "pii_leaks", 0}, {"", "missing_lines", 0}, {"digital", "overcaution", 4}}

// TestCorpus explains every message of a corpus by the built daemon and has the corpus's own scorer judge it.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("REFERRALD_CORPUS")
	if dir == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	messages, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
	if err != nil || len(messages) == 0 {
		t.Fatalf("there is no message in %s (%v)", dir, err)
	}
	daemon, err := builtDaemon()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, append([]string{"explain", "--json", "--config", filepath.Join(dir, "corpus.toml")}, messages...)...)
	cmd.Stderr = os.Stderr
	lines, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]map[string]any{}
	for _, only := range []string{"", "digital", "legacy"} {
		scores[only] = score(t, dir, only, lines)
	}
	for _, m := range marks {
		if got := figure(t, scores[m.only], m.figure); got < m.least {
			t.Errorf("%s %s = %.4f, want at least %.4f", m.only, m.figure, got, m.least)
		}
	}
	for _, l := range limits {
		if got := figure(t, scores[l.only], l.figure); got > l.most {
			t.Errorf("%s %s = %.0f, want at most %.0f", l.only, l.figure, got, l.most)
		}
	}
}

func figure(t *testing.T, score map[string]any, name string) float64 {
	t.Helper()
	n, ok := score[name].(float64)
	if !ok {
		t.Fatalf("the scorer gives no %s", name)
	}
	return n
}

// score runs the corpus's scorer and returns its last line, the figures.
func score(t *testing.T, dir, only string, lines []byte) map[string]any {
	t.Helper()
	args := []string{filepath.Join(dir, "score"), "--truth", filepath.Join(dir, "truth.jsonl")}
	if only != "" {
		args = append(args, "--only", only)
	}
	cmd := exec.Command("python3", args...)
	cmd.Stdin = bytes.NewReader(lines)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("scoring: %v", err)
	}
	var figures map[string]any
	if err := json.Unmarshal(out[bytes.LastIndexByte(bytes.TrimRight(out, "\n"), '\n')+1:], &figures); err != nil {
		t.Fatalf("reading the scorer's figures: %v", err)
	}
	return figures
}
