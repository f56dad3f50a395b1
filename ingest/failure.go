package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/emersion/go-imap/v2"
)

// An Error is a failure of the mailbox, with what the operator can do about it. It says nothing of any message.
type Error struct {
	Doing     string // a gerund: "logging in"
	Remedy    string // a sentence, or ""
	Permanent bool   // trying again will not help until somebody changes something; unknown is temporary
	Login     bool   // the server was reached and does not let us in
	Err       error
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %v", e.Doing, e.Err)
	if e.Remedy != "" {
		text += ". " + e.Remedy
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// IsPermanent tells an error that trying again will not mend. What is not known is temporary.
func IsPermanent(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Permanent || errors.Is(err, ErrUnreadable)
}

// IsLogin tells that the server was reached and does not let us in, or shows nothing once we are.
func IsLogin(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Login
}

// ErrGone says that a message is not, or no longer, where it was looked for.
var ErrGone = errors.New("the message is no longer there")

// errSilent says that the server let the deadline pass.
var errSilent = errors.New("the server does not answer")

// errIncomplete says that the server answered a fetch without the message.
var errIncomplete = errors.New("the server answered without the message")

// failing names what was being done. A server's own words stay out, but for its code: they can hold folders and addresses.
func failing(doing string, err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	e := &Error{Doing: doing, Err: err}
	var status *imap.Error
	if errors.As(err, &status) {
		e.Err = &refusal{status}
		e.Remedy = remedies[status.Code]
		e.Permanent = status.Code == imap.ResponseCodeNoPerm
	}
	return e
}

// remedies says what to do about the codes of RFC 5530.
var remedies = map[imap.ResponseCode]string{
	imap.ResponseCodeOverQuota:   "The mailbox is full: make room in it",
	imap.ResponseCodeNoPerm:      "The mailbox's owner must allow this user to read, write and delete in the folder",
	imap.ResponseCodeNonExistent: "There is no such folder: check mail.folders, mail.junk and mail.outcome_folders",
	imap.ResponseCodeTryCreate:   "There is no such folder: check mail.outcome_folders",
	imap.ResponseCodeUnavailable: "The server is busy or in maintenance",
	imap.ResponseCodeInUse:       "Another program holds the folder",
	imap.ResponseCodeLimit:       "The server allows no more: close other connections to the mailbox",
}

// A refusal is the server's NO or BAD.
type refusal struct{ status *imap.Error }

func (r *refusal) Error() string {
	if r.status.Code != "" {
		return fmt.Sprintf("the server says %s [%s]", r.status.Type, r.status.Code)
	}
	return fmt.Sprintf("the server says %s", r.status.Type)
}

func (r *refusal) Unwrap() error { return r.status }

// refused tells that the server answered, and what: the connection still stands.
func refused(err error) (imap.ResponseCode, bool) {
	var status *imap.Error
	if errors.As(err, &status) && status.Type != imap.StatusResponseTypeBye {
		return status.Code, true
	}
	return "", false
}

// cause prefers what ended the connection to what the library makes of it.
func cause(ctx context.Context, g *guard, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	if _, answered := refused(err); answered {
		return err
	}
	if broken := g.broken(); broken != nil {
		return broken
	}
	if errors.Is(err, net.ErrClosed) {
		return net.ErrClosed
	}
	var bye *imap.Error
	if errors.As(err, &bye) {
		return err
	}
	// The library's own words quote what it could not parse: a piece of somebody's mail, perhaps.
	return errUnparsed
}

var errUnparsed = errors.New("the server's answer could not be read, or the connection ended")
