package store

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestOneDaemonRunsOnAFile(t *testing.T) {
	url := sqliteURL(t)
	first, second := opened(t, url), opened(t, url)
	release, err := first.Lock(t.Context())
	must(t, err)
	if _, err := second.Lock(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("a second daemon: %v", err)
	}
	filed(t, second, 1) // a short command works beside the daemon
	release()
	again, err := second.Lock(t.Context())
	must(t, err)
	again()
}

func TestADatabaseWithoutTablesSaysSo(t *testing.T) {
	db, err := Open(t.Context(), Options{URL: sqliteURL(t), Key: testKey})
	must(t, err)
	defer db.Close()
	if _, err := db.Cases(t.Context(), Filter{}); !errors.Is(err, ErrNotMigrated) {
		t.Errorf("cases: %v", err)
	}
	for _, url := range []string{"", "mysql://x", "sqlite:", "sqlite::memory:", "postgres://u:se cret@[::1"} {
		if _, err := Open(t.Context(), Options{URL: url, Key: testKey}); err == nil || strings.Contains(err.Error(), "cret") {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func TestCleanTextIsTakenByBothEngines(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(r, "bytes"))
		out := clean(in)
		if !utf8.ValidString(out) || strings.ContainsRune(out, 0) || clean(out) != out {
			r.Fatalf("%q became %q", in, out)
		}
		if utf8.ValidString(in) && !strings.ContainsRune(in, 0) && out != in {
			r.Fatalf("good text %q became %q", in, out)
		}
	})
}

func TestMomentsKeepTheirOrderAsText(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(name string) moment {
			zone := time.FixedZone("", rapid.IntRange(-12*3600, 14*3600).Draw(r, name+" zone"))
			return at(time.Unix(rapid.Int64Range(0, 4e9).Draw(r, name), rapid.Int64Range(0, 999_999_999).Draw(r, name+" ns")).In(zone))
		}
		a, b := draw("a"), draw("b")
		if (a.Compare(b.Time) < 0) != (a.String() < b.String()) {
			r.Fatalf("%s and %s", a, b)
		}
		var back moment
		if err := back.Scan(a.String()); err != nil || !back.Equal(a.Time) {
			r.Fatalf("%s became %s, %v", a, back, err)
		}
	})
}

// What has been committed outlives a power cut, on every connection, and what was deleted is overwritten.
func TestSQLiteKeepsWhatWasCommitted(t *testing.T) {
	db := opened(t, sqliteURL(t))
	for range sqliteConns {
		conn, err := db.sql.Conn(t.Context())
		must(t, err)
		defer conn.Close()
		for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "secure_delete": "1", "foreign_keys": "1"} { // 2 is full
			var got string
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, %v; want %q", pragma, got, err, want)
			}
		}
	}
}
