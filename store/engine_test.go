package store

import (
	"net/url"
	"testing"
)

// What the URL leaves open is decided here and not by the environment; what it says stands.
func TestPostgresIsSpokenToByTLSAndWithinLimits(t *testing.T) {
	for given, want := range map[string]string{"": "require", "?sslmode=verify-full": "verify-full", "?sslmode=disable": "disable"} {
		text, err := bounded("postgres://ref:x@db.example/cases" + given)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if q := u.Query(); q.Get("sslmode") != want || q.Get("statement_timeout") != "45000" || q.Get("idle_in_transaction_session_timeout") != "10000" {
			t.Errorf("%q: %s", given, u.RawQuery)
		}
	}
}
