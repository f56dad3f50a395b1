package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A pair is a made certificate with its key, in files.
type pair struct {
	certificate string // file
	key         []byte // PEM
	leaf        *x509.Certificate
}

// newPair makes a certificate of a key; expires is its end.
func newPair(t testing.TB, key crypto.Signer, expires time.Time) pair {
	t.Helper()
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "referrald"}, NotBefore: expires.Add(-365 * 24 * hour), NotAfter: expires}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "app.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return pair{path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), leaf}
}

func rsaKey(t testing.TB, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// A endpoint is a token endpoint that notes what it is asked.
type endpoint struct {
	mu     sync.Mutex
	asked  []url.Values
	answer func(url.Values) (status int, body string)
}

// ServeHTTP answers a request for a token.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if id, secret, ok := r.BasicAuth(); ok {
		r.PostForm.Set("client_id", id)
		r.PostForm.Set("client_secret", secret)
	}
	e.mu.Lock()
	e.asked = append(e.asked, r.PostForm)
	status, body := e.answer(r.PostForm)
	e.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func (e *endpoint) start(t testing.TB) OAuthConfig {
	t.Helper()
	s := httptest.NewServer(e)
	t.Cleanup(s.Close)
	return OAuthConfig{TokenURL: s.URL + "/token", ClientID: "the-app", Assertion: "PS256", Scopes: []string{"mail"}}
}

func granted(access, refresh string, seconds int) string {
	return fmt.Sprintf(`{"access_token":%q,"token_type":"Bearer","expires_in":%d,"refresh_token":%q}`, access, seconds, refresh)
}

