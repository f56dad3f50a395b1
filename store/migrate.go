package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the tables, the queue's among them, to what this build needs, and gives a new database its keysets. Any
// number of processes may call it at once: one works, the others wait.
func (db *DB) Migrate(ctx context.Context) error {
	release, err := db.guard(ctx)
	if err != nil {
		return err
	}
	defer release()
	provider, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating the tables: %w", err)
	}
	queue, err := rivermigrate.New(db.engine.driver, &rivermigrate.Config{Logger: db.quiet()})
	if err != nil {
		return fmt.Errorf("preparing the queue's tables: %w", err)
	}
	if _, err := queue.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrating the queue's tables: %w", err)
	}
	if k, err := readKeysets(ctx, db.sql); err != nil {
		return err
	} else if k.Seal == nil {
		if err := db.makeKeysets(ctx); err != nil {
			return err
		}
	}
	return db.openVault(ctx)
}

// guard keeps other processes from migrating at the same time.
func (db *DB) guard(ctx context.Context) (release func(), err error) {
	if db.engine.guard == "" {
		return db.engine.lockBeside(ctx, ".migrating")
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("reaching the database: %w", err)
	}
	if _, err := conn.ExecContext(ctx, db.engine.guard); err != nil {
		return nil, fmt.Errorf("waiting for another migration: %w", err)
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), db.engine.unguard) // ends with the connection at the latest
		_ = conn.Close()
	}, nil
}

// provider makes goose's migrations of the one text, in the engine's words.
func (db *DB) provider() (*goose.Provider, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, fmt.Errorf("listing the migrations: %w", err)
	}
	var all []*goose.Migration
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("numbering %s: %w", f.Name(), err)
		}
		text, err := migrations.ReadFile(path.Join("migrations", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.Name(), err)
		}
		statements := db.engine.words.Replace(string(text))
		all = append(all, goose.NewGoMigration(version, &goose.GoFunc{RunTx: func(ctx context.Context, t *sql.Tx) error {
			_, err := t.ExecContext(ctx, statements)
			return err
		}}, nil))
	}
	p, err := goose.NewProvider(db.engine.dialect, db.sql.DB, nil, goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("preparing the migrations: %w", err)
	}
	return p, nil
}
