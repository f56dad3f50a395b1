package main

import (
	"testing"
	"time"
)

func TestCalendarNext(t *testing.T) {
	c, faults := newCalendar(DigestConfig{Times: []string{"15:30", "08:30"}, Days: []string{"mon", "tue", "wed", "thu", "fri"},
		Holidays: []string{"2026-12-25", "2026-12-28"}})
	if faults != nil {
		t.Fatal(faults)
	}
	for _, tt := range []struct{ name, now, want string }{
		{"before the first of the day", "2026-11-24T07:00:00Z", "2026-11-24T08:30:00Z"},
		{"at the very moment the next is meant", "2026-11-24T08:30:00Z", "2026-11-24T15:30:00Z"},
		{"after the last of the day", "2026-11-24T16:00:00Z", "2026-11-25T08:30:00Z"},
		{"over the weekend", "2026-11-27T16:00:00Z", "2026-11-30T08:30:00Z"},
		{"summer time: 08:30 in London is 07:30 UTC", "2026-07-01T05:00:00Z", "2026-07-01T07:30:00Z"},
		{"the night the clocks go back", "2026-10-23T15:00:00Z", "2026-10-26T08:30:00Z"},
		{"the night the clocks go forward", "2026-03-27T16:00:00Z", "2026-03-30T07:30:00Z"},
		{"over Christmas", "2026-12-24T16:00:00Z", "2026-12-29T08:30:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Next(now).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("Next(%s) = %s, want %s", tt.now, got, tt.want)
			}
		})
	}
}

func TestCalendarFaults(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    DigestConfig
		key  string
	}{
		{"time", DigestConfig{Times: []string{"8.30"}, Days: []string{"mon"}}, "digest.times"},
		{"day", DigestConfig{Times: []string{"08:30"}, Days: []string{"monday"}}, "digest.days"},
		{"holiday", DigestConfig{Times: []string{"08:30"}, Days: []string{"mon"}, Holidays: []string{"25 December"}}, "digest.holidays"},
		{"no time at all", DigestConfig{Days: []string{"mon"}}, "digest.times"},
		{"no day at all", DigestConfig{Times: []string{"08:30"}}, "digest.times"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := newCalendar(tt.d)
			if len(faults) == 0 || faults[0].Key != tt.key || faults[0].Remedy == "" {
				t.Errorf("faults = %v, want one for %s with a remedy", faults, tt.key)
			}
		})
	}
}