func tokensOf(t testing.TB, c OAuthConfig, keep keeper) *tokens {
	t.Helper()
	tokens, err := newTokens(c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	tokens.keep = keep
	return tokens
}

func (t *tokens) must(tb testing.TB) string {
	tb.Helper()
	got, err := t.Token(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

func TestSecretIsShownToTheEndpoint(t *testing.T) {
	e := &endpoint{answer: func(v url.Values) (int, string) {
		if v.Get("client_secret") != "s" {
			return 401, `{"error":"invalid_client"}`
		}
		return 200, granted("a", "", 3600)
	}}
	c := e.start(t)
	c.ClientSecret = "s"
	tokens := tokensOf(t, c, nil)
	for range 3 {
		if got := tokens.must(t); got != "a" {
			t.Errorf("token %q", got)
		}
	}
	if len(e.asked) != 1 {
		t.Errorf("the endpoint was asked %d times for one token", len(e.asked))
	}
	if got := e.asked[0]; got.Get("grant_type") != "client_credentials" || got.Get("client_id") != "the-app" || got.Get("scope") != "mail" {
		t.Errorf("asked with %v", got)
	}
	tokens.Forget()
	tokens.must(t)
	if len(e.asked) != 2 {
		t.Error("a token that a server refused is shown again")
	}
}

// TestAssertionIsSigned checks, as the endpoint does, the signature, the thumbprint and the claims.
func TestAssertionIsSigned(t *testing.T) {
	key := rsaKey(t, 2048)
	p := newPair(t, key, time.Now().Add(90*24*hour))
	for _, alg := range []string{"PS256", "RS256"} {
		e := &endpoint{answer: func(url.Values) (int, string) { return 200, granted("a", "", 3600) }}
		c := e.start(t)
		c.CertificateFile, c.PrivateKey, c.Assertion = p.certificate, Secret(p.key), alg
		tokens := tokensOf(t, c, nil)
		tokens.must(t)
		tokens.Forget()
		tokens.must(t)
		seen := map[string]bool{}
		for _, v := range e.asked {
			if v.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || v.Get("client_id") != "the-app" || v.Has("client_secret") {
				t.Errorf("%s: asked with %v", alg, v)
			}
			checkAssertion(t, alg, v.Get("client_assertion"), &key.PublicKey, p.leaf, c.TokenURL, seen)
		}
	}
}

func checkAssertion(t *testing.T, alg, token string, key *rsa.PublicKey, leaf *x509.Certificate, audience string, seen map[string]bool) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("an assertion of %d parts", len(parts))
	}
	var raw [3][]byte
	for i := range parts {
		var err error
		if raw[i], err = base64.RawURLEncoding.DecodeString(parts[i]); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	err := rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw[2])
	if alg == "PS256" {
		err = rsa.VerifyPSS(key, crypto.SHA256, sum[:], raw[2], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	}
	if err != nil {
		t.Errorf("%s: %v", alg, err)
	}
	var head struct {
		Alg, Typ string
		X5T      string `json:"x5t#S256"`
	}
	var claims struct {
		Aud, Iss, Sub, Jti string
		Nbf, Exp           int64
	}
	if err := errors.Join(json.Unmarshal(raw[0], &head), json.Unmarshal(raw[1], &claims)); err != nil {
		t.Fatal(err)
	}
	thumbprint := sha256.Sum256(leaf.Raw)
	if head.Alg != alg || head.Typ != "JWT" || head.X5T != base64.RawURLEncoding.EncodeToString(thumbprint[:]) {
		t.Errorf("head %+v", head)
	}
	now := time.Now().Unix()
	if claims.Aud != audience || claims.Iss != "the-app" || claims.Sub != "the-app" || claims.Nbf > now || claims.Exp <= now || claims.Exp > now+900 || seen[claims.Jti] {
		t.Errorf("claims %+v", claims)
	}
	seen[claims.Jti] = true
}

// A safe keeps in memory, and can be made to fail.
type safe struct {
	values map[string][]byte
	broken error
}

func (s *safe) Secret(_ context.Context, name string) ([]byte, error) {
	return s.values[name], s.broken
}

func (s *safe) KeepSecret(_ context.Context, name string, value []byte) error {
	if s.broken == nil {
		s.values[name] = bytes.Clone(value)
	}
	return s.broken
}

func (s *safe) InTurn(ctx context.Context, _ string, _ time.Duration, do func(context.Context) error) error {
	if s.broken != nil {
		return s.broken
	}
	return do(ctx)
}

// rotating is an endpoint that takes each refresh token once and hands back the next: r0, r1, r2.
func rotating(t *testing.T) (*endpoint, OAuthConfig) {
	next := 0
	e := &endpoint{answer: func(v url.Values) (int, string) {
		if v.Get("grant_type") != "refresh_token" || v.Get("refresh_token") != fmt.Sprintf("r%d", next) {
			return 400, `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`
		}
		next++
		return 200, granted(fmt.Sprintf("a%d", next), fmt.Sprintf("r%d", next), 3600)
	}}
	c := e.start(t)
	c.RefreshToken = "r0"
	return e, c
}

// A refresh token that the server hands back is used from then on, by every daemon and after a restart.
func TestNewestRefreshTokenIsKept(t *testing.T) {
	b := newBureau(t, "14")
	_, c := rotating(t)
	for i, want := range []string{"a1", "a2", "a3"} { // three daemons, one after another, on the real store
		if got := tokensOf(t, c, b.daemon.db).must(t); got != want {
			t.Errorf("daemon %d has token %q, want %q", i, got, want)
		}
	}
	var dump bytes.Buffer
	if err := b.daemon.db.Backup(t.Context(), &dump); err != nil || strings.Contains(dump.String(), `"r3"`) {
		t.Errorf("the refresh token stands in the open (%v)", err)
	}
}

// Daemons that all want a new token at once show each refresh token once: an endpoint that refuses a spent one refuses none.
func TestDaemonsShowARefreshTokenInTurn(t *testing.T) {
	b := newBureau(t, "14")
	e, c := rotating(t)
	var wg sync.WaitGroup
	for range 3 {
		own, err := openStore(t.Context(), b.daemon.config, b.daemon.log)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = own.Close() })
		tokens := tokensOf(t, c, own)
		wg.Go(func() {
			for range 4 {
				tokens.Forget()
				if _, err := tokens.Token(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.asked) != 12 {
		t.Errorf("asked %d times, want 12", len(e.asked))
	}
}

// A refresh token that the operator writes anew counts at once, whatever is kept.
func TestConfiguredRefreshTokenCounts(t *testing.T) {
	keep := &safe{values: map[string][]byte{}}
	_, c := rotating(t)
	tokensOf(t, c, keep).must(t)
	c.RefreshToken = "r1" // the operator copies what the server says now
	if got := tokensOf(t, c, keep).must(t); got != "a2" {
		t.Errorf("token %q, want that of the configured refresh token", got)
	}
	c.RefreshToken = "r9"
	if _, err := tokensOf(t, c, keep).Token(t.Context()); err == nil || !strings.Contains(err.Error(), "oauth.refresh_token") {
		t.Errorf("a wrong configured refresh token: %v", err)
	}
}

// A store that fails neither ends the login nor loses the newest token.
func TestRefreshTokenOutlivesABrokenStore(t *testing.T) {
	keep := &safe{values: map[string][]byte{}}
	e, c := rotating(t)
	tokens := tokensOf(t, c, keep)
	answer := e.answer
	e.answer = func(v url.Values) (int, string) {
		keep.broken = errors.New("the disk is full") // between the asking and the keeping
		return answer(v)
	}
	if got := tokens.must(t); got != "a1" || len(keep.values) > 0 {
		t.Errorf("token %q, kept %q", got, keep.values)
	}
	tokens.Forget()
	if got := tokens.must(t); got != "a2" {
		t.Errorf("token %q, want one for the refresh token in memory", got)
	}
	e.answer, keep.broken = answer, nil
	tokens.Forget()
	tokens.must(t)
	if got := tokensOf(t, c, keep).must(t); got != "a4" {
		t.Errorf("a new daemon has token %q: what was in memory was not kept", got)
	}
}

// Without the store there is no telling which refresh token is the newest, and an outdated one might end them all.
func TestNoRefreshTokenIsShownUnsure(t *testing.T) {
	e, c := rotating(t)
	_, err := tokensOf(t, c, &safe{broken: errors.New("the disk is full")}).Token(t.Context())
	if err == nil || len(e.asked) > 0 || !strings.Contains(err.Error(), "the newest refresh token cannot be read from the store: the disk is full") {
		t.Errorf("asked %d times, %v", len(e.asked), err)
	}
}

// TestTokensAreRenewedInTime goes through a token's life in virtual time.
func TestTokensAreRenewedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, down := 0, false
		tokens := tokensOf(t, OAuthConfig{TokenURL: "https://login.example/token", ClientID: "the-app", ClientSecret: "s"}, nil)
		tokens.client.Transport = line(func(*http.Request) (*http.Response, error) {
			if down {
				return nil, errors.New("no route")
			}
			asked++
			r, _ := answering(200)
			r.Header = http.Header{"Content-Type": {"application/json"}}
			r.Body = io.NopCloser(strings.NewReader(granted(fmt.Sprintf("a%d", asked), "", 3600)))
			return r, nil
		})
		for _, x := range []struct {
			after time.Duration
			down  bool
			want  string
		}{
			{0, false, "a1"},
			{54 * minute, false, "a1"},
			{2 * minute, false, "a2"},             // five minutes before its end
			{57 * minute, true, "a2"},             // the endpoint is away, the old one still opens
			{2*minute + 50*time.Second, true, ""}, // and now it does not
			{minute, false, "a3"},
		} {
			time.Sleep(x.after)
			down = x.down
			got, err := tokens.Token(t.Context())
			if got != x.want || (err == nil) != (x.want != "") {
				t.Errorf("after %s more: %q, %v; want %q", x.after, got, err, x.want)
			}
		}
	})
}

// A silent endpoint cannot hold intake up, nor can one that sends the secret elsewhere.
func TestEndpointIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tokens, begun := tokensOf(t, OAuthConfig{TokenURL: "https://login.example/token", ClientID: "the-app", ClientSecret: "s"}, nil), time.Now()
		tokens.client.Transport = line(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		if _, err := tokens.Token(t.Context()); err == nil || time.Since(begun) > 2*tokenTimeout {
			t.Errorf("after %s: %v", time.Since(begun), err)
		}
	})
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the secret went elsewhere") }))
	defer elsewhere.Close()
	s := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer s.Close()
	if _, err := tokensOf(t, OAuthConfig{TokenURL: s.URL, ClientID: "the-app", ClientSecret: "s"}, nil).Token(t.Context()); err == nil {
		t.Error("a redirect is a token")
	}
}

