package triage

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestReviews(t *testing.T) {
	london := testPolicy(t).London
	accepted := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		t    Tracked
		want []Review
	}{
		{"accepted", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28)}, []Review{{CodeStatusReview, date(2026, 11, 5)}, {CodeToolReview, date(2027, 3, 28)}}},
		{"without a day on the tool", Tracked{Accepted: accepted}, []Review{{CodeStatusReview, date(2026, 11, 5)}, {CodeToolReview, date(2027, 4, 5)}}},
		{"the tool is due first", Tracked{Accepted: accepted, ToolCompleted: date(2026, 4, 6)}, []Review{{CodeToolReview, date(2026, 10, 6)}, {CodeStatusReview, date(2026, 11, 5)}}},
		{"status reviewed on 31 January", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28), StatusReview: date(2027, 1, 31)}, []Review{{CodeStatusReview, date(2027, 2, 28)}, {CodeToolReview, date(2027, 3, 28)}}},
		{"incident", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28), Event: time.Date(2026, 10, 20, 23, 30, 0, 0, time.UTC)}, []Review{{CodeToolReview, date(2026, 10, 21)}, {CodeStatusReview, date(2026, 11, 5)}}},
		{"incident reviewed", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28), Event: date(2026, 10, 20), ToolReview: date(2026, 10, 22)}, []Review{{CodeStatusReview, date(2026, 11, 5)}, {CodeToolReview, date(2027, 4, 22)}}},
		{"closed", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28), Closed: date(2026, 12, 1)}, []Review{{CodeToolReview, date(2026, 12, 1)}}},
		{"closed and reviewed", Tracked{Accepted: accepted, ToolCompleted: date(2026, 9, 28), Closed: date(2026, 12, 1), ToolReview: date(2026, 12, 2)}, nil},
	} {
		if d := cmp.Diff(c.want, c.t.Reviews(london)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	r := Review{CodeStatusReview, date(2026, 11, 5)}
	if r.Overdue(date(2026, 11, 5)) || !r.Overdue(date(2026, 11, 6)) {
		t.Error("a review is overdue from the day after it is due")
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   time.Time
		months int
		want   time.Time
	}{
		{date(2026, 8, 31), 6, date(2027, 2, 28)}, {date(2027, 8, 31), 6, date(2028, 2, 29)}, {date(2026, 2, 28), 6, date(2026, 8, 28)},
		{date(2026, 10, 15), 3, date(2027, 1, 15)}, {date(2026, 12, 31), 2, date(2027, 2, 28)}, {date(2026, 4, 30), 1, date(2026, 5, 30)},
	} {
		if got := addMonths(c.from, c.months); !got.Equal(c.want) {
			t.Errorf("%s and %d months: %s, want %s", c.from.Format(longDay), c.months, got.Format(longDay), c.want.Format(longDay))
		}
	}
}
