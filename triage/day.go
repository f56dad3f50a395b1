package triage

import "time"

// A day is kept as midnight UTC, so that days compare and print without a place.

// dayOf returns the day on which something happened, in the given place.
func dayOf(t time.Time, place *time.Location) time.Time {
	y, m, d := t.In(place).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// parseDay reads an ISO date.
func parseDay(iso string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	return t, err == nil
}

// longDay is how letters and reasons write a day: "5 October 2026".
const longDay = "2 January 2006"

// ageOn returns the completed years on a day. A child of 29 February has a birthday on 1 March in other years.
func ageOn(birth, on time.Time) int {
	years := on.Year() - birth.Year()
	if on.Before(birth.AddDate(years, 0, 0)) {
		years--
	}
	return years
}

// schoolYearOn returns the school year of a child's age group on a day: the age on the 31 August before the school
// year's first day, 1 September, less four. A child who was 9 on that day is in year 5.
func schoolYearOn(birth, on time.Time) int {
	start := on.Year()
	if on.Month() < time.September {
		start--
	}
	return ageOn(birth, time.Date(start, time.August, 31, 0, 0, 0, 0, time.UTC)) - 4
}

// addMonths returns the same day some months later, or that month's last day where it has no such day.
func addMonths(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	if d >= last.Day() {
		return last
	}
	return time.Date(y, m+time.Month(months), d, 0, 0, 0, 0, time.UTC)
}
