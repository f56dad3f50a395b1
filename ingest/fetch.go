package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// A Fetched is a message as the server holds it.
type Fetched struct {
	Place       Place
	Raw         []byte
	Size        int64
	Arrived     time.Time // INTERNALDATE; zero where the server did not say
	TooLarge    bool      // Raw holds only the header, as much as there was of it
	Unfetchable bool      // every try failed: Raw is empty, and a person must look at the mailbox
	Junk        bool      // found in the junk folder
}

// Fetch fetches one message of the selected folder whole, without marking it as read; of one larger than largest bytes only
// the header. Nothing is asked for that servers are known to answer badly (ENVELOPE, BODYSTRUCTURE).
func (m *Mailbox) Fetch(ctx context.Context, uid uint32, largest int64) (Fetched, error) {
	return m.fetch(ctx, uid, largest, false)
}

// fetch can leave out the facts beside the message: a date that the library cannot read ends the connection.
func (m *Mailbox) fetch(ctx context.Context, uid uint32, largest int64, bare bool) (Fetched, error) {
	f := Fetched{Place: Place{Folder: m.selected.Name, Validity: m.selected.Validity, UID: uid}}
	if !bare {
		if err := m.item(ctx, &f, &imap.FetchOptions{UID: true, InternalDate: true, RFC822Size: true}, largest); err != nil {
			return f, err
		}
	}
	section := &imap.FetchItemBodySection{Peek: true}
	if largest > 0 && f.Size > largest {
		f.TooLarge, section.Specifier = true, imap.PartSpecifierHeader
	}
	if err := m.item(ctx, &f, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}, largest); err != nil {
		return f, err
	}
	if f.Raw == nil {
		return f, failing("fetching a message", errIncomplete)
	}
	if !f.TooLarge {
		f.Size = int64(len(f.Raw))
	}
	return f, nil
}

// item asks for items of one message by UID, and by its number where the server's answer cannot be matched to the UID.
func (m *Mailbox) item(ctx context.Context, f *Fetched, o *imap.FetchOptions, largest int64) error {
	uid := imap.UID(f.Place.UID)
	found, err := m.ask(ctx, f, imap.UIDSetNum(uid), o, largest)
	if err != nil || found {
		return err
	}
	var number []uint32
	err = m.run(ctx, "finding a message", func() error {
		d, err := m.client.Search(&imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(uid)}}, nil).Wait()
		if err == nil {
			number = d.AllSeqNums()
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(number) == 0 {
		return fmt.Errorf("fetching a message: %w", ErrGone)
	}
	found, err = m.ask(ctx, f, imap.SeqSetNum(number[0]), o, largest)
	if err == nil && !found {
		err = failing("fetching a message", errIncomplete)
	}
	return err
}

// ask sends one FETCH and reads its one answer.
func (m *Mailbox) ask(ctx context.Context, f *Fetched, which imap.NumSet, o *imap.FetchOptions, largest int64) (found bool, err error) {
	err = m.run(ctx, "fetching a message", func() error {
		command := m.client.Fetch(which, o)
		for message := command.Next(); message != nil; message = command.Next() {
			right, err := f.read(message, largest)
			if err != nil {
				// The connection has ended amid a text. Reading on, as Close does, would race with the library's own reading.
				return err
			}
			found = found || right
		}
		return command.Close()
	})
	return found, err
}

// read takes the items of one message. Right says that it is the one that was asked for.
func (f *Fetched) read(message *imapclient.FetchMessageData, largest int64) (right bool, err error) {
	got := *f
	right = true
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			right = right && uint32(item.UID) == f.Place.UID
		case imapclient.FetchItemDataInternalDate:
			got.Arrived = item.Time
		case imapclient.FetchItemDataRFC822Size:
			got.Size = item.Size
		case imapclient.FetchItemDataBodySection:
			if err := got.body(item.Literal, largest); err != nil {
				return false, err
			}
		}
	}
	if right {
		*f = got
	}
	return right, nil
}

// body reads a message's text. Servers are known to answer NIL, and to be wrong about a size beforehand.
func (f *Fetched) body(literal imap.LiteralReader, largest int64) error {
	if literal == nil {
		return nil
	}
	size, most := literal.Size(), literal.Size()
	if largest > 0 && size > largest {
		most = min(largest, maxHeader)
	}
	raw, err := io.ReadAll(io.LimitReader(literal, most))
	if err != nil {
		return err
	}
	if int64(len(raw)) < most {
		return io.ErrUnexpectedEOF
	}
	f.Raw = raw
	if most < size && !f.TooLarge {
		f.TooLarge, f.Size = true, size
		f.Raw = headerOf(raw)
	}
	return nil
}

// headerOf returns a message's header block, with the empty line.
func headerOf(raw []byte) []byte {
	for _, end := range [...]string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(raw, []byte(end)); i >= 0 {
			return raw[:i+len(end)]
		}
	}
	return raw
}
