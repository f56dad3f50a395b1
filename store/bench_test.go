package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"referrald/store/pgtest"
)

// eachEngine runs a benchmark on both engines.
func eachEngine(b *testing.B, run func(b *testing.B, url string)) {
	b.Run("sqlite", func(b *testing.B) { run(b, sqliteURL(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, pgtest.Start(b).NewDatabase(b)) })
}

func BenchmarkFile(b *testing.B) {
	eachEngine(b, func(b *testing.B, url string) {
		db := opened(b, url)
		n := 0
		for b.Loop() {
			n++
			a := arrival(n)
			a.Raw = append(a.Raw, make([]byte, 200<<10)...)
			if _, _, err := db.File(b.Context(), a); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// sizes are how many cases a store holds in a benchmark: what is asked every day must cost the same in the tenth year. The
// largest takes minutes to fill, and only where it is asked for (REFERRALD_MILLION).
func sizes() []int {
	if os.Getenv("REFERRALD_MILLION") != "" {
		return []int{1_000, 100_000, 1_000_000}
	}
	return []int{1_000, 100_000}
}

// BenchmarkGrowth asks what is asked of the store every day, at each size.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachEngine(b, func(b *testing.B, url string) { growth(b, url, n) })
		})
	}
}

func growth(b *testing.B, url string, n int) {
	db := opened(b, url)
	fill(b, db, n)
	for name, ask := range map[string]func(context.Context) error{
		"known child": func(ctx context.Context) error { return oneKnown(ctx, db) },
		"digest":      func(ctx context.Context) error { return oneDigest(ctx, db) },
		"new message": func(ctx context.Context) error { return oneNew(ctx, db, n) },
		"idle round":  func(ctx context.Context) error { return oneRound(ctx, db) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func oneKnown(ctx context.Context, db *DB) error {
	found, err := db.KnownChildren(ctx, "Ada Finch", "2013-03-14", 0)
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("found %v", found)
	}
	return err
}

func oneDigest(ctx context.Context, db *DB) error {
	f, err := db.DigestFacts(ctx, arrivedAt.AddDate(0, 0, -1), arrivedAt)
	if err == nil && f.Decided != 24 {
		err = fmt.Errorf("decided %d of %d", f.Decided, f.Seen)
	}
	return err
}

// oneRound asks what a daemon asks of the store every minute though nothing comes.
func oneRound(ctx context.Context, db *DB) error {
	p, err := db.Pulse(ctx)
	if err == nil && !(p.Undecided.IsZero() && p.Unsettled.IsZero()) {
		err = fmt.Errorf("undecided since %s, unsettled since %s", p.Undecided, p.Unsettled)
	}
	if err == nil {
		_, err = db.Idle(ctx)
	}
	return err
}

// oneNew asks the ledger about the folder's last messages, of which one is new.
func oneNew(ctx context.Context, db *DB, n int) error {
	last := uint32(n)
	unknown, err := db.Unknown(ctx, "INBOX", 1, []uint32{last - 1, last, last + 1})
	if err == nil && !slices.Equal(unknown, []uint32{last + 1}) {
		err = fmt.Errorf("unknown %v", unknown)
	}
	return err
}

// fill makes n cases, one an hour back from now on, of which all but the last thousand are closed, each with its message,
// its place in the mailbox, a letter that was sent and an entry of the audit trail; one child is known. The rows are made
// within the database, some thousands at once: a million by way of the driver would take hours.
func fill(b *testing.B, db *DB, n int) {
	b.Helper()
	for from := 0; from < n; from += fillStep {
		must(b, db.write(b.Context(), func(t *tx) error { return t.makeCases(from, min(from+fillStep, n)) }))
	}
	must(b, db.write(b.Context(), func(t *tx) error {
		known, err := t.childKey("Ada Finch", "2013-03-14")
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE cases SET child_key = ? WHERE message = ?`, known, n/2); err != nil || db.engine.sequence == "" {
			return err
		}
		for _, table := range []string{"messages", "cases", "letters"} {
			if err := t.exec(fmt.Sprintf(db.engine.sequence, table)); err != nil {
				return err
			}
		}
		return nil
	}))
	if _, err := db.sql.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

// fillStep is how many cases one transaction makes, well within the bound of a statement.
const fillStep = 10_000

// series gives a statement the numbers from one value to another, and with each the moment so many hours ago.
func (t *tx) series() string {
	when := `strftime('%Y-%m-%dT%H:%M:%S.000000Z', ?, '-' || n || ' hours')`
	if t.db.engine.file == "" {
		when = `to_char(CAST(? AS TIMESTAMP) - n * INTERVAL '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
	}
	return `WITH RECURSIVE numbers (n) AS (SELECT CAST(? AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < ?),
		series AS (SELECT n, 'ref-' || n AS ref, ` + when + ` AS at FROM numbers) `
}

// makeCases makes the cases after the first number up to the last. Their ids are their numbers.
func (t *tx) makeCases(after, last int) error {
	for _, insert := range []string{
		`INSERT INTO messages (id, reference, folder, validity, uid, size, arrived, filed, too_large, unfetchable, junk, resend_of, returned,
			identity_key, content_key, mail_key, class, decided, settled)
			SELECT n, ref, 'INBOX', 1, n, 1, at, at, FALSE, FALSE, FALSE, '', FALSE, ref, '', ref, 'referral', at, at FROM series`,
		`INSERT INTO places (folder, validity, uid, message, first_seen) SELECT 'INBOX', 1, n, n, at FROM series`,
		`INSERT INTO cases (id, reference, opened, number, message, class, outcome, status, urgent, pathway, council, codes, flags, child_key, arrived, changed)
			SELECT n, ref, ref, 1, n, 'referral',
			CASE n % 4 WHEN 0 THEN 'accept' WHEN 1 THEN 'request_information' WHEN 2 THEN 'signpost' ELSE 'hold' END,
			CASE WHEN n > 1000 THEN 'closed' ELSE CASE n % 4 WHEN 0 THEN 'open' WHEN 1 THEN 'waiting' WHEN 2 THEN 'signposted' ELSE 'held' END END,
			FALSE, '', '', '', '', ref, at, at FROM series`,
		`INSERT INTO letters (id, message, reference, kind, template, mail_key, to_key, state, created, sent)
			SELECT n, n, ref, 'letter', 'acknowledgement', ref, 'to-' || n % 500, 'sent', at, at FROM series`,
		`INSERT INTO audit (number, at, act, by_whom, reference, detail, hash) SELECT n, at, 'filed', 'machine', ref, '', ref FROM series`,
	} {
		if err := t.exec(t.series()+insert, after+1, last, arrivedAt.Format("2006-01-02 15:04:05")); err != nil {
			return err
		}
	}
	return nil
}
