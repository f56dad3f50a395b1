package store

import (
	"fmt"
)

// What values are sealed of. A value's place is its kind, its row and its name, and it opens nowhere else.
const (
	ofMessage = "message"
	ofCase    = "case"
	ofAct     = "act"
	ofLetter  = "letter"
)

func placeOf(kind string, row int64, name string) string {
	return fmt.Sprintf("%s/%d/%s", kind, row, name)
}

// seal keeps a value sealed, in place of an earlier one; an empty value is not kept.
func (t *tx) seal(kind string, row int64, name string, value []byte) error {
	if len(value) == 0 {
		return nil
	}
	data, err := t.vault.Seal(value, placeOf(kind, row, name))
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO sealed (kind, row_id, name, data) VALUES (?, ?, ?, ?)
		ON CONFLICT (kind, row_id, name) DO UPDATE SET data = excluded.data`, kind, row, name, data)
}

// unseal opens a value; nil where there is none.
func (t *tx) unseal(kind string, row int64, name string) ([]byte, error) {
	var data []byte
	found, err := t.get(&data, `SELECT data FROM sealed WHERE kind = ? AND row_id = ? AND name = ?`, kind, row, name)
	if err != nil || !found {
		return nil, err
	}
	value, err := t.vault.Open(data, placeOf(kind, row, name))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", placeOf(kind, row, name), err)
	}
	return value, nil
}

// forget deletes all sealed values of a row.
func (t *tx) forget(kind string, row int64) error {
	return t.exec(`DELETE FROM sealed WHERE kind = ? AND row_id = ?`, kind, row)
}
