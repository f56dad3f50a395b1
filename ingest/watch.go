package ingest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// A Ledger knows which messages have been filed. It, and no flag in the mailbox, says what is new.
type Ledger interface {
	// Unknown returns those of the folder's UIDs that have not been filed under its validity.
	Unknown(ctx context.Context, f Folder, uids []uint32) ([]uint32, error)
	// Attempt records, durably, that the message is about to be fetched, and returns the number of tries with this one. A try
	// that ended because the ledger itself could not File is none: the message is not to blame.
	Attempt(ctx context.Context, p Place) (tries int, err error)
	// File keeps the message. Once it returns nil the message is never fetched again.
	File(ctx context.Context, f Fetched) error
}

// A Watch brings everything that arrives in the watched folders into the ledger.
type Watch struct {
	Account
	Folders  []string
	Junk     string        // watched too, since referrals land there; "" for none
	Poll     time.Duration // between looks; 0 means a minute
	Relist   time.Duration // between looks that list every message, even where a folder says that nothing came; 0 means ten minutes
	Largest  int64         // bytes; of a larger message only the header is filed; 0 means no limit
	Ledger   Ledger
	Park     int         // tries after which a message is filed as Unfetchable; 0 means 3
	Progress func(Event) // told of what happens, or nil; must not block
}

// An EventName says what happened, for metrics and the watchdog.
type EventName string

// What happens while watching. EventCycle says that all folders were looked through.
const (
	EventConnected EventName = "connected"
	EventCycle     EventName = "cycle" // Count messages were filed
	EventFiled     EventName = "filed"
	EventTooLarge  EventName = "too_large"      // filed with its header only
	EventParked    EventName = "parked"         // filed as Unfetchable
	EventVanished  EventName = "vanished"       // gone before it was fetched: somebody moved it
	EventFailed    EventName = "message_failed" // it will be tried again; the others go on
	EventNoFolder  EventName = "folder_missing"
	EventReadOnly  EventName = "folder_read_only"
	EventRetrying  EventName = "retrying" // the connection or the ledger failed; After says when it is tried again
)

// An Event holds nothing of any message.
type Event struct {
	Name   EventName
	Folder string
	Count  int
	After  time.Duration
	Err    error
	Onward bool // the sign of life: all folders were looked through, or a message was filed while no other folder fails
}

// The pauses after failures: doubled each time up to the longest, and spread so that many watchers do not come at once.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
)

// A memory is what a watch remembers from one look to the next. Nothing depends on it but the order and the cost of looking.
type memory struct {
	late   map[Place]bool       // messages on which a connection broke
	whole  map[string]wholeLook // the last look at a folder after which nothing was left to file
	failed map[string]bool      // folders at which the last look failed
}

func newMemory() *memory {
	return &memory{late: map[Place]bool{}, whole: map[string]wholeLook{}, failed: map[string]bool{}}
}

// onward tells that a message of this folder is a step forward of the whole watch. A busy folder must not hide that another
// is not read.
func (k *memory) onward(folder string) bool {
	for failed := range k.failed {
		if failed != folder {
			return false
		}
	}
	return true
}

// A wholeLook is how a folder was when all of it had been filed.
type wholeLook struct {
	folder Folder
	at     time.Time
}

// unchanged tells that nothing can have come into the folder since: every message that comes raises UIDNEXT. A server that
// does not say it, or says it wrongly, is found out by listing all now and then.
func (k *memory) unchanged(f Folder, relist time.Duration) bool {
	last, ok := k.whole[f.Name]
	return ok && f.Next != 0 && f == last.folder && time.Since(last.at) < relist
}

// Run watches until the context ends, and returns nil then. No failure ends it: one of the connection is tried again after a
// pause, one of a message leaves that message for later.
func (w *Watch) Run(ctx context.Context) error {
	known := newMemory()
	failures := 0
	for ctx.Err() == nil {
		cycled, err := w.session(ctx, known)
		if cycled {
			failures = 0
		}
		if ctx.Err() != nil {
			break
		}
		pause := pauseAfter(failures, rand.Float64())
		failures++
		w.tell(Event{Name: EventRetrying, Err: err, After: pause})
		sleep(ctx, pause)
	}
	return nil
}

