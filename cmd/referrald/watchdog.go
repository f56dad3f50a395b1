package main

import (
	"slices"
	"time"

	"referrald/notify"
	"referrald/store"
)

// The watchdog's rules go by the last time that each step went well, never by whether a process lives: what is active and
// does nothing is dead, too. They are pure; guard.go asks them and tells.

// Steps of the day that are kept beside store.BeatRead.
const (
	beatRefused = "login_refused" // the mailbox refused the login
	beatSent    = "smtp_answered" // the server took a mail, or refused one for that mail's own sake
	beatUnsent  = "smtp_failing"  // the first failure of the server since then
)

// How long a step may fail or rest before staff are told. Each bears a server's restart and a slow message.
const (
	silence   = 15 * time.Minute // of the mailbox
	refusals  = 5 * time.Minute  // of the login
	unsent    = 10 * time.Minute
	undecided = 20 * time.Minute // longer than the longest job
	unwritten = 3 * time.Minute  // of the store
	unmoved   = time.Hour        // of a decided message
	unseen    = 30 * time.Minute // of a trial message
	settling  = 2 * time.Minute  // after a start nothing is judged
	expiring  = 7 * 24 * time.Hour
)

// A pulse is what the watchdog goes by.
type pulse struct {
	store.Pulse
	Started time.Time     // of this daemon; zero for who only looks
	Expires time.Time     // of the mailbox's secret, zero where that is not known
	Canary  time.Duration // between trial messages, 0 for none
}

// A health is what a rule says of its step. Unsure leaves things as they are.
type health int

const (
	unsure health = iota
	well
	ill
)

// A verdict is a rule's health, and since when it is ill.
type verdict struct {
	health health
	since  time.Time
}

// judge asks every rule but that of the store, without which there is no pulse.
func (p *pulse) judge(now time.Time) map[notify.Trouble]verdict {
	if now.Sub(p.Started) < settling {
		return nil
	}
	login := p.login(now)
	all := map[notify.Trouble]verdict{
		notify.TroubleMailLogin: login, notify.TroubleIntakeSilent: p.intake(now, login), notify.TroubleSending: p.sending(now),
		notify.TroubleSecret: p.secret(now), notify.TroubleJobs: p.jobs(now),
	}
	all[notify.TroubleMoving] = p.moving(now, all)
	all[notify.TroubleCanary] = p.canary(now, all)
	return all
}

// read is when the mailbox was last read; where it never was, the daemon's start.
func (p *pulse) read() time.Time {
	if read := p.Beats[store.BeatRead]; !read.IsZero() {
		return read
	}
	return p.Started
}

func (p *pulse) login(now time.Time) verdict {
	refused, read := p.Beats[beatRefused], p.read()
	switch {
	case !refused.After(read):
		return verdict{health: well}
	case now.Sub(read) > refusals:
		return verdict{ill, read}
	}
	return verdict{}
}

// intake says nothing while the login is refused, which says it better.
func (p *pulse) intake(now time.Time, login verdict) verdict {
	read := p.read()
	switch {
	case now.Sub(read) <= silence:
		return verdict{health: well}
	case login.health == ill || read.IsZero():
		return verdict{}
	}
	return verdict{ill, read}
}

func (p *pulse) sending(now time.Time) verdict {
	failing, sent := p.Beats[beatUnsent], p.Beats[beatSent]
	switch {
	case !failing.After(sent):
		return verdict{health: well}
	case now.Sub(failing) > unsent:
		return verdict{ill, failing}
	}
	return verdict{}
}

func (p *pulse) secret(now time.Time) verdict {
	if p.Expires.IsZero() || p.Expires.Sub(now) > expiring {
		return verdict{health: well}
	}
	return verdict{ill, p.Expires}
}

// jobs looks at the oldest message that waits, and whether the periodic work is still put in.
func (p *pulse) jobs(now time.Time) verdict {
	round := p.Beats[store.BeatPeriodic(alarmsWork)]
	switch {
	case !p.Undecided.IsZero() && now.Sub(p.Undecided) > undecided:
		return verdict{ill, p.Undecided}
	case !round.IsZero() && now.Sub(round) > alarmEvery+undecided:
		return verdict{ill, round}
	}
	return verdict{health: well}
}

// moving says nothing while the mailbox is away or no work is done, which explains it.
func (p *pulse) moving(now time.Time, others map[notify.Trouble]verdict) verdict {
	switch {
	case p.Unsettled.IsZero() || now.Sub(p.Unsettled) <= unmoved:
		return verdict{health: well}
	case anyIll(others, notify.TroubleMailLogin, notify.TroubleIntakeSilent, notify.TroubleJobs):
		return verdict{}
	}
	return verdict{ill, p.Unsettled}
}

// canary is ill until one that was sent later comes back; the next one's being on its way says nothing. While another
// trouble explains that none comes it is silent.
func (p *pulse) canary(now time.Time, others map[notify.Trouble]verdict) verdict {
	sent, returned := p.Beats[beatCanarySent], p.Beats[beatCanaryReturned]
	switch {
	case p.Canary == 0 || sent.IsZero() || !returned.Before(sent):
		return verdict{health: well}
	case anyIll(others, notify.TroubleMailLogin, notify.TroubleIntakeSilent, notify.TroubleSending, notify.TroubleJobs):
		return verdict{}
	case now.Sub(sent) > unseen:
		return verdict{ill, sent}
	case !returned.IsZero() && returned.After(p.Beats[told(notify.TroubleCanary)]):
		return verdict{health: well}
	}
	return verdict{}
}

func anyIll(verdicts map[notify.Trouble]verdict, which ...notify.Trouble) bool {
	return slices.ContainsFunc(which, func(what notify.Trouble) bool { return verdicts[what].health == ill })
}

// What has been told is kept among the steps, so that a daemon that takes over tells nothing twice.
func told(t notify.Trouble) string  { return "told:" + string(t) }
func over(t notify.Trouble) string  { return "over:" + string(t) }
func since(t notify.Trouble) string { return "since:" + string(t) }

// A turn is what staff are to be told.
type turn struct {
	what      notify.Trouble
	since     time.Time
	recovered bool
}

// turns compares what is with what was told.
func turns(verdicts map[notify.Trouble]verdict, beats map[string]time.Time) (all []turn) {
	for _, what := range notify.Troubles() {
		v, lasting := verdicts[what], beats[told(what)].After(beats[over(what)])
		switch {
		case v.health == ill && !lasting:
			all = append(all, turn{what, v.since, false})
		case v.health == well && lasting:
			all = append(all, turn{what, beats[since(what)], true})
		}
	}
	return all
}

// lines are the troubles of a digest: those that last, and those that ended since from.
func (p *pulse) lines(from, now time.Time) (all []notify.TroubleLine) {
	verdicts := p.judge(now)
	for _, what := range notify.Troubles() {
		v, begun, ended := verdicts[what], p.Beats[since(what)], p.Beats[over(what)]
		lasting := p.Beats[told(what)].After(ended)
		switch {
		case v.health == ill:
			all = append(all, notify.TroubleLine{What: what, Since: v.since})
		case lasting && v.health == unsure:
			all = append(all, notify.TroubleLine{What: what, Since: begun})
		case lasting:
			all = append(all, notify.TroubleLine{What: what, Since: begun, Over: now})
		case ended.After(from):
			all = append(all, notify.TroubleLine{What: what, Since: begun, Over: ended})
		}
	}
	return all
}
