package main

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"referrald/notify"
	"referrald/store"
	"referrald/triage"
)

// beatDigest is the step of having queued a digest; the next one tells what has happened since.
const beatDigest = "digest"

// sendDigest queues the staff's summary for each recipient. It is sent even when nothing waits: its absence is news.
func (d *daemon) sendDigest(ctx context.Context) error {
	now := time.Now()
	facts, err := d.digestFacts(ctx, now)
	if err != nil {
		return err
	}
	var mails []store.Mail
	for i, to := range d.config.Digest.To {
		id := fmt.Sprintf("digest.%s.%d@%s", now.UTC().Format("20060102T1504"), i, domainOf(d.config.Service.Address))
		m, err := d.examiner.Composer.Digest(*facts, notify.StaffEnvelope{To: []string{to}, MessageID: id, At: now})
		if err != nil {
			return fmt.Errorf("writing the digest: %w", err)
		}
		mails = append(mails, store.Mail{Kind: store.DigestMail, Template: "digest", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: to, Raw: m.Raw})
	}
	if err := d.db.QueueMail(ctx, "", mails...); err != nil {
		return err
	}
	return d.db.Beat(ctx, beatDigest, now)
}

// digestFacts collects what the digest tells, since the last one.
func (d *daemon) digestFacts(ctx context.Context, now time.Time) (*notify.DigestFacts, error) {
	beats, err := d.db.Beats(ctx)
	if err != nil {
		return nil, err
	}
	from := beats[beatDigest]
	if from.IsZero() {
		from = now.AddDate(0, 0, -7)
	}
	f, err := d.db.DigestFacts(ctx, from, now)
	if err != nil {
		return nil, err
	}
	return d.digestOf(f), nil
}

// digestOf says the store's facts in the digest's words.
func (d *daemon) digestOf(f *store.Facts) *notify.DigestFacts {
	out := &notify.DigestFacts{From: f.From, At: f.At, Counts: outcomesOf(f), Urgent: digestLines(f.Urgent), Held: digestLines(f.Held),
		Waiting: digestLines(f.Waiting), Look: digestLines(f.Look), LastRead: f.LastRead, Seen: f.Seen, Accounted: f.Decided,
		AuditHead: f.AuditHead, Queued: f.Queued, Notices: d.notices(f)}
	for _, w := range f.Weeks {
		out.Weeks = append(out.Weeks, notify.Week{Start: w.Monday, Counts: w.Outcomes})
	}
	for _, r := range f.Due {
		out.Reviews = append(out.Reviews, notify.ReviewLine{Reference: notify.Reference(r.Reference), Code: r.Review.Code, Due: r.Review.Due, Overdue: r.Overdue})
	}
	for _, x := range f.Failed {
		out.Failed = append(out.Failed, notify.FailureLine{Reference: notify.Reference(x.Reference), What: notify.LetterFailed})
	}
	for _, x := range f.Failures {
		out.Failed = append(out.Failed, notify.FailureLine{Reference: notify.Reference(x.Reference), What: notify.JobFailed})
	}
	return out
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
			if l.Code == triage.CodeHigherLevel {
				l.Next = notify.StepRelease // a signposting letter is drafted (clause prevention_only)
			}
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
		{f.At.Sub(f.LastRead) > silence, notify.IntakeSilent},
	} {
		if n.holds {
			all = append(all, n.notice)
		}
	}
	return all
}

// silence is how long the mailbox may go unread before staff are told.
const silence = 15 * time.Minute

// beatSilent marks that staff were told that intake is silent.
const beatSilent = "told_silent"

// watchdog tells staff, once, when the mailbox has not been read for a while, and again when it is read.
func (d *daemon) watchdog(ctx context.Context) error {
	beats, err := d.db.Beats(ctx)
	if err != nil {
		return err
	}
	now, read, told := time.Now(), beats[store.BeatRead], beats[beatSilent]
	silent := !read.IsZero() && now.Sub(read) > silence
	switch {
	case silent && !told.After(read):
		return d.tell(ctx, notify.TroubleIntakeSilent, read, false, now)
	case !silent && !told.IsZero() && told.Before(read) && now.Sub(told) < 7*24*time.Hour && beats[beatRecovered].Before(told):
		return d.tell(ctx, notify.TroubleIntakeSilent, told, true, now)
	}
	return nil
}

// beatRecovered marks that staff were told that intake works again.
const beatRecovered = "told_recovered"

func (d *daemon) tell(ctx context.Context, what notify.Trouble, since time.Time, recovered bool, now time.Time) error {
	var mails []store.Mail
	for i, to := range urgentTo(d.config) {
		id := fmt.Sprintf("trouble.%s.%d@%s", now.UTC().Format("20060102T150405"), i, domainOf(d.config.Service.Address))
		m, err := d.examiner.Composer.Trouble(what, since, recovered, notify.StaffEnvelope{To: []string{to}, MessageID: id, At: now})
		if err != nil {
			return fmt.Errorf("writing to staff: %w", err)
		}
		mails = append(mails, store.Mail{Kind: store.AlertMail, Template: "trouble", MessageID: id, From: serverOf(d.config, nil).EnvelopeFrom, To: to, Raw: m.Raw})
	}
	if err := d.db.QueueMail(ctx, "", mails...); err != nil {
		return err
	}
	step := beatSilent
	if recovered {
		step = beatRecovered
	}
	return d.db.Beat(ctx, step, now)
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
			id := fmt.Sprintf("%s.again.%s.%d@%s", strings.ToLower(strings.ReplaceAll(c.Reference, "/", "-")), now.UTC().Format("20060102T1504"), i, domainOf(d.config.Service.Address))
			m, err := d.alert(c.Reference, weightiestOr(c.Codes), c.Arrived, true, to, id)
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
