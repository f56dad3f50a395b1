package store

import (
	"strings"
	"testing"
)

// queryPlans holds that the queries of every minute go by an index and read no whole table.
func queryPlans(t *testing.T, url string) {
	db := opened(t, url)
	must(t, db.write(t.Context(), func(x *tx) error {
		for query, values := range map[string][]any{
			`SELECT message FROM places WHERE folder = ? AND validity = ? AND uid = ? AND message <> 0`:                {"a", 1, 1},
			`SELECT * FROM messages WHERE identity_key = ? ORDER BY id DESC LIMIT 1`:                                   {"a"},
			`SELECT * FROM messages WHERE mail_key = ?`:                                                                {"a"},
			`SELECT reference FROM cases WHERE child_key = ? AND child_key <> '' AND message <> ? ORDER BY id`:         {"a", 1},
			`SELECT * FROM cases WHERE next_review <> '' AND next_review <= ? ORDER BY next_review, id`:                {"2026"},
			`SELECT * FROM cases WHERE status = ? ORDER BY arrived, id LIMIT 200`:                                      {"held"},
			`SELECT * FROM cases WHERE status = ? AND accepted >= ? AND accepted <> '' ORDER BY arrived, id LIMIT 200`: {"open", "2026"},
			countOutcomes:        {"2026", "2027"},
			countClasses:         {"2026", "2027"},
			countArrived:         {"2026", "2027"},
			countRecent:          {"2026", "2027"},
			countRecentUndecided: {"2026", "2027"},
			countUndecided:       {"2027"},
			countUnfiled:         {"2026", "2027"},
			countQueued:          nil,
			countDrafts:          nil,
			oldestUndecided:      nil,
			oldestUnsettled:      nil,
			draftedCases:         {200},
			`SELECT uid FROM places WHERE folder = ? AND validity = ? AND uid >= ? AND uid <= ? AND message <> 0`:     {"a", 1, 1, 2},
			`SELECT * FROM letters WHERE reference = ? AND reference <> '' ORDER BY id`:                               {"a"},
			`SELECT count(*) FROM letters WHERE to_key = ? AND created >= ? AND kind = 'letter' AND state <> 'draft'`: {"a", "2026"},
			`SELECT * FROM audit ORDER BY number DESC LIMIT 1`:                                                        nil,
			`SELECT * FROM acts WHERE case_id = ? ORDER BY id`:                                                        {1},
		} {
			plan := x.plan(t, query, values...)
			inOrder := strings.HasSuffix(query, " LIMIT 1") && (strings.Contains(plan, "USING INDEX") || strings.Contains(query, "FROM audit")) // whose key is the order
			if strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "SCAN ") && !inOrder {
				t.Errorf("%s\n\tgoes by no index: %s", query, plan)
			}
		}
		return nil
	}))
}

// plan returns how the engine would answer. PostgreSQL is told to avoid whole tables where it can, since it rightly reads the
// small tables of a test whole.
func (t *tx) plan(tb testing.TB, query string, values ...any) string {
	tb.Helper()
	explain := "EXPLAIN "
	if t.db.engine.file != "" {
		explain = "EXPLAIN QUERY PLAN "
	} else if err := t.exec("SET LOCAL enable_seqscan = off"); err != nil {
		tb.Fatal(err)
	}
	rows, err := t.Queryx(t.Rebind(explain+query), values...)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		line, err := rows.SliceScan()
		if err != nil {
			tb.Fatal(err)
		}
		if text, ok := line[len(line)-1].(string); ok {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		tb.Fatal("no plan")
	}
	return strings.Join(out, "; ")
}
