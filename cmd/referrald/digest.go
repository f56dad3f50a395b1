package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// beatDigest is the step of having queued a digest; the next one tells what has happened since.
const beatDigest = "digest"

// clockSkew is how far the clocks of several daemons may lie apart.
const clockSkew = 5 * time.Minute

// sendDigest queues the digest that is due. It is sent even when nothing waits: its absence is news. Which one is due follows
// from the last, so that work done again after a crash finds it done, or finds its mails under the same Message-IDs.
func (d *daemon) sendDigest(ctx context.Context) error { return d.digestDue(ctx, time.Now()) }

func (d *daemon) digestDue(ctx context.Context, now time.Time) error {
	beats, err := d.db.Beats(ctx)
	if err != nil {
		return err
	}
	name := "first"
	if last := beats[beatDigest]; !last.IsZero() {
		due := d.calendar.Next(last)
		if due.Sub(now) > clockSkew {
			return nil // it was done, and nobody saw its end
		}
		if now.Before(due) {
			now = due // so that what counts as done is this one, by every clock
		}
		name = due.UTC().Format("20060102T1504")
	}
	return d.queueDigest(ctx, now, name)
}

// queueDigest queues the staff's summary for each recipient, under a name that is its own.
func (d *daemon) queueDigest(ctx context.Context, now time.Time, name string) error {
	facts, err := d.digestFacts(ctx, now)
	if err != nil {
		return err
	}
	var mails []store.Mail
	for i, to := range d.config.Digest.To {
		id := fmt.Sprintf("digest.%s.%d@%s", name, i, domainOf(d.config.Service.Address))
		m, err := d.examiner.Composer.Digest(*facts, notify.StaffEnvelope{To: []string{to}, MessageID: id, At: now})
		if err != nil {
			return fmt.Errorf("writing the digest: %w", err)
		}
		mails = append(mails, store.Mail{Kind: store.DigestMail, Template: "digest", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: to, Raw: m.Raw})
	}
	failpoint(beforeDigest)
	err = d.db.QueueRound(ctx, beatDigest, now, mails...)
	failpoint(afterDigest)
	return err
}

// digestFacts collects what the digest tells, since the last one.
func (d *daemon) digestFacts(ctx context.Context, now time.Time) (*notify.DigestFacts, error) {
	p := d.pulse(time.Time{})
	var err error
	if p.Pulse, err = d.db.Pulse(ctx); err != nil {
		return nil, err
	}
	from := p.Beats[beatDigest]
	if from.IsZero() {
		from = now.AddDate(0, 0, -7)
	}
	f, err := d.db.DigestFacts(ctx, from, now)
	if err != nil {
		return nil, err
	}
	out := d.digestOf(f)
	out.Troubles, out.SecretExpires = p.lines(from, now), p.Expires
	if p.Canary > 0 {
		out.CanarySent, out.CanaryReturned = p.Beats[beatCanarySent], p.Beats[beatCanaryReturned]
	}
	return out, nil
}

// pulse is what the watchdog goes by, without what the store knows.
func (d *daemon) pulse(started time.Time) pulse {
	return pulse{Started: started, Expires: d.expires(), Canary: time.Duration(d.config.Watchdog.Canary)}
}

// digestOf says the store's facts in the digest's words.
func (d *daemon) digestOf(f *store.Facts) *notify.DigestFacts {
	out := &notify.DigestFacts{From: f.From, At: f.At, Counts: outcomesOf(f), Urgent: digestLines(f.Urgent), Held: digestLines(f.Held),
		Waiting: digestLines(f.Waiting), Drafts: digestLines(f.Drafted), Look: digestLines(f.Look), Accepted: digestLines(f.Accepted), LastRead: f.LastRead, Seen: f.Seen, Accounted: f.Decided,
		AuditHead: f.AuditHead, Queued: f.Queued, Notices: d.notices(f)}
	for _, w := range f.Weeks {
		out.Weeks = append(out.Weeks, notify.Week{Start: w.Monday, Counts: w.Outcomes})
	}
	for _, r := range f.Due {
		out.Reviews = append(out.Reviews, notify.ReviewLine{Reference: notify.Reference(r.Reference), Code: r.Review.Code, Due: r.Review.Due, Overdue: r.Overdue})
	}
	out.Failed = failuresOf(f)
	return out
}

