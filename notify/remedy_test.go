package notify

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestEveryRemedyIsGiven answers with each known refusal where the server would, and wants its remedy, a letter that waits,
// and a failure that counts as the server's. Each remedy has its own words.
func TestEveryRemedyIsGiven(t *testing.T) {
	said := map[string]string{}
	for _, e := range remedies {
		code, at := e.code, "AUTH"
		switch {
		case code == 0:
			code, at = 550, "MAIL"
		case code == 530:
			at = "MAIL"
		case code == 421:
			at = "greeting"
		}
		reply := strings.Join(strings.Fields(fmt.Sprintf("%d %s words of theirs", code, e.enhanced)), " ")
		server := &fault{replies: map[string]string{at: reply}}
		settings := server.open(t)
		settings.User, settings.Password = "u", "p"
		err := sender(t, settings).Send(t.Context(), school, aLetter(t))
		var f *Failure
		if !errors.As(err, &f) || f.Remedy != e.says || f.Kind != Temporary || !f.OfServer() || strings.Contains(err.Error(), "theirs") {
			t.Errorf("%s at %s: %v, want %q", reply, at, err, e.says)
		}
		said[e.says] = reply
	}
	if len(said) < len(remedies)-2 {
		t.Errorf("%d remedies for %d refusals", len(said), len(remedies))
	}
}

// TestWhoseFailureItIs: a refused recipient says nothing against the server, and must not set the watchdog off.
func TestWhoseFailureItIs(t *testing.T) {
	for reply, want := range map[string]struct {
		at       string
		ofServer bool
	}{
		"450 4.2.0 greylisted":  {"RCPT", false},
		"550 5.1.1 no such":     {"RCPT", false},
		"554 5.6.0 bad words":   {"dot", false},
		"451 4.3.0 disk full":   {"dot", true},
		"452 4.3.1 full":        {"MAIL", true},
		"421 4.3.2 closing":     {"RCPT", true},
		"535 5.7.139 disabled":  {"AUTH", true},
		"554 5.7.1 no, never":   {"greeting", true},
		"550 5.7.60 not as you": {"MAIL", true},
	} {
		settings := (&fault{replies: map[string]string{want.at: reply}}).open(t)
		settings.User, settings.Password = "u", "p"
		err := sender(t, settings).Send(t.Context(), school, aLetter(t))
		var f *Failure
		if !errors.As(err, &f) || f.OfServer() != want.ofServer || f.IsLogin() != (want.at == "AUTH") {
			t.Errorf("%s at %s: %v", reply, want.at, err)
		}
	}
	nobody := Server{Host: "127.0.0.1", Port: 1, TLS: "none", EnvelopeFrom: "referrals@charity.example"}
	var f *Failure
	if err := sender(t, nobody).Send(t.Context(), school, aLetter(t)); !errors.As(err, &f) || !f.OfServer() {
		t.Errorf("an unreachable server: %v", err)
	}
}
