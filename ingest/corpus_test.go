package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestCorpus opens every message of the corpus and compares what the mail itself says with the truth.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("REFERRALD_CORPUS")
	if dir == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	f, err := os.Open(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	n := 0
	for ; lines.Scan(); n++ {
		checkTruth(t, dir, lines.Bytes())
	}
	if n == 0 {
		t.Fatal("the corpus is empty")
	}
}

func checkTruth(t *testing.T, dir string, line []byte) {
	t.Helper()
	var want struct {
		File          string    `json:"file"`
		Class         []string  `json:"cls"`
		From          string    `json:"from"`
		Authenticated bool      `json:"authenticated"`
		ReceivedAt    time.Time `json:"received_at"`
	}
	if err := json.Unmarshal(line, &want); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "mail", want.File))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(raw, DefaultLimits())
	if err != nil {
		t.Errorf("%s: %v", want.File, err)
		return
	}
	if got := m.Authenticated(Trust{Profile: ByAuthservID, AuthservID: "mx.actionforchildren.example"}); got != want.Authenticated {
		t.Errorf("%s: authenticated %v", want.File, got)
	}
	machine := m.Machine == AutoReply || m.Machine == Bounce || m.Machine == Bulk
	wanted := slices.ContainsFunc(want.Class, func(c string) bool { return c == "auto_reply" || c == "bounce" || c == "bulk" })
	if machine != wanted || machine && !slices.Contains(want.Class, string(m.Machine)) {
		t.Errorf("%s: machine %q (%s), want %v", want.File, m.Machine, m.MachineWhy, want.Class)
	}
	if !m.ReceivedAt.Equal(want.ReceivedAt) || !strings.EqualFold(m.From, want.From) {
		t.Errorf("%s: from %s at %s, want %s at %s", want.File, m.From, m.ReceivedAt, want.From, want.ReceivedAt)
	}
	relayed := append([]byte("Received: from relay.example by mx.example; Tue, 1 Dec 2026 09:00:00 +0000\nX-Scanned: yes\n"), bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))...)
	if again, err := Open(relayed, DefaultLimits()); err != nil || again.Identity != m.Identity || len(again.Parts) != len(m.Parts) {
		t.Errorf("%s: delivered again with other line ends it is another, %v", want.File, err)
	}
	if len(m.Defects) > 0 || len(m.Parts) == 0 {
		t.Errorf("%s: %d parts, defects %q", want.File, len(m.Parts), m.Defects)
	}
}
