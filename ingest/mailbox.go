package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// A Mailbox is an open connection to the mailbox, for one goroutine at a time. After an error for which Broken is true it
// is of no more use but to be closed.
type Mailbox struct {
	guard     *guard
	client    *imapclient.Client
	hints     chan struct{} // something changed in the selected folder
	selected  Folder
	delimiter string // between a folder and those in it
	prefix    string // before all folders of this user but INBOX
}

// A Folder is a selected folder's state.
type Folder struct {
	Name     string
	Validity uint32 // UIDVALIDITY: UIDs mean nothing without it
	Next     uint32 // UIDNEXT
	Messages uint32
	ReadOnly bool // the server lets no flag be changed
}

// A Place is where a message lies. UID 0 means that the server did not say.
type Place struct {
	Folder        string
	Validity, UID uint32
}

// Dial opens a mailbox. Errors are *Error with a remedy.
func Dial(ctx context.Context, a Account) (*Mailbox, error) {
	m := &Mailbox{hints: make(chan struct{}, 1)}
	hint := func(*imapclient.UnilateralDataMailbox) {
		select { // never a command here: this runs on the library's reading goroutine
		case m.hints <- struct{}{}:
		default:
		}
	}
	var err error
	if m.guard, m.client, err = a.connect(ctx, &imapclient.UnilateralDataHandler{Mailbox: hint}); err != nil {
		return nil, err
	}
	if err := m.run(ctx, "logging in", func() error { return a.login(ctx, m.client) }); err != nil {
		m.drop()
		return nil, err
	}
	if err := m.look(ctx); err != nil {
		m.drop()
		return nil, err
	}
	return m, nil
}

// run runs one command under the deadlines and the context, and names its failure.
func (m *Mailbox) run(ctx context.Context, doing string, command func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = m.guard.Close() })()
	m.guard.begin(longestCommand)
	defer m.guard.end()
	err := command()
	var told *Error
	if errors.As(err, &told) {
		return err
	}
	return failing(doing, cause(ctx, m.guard, err))
}

// look lists the folders: that there are any, and how their names are built.
func (m *Mailbox) look(ctx context.Context) error {
	m.delimiter = "/"
	folders, err := m.list(ctx)
	if err == nil {
		err = m.run(ctx, "listing the folders", m.namespace)
	}
	for _, f := range folders {
		if f.Delim != 0 {
			m.delimiter = string(f.Delim)
		}
	}
	_, answered := refused(err)
	if answered || err == nil && len(folders) == 0 {
		return &Error{Doing: "listing the folders", Permanent: true, Login: true, Err: errNoFolders,
			Remedy: "The login works but opens no mailbox: give this user, or the application's service principal, full access to the mailbox (Add-MailboxPermission)"}
	}
	return err
}

// list lists all folders.
func (m *Mailbox) list(ctx context.Context) (folders []*imap.ListData, err error) {
	err = m.run(ctx, "listing the folders", func() (err error) {
		folders, err = m.client.List("", "*", nil).Collect()
		return err
	})
	return folders, err
}

var errNoFolders = errors.New("connected, but no folders are shown")

// namespace reads what the server wants before all folders' names.
func (m *Mailbox) namespace() error {
	if !m.client.Caps().Has(imap.CapNamespace) {
		return nil
	}
	n, err := m.client.Namespace().Wait()
	if err != nil {
		if _, answered := refused(err); answered {
			return nil // some advertise it in vain
		}
		return err
	}
	if len(n.Personal) > 0 {
		m.prefix = n.Personal[0].Prefix
	}
	return nil
}

// native returns a folder's name as this server writes it: operators write "/".
func (m *Mailbox) native(folder string) string {
	if strings.EqualFold(folder, "INBOX") {
		return "INBOX"
	}
	name := strings.ReplaceAll(folder, "/", m.delimiter)
	if strings.HasPrefix(name, m.prefix) {
		return name
	}
	return m.prefix + name
}

// Broken tells that the connection has ended.
func (m *Mailbox) Broken() bool {
	select {
	case <-m.client.Closed():
		return true
	default:
		return m.guard.broken() != nil || m.client.State() == imap.ConnStateLogout
	}
}

// Close says goodbye where the server still listens, and closes the connection.
func (m *Mailbox) Close() error {
	if !m.Broken() {
		m.guard.begin(min(5*time.Second, m.guard.timeout))
		_ = m.client.Logout().Wait() // after a goodbye the server may say anything
	}
	m.drop()
	return nil
}