// TestTokenFaultsHaveRemedies answers as the endpoints do, and wants the remedy, the code, and nothing that was sent.
func TestTokenFaultsHaveRemedies(t *testing.T) {
	type answer struct {
		status     int
		body, want string
	}
	var all []answer
	for _, r := range microsoftRemedies() {
		all = append(all, answer{401, fmt.Sprintf(`{"error":"invalid_client","error_description":"%s: Words about the-app. Trace ID: 0","error_codes":[1]}`, r.code), r.remedy + " (" + r.code + ")"})
	}
	for _, r := range standardRemedies() {
		all = append(all, answer{400, fmt.Sprintf(`{"error":%q,"error_description":"Words about the-app."}`, r.code), r.remedy + " (" + r.code + ")"})
	}
	all = append(all,
		answer{400, `{"error":"invalid_request","error_description":"AADSTS900144: The request body must contain the following parameter."}`, "the token endpoint refuses (AADSTS900144): check [oauth]"},
		answer{400, `{"error":"unsupported_grant_type"}`, "the token endpoint refuses (unsupported_grant_type): check [oauth]"},
		answer{502, `<html>Bad gateway for the-app</html>`, "the token endpoint refuses (status 502): check [oauth]"},
		answer{400, `{"error":"Words about the-app"}`, "the token endpoint refuses (status 400): check [oauth]"},
		answer{200, `{"token_type":"Bearer"}`, "cannot be reached"},
	)
	for _, x := range all {
		e := &endpoint{answer: func(url.Values) (int, string) { return x.status, x.body }}
		c := e.start(t)
		c.ClientSecret = "s"
		_, err := tokensOf(t, c, nil).Token(t.Context())
		if err == nil || !strings.Contains(err.Error(), x.want) || strings.Contains(err.Error(), "the-app") {
			t.Errorf("%s: %v, want %q", x.body, err, x.want)
		}
	}
}

