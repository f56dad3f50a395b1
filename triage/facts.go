package triage

import (
	"time"

	"referrald/parse"
	"referrald/parse/form"
)

// facts are all that the rules read of one child's referral. Each rule is a function of them alone: it says which codes
// apply and in what words. Sexuality, ethnicity, religion and language are read by none.
type facts struct {
	policy *Policy
	mail   *message
	ref    *parse.Referral
	own    []Sign // of this child's documents
	signs  []Sign // those, then the ones of the mail's own words
	only   bool   // the message's only child

	birth    birth
	attended attended
	home     home
	send     answer
	reasons  []Reason
	missing  []Missing
}

// A birth is the child's birth date as the documents give it.
type birth struct {
	day    time.Time
	known  bool
	age    int
	year   int // school year of the age group
	words  []form.Evidence
	differ bool // form and tool give two dates
}

// An attended is what is known of the school that the child attends.
type attended struct {
	council      Council
	phase        Phase
	homeEducated bool
	other        bool // the form names another school of the register than the sender's
}

// A home is what is known of where the child lives.
type home struct {
	place   Place
	outward bool // only an outward code was given
	given   bool // something stands where the postcode belongs
	several bool // the address holds postcodes inside the area and outside
	hidden  bool // the address says that it may not be told
	words   []form.Evidence
}

// factsOf works out what the rules read.
func factsOf(m *message, ref *parse.Referral, own []Sign, only bool) *facts {
	f := &facts{policy: m.assessor.Policy, mail: m, ref: ref, own: own, signs: own, only: only, reasons: make([]Reason, 0, 32)}
	if len(m.signs) > 0 {
		f.signs = append(own[:len(own):len(own)], m.signs...)
	}
	f.reasons = append(f.reasons, m.reasons...)
	f.birth = f.readBirth()
	f.attended = f.readAttended()
	f.home = f.readHome()
	f.send = f.readSEND()
	return f
}

// value returns a field's text.
func (f *facts) value(k form.Key) string { return f.ref.Fields[k].Text }

// words returns where fields were read, for those that were.
func (f *facts) words(keys ...form.Key) []form.Evidence {
	var out []form.Evidence
	for _, k := range keys {
		if v, ok := f.ref.Fields[k]; ok {
			out = append(out, v.Evidence)
		}
	}
	return out
}

// say adds a reason. Says is the sentence for staff; where it is empty the code's own closed sentence stands.
func (f *facts) say(c Code, says string, words ...form.Evidence) {
	f.reasons = append(f.reasons, reasonOf(c, says, words))
}

// ask adds to what the school is asked for, each thing once.
func (f *facts) ask(what Missing) {
	for _, m := range f.missing {
		if m == what {
			return
		}
	}
	f.missing = append(f.missing, what)
}

// reasonOf makes a reason from its code's line in the table.
func reasonOf(c Code, says string, words []form.Evidence) Reason {
	e := c.entry()
	if says == "" {
		says = e.sentence
	}
	return Reason{Clause: e.clause, Code: c, Verdict: e.verdict, Effect: e.effect, Says: says, Source: e.clause.Source(), Words: words}
}

// hasForm tells whether there is a referral form for the child.
func (f *facts) hasForm() bool { return f.ref.Form != nil }

// hasTool tells whether there is a screening tool for the child.
func (f *facts) hasTool() bool { return f.ref.Tool != nil }

// signed returns the words of the signs with a key and one of the statuses.
func signed(signs []Sign, key string, statuses ...Status) []form.Evidence {
	var out []form.Evidence
	for i := range signs {
		if signs[i].Key != key {
			continue
		}
		for _, s := range statuses {
			if signs[i].Status == s {
				out = append(out, signs[i].Evidence)
			}
		}
	}
	return out
}
