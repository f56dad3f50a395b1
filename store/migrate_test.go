package store

import (
	"regexp"
	"strings"
	"testing"
)

var madeIndex = regexp.MustCompile(`(?s)^CREATE INDEX (\w+) `)

// asOfTheFirstVersion takes back what later versions than the first have brought, and keeps what is in the tables. They have
// brought indexes alone.
func asOfTheFirstVersion(t *testing.T, db *DB) {
	t.Helper()
	files, err := migrations.ReadDir("migrations")
	must(t, err)
	for _, f := range files[1:] {
		text, err := migrations.ReadFile("migrations/" + f.Name())
		must(t, err)
		for statement := range strings.SplitSeq(regexp.MustCompile(`(?m)^--.*$`).ReplaceAllString(string(text), ""), ";") {
			if statement = strings.TrimSpace(statement); statement == "" {
				continue
			}
			made := madeIndex.FindStringSubmatch(statement)
			if made == nil {
				t.Fatalf("%s does more than this test can take back: %s", f.Name(), statement)
			}
			_, err := db.sql.ExecContext(t.Context(), "DROP INDEX "+made[1])
			must(t, err)
		}
	}
	_, err = db.sql.ExecContext(t.Context(), "DELETE FROM goose_db_version WHERE version_id > 1")
	must(t, err)
}

// migratingFromBefore brings a database of the first version that is in use up to date: what it holds is there afterwards,
// and what is asked of it finds its indexes.
func migratingFromBefore(t *testing.T, url string) {
	db := opened(t, url)
	m := kept(t, db, 1)
	filed(t, db, 2)
	asOfTheFirstVersion(t, db)
	must(t, db.Close())
	db = opened(t, url)
	if c, err := db.Case(t.Context(), m.Reference); err != nil || len(c.Messages) != 1 || len(c.Letters) != 1 {
		t.Errorf("the case is %+v, %v", c, err)
	}
	kept(t, db, 3)
	provider, err := db.provider()
	must(t, err)
	if now, last, err := provider.GetVersions(t.Context()); err != nil || now != last || last < 4 {
		t.Errorf("version %d of %d, %v", now, last, err)
	}
	asOfTheFirstVersion(t, db) // which fails where an index was not made anew
}
