package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"
)

// A moment is a time as it is kept: text of fixed width in UTC, so that both engines order it the same way and neither
// loses its zone. The zero time is the empty text.
type moment struct{ time.Time }

const momentLayout = "2006-01-02T15:04:05.000000Z"

// at makes a moment, as exact as it is kept.
func at(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{t.UTC().Truncate(time.Microsecond)}
}

func (m moment) String() string {
	if m.IsZero() {
		return ""
	}
	return m.UTC().Format(momentLayout)
}

// Value is for the database.
func (m moment) Value() (driver.Value, error) { return m.String(), nil }

// Scan reads what Value wrote.
func (m *moment) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("reading a time: it is a %T", src)
	}
	if s == "" {
		*m = moment{}
		return nil
	}
	t, err := time.Parse(momentLayout, s)
	if err != nil {
		return fmt.Errorf("reading a time: %w", err)
	}
	*m = moment{t}
	return nil
}

// Pause waits, and tells whether the context still stands.
func Pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
