package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"reflect"
	"strings"
	"time"

	"referrald/store/vault"
)

// What can be wrong with a backup.
var (
	ErrBackupDamaged = errors.New("the backup is damaged or cut short: its checksum does not fit; nothing was restored")
	ErrNotEmpty      = errors.New("the database already holds messages; restore into a new one")
)

// backupVersion changes when an older build could not read what a newer one wrote.
const backupVersion = 1

// A backupLine is one line of a backup: the head, a row, or the foot.
type backupLine struct {
	Format  string          `json:"format,omitempty"` // the head
	Version int             `json:"version,omitempty"`
	Made    *time.Time      `json:"made,omitempty"`
	Table   string          `json:"table,omitempty"` // a row
	Row     json.RawMessage `json:"row,omitempty"`
	Rows    *int            `json:"rows,omitempty"` // the foot
	SHA256  string          `json:"sha256,omitempty"`
}

const backupFormat = "referrald backup"

// A table is one that is backed up. The queue's are not: Restore puts the jobs in anew from what is not done yet.
type table struct {
	name  string
	order string
	hasID bool
	row   func() any // a pointer to an empty row
}

func backedUp() []table {
	return []table{
		{"meta", "name", false, func() any { return &metaRow{} }},
		{"messages", "id", true, func() any { return &messageRow{} }},
		{"places", "folder, validity, uid", false, func() any { return &placeRow{} }},
		{"cases", "id", true, func() any { return &caseRow{} }},
		{"acts", "id", true, func() any { return &actRow{} }},
		{"letters", "id", true, func() any { return &letterRow{} }},
		{"audit", "number", false, func() any { return &auditRow{} }},
		{"failures", "kind, row_id", false, func() any { return &failureRow{} }},
		{"beats", "step", false, func() any { return &beatRow{} }},
		{"sealed", "kind, row_id, name", false, func() any { return &sealedRow{} }},
	}
}

// columns returns a row's columns in the order of its fields.
func (t *table) columns() []string {
	r := reflect.TypeOf(t.row()).Elem()
	out := make([]string, r.NumField())
	for i := range out {
		out[i] = r.Field(i).Tag.Get("db")
	}
	return out
}

// Backup writes everything that is kept, as of one moment, as lines of JSON with a checksum at the end. What is sealed stays
// sealed: only who has the key can read a backup. It can be restored into either engine.
func (db *DB) Backup(ctx context.Context, w io.Writer) error {
	err := db.read(ctx, func(t *tx) error {
		buffered := bufio.NewWriter(w)
		sum := sha256.New()
		out := json.NewEncoder(io.MultiWriter(buffered, sum))
		if err := out.Encode(backupLine{Format: backupFormat, Version: backupVersion, Made: &t.now.Time}); err != nil {
			return err
		}
		rows := 0
		for _, tab := range backedUp() {
			n, err := t.dump(&tab, out)
			if err != nil {
				return fmt.Errorf("table %s: %w", tab.name, err)
			}
			rows += n
		}
		foot := backupLine{Rows: &rows, SHA256: hex.EncodeToString(sum.Sum(nil))}
		if err := json.NewEncoder(buffered).Encode(foot); err != nil {
			return err
		}
		return buffered.Flush()
	})
	if err != nil {
		return fmt.Errorf("writing a backup: %w", err)
	}
	return nil
}

