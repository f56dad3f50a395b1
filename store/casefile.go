package store

import (
	"context"
	"encoding/json"
	"fmt"

	"referrald/triage"
)

// A CaseFile is everything about one case but the mails' own bytes.
type CaseFile struct {
	CaseLine
	School   string          `json:"school"`
	Decision json.RawMessage `json:"decision"` // JSON of the last machine decision, with reasons and words
	Acts     []Act           `json:"acts"`
	Letters  []Letter        `json:"letters"`
	Messages []Message       `json:"messages"`
	Reviews  []triage.Review `json:"reviews"` // that are to come
	Tracked  triage.Tracked  `json:"tracked"`
	Audit    []Entry         `json:"audit"`
}

// maxTrail bounds how much of the audit trail a case file holds.
const maxTrail = 10000

// Case returns a case with its whole history, or ErrUnknown.
func (db *DB) Case(ctx context.Context, reference string) (f *CaseFile, err error) {
	err = db.read(ctx, func(t *tx) error {
		c, err := t.caseRow(reference)
		if err != nil {
			return err
		}
		f, err = t.caseFile(c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading a case: %w", err)
	}
	return f, nil
}

func (t *tx) caseFile(c *caseRow) (*CaseFile, error) {
	f := &CaseFile{CaseLine: c.line(), Tracked: c.tracked(), Reviews: c.reviews(t.db.zone)}
	school, err := t.unseal(ofCase, c.ID, "school")
	if err != nil {
		return nil, err
	}
	f.School = string(school)
	if f.Acts, err = t.acts(c.ID); err != nil {
		return nil, err
	}
	for _, a := range f.Acts {
		if a.Machine && a.Decision != nil {
			f.Decision = a.Decision
		}
	}
	if f.Letters, err = t.lettersOf(c.Opened, false); err != nil {
		return nil, err
	}
	if f.Messages, err = t.messagesOf(c.Opened); err != nil {
		return nil, err
	}
	f.Audit, err = t.trail(c.Reference, 0, maxTrail)
	return f, err
}

// lettersOf returns the mails of the case that a message opened.
func (t *tx) lettersOf(opened string, whole bool) ([]Letter, error) {
	var rows []letterRow
	if err := t.list(&rows, `SELECT * FROM letters WHERE reference = ? AND reference <> '' ORDER BY id`, opened); err != nil {
		return nil, err
	}
	out := make([]Letter, len(rows))
	for i := range rows {
		out[i] = rows[i].letter()
		if err := t.openLetter(&out[i], whole); err != nil {
			return nil, err
		}
	}
	return out, nil
}
