package notify

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A TrackerStatus is a closed word for how a case stands on the exploitation tracker (source document B).
type TrackerStatus string

// The statuses: the three thresholds, and how a case leaves them.
const (
	StatusEmerging    TrackerStatus = "emerging"
	StatusModerate    TrackerStatus = "moderate"
	StatusSignificant TrackerStatus = "significant"
	StatusTransferred TrackerStatus = "transferred"
	StatusClosed      TrackerStatus = "closed"
	StatusUnknown     TrackerStatus = "unknown"
)

// TrackerStatuses lists the statuses.
var TrackerStatuses = [...]TrackerStatus{StatusEmerging, StatusModerate, StatusSignificant, StatusTransferred, StatusClosed, StatusUnknown}

// Known tells whether the status is one of the list.
func (s TrackerStatus) Known() bool {
	for _, k := range TrackerStatuses {
		if k == s {
			return true
		}
	}
	return false
}

// StatusFacts are what a configured hub is told of a recorded change of status: a reference and two words.
type StatusFacts struct {
	Reference   Reference
	Before, Now TrackerStatus
	Changed     time.Time
}

var errStatus = errors.New("a notice of a status needs a reference and two statuses of the list")

// StatusNotice writes to the hub that the operator has configured (clause tracker). It names nobody: the hub asks, by the
// reference, over a road of its own.
func (c *Composer) StatusNotice(f StatusFacts, e StaffEnvelope) (Mail, error) {
	if !f.Reference.Valid() || !f.Before.Known() || !f.Now.Known() || f.Changed.IsZero() {
		return Mail{}, fmt.Errorf("writing a notice: %w", errStatus)
	}
	blocks := []block{
		{Kind: warningBlock, Text: Emergency},
		{Kind: titleBlock, Text: "A changed status: " + f.Reference.shown()},
		{Kind: paragraphBlock, Text: "A status on the exploitation tracker has changed. To learn whom it concerns, please ask us by the reference; this email names nobody on purpose."},
		{Kind: factsBlock, Facts: []fact{
			{"Reference", f.Reference.shown()}, {"Status before", string(f.Before)}, {"Status now", string(f.Now)}, {"Recorded", c.when(f.Changed)},
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