// drop closes the connection under the library first: its own Close waits for answers that may never come.
func (m *Mailbox) drop() {
	_ = m.guard.Close()
	_ = m.client.Close() // nothing is left to be told
}

// Select opens a folder. It is asked anew each time, since it tells what has changed.
func (m *Mailbox) Select(ctx context.Context, folder string) (Folder, error) {
	m.selected = Folder{}
	err := m.run(ctx, "opening the folder", func() error {
		d, err := m.client.Select(m.native(folder), nil).Wait()
		if err != nil {
			return err
		}
		m.selected = Folder{Name: folder, Validity: d.UIDValidity, Next: uint32(d.UIDNext), Messages: d.NumMessages,
			ReadOnly: len(d.PermanentFlags) == 0 && len(d.Flags) > 0}
		return nil
	})
	return m.selected, err
}

// UIDs returns the UIDs of all messages in the selected folder, in order: all of them, never only those after some number
// or date.
func (m *Mailbox) UIDs(ctx context.Context) ([]uint32, error) {
	var uids []uint32
	err := m.run(ctx, "listing the messages", func() error {
		d, err := m.client.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
		if err != nil {
			return err
		}
		uids = numbers(d.AllUIDs())
		if box := m.client.Mailbox(); box != nil && int(box.NumMessages) > len(uids) {
			return m.listEach(&uids)
		}
		return nil
	})
	slices.Sort(uids)
	return slices.Compact(uids), err
}

// listEach asks for every message's UID, where a search shows fewer than there are.
func (m *Mailbox) listEach(uids *[]uint32) error {
	everything := imap.SeqSet{}
	everything.AddRange(1, 0)
	fetch := m.client.Fetch(everything, &imap.FetchOptions{UID: true})
	messages, err := fetch.Collect()
	for _, f := range messages {
		if f.UID != 0 {
			*uids = append(*uids, uint32(f.UID))
		}
	}
	return err
}

func numbers(uids []imap.UID) []uint32 {
	out := make([]uint32, 0, len(uids))
	for _, u := range uids {
		out = append(out, uint32(u))
	}
	return out
}

// search returns the UIDs in the selected folder that match.
func (m *Mailbox) search(ctx context.Context, c *imap.SearchCriteria) ([]uint32, error) {
	var uids []uint32
	err := m.run(ctx, "searching the folder", func() error {
		d, err := m.client.UIDSearch(c, nil).Wait()
		if err == nil {
			uids = numbers(d.AllUIDs())
		}
		return err
	})
	return uids, err
}

// has tells whether the selected folder holds the UID.
func (m *Mailbox) has(ctx context.Context, uid uint32) (bool, error) {
	uids, err := m.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(imap.UID(uid))}})
	return slices.Contains(uids, uid), err
}

// longestIdle keeps within what servers and routers allow a quiet connection.
const longestIdle = 9 * time.Minute

// Idle waits until the server hints at a change in the selected folder, at most so long. A hint that never comes is no
// error: looking again is the truth, and this only makes it sooner.
func (m *Mailbox) Idle(ctx context.Context, atMost time.Duration) error {
	if m.client.Caps().Has(imap.CapIdle) {
		return m.idle(ctx, min(atMost, longestIdle))
	}
	if err := m.wait(ctx, min(atMost, longestIdle)); err != nil {
		return err
	}
	return m.run(ctx, "asking for news", func() error { return m.client.Noop().Wait() })
}

func (m *Mailbox) idle(ctx context.Context, atMost time.Duration) error {
	select { // what was hinted before the last look is old
	case <-m.hints:
	default:
	}
	var idling *imapclient.IdleCommand
	err := m.run(ctx, "starting to idle", func() (err error) {
		idling, err = m.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	waited := m.wait(ctx, atMost)
	err = m.run(context.WithoutCancel(ctx), "ending the idling", func() error {
		if err := idling.Close(); err != nil {
			return err
		}
		return idling.Wait()
	})
	if waited != nil {
		return waited
	}
	return err
}

// wait waits for a hint, the time, the end of the connection or the context's.
func (m *Mailbox) wait(ctx context.Context, atMost time.Duration) error {
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	select {
	case <-m.hints:
	case <-timer.C:
	case <-m.client.Closed():
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	return nil
}