func (t *tx) dump(tab *table, out *json.Encoder) (n int, err error) {
	rows, err := t.QueryxContext(t.ctx, `SELECT * FROM `+tab.name+` ORDER BY `+tab.order)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		row := tab.row()
		if err := rows.StructScan(row); err != nil {
			return n, err
		}
		text, err := json.Marshal(row)
		if err != nil {
			return n, err
		}
		if err := out.Encode(backupLine{Table: tab.name, Row: text}); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// Restore fills an empty database, migrated before, from a backup, all or nothing, and puts in the jobs for what was not done
// when the backup was made. The key must be the one that the backup was made with.
//
// Letters that left after the backup was made are not known to it. Where that is a danger, StopOutgoing first and look at
// what waits.
func (db *DB) Restore(ctx context.Context, r io.Reader) error {
	err := db.write(ctx, func(t *tx) error {
		if n, err := t.count(`SELECT count(*) FROM messages`); err != nil || n > 0 {
			return errors.Join(err, notEmpty(n))
		}
		for _, name := range []string{"meta", "audit", "beats"} { // what a new database has of its own
			if err := t.exec(`DELETE FROM ` + name); err != nil {
				return err
			}
		}
		if err := t.readBackup(r); err != nil {
			return err
		}
		return t.finishRestore()
	})
	if err != nil {
		return fmt.Errorf("restoring a backup: %w", err)
	}
	return db.openVault(ctx)
}

func notEmpty(n int) error {
	if n > 0 {
		return ErrNotEmpty
	}
	return nil
}

// readBackup writes the rows, and compares the checksum at the end.
func (t *tx) readBackup(r io.Reader) error {
	tables := map[string]table{}
	for _, tab := range backedUp() {
		tables[tab.name] = tab
	}
	in, sum, rows := bufio.NewReader(r), sha256.New(), 0
	for first := true; ; first = false {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return ErrBackupDamaged // the foot would have ended it
		}
		var line backupLine
		if json.Unmarshal(text, &line) != nil {
			return ErrBackupDamaged
		}
		switch tab, known := tables[line.Table]; {
		case first:
			if line.Format != backupFormat || line.Version != backupVersion {
				return fmt.Errorf("the file is no backup that this build can read (format %q, version %d)", clean(line.Format), line.Version)
			}
		case line.Rows != nil:
			return isWhole(&line, sum, rows)
		case !known:
			return ErrBackupDamaged
		default:
			if err := t.load(&tab, line.Row); err != nil {
				return err
			}
			rows++
		}
		_, _ = sum.Write(text) // a hash takes everything
	}
}

func isWhole(foot *backupLine, sum hash.Hash, rows int) error {
	if *foot.Rows != rows || foot.SHA256 != hex.EncodeToString(sum.Sum(nil)) {
		return ErrBackupDamaged
	}
	return nil
}

func (t *tx) load(tab *table, text json.RawMessage) error {
	row := tab.row()
	if json.Unmarshal(text, row) != nil {
		return ErrBackupDamaged
	}
	columns := tab.columns()
	query := `INSERT INTO ` + tab.name + ` (` + strings.Join(columns, ", ") + `) VALUES (:` + strings.Join(columns, ", :") + `)`
	if _, err := t.NamedExecContext(t.ctx, query, row); err != nil {
		return fmt.Errorf("table %s: %w", tab.name, err)
	}
	return nil
}

// finishRestore checks the key, sets the numbers that rows get next, and puts in the jobs.
func (t *tx) finishRestore() error {
	kept, err := readKeysets(t.ctx, t.Tx)
	if err != nil {
		return err
	}
	if t.vault, err = vault.Open(t.db.key, kept); err != nil {
		return err
	}
	for _, tab := range backedUp() {
		if tab.hasID && t.db.engine.sequence != "" {
			if err := t.exec(fmt.Sprintf(t.db.engine.sequence, tab.name)); err != nil {
				return err
			}
		}
	}
	if err := t.enqueueAll(); err != nil {
		return err
	}
	return t.audit("restored", byMachine, "", "")
}

// enqueueAll puts in a job for all that is not done.
func (t *tx) enqueueAll() error {
	for _, q := range []struct {
		kind  JobKind
		query string
	}{
		{TakeJob, `SELECT id FROM messages WHERE class = '' AND erased = ''`},
		{SettleJob, `SELECT id FROM messages WHERE class <> '' AND settled = '' AND erased = ''`},
		{DeliverJob, `SELECT id FROM letters WHERE state IN ('waiting', 'sending') AND kind IN ('letter', 'notice')`},
		{AlertJob, `SELECT id FROM letters WHERE state IN ('waiting', 'sending') AND kind IN ('alert', 'digest')`},
	} {
		var ids []int64
		if err := t.list(&ids, q.query); err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.enqueue(q.kind, id); err != nil {
				return err
			}
		}
	}
	return nil
}
