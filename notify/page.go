package notify

import (
	"slices"
	"strings"
	"time"

	"referrald/triage"
)

// A page is what a letter's template can show. Every string in it is the operator's, the policy's or of a closed list.
type page struct {
	Service            string
	Reach              string
	Hours              string
	StokeTools         string
	StaffordshireTools string
	Reference          string
	Received           string // day and time in London
	Referrals          []pageReferral
	Several            bool // the letter says for each number what applies
	Released           bool
	TooLarge           bool
	NeedsTool          bool // something of a screening tool is asked for
	Partner            bool // only who refers is in question, and a school can refer instead
	Outcomes           pageOutcomes
}

// A pageReferral is one referral on a page.
type pageReferral struct {
	Number   int
	Outcome  string
	Missing  []string // labels, with what is said beside them
	Criteria []string
	Contacts []string
}

// pageOutcomes tell which outcomes the letter speaks of.
type pageOutcomes struct{ Accept, RequestInformation, Signpost, Hold bool }

// page turns facts into words. It expects facts without faults.
func (c *Composer) page(f *LetterFacts) *page {
	p := &page{
		Service: c.service.Name, Reach: c.service.Reach, Hours: c.service.Hours,
		StokeTools: c.service.StokeTools, StaffordshireTools: c.service.StaffordshireTools,
		Reference: string(f.Reference), Received: c.when(f.ReceivedAt), Released: f.Released, TooLarge: f.TooLarge,
	}
	if f.Kind == triage.Receipt {
		return p // a receipt says nothing of any referral
	}
	p.Several = len(f.Children) > 1
	p.Partner = !p.Several
	for i := range f.Children {
		child := &f.Children[i]
		outcome := child.outcome(f.Kind, !p.Several)
		p.Outcomes.add(outcome)
		p.NeedsTool = p.NeedsTool || outcome == triage.RequestInformation && slices.ContainsFunc(child.Missing, ofTool)
		p.Partner = p.Partner && outcome == triage.Signpost && partnerAlone(child.Codes)
		p.Referrals = append(p.Referrals, c.referral(child, outcome))
	}
	return p
}

// referral fills only what its outcome may say: an accepted one has no criteria, a signposted one asks for nothing.
func (c *Composer) referral(child *Child, outcome triage.Outcome) pageReferral {
	r := pageReferral{Number: child.Number, Outcome: string(outcome)}
	switch outcome {
	case triage.RequestInformation:
		r.Missing = c.missing(child)
	case triage.Signpost:
		r.Criteria, r.Contacts = c.sentences.criteria(child.Codes), c.contacts(child.Contacts)
	}
	return r
}

// missing names what is missing by the form's own labels, with what helps to find it.
func (c *Composer) missing(child *Child) (out []string) {
	for _, m := range child.Missing {
		line := m.Label()
		if hint := c.sentences.hint(m, child.Codes); hint != "" {
			line = ended(line) + " " + hint
		}
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// ended ends a line with a full stop, where nothing else does.
func ended(line string) string {
	if line == "" || strings.ContainsAny(line[len(line)-1:], ".?!") {
		return line
	}
	return line + "."
}

// contacts names whom to contact: those that were decided on or, where none were, both councils of the area.
func (c *Composer) contacts(decided []triage.Contact) (out []string) {
	if len(decided) == 0 {
		decided = contacts[:2]
	}
	for _, k := range decided {
		line := c.sentences.Contact[string(k)]
		if address := c.policy.Address(k); address != "" {
			line += " " + address
		}
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

func (o *pageOutcomes) add(outcome triage.Outcome) {
	switch outcome {
	case triage.Accept:
		o.Accept = true
	case triage.RequestInformation:
		o.RequestInformation = true
	case triage.Signpost:
		o.Signpost = true
	default:
		o.Hold = true
	}
}

// ofTool tells whether a missing thing is the screening tool or stands on it.
func ofTool(m triage.Missing) bool {
	return m == triage.MissingTool || m == triage.MissingToolDate || m == triage.MissingToolLevel
}

// partnerAlone tells whether the one clear objection is who refers (clause referrer): then the child's school can refer.
func partnerAlone(codes []triage.Code) bool {
	some := false
	for _, c := range codes {
		if c.Effect() != triage.EffectSignpost {
			continue
		}
		if c.Clause() != triage.ClauseReferrer {
			return false
		}
		some = true
	}
	return some
}

// when writes a moment as a letter does, in London's time.
func (c *Composer) when(at time.Time) string {
	return at.In(c.policy.London).Format("Monday 2 January 2006 at 3:04pm")
}
