package store

import "time"

// A Place is where a message lies in the mailbox. It is a message's identity for the ledger (mail.md: never a flag, never
// a Message-ID).
type Place struct {
	Folder   string
	Validity uint32 // UIDVALIDITY
	UID      uint32
}

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
