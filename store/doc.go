// Package store remembers: the ledger of messages, cases and what was done about them, letters, the audit trail, and the
// jobs that work on them. SQLite is the embedded default, PostgreSQL is for more than one machine; one SQL text serves
// both, and every difference between them stands in engine.go.
//
//	File ──┬─ message (sealed) ─┐          Decide ──┬─ cases, acts (sealed) ─┐
//	       └─ job take ─────────┴ one tx            ├─ letter (sealed) ──────┤
//	                                                └─ jobs deliver, settle ─┴ one tx, with its audit entries
//
// The invariants: a job exists exactly when its row does; work done again finds it done; whatever tells of a person is in
// the table "sealed" and nowhere else, or is a blind index that only the key can make; transactions that write to the audit
// trail go one at a time. Job rows hold numbers only.
//
// It never decides, never opens mail, never sends anything, and imports no ingest: the command translates.
package store
