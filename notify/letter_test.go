package notify

import (
	"strings"
	"testing"

	"referrald/parse/form"
	"referrald/triage"
)

func one(kind triage.LetterKind, c Child) LetterFacts {
	c.Number = 1
	return LetterFacts{Kind: kind, Reference: "7K3M-Q4XP", ReceivedAt: received, Children: []Child{c}}
}

func missing(keys ...form.Key) (out []triage.Missing) {
	for _, k := range keys {
		out = append(out, triage.Missing(k))
	}
	return out
}

func signposted(code triage.Code, contacts ...triage.Contact) LetterFacts {
	return one(triage.SignpostingLetter, Child{Outcome: triage.Signpost, Codes: []triage.Code{code}, Contacts: contacts})
}

// letters are facts of every kind of letter, each with a golden file.
func letters() map[string]LetterFacts {
	everything := one(triage.InformationRequestLetter, Child{Outcome: triage.RequestInformation,
		Missing: append(append([]triage.Missing{}, missing(form.Name, form.DateOfBirth, form.Postcode)...),
			triage.MissingStatus, triage.Missing(form.ParentAware), triage.Missing(form.Summary), triage.MissingTool),
		Codes: []triage.Code{triage.CodeAgeNoBirthDate, triage.CodeAreaNoPostcode, triage.CodeFormMissing, triage.CodeInformedBlank, triage.CodeToolTooOld}})
	accepted := Child{Number: 1, Outcome: triage.Accept}
	asked := Child{Number: 2, Outcome: triage.RequestInformation, Missing: []triage.Missing{triage.MissingTool}, Codes: []triage.Code{triage.CodeToolAbsent}}
	outside := Child{Number: 3, Outcome: triage.Signpost, Codes: []triage.Code{triage.CodePrimaryBelow}, Contacts: []triage.Contact{triage.ContactStaffordshire}}
	several := LetterFacts{Kind: triage.SignpostingLetter, Reference: "7K3M-Q4XP", ReceivedAt: received, Children: []Child{accepted, asked, outside}}
	both := several
	both.Kind, both.Children = triage.Acknowledgement, []Child{accepted, {Number: 2, Outcome: triage.Accept}}
	released := signposted(triage.CodeHigherLevel, triage.ContactStoke)
	released.Released = true
	held := one(triage.Receipt, Child{Outcome: triage.Hold, Codes: []triage.Code{triage.CodeActiveExploitation}})
	large := LetterFacts{Kind: triage.Receipt, Reference: "7K3M-Q4XP", ReceivedAt: received, TooLarge: true}
	return map[string]LetterFacts{
		"acknowledgement":          one(triage.Acknowledgement, Child{Outcome: triage.Accept}),
		"request_everything":       everything,
		"request_level":            one(triage.InformationRequestLetter, Child{Outcome: triage.RequestInformation, Missing: []triage.Missing{triage.MissingToolDate, triage.MissingToolLevel}, Codes: []triage.Code{triage.CodeToolUndated, triage.CodeLevelBlank}}),
		"signposting_age":          signposted(triage.CodeAgeTooOld, triage.ContactStoke),
		"signposting_primary":      signposted(triage.CodePrimaryBelow, triage.ContactStaffordshire),
		"signposting_area":         signposted(triage.CodeAreaOutside, triage.ContactHomeCouncil),
		"signposting_risk":         signposted(triage.CodeHighRisk, triage.ContactStoke),
		"signposting_higher_level": released,
		"signposting_police":       signposted(triage.CodeReferrerPolice, triage.ContactStoke, triage.ContactStaffordshire),
		"several":                  several,
		"several_acknowledged":     both,
		"receipt":                  held,
		"receipt_too_large":        large,
	}
}

func TestLettersReadAsTheyShould(t *testing.T) {
	c := composer(t, nil)
	for name, f := range letters() {
		t.Run(name, func(t *testing.T) {
			l, err := c.Letter(f, envelope())
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "letters/"+name+".txt", "Subject: "+l.Subject+"\n\n"+l.Text)
			golden(t, "letters/"+name+".html", l.HTML)
			if !strings.HasPrefix(l.Text, Emergency) {
				t.Error("the letter does not begin with the sentence about emergencies")
			}
		})
	}
}
