package triage

import (
	"fmt"
	"slices"
	"strings"
)

// A checker gathers the faults of a policy, each with its key and a remedy.
type checker struct{ faults []error }

func (c *checker) want(ok bool, key, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, fmt.Errorf(key+": "+format, args...))
	}
}

// faults returns everything that is wrong with the policy's values.
func (p *Policy) faults() []error {
	c := &checker{}
	c.want(slices.Contains([]Mode{Automatic, Confirm, Shadow}, p.Mode), "mode", "%q is none of automatic, confirm, shadow", p.Mode)
	c.want(p.SenderCap >= 1, "letters_per_sender_and_day", "%d is too few; give 1 or more", p.SenderCap)
	c.want(p.DailyCap >= p.SenderCap, "letters_per_day", "%d is below letters_per_sender_and_day (%d)", p.DailyCap, p.SenderCap)
	c.want(p.RetentionDays >= 0, "retention_days", "%d is below 0; give 0 to keep cases until a person deletes them", p.RetentionDays)
	p.checkAges(c)
	p.checkTool(c)
	p.checkForm(c)
	p.checkContacts(c)
	p.checkLists(c)
	return c.faults
}

func (p *Policy) checkAges(c *checker) {
	a, y := p.Age, p.PrimaryYears
	c.want(a.From >= 1 && a.From <= 25, "age.from", "%d is no age from 1 to 25", a.From)
	c.want(a.To >= a.From, "age.to", "%d is below age.from (%d)", a.To, a.From)
	c.want(a.ToWithSEND >= a.To && a.ToWithSEND <= 99, "age.to_with_send", "%d is not from age.to (%d) to 99", a.ToWithSEND, a.To)
	c.want(slices.Contains([]string{"hold", "accept", "signpost"}, a.Limit), "age.year_of_limit", "%q is none of hold, accept, signpost", a.Limit)
	c.want(y.From >= 1 && y.From <= 13, "primary_years.from", "%d is no school year from 1 to 13", y.From)
	c.want(y.To >= y.From && y.To <= 13, "primary_years.to", "%d is not from primary_years.from (%d) to 13", y.To, y.From)
}

func (p *Policy) checkTool(c *checker) {
	t := p.ScreeningTool
	c.want(t.Months >= 1 && t.Months <= 24, "screening_tool.months", "%d is not from 1 to 24 months", t.Months)
	c.want(t.FlagMonths >= 1 && t.FlagMonths <= t.Months, "screening_tool.flag_months", "%d is not from 1 to screening_tool.months (%d)", t.FlagMonths, t.Months)
	c.want(p.PreventionOnly.Effect == "hold" || p.PreventionOnly.Effect == "signpost", "prevention_only.effect",
		"%q is neither hold nor signpost", p.PreventionOnly.Effect)
}

func (p *Policy) checkForm(c *checker) {
	for _, k := range p.Form.Required {
		c.want(slices.Contains(requirable, Missing(k)), "form.required", "%q is no field that can be required", k)
	}
	for _, k := range essential {
		c.want(p.requires(string(k)), "form.required", "%s must stay in the list: without it no rule can decide", k)
	}
	c.want(p.Form.Confidence >= 0 && p.Form.Confidence <= 1, "form.confidence", "%v is not from 0 to 1", p.Form.Confidence)
}

func (p *Policy) checkContacts(c *checker) {
	for _, x := range [...]struct{ key, address string }{{"contacts.stoke", p.Contacts.Stoke}, {"contacts.staffordshire", p.Contacts.Staffordshire}} {
		c.want(bareAddress(x.address), x.key, "%q is no bare mail address", x.address)
	}
}

// A policyList is one of the policy's lists with its key.
type policyList struct {
	key  string
	list *[]string
}

// domainLists are the lists of mail domains.
func (p *Policy) domainLists() []policyList {
	s := &p.Senders
	return []policyList{
		{"senders.police", &s.Police}, {"senders.local_authority", &s.LocalAuthority}, {"senders.government", &s.Government},
		{"senders.health", &s.Health}, {"senders.free_mail", &s.FreeMail}, {"senders.schools_stoke", &s.SchoolsStoke},
		{"senders.schools_staffordshire", &s.SchoolsStaffordshire}, {"senders.schools_elsewhere", &s.SchoolsElsewhere},
		{"senders.education_stoke", &s.EducationStoke}, {"senders.education_staffordshire", &s.EducationStaffordshire},
		{"senders.education_elsewhere", &s.EducationElsewhere}, {"senders.shared_hosts", &s.SharedHosts},
	}
}

// wordLists are the lists of words. None may be empty: a rule without words decides nothing.
func (p *Policy) wordLists() []policyList {
	s, ph, se, in := &p.Senders, &p.Phases, &p.SEND, &p.Informed
	return []policyList{
		{"form.placeholders", &p.Form.Placeholders}, {"form.several", &p.Form.Several}, {"form.not_names", &p.Form.NotNames}, {"area.withheld", &p.Area.Withheld}, {"area.moved", &p.Area.Moved}, {"senders.not_staff", &s.NotStaff}, {"senders.provision_words", &s.ProvisionWords}, {"senders.provision_labels", &s.ProvisionLabels}, {"senders.attends_words", &s.AttendsWords},
		{"phases.nursery", &ph.Nursery}, {"phases.primary", &ph.Primary}, {"phases.middle", &ph.Middle},
		{"phases.secondary", &ph.Secondary}, {"phases.all_through", &ph.AllThrough}, {"phases.special", &ph.Special},
		{"phases.alternative", &ph.Alternative}, {"phases.sixteen_plus", &ph.SixteenPlus}, {"phases.home_educated", &ph.HomeEducated},
		{"send.stated", &se.Stated}, {"send.none", &se.None}, {"send.unsure", &se.Unsure}, {"send.negated", &se.Negated}, {"send.doubted", &se.Doubted},
		{"informed.yes", &in.Yes}, {"informed.no", &in.No}, {"informed.blank", &in.Blank}, {"informed.not_no", &in.NotNo},
		{"messages.refers", &p.Messages.Refers}, {"messages.serious", &p.Messages.Serious}, {"informed.but", &in.But}, {"informed.refusal", &in.Refusal}, {"informed.negated_refusal", &in.NegatedRefusal},
	}
}

func (p *Policy) checkLists(c *checker) {
	c.want(len(p.Area.Stoke) > 0, "area.stoke_districts", "is empty; name at least one district code")
	c.want(len(p.Area.Staffordshire) > 0, "area.staffordshire_districts", "is empty; name at least one district code")
	for _, l := range p.domainLists() {
		for _, d := range *l.list {
			bare := strings.TrimPrefix(strings.ToLower(d), "*.")
			ok := wellFormedDomain(bare) || bare == "gov.uk" || bare == "sch.uk"
			c.want(ok, l.key, "%q is neither a domain nor \"*.\" and a domain", d)
		}
	}
	for _, l := range p.wordLists() {
		c.want(len(*l.list) > 0, l.key, "is empty; give at least one word")
		c.want(!slices.ContainsFunc(*l.list, func(w string) bool { return strings.TrimSpace(w) == "" }), l.key, "holds an empty word")
	}
}

// fold brings domains and words into the shape in which they are compared.
func (p *Policy) fold() {
	for _, l := range p.domainLists() {
		for i, d := range *l.list {
			(*l.list)[i] = strings.ToLower(d)
		}
	}
	for _, l := range p.wordLists() {
		for i, w := range *l.list {
			(*l.list)[i] = foldText(w)
		}
	}
}
