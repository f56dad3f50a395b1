package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Move moves a message to a folder, which is made where it is missing, and verifies it. It may be called again after any
// failure: it looks first where the message is, by its UID while the folder's validity stands, else by its Message-ID
// (without angle brackets, "" where there is none). A message that is found in neither folder gives ErrGone.
func (m *Mailbox) Move(ctx context.Context, from Place, folder, messageID string) (Place, error) {
	at, err := m.find(ctx, from, folder, messageID)
	if err != nil {
		return from, err
	}
	if at.Folder == folder {
		return at, nil
	}
	to, err := m.carry(ctx, at, folder, messageID)
	if err != nil {
		return from, err
	}
	if to.UID != 0 {
		return to, nil
	}
	return m.findMoved(ctx, folder, messageID)
}

// findMoved looks where in its folder a moved message lies. Among several that were sent twice it is one of them: its UID
// stays unknown, which is better than to try for ever.
func (m *Mailbox) findMoved(ctx context.Context, folder, messageID string) (Place, error) {
	at, err := m.findIn(ctx, folder, messageID)
	if errors.Is(err, errSeveral) {
		return at, nil
	}
	return at, err
}

// find looks where the message is now.
func (m *Mailbox) find(ctx context.Context, from Place, folder, messageID string) (Place, error) {
	source, err := m.Select(ctx, from.Folder)
	if err != nil && !closed(from.Folder, err) {
		return from, err
	}
	if err == nil && source.Validity == from.Validity && from.UID != 0 {
		if here, err := m.has(ctx, from.UID); err != nil || here {
			return from, err
		}
	}
	if messageID == "" {
		return from, fmt.Errorf("moving a message: %w", ErrGone)
	}
	for _, place := range [...]string{folder, from.Folder} {
		find := m.findIn
		if place == folder {
			find = m.findMoved
		}
		at, err := find(ctx, place, messageID)
		if closed(place, err) {
			continue
		}
		if err != nil && !errors.Is(err, ErrGone) {
			return from, err
		}
		if err == nil && (at.UID != 0 || place == folder) {
			return at, nil
		}
	}
	return from, fmt.Errorf("moving a message: %w", ErrGone)
}

// errSeveral says that a Message-ID does not tell which message is meant.
var errSeveral = errors.New("several messages bear the same Message-ID")

// findIn looks for the one message with that Message-ID in a folder, and leaves the folder selected.
func (m *Mailbox) findIn(ctx context.Context, folder, messageID string) (Place, error) {
	f, err := m.Select(ctx, folder)
	at := Place{Folder: folder, Validity: f.Validity}
	if err != nil || messageID == "" {
		return at, err
	}
	uids, err := m.search(ctx, byMessageID(messageID))
	switch {
	case err != nil:
		return at, err
	case len(uids) == 0:
		return at, fmt.Errorf("finding a message: %w", ErrGone)
	case len(uids) > 1:
		return at, failing("finding a message", errSeveral)
	}
	at.UID = uids[0]
	return at, nil
}

// carry brings the message over, and makes the folder if that is what is missing.
func (m *Mailbox) carry(ctx context.Context, at Place, folder, messageID string) (Place, error) {
	if err := m.reselect(ctx, at.Folder); err != nil {
		return at, err
	}
	to, err := m.carryOnce(ctx, at, folder, messageID)
	if code, answered := refused(err); answered && code != imap.ResponseCodeOverQuota && code != imap.ResponseCodeNoPerm {
		made, makeErr := m.create(ctx, folder)
		if makeErr != nil || !made {
			return to, errors.Join(err, makeErr)
		}
		to, err = m.carryOnce(ctx, at, folder, messageID)
	}
	if err != nil {
		return to, err
	}
	still, err := m.has(ctx, at.UID)
	if err == nil && still {
		err = failing("moving a message", errNotMoved)
	}
	return to, err
}

var errNotMoved = errors.New("the server says that it did, and it did not")

func (m *Mailbox) reselect(ctx context.Context, folder string) error {
	if m.selected.Name == folder {
		return nil
	}
	_, err := m.Select(ctx, folder)
	return err
}

func (m *Mailbox) carryOnce(ctx context.Context, at Place, folder, messageID string) (Place, error) {
	if m.client.Caps().Has(imap.CapMove) {
		return m.move(ctx, at, folder)
	}
	return m.copyAndRemove(ctx, at, folder, messageID)
}

// move uses MOVE (RFC 6851).
func (m *Mailbox) move(ctx context.Context, at Place, folder string) (Place, error) {
	to := Place{Folder: folder}
	err := m.run(ctx, "moving a message", func() error {
		d, err := m.client.Move(imap.UIDSetNum(imap.UID(at.UID)), m.native(folder)).Wait()
		if err != nil {
			return err
		}
		if set, ok := d.DestUIDs.(imap.UIDSet); ok {
			to.Validity, to.UID = d.UIDValidity, only(set)
		}
		return nil
	})
	return to, err
}

// only returns a set's one member, or 0.
func only(set imap.UIDSet) uint32 {
	if nums, ok := set.Nums(); ok && len(nums) == 1 {
		return uint32(nums[0])
	}
	return 0
}

// copyAndRemove copies, verifies the copy, and removes the original: where the server has no MOVE. A copy that an earlier
// try left is used.
func (m *Mailbox) copyAndRemove(ctx context.Context, at Place, folder, messageID string) (Place, error) {
	to, err := m.copied(ctx, at, folder, messageID)
	if err != nil {
		return to, err
	}
	if to.UID == 0 {
		if to, err = m.duplicate(ctx, at, folder); err != nil {
			return to, err
		}
	}
	return to, m.remove(ctx, at.UID)
}

