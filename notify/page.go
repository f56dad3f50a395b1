package notify

import (
	"slices"
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
		Reference: string(f.Reference), Received: c.clock(f.ReceivedAt), Released: f.Released, TooLarge: f.TooLarge,
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
		for _, m := range child.Missing {
			r.Missing = append(r.Missing, c.asking(m, child.Codes))
		}
	case triage.Signpost:
		r.Criteria = c.sentences.criteria(child.Codes)
		for _, k := range child.Contacts {
			r.Contacts = append(r.Contacts, c.naming(k))
		}
	}
	return r
}

// asking is the form's own label, and what is said beside it.
func (c *Composer) asking(m triage.Missing, codes []triage.Code) string {
	if hint := c.sentences.hint(m, codes); hint != "" {
		return m.Label() + " – " + hint
	}
	return m.Label()
}

// naming is a contact's sentence with the policy's address.
func (c *Composer) naming(k triage.Contact) string {
	if address := c.policy.Address(k); address != "" {
		return c.sentences.Contact[string(k)] + " " + address
	}
	return c.sentences.Contact[string(k)]
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

// clock writes a time as people in London read it.
func (c *Composer) clock(at time.Time) string {
	return at.In(c.policy.London).Format("Monday 2 January 2006 at 15:04")
}
