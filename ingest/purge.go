package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Purge removes a message for good, wherever it lies: at its place, and in every folder that holds the same bytes under its
// Message-ID (without angle brackets), since people move and copy messages. Sum is the SHA-256 of its bytes in hex; where
// either is "", the place alone can tell which message is meant. One that lies nowhere is no error.
func (m *Mailbox) Purge(ctx context.Context, at Place, messageID, sum string) error {
	err := m.Delete(ctx, at)
	if err != nil && !errors.Is(err, ErrGone) && !m.shut(at.Folder, err) {
		return err
	}
	if messageID == "" || sum == "" {
		return nil
	}
	return m.purge(ctx, messageID, func(*imap.ListData) bool { return true }, func(raw []byte) bool {
		return hashOf(raw, false) == sum
	})
}

// PurgeSent removes what the server kept, among what was sent, of a mail of ours. Servers write such copies anew, so that
// its Message-ID, which is ours alone, must do.
func (m *Mailbox) PurgeSent(ctx context.Context, messageID string) error {
	return m.purge(ctx, messageID, m.isSent, func([]byte) bool { return true })
}

// isSent tells a folder in which servers keep what was sent.
func (m *Mailbox) isSent(f *imap.ListData) bool {
	name := f.Mailbox
	if f.Delim != 0 {
		name = name[strings.LastIndexByte(name, byte(f.Delim))+1:]
	}
	return slices.Contains(f.Attrs, imap.MailboxAttrSent) ||
		slices.Contains([]string{"sent", "sent items", "sent mail", "sent messages"}, strings.ToLower(name))
}

// purge removes the messages with that Message-ID from some folders, if they are the right ones.
func (m *Mailbox) purge(ctx context.Context, messageID string, in func(*imap.ListData) bool, right func(raw []byte) bool) error {
	folders, err := m.list(ctx)
	if err != nil {
		return err
	}
	for _, f := range folders {
		if !in(f) || slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(f.Attrs, imap.MailboxAttrNonExistent) {
			continue
		}
		if err := m.purgeIn(ctx, f.Mailbox, messageID, right); err != nil && !m.shut(f.Mailbox, err) {
			return err
		}
	}
	return nil
}

// shut tells of an error that it came of a folder's being closed to us, and not of what was done in it.
func (m *Mailbox) shut(folder string, err error) bool {
	return m.selected.Name == "" && closed(folder, err)
}

func (m *Mailbox) purgeIn(ctx context.Context, folder, messageID string, right func(raw []byte) bool) error {
	if _, err := m.Select(ctx, folder); err != nil {
		return err
	}
	uids, err := m.search(ctx, byMessageID(messageID))
	if err != nil {
		return err
	}
	for _, uid := range uids {
		f, err := m.Fetch(ctx, uid, 0)
		if errors.Is(err, ErrGone) {
			continue
		}
		if err != nil {
			return err
		}
		if !right(f.Raw) {
			continue
		}
		if err := m.erase(ctx, uid); err != nil {
			return err
		}
	}
	return nil
}

func byMessageID(id string) *imap.SearchCriteria {
	return &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<" + id + ">"}}}
}
