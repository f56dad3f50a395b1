package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Europe/London on machines without zone files
)

// A calendar knows the moments at which the digest is due: set times on set days in Europe/London, so that 08:30 stays
// 08:30 when the clocks change, and never on a holiday.
type calendar struct {
	zone     *time.Location
	times    []clockTime
	days     map[time.Weekday]bool
	holidays []string // "2026-12-25"
}

type clockTime struct{ hour, minute int }

var weekdays = map[string]time.Weekday{"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday,
	"thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday}

// newCalendar reads the digest's times, days and holidays, and reports every one that cannot be read.
func newCalendar(d DigestConfig) (*calendar, Faults) {
	var f Faults
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, Faults{{"digest.times", "the zone Europe/London is not known here", "Install the system's zone files."}}
	}
	c := &calendar{zone: zone, days: map[time.Weekday]bool{}, holidays: d.Holidays}
	for _, text := range d.Times {
		at, err := time.Parse("15:04", text)
		if err != nil {
			f = append(f, Fault{"digest.times", fmt.Sprintf("%q is not a time of day", text), `Write it as "08:30".`})
		}
		c.times = append(c.times, clockTime{at.Hour(), at.Minute()})
	}
	for _, text := range d.Days {
		day, ok := weekdays[strings.ToLower(text)]
		if !ok {
			f = append(f, Fault{"digest.days", fmt.Sprintf("%q is not a day", text), "Write mon, tue, wed, thu, fri, sat or sun."})
		}
		c.days[day] = true
	}
	for _, text := range d.Holidays {
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			f = append(f, Fault{"digest.holidays", fmt.Sprintf("%q is not a day", text), `Write it as "2026-12-25".`})
		}
	}
	if len(c.times) == 0 || len(c.days) == 0 {
		f = append(f, Fault{"digest.times", "the digest would never be sent", "Name at least one time and one day."})
	}
	return c, f
}

// Next returns the first moment after t at which a digest is due.
func (c *calendar) Next(t time.Time) time.Time {
	day := t.In(c.zone)
	for range 400 { // more than a year of holidays would be no calendar
		if due := c.nextOn(day, t); !due.IsZero() {
			return due
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, c.zone)
	}
	return t.AddDate(1, 0, 0)
}

func (c *calendar) nextOn(day, after time.Time) time.Time {
	if !c.days[day.Weekday()] || slices.Contains(c.holidays, day.Format(time.DateOnly)) {
		return time.Time{}
	}
	var first time.Time
	for _, at := range c.times {
		due := time.Date(day.Year(), day.Month(), day.Day(), at.hour, at.minute, 0, 0, c.zone)
		if due.After(after) && (first.IsZero() || due.Before(first)) {
			first = due
		}
	}
	return first
}
