package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/ingest"
	"referrald/store"
	"referrald/triage"
)

// A bureau is a store with decided demo messages, and the mailbox that they lie in.
type bureau struct {
	t      *testing.T
	dir    string
	config string // its file
	daemon *daemon
	boxes  *demoMailbox
}

// newBureau files and decides on the demo messages whose names begin with the given numbers; on all where none is given.
func newBureau(t *testing.T, numbers ...string) *bureau {
	t.Helper()
	boxes, err := startDemoMailbox()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = boxes.Close() })
	b := &bureau{t: t, dir: t.TempDir(), boxes: boxes}
	b.config = b.configuration("cases.db", "")
	c, err := loadConfig(b.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.daemon, err = newDaemon(t.Context(), c, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.daemon.Close)
	if err := b.daemon.db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.fill(numbers)
	return b
}

// configuration writes a configuration file for a database of the bureau's folder.
func (b *bureau) configuration(database, more string) string {
	b.t.Helper()
	text := fmt.Sprintf(`
[mail]
host = "127.0.0.1"
port = %d
tls = "none"
user = "referrals"
password = %q
trusted_authserv_id = %q
[smtp]
host = "127.0.0.1"
port = 25
tls = "none"
[store]
url = "sqlite:%s"
[digest]
to = ["team@charity.example"]
[tracker]
hub = "hub@council.example"
%s`, b.boxes.Port, demoPassword, demoAuthservID, database, more)
	path := filepath.Join(b.dir, database+".toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

func (b *bureau) fill(numbers []string) {
	b.t.Helper()
	validity := uint32(0)
	b.inbox(func(box *ingest.Mailbox) error {
		f, err := box.Select(b.t.Context(), "INBOX")
		validity = f.Validity
		return err
	})
	for i, name := range b.boxes.Names {
		number, _, _ := strings.Cut(filepath.Base(name), "-")
		if len(numbers) > 0 && !slices.Contains(numbers, number) {
			continue
		}
		raw, err := demoMail.ReadFile(name)
		if err != nil {
			b.t.Fatal(err)
		}
		f := ingest.Fetched{Place: ingest.Place{Folder: "INBOX", Validity: validity, UID: uint32(i + 1)}, Raw: raw, Size: int64(len(raw)), Arrived: time.Date(2026, 11, 16, 9, i, 0, 0, time.UTC)}
		if err := newLedger(b.daemon.db).File(b.t.Context(), f); err != nil {
			b.t.Fatal(err)
		}
	}
	for id := int64(1); id <= int64(len(b.boxes.Names)); id++ {
		if _, err := b.daemon.db.Message(b.t.Context(), id); err != nil {
			return
		}
		if err := b.daemon.take(b.t.Context(), id); err != nil {
			b.t.Fatal(err)
		}
	}
}

// inbox works on the mailbox itself.
func (b *bureau) inbox(work func(*ingest.Mailbox) error) {
	b.t.Helper()
	box, err := ingest.Dial(b.t.Context(), b.daemon.account)
	if err != nil {
		b.t.Fatal(err)
	}
	defer box.Close()
	if err := work(box); err != nil {
		b.t.Fatal(err)
	}
}

// try runs a command as the command line does.
func (b *bureau) try(args ...string) (status int, out, complaint string) {
	b.t.Helper()
	var stdout, stderr bytes.Buffer
	args = append(args, "--config", b.config)
	status = execute(b.t.Context(), args, terminal{Out: &stdout, Err: &stderr})
	return status, stdout.String(), stderr.String()
}

// run runs a command that is to succeed.
func (b *bureau) run(args ...string) string {
	b.t.Helper()
	status, out, complaint := b.try(args...)
	if status != 0 {
		b.t.Fatalf("%s: status %d: %s%s", strings.Join(args, " "), status, out, complaint)
	}
	return out
}

// refused runs a command that is to be refused with exit status 2 and a hint.
func (b *bureau) refused(hint string, args ...string) {
	b.t.Helper()
	status, _, complaint := b.try(args...)
	if status != exitUsage || !strings.Contains(complaint, hint) {
		b.t.Errorf("%s: status %d, %q; want %d and %q", strings.Join(args, " "), status, complaint, exitUsage, hint)
	}
}

func (b *bureau) cases(f store.Filter) []store.CaseLine {
	b.t.Helper()
	all, err := b.daemon.db.Cases(b.t.Context(), f)
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

func (b *bureau) file(reference string) *store.CaseFile {
	b.t.Helper()
	f, err := b.daemon.db.Case(b.t.Context(), reference)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

// only returns the one case with an outcome.
func (b *bureau) only(o triage.Outcome) string {
	b.t.Helper()
	all := b.cases(store.Filter{Outcome: o, All: true})
	if len(all) != 1 {
		b.t.Fatalf("%d cases with the outcome %s", len(all), o)
	}
	return all[0].Reference
}

// queued counts the letters to schools of a case that leave or have left.
func queued(f *store.CaseFile) (n int) {
	for _, l := range f.Letters {
		if l.Kind == store.LetterMail && !slices.Contains([]store.LetterState{store.LetterDraft, store.LetterWithdrawn}, l.State) {
			n++
		}
	}
	return n
}

const anyone = "Ann Teller"
