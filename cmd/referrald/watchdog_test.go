package main

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"referrald/notify"
	"referrald/store"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return noon.Add(-d) }

const hour, minute = time.Hour, time.Minute

// beatsAt are steps by how long ago they were done.
func beatsAt(m map[string]time.Duration) map[string]time.Time {
	out := map[string]time.Time{}
	for step, d := range m {
		out[step] = ago(d)
	}
	return out
}

// TestWatchdogRules has, for each rule, what it must be ill at, and beside it what looks like that and is not.
func TestWatchdogRules(t *testing.T) {
	healthy := map[string]time.Duration{store.BeatRead: minute, beatSent: 2 * hour, store.BeatPeriodic(alarmsWork): 10 * minute}
	type beats map[string]time.Duration
	for name, x := range map[string]struct {
		beats beats
		pulse pulse
		ill   map[notify.Trouble]time.Duration // since how long ago
	}{
		"all is well":                  {},
		"a new daemon on a new store":  {beats: beats{store.BeatRead: 0}, pulse: pulse{Started: ago(minute)}},
		"never read":                   {beats: beats{store.BeatRead: -1}, pulse: pulse{Started: ago(16 * minute)}, ill: map[notify.Trouble]time.Duration{notify.TroubleIntakeSilent: 16 * minute}},
		"not read yet":                 {beats: beats{store.BeatRead: -1}, pulse: pulse{Started: ago(14 * minute)}},
		"silent":                       {beats: beats{store.BeatRead: 16 * minute}, ill: map[notify.Trouble]time.Duration{notify.TroubleIntakeSilent: 16 * minute}},
		"quiet for a while":            {beats: beats{store.BeatRead: 14 * minute}},
		"started after a long stop":    {beats: beats{store.BeatRead: 50 * hour}, pulse: pulse{Started: ago(minute)}},
		"login refused":                {beats: beats{store.BeatRead: 20 * minute, beatRefused: minute}, ill: map[notify.Trouble]time.Duration{notify.TroubleMailLogin: 20 * minute}},
		"login refused once":           {beats: beats{store.BeatRead: 2 * minute, beatRefused: minute}},
		"login refused long ago":       {beats: beats{beatRefused: 2 * hour}},
		"login refused before any was": {beats: beats{store.BeatRead: -1, beatRefused: minute}, pulse: pulse{Started: ago(6 * minute)}, ill: map[notify.Trouble]time.Duration{notify.TroubleMailLogin: 6 * minute}},
		"server down":                  {beats: beats{beatUnsent: 11 * minute}, ill: map[notify.Trouble]time.Duration{notify.TroubleSending: 11 * minute}},
		"server down for a moment":     {beats: beats{beatUnsent: 9 * minute}},
		"server was down":              {beats: beats{beatUnsent: 3 * hour}},
		"server never worked":          {beats: beats{beatSent: -1, beatUnsent: hour}, ill: map[notify.Trouble]time.Duration{notify.TroubleSending: hour}},
		"secret expires":               {pulse: pulse{Expires: noon.Add(6 * 24 * hour)}, ill: map[notify.Trouble]time.Duration{notify.TroubleSecret: -6 * 24 * hour}},
		"secret expired":               {pulse: pulse{Expires: ago(hour)}, ill: map[notify.Trouble]time.Duration{notify.TroubleSecret: hour}},
		"secret lasts":                 {pulse: pulse{Expires: noon.Add(8 * 24 * hour)}},
		"a message waits":              {pulse: pulse{Pulse: store.Pulse{Undecided: ago(21 * minute)}}, ill: map[notify.Trouble]time.Duration{notify.TroubleJobs: 21 * minute}},
		"a message is worked on":       {pulse: pulse{Pulse: store.Pulse{Undecided: ago(19 * minute)}}},
		"a message is not moved":       {pulse: pulse{Pulse: store.Pulse{Unsettled: ago(61 * minute)}}, ill: map[notify.Trouble]time.Duration{notify.TroubleMoving: 61 * minute}},
		"a message is not moved yet":   {pulse: pulse{Pulse: store.Pulse{Unsettled: ago(59 * minute)}}},
		"not moved for a reason": {beats: beats{store.BeatRead: hour}, pulse: pulse{Pulse: store.Pulse{Unsettled: ago(2 * hour)}},
			ill: map[notify.Trouble]time.Duration{notify.TroubleIntakeSilent: hour}},
		"periodic work is not done": {beats: beats{store.BeatPeriodic(alarmsWork): hour}, ill: map[notify.Trouble]time.Duration{notify.TroubleJobs: hour}},
		"canary lost":               {beats: beats{beatCanarySent: 31 * minute, beatCanaryReturned: 2 * hour}, pulse: pulse{Canary: hour}, ill: map[notify.Trouble]time.Duration{notify.TroubleCanary: 31 * minute}},
		"first canary lost":         {beats: beats{beatCanarySent: 31 * minute}, pulse: pulse{Canary: hour}, ill: map[notify.Trouble]time.Duration{notify.TroubleCanary: 31 * minute}},
		"canary on its way":         {beats: beats{beatCanarySent: 29 * minute, beatCanaryReturned: 2 * hour}, pulse: pulse{Canary: hour}},
		"canary back":               {beats: beats{beatCanarySent: 31 * minute, beatCanaryReturned: 31 * minute}, pulse: pulse{Canary: hour}},
		"no canaries any more":      {beats: beats{beatCanarySent: 31 * minute, beatCanaryReturned: 2 * hour}},
		"canary lost for a reason": {beats: beats{beatCanarySent: 31 * minute, beatCanaryReturned: 2 * hour, beatUnsent: hour}, pulse: pulse{Canary: hour},
			ill: map[notify.Trouble]time.Duration{notify.TroubleSending: hour}},
	} {
		t.Run(name, func(t *testing.T) {
			steps := maps.Clone(healthy)
			maps.Copy(steps, x.beats)
			maps.DeleteFunc(steps, func(_ string, d time.Duration) bool { return d < 0 })
			p := x.pulse
			p.Beats = beatsAt(steps)
			got := map[notify.Trouble]time.Duration{}
			for what, v := range p.judge(noon) {
				if v.health == ill {
					got[what] = noon.Sub(v.since)
				}
			}
			if diff := cmp.Diff(x.ill, got); diff != "" && len(x.ill)+len(got) > 0 {
				t.Errorf("ill (-want +got):\n%s", diff)
			}
		})
	}
}

