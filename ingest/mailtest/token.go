package mailtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// tokenPrefix begins the access tokens that are good.
const tokenPrefix = "good."

// TokenFor returns an OAuth 2 access token that opens the user's mailbox.
func TokenFor(user string) string { return tokenPrefix + user }

// startTokens starts the endpoint that Dovecot asks about tokens (RFC 7662 in Dovecot's mode "auth"), and returns its address.
func startTokens(t testing.TB) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, good := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "+tokenPrefix)
		w.Header().Set("Content-Type", "application/json")
		if !good {
			w.WriteHeader(http.StatusUnauthorized)
		}
		// A client that is gone needs no answer.
		_ = json.NewEncoder(w).Encode(map[string]string{"username": user, "active": map[bool]string{true: "true", false: "false"}[good]})
	}))
	t.Cleanup(s.Close)
	return s.URL
}
