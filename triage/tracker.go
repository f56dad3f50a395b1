package triage

import (
	"slices"
	"time"
)

// A Review is one date of the exploitation tracker (source document B, clause tracker) for an accepted case.
type Review struct {
	Code Code      `json:"code"` // CodeStatusReview or CodeToolReview
	Due  time.Time `json:"due"`  // a day, as midnight UTC
}

// Overdue tells whether the review was due before a day.
func (r Review) Overdue(today time.Time) bool { return r.Due.Before(today) }

// A TrackerEvent is something that brings the tool's review forward.
type TrackerEvent string

// The events of the clause tracker: "or sooner if significant incident and transferring or closing case".
const (
	SignificantIncident TrackerEvent = "significant_incident"
	Transfer            TrackerEvent = "transfer"
	Closing             TrackerEvent = "closing"
)

// TrackerEvents lists the events.
var TrackerEvents = [...]TrackerEvent{SignificantIncident, Transfer, Closing}

// Months between two reviews (clause tracker).
const (
	statusReviewMonths = 1
	toolReviewMonths   = 6
)

// A Tracked is what the tracker knows of an accepted case. A zero time is something that has not happened.
type Tracked struct {
	Accepted      time.Time // when the case was accepted
	ToolCompleted time.Time // the day on the tool that came with it, as midnight UTC
	StatusReview  time.Time // the last review of the status
	ToolReview    time.Time // the last review of the tool
	Event         time.Time // the last significant incident, transfer or closing
	Closed        time.Time
}

// Reviews returns when the status and the tool are to be reviewed next, the earlier first; none for a closed case whose
// closing has been reviewed. Days count in the given place. The status is reviewed each month; the tool every six
// months from its completion or last review, and on the very day of an event that was not reviewed since.
func (t Tracked) Reviews(place *time.Location) []Review {
	day := func(at time.Time) time.Time {
		if at.IsZero() {
			return at
		}
		return dayOf(at, place)
	}
	reviewed := t.ToolReview
	open := t.Closed.IsZero()
	event := latest(t.Event, t.Closed)
	tool := Review{CodeToolReview, addMonths(latest(t.toolDay(place), day(reviewed)), toolReviewMonths)}
	if !event.IsZero() && event.After(reviewed) {
		tool.Due = earliest(tool.Due, day(event))
	} else if !open {
		return nil
	}
	if !open {
		return []Review{tool}
	}
	status := Review{CodeStatusReview, addMonths(day(latest(t.Accepted, t.StatusReview)), statusReviewMonths)}
	out := []Review{status, tool}
	slices.SortStableFunc(out, func(a, b Review) int { return a.Due.Compare(b.Due) })
	return out
}

// toolDay is the day from which the first six months count: the tool's own, or the acceptance where it is not known.
func (t Tracked) toolDay(place *time.Location) time.Time {
	if t.ToolCompleted.IsZero() {
		return dayOf(t.Accepted, place)
	}
	return t.ToolCompleted
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
