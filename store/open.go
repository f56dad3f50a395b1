package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/riverqueue/river"

	"referrald/store/vault"
)

// What can be in the way of opening. Key faults are vault.ErrNoKey, vault.ErrKeySize and vault.ErrWrongKey.
var (
	ErrRunning     = errors.New("another daemon runs on this database file; stop it first, or use PostgreSQL for several")
	ErrNotMigrated = errors.New("the database has no tables yet; run \"referrald migrate\" or \"referrald run\"")
)

// Options say which database is opened and with which key.
type Options struct {
	URL string // "sqlite:FILE" or "postgres://…"
	Key []byte // 32 bytes: what the sealing keys are sealed with
	Log *slog.Logger
}

// A DB is an open database. All its methods may be called by many goroutines.
type DB struct {
	engine *engine
	sql    *sqlx.DB
	log    *slog.Logger
	key    []byte
	zone   *time.Location
	queue  *river.Client[*sql.Tx] // for putting jobs in only; see Work
	turn   chan struct{}          // holds those of this process who write

	mu    sync.Mutex
	vault *vault.Vault // nil until there are tables
}

// Open opens the database. It changes nothing in it, so that a short command may look while a daemon runs: a database
// without tables is opened, too, and awaits Migrate. A key that is not the database's is told at once.
func Open(ctx context.Context, o Options) (*DB, error) {
	if len(o.Key) != vault.KeySize {
		if len(o.Key) == 0 {
			return nil, vault.ErrNoKey
		}
		return nil, vault.ErrKeySize
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("loading the zone of the tracker's days: %w", err)
	}
	e, conn, err := openEngine(o.URL)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	db := &DB{engine: e, sql: conn, log: o.Log, key: o.Key, zone: zone, turn: make(chan struct{}, e.writers)}
	if err := db.begin(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return db, nil
}

// begin looks whether the database answers, and opens the vault where there is one.
func (db *DB) begin(ctx context.Context) error {
	if err := db.engine.reach(ctx, db.sql); err != nil {
		return fmt.Errorf("reaching the database: %w", err)
	}
	queue, err := river.NewClient(db.engine.driver, &river.Config{Logger: db.quiet(), SkipUnknownJobCheck: true})
	if err != nil {
		return fmt.Errorf("opening the queue: %w", err)
	}
	db.queue = queue
	made, err := db.engine.hasTables(ctx, db.sql)
	if err != nil {
		return fmt.Errorf("looking for the tables: %w", err)
	}
	if !made {
		return nil
	}
	return db.openVault(ctx)
}

// quiet is the log for the libraries underneath, whose every move is not the operator's business.
func (db *DB) quiet() *slog.Logger { return slog.New(atLeast{db.log.Handler(), slog.LevelWarn}) }

// An atLeast is a log handler that passes on nothing below a level.
type atLeast struct {
	slog.Handler
	level slog.Level
}

// Enabled tells whether a line is passed on.
func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

// WithAttrs keeps the level.
func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

// WithGroup keeps the level.
func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}

// Close closes the database.
func (db *DB) Close() error { return db.sql.Close() }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.sql.PingContext(ctx); err != nil {
		return fmt.Errorf("reaching the database: %w", err)
	}
	return nil
}

// Lock makes this process the one daemon on a database file until release is called, or says ErrRunning. On PostgreSQL,
// where several daemons share the work, it does nothing. Only the daemon needs it; short commands work beside it.
func (db *DB) Lock(ctx context.Context) (release func(), err error) { return db.engine.lock(ctx) }