// copied looks for the same message, byte for byte, in the folder.
func (m *Mailbox) copied(ctx context.Context, at Place, folder, messageID string) (Place, error) {
	if messageID == "" {
		return Place{Folder: folder}, nil
	}
	original, err := m.Fetch(ctx, at.UID, 0)
	if err != nil {
		return Place{Folder: folder}, err
	}
	to, err := m.findIn(ctx, folder, messageID)
	same := false
	if err == nil {
		var copied Fetched
		copied, err = m.Fetch(ctx, to.UID, 0)
		same = err == nil && bytes.Equal(copied.Raw, original.Raw)
	}
	if _, answered := refused(err); err != nil && !answered && !errors.Is(err, ErrGone) && !errors.Is(err, errSeveral) {
		return to, err
	}
	if !same {
		to = Place{Folder: folder}
	}
	_, err = m.Select(ctx, at.Folder)
	return to, err
}

// duplicate copies the message and verifies that there is one more.
func (m *Mailbox) duplicate(ctx context.Context, at Place, folder string) (Place, error) {
	to := Place{Folder: folder}
	err := m.run(ctx, "copying a message", func() error {
		d, err := m.client.Copy(imap.UIDSetNum(imap.UID(at.UID)), m.native(folder)).Wait()
		if err != nil {
			return err
		}
		to.Validity, to.UID = d.UIDValidity, only(d.DestUIDs)
		return nil
	})
	return to, err
}

// remove removes one message for good, and no other that happens to be marked.
func (m *Mailbox) remove(ctx context.Context, uid uint32) error {
	set := imap.UIDSetNum(imap.UID(uid))
	err := m.run(ctx, "removing a message", func() error {
		return m.client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close()
	})
	if err != nil {
		return err
	}
	if m.client.Caps().Has(imap.CapUIDPlus) {
		return m.run(ctx, "removing a message", func() error { return m.client.UIDExpunge(set).Close() })
	}
	marked, err := m.search(ctx, &imap.SearchCriteria{Flag: []imap.Flag{imap.FlagDeleted}})
	if err != nil {
		return err
	}
	if len(marked) != 1 || marked[0] != uid {
		return failing("removing a message", errOthersMarked)
	}
	return m.run(ctx, "removing a message", func() error { return m.client.Expunge().Close() })
}

// errOthersMarked says that removing this message would remove others.
var errOthersMarked = errors.New("the server can only remove all marked messages, and others are marked too")

// create makes a folder, with those above it, and shows it in mail programs. Made is false where it was there already.
func (m *Mailbox) create(ctx context.Context, folder string) (made bool, err error) {
	err = m.run(ctx, "making a folder", func() error { return m.client.Create(m.native(folder), nil).Wait() })
	if code, answered := refused(err); answered {
		if code == imap.ResponseCodeAlreadyExists {
			return false, nil
		}
		return false, err
	}
	if err != nil {
		return false, err
	}
	err = m.run(ctx, "showing a folder", func() error { return m.client.Subscribe(m.native(folder)).Wait() })
	if _, answered := refused(err); answered {
		err = nil // a matter of looks only
	}
	return true, err
}

// Append puts a message into a folder, which is made where it is missing.
func (m *Mailbox) Append(ctx context.Context, folder string, raw []byte) (Place, error) {
	at, err := m.append(ctx, folder, raw)
	if _, answered := refused(err); answered {
		if made, makeErr := m.create(ctx, folder); makeErr != nil || !made {
			return at, errors.Join(err, makeErr)
		}
		at, err = m.append(ctx, folder, raw)
	}
	return at, err
}

func (m *Mailbox) append(ctx context.Context, folder string, raw []byte) (Place, error) {
	at := Place{Folder: folder}
	err := m.run(ctx, "appending a message", func() error {
		command := m.client.Append(m.native(folder), int64(len(raw)), nil)
		_, writeErr := command.Write(raw)
		closeErr := command.Close()
		d, err := command.Wait()
		if err == nil {
			err = errors.Join(writeErr, closeErr)
		}
		if err == nil {
			at.Validity, at.UID = d.UIDValidity, uint32(d.UID)
		}
		return err
	})
	return at, err
}

// Delete removes a message for good, as retention asks, and verifies it. One that is no longer there is no error; where the
// folder's UIDs no longer mean what they did it is ErrGone, and nothing is removed.
func (m *Mailbox) Delete(ctx context.Context, at Place) error {
	f, err := m.Select(ctx, at.Folder)
	if err != nil {
		return err
	}
	if f.Validity != at.Validity || at.UID == 0 {
		return fmt.Errorf("removing a message: %w", ErrGone)
	}
	if here, err := m.has(ctx, at.UID); err != nil || !here {
		return err
	}
	return m.erase(ctx, at.UID)
}

// erase removes a message from the selected folder, and verifies it.
func (m *Mailbox) erase(ctx context.Context, uid uint32) error {
	if err := m.remove(ctx, uid); err != nil {
		return err
	}
	here, err := m.has(ctx, uid)
	if err == nil && here {
		err = failing("removing a message", errNotMoved)
	}
	return err
}

// closed tells, by what was answered, that a folder is not there or is nobody's to open. The inbox is there always, and a server
// that is only busy or ill says so by its code, or refuses the command as such, as Exchange does.
func closed(folder string, err error) bool {
	var status *imap.Error
	if !errors.As(err, &status) || status.Type != imap.StatusResponseTypeNo || strings.EqualFold(folder, "INBOX") {
		return false
	}
	switch status.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug, imap.ResponseCodeCorruption, imap.ResponseCodeContactAdmin:
		return false
	}
	return true
}
