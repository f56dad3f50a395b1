package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"referrald/notify"
)

// What leaves on this road is closed words and times: the whole body is compared, so that nothing can join them unseen.
func TestWebhookBody(t *testing.T) {
	var bodies []map[string]string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b map[string]string
		if err := json.NewDecoder(r.Body).Decode(&b); err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s with %v: %v", r.Method, r.Header, err)
		}
		bodies = append(bodies, b)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer s.Close()
	w := newWebhook(Secret(s.URL + "/hook?key=k"))
	for _, c := range []turn{{notify.TroubleMailLogin, ago(hour), false}, {notify.TroubleMailLogin, ago(hour), true}} {
		if err := w.Tell(t.Context(), c, noon); err != nil {
			t.Fatal(err)
		}
	}
	want := []map[string]string{
		{"trouble": "mail_login", "state": "failed", "since": "2026-11-25T11:00:00Z", "at": "2026-11-25T12:00:00Z", "text": "Referral system: The mailbox refuses the login"},
		{"trouble": "mail_login", "state": "recovered", "since": "2026-11-25T11:00:00Z", "at": "2026-11-25T12:00:00Z", "text": "Referral system: over: The mailbox refuses the login"},
	}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Errorf("bodies (-want +got):\n%s", diff)
	}
}

// What is meant for one address goes to no other.
func TestWebhookFollowsNoRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	defer elsewhere.Close()
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer cancel() // one try is enough here
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	}))
	defer s.Close()
	if err := newWebhook(Secret(s.URL)).Tell(ctx, turn{notify.TroubleJobs, noon, false}, noon); err == nil {
		t.Error("a redirect counts as told")
	}
}

// A line is the network in virtual time.
type line func(*http.Request) (*http.Response, error)

func (l line) RoundTrip(r *http.Request) (*http.Response, error) { return l(r) }

func answering(status int) (*http.Response, error) {
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader("words of theirs"))}, nil
}

func TestWebhookTriesAgainAndGivesUp(t *testing.T) {
	const address = "https://alerts.charity.example/hook/s3cr3t"
	for name, x := range map[string]struct {
		answers []int // 0: silence, -1: no connection
		calls   int
		err     string
		atMost  time.Duration
	}{
		"well":               {[]int{200}, 1, "", 0},
		"busy once":          {[]int{503, 204}, 2, "", webhookPause},
		"unreachable twice":  {[]int{-1, -1, 200}, 3, "", 3 * webhookPause},
		"refuses":            {[]int{404, 404, 404}, 3, "calling the webhook: it answers with status 404", 3 * webhookPause},
		"silent":             {[]int{0, 0, 0}, 3, "calling the webhook: it cannot be reached", 3*webhookTimeout + 3*webhookPause},
		"redirects":          {[]int{302, 302, 302}, 3, "calling the webhook: it answers with status 302", 3 * webhookPause},
		"silent, then hears": {[]int{0, 200}, 2, "", webhookTimeout + webhookPause},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, calls, begun := newWebhook(address), 0, time.Now()
				w.client.Transport = line(func(r *http.Request) (*http.Response, error) {
					calls++
					switch status := x.answers[calls-1]; status {
					case 0:
						<-r.Context().Done()
						return nil, r.Context().Err()
					case -1:
						return nil, errors.New("dial tcp: lookup alerts.charity.example: no such host")
					default:
						return answering(status)
					}
				})
				err := w.Tell(t.Context(), turn{notify.TroubleSending, time.Now(), false}, time.Now())
				if (err == nil) != (x.err == "") || err != nil && err.Error() != x.err || calls != x.calls {
					t.Errorf("%d calls, %v; want %d and %q", calls, err, x.calls, x.err)
				}
				if took := time.Since(begun); took > x.atMost {
					t.Errorf("it took %s, want at most %s", took, x.atMost)
				}
			})
		})
	}
}
