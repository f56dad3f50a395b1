package notify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"referrald/triage"
)

// StatusFacts are what a configured hub is told of a recorded change of status: a reference, and the two thresholds of
// source document B (clause tracker).
type StatusFacts struct {
	Reference Reference
	Before    triage.Pathway // "" where it was not recorded
	Status    triage.Pathway // now
	At        time.Time      // when it was recorded
}

var errStatus = errors.New("a notice of a status needs a reference, a time and a pathway of the list")

var pathways = [...]triage.Pathway{triage.PathwayEmerging, triage.PathwayModerate, triage.PathwaySignificant, triage.PathwayUnknown}

// StatusNotice writes to the hub that the operator has configured (clause tracker). It names nobody: the hub asks, by the
// reference, over a road of its own.
func (c *Composer) StatusNotice(f StatusFacts, e StaffEnvelope) (Mail, error) {
	if f.Before == "" {
		f.Before = triage.PathwayUnknown
	}
	if !f.Reference.Valid() || !slices.Contains(pathways[:], f.Before) || !slices.Contains(pathways[:], f.Status) || f.At.IsZero() {
		return Mail{}, fmt.Errorf("writing a notice: %w", errStatus)
	}
	blocks := []block{
		{Kind: warningBlock, Text: Emergency},
		{Kind: titleBlock, Text: "A changed status: " + f.Reference.shown()},
		{Kind: paragraphBlock, Text: "A status on the exploitation tracker has changed. To learn whom it concerns, please ask us by the reference; this email names nobody on purpose."},
		{Kind: factsBlock, Facts: []fact{
			{"Reference", f.Reference.shown()}, {"Status before", string(f.Before)}, {"Status now", string(f.Status)}, {"Recorded", c.when(f.At)},
		}},
		{Kind: headingBlock, Text: "To speak to a person"},
		{Kind: paragraphBlock, Text: c.service.Reach},
	}
	m, err := c.mail("Tracker: status changed for "+f.Reference.shown(), blocks, nil, &e)
	if err != nil {
		return Mail{}, fmt.Errorf("writing a notice: %w", err)
	}
	return m, nil
}

// lower makes a title's first letter small, for the middle of a line.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