// Between well and ill nothing is said: neither that it begins nor that it is over.
func TestWatchdogIsUnsureBetween(t *testing.T) {
	told := map[string]time.Duration{told(notify.TroubleCanary): 2 * hour, told(notify.TroubleMailLogin): 2 * hour, told(notify.TroubleSending): 2 * hour}
	for name, beats := range map[string]map[string]time.Duration{
		"the next canary is on its way":    {beatCanarySent: minute, beatCanaryReturned: 5 * hour},
		"the login was refused once again": {store.BeatRead: 2 * minute, beatRefused: minute},
		"the server failed just now":       {beatSent: 5 * minute, beatUnsent: minute},
	} {
		maps.Copy(beats, told)
		if beats[store.BeatRead] == 0 {
			beats[store.BeatRead] = minute
		}
		p := pulse{Pulse: store.Pulse{Beats: beatsAt(beats)}, Canary: hour}
		over := turns(p.judge(noon), p.Beats)
		for _, c := range over {
			if name == "the next canary is on its way" && c.what == notify.TroubleCanary || c.what == notify.TroubleMailLogin && beats[beatRefused] > 0 || c.what == notify.TroubleSending && beats[beatUnsent] > 0 {
				t.Errorf("%s: told %+v", name, c)
			}
		}
	}
}

// What was told once is told no more until it is over, and that once, with its beginning.
func TestTurnsAreToldOnce(t *testing.T) {
	verdicts := map[notify.Trouble]verdict{notify.TroubleSending: {ill, ago(hour)}, notify.TroubleMailLogin: {health: well}, notify.TroubleJobs: {}}
	for name, x := range map[string]struct {
		beats map[string]time.Duration
		want  []turn
	}{
		"new":             {nil, []turn{{notify.TroubleSending, ago(hour), false}}},
		"told":            {map[string]time.Duration{told(notify.TroubleSending): minute}, nil},
		"told and over":   {map[string]time.Duration{told(notify.TroubleSending): 3 * hour, over(notify.TroubleSending): 2 * hour}, []turn{{notify.TroubleSending, ago(hour), false}}},
		"another is over": {map[string]time.Duration{told(notify.TroubleSending): minute, told(notify.TroubleMailLogin): hour, since(notify.TroubleMailLogin): 2 * hour}, []turn{{notify.TroubleMailLogin, ago(2 * hour), true}}},
		"unsure":          {map[string]time.Duration{told(notify.TroubleSending): minute, told(notify.TroubleJobs): hour}, nil},
	} {
		if diff := cmp.Diff(x.want, turns(verdicts, beatsAt(x.beats)), cmp.AllowUnexported(turn{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTroublesInTheDigest(t *testing.T) {
	p := pulse{Pulse: store.Pulse{Undecided: ago(hour), Beats: beatsAt(map[string]time.Duration{
		store.BeatRead: minute, beatSent: minute, beatUnsent: 2 * hour,
		told(notify.TroubleMailLogin): 5 * hour, since(notify.TroubleMailLogin): 6 * hour, over(notify.TroubleMailLogin): 4 * hour, // since the last digest
		told(notify.TroubleCanary): 50 * hour, since(notify.TroubleCanary): 51 * hour, over(notify.TroubleCanary): 49 * hour, // before it
		told(notify.TroubleSending): hour, since(notify.TroubleSending): 2 * hour, // over just now, not told yet
	})}}
	want := []notify.TroubleLine{{What: notify.TroubleMailLogin, Since: ago(6 * hour), Over: ago(4 * hour)}, {What: notify.TroubleJobs, Since: ago(hour)}, {What: notify.TroubleSending, Since: ago(2 * hour), Over: noon}}
	if diff := cmp.Diff(want, p.lines(ago(24*hour), noon)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// Every trouble but that of the store has its rule, so that none of the closed words stands for nothing.
func TestEveryTroubleHasItsRule(t *testing.T) {
	p := pulse{}
	judged := slices.Collect(maps.Keys(p.judge(noon)))
	for _, what := range notify.Troubles() {
		if what != notify.TroubleStore && !slices.Contains(judged, what) {
			t.Errorf("no rule judges %s", what)
		}
	}
}
