package triage

import (
	"strings"

	"referrald/parse/form"
)

// A correspondent is the sender with what only the rules need beside it.
type correspondent struct {
	Sender
	schools   []School // of the register, that share the mail domain
	closed    bool     // all of them have closed
	notStaff  bool     // a pupils' or parents' subdomain
	listed    bool     // by the register or a list of the policy, and not only by the ending of the domain
	provision bool     // a council's message that shows a provision (a pupil referral unit, an adviser for home education)
	noAddress bool
}

// sender tells who wrote, by the domain of From and never by a display name (clause referrer).
func (a *Assessor) sender(arr *Arrival, passages []form.Passage) correspondent {
	domain := domainOf(arr.From)
	c := correspondent{Sender: Sender{Kind: SenderUnknown, Authenticated: arr.Authenticated, Council: CouncilUnknown}, noAddress: domain == ""}
	lists := &a.Policy.Senders
	switch {
	case domain == "":
	case matchesDomain(domain, lists.Police):
		c.Kind = Police
	case matchesDomain(domain, lists.Health):
		c.Kind = Health
	case matchesDomain(domain, lists.Government):
	case a.listedSchool(&c, domain):
	case matchesDomain(domain, lists.LocalAuthority):
		c.Kind, c.Council = LocalAuthority, a.councilItself(domain)
		c.provision = a.showsProvision(arr, passages)
	case matchesDomain(domain, lists.FreeMail):
		c.Kind = ParentOrOther
	default:
		a.school(&c, domain, passages)
	}
	return c
}

// listedSchool takes a domain that the policy itself lists as an education provision's.
func (a *Assessor) listedSchool(c *correspondent, domain string) bool {
	lists := &a.Policy.Senders
	switch {
	case matchesDomain(domain, lists.EducationStoke):
		c.Council = Stoke
	case matchesDomain(domain, lists.EducationStaffordshire):
		c.Council = Staffordshire
	case !matchesDomain(domain, lists.EducationElsewhere):
		return false
	}
	c.Kind, c.listed = Education, true
	return true
}

// school takes a domain of the register or, failing that, with a school's ending.
func (a *Assessor) school(c *correspondent, domain string, passages []form.Passage) {
	lists := &a.Policy.Senders
	c.schools = a.Register.ByDomain(domain)
	switch {
	case len(c.schools) > 0:
		c.listed = true
		c.fromRegister(passages)
	case matchesDomain(domain, lists.SchoolsStoke):
		c.Council = Stoke
	case matchesDomain(domain, lists.SchoolsStaffordshire):
		c.Council = Staffordshire
	case !matchesDomain(domain, lists.SchoolsElsewhere):
		return
	}
	c.Kind = Education
	label, _, _ := strings.Cut(domain, ".")
	for _, w := range lists.NotStaff {
		c.notStaff = c.notStaff || label == w
	}
}

// fromRegister takes what the schools that share the domain have in common, or of the one that the signature names.
func (c *correspondent) fromRegister(passages []form.Passage) {
	c.closed = c.schools[0].Closed
	one, ok := c.schools[0], len(c.schools) == 1
	if !ok {
		one, ok = namedIn(c.schools, passages)
	}
	if ok {
		c.School, c.Council, c.Phase = one.Name, one.Council, one.Phase
		return
	}
	c.Council, c.Phase = c.schools[0].Council, c.schools[0].Phase
	for _, s := range c.schools {
		if s.Council != c.Council {
			c.Council = CouncilUnknown
		}
		if s.Phase != c.Phase {
			c.Phase = PhaseUnknown
		}
	}
}

// namedIn returns the one school among several whose full name stands in the mail's own words or signature.
func namedIn(schools []School, passages []form.Passage) (School, bool) {
	for i := range passages {
		if s := passages[i].Source; s == form.FromFooter || s == form.FromBody {
			if found, ok := pick(schools, passages[i].Text, false); ok {
				return found, true
			}
		}
	}
	return School{}, false
}

// showsProvision tells whether a council's message is from a provision: its mailbox, its words or its signature name
// one, other than as the place where the child is.
func (a *Assessor) showsProvision(arr *Arrival, passages []form.Passage) bool {
	lists := &a.Policy.Senders
	box := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' {
			return ' '
		}
		return r
	}, localPart(arr.From))
	if hasAnyWord(box, lists.ProvisionWords) || hasAnyWord(subdomainOf(domainOf(arr.From)), lists.ProvisionLabels) {
		return true
	}
	for i := range passages {
		switch passages[i].Source {
		case form.FromBody, form.FromFooter, form.FromSubject:
			if a.namesProvision(passages[i].Text) {
				return true
			}
		}
	}
	return false
}

// namesProvision reads one passage, sentence by sentence.
func (a *Assessor) namesProvision(text string) bool {
	lists := &a.Policy.Senders
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '\n' || r == '!' || r == '?' }) {
		folded := foldText(sentence)
		for _, w := range lists.ProvisionWords {
			if i := indexWord(folded, w); i >= 0 && !hasAnyWord(folded[:i], lists.AttendsWords) {
				return true
			}
		}
	}
	return false
}

// councilItself tells which of the two councils has a mail domain: that of its contact address.
func (a *Assessor) councilItself(domain string) Council {
	switch domain {
	case domainOf(a.Policy.Contacts.Stoke):
		return Stoke
	case domainOf(a.Policy.Contacts.Staffordshire):
		return Staffordshire
	}
	return CouncilUnknown
}
