package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// An Arrival is a fetched message on its way into the ledger.
type Arrival struct {
	Place
	Raw         []byte    // as it came; only the head where TooLarge, nil where Unfetchable
	Size        int64     // in bytes, as the server says
	Arrived     time.Time // when our own mail server took it
	TooLarge    bool      // larger than is fetched whole
	Unfetchable bool      // the server broke off each time that it was asked for it
	Junk        bool      // found in the junk folder
	Identity    string    // ingest's hash of Message-ID, From and decoded parts; "" where it could not be opened
	MessageID   string    // the mail's own Message-ID, or ""
	From        string    // the author's address, or ""
}

// keys are an arrival's blind indexes.
type keys struct{ identity, content, mail string }

func (t *tx) keysOf(a *Arrival) (k keys, err error) {
	sum := sumOf(a.Raw)
	identity := a.Identity
	if identity == "" && sum != "" {
		identity = "raw:" + sum
	}
	if k.identity, err = t.vault.Index("identity", identity); err != nil {
		return k, err
	}
	if k.content, err = t.vault.Index("content", sum); err != nil {
		return k, err
	}
	k.mail, err = t.mailKey(a.MessageID)
	return k, err
}

// mailKey returns the blind index of a Message-ID, with or without its angle brackets.
func (t *tx) mailKey(id string) (string, error) {
	return t.vault.Index("mail", strings.Trim(strings.TrimSpace(id), "<>"))
}

// addressKey returns the blind index of a mail address.
func (t *tx) addressKey(address string) (string, error) {
	return t.vault.Index("address", strings.ToLower(strings.TrimSpace(address)))
}

// File files a message whole and sealed, draws its reference and puts in the job that will work on it, in one transaction.
// A place that was filed before changes nothing and returns the same id. The same message at another place is
//   - the same row, where the folder was only numbered anew (UIDVALIDITY) before it was settled;
//   - Returned, where it had been settled and comes back byte for byte: staff moved it;
//   - Resend otherwise: it was delivered again.
func (db *DB) File(ctx context.Context, a Arrival) (id int64, isNew bool, err error) {
	err = db.write(ctx, func(t *tx) error {
		id, isNew, err = t.file(&a)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("filing a message: %w", err)
	}
	return id, isNew, nil
}

func (t *tx) file(a *Arrival) (id int64, isNew bool, err error) {
	p := a.Place
	found, err := t.get(&id, `SELECT message FROM places WHERE folder = ? AND validity = ? AND uid = ? AND message <> 0`,
		p.Folder, int64(p.Validity), int64(p.UID))
	if err != nil || found {
		return id, false, err
	}
	k, err := t.keysOf(a)
	if err != nil {
		return 0, false, err
	}
	var earlier messageRow
	if k.identity != "" {
		// Of several, the one that is the same byte for byte.
		if _, err := t.get(&earlier, `SELECT * FROM messages WHERE identity_key = ?
			ORDER BY CASE WHEN content_key = ? THEN 0 ELSE 1 END, id DESC LIMIT 1`, k.identity, k.content); err != nil {
			return 0, false, err
		}
	}
	if renumbered(&earlier, a, k) {
		if err := t.exec(`UPDATE messages SET validity = ?, uid = ? WHERE id = ?`, int64(p.Validity), int64(p.UID), earlier.ID); err != nil {
			return 0, false, err
		}
		return earlier.ID, false, t.occupy(p, earlier.ID)
	}
	id, err = t.fileNew(a, k, &earlier)
	return id, true, err
}

// renumbered tells a message that still lies in its folder, which the server has numbered anew.
func renumbered(earlier *messageRow, a *Arrival, k keys) bool {
	return earlier.ID != 0 && earlier.Settled.IsZero() && earlier.Folder == clean(a.Folder) &&
		earlier.Validity != int64(a.Validity) && earlier.ContentKey == k.content
}

func (t *tx) fileNew(a *Arrival, k keys, earlier *messageRow) (int64, error) {
	reference, err := t.newReference()
	if err != nil {
		return 0, err
	}
	returned := earlier.ID != 0 && !earlier.Settled.IsZero() && earlier.ContentKey == k.content
	id, err := t.insert(`INSERT INTO messages (reference, folder, validity, uid, size, arrived, filed, too_large, unfetchable, junk,
		resend_of, returned, identity_key, content_key, mail_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		reference, a.Folder, int64(a.Validity), int64(a.UID), a.Size, at(a.Arrived), t.now, a.TooLarge, a.Unfetchable, a.Junk,
		earlier.Reference, returned, k.identity, k.content, k.mail)
	if err != nil {
		return 0, err
	}
	for name, value := range map[string][]byte{"raw": a.Raw, "from": []byte(a.From), "message_id": []byte(a.MessageID)} {
		if err := t.seal(ofMessage, id, name, value); err != nil {
			return 0, err
		}
	}
	if err := t.occupy(a.Place, id); err != nil {
		return 0, err
	}
	if err := t.enqueue(TakeJob, id); err != nil {
		return 0, err
	}
	return id, t.audit("filed", byMachine, reference, a.words(returned, earlier.ID != 0))
}

// words says in closed words how a message came.
func (a *Arrival) words(returned, again bool) string {
	switch {
	case a.Unfetchable:
		return "unfetchable"
	case a.TooLarge:
		return "too_large"
	case returned:
		return "returned"
	case again:
		return "resend"
	case a.Junk:
		return "junk"
	}
	return ""
}
