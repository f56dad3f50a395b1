package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"referrald/store"
	"referrald/triage"
)

func TestOutgoingStopsAndStarts(t *testing.T) {
	b := newBureau(t, "01")
	if out := b.run("outgoing", "status"); !strings.Contains(out, "Letters leave") {
		t.Error(out)
	}
	b.run("outgoing", "stop", "--by", anyone)
	if out := b.run("outgoing", "status"); !strings.Contains(out, "stopped") || !strings.Contains(out, anyone) {
		t.Error(out)
	}
	if out := b.run("case", "decide", b.only(triage.Accept), "signpost", "--by", anyone, "--note", "x"); !strings.Contains(out, "it waits until") {
		t.Errorf("the decision does not say that its letter waits:\n%s", out)
	}
	b.run("outgoing", "start", "--by", anyone)
	if out := b.run("outgoing", "status"); !strings.Contains(out, "Letters leave") {
		t.Error(out)
	}
}

func TestAChangedTrailIsTold(t *testing.T) {
	b := newBureau(t, "01")
	if out := b.run("audit", "verify"); !strings.Contains(out, "whole") {
		t.Error(out)
	}
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "cases.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE audit SET by_whom = 'Somebody Else' WHERE number = 2`); err != nil {
		t.Fatal(err)
	}
	if status, out, _ := b.try("audit", "verify"); status != exitFailed || !strings.Contains(out, "entry 2") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestBackupIsRestoredWithLettersStopped(t *testing.T) {
	b := newBureau(t, "01", "03")
	r, dump := b.only(triage.Accept), filepath.Join(b.dir, "backup.jsonl")
	b.run("backup", "--out", dump)
	b.refused("is there already", "backup", "--out", dump)
	b.refused("already holds messages", "restore", "--in", dump, "--by", anyone)
	b.config = b.configuration("new.db", "")
	b.refused("key", "restore", "--in", dump, "--by", anyone)
	key, err := os.ReadFile(filepath.Join(b.dir, "cases.db.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "new.db.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	b.run("restore", "--in", dump, "--by", anyone)
	if out := b.run("case", "show", r); !strings.Contains(out, r) {
		t.Error(out)
	}
	if out := b.run("outgoing", "status"); !strings.Contains(out, "stopped") {
		t.Errorf("letters may leave a second time: %s", out)
	}
	b.run("audit", "verify")
}

func TestKeysAreChanged(t *testing.T) {
	b := newBureau(t, "01")
	r := b.only(triage.Accept)
	for _, step := range []string{"add", "promote", "reseal"} {
		b.run("keys", step, "--by", anyone)
		b.run("case", "show", r, "--personal", "--by", anyone)
	}
	old, err := os.ReadFile(filepath.Join(b.dir, "cases.db.key"))
	if err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(b.dir, "next.key")
	b.refused("cannot be read", "keys", "rekey", "--new-key-file", next, "--by", anyone)
	for _, key := range []struct {
		text, hint string
	}{{"short", "not 32 bytes"}, {string(old), "in use"}} {
		if err := os.WriteFile(next, []byte(key.text), 0o600); err != nil {
			t.Fatal(err)
		}
		b.refused(key.hint, "keys", "rekey", "--new-key-file", next, "--by", anyone)
	}
	if err := os.WriteFile(next, []byte(base64.StdEncoding.EncodeToString(make([]byte, 32))), 0o600); err != nil {
		t.Fatal(err)
	}
	b.run("keys", "rekey", "--new-key-file", next, "--by", anyone)
	if status, _, _ := b.try("case", "show", r); status == 0 {
		t.Error("the old key still opens the store")
	}
	if err := os.Rename(next, filepath.Join(b.dir, "cases.db.key")); err != nil {
		t.Fatal(err)
	}
	b.run("case", "show", r, "--personal", "--by", anyone)
}

func TestRetentionSaysWhatItForgets(t *testing.T) {
	b := newBureau(t, "01")
	if out := b.run("retention"); !strings.Contains(out, "not set") {
		t.Error(out)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "policy.toml"), []byte("retention_days = 30\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := b.only(triage.Accept)
	b.run("case", "close", r, "--by", anyone, "--note", "done")
	b.config = b.configuration("cases.db", "[policy]\nfile = \"policy.toml\"\n")
	if out := b.run("retention"); !strings.Contains(out, "0 in all") {
		t.Errorf("closed today:\n%s", out)
	}
	b.age(r)
	if out := b.run("retention"); !strings.Contains(out, r) || b.file(r).Erased {
		t.Errorf("closed long ago:\n%s", out)
	}
	if out := b.run("retention", "--apply"); !strings.Contains(out, "1 erased in all") || !b.file(r).Erased {
		t.Errorf("applied:\n%s", out)
	}
}

// age moves the closing of a case into the past.
func (b *bureau) age(reference string) {
	b.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "cases.db"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE cases SET closed = '2025' || substr(closed, 5) WHERE reference = ?`, reference); err != nil {
		b.t.Fatal(err)
	}
}

func TestFailuresAreTakenUpAgain(t *testing.T) {
	b := newBureau(t, "01")
	if out := b.run("failures", "list"); !strings.Contains(out, "Nothing was given up") {
		t.Error(out)
	}
	b.refused("failures list", "failures", "retry", "deliver", "12", "--by", anyone)
	b.refused("--all", "failures", "retry", "--by", anyone)
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "cases.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`INSERT INTO failures (kind, row_id, reference, at, code) VALUES ('deliver', 1, '', '2026-11-16T09:00:00.000000Z', '550')`); err != nil {
		t.Fatal(err)
	}
	if out := b.run("failures", "list"); !strings.Contains(out, "deliver 1") || !strings.Contains(out, "550") {
		t.Error(out)
	}
	b.run("failures", "retry", "--all", "--by", anyone)
	if out := b.run("failures", "list"); !strings.Contains(out, "Nothing was given up") {
		t.Error(out)
	}
}

func TestReplayTellsOnlyWhatWouldChange(t *testing.T) {
	b := newBureau(t, "01", "03", "05", "12", "13")
	if out := b.run("replay"); !strings.HasPrefix(out, "0 of 5 ") {
		t.Errorf("with the policy that decided:\n%s", out)
	}
	accepted := b.only(triage.Accept)
	before := len(b.file(accepted).Acts)
	if err := os.WriteFile(filepath.Join(b.dir, "policy.toml"), []byte("[age]\nto = 10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.config = b.configuration("cases.db", "[policy]\nfile = \"policy.toml\"\n")
	out := b.run("replay")
	if !strings.Contains(out, accepted) || !strings.Contains(out, "was accept, would be signpost") {
		t.Errorf("with a lower age:\n%s", out)
	}
	if f := b.file(accepted); f.Outcome != triage.Accept || len(f.Acts) != before {
		t.Error("the replay changed a case")
	}
	if out := b.run("replay", "--since", "2999-01-01"); !strings.HasPrefix(out, "0 of 0 ") {
		t.Error(out)
	}
}

func TestMigrateMakesANewStore(t *testing.T) {
	b := newBureau(t, "13")
	b.config = b.configuration("fresh.db", "")
	b.run("migrate")
	b.run("migrate")
	if out := b.run("case", "list", "--all"); !strings.Contains(out, "No such cases") {
		t.Error(out)
	}
	b.config = b.configuration("bare.db", "")
	c, err := loadConfig(b.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(context.Background(), c, b.daemon.log)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b.refused("referrald migrate", "case", "list")
	if got := len(b.cases(store.Filter{All: true})); got != 0 {
		t.Errorf("an absence note made %d cases", got)
	}
}
