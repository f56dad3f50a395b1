package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// An Export is everything that is kept about one case, for a person's right to see it. Where the message is about several
// children it holds what was written about all of them; a person looks through it before it leaves the house.
type Export struct {
	Exported time.Time       `json:"exported"`
	Case     *CaseFile       `json:"case"`
	Messages []ExportMessage `json:"messages"`
	Letters  []Letter        `json:"letters"`
}

// An ExportMessage is a message as it came, and what was read in it and made of it.
type ExportMessage struct {
	Message
	Intake  json.RawMessage `json:"intake,omitempty"`
	Reading json.RawMessage `json:"reading,omitempty"`
}

// Export returns everything about a case as JSON, and says so in the audit trail.
func (db *DB) Export(ctx context.Context, reference, by string) (out []byte, err error) {
	err = db.write(ctx, func(t *tx) error {
		c, err := t.caseRow(reference)
		if err != nil {
			return err
		}
		e := Export{Exported: t.now.Time}
		if e.Case, err = t.caseFile(c); err != nil {
			return err
		}
		if e.Letters, err = t.lettersOf(c.Opened, true); err != nil {
			return err
		}
		if e.Messages, err = t.exportMessages(c.Opened); err != nil {
			return err
		}
		if out, err = json.MarshalIndent(e, "", "  "); err != nil {
			return fmt.Errorf("writing it as JSON: %w", err)
		}
		return t.audit("exported", by, c.Reference, "")
	})
	if err != nil {
		return nil, fmt.Errorf("exporting a case: %w", err)
	}
	return out, nil
}

func (t *tx) exportMessages(opened string) ([]ExportMessage, error) {
	rows, err := t.messageRows(opened)
	if err != nil {
		return nil, err
	}
	out := make([]ExportMessage, len(rows))
	for i := range rows {
		out[i].Message = rows[i].message()
		if err := t.open(&out[i].Message); err != nil {
			return nil, err
		}
		if out[i].Intake, err = t.unseal(ofMessage, rows[i].ID, "intake"); err != nil {
			return nil, err
		}
		if out[i].Reading, err = t.unseal(ofMessage, rows[i].ID, "reading"); err != nil {
			return nil, err
		}
	}
	return out, nil
}