// failuresOf says what failed, each thing once: a letter that was given up stands among the cases already.
func failuresOf(f *store.Facts) (all []notify.FailureLine) {
	add := func(reference string, what notify.Mishap) {
		if l := (notify.FailureLine{Reference: notify.Reference(reference), What: what}); !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	for _, x := range f.Failed {
		add(x.Reference, notify.LetterFailed)
	}
	for _, x := range f.Failures {
		switch x.Kind {
		case store.SettleJob:
			add(x.Reference, notify.MoveFailed)
		case store.DeliverJob:
			add(x.Reference, notify.LetterFailed)
		default:
			add(x.Reference, notify.JobFailed)
		}
	}
	return all
}

// outcomesOf counts what came since the last digest: cases by their outcome, and machine mail, which is no case.
func outcomesOf(f *store.Facts) map[triage.Outcome]int {
	counts := maps.Clone(f.Outcomes)
	for _, class := range []triage.Class{triage.ClassAutoReply, triage.ClassBounce, triage.ClassBulk} {
		if n := f.Classes[class]; n > 0 {
			counts[triage.Ignore] += n
		}
	}
	return counts
}

func digestLines(cases []store.CaseLine) (lines []notify.Line) {
	for _, c := range cases {
		l := notify.Line{Reference: notify.Reference(c.Reference), Since: c.Arrived, Outcome: c.Outcome, Urgent: c.Urgent}
		switch {
		case len(c.Codes) > 0:
			l.Code = weightiest(c.Codes)
		case len(c.Flags) > 0:
			l.Code = c.Flags[0]
		}
		lines = append(lines, l)
	}
	return lines
}

// weightiest returns the code that decides, by the precedence of effects.
func weightiest(codes []triage.Code) triage.Code {
	for _, effect := range []triage.Effect{triage.EffectHoldUrgent, triage.EffectHoldSafety, triage.EffectSignpost, triage.EffectHold, triage.EffectAsk} {
		for _, c := range codes {
			if c.Effect() == effect {
				return c
			}
		}
	}
	return codes[0]
}

func (d *daemon) notices(f *store.Facts) (all []notify.Notice) {
	a := d.examiner.Assessor
	for _, n := range []struct {
		holds  bool
		notice notify.Notice
	}{
		{a.Register == nil, notify.NoRegister},
		{a.Gazetteer == nil, notify.NoPostcodes},
		{f.Outgoing.Stopped, notify.OutgoingStopped},
		{d.examiner.reader.ocr == "", notify.NoOCR},
		{a.Policy.Mode == triage.Shadow, notify.ShadowMode},
		{a.Policy.Mode == triage.Confirm, notify.ConfirmMode},
		{len(d.config.Digest.Urgent) == 0, notify.NoUrgentContact},
		{a.Policy.RetentionDays == 0, notify.NoRetention},
	} {
		if n.holds {
			all = append(all, n.notice)
		}
	}
	return all
}

// repeatAlarms tells staff again of urgent cases that nobody has acknowledged.
func (d *daemon) repeatAlarms(ctx context.Context) error {
	cases, err := d.db.Cases(ctx, store.Filter{Urgent: true, Oldest: true})
	if err != nil {
		return err
	}
	now := time.Now()
	for _, c := range cases {
		if now.Sub(c.Changed) < alarmEvery {
			continue
		}
		var mails []store.Mail
		for i, to := range urgentTo(d.config) {
			id := fmt.Sprintf("%s.again.%s.%d@%s", strings.ToLower(strings.ReplaceAll(c.Reference, "/", "-")), now.UTC().Truncate(alarmEvery).Format("20060102T1504"), i, domainOf(d.config.Service.Address))
			m, err := d.alert(notify.AlertFacts{Reference: notify.Reference(c.Reference), Code: weightiestOr(c.Codes), Since: c.Arrived, Again: true}, to, id)
			if err != nil {
				return err
			}
			mails = append(mails, *m)
		}
		if err := d.db.QueueMail(ctx, c.Reference, mails...); err != nil {
			return err
		}
	}
	return nil
}

func weightiestOr(codes []triage.Code) triage.Code {
	if len(codes) == 0 {
		return triage.CodeHighRisk
	}
	return weightiest(codes)
}
