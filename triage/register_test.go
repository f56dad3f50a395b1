package triage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"referrald/parse/form"
)

func TestWebsiteDomain(t *testing.T) {
	for site, want := range map[string]string{
		"www.larkmoor.org.uk": "larkmoor.org.uk", "http://www.larkmoor.org.uk/": "larkmoor.org.uk", "https://larkmoor.org.uk/about?x=1#y": "larkmoor.org.uk",
		"HTTP://LARKMOOR.ORG.UK": "larkmoor.org.uk", "http:/larkmoor.org.uk": "larkmoor.org.uk", "http//larkmoor.org.uk": "larkmoor.org.uk",
		"http;//www.larkmoor.org.uk": "larkmoor.org.uk", "larkmoor.staffs.sch.uk:8080": "larkmoor.staffs.sch.uk", "office@larkmoor.org.uk": "larkmoor.org.uk",
		"": "", "none": "", "staffs.sch.uk": "", "co.uk": "", "https://": "", "www.": "", "läärkmoor.org.uk": "", "a..b.uk": "", "httpschool.org.uk": "httpschool.org.uk",
	} {
		if got := websiteDomain(site); got != want {
			t.Errorf("%q: %q, want %q", site, got, want)
		}
	}
}

func TestByDomain(t *testing.T) {
	r := testRegister(t, testPolicy(t))
	for domain, want := range map[string][]string{
		"larkmoor.example": {"Larkmoor Academy"}, "staff.larkmoor.example": {"Larkmoor Academy"}, "a.b.larkmoor.example": {"Larkmoor Academy"},
		"mylarkmoor.example": nil, "larkmoor.example.net": nil, "example": nil, "": nil, "larkm00r.example": nil, "xn--lrkmoor-8wa.example": nil,
		"uttoxleigh.example": {"Uttoxleigh Primary Academy", "Uttoxleigh High Academy"}, "oldmill.example": {"Old Mill School"},
	} {
		var got []string
		for _, s := range r.ByDomain(domain) {
			got = append(got, s.Name)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", domain, d)
		}
	}
}

const head = "LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),SchoolWebsite\n"

