package notify

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"referrald/triage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds a text to the file of its name below testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", name, diff)
	}
}

func service() Service {
	return Service{
		Name:    "Stoke-on-Trent and Staffordshire CCE Prevention Service",
		Address: "referrals@charity.example",
		Reach:   "Please ring 01632 960123, or reply to this email: a member of the team reads every reply.",
		Hours:   "A member of the team looks at new referrals on every working day, between 9am and 5pm.",
	}
}

func policy(t testing.TB) *triage.Policy {
	t.Helper()
	p, err := triage.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func composer(t testing.TB, templates fs.FS) *Composer {
	t.Helper()
	c, err := NewComposer(service(), policy(t), templates)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var received = time.Date(2026, time.October, 5, 8, 31, 0, 0, time.UTC)

func envelope() Envelope {
	return Envelope{To: "dsl@larkmoor.stoke.sch.uk", MessageID: "letter-1@charity.example", InReplyTo: "<abc@larkmoor.stoke.sch.uk>",
		References: []string{"first@larkmoor.stoke.sch.uk"}, At: received.Add(2 * time.Minute)}
}
