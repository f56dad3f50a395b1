package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"referrald/store/vault"
)

// An Entry is one line of the audit trail. It holds no personal data of children, parents or schools.
type Entry struct {
	Number    int64     `json:"number"`
	At        time.Time `json:"at"`
	Act       string    `json:"act"`
	By        string    `json:"by"`
	Reference string    `json:"reference,omitempty"`
	Detail    string    `json:"detail,omitempty"` // closed words and numbers
	Hash      string    `json:"hash"`
}

// byMachine is who acts where no person does.
const byMachine = "referrald"

// ErrAudit says that the audit trail is not as it was written; the message names the first entry that is not.
type ErrAudit struct{ Number int64 }

func (e *ErrAudit) Error() string {
	return fmt.Sprintf("the audit trail is broken at entry %d: it was changed, or one before it removed, outside the daemon; compare with a backup and the count and head in earlier digests", e.Number)
}

// audit adds an entry. Each entry's hash covers the one before, and is made with the index key, so that who can write to
// the database but has no key can neither change the trail nor add to it. Cutting its end off shows against the count and
// head that each digest carries.
func (t *tx) audit(act, by, reference, detail string) error {
	var last auditRow
	if _, err := t.get(&last, `SELECT * FROM audit ORDER BY number DESC LIMIT 1`); err != nil {
		return fmt.Errorf("reading the audit trail: %w", err)
	}
	e := auditRow{Number: last.Number + 1, At: t.now, Act: clean(act), ByWhom: clean(by), Reference: clean(reference), Detail: clean(detail)}
	var err error
	if e.Hash, err = chain(t.vault, last.Hash, &e); err != nil {
		return err
	}
	err = t.exec(`INSERT INTO audit (number, at, act, by_whom, reference, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.Number, e.At, e.Act, e.ByWhom, e.Reference, e.Detail, e.Hash)
	if err != nil {
		return fmt.Errorf("adding to the audit trail: %w", err)
	}
	return nil
}

// chain computes an entry's hash. Each part has its length before it, so that none can pass for two.
func chain(v *vault.Vault, before string, e *auditRow) (string, error) {
	h := sha256.New()
	for _, part := range []string{before, strconv.FormatInt(e.Number, 10), e.At.String(), e.Act, e.ByWhom, e.Reference, e.Detail} {
		_, _ = fmt.Fprintf(h, "%d:%s", len(part), part) // a hash takes everything
	}
	return v.Index("audit", hex.EncodeToString(h.Sum(nil)))
}

// Audit adds an entry for an act that no other method does: a changed policy, a look into a case, an export.
func (db *DB) Audit(ctx context.Context, act, by, reference, detail string) error {
	return db.write(ctx, func(t *tx) error { return t.audit(act, by, reference, detail) })
}

// AuditTrail returns entries in their order: those of one case and its message, or all where the reference is empty, after
// a number.
func (db *DB) AuditTrail(ctx context.Context, reference string, after int64, limit int) (out []Entry, err error) {
	err = db.read(ctx, func(t *tx) error {
		out, err = t.trail(reference, after, limit)
		return err
	})
	return out, err
}

func (t *tx) trail(reference string, after int64, limit int) ([]Entry, error) {
	var rows []auditRow
	var err error
	if reference == "" {
		err = t.list(&rows, `SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?`, after, limit)
	} else {
		err = t.listIn(&rows, `SELECT * FROM audit WHERE reference <> '' AND reference IN (?) AND number > ? ORDER BY number LIMIT ?`,
			[]string{reference, opener(reference)}, after, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the audit trail: %w", err)
	}
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i] = Entry{r.Number, r.At.Time, r.Act, r.ByWhom, r.Reference, r.Detail, r.Hash}
	}
	return out, nil
}

// VerifyAudit reads the whole trail and returns how many entries it has and the hash of the last; *ErrAudit names the first
// entry that is not as it was written.
func (db *DB) VerifyAudit(ctx context.Context) (count int64, head string, err error) {
	err = db.read(ctx, func(t *tx) error {
		for {
			var rows []auditRow
			if err := t.list(&rows, `SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT 1000`, count); err != nil {
				return fmt.Errorf("reading the audit trail: %w", err)
			}
			for i := range rows {
				want, err := chain(t.vault, head, &rows[i])
				if err != nil {
					return err
				}
				if rows[i].Number != count+1 || rows[i].Hash != want {
					return &ErrAudit{count + 1}
				}
				count, head = rows[i].Number, want
			}
			if len(rows) == 0 {
				return nil
			}
		}
	})
	return count, head, err
}
