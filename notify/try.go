package notify

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"referrald/parse/form"
	"referrald/triage"
)

// try writes every kind of letter with specimen facts, and returns what the templates lack: a letter that breaks a promise
// must not be found out by a school.
func (c *Composer) try() (faults []error) {
	seen := map[string]bool{}
	for _, f := range specimens() {
		b, err := c.write(&f)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		for _, err := range c.promises(&f, &b) {
			if !seen[err.Error()] {
				seen[err.Error()] = true
				faults = append(faults, err)
			}
		}
	}
	for _, err := range c.trySummary() {
		if !seen[err.Error()] {
			faults = append(faults, err)
		}
	}
	return faults
}

// trySummary writes a digest with something in each of its lists, since staff's mails stand in the same frame.
func (c *Composer) trySummary() []error {
	at := time.Date(2026, time.October, 5, 7, 30, 0, 0, time.UTC)
	counts := map[triage.Outcome]int{triage.Hold: 2, triage.Accept: 1}
	m, err := c.Digest(DigestFacts{
		From: at.AddDate(0, 0, -1), At: at, LastRead: at, Counts: counts, Notices: []Notice{OutgoingStopped, NoOCR},
		Held:    []Line{{Reference: Specimen, Since: at.AddDate(0, 0, -2), Outcome: triage.Hold, Code: triage.CodeUnreadable}},
		Reviews: []ReviewLine{{Reference: Specimen, Code: triage.CodeStatusReview, Due: at}},
		Failed:  []FailureLine{{Reference: Specimen, What: LetterFailed}}, Weeks: []Week{{Start: at, Counts: counts}},
	}, StaffEnvelope{To: []string{c.service.Address}, MessageID: "specimen@localhost", At: at})
	if err != nil {
		return []error{err}
	}
	faults := frameFaults(&body{text: m.Text, html: m.HTML})
	if !strings.Contains(m.HTML, "cid:"+chartID) {
		faults = append(faults, errNoPicture)
	}
	return faults
}

// specimens are facts of every kind of letter, about one referral and about several, decided by rule and by a person.
func specimens() (all []LetterFacts) {
	at := time.Date(2026, time.October, 5, 8, 31, 0, 0, time.UTC)
	accept := Child{Number: 1, Outcome: triage.Accept}
	ask := Child{Number: 2, Outcome: triage.RequestInformation, Missing: []triage.Missing{triage.Missing(form.DateOfBirth), triage.MissingTool},
		Codes: []triage.Code{triage.CodeAgeNoBirthDate, triage.CodeToolAbsent}}
	sign := Child{Number: 3, Outcome: triage.Signpost, Codes: []triage.Code{triage.CodeAgeTooYoung}, Contacts: []triage.Contact{triage.ContactStoke}}
	partner := Child{Number: 1, Outcome: triage.Signpost, Codes: []triage.Code{triage.CodeReferrerPolice}}
	for _, released := range []bool{false, true} {
		for _, f := range []LetterFacts{
			{Kind: triage.Acknowledgement, Children: []Child{accept}},
			{Kind: triage.InformationRequestLetter, Children: []Child{ask}},
			{Kind: triage.SignpostingLetter, Children: []Child{sign}},
			{Kind: triage.SignpostingLetter, Children: []Child{partner}},
			{Kind: triage.SignpostingLetter, Children: []Child{accept, ask, sign}},
			{Kind: triage.Receipt},
			{Kind: triage.Receipt, TooLarge: true},
		} {
			f.Reference, f.ReceivedAt, f.Released = Specimen, at, released
			all = append(all, f)
		}
	}
	return all
}

// promises returns what a written letter must hold and does not, and what it holds and must not.
func (c *Composer) promises(f *LetterFacts, b *body) (faults []error) {
	name := fileOf(f.Kind)
	if len(f.Children) > 1 {
		name = severalFile
	}
	p := c.page(f)
	said := strings.Join(strings.Fields(b.text), " ")
	var all []struct{ field, text string }
	add := func(field string, texts ...string) {
		for _, t := range texts {
			all = append(all, struct{ field, text string }{field, t})
		}
	}
	add("{{.Reference}}", p.Reference)
	add("{{.Received}}", p.Received)
	add("{{.Reach}}", p.Reach)
	add("{{.Hours}}", p.Hours)
	add("{{.Service}}", p.Service)
	for _, r := range p.Referrals {
		add("{{.Missing}} of each referral", r.Missing...)
		add("{{.Criteria}} of each referral", r.Criteria...)
		add("{{.Contacts}}", r.Contacts...)
	}
	for _, x := range all {
		if !strings.Contains(said, strings.Join(strings.Fields(x.text), " ")) {
			faults = append(faults, fmt.Errorf("%s: the letter must show %s", name, x.field))
		}
	}
	if !strings.Contains(said, "automatic") && !f.Released {
		faults = append(faults, fmt.Errorf(`%s: the letter must say that it is automatic (in that word): {{template "automatic" .}} does`, name))
	}
	if !strings.Contains(b.subject, p.Reference) {
		faults = append(faults, fmt.Errorf("%s: the subject must show {{.Reference}}, by which a reply finds its case", name))
	}
	return append(faults, frameFaults(b)...)
}

var (
	errRemote    = errors.New(frameFile + ": must load nothing: no script, style sheet, frame or remote picture; readers and schools block them, and they tell who reads")
	errNoPicture = errors.New(frameFile + `: must show the digest's chart: an img whose src is "cid:{{.Image.ID}}"`)
	errWords     = errors.New(frameFile + ": must show the same words as the text, and no others")
)

// frameFaults holds the HTML to the text.
func frameFaults(b *body) (faults []error) {
	shown, remote, err := visibleWords(b.html)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", frameFile, err)}
	}
	if remote {
		faults = append(faults, errRemote)
	}
	if !sameWords(wordsOf(b.text), shown) {
		faults = append(faults, errWords)
	}
	return faults
}

// wordsOf returns the words of a text without its drawing: dashes, bars and underlines.
func wordsOf(text string) (words []string) {
	for _, w := range strings.Fields(text) {
		if strings.Trim(w, "-=|·") != "" {
			words = append(words, w)
		}
	}
	return words
}

func sameWords(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// loads are elements that bring something from elsewhere, or run it.
var loads = map[string]bool{"script": true, "link": true, "iframe": true, "object": true, "embed": true, "video": true, "audio": true, "form": true, "base": true, "svg": true}

// fetches finds a style that brings something from elsewhere.
var fetches = regexp.MustCompile(`(?i)url\s*\(|@import|expression\s*\(`)

// visibleWords returns the words that a reader of the HTML sees, and whether it would load anything but the mail's own parts.
func visibleWords(page string) (words []string, remote bool, err error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, false, err
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.ElementNode:
			remote = remote || loadsAny(n)
		case n.Type != html.TextNode:
		case n.Parent.Data == "title":
		case n.Parent.Data == "style":
			remote = remote || fetches.MatchString(n.Data)
		default:
			words = append(words, wordsOf(n.Data)...)
		}
	}
	return words, remote, nil
}

func loadsAny(n *html.Node) bool {
	if loads[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "href" && n.Data == "a": // followed only by who clicks it
		case a.Key == "src" || a.Key == "srcset" || a.Key == "background" || a.Key == "href":
			if !strings.HasPrefix(a.Val, "cid:") {
				return true
			}
		case a.Key == "style" && fetches.MatchString(a.Val), strings.HasPrefix(a.Key, "on"):
			return true
		}
	}
	return false
}
