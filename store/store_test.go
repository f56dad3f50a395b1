package store

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"referrald/store/pgtest"
	"referrald/triage"
)

// testKey seals what tests keep.
var testKey = bytes.Repeat([]byte{42}, 32)

// onBoth runs a test on both engines. The server is started once for all tests of a contract.
func onBoth(t *testing.T, tests map[string]func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { test(t, sqliteURL(t)) })
		}
	})
	t.Run("postgres", func(t *testing.T) {
		server := pgtest.Start(t)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { test(t, server.NewDatabase(t)) })
		}
	})
}

func sqliteURL(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }

// opened opens and migrates a database.
func opened(t testing.TB, url string) *DB {
	t.Helper()
	db, err := Open(t.Context(), Options{URL: url, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var arrivedAt = time.Date(2026, 10, 5, 8, 31, 0, 0, time.UTC)

// arrival is the nth message of a made-up mailbox.
func arrival(n int) Arrival {
	return Arrival{
		Place: Place{"INBOX", 7, uint32(n)}, Raw: fmt.Appendf(nil, "From: dsl@larkmoor.example\r\n\r\nreferral %d of Ada Finch\x00\xff", n), Size: 60,
		Arrived: arrivedAt, Identity: fmt.Sprintf("identity-%d", n), MessageID: fmt.Sprintf("<m%d@larkmoor.example>", n), From: "DSL@larkmoor.example",
	}
}

func filed(t testing.TB, db *DB, n int) *Message {
	t.Helper()
	id, _, err := db.File(t.Context(), arrival(n))
	must(t, err)
	m, err := db.Message(t.Context(), id)
	must(t, err)
	return m
}

func letterTo(n int) *Mail {
	return &Mail{Template: "acknowledgement", MessageID: fmt.Sprintf("<l%d@charity.example>", n), From: "referrals@charity.example",
		To: "dsl@larkmoor.example", Raw: []byte("Subject: received\r\n\r\nThank you")}
}

// decided is an accepted referral of one child.
func decided(m *Message, n int) Decided {
	return Decided{
		MessageID: m.ID, At: arrivedAt.Add(time.Minute), Class: triage.ClassReferral, Outcome: triage.Accept, By: Machine{"v1", "abc"},
		Intake: []byte(`{"class":"referral"}`), Reading: []byte(`{"documents":[]}`), Letter: letterTo(n),
		Cases: []NewCase{{Number: 1, Outcome: triage.Accept, Pathway: triage.PathwayEmerging, Codes: []triage.Code{triage.CodeAgeWithin},
			Decision: []byte(`{"reasons":["Ada Finch"]}`), Name: "Finch, Ada", Birth: "2013-03-14", Council: triage.Stoke, School: "Larkmoor Academy",
			ToolCompleted: time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC)}},
	}
}

func kept(t testing.TB, db *DB, n int) *Message {
	t.Helper()
	m := filed(t, db, n)
	must(t, db.Decide(t.Context(), decided(m, n)))
	return m
}

// jobs counts the jobs of a kind that are not done.
func jobs(t testing.TB, db *DB, kind JobKind) (n int) {
	t.Helper()
	must(t, db.read(context.Background(), func(x *tx) (err error) {
		n, err = x.count(`SELECT count(*) FROM river_job WHERE kind = ? AND state NOT IN ('completed', 'cancelled', 'discarded')`, string(kind))
		return err
	}))
	return n
}
