package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// An engine is everything in which one database differs from the other. No other file of this package names either.
type engine struct {
	name    string
	dialect goose.Dialect
	words   *strings.Replacer // of the migrations
	driver  riverdriver.Driver[*sql.Tx]
	file    string   // SQLite's; "" for PostgreSQL
	network *network // PostgreSQL's; nil for SQLite

	writers   int    // transactions of one process that may write, or wait for their turn, at once
	serialise string // taken first by each transaction that writes; "" where the engine lets one write at a time anyhow
	isolation sql.IsolationLevel
	guard     string // held while the schema is changed, on one connection; "" where the file is locked by the change itself
	unguard   string
	pollOnly  bool   // the queue's driver is told of new jobs by looking alone
	lastBy    string // SQL: the client that took a job last
	sequence  string // sets a table's next id after a restore; %[1]s is the table; "" where the engine does so itself
}

// Numbers of PostgreSQL's advisory locks; any numbers that no other program on the database uses.
const (
	schemaLock = 7203411901
	writeLock  = 7203411902
)

// openEngine opens the database that the URL names.
func openEngine(rawURL string) (*engine, *sqlx.DB, error) {
	switch {
	case strings.HasPrefix(rawURL, "sqlite:"):
		return openSQLite(strings.TrimPrefix(rawURL, "sqlite:"))
	case strings.HasPrefix(rawURL, "postgres://"), strings.HasPrefix(rawURL, "postgresql://"):
		return openPostgres(rawURL)
	}
	return nil, nil, errors.New(`store.url must begin with "sqlite:" or "postgres://"`)
}

// openSQLite opens a file, making it where it is missing. Write-ahead logging lets readers and one writer work side by
// side; every commit reaches the disk, because a letter that has left must not be forgotten by a power cut; what is deleted
// is overwritten, because erased means gone.
func openSQLite(file string) (*engine, *sqlx.DB, error) {
	if file == "" || strings.Contains(file, ":memory:") {
		return nil, nil, errors.New("store.url must name a file, such as sqlite:/var/lib/referrald/referrald.db")
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, nil, fmt.Errorf("finding the database: %w", err)
	}
	if err := touch(file); err != nil {
		return nil, nil, err
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?_txlock=immediate&_pragma=busy_timeout(10000)"+
		"&_pragma=journal_mode(wal)&_pragma=foreign_keys(1)&_pragma=synchronous(full)&_pragma=secure_delete(1)")
	if err != nil {
		return nil, nil, fmt.Errorf("opening the database: %w", err)
	}
	db.SetMaxOpenConns(sqliteConns)
	e := &engine{
		name: "sqlite", dialect: goose.DialectSQLite3, driver: riversqlite.New(db), file: file,
		words:  strings.NewReplacer("{{id}}", "INTEGER PRIMARY KEY AUTOINCREMENT", "{{bytes}}", "BLOB"),
		lastBy: "json_extract(attempted_by, '$[#-1]')",
		// At the file's lock nobody waits in line: many writers would crowd out the queue's own, which marks jobs as done.
		writers: 1,
	}
	return e, sqlx.NewDb(db, "sqlite3"), nil // the name by which sqlx knows how SQLite's parameters are written
}

// Bounds of reach.
const (
	reachTries = 100
	reachPause = 50 * time.Millisecond
)

// reach waits until a new database file has its write-ahead log: of several processes that open it at once SQLite refuses
// all but one while the journal is changed, and does not wait for that as it waits elsewhere.
func (e *engine) reach(ctx context.Context, db *sqlx.DB) error {
	for tries := 1; ; tries++ {
		err := db.PingContext(ctx)
		if !isBusy(err) || tries == reachTries {
			return err
		}
		if !Pause(ctx, reachPause) {
			return ctx.Err()
		}
	}
}

// sqliteConns bounds the connections: one writes at a time, and the others read meanwhile.
const sqliteConns = 4

// touch makes the file for its owner alone before SQLite would make it readable for all.
func touch(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	return f.Close()
}