func TestRegisterForms(t *testing.T) {
	p := testPolicy(t)
	cp1252, err := charmap.Windows1252.NewEncoder().String(head + "Staffordshire,St Zoë’s,Community school,Open,Primary,zoe.example\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"Windows-1252": cp1252, "UTF-8 with a mark": "\uFEFF" + head + "Staffordshire,St Zoë’s,Community school,Open,Primary,zoe.example\r\n"} {
		r, err := ReadRegister(strings.NewReader(data), p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s, ok := r.ByName("Saint Zoë's"); !ok || s.Phase != PhasePrimary || s.Council != Staffordshire || s.Domain != "zoe.example" {
			t.Errorf("%s: %+v, %t", name, s, ok)
		}
	}
}

func TestRegisterLeavesOutSharedWebsites(t *testing.T) {
	p := testPolicy(t)
	data := head
	for _, site := range []string{"https://www.stoke.gov.uk/school", "https://sites.google.com/x", "https://larkmoor.wordpress.com", "gmail.com"} {
		data += "Stoke-on-Trent,Some School,Community school,Open,Primary," + site + "\n"
	}
	r, err := ReadRegister(strings.NewReader(data), p)
	if err != nil {
		t.Fatal(err)
	}
	if r.Len() != 4 || len(r.byDomain) != 0 {
		t.Errorf("%d schools, domains %v", r.Len(), r.byDomain)
	}
}

func TestAcademyAndItsPredecessor(t *testing.T) {
	data := head + "Staffordshire,Elm School,Community school,Closed,Secondary,elm.example\nStaffordshire,Elm Academy,Academy converter,Open,Secondary,elm.example\n"
	r, err := ReadRegister(strings.NewReader(data), testPolicy(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.ByDomain("elm.example"); len(got) != 1 || got[0].Name != "Elm Academy" {
		t.Errorf("%+v", got)
	}
	if _, ok := r.ByName("Elm School"); ok {
		t.Error("a closed school was found by its name")
	}
}

func TestRegisterFaults(t *testing.T) {
	p := testPolicy(t)
	for data, want := range map[string]string{
		"":                          "column names",
		"URN,Name\n1,X\n":           "no column LA (name), EstablishmentName",
		head:                        "no school",
		head + "Stoke-on-Trent,X\n": "line 2",
		head + "Stoke-on-Trent,,Community school,Open,Primary,x.example\nA,B,C,D,E,F\nx\n":                                       "line 2: EstablishmentName is empty\nline 4",
		strings.Replace(head, "\n", ",StatutoryLowAge\n", 1) + "Stoke-on-Trent,X,Community school,Open,Primary,x.example,four\n": `line 2: StatutoryLowAge: "four" is no age`,
		head + "Stoke-on-Trent,\"X,Community school\n":                                                                           "line 2",
	} {
		r, err := ReadRegister(strings.NewReader(data), p)
		if r != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q in it", data, err, want)
		}
	}
}

func TestPhases(t *testing.T) {
	for _, c := range []struct {
		kind, phase string
		low, high   int
		want        Phase
	}{
		{"Community school", "Primary", 4, 11, PhasePrimary}, {"Academy converter", "Secondary", 11, 18, PhaseSecondary},
		{"Community school", "Middle deemed secondary", 9, 13, PhaseMiddle}, {"Community school", "Middle deemed primary", 8, 12, PhasePrimary},
		{"Community special school", "Not applicable", 4, 19, PhaseSpecial}, {"Academy special converter", "Not applicable", 4, 19, PhaseSpecial},
		{"Non-maintained special school", "Not applicable", 4, 19, PhaseSpecial}, {"Special post 16 institution", "16 plus", 16, 25, PhaseSixteenPlus},
		{"Pupil referral unit", "Not applicable", 11, 16, PhaseAlternative}, {"Academy alternative provision sponsor led", "Not applicable", 11, 16, PhaseAlternative},
		{"Further education", "16 plus", 16, 99, PhaseSixteenPlus}, {"Sixth form centres", "16 plus", 16, 18, PhaseSixteenPlus}, {"Free schools 16 to 19", "16 plus", 16, 19, PhaseSixteenPlus},
		{"Local authority nursery school", "Nursery", 2, 5, PhaseNursery}, {"Free schools", "All-through", 4, 18, PhaseAllThrough},
		{"Other independent school", "Not applicable", 11, 18, PhaseSecondary}, {"Other independent school", "Not applicable", 4, 11, PhasePrimary},
		{"Other independent school", "Not applicable", 4, 18, PhaseAllThrough}, {"Other independent school", "Not applicable", 4, 13, PhaseUnknown}, {"Other independent school", "", 0, 0, PhaseUnknown},
	} {
		if got := phaseOf(c.kind, c.phase, c.low, c.high); got != c.want {
			t.Errorf("%s, %s, %d to %d: %q, want %q", c.kind, c.phase, c.low, c.high, got, c.want)
		}
	}
	words := &testPolicy(t).Phases
	for name, want := range map[string]Phase{"Elm CE First School": PhasePrimary, "Elm Primary Academy": PhasePrimary, "Elm Middle School": PhaseMiddle, "Elm Academy": PhaseUnknown,
		"Elm High School": PhaseSecondary, "Elm Pupil Referral Unit": PhaseAlternative, "Elm Special School": PhaseSpecial, "Middleton Academy": PhaseUnknown} {
		if got := words.named(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestSenders(t *testing.T) {
	p := testPolicy(t)
	p.Senders.EducationStaffordshire = []string{"trust.example"}
	a := Assessor{Policy: p, Register: testRegister(t, p)}
	for from, want := range map[string]Sender{
		"dsl@larkmoor.example":                       {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"DSL@LARKMOOR.EXAMPLE":                       {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"dsl@larkmoor.example.cjsm.net":              {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"a@uttoxleigh.example":                       {Kind: Education, Council: Staffordshire},
		"a@trust.example":                            {Kind: Education, Council: Staffordshire},
		"a@new.stoke.sch.uk":                         {Kind: Education, Council: Stoke},
		"a@new.staffs.sch.uk":                        {Kind: Education, Council: Staffordshire},
		"a@new.bham.sch.uk":                          {Kind: Education, Council: CouncilUnknown},
		"a@staffs.sch.uk.example.net":                {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@notstaffs.sch.uk":                         {Kind: Education, Council: CouncilUnknown},
		"a@staffordshire.police.uk":                  {Kind: Police, Council: CouncilUnknown},
		"a@staffordshire.pnn.police.uk":              {Kind: Police, Council: CouncilUnknown},
		"a@notpolice.uk":                             {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@staffordshire.police.uk.cjsm.net":         {Kind: Police, Council: CouncilUnknown},
		"a@stoke.gov.uk":                             {Kind: LocalAuthority, Council: Stoke},
		"a@staffordshire.gov.uk":                     {Kind: LocalAuthority, Council: Staffordshire},
		"a@cheshireeast.gov.uk":                      {Kind: LocalAuthority, Council: CouncilUnknown},
		"office@elm.schools.stoke.gov.uk":            {Kind: LocalAuthority, Council: CouncilUnknown},
		"a@staffordshirefire.gov.uk":                 {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@staffordshire-police.uk":                  {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@staffordshire.police.uk.evil.example":     {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@stoke.gov.uk.com":                         {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@stoke-gov.uk":                             {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@nhs.net.evil.example":                     {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@school.sch.uk.evil.example":               {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@elm-stoke.sch.uk.evil.example":            {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@lark-moor.example":                      {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@larkrnoor.example":                      {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@larkm00r.example":                       {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@larkmoor.example.evil.example":          {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@evil-larkmoor.example":                  {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@xn--larkmor-y1a.example":                {Kind: SenderUnknown, Council: CouncilUnknown},
		"larkmoor.example@evil.example":              {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl+referrals@larkmoor.example":             {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"dsl@mail.larkmoor.example":                  {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"dsl@larkmoor.example.":                      {Kind: Education, School: "Larkmoor Academy", Council: Stoke, Phase: PhaseSecondary},
		"dsl@larkmoor.example.cjsm.net.evil.example": {Kind: SenderUnknown, Council: CouncilUnknown},
		"dsl@larkmoor.cjsm.net":                      {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@education.gov.uk":                         {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@nhs.net":                                  {Kind: Health, Council: CouncilUnknown},
		"a@mpft.nhs.uk":                              {Kind: Health, Council: CouncilUnknown},
		"a@outlook.com":                              {Kind: ParentOrOther, Council: CouncilUnknown},
		"a@cjsm.net":                                 {Kind: SenderUnknown, Council: CouncilUnknown},
		"larkmoor.example":                           {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@larkmoor.example@evil.example":            {Kind: SenderUnknown, Council: CouncilUnknown},
		"a@lаrkmoor.example":                         {Kind: SenderUnknown, Council: CouncilUnknown}, // a Cyrillic а
	} {
		if got := a.sender(&Arrival{From: from}, nil).Sender; got != want {
			t.Errorf("%s: %+v, want %+v", from, got, want)
		}
	}
	signed := []form.Passage{{Source: form.FromFooter, Evidence: form.Evidence{Text: "Jo Examplar\nUttoxleigh High Academy\nTel: 01632 960001"}}}
	if got := a.sender(&Arrival{From: "a@uttoxleigh.example"}, signed); got.School != "Uttoxleigh High Academy" || got.Phase != PhaseSecondary {
		t.Errorf("signed by one of the trust's schools: %+v", got.Sender)
	}
}

func FuzzReadRegister(f *testing.F) {
	f.Add([]byte(schoolsCSV))
	f.Add([]byte(head + "\"\n"))
	p := testPolicy(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadRegister(strings.NewReader(string(data)), p)
		if (r == nil) == (err == nil) {
			t.Fatal("neither a register nor an error, or both")
		}
	})
}
