package store

import (
	"strings"
	"testing"
	"time"
)

// TestWhatTheDaemonKeepsOfItself holds both engines to what the watchdog, the login and the trial messages need.
func TestWhatTheDaemonKeepsOfItself(t *testing.T) {
	onBoth(t, map[string]func(*testing.T, string){"pulse": pulseContract, "secrets": secretsContract, "trial messages": canaryContract})
}

func pulseContract(t *testing.T, url string) {
	db := opened(t, url)
	must(t, db.Beat(t.Context(), BeatRead, arrivedAt))
	p, err := db.Pulse(t.Context())
	must(t, err)
	if !p.Beats[BeatRead].Equal(arrivedAt) || !p.Undecided.IsZero() {
		t.Errorf("with nothing filed: %+v", p)
	}
	first := filed(t, db, 1)
	second := filed(t, db, 2)
	if p, err = db.Pulse(t.Context()); err != nil || !p.Undecided.Equal(first.Filed) || !p.Unsettled.IsZero() {
		t.Errorf("with two undecided: %+v, %v; want %s", p, err, first.Filed)
	}
	must(t, db.Decide(t.Context(), decided(first, 1)))
	if p, err = db.Pulse(t.Context()); err != nil || !p.Undecided.Equal(second.Filed) {
		t.Errorf("with one undecided: %+v, %v; want %s", p, err, second.Filed)
	}
	must(t, db.Decide(t.Context(), decided(second, 1)))
	if p, err = db.Pulse(t.Context()); err != nil || !p.Undecided.IsZero() || p.Unsettled.IsZero() {
		t.Errorf("with none undecided: %+v, %v", p, err)
	}
	for _, m := range []*Message{first, second} {
		must(t, db.Settled(t.Context(), m.ID, time.Now(), Place{}))
	}
	if p, err = db.Pulse(t.Context()); err != nil || !p.Unsettled.IsZero() {
		t.Errorf("with none unsettled: %+v, %v", p, err)
	}
}

func secretsContract(t *testing.T, url string) {
	db := opened(t, url)
	if v, err := db.Secret(t.Context(), "login"); err != nil || v != nil {
		t.Errorf("before: %q, %v", v, err)
	}
	for _, v := range []string{"first token", "second token"} {
		must(t, db.KeepSecret(t.Context(), "login", []byte(v)))
		if got, err := db.Secret(t.Context(), "login"); err != nil || string(got) != v {
			t.Errorf("kept %q, %v; want %q", got, err, v)
		}
	}
	var b strings.Builder
	must(t, db.Backup(t.Context(), &b))
	if strings.Contains(b.String(), "token") {
		t.Error("the secret stands in the backup in the open")
	}
}

func canaryContract(t *testing.T, url string) {
	db := opened(t, url)
	trial := Mail{Kind: AlertMail, Template: CanaryTemplate, MessageID: "canary.x@charity.example", From: "a@b.example", To: "a@b.example", Raw: []byte("trial")}
	letter := Mail{Kind: LetterMail, Template: "receipt", MessageID: "letter.x@charity.example", From: "a@b.example", To: "a@b.example", Raw: []byte("letter")}
	must(t, db.QueueMail(t.Context(), "", trial, letter))
	raw, written, err := db.Canary(t.Context(), "unknown@school.example", trial.MessageID)
	if err != nil || string(raw) != "trial" || time.Since(written) > time.Minute {
		t.Errorf("found %q of %s, %v", raw, written, err)
	}
	came := filed(t, db, 1)
	must(t, db.ForgetCanary(t.Context(), came.ID, trial.MessageID, letter.MessageID))
	if m, err := db.Message(t.Context(), came.ID); err != nil || m.Raw != nil {
		t.Errorf("the message that came back: %q, %v", m.Raw, err)
	}
	if unknown, err := db.Unknown(t.Context(), came.Folder, came.Validity, []uint32{came.UID}); err != nil || len(unknown) > 0 {
		t.Errorf("its place is not known any more (%v)", err)
	}
	if l, err := db.Letter(t.Context(), 2); err != nil || string(l.Raw) != "letter" {
		t.Errorf("a letter was forgotten: %+v, %v", l, err)
	}
	for _, id := range []string{trial.MessageID, letter.MessageID, "unknown@school.example", ""} {
		if raw, _, err := db.Canary(t.Context(), id); raw != nil || err != nil {
			t.Errorf("%q is a trial message: %q, %v", id, raw, err)
		}
	}
}