// Bounds of a talk with PostgreSQL.
const (
	statementTimeout = 45 * time.Second
	idleTimeout      = 10 * time.Second // within a transaction: see bounded
	postgresConns    = 16
)

func openPostgres(rawURL string) (*engine, *sqlx.DB, error) {
	dsn, err := bounded(rawURL)
	if err != nil {
		return nil, nil, err
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, nil, errors.New("store.url is no URL that PostgreSQL's driver understands") // the cause may quote the password
	}
	network := newNetwork()
	connector.Dialer(network)
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(postgresConns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	e := &engine{
		name: "postgres", network: network, dialect: goose.DialectPostgres, driver: riverdatabasesql.New(db),
		words:     strings.NewReplacer("{{id}}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "{{bytes}}", "BYTEA"),
		serialise: fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", writeLock),
		isolation: sql.LevelRepeatableRead,
		writers:   postgresConns,
		guard:     fmt.Sprintf("SELECT pg_advisory_lock(%d)", schemaLock),
		unguard:   fmt.Sprintf("SELECT pg_advisory_unlock(%d)", schemaLock),
		pollOnly:  true,
		lastBy:    "attempted_by[array_length(attempted_by, 1)]",
		sequence:  "SELECT setval(pg_get_serial_sequence('%[1]s', 'id'), coalesce((SELECT max(id) FROM %[1]s), 0) + 1, FALSE)",
	}
	return e, sqlx.NewDb(db, "postgres"), nil
}

// bounded adds TLS to the URL, and limits: for one statement, and for what the server keeps for a daemon whose machine went dark in
// the midst of a transaction. It would hold the lock of all that write until TCP gives up, which takes hours by default.
func bounded(rawURL string) (string, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", errors.New("store.url is no URL") // the cause may quote the password
	}
	q := u.Query()
	for name, value := range map[string]string{
		"statement_timeout": fmt.Sprint(statementTimeout.Milliseconds()),
		"connect_timeout":   "15",
		"application_name":  "referrald",
		"sslmode":           "require", // in clear only where the URL says so, and not the environment

		"idle_in_transaction_session_timeout": fmt.Sprint(idleTimeout.Milliseconds()),
		"tcp_keepalives_idle":                 "15",
		"tcp_keepalives_interval":             "5",
		"tcp_keepalives_count":                "3",
		"tcp_user_timeout":                    "30000",
	} {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// lock takes the lock of the one daemon that may run on a file. PostgreSQL serves many daemons and needs none.
func (e *engine) lock(ctx context.Context) (release func(), err error) {
	if e.file == "" {
		return func() {}, nil
	}
	return e.holdBeside(ctx, ".lock", 0)
}

// lockBeside waits for a lock beside the file.
func (e *engine) lockBeside(ctx context.Context, ending string) (release func(), err error) {
	return e.holdBeside(ctx, ending, 30*time.Second)
}

// holdBeside holds a transaction open on a database beside the file, which the system lets go when the process ends,
// however it ends.
func (e *engine) holdBeside(ctx context.Context, ending string, wait time.Duration) (release func(), err error) {
	beside := e.file + ending
	if err := touch(beside); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_txlock=exclusive&_pragma=busy_timeout(%d)", (&url.URL{Path: beside}).EscapedPath(), wait.Milliseconds()))
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		_ = db.Close() // nothing is in it
		if isBusy(err) {
			return nil, ErrRunning
		}
		return nil, fmt.Errorf("taking the lock: %w", err)
	}
	return func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}, nil
}

// isBusy tells that another process holds SQLite's file.
func isBusy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xFF == sqlite3.SQLITE_BUSY
}

// hasTables tells whether the schema was made.
func (e *engine) hasTables(ctx context.Context, db *sqlx.DB) (bool, error) {
	var n int
	err := db.GetContext(ctx, &n, map[string]string{
		"sqlite":   "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'leases')",
		"postgres": "SELECT count(*) FROM pg_tables WHERE schemaname = ANY (current_schemas(FALSE)) AND tablename IN ('meta', 'leases')",
	}[e.name])
	return n == 2, err
}
