package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"referrald/store/vault"
)

// Names of the sealed keysets in the table meta.
const (
	sealKeyset  = "keyset.seal"
	indexKeyset = "keyset.index"
)

// opened returns the vault, or says that there are no tables yet.
func (db *DB) opened() (*vault.Vault, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.vault == nil {
		return nil, ErrNotMigrated
	}
	return db.vault, nil
}

func (db *DB) setVault(v *vault.Vault) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.vault = v
}

// openVault reads the keysets that the database keeps; a database that is not fully made has none.
func (db *DB) openVault(ctx context.Context) error {
	k, err := readKeysets(ctx, db.sql)
	if err != nil || k.Seal == nil {
		return err
	}
	v, err := vault.Open(db.key, k)
	if err != nil {
		return err
	}
	db.setVault(v)
	return nil
}

func readKeysets(ctx context.Context, q sqlx.ExtContext) (k vault.Keysets, err error) {
	var rows []metaRow
	query, values, err := sqlx.In(`SELECT name, value FROM meta WHERE name IN (?)`, []string{sealKeyset, indexKeyset})
	if err != nil {
		return k, fmt.Errorf("asking for the keysets: %w", err)
	}
	if err := sqlx.SelectContext(ctx, q, &rows, sqlx.Rebind(sqlx.BindType(q.DriverName()), query), values...); err != nil {
		return k, fmt.Errorf("reading the keysets: %w", err)
	}
	for _, r := range rows {
		if r.Name == sealKeyset {
			k.Seal = r.Value
		} else {
			k.Index = r.Value
		}
	}
	return k, nil
}

// makeKeysets gives a new database its keysets.
func (db *DB) makeKeysets(ctx context.Context) error {
	v, err := vault.New(db.key)
	if err != nil {
		return err
	}
	k, err := v.Keysets()
	if err != nil {
		return err
	}
	t, err := db.sql.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = t.Rollback() }() // does nothing after the commit
	for _, r := range []metaRow{{sealKeyset, k.Seal}, {indexKeyset, k.Index}} {
		if _, err := t.ExecContext(ctx, t.Rebind(`INSERT INTO meta (name, value) VALUES (?, ?)`), r.Name, r.Value); err != nil {
			return fmt.Errorf("keeping the keysets: %w", err)
		}
	}
	return t.Commit()
}

// keepKeysets replaces the kept keysets.
func (t *tx) keepKeysets(k vault.Keysets) error {
	for _, r := range []metaRow{{sealKeyset, k.Seal}, {indexKeyset, k.Index}} {
		if err := t.setMeta(r.Name, r.Value); err != nil {
			return fmt.Errorf("keeping the keysets: %w", err)
		}
	}
	return nil
}

func (t *tx) setMeta(name string, value []byte) error {
	return t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

// AddKey makes a new sealing key, which is not used yet. Restart every daemon, so that each knows it, before PromoteKey.
func (db *DB) AddKey(ctx context.Context, by string) error {
	return db.changeKeys(ctx, "key_added", by, (*vault.Vault).AddKey)
}

// PromoteKey lets the key that was added last seal from now on. Reseal then brings older values under it.
func (db *DB) PromoteKey(ctx context.Context, by string) error {
	return db.changeKeys(ctx, "key_promoted", by, (*vault.Vault).Promote)
}

func (db *DB) changeKeys(ctx context.Context, act, by string, change func(*vault.Vault) (*vault.Vault, error)) error {
	var next *vault.Vault
	err := db.write(ctx, func(t *tx) error {
		kept, err := readKeysets(ctx, t.Tx) // another process may have changed them
		if err != nil {
			return err
		}
		now, err := vault.Open(db.key, kept)
		if err != nil {
			return err
		}
		if next, err = change(now); err != nil {
			return err
		}
		k, err := next.Keysets()
		if err != nil {
			return err
		}
		return errors.Join(t.keepKeysets(k), t.audit(act, by, "", ""))
	})
	if err == nil {
		db.setVault(next)
	}
	return err
}

// resealBatch bounds how many values one transaction seals anew, so that other work gets its turn.
const resealBatch = 20

// Reseal seals every value anew that an older key sealed, and then drops the older keys. It may be broken off and called
// again.
func (db *DB) Reseal(ctx context.Context, by string) (values int, err error) {
	if err := db.openVault(ctx); err != nil {
		return 0, err
	}
	for last := (sealedRow{}); ; {
		n, next, err := db.resealSome(ctx, last)
		values += n
		if err != nil {
			return values, fmt.Errorf("sealing anew: %w", err)
		}
		if next == nil {
			break
		}
		last = *next
	}
	return values, db.changeKeys(ctx, "key_resealed", by, (*vault.Vault).DropOld)
}

// resealSome goes on behind the last value, and returns where it stopped; nil at the end.
func (db *DB) resealSome(ctx context.Context, last sealedRow) (n int, next *sealedRow, err error) {
	err = db.write(ctx, func(t *tx) error {
		var rows []sealedRow
		if err := t.list(&rows, `SELECT kind, row_id, name, data FROM sealed WHERE (kind, row_id, name) > (?, ?, ?)
			ORDER BY kind, row_id, name LIMIT ?`, last.Kind, last.RowID, last.Name, resealBatch); err != nil {
			return err
		}
		for i := range rows {
			next = &rows[i]
			if t.vault.IsCurrent(next.Data) {
				continue
			}
			place := placeOf(next.Kind, next.RowID, next.Name)
			value, err := t.vault.Open(next.Data, place)
			if err != nil {
				return fmt.Errorf("opening %s: %w", place, err)
			}
			if err := t.seal(next.Kind, next.RowID, next.Name, value); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, next, err
}

// Rekey seals the keysets with another operator's key. Every daemon must be given the new key before it starts again.
func (db *DB) Rekey(ctx context.Context, newKey []byte, by string) error {
	return db.write(ctx, func(t *tx) error {
		kept, err := readKeysets(ctx, t.Tx)
		if err != nil {
			return err
		}
		v, err := vault.Open(db.key, kept)
		if err != nil {
			return err
		}
		k, err := v.Rekeyed(newKey)
		if err != nil {
			return err
		}
		return errors.Join(t.keepKeysets(k), t.audit("rekeyed", by, "", ""))
	})
}
