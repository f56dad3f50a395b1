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
	Accepted []CaseLine             // since From, whenever they arrived
	Failed   []CaseLine             // whose letter did not arrive, not closed
	Drafted  []CaseLine             // whose letter waits for a person's release, oldest first
	Due      []DueReview            // the longest overdue first
	Counts   map[CaseStatus]int     // all that are not closed; the lists above are bounded, these are not
	Outcomes map[triage.Outcome]int // of what was decided from messages since From, each child for itself
	Classes  map[triage.Class]int   // of the messages decided since From
	Weeks    []Week                 // the last eight, oldest first
	Failures []Failure

	Seen      int // messages seen since From, and all older ones that are not decided yet: Decided + Undecided + Unfiled
	Decided   int // of them, decided
	Undecided int // of them, filed and not decided yet
	Unfiled   int // of them, seen in the mailbox and not filed: it is tried again, or somebody moved the message meanwhile

	AuditCount int64
	AuditHead  string
	LastRead   time.Time // when the mailbox was last read (BeatRead), zero if never
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
		{&f.Accepted, Filter{Status: StatusOpen, Taken: f.From}},
		{&f.Failed, Filter{Failed: true}},
	} {
		l.filter.Oldest, l.filter.Limit = true, digestLines
		if *l.into, err = t.lines(l.filter); err != nil {
			return err
		}
	}
	var drafted []caseRow
	if err = t.list(&drafted, draftedCases, digestLines); err != nil {
		return err
	}
	f.Drafted = caseLines(drafted)
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

func (t *tx) digestCounts(f *Facts) (err error) {
	f.Counts = map[CaseStatus]int{}
	for _, s := range []CaseStatus{StatusHeld, StatusWaiting, StatusOpen, StatusSignposted} {
		n, err := t.count(`SELECT count(*) FROM cases WHERE status = ?`, string(s))
		if err != nil {
			return err
		}
		f.Counts[s] = n
	}
	if f.Outcomes, err = tallies[triage.Outcome](t, countOutcomes, f.From, f.At); err != nil {
		return err
	}
	f.Classes, err = tallies[triage.Class](t, countClasses, f.From, f.At)
	return err
}

// tallies counts by a word what lies between two moments.
func tallies[W ~string](t *tx, query string, from, until time.Time) (map[W]int, error) {
	var rows []tally
	if err := t.list(&rows, query, at(from), at(until)); err != nil {
		return nil, err
	}
	out := make(map[W]int, len(rows))
	for _, r := range rows {
		out[W(r.Word)] = r.N
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
		outcomes, err := tallies[triage.Outcome](t, countArrived, monday, next)
		if err != nil {
			return err
		}
		f.Weeks = append(f.Weeks, Week{monday, n, outcomes})
	}
	return nil
}

// digestAccount is the account of what arrived: seen is decided, undecided and unfiled, and nothing is left over. What is
// not decided stays in it for as long as that lasts; what is decided stands in the account of its own time alone, so that
// the account costs the same in every year.
func (t *tx) digestAccount(f *Facts) (err error) {
	var recent, recentUndecided int
	from, until := at(f.From), at(f.At)
	for _, c := range []struct {
		into   *int
		query  string
		values []any
	}{
		{&recent, countRecent, []any{from, until}},
		{&recentUndecided, countRecentUndecided, []any{from, until}},
		{&f.Undecided, countUndecided, []any{until}},
		{&f.Unfiled, countUnfiled, []any{from, until}},
		{&f.Queued, countQueued, nil},
		{&f.Drafts, countDrafts, nil},
	} {
		if *c.into, err = t.count(c.query, c.values...); err != nil {
			return err
		}
	}
	f.Decided = recent - recentUndecided
	f.Seen = f.Decided + f.Undecided + f.Unfiled
	return nil
}

// The counts by a word. What was decided counts when it was decided, not when it arrived: after a night without the database,
// or where a school sends what was missing, that is another day.
const (
	countOutcomes = `SELECT outcome AS word, count(*) AS n FROM acts WHERE at >= ? AND at < ? AND action IN ('decided', 'followed_up') GROUP BY outcome`
	countClasses  = `SELECT class AS word, count(*) AS n FROM messages WHERE decided >= ? AND decided < ? AND decided <> '' GROUP BY class`
	countArrived  = `SELECT outcome AS word, count(*) AS n FROM cases WHERE arrived >= ? AND arrived < ? GROUP BY outcome`
)

// The counts of the account.
const (
	countRecent          = `SELECT count(*) FROM messages WHERE filed >= ? AND filed < ?`
	countRecentUndecided = `SELECT count(*) FROM messages WHERE class = '' AND filed >= ? AND filed < ?`
	countUndecided       = `SELECT count(*) FROM messages WHERE class = '' AND filed < ?`
	countUnfiled         = `SELECT count(*) FROM places WHERE message = 0 AND first_seen >= ? AND first_seen < ?`
	countQueued          = `SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending') AND kind = 'letter'`
	countDrafts          = `SELECT count(*) FROM letters WHERE state = 'draft'`
)

// draftedCases are those whose letter waits for a person: a reply to several children's message belongs to each of them.
const draftedCases = `SELECT * FROM cases WHERE id IN (
	SELECT id FROM cases WHERE opened IN (SELECT reference FROM letters WHERE state = 'draft')
	UNION SELECT id FROM cases WHERE reference IN (SELECT reference FROM letters WHERE state = 'draft')) ORDER BY arrived, id LIMIT ?`

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
