package store

import (
	"context"
	"fmt"
	"time"

	"referrald/triage"
)

// Facts are what the staff's digest tells, between two moments.
type Facts struct {
	From, At time.Time
	Urgent   []CaseLine             // not acknowledged, oldest first
	Held     []CaseLine             // for a person, oldest first; urgent ones, too
	Waiting  []CaseLine             // for schools, oldest first
	Look     []CaseLine             // signposted, not looked at again by a person yet, oldest first
	Accepted []CaseLine             // arrived since From
	Failed   []CaseLine             // whose letter did not arrive, not closed
	Due      []DueReview            // the longest overdue first
	Counts   map[CaseStatus]int     // all that are not closed; the lists above are bounded, these are not
	Outcomes map[triage.Outcome]int // of the cases that arrived since From
	Classes  map[triage.Class]int   // of the messages that arrived since From
	Weeks    []Week                 // the last eight, oldest first
	Failures []Failure

	Seen      int // messages that the ledger holds
	Decided   int // of them, decided
	Undecided int // of them, not decided yet
	Unfiled   int // places that were tried and could not be filed yet

	AuditCount int64
	AuditHead  string
	LastRead   time.Time // when the mailbox was last looked through (BeatRead), zero if never
	Outgoing   Outgoing
	Queued     int // letters that wait to leave
	Drafts     int // letters that wait for a person's release
}

// A Week is one week's counts.
type Week struct {
	Monday   time.Time // midnight in London
	Messages int
	Outcomes map[triage.Outcome]int
}

// A Failure is something that was given up and needs a person.
type Failure struct {
	Kind      JobKind
	ID        int64 // of the message or the letter
	Reference string
	At        time.Time
	Code      string
}

// Bounds of a digest.
const (
	digestLines = 200
	digestWeeks = 8
)

// DigestFacts collects what the digest tells, as of one state of the database.
func (db *DB) DigestFacts(ctx context.Context, from, now time.Time) (f *Facts, err error) {
	f = &Facts{From: from, At: now}
	err = db.read(ctx, func(t *tx) error {
		for _, part := range []func(*Facts) error{t.digestLists, t.digestCounts, t.digestWeeks, t.digestAccount, t.digestState} {
			if err := part(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("collecting the digest: %w", err)
	}
	return f, nil
}

func (t *tx) digestLists(f *Facts) (err error) {
	for _, l := range []struct {
		into   *[]CaseLine
		filter Filter
	}{
		{&f.Urgent, Filter{Urgent: true}},
		{&f.Held, Filter{Status: StatusHeld}},
		{&f.Waiting, Filter{Status: StatusWaiting}},
		{&f.Look, Filter{Status: StatusSignposted}},
		{&f.Accepted, Filter{Status: StatusOpen, Since: f.From}},
		{&f.Failed, Filter{Failed: true}},
	} {
		l.filter.Oldest, l.filter.Limit = true, digestLines
		if *l.into, err = t.lines(l.filter); err != nil {
			return err
		}
	}
	if f.Due, err = t.dueReviews(f.At); err != nil {
		return err
	}
	f.Failures, err = t.failures()
	return err
}

// A tally is one row of a count by a word.
type tally struct {
	Word string `db:"word"`
	N    int    `db:"n"`
}

func (t *tx) digestCounts(f *Facts) error {
	f.Counts, f.Outcomes, f.Classes = map[CaseStatus]int{}, map[triage.Outcome]int{}, map[triage.Class]int{}
	for _, s := range []CaseStatus{StatusHeld, StatusWaiting, StatusOpen, StatusSignposted} {
		n, err := t.count(`SELECT count(*) FROM cases WHERE status = ?`, string(s))
		if err != nil {
			return err
		}
		f.Counts[s] = n
	}
	outcomes, err := t.outcomesBetween(f.From, f.At)
	if err != nil {
		return err
	}
	f.Outcomes = outcomes
	var rows []tally
	if err := t.list(&rows, `SELECT class AS word, count(*) AS n FROM messages WHERE arrived >= ? AND arrived < ? GROUP BY class`, at(f.From), at(f.At)); err != nil {
		return err
	}
	for _, r := range rows {
		f.Classes[triage.Class(r.Word)] = r.N
	}
	return nil
}

func (t *tx) outcomesBetween(from, until time.Time) (map[triage.Outcome]int, error) {
	var rows []tally
	if err := t.list(&rows, `SELECT outcome AS word, count(*) AS n FROM cases WHERE arrived >= ? AND arrived < ? GROUP BY outcome`, at(from), at(until)); err != nil {
		return nil, err
	}
	out := map[triage.Outcome]int{}
	for _, r := range rows {
		out[triage.Outcome(r.Word)] = r.N
	}
	return out, nil
}

func (t *tx) digestWeeks(f *Facts) error {
	y, m, d := f.At.In(t.db.zone).Date()
	sinceMonday := (int(f.At.In(t.db.zone).Weekday()) + 6) % 7
	for i := digestWeeks - 1; i >= 0; i-- {
		monday := time.Date(y, m, d-sinceMonday-7*i, 0, 0, 0, 0, t.db.zone)
		next := time.Date(y, m, d-sinceMonday-7*i+7, 0, 0, 0, 0, t.db.zone)
		n, err := t.count(`SELECT count(*) FROM messages WHERE arrived >= ? AND arrived < ?`, at(monday), at(next))
		if err != nil {
			return err
		}
		outcomes, err := t.outcomesBetween(monday, next)
		if err != nil {
			return err
		}
		f.Weeks = append(f.Weeks, Week{monday, n, outcomes})
	}
	return nil
}

// digestAccount is the account of all that arrived: seen is decided and undecided, and nothing is left over.
func (t *tx) digestAccount(f *Facts) (err error) {
	for _, c := range []struct {
		into  *int
		query string
	}{
		{&f.Seen, `SELECT count(*) FROM messages`},
		{&f.Undecided, `SELECT count(*) FROM messages WHERE class = ''`},
		{&f.Unfiled, `SELECT count(*) FROM places WHERE message = 0`},
		{&f.Queued, `SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending') AND kind = 'letter'`},
		{&f.Drafts, `SELECT count(*) FROM letters WHERE state = 'draft'`},
	} {
		if *c.into, err = t.count(c.query); err != nil {
			return err
		}
	}
	f.Decided = f.Seen - f.Undecided
	return nil
}

func (t *tx) digestState(f *Facts) error {
	var last auditRow
	if _, err := t.get(&last, `SELECT * FROM audit ORDER BY number DESC LIMIT 1`); err != nil {
		return err
	}
	f.AuditCount, f.AuditHead = last.Number, last.Hash
	var read moment
	if _, err := t.get(&read, `SELECT at FROM beats WHERE step = ?`, BeatRead); err != nil {
		return err
	}
	f.LastRead = read.Time
	var err error
	f.Outgoing, err = t.outgoing()
	return err
}
