package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"referrald/store/pgtest"
	"referrald/triage"
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

// oneNew asks the ledger about the folder's last messages, of which one is new.
func oneNew(ctx context.Context, db *DB, n int) error {
	last := uint32(n)
	unknown, err := db.Unknown(ctx, "INBOX", 1, []uint32{last - 1, last, last + 1})
	if err == nil && !slices.Equal(unknown, []uint32{last + 1}) {
		err = fmt.Errorf("unknown %v", unknown)
	}
	return err
}

// fill makes n cases, one an hour back from now on, of which all but the last thousand are closed, each with its
// message and its place in the mailbox; one child is known.
func fill(b *testing.B, db *DB, n int) {
	b.Helper()
	must(b, db.write(b.Context(), func(t *tx) error {
		known, err := t.childKey("Ada Finch", "2013-03-14")
		if err != nil {
			return err
		}
		outcomes := []triage.Outcome{triage.Accept, triage.RequestInformation, triage.Signpost, triage.Hold}
		for i := range n {
			when := at(arrivedAt.Add(-time.Duration(i+1) * time.Hour))
			reference := fmt.Sprintf("ref-%d", i)
			id, err := t.insert(`INSERT INTO messages (reference, folder, validity, uid, size, arrived, filed, too_large, unfetchable, junk, resend_of,
				returned, identity_key, content_key, mail_key, class) VALUES (?, 'INBOX', 1, ?, 1, ?, ?, FALSE, FALSE, FALSE, '', FALSE, ?, '', ?, 'referral')`,
				reference, i+1, when, when, reference, reference)
			if err != nil {
				return err
			}
			o := outcomes[i%len(outcomes)]
			c := caseRow{Reference: reference, Opened: reference, Number: 1, Message: id, Outcome: string(o), Status: string(statusOf(o)),
				ChildKey: reference, Arrived: when, Changed: when}
			if i == n/2 {
				c.ChildKey = known
			}
			if i >= 1000 {
				c.Status = string(StatusClosed)
			}
			if _, err := t.insertCase(&c); err != nil {
				return err
			}
			if err := t.occupy(Place{"INBOX", 1, uint32(i + 1)}, id); err != nil {
				return err
			}
		}
		return nil
	}))
	if _, err := db.sql.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}
