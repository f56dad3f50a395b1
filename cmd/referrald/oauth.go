package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// Times of a token's life.
const (
	tokenTimeout = 20 * time.Second // of one request, so that a silent endpoint cannot stop intake
	renewBefore  = 5 * time.Minute  // its end a token is renewed
	lastUse      = 20 * time.Second // before its end a token still opens, where no new one can be had
	refreshTurn  = 40 * time.Second // within which a refresh token is shown, and the next one kept
)

// A keeper keeps what the server hands back for the next time, sealed, for all daemons.
type keeper interface {
	Secret(ctx context.Context, name string) ([]byte, error)
	KeepSecret(ctx context.Context, name string, value []byte) error
	InTurn(ctx context.Context, name string, atMost time.Duration, do func(context.Context) error) error
}

// tokens give a valid access token, by the client-credentials flow or by a refresh token, proving who asks by a secret or a
// certificate. The token is kept and renewed before it expires.
type tokens struct {
	config OAuthConfig
	prove  *certificate // nil: by the secret, or not at all
	client *http.Client
	keep   keeper
	log    *slog.Logger

	mu      sync.Mutex
	access  *oauth2.Token
	rotated string // a refresh token that could not be kept yet
}

// newTokens reads the certificate, if there is one. Set keep before the first token where a refresh token is configured.
func newTokens(c OAuthConfig, log *slog.Logger) (*tokens, error) {
	t := &tokens{config: c, log: log, client: &http.Client{Timeout: tokenTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // secrets go to the endpoint that is configured, and to no other
	}}}
	if c.CertificateFile == "" {
		return t, nil
	}
	var err error
	t.prove, err = loadCertificate(c)
	return t, err
}

// Token returns a valid access token. Its errors say what to do.
func (t *tokens) Token(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lasts(renewBefore) {
		return t.access.AccessToken, nil
	}
	fresh, err := t.fetch(ctx)
	switch {
	case err == nil:
		t.access = fresh
	case !t.lasts(lastUse):
		return "", fmt.Errorf("fetching a token: %w", tokenFault(err))
	default:
		t.log.Warn("renewing the access token; the old one still opens", "error", tokenFault(err))
	}
	return t.access.AccessToken, nil
}

// lasts tells whether the token at hand is good for so long; one without an end is good until it is refused.
func (t *tokens) lasts(d time.Duration) bool {
	return t.access != nil && (t.access.Expiry.IsZero() || time.Until(t.access.Expiry) > d)
}

// Forget drops the token at hand: a server has refused it before its time.
func (t *tokens) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.access = nil
}

// fetch asks the endpoint for a token. Daemons show a refresh token in turn: one that may be used once must not be shown by
// two, since a server may take that for a theft and end them all.
func (t *tokens) fetch(ctx context.Context) (fresh *oauth2.Token, asked error) {
	if t.config.RefreshToken == "" {
		return t.ask(ctx, "")
	}
	if t.rotated != "" {
		t.hold(ctx, t.rotated)
	}
	if t.rotated != "" {
		return t.ask(ctx, t.rotated) // no other daemon can have it
	}
	turn := t.keep.InTurn(ctx, refreshSecret, refreshTurn, func(ctx context.Context) error {
		used, err := t.newest(ctx)
		if err != nil {
			return err
		}
		fresh, asked = t.ask(ctx, used)
		return nil
	})
	if turn != nil {
		return nil, &credentialError{"the newest refresh token cannot be read from the store", turn}
	}
	return fresh, asked
}

// ask asks with a refresh token, or without where it is empty.
func (t *tokens) ask(ctx context.Context, refresh string) (*oauth2.Token, error) {
	params := url.Values{}
	flow := clientcredentials.Config{ClientID: t.config.ClientID, ClientSecret: string(t.config.ClientSecret), TokenURL: t.config.TokenURL,
		Scopes: t.config.Scopes, EndpointParams: params}
	if t.prove != nil {
		assertion, err := t.prove.assertion(t.config.ClientID, t.config.TokenURL, time.Now())
		if err != nil {
			return nil, err
		}
		params.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		params.Set("client_assertion", assertion)
	}
	if t.prove != nil || t.config.ClientSecret == "" {
		flow.AuthStyle = oauth2.AuthStyleInParams
	}
	if refresh != "" {
		params.Set("grant_type", "refresh_token")
		params.Set("refresh_token", refresh)
	}
	fresh, err := flow.Token(context.WithValue(ctx, oauth2.HTTPClient, t.client))
	if err == nil && refresh != "" && fresh.RefreshToken != refresh {
		t.hold(ctx, fresh.RefreshToken)
	}
	return fresh, err
}

// refreshSecret is the name under which the newest refresh token is kept.
const refreshSecret = "refresh-token"

// A keptToken is a refresh token that a server handed back in place of the configured one. It holds only for as long as
// that one is configured: a new one in the configuration counts at once.
type keptToken struct {
	InPlaceOf string `json:"in_place_of"` // SHA-256 of the configured token
	Token     string `json:"token"`
}

func fingerprint(s Secret) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// newest returns the refresh token to use: the last that the server handed to any daemon, else the configured one. Where
// the store cannot be asked there is none, because an outdated one might end them all.
func (t *tokens) newest(ctx context.Context) (string, error) {
	text, err := t.keep.Secret(ctx, refreshSecret)
	if err != nil {
		return "", err
	}
	var kept keptToken
	if err := json.Unmarshal(text, &kept); err != nil || kept.Token == "" || kept.InPlaceOf != fingerprint(t.config.RefreshToken) {
		return string(t.config.RefreshToken), nil
	}
	return kept.Token, nil
}

// hold keeps a refresh token that the server handed back. Where the store fails it stays in memory and is kept later.
func (t *tokens) hold(ctx context.Context, token string) {
	t.rotated = token
	text, err := json.Marshal(keptToken{fingerprint(t.config.RefreshToken), token})
	if err == nil {
		err = t.keep.KeepSecret(context.WithoutCancel(ctx), refreshSecret, text)
	}
	if err != nil {
		t.log.Error("keeping the new refresh token; it is tried again", "error", err)
		return
	}
	t.rotated = ""
}