// TestCertificateFaults has a pair for each thing that can be wrong with one.
func TestCertificateFaults(t *testing.T) {
	key, later := rsaKey(t, 2048), time.Now().Add(90*24*hour)
	good := newPair(t, key, later)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, short := newPair(t, rsaKey(t, 2048), later), newPair(t, rsaKey(t, 1024), later)
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "x.pem")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	for name, x := range map[string]struct {
		certificate string
		key         []byte
		want        string // "" for none
	}{
		"good":                 {good.certificate, good.key, ""},
		"the older form":       {good.certificate, pkcs1, ""},
		"both in one file":     {good.certificate, append([]byte("words\n"+string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: good.leaf.Raw}))), pkcs1...), ""},
		"no file":              {"/nowhere.pem", good.key, "oauth.certificate_file: cannot be read"},
		"no certificate in it": {file("hello"), good.key, "oauth.certificate_file: holds no certificate"},
		"a broken one":         {file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), good.key, "oauth.certificate_file: holds a certificate that cannot be read"},
		"no key":               {good.certificate, []byte("hello"), "oauth.private_key: holds no key"},
		"a broken key":         {good.certificate, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "oauth.private_key: cannot be read"},
		"a key with password":  {good.certificate, []byte("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"), "oauth.private_key: has a password"},
		"an old key with one":  {good.certificate, []byte("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"), "oauth.private_key: has a password"},
		"another's key":        {good.certificate, other.key, "oauth.private_key: is not the key of"},
		"a short key":          {short.certificate, short.key, "oauth.private_key: is shorter than 2048 bits"},
		"no RSA key":           {newPair(t, curve, later).certificate, newPair(t, curve, later).key, "oauth.private_key: is no RSA key"},
	} {
		_, err := loadCertificate(OAuthConfig{CertificateFile: x.certificate, PrivateKey: Secret(x.key), Assertion: "PS256"})
		var faults Faults
		switch {
		case x.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case x.want != "" && (!errors.As(err, &faults) || !strings.Contains(err.Error(), x.want)):
			t.Errorf("%s: %v, want %q", name, err, x.want)
		}
	}
}

