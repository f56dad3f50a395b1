package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"referrald/notify"
)

// A Day is a date as operators write it: "2027-03-31". It is the zero time where nothing is written.
type Day struct{ time.Time }

// UnmarshalText reads the date, with or without a time behind it, as TOML's own dates come.
func (d *Day) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		d.Time = time.Time{}
		return nil
	}
	if d.Time, err = time.Parse(time.DateOnly, string(text)); err == nil {
		return nil
	}
	if d.Time, err = time.Parse(time.RFC3339, string(text)); err != nil {
		return errors.New("is not a date such as 2027-03-31")
	}
	return nil
}

// expires says when what opens the mailbox ends: the certificate's own date, or the day that the operator wrote down for
// the secret. It is zero where nobody knows.
func (d *daemon) expires() time.Time {
	if d.tokens == nil {
		return time.Time{}
	}
	if d.tokens.prove != nil {
		return d.tokens.prove.leaf.NotAfter
	}
	return d.config.OAuth.SecretExpires.Time
}

// checkExpiry fails once the secret has expired, and warns as early as the digest does.
func (d *daemon) checkExpiry(context.Context) finding {
	f, at, now := finding{what: "expiry"}, d.expires(), time.Now()
	left := at.Sub(now)
	switch {
	case d.tokens == nil:
		f.says = "no secret or certificate is used that expires"
	case at.IsZero() && d.config.OAuth.ClientSecret == "":
		f.says = "the refresh token has no date of its own; a refused one is told at once"
	case at.IsZero():
		f.err, f.advice = errors.New("nobody is told before the client secret expires: set oauth.secret_expires to its day"), true
	case left <= 0:
		f.err = fmt.Errorf("it expired on %s: make a new one", at.Format(time.DateOnly))
	case left < notify.ExpiresSoon:
		f.err, f.advice = fmt.Errorf("it expires on %s, in %d days: make a new one", at.Format(time.DateOnly), int(left.Hours()/24)), true
	default:
		f.says = fmt.Sprintf("it expires on %s, in %d days", at.Format(time.DateOnly), int(left.Hours()/24))
	}
	return f
}
