package triage

import (
	"slices"
	"strings"

	"referrald/parse/form"
	"referrald/triage/prose"
)

// What a message wants is told by its sentences together: "the referral" stands in one that makes a referral, and as well
// in one that chases it, asks about it, or complains. So a sentence that tells several kinds counts for the narrower one.

// refers tells whether a message without documents asks for help with a child. Plain words for it always count
// ("we would like to refer"); else it must be asked for in a sentence that neither adds to an earlier message, complains,
// nor only asks about the service.
func (m *message) refers() bool {
	if !m.saysOne(prose.AsksForHelp) {
		return false
	}
	if m.plainly(m.assessor.Policy.Messages.Refers) || m.saysOne(prose.Group) && !m.saysOne(prose.FollowUp, prose.Complaint) {
		return true
	}
	narrower := []string{prose.FollowUp, prose.Complaint, prose.Enquiry}
	if m.tellsAlone(prose.AsksForHelp, narrower...) {
		return true
	}
	return !m.saysOne(narrower...) // in the subject alone
}

// optsOut tells whether a school writes, without a referral, that somebody does not want to take part.
func (m *message) optsOut() bool {
	return m.from.Kind == Education && len(m.read.Referrals) == 0 && m.saysOne(prose.OptOut)
}

// bringsNews tells whether a message has news of a child that the service knows. A question has none, nor a sentence that
// asks for help ("who would benefit from your group").
func (m *message) bringsNews() bool {
	return m.tellsAlone(prose.Update, prose.AsksForHelp, prose.Enquiry, prose.Complaint) || m.saysOne(prose.Update) && m.seriously() != nil
}

// plainly tells whether a sentence that asks for help has one of the phrases.
func (m *message) plainly(phrases []string) bool {
	return slices.ContainsFunc(m.tells(prose.AsksForHelp), func(e form.Evidence) bool { return hasAnyWord(foldText(e.Text), phrases) })
}

// tellsAlone tells whether a sentence of the mail's text tells a key, is no question, and tells none of the others.
func (m *message) tellsAlone(key string, others ...string) bool {
	for i := range m.signs {
		s := &m.signs[i]
		if s.Key == key && s.Status == Present && s.Source == form.FromBody && !strings.HasSuffix(s.Evidence.Text, "?") && !m.sentenceTells(s, others) {
			return true
		}
	}
	return false
}

// sentenceTells tells whether the sentence of a sign tells one of the keys.
func (m *message) sentenceTells(s *Sign, keys []string) bool {
	return slices.ContainsFunc(m.signs, func(o Sign) bool {
		return o.Source == s.Source && o.Evidence.Text == s.Evidence.Text && slices.Contains(keys, o.Key)
	})
}

// seriously returns the sentences of the writer's own words that tell of an arrest, an injury, a weapon or a higher level.
// Whose news it is does not matter here: of a child that the service works with, recall comes before precision.
func (m *message) seriously() []form.Evidence {
	return m.mentions(m.assessor.Policy.Messages.Serious)
}

// mentions returns the passages of the writer's own words that have one of the phrases in a clause that does not deny it.
func (m *message) mentions(phrases []string) (words []form.Evidence) {
	for i := range m.read.Passages {
		p := &m.read.Passages[i]
		if p.Source != form.FromBody && p.Source != form.FromSubject {
			continue
		}
		mentioned := func(c string) bool {
			return hasAnyWord(c, phrases) && !hasAnyWord(c, m.assessor.Policy.SEND.Negated)
		}
		if slices.ContainsFunc(clauses(foldText(p.Text)), mentioned) {
			words = append(words, p.Evidence)
		}
	}
	return words
}
