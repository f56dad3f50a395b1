package store

import (
	"context"
	"errors"
	"io"
	"time"

	"referrald/triage"
)

var errUnfinished = errors.New("not finished")

func Open(ctx context.Context, o Options) (*DB, error)              { return nil, errUnfinished }
func (db *DB) Close() error                                         { return errUnfinished }
func (db *DB) Migrate(ctx context.Context) error                    { return errUnfinished }
func (db *DB) Lock(ctx context.Context) (release func(), err error) { return nil, errUnfinished }
func (db *DB) Unknown(ctx context.Context, folder string, validity uint32, uids []uint32) ([]uint32, error) {
	return nil, errUnfinished
}
func (db *DB) Attempt(ctx context.Context, p Place) (tries int, err error) { return 0, errUnfinished }
func (db *DB) File(ctx context.Context, a Arrival) (id int64, isNew bool, err error) {
	return 0, false, errUnfinished
}
func (db *DB) Message(ctx context.Context, id int64) (*Message, error) { return nil, errUnfinished }
func (db *DB) MessagesOf(ctx context.Context, reference string) ([]Message, error) {
	return nil, errUnfinished
}
func (db *DB) Quoted(ctx context.Context, messageIDs, references []string) ([]Quote, error) {
	return nil, errUnfinished
}
func (db *DB) KnownChildren(ctx context.Context, name, birth string, except int64) ([]string, error) {
	return nil, errUnfinished
}
func (db *DB) LettersTo(ctx context.Context, address string, since time.Time) (toAddress, total int, err error) {
	return 0, 0, errUnfinished
}
func (db *DB) Decide(ctx context.Context, d Decided) error { return errUnfinished }
func (db *DB) Decision(ctx context.Context, messageID int64) (*Decided, error) {
	return nil, errUnfinished
}
func (db *DB) Settled(ctx context.Context, messageID int64, at time.Time, where Place) error {
	return errUnfinished
}
func (db *DB) Letter(ctx context.Context, id int64) (*Letter, error)  { return nil, errUnfinished }
func (db *DB) Sending(ctx context.Context, id int64) error            { return errUnfinished }
func (db *DB) Sent(ctx context.Context, id int64, at time.Time) error { return errUnfinished }
func (db *DB) Failed(ctx context.Context, id int64, code string, permanent bool) error {
	return errUnfinished
}
func (db *DB) Bounced(ctx context.Context, messageIDs []string) (references []string, err error) {
	return nil, errUnfinished
}
func (db *DB) QueueMail(ctx context.Context, reference string, mails ...Mail) error {
	return errUnfinished
}
func (db *DB) OutgoingStopped(ctx context.Context) (since time.Time, by string, stopped bool, err error) {
	return time.Time{}, "", false, errUnfinished
}
func (db *DB) StopOutgoing(ctx context.Context, by string) error       { return errUnfinished }
func (db *DB) StartOutgoing(ctx context.Context, by string) error      { return errUnfinished }
func (db *DB) Cases(ctx context.Context, f Filter) ([]CaseLine, error) { return nil, errUnfinished }
func (db *DB) Case(ctx context.Context, reference string) (*CaseFile, error) {
	return nil, errUnfinished
}
func (db *DB) DecideByPerson(ctx context.Context, d PersonDecided) error   { return errUnfinished }
func (db *DB) Acknowledge(ctx context.Context, reference, by string) error { return errUnfinished }
func (db *DB) Status(ctx context.Context, reference, status, by, note string) error {
	return errUnfinished
}
func (db *DB) Review(ctx context.Context, reference string, kind triage.Code, at time.Time, by, note string) error {
	return errUnfinished
}
func (db *DB) Event(ctx context.Context, reference string, event triage.TrackerEvent, at time.Time, by, note string) error {
	return errUnfinished
}
func (db *DB) CloseCase(ctx context.Context, reference, by, note string) error  { return errUnfinished }
func (db *DB) ReopenCase(ctx context.Context, reference, by, note string) error { return errUnfinished }
func (db *DB) LegalHold(ctx context.Context, reference, by string, on bool) error {
	return errUnfinished
}
func (db *DB) DueReviews(ctx context.Context, by time.Time) ([]DueReview, error) {
	return nil, errUnfinished
}
func (db *DB) Export(ctx context.Context, reference string) ([]byte, error) {
	return nil, errUnfinished
}
func (db *DB) Erase(ctx context.Context, reference, by string) ([]MailPlace, error) {
	return nil, errUnfinished
}
func (db *DB) Retention(ctx context.Context, p RetentionPolicy, at time.Time, dryRun bool) ([]RetentionLine, []MailPlace, error) {
	return nil, nil, errUnfinished
}
func (db *DB) DigestFacts(ctx context.Context, from, at time.Time) (*Facts, error) {
	return nil, errUnfinished
}
func (db *DB) Beat(ctx context.Context, step string, at time.Time) error { return errUnfinished }
func (db *DB) Beats(ctx context.Context) (map[string]time.Time, error)   { return nil, errUnfinished }
func (db *DB) Audit(ctx context.Context, act, by, reference, detail string) error {
	return errUnfinished
}
func (db *DB) AuditTrail(ctx context.Context, reference string, after int64, limit int) ([]Entry, error) {
	return nil, errUnfinished
}
func (db *DB) VerifyAudit(ctx context.Context) (count int64, head string, err error) {
	return 0, "", errUnfinished
}
func (db *DB) Work(ctx context.Context, h Handlers, workers int) error { return errUnfinished }
func (db *DB) Idle(ctx context.Context) (bool, error)                  { return false, errUnfinished }
func (db *DB) Failures(ctx context.Context) ([]Failure, error)         { return nil, errUnfinished }
func (db *DB) Retry(ctx context.Context, kind JobKind, id int64, by string) error {
	return errUnfinished
}
func (db *DB) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	return false, errUnfinished
}
func (db *DB) ReleaseLease(ctx context.Context, name, holder string) error { return errUnfinished }
func (db *DB) Backup(ctx context.Context, w io.Writer) error               { return errUnfinished }
func (db *DB) Restore(ctx context.Context, r io.Reader) error              { return errUnfinished }
func (db *DB) AddKey(ctx context.Context) error                            { return errUnfinished }
func (db *DB) PromoteKey(ctx context.Context) error                        { return errUnfinished }
func (db *DB) Reseal(ctx context.Context) (rows int, err error)            { return 0, errUnfinished }
func (db *DB) Rekey(ctx context.Context, newKey []byte) error              { return errUnfinished }
func (db *DB) Ping(ctx context.Context) error                              { return errUnfinished }
