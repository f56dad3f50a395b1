package store

import (
	"bytes"
	"errors"
	"testing"

	"referrald/store/pgtest"
)

func backupContract(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	filed(t, db, 2)
	var dump bytes.Buffer
	must(t, db.Backup(t.Context(), &dump))
	restored := opened(t, sqliteURL(t))
	restoredInto(t, restored, dump.Bytes(), m)
	if err := restored.Restore(t.Context(), bytes.NewReader(dump.Bytes())); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("restored over messages: %v", err)
	}
	for name, bad := range map[string][]byte{
		"cut short": dump.Bytes()[:dump.Len()/2],
		"changed":   bytes.Replace(dump.Bytes(), []byte(m.Reference), []byte("3333-3333"), 1),
		"foreign":   []byte("{}\n"),
		"empty":     nil,
	} {
		fresh := opened(t, sqliteURL(t))
		if err := fresh.Restore(t.Context(), bytes.NewReader(bad)); err == nil {
			t.Errorf("%s: restored", name)
		}
		if n, _ := fresh.Cases(t.Context(), Filter{}); len(n) != 0 {
			t.Errorf("%s: something was left", name)
		}
		filed(t, fresh, 1) // and it still works
	}
}

func restoredInto(t *testing.T, db *DB, dump []byte, m *Message) {
	t.Helper()
	must(t, db.Restore(t.Context(), bytes.NewReader(dump)))
	c, err := db.Case(t.Context(), m.Reference)
	must(t, err)
	if c.School != "Larkmoor Academy" || len(c.Letters) != 1 {
		t.Errorf("restored %+v", c)
	}
	if jobs(t, db, TakeJob) != 1 || jobs(t, db, SettleJob) != 1 || jobs(t, db, DeliverJob) != 1 {
		t.Error("the jobs for what was not done are not there")
	}
	if _, _, err := db.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
	if next := kept(t, db, 3); next.ID != 3 {
		t.Errorf("the next message is %d", next.ID)
	}
}

func TestBackupsGoFromOneEngineToTheOther(t *testing.T) {
	server := pgtest.Start(t)
	from := opened(t, sqliteURL(t))
	m := kept(t, from, 1)
	filed(t, from, 2)
	var dump, back bytes.Buffer
	must(t, from.Backup(t.Context(), &dump))
	between := opened(t, server.NewDatabase(t))
	restoredInto(t, between, dump.Bytes(), m)
	must(t, between.Backup(t.Context(), &back))
	again := opened(t, sqliteURL(t))
	must(t, again.Restore(t.Context(), &back))
	if c, err := again.Case(t.Context(), m.Reference); err != nil || c.School != "Larkmoor Academy" {
		t.Errorf("%+v, %v", c, err)
	}
}