// pauseAfter returns the pause after so many failures in a row; chance is from 0 to 1.
func pauseAfter(failures int, chance float64) time.Duration {
	pause := longestPause
	if failures < 9 {
		pause = min(longestPause, firstPause<<failures)
	}
	return time.Duration(float64(pause) * (0.5 + chance/2))
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Once looks through all folders once and returns how many messages were filed.
func (w *Watch) Once(ctx context.Context) (filed int, err error) {
	m, err := Dial(ctx, w.Account)
	if err != nil {
		return 0, err
	}
	defer m.Close()
	return w.cycle(ctx, m, newMemory())
}

// session watches over one connection until it fails. Cycled says that all folders were looked through at least once.
func (w *Watch) session(ctx context.Context, known *memory) (cycled bool, err error) {
	m, err := Dial(ctx, w.Account)
	if err != nil {
		return false, err
	}
	defer m.Close()
	w.tell(Event{Name: EventConnected})
	clear(known.whole)
	for {
		if _, err := w.cycle(ctx, m, known); err != nil {
			return cycled, err
		}
		cycled = true
		if err := w.rest(ctx, m); err != nil {
			return cycled, err
		}
	}
}

// rest waits for the next look: for a hint on the first folder, at most as long as between looks.
func (w *Watch) rest(ctx context.Context, m *Mailbox) error {
	poll := w.Poll
	if poll <= 0 {
		poll = time.Minute
	}
	if len(w.Folders) > 0 {
		if err := m.reselect(ctx, w.Folders[0]); err != nil {
			return err
		}
	}
	return m.Idle(ctx, poll)
}

// cycle looks through all folders. A folder that cannot be opened is told at the end and stops no other.
func (w *Watch) cycle(ctx context.Context, m *Mailbox, known *memory) (filed int, err error) {
	var failures []error
	for _, name := range w.all() {
		n, err := w.folder(ctx, m, name, known)
		filed += n
		delete(known.failed, name)
		if err != nil {
			known.failed[name] = true
			failures = append(failures, fmt.Errorf("watching %s: %w", name, err))
		}
		if ctx.Err() != nil || m.Broken() {
			break
		}
	}
	if err := errors.Join(failures...); err != nil {
		return filed, err
	}
	if m.Broken() {
		return filed, failing("watching the mailbox", errUnparsed)
	}
	w.tell(Event{Name: EventCycle, Count: filed, Onward: true})
	return filed, nil
}

func (w *Watch) all() []string {
	names := w.Folders
	if w.Junk != "" {
		names = append(names[:len(names):len(names)], w.Junk)
	}
	return names
}

// folder files what the ledger does not know of one folder.
func (w *Watch) folder(ctx context.Context, m *Mailbox, name string, known *memory) (filed int, err error) {
	f, err := m.Select(ctx, name)
	if err != nil {
		if _, answered := refused(err); !answered {
			return 0, err
		}
		w.tell(Event{Name: EventNoFolder, Folder: name, Err: err})
		if name == w.Junk {
			return 0, nil // not every mailbox has one
		}
		return 0, err
	}
	if f.ReadOnly {
		w.tell(Event{Name: EventReadOnly, Folder: name})
	}
	relist := w.Relist
	if relist <= 0 {
		relist = 10 * time.Minute
	}
	if known.unchanged(f, relist) {
		return 0, nil
	}
	delete(known.whole, name)
	began := time.Now()
	uids, err := m.UIDs(ctx)
	if err != nil {
		return 0, err
	}
	unknown, err := w.Ledger.Unknown(ctx, f, uids)
	if err != nil {
		return 0, fmt.Errorf("asking the ledger: %w", err)
	}
	filed, left, err := w.messages(ctx, m, f, behind(f, unknown, known.late), known)
	if err == nil && left == 0 {
		known.whole[name] = wholeLook{f, began}
	}
	return filed, err
}

// behind puts those on which a connection broke before after the others.
func behind(f Folder, uids []uint32, late map[Place]bool) []uint32 {
	var first, last []uint32
	for _, uid := range uids {
		if late[Place{f.Name, f.Validity, uid}] {
			last = append(last, uid)
		} else {
			first = append(first, uid)
		}
	}
	return append(first, last...)
}

// ledgerDown is how many failures of the ledger in a row mean that it is the ledger, and no message, that fails.
const ledgerDown = 3

// messages takes one message after another. One that fails is left for the next look.
func (w *Watch) messages(ctx context.Context, m *Mailbox, f Folder, uids []uint32, known *memory) (filed, left int, err error) {
	refusals := 0
	for _, uid := range uids {
		at := Place{Folder: f.Name, Validity: f.Validity, UID: uid}
		failure := w.message(ctx, m, at, known)
		var unfiled *unfiledError
		switch {
		case failure == nil:
			filed++
			refusals = 0
			delete(known.late, at)
			continue
		case ctx.Err() != nil:
			return filed, left, context.Cause(ctx)
		case errors.Is(failure, ErrGone):
			w.tell(Event{Name: EventVanished, Folder: f.Name})
			delete(known.late, at)
			continue
		case m.Broken():
			known.late[at] = true
			return filed, left, failure
		case errors.As(failure, &unfiled):
			if refusals++; refusals >= ledgerDown {
				return filed, left, failure
			}
		}
		left++
		err = failure
		w.tell(Event{Name: EventFailed, Folder: f.Name, Err: failure})
	}
	var unfiled *unfiledError
	if errors.As(err, &unfiled) {
		return filed, left, err // the next look must come after a pause
	}
	return filed, left, nil
}

// An unfiledError is a failure of the ledger.
type unfiledError struct{ err error }

func (e *unfiledError) Error() string { return "filing a message: " + e.err.Error() }

func (e *unfiledError) Unwrap() error { return e.err }

// message takes one message: the attempt is recorded first, so that one that breaks every connection is known for it and
// parked for a person rather than tried for ever.
func (w *Watch) message(ctx context.Context, m *Mailbox, at Place, known *memory) error {
	tries, err := w.Ledger.Attempt(ctx, at)
	if err != nil {
		return &unfiledError{err}
	}
	park := w.Park
	if park <= 0 {
		park = 3
	}
	if tries > park {
		return w.file(ctx, Fetched{Place: at, Unfetchable: true}, EventParked, known)
	}
	// From the second try on only the text is asked for: what stands beside it may be what cannot be read.
	f, err := m.fetch(ctx, at.UID, w.Largest, tries > 1)
	if err != nil {
		return err
	}
	if f.TooLarge {
		return w.file(ctx, f, EventTooLarge, known)
	}
	return w.file(ctx, f, EventFiled, known)
}

func (w *Watch) file(ctx context.Context, f Fetched, name EventName, known *memory) error {
	f.Junk = f.Place.Folder == w.Junk && w.Junk != ""
	if err := w.Ledger.File(ctx, f); err != nil {
		return &unfiledError{err}
	}
	w.tell(Event{Name: name, Folder: f.Place.Folder, Count: 1, Onward: known.onward(f.Place.Folder)})
	return nil
}

func (w *Watch) tell(e Event) {
	if w.Progress != nil {
		w.Progress(e)
	}
}