// TestExpiry: check says when what opens the mailbox ends, as early as the digest does.
func TestExpiry(t *testing.T) {
	key := rsaKey(t, 2048)
	in := func(days int) time.Time { return time.Now().Add(time.Duration(days)*24*hour + hour) }
	for name, x := range map[string]struct {
		tokens       *tokens
		config       OAuthConfig
		says, warns  string
		fails, known bool
	}{
		"password":      {nil, OAuthConfig{}, "no secret or certificate", "", false, false},
		"unknown":       {&tokens{}, OAuthConfig{ClientSecret: "s"}, "", "set oauth.secret_expires", false, false},
		"refresh token": {&tokens{}, OAuthConfig{RefreshToken: "r"}, "no date of its own", "", false, false},
		"far":           {&tokens{}, OAuthConfig{ClientSecret: "s", SecretExpires: Day{in(100)}}, "in 100 days", "", false, true},
		"near":          {&tokens{}, OAuthConfig{ClientSecret: "s", SecretExpires: Day{in(20)}}, "", "in 20 days: make a new one", false, true},
		"past":          {&tokens{}, OAuthConfig{ClientSecret: "s", SecretExpires: Day{in(-2)}}, "", "it expired on", true, true},
		"certificate":   {&tokens{prove: &certificate{leaf: newPair(t, key, in(90)).leaf}}, OAuthConfig{}, "in 90 days", "", false, true},
		"old one":       {&tokens{prove: &certificate{leaf: newPair(t, key, in(-1)).leaf}}, OAuthConfig{}, "", "it expired on", true, true},
	} {
		d := &daemon{config: &Config{OAuth: x.config}, tokens: x.tokens}
		f := d.checkExpiry(t.Context())
		switch {
		case x.says != "" && (f.err != nil || !strings.Contains(f.says, x.says)):
			t.Errorf("%s: %+v, want %q", name, f, x.says)
		case x.warns != "" && (f.err == nil || !strings.Contains(f.err.Error(), x.warns) || f.advice == x.fails):
			t.Errorf("%s: %+v, want %q", name, f, x.warns)
		}
		if d.expires().IsZero() == x.known {
			t.Errorf("%s: expires %s", name, d.expires())
		}
	}
}

func TestDay(t *testing.T) {
	for _, text := range []string{`"2027-03-31"`, `2027-03-31`, `2027-03-31T00:00:00Z`} {
		c, err := loadConfig(writeConfig(t, "[oauth]\nsecret_expires = "+text+"\n"), nil)
		if err != nil || c.OAuth.SecretExpires.Format(time.DateOnly) != "2027-03-31" {
			t.Errorf("%s: %v, %v", text, c, err)
		}
	}
	_, err := loadConfig(writeConfig(t, "[oauth]\nsecret_expires = \"soon\"\n"), nil)
	if err == nil || !strings.Contains(err.Error(), "secret_expires") || !strings.Contains(err.Error(), "is not a date such as") {
		t.Errorf("a bad date: %v", err)
	}
	_, err = loadConfig(writeConfig(t, ""), []string{"REFERRALD_OAUTH_SECRET_EXPIRES=soon"})
	if err == nil || !slices.Contains(strings.Fields(err.Error()), "REFERRALD_OAUTH_SECRET_EXPIRES:") {
		t.Errorf("a bad date of the environment: %v", err)
	}
}
