package triage

import (
	"maps"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// The schools of the tests. Uttoxleigh Trust shares a domain between a primary and a high school.
const schoolsCSV = `URN,LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,SchoolWebsite
1,Stoke-on-Trent,Larkmoor Academy,Academy converter,Open,Secondary,11,18,https://www.larkmoor.example/
2,Staffordshire,Dovebank Primary School,Community school,Open,Primary,4,11,www.dovebank.example
3,Staffordshire,Dovebank CE First School,Community school,Open,Primary,4,9,http://first.example/about
4,Staffordshire,Heath Middle School,Community school,Open,Middle deemed secondary,9,13,heathmiddle.example
5,Stoke-on-Trent,Six Lanes School,Community special school,Open,Not applicable,4,19,sixlanes.example
6,Stoke-on-Trent,Canal Pupil Referral Unit,Pupil referral unit,Open,Not applicable,11,16,canalpru.example
7,Staffordshire,Uttoxleigh Primary Academy,Academy converter,Open,Primary,4,11,https://uttoxleigh.example/primary
8,Staffordshire,Uttoxleigh High Academy,Academy converter,Open,Secondary,11,18,https://uttoxleigh.example/high
9,Cheshire East,Weaver High School,Academy converter,Open,Secondary,11,18,weaver.example
10,Stoke-on-Trent,Potters College,Further education,Open,16 plus,16,99,potters.example
11,Staffordshire,Acorns Nursery School,Local authority nursery school,Open,Nursery,2,5,acorns.example
12,Staffordshire,Old Mill School,Community school,Closed,Secondary,11,16,oldmill.example
13,Stoke-on-Trent,Allways School,Free schools,Open,All-through,4,18,allways.example
`

// arrived is Monday 5 October 2026, half past eight in London.
var arrived = time.Date(2026, time.October, 5, 7, 30, 0, 0, time.UTC)

// A scene is one message for the rules, complete and acceptable until a test changes it.
type scene struct {
	arr      Arrival
	read     parse.Reading
	child    *parse.Referral
	findings []prose.Finding // of the mail's own words
	told     []prose.Finding // of the first child's documents
	assessor Assessor
}

func testPolicy(t testing.TB) *Policy {
	t.Helper()
	p, err := DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func testRegister(t testing.TB, p *Policy) *Register {
	t.Helper()
	r, err := ReadRegister(strings.NewReader(schoolsCSV), p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// newScene is a referral by Larkmoor Academy of a child of 13 who lives in Stoke-on-Trent.
func newScene(t testing.TB) *scene {
	t.Helper()
	p := testPolicy(t)
	s := &scene{
		arr:      Arrival{At: arrived, From: "dsl@larkmoor.example", Authenticated: true},
		assessor: Assessor{Policy: p, Register: testRegister(t, p)},
	}
	s.read = parse.Reading{
		Referrals: []parse.Referral{newReferral("Kieran Testwood", "2013-03-14")},
		Passages:  []form.Passage{{Source: form.FromBody, Evidence: form.Evidence{Text: "Please see attached."}}},
	}
	s.child = &s.read.Referrals[0]
	return s
}

// newReferral is a complete form and a complete tool for one child.
func newReferral(name, born string) parse.Referral {
	r := parse.Referral{
		Form: &form.Sheet{Kind: form.ReferralForm, Born: form.DateGood}, Tool: &form.Sheet{Kind: form.ScreeningTool, Council: "stoke", Dated: form.DateGood},
		Statuses: []form.CareStatus{form.NotOpen}, Factors: []form.Factor{"missing_or_late"}, Level: form.LevelLow, Fields: map[form.Key]form.Value{},
		Passages: []form.Passage{{Source: form.FromForm, Key: form.Summary, Evidence: form.Evidence{Text: "Late home most evenings."}}},
	}
	for k, v := range map[form.Key]string{
		form.Name: name, form.DateOfBirth: born, form.Address: "1 Test Street, Stoke-on-Trent, ST1 5LY", form.Postcode: "ST1 5LY",
		form.ParentAware: "Yes", form.School: "Larkmoor Academy", form.AdditionalNeeds: "None", form.EducationStatus: "Full time",
		form.ReferrerName: "Jo Examplar", form.ReferrerContact: "01632 960001", form.Summary: "Late home most evenings.",
		form.ToolChildName: name, form.ToolChildBirth: born, form.ToolCompletedOn: "2026-09-28", form.ToolLevel: "Vulnerable to exploitation",
	} {
		r.Fields[k] = form.Value{Text: v, Confidence: 1, Evidence: form.Evidence{Document: "form.docx", Text: v}}
	}
	return r
}

// set fills fields of the first child; an empty text empties the field.
func (s *scene) set(pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		k, v := pairs[i].(form.Key), pairs[i+1].(string)
		if v == "" {
			delete(s.child.Fields, k)
			continue
		}
		s.child.Fields[k] = form.Value{Text: v, Confidence: 1, Evidence: form.Evidence{Text: v}}
		if k == form.Postcode { // it stands in the address too
			s.set(form.Address, "1 Test Street, "+v)
		}
	}
}

// born sets the birth date on form and tool.
func (s *scene) born(iso string) { s.set(form.DateOfBirth, iso, form.ToolChildBirth, iso) }

// at sets the day of arrival.
func (s *scene) at(y int, m time.Month, d int) {
	s.arr.At = time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	s.set(form.ToolCompletedOn, s.arr.At.AddDate(0, 0, -7).Format(time.DateOnly))
}

// says has the mail tell something; document has the first child's documents tell it.
func (s *scene) says(key string, status prose.Status) {
	s.findings = append(s.findings, prose.Finding{Key: key, Status: status, Source: form.FromBody, Evidence: form.Evidence{Text: "the mail's words"}})
}

func (s *scene) document(key string, status prose.Status) {
	s.told = append(s.told, prose.Finding{Key: key, Status: status, Source: form.FromForm, Box: form.Summary, Evidence: form.Evidence{Text: "the form's words"}})
}

// second adds another child.
func (s *scene) second() *parse.Referral {
	s.read.Referrals = append(s.read.Referrals, newReferral("Mia Testwood", "2012-05-01"))
	s.child = &s.read.Referrals[0]
	return &s.read.Referrals[1]
}

// unread has a document of the message be read in part.
func (s *scene) unread(w document.Warning) {
	s.read.Documents = append(s.read.Documents, parse.DocumentNote{Name: "form.pdf", Format: document.PDF, Kind: parse.KindForm, Unread: []document.Warning{w}})
}

func (s *scene) proseOnly() { s.read.Referrals, s.child = nil, nil }

func (s *scene) assess() Intake {
	first := s.child
	s.assessor.recognise = func(ps []form.Passage) []prose.Finding {
		if first != nil && len(first.Passages) > 0 && len(ps) > 0 && &ps[0] == &first.Passages[0] {
			return s.told
		}
		if len(ps) > 0 && ps[0].Source == form.FromBody {
			return s.findings
		}
		return nil
	}
	read := s.read
	read.Referrals = append([]parse.Referral(nil), s.read.Referrals...)
	for i := range read.Referrals {
		read.Referrals[i].Fields = maps.Clone(read.Referrals[i].Fields)
	}
	return s.assessor.Assess(s.arr, read)
}
