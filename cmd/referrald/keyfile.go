package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"referrald/store"
)

// openStore opens the database of the configuration with its key. The tables may not be there yet; see store.Migrate.
func openStore(ctx context.Context, c *Config, log *slog.Logger) (*store.DB, error) {
	if err := c.Require(NeedStore); err != nil {
		return nil, err
	}
	key, err := storeKey(c)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Options{URL: string(c.Store.URL), Key: key, Log: log})
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	return db, nil
}

// storeKey reads the key that the sealing keys are sealed with. For a database file without a named key one is made
// beside it, so that the embedded default needs no set-up.
func storeKey(c *Config) ([]byte, error) {
	if c.Store.Key != "" {
		return decodeKey("store.key", string(c.Store.Key))
	}
	path := c.Store.KeyFile
	if path == "" {
		path = strings.TrimPrefix(string(c.Store.URL), "sqlite:") + ".key"
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && c.Store.KeyFile == "" {
		return makeKey(path, strings.TrimPrefix(string(c.Store.URL), "sqlite:"))
	}
	if err != nil {
		return nil, Faults{{"store.key_file", "the key " + path + " cannot be read", "Put the key back from where you keep its copy; without it no case can be read."}}
	}
	return decodeKey("store.key_file", string(text))
}

// makeKey writes a new key beside a new database. A database that is there already has a key, which must be found.
func makeKey(path, database string) ([]byte, error) {
	if _, err := os.Stat(database); err == nil {
		return nil, Faults{{"store.key_file", "the database is there, but its key " + path + " is not", "Put the key back from where you keep its copy; without it no case can be read."}}
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("drawing a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("writing the key: %w", err)
	}
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("writing the key: %w", err)
	}
	return key, nil
}

func decodeKey(name, text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != 32 {
		return nil, Faults{{name, "is not 32 bytes in base64", "Make one with: head -c 32 /dev/urandom | base64"}}
	}
	return key, nil
}
