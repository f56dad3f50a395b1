package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"referrald/store"
)

// webhookTimeout bounds one call.
const webhookTimeout = 10 * time.Second

// webhookTries is how often one telling calls, with pauses that double from the first; the guard tries again each minute.
const webhookTries, webhookPause = 3, time.Second

// A webhook is the road past the mail: an address of the operator's own that is told in closed words, and nothing else.
type webhook struct {
	address string
	client  *http.Client
}

func newWebhook(address Secret) *webhook {
	return &webhook{string(address), &http.Client{Timeout: webhookTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // what was meant for one address goes to no other
	}}}
}

// A webhookBody is what the address is told. Text is a closed sentence for programs that show one, such as chats.
type webhookBody struct {
	Trouble string `json:"trouble"` // mail_login, intake_silent, store, jobs, sending, moving, canary or secret
	State   string `json:"state"`   // "failed" or "recovered"
	Since   string `json:"since"`   // RFC 3339; of a secret the day on which it expires
	At      string `json:"at"`
	Text    string `json:"text"`
}

// Tell calls until the address answers with 2xx.
func (w *webhook) Tell(ctx context.Context, c turn, now time.Time) error {
	body := webhookBody{Trouble: string(c.what), State: "failed", Since: c.since.UTC().Format(time.RFC3339), At: now.UTC().Format(time.RFC3339),
		Text: "Referral system: " + c.what.Title()}
	if c.recovered {
		body.State, body.Text = "recovered", "Referral system: over: "+c.what.Title()
	}
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("writing to the webhook: %w", err)
	}
	for try := range webhookTries {
		if err = w.call(ctx, text); err == nil {
			return nil
		}
		if try == webhookTries-1 || !store.Pause(ctx, webhookPause<<try) {
			break
		}
	}
	return fmt.Errorf("calling the webhook: %w", err)
}

// call posts once. Its errors name no address, which may hold a secret.
func (w *webhook) call(ctx context.Context, text []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.address, bytes.NewReader(text))
	if err != nil {
		return errors.New("watchdog.webhook is no address")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "referrald")
	answer, err := w.client.Do(r)
	if err != nil {
		return errors.New("it cannot be reached")
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 4<<10) // so that the connection may serve again; what it says is nothing to us
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("it answers with status %d", answer.StatusCode)
	}
	return nil
}

// String names the road in the log.
func (*webhook) String() string { return "webhook" }
