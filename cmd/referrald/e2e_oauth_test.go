package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"referrald/ingest/mailtest"
	"referrald/notify"
	"referrald/store"
)

// withTokens changes a scene's configuration: both logins are by the tokens of an endpoint.
func (s *scene) withTokens(c OAuthConfig, more string) {
	text := strings.Replace(s.configuration(), "[smtp]\n", fmt.Sprintf("auth = \"oauth\"\n[smtp]\nauth = \"oauth\"\nuser = %q\n", serviceAddress), 1)
	s.write(s.config, text+fmt.Sprintf("[oauth]\ntoken_url = %q\nclient_id = %q\nscopes = []\n%s", c.TokenURL, c.ClientID, more))
	s.env = slices.DeleteFunc(s.env, func(v string) bool { return strings.HasPrefix(v, "REFERRALD_MAIL_PASSWORD=") })
}

// TestLoginsByToken lets the built daemon work a message through Dovecot and Postfix, which take its tokens by XOAUTH2: by a
// refresh token that changes each time, over a restart, and by a certificate.
func TestLoginsByToken(t *testing.T) {
	t.Parallel()
	t.Run("refresh token", func(t *testing.T) {
		t.Parallel()
		s, next := newScene(t, nil), 0
		e := &endpoint{answer: func(v url.Values) (int, string) {
			if v.Get("refresh_token") != fmt.Sprintf("r%d", next) || v.Get("client_secret") != "s" {
				return 400, `{"error":"invalid_grant"}`
			}
			next++
			return 200, granted(mailtest.TokenFor(serviceAddress), fmt.Sprintf("r%d", next), 3600)
		}}
		s.withTokens(e.start(t), "")
		s.env = append(s.env, "REFERRALD_OAUTH_CLIENT_SECRET=s", "REFERRALD_OAUTH_REFRESH_TOKEN=r0")
		s.start().stop(t)
		s.answersOne(s.start(), "one")
		e.mu.Lock()
		defer e.mu.Unlock()
		if next != 2 {
			t.Errorf("two starts took %d tokens, want 2", next)
		}
	})
	t.Run("certificate", func(t *testing.T) {
		t.Parallel()
		s := newScene(t, nil)
		key := rsaKey(t, 2048)
		p := newPair(t, key, time.Now().Add(40*24*hour))
		c := OAuthConfig{}
		e := &endpoint{answer: func(v url.Values) (int, string) {
			checkAssertion(t, "PS256", v.Get("client_assertion"), &key.PublicKey, p.leaf, c.TokenURL, map[string]bool{})
			return 200, granted(mailtest.TokenFor(serviceAddress), "", 3600)
		}}
		c = e.start(t)
		s.withTokens(c, fmt.Sprintf("certificate_file = %q\n", p.certificate))
		s.env = append(s.env, "REFERRALD_OAUTH_PRIVATE_KEY="+string(p.key))
		s.answersOne(s.start(), "two")
		if out := s.command("check", "--config", s.config); !strings.Contains(out, "it expires on "+p.leaf.NotAfter.UTC().Format(time.DateOnly)) || !strings.Contains(out, "the server takes our letters") {
			t.Errorf("check says:\n%s", out)
		}
		if _, text := s.get("/metrics"); !strings.Contains(text, "referrald_secret_expires_timestamp_seconds "+fmt.Sprintf("%g", float64(p.leaf.NotAfter.Unix()))) {
			t.Error("the metrics do not say when the certificate expires")
		}
	})
}

// answersOne sends one referral and waits until its sender has the letter.
func (s *scene) answersOne(d *daemonProcess, id string) {
	s.t.Helper()
	raw, err := demoMail.ReadFile("demodata/03-no-screening-tool.eml")
	if err != nil {
		s.t.Fatal(err)
	}
	const from = "dsl@larkmoor.stoke.sch.uk"
	s.send(from, readdressed(raw, from, id+"@"+domainOf(from)))
	s.awaitSettled(longest, 1)
	s.awaitMails(from, func(m delivered) bool { return slices.Contains(m.InReplyTo, id+"@"+domainOf(from)) }, 1)
	d.alive(s.t)
}

