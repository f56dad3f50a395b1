package triage

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// answers are what the fields that decide may hold, right and wrong.
var answers = map[form.Key][]string{
	form.DateOfBirth:     {"", "2013-03-14", "2009-03-14", "2018-03-14", "2001-03-14", "1999-01-01", "2030-01-01"},
	form.Postcode:        {"", "ST1 5LY", "ST3 5AP", "WV6 7AA", "SK10 3RB", "WV6", "ZZ9 9ZZ"},
	form.ParentAware:     {"", "Yes", "No", "Yes but dad refused", "tbc"},
	form.AdditionalNeeds: {"", "None", "EHCP", "Some additional needs"},
	form.EducationStatus: {"", "Full time", "Year 9", "Y13", "EHE"},
	form.School:          {"", "Larkmoor Academy", "Dovebank Primary School", "Weaver High School", "Electively home educated"},
	form.ToolCompletedOn: {"", "2026-09-28", "2026-01-01", "2027-01-01"},
	form.ToolChildName:   {"", "Kieran Testwood", "Mia Otherby"},
	form.Summary:         {"", "Late home."},
}

var levels = []form.Level{form.LevelLow, form.LevelMedium, form.LevelHigh, form.LevelNone, form.LevelAmbiguous, form.LevelUnknown}

var senders = []string{"dsl@larkmoor.example", "a@dovebank.example", "a@weaver.example", "a@sixlanes.example", "a@x.staffs.sch.uk", "pc@staffordshire.police.uk",
	"d@stoke.gov.uk", "n@nhs.net", "p@gmail.com", "c@charity.example", "a@potters.example", ""}

// concerns are what words can tell of.
var concerns = []string{prose.DangerNow, prose.ActiveExploitation, prose.HigherLevel, prose.StaffAllegation, prose.OptOut, prose.NotInformed, prose.LevelHigh, prose.OneToOne,
	prose.RightsRequest, prose.Complaint, prose.Withdrawal, prose.Enquiry, prose.AsksForHelp, "weapons", "gangs"}

// drawScene makes any message from the values above.
func drawScene(t *rapid.T, outer testing.TB) *scene {
	s := newScene(outer)
	for _, k := range []form.Key{form.DateOfBirth, form.Postcode, form.ParentAware, form.AdditionalNeeds, form.EducationStatus, form.School, form.ToolCompletedOn, form.ToolChildName, form.Summary} {
		s.set(k, rapid.SampledFrom(answers[k]).Draw(t, string(k)))
	}
	s.child.Level = rapid.SampledFrom(levels).Draw(t, "level")
	s.arr.From = rapid.SampledFrom(senders).Draw(t, "from")
	s.arr.Authenticated = rapid.Bool().Draw(t, "authenticated")
	s.arr.Junk = rapid.Bool().Draw(t, "junk")
	if rapid.Bool().Draw(t, "no tool") {
		s.noTool()
	}
	if rapid.Bool().Draw(t, "no form") {
		s.noForm()
	}
	for _, key := range rapid.SliceOfN(rapid.SampledFrom(concerns), 0, 3).Draw(t, "told") {
		status := rapid.SampledFrom([]prose.Status{prose.Present, prose.Possible, prose.Past, prose.Negated, prose.OtherPerson}).Draw(t, "status")
		if rapid.Bool().Draw(t, "in the mail") {
			s.says(key, status)
		} else {
			s.document(key, status)
		}
	}
	return s
}

func TestMoreDangerIsNeverLessCautious(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		before := s.assess()
		key := rapid.SampledFrom([]string{prose.DangerNow, prose.ActiveExploitation, prose.HigherLevel, prose.StaffAllegation}).Draw(rt, "more")
		status := rapid.SampledFrom([]prose.Status{prose.Present, prose.Possible}).Draw(rt, "more status")
		if rapid.Bool().Draw(rt, "more in the mail") {
			s.says(key, status)
		} else {
			s.document(key, status)
		}
		after := s.assess()
		if after.Outcome.caution() < before.Outcome.caution() || before.Urgent && !after.Urgent {
			rt.Fatalf("%s, urgent %t became %s, urgent %t with %s", before.Outcome, before.Urgent, after.Outcome, after.Urgent, key)
		}
	})
}

func TestNothingIsAcceptedWithoutFormAndTool(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		in := s.assess()
		whole := s.child.Form != nil && s.child.Tool != nil && s.child.Level == form.LevelLow && s.arr.Authenticated && s.child.Value(form.ParentAware) == "Yes"
		if in.Outcome == Accept && !whole {
			rt.Fatalf("accepted: %s", codesOf(in))
		}
		if !s.arr.Authenticated && in.Letter != NoLetter {
			rt.Fatalf("letter %s to a sender who is not verified", in.Letter)
		}
	})
}

func TestWhatNobodyMayJudgeChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		before := s.assess()
		for _, k := range unread {
			s.set(k, rapid.SampledFrom([]string{"", "Not known", "Anything"}).Draw(rt, string(k)))
		}
		s.child.Conflicts = append(s.child.Conflicts, form.Conflict{Key: form.Ethnicity}, form.Conflict{Key: form.Religion}, form.Conflict{Key: form.Sexuality})
		after := s.assess()
		for i := range before.Children { // the referral itself differs; what was made of it must not
			before.Children[i].Referral, after.Children[i].Referral = newReferral("", ""), newReferral("", "")
		}
		if d := cmp.Diff(before, after); d != "" {
			rt.Fatal(d)
		}
	})
}

func TestUnknownIsNeverNotMet(t *testing.T) {
	// With a value emptied, its own rule must not say that a criterion is not met.
	for k, clause := range map[form.Key]Clause{
		form.DateOfBirth: ClauseAge, form.Postcode: ClauseArea, form.ToolCompletedOn: ClauseScreeningTool, form.ParentAware: ClauseInformed, form.Summary: ClauseForm,
	} {
		rapid.Check(t, func(rt *rapid.T) {
			s := drawScene(rt, t)
			s.set(k, "")
			if k == form.DateOfBirth {
				s.set(form.ToolChildBirth, "")
			}
			if k == form.Postcode {
				s.set(form.Address, "")
			}
			for _, c := range s.assess().Children {
				for _, r := range c.Decision.Reasons {
					if r.Clause == clause && r.Verdict == NotMet {
						rt.Fatalf("%s empty: %s says not met", k, r.Code)
					}
				}
			}
		})
	}
}

// TestNoNeedsIsSaidAndNeverGuessed: a young person is too old only where the form says that there are no needs.
func TestNoNeedsIsSaidAndNeverGuessed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		s.set(form.AdditionalNeeds, rapid.SampledFrom([]string{"", "?", "tbc", "See attached", "Awaiting EHCP", "None, but awaiting ADHD assessment"}).Draw(rt, "needs unsaid"))
		if slices.Contains(allCodes(s.assess()), CodeAgeTooOld) {
			rt.Fatalf("too old with needs %q", s.child.Value(form.AdditionalNeeds))
		}
	})
}

// TestOutcomeFollowsFromReasons: every outcome has a reason with the effect that the precedence names for it.
func TestOutcomeFollowsFromReasons(t *testing.T) {
	effects := map[Outcome][]Effect{Hold: {EffectHoldUrgent, EffectHoldSafety, EffectHold}, Signpost: {EffectSignpost}, RequestInformation: {EffectAsk}, Accept: {EffectNone}}
	rapid.Check(t, func(rt *rapid.T) {
		in := drawScene(rt, t).assess()
		for _, c := range in.Children {
			if !slices.ContainsFunc(c.Decision.Reasons, func(r Reason) bool { return slices.Contains(effects[c.Decision.Outcome], r.Effect) }) {
				rt.Fatalf("%s without a reason for it: %s", c.Decision.Outcome, codesOf(in))
			}
			if c.Decision.Outcome == RequestInformation && len(c.Decision.Missing) == 0 {
				rt.Fatalf("nothing to ask for: %s", codesOf(in))
			}
			for _, r := range c.Decision.Reasons {
				if !r.Code.Known() || r.Says == "" || r.Source == "" || !strings.HasSuffix(r.Says, ".") {
					rt.Fatalf("%s says %q (%s)", r.Code, r.Says, r.Source)
				}
			}
		}
	})
}

func TestSameFactsSameDecision(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		if a, b := s.assess(), s.assess(); !reflect.DeepEqual(a, b) {
			rt.Fatal(cmp.Diff(a, b))
		}
	})
}

// TestReasonsNameNobody: what the rules write themselves holds no name, address or birth date of the child.
func TestReasonsNameNobody(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScene(rt, t)
		for _, c := range s.assess().Children {
			for _, r := range c.Decision.Reasons {
				for _, k := range []form.Key{form.Name, form.Address, form.Postcode, form.DateOfBirth, form.School, form.ReferrerName, form.Summary} {
					if v := s.child.Value(k); v != "" && strings.Contains(r.Says, v) {
						rt.Fatalf("%s says %q", r.Code, r.Says)
					}
				}
			}
		}
	})
}
