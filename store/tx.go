package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"referrald/store/vault"
)

// A tx is one transaction with the moment at which it began. Statements are written with "?" and bound for the engine.
type tx struct {
	*sqlx.Tx
	ctx   context.Context
	db    *DB
	vault *vault.Vault
	now   moment
}

// write runs a transaction that changes something. Such transactions go one at a time on both engines, which is what keeps
// the audit trail a chain, and lets each of them look before it writes.
func (db *DB) write(ctx context.Context, do func(*tx) error) error {
	select {
	case db.turn <- struct{}{}:
		defer func() { <-db.turn }()
	case <-ctx.Done():
		return fmt.Errorf("waiting for one's turn: %w", context.Cause(ctx))
	}
	return db.within(ctx, nil, db.engine.serialise, do)
}

// promptTimeout bounds what must be written before others take over.
const promptTimeout = 5 * time.Second

// promptly is a write that does not wait for a connection that has gone dark, on which the driver heeds no context: that one
// is left to its own deadline, and whoever tries again gets another. It may still be done after it was given up.
func (db *DB) promptly(ctx context.Context, do func(*tx) error) error {
	if db.engine.file != "" {
		return db.write(ctx, do) // there is no network
	}
	ctx, cancel := context.WithTimeout(ctx, promptTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- db.write(ctx, do) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("waiting for the database: %w", context.Cause(ctx))
	}
}

// read runs a transaction that sees one state of the database throughout.
func (db *DB) read(ctx context.Context, do func(*tx) error) error {
	return db.within(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.engine.isolation}, "", do)
}

func (db *DB) within(ctx context.Context, o *sql.TxOptions, first string, do func(*tx) error) error {
	v, err := db.opened()
	if err != nil {
		return err
	}
	t, err := db.sql.BeginTxx(ctx, o)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	defer func() { _ = t.Rollback() }() // does nothing after the commit
	if first != "" {
		if _, err := t.ExecContext(ctx, first); err != nil {
			return fmt.Errorf("waiting for one's turn: %w", err)
		}
	}
	if err := do(&tx{Tx: t, ctx: ctx, db: db, vault: v, now: at(time.Now())}); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// args cleans the texts among the arguments; see clean.
func args(in []any) []any {
	out := make([]any, len(in))
	for i, a := range in {
		if s, ok := a.(string); ok {
			a = clean(s)
		}
		out[i] = a
	}
	return out
}

func (t *tx) exec(query string, in ...any) error {
	_, err := t.ExecContext(t.ctx, t.Rebind(query), args(in)...)
	return err
}

// changed runs a statement and tells whether it touched a row.
func (t *tx) changed(query string, in ...any) (bool, error) {
	r, err := t.ExecContext(t.ctx, t.Rebind(query), args(in)...)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// get reads one row, and tells whether there was one.
func (t *tx) get(into any, query string, in ...any) (bool, error) {
	err := t.GetContext(t.ctx, into, t.Rebind(query), args(in)...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// list reads all rows.
func (t *tx) list(into any, query string, in ...any) error {
	return t.SelectContext(t.ctx, into, t.Rebind(query), args(in)...)
}

// listIn reads all rows of a query with one list "IN (?)" for its argument.
func (t *tx) listIn(into any, query string, in ...any) error {
	expanded, values, err := sqlx.In(query, in...)
	if err != nil {
		return fmt.Errorf("making a list: %w", err)
	}
	return t.list(into, expanded, values...)
}

// insert writes a row and returns its id.
func (t *tx) insert(query string, in ...any) (id int64, err error) {
	err = t.GetContext(t.ctx, &id, t.Rebind(query+" RETURNING id"), args(in)...)
	return id, err
}

// count reads a number.
func (t *tx) count(query string, in ...any) (n int, err error) {
	_, err = t.get(&n, query, in...)
	return n, err
}
