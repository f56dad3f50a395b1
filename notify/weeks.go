package notify

import (
	"fmt"

	"referrald/triage"
)

// mostWeeks is how many weeks the chart shows.
const mostWeeks = 12

// recent returns the last weeks that chart and table show.
func recent(weeks []Week) []Week { return weeks[max(0, len(weeks)-mostWeeks):] }

// columns are the outcomes that chart and table show: machine mail only where there was some.
func columns(weeks []Week) (out []triage.Outcome) {
	for _, c := range charted {
		seen := c.outcome != triage.Ignore
		for _, w := range weeks {
			seen = seen || w.Counts[c.outcome] > 0
		}
		if seen {
			out = append(out, c.outcome)
		}
	}
	return out
}

// weeks are the picture and, beside it, its numbers.
func (c *Composer) weeks(all []Week) []block {
	weeks := recent(all)
	shown := columns(weeks)
	g := grid{Head: []string{"Week from"}}
	for _, o := range shown {
		g.Head = append(g.Head, outcomeWord(o))
	}
	g.Head = append(g.Head, "all")
	for _, w := range weeks {
		row := []string{w.Start.In(c.policy.London).Format("2 Jan")}
		total := 0
		for _, o := range shown {
			total += w.Counts[o]
			row = append(row, fmt.Sprint(w.Counts[o]))
		}
		g.Rows = append(g.Rows, append(row, fmt.Sprint(total)))
	}
	return []block{
		{Kind: headingBlock, Text: "The last weeks, by outcome"},
		{Kind: pictureBlock, Image: picture{ID: chartID, Says: "Bars of the outcomes of each week; the table below has the same numbers."}},
		{Kind: gridBlock, Grid: g},
	}
}