// TestTrialMessageGoesTheWholeWay sends one through Postfix and Dovecot to the built daemon, and looks for it in the digest.
func TestTrialMessageGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	s.env = append(s.env, "REFERRALD_WATCHDOG_CANARY=24h")
	p := s.start()
	c, err := loadConfig(s.config, s.env)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDaemon(t.Context(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.sendCanary(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.awaitSettled(longest, 1)
	if lying := s.sorted(); len(lying) > 0 {
		t.Errorf("%d messages lie in the service's folders", len(lying))
	}
	if cases, err := s.db.Cases(t.Context(), store.Filter{All: true}); err != nil || len(cases) > 0 {
		t.Errorf("cases: %v, %v", cases, err)
	}
	if out := s.command("digest", "--dry-run", "--config", s.config); !strings.Contains(strings.Join(strings.Fields(out), " "), "Trial messages: the last, of ") {
		t.Errorf("the digest does not tell of it:\n%s", out)
	}
	p.stop(t)
}

// TestTroubleIsTold has the real store, server and webhook tell of a mailbox that refuses the login, and of its end; and of
// work that stands still, straight to the server.
func TestTroubleIsTold(t *testing.T) {
	b := newBureau(t, "14")
	office, err := startDemoPostOffice()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = office.Close() })
	var mu sync.Mutex
	var calls []string
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body webhookBody
		mu.Lock()
		defer mu.Unlock()
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		calls = append(calls, body.Trouble+" "+body.State)
	}))
	defer hook.Close()
	c := *b.daemon.config
	c.SMTP.Port, c.Watchdog.Webhook, c.Digest.Urgent = office.Port, Secret(hook.URL), []string{"oncall@charity.example", "lead@charity.example"}
	d, err := newDaemon(t.Context(), &c, b.daemon.log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	now := time.Now()
	beat := func(step string, at time.Time) {
		if err := d.db.Beat(t.Context(), step, at); err != nil {
			t.Fatal(err)
		}
	}
	d.guard.pulse.Started = now.Add(-hour)
	beat(store.BeatRead, now.Add(-10*minute))
	beat(beatRefused, now.Add(-minute))
	for range 3 {
		d.guard.look(t.Context(), now)
	}
	if n := len(b.kept("trouble")); n != 2 {
		t.Errorf("%d mails are queued, want one for each of two", n)
	}
	if got := d.guard.Lasting(); !slices.Equal(got, []notify.Trouble{notify.TroubleMailLogin}) {
		t.Errorf("lasting: %v", got)
	}
	if status, says := d.asked("/readyz"); status != http.StatusServiceUnavailable || says != "trouble: mail_login\n" {
		t.Errorf("/readyz: %d %q", status, says)
	}
	if _, says := d.asked("/metrics"); !strings.Contains(says, "referrald_trouble{trouble=\"mail_login\"} 1\n") || !strings.Contains(says, "referrald_trouble{trouble=\"store\"} 0\n") {
		t.Error("the metrics do not tell of the trouble")
	}
	beat(store.BeatRead, now)
	d.guard.look(t.Context(), now.Add(minute))
	if status, says := d.asked("/readyz"); status != http.StatusOK {
		t.Errorf("/readyz after the recovery: %d %q", status, says)
	}
	if n := len(b.kept("trouble")); n != 4 {
		t.Errorf("%d mails are queued after the recovery, want 4", n)
	}
	beat(store.BeatRead, now.Add(90*minute))
	beat(store.BeatPeriodic(alarmsWork), now)
	d.guard.look(t.Context(), now.Add(90*minute))
	if sent := office.Sent(); len(sent) != 2 || !strings.Contains(string(sent[0].Text), "Work stands still") && !strings.Contains(string(sent[0].Text), "work stands still") {
		t.Errorf("%d mails went straight to the server", len(sent))
	}
	facts, err := d.digestFacts(t.Context(), now.Add(91*minute))
	if err != nil || len(facts.Troubles) != 2 || facts.Troubles[0].Over.IsZero() || facts.Troubles[1].What != notify.TroubleJobs {
		t.Errorf("the digest's troubles: %+v, %v", facts.Troubles, err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"mail_login failed", "mail_login recovered", "jobs failed"}; !slices.Equal(calls, want) {
		t.Errorf("the webhook was told %v, want %v", calls, want)
	}
}

// asked asks the daemon's health server without opening a port.
func (d *daemon) asked(path string) (status int, says string) {
	answer := httptest.NewRecorder()
	d.health().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer.Code, answer.Body.String()
}
