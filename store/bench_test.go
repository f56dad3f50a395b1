package store

import (
	"fmt"
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

func BenchmarkKnownChild(b *testing.B) {
	eachEngine(b, func(b *testing.B, url string) {
		db := opened(b, url)
		fill(b, db, 100_000)
		for b.Loop() {
			if found, err := db.KnownChildren(b.Context(), "Ada Finch", "2013-03-14", 0); err != nil || len(found) != 1 {
				b.Fatal(found, err)
			}
		}
	})
}

func BenchmarkDigest(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachEngine(b, func(b *testing.B, url string) {
				db := opened(b, url)
				fill(b, db, n)
				for b.Loop() {
					if f, err := db.DigestFacts(b.Context(), arrivedAt.AddDate(0, 0, -1), arrivedAt); err != nil || f.Seen != n {
						b.Fatal(f, err)
					}
				}
			})
		})
	}
}

// fill makes n cases, one an hour back from now on, of which all but the last thousand are closed, and one child is known.
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
		}
		return nil
	}))
	if _, err := db.sql.ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}
