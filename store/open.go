package store

import (
	"log/slog"

	"github.com/jmoiron/sqlx"
)

// Options say which database is opened and with which key.
type Options struct {
	URL string // "sqlite:FILE" or "postgres://…"
	Key []byte // 32 bytes: what the sealing keys are sealed with
	Log *slog.Logger
}

// A DB is an open database.
type DB struct {
	sql *sqlx.DB
	log *slog.Logger
}

// A MailPlace is where a message lies in the mailbox that is to be deleted there, too.
type MailPlace struct {
	Place
	MessageID string // to be verified before anything is deleted
}
