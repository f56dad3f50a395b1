package notify

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
	"referrald/triage"
)

// marker stands in every hostile string: where it is found in a letter, something of a message has entered.
const marker = "Zyxwo"

// hostile are strings as a message could hold them: a name, a header that would be added, an end of the head, other markup.
var hostile = rapid.Custom(func(t *rapid.T) string {
	shapes := []string{
		marker, "Ann " + marker, marker + "\r\nBcc: all@elsewhere.example", "\nSubject: " + marker, marker + "\r\n\r\n<b>body</b>",
		"<img src=https://elsewhere.example/" + marker + ">", "{{.Service}}" + marker, "=?utf-8?q?" + marker + "?=", marker + "\x00\u2028\u202e",
		"hold" + marker, "R-" + marker, "7K3M-Q4XP\r\n" + marker, strings.Repeat(marker, 400),
	}
	return rapid.SampledFrom(shapes).Draw(t, "shape") + rapid.StringN(0, 5, 20).Draw(t, "tail")
})

// closedOr draws a value of a closed list, or seldom a hostile one in its type.
func closedOr[T ~string](t *rapid.T, label string, list []T) T {
	if rapid.IntRange(0, 11).Draw(t, label+" is hostile") == 0 {
		return T(hostile.Draw(t, label))
	}
	return rapid.SampledFrom(list).Draw(t, label)
}

// labelled are the things that can be missing.
func labelled() (out []triage.Missing) {
	for _, m := range []triage.Missing{triage.MissingForm, triage.MissingTool, triage.MissingToolLevel, triage.MissingToolDate, triage.MissingStatus,
		"young_person.name", "young_person.date_of_birth", "parent.aware", "education.school"} {
		if m.Label() != "" {
			out = append(out, m)
		}
	}
	return out
}

func drawChild(t *rapid.T) Child {
	c := Child{Number: rapid.IntRange(1, 20).Draw(t, "number"), Outcome: closedOr(t, "outcome", outcomes[:])}
	for range rapid.IntRange(0, 3).Draw(t, "missing") {
		c.Missing = append(c.Missing, closedOr(t, "what", labelled()))
	}
	for range rapid.IntRange(0, 3).Draw(t, "codes") {
		c.Codes = append(c.Codes, closedOr(t, "code", triage.Codes()))
	}
	for range rapid.IntRange(0, 2).Draw(t, "contacts") {
		c.Contacts = append(c.Contacts, closedOr(t, "contact", contacts[:]))
	}
	return c
}

func drawFacts(t *rapid.T) LetterFacts {
	f := LetterFacts{
		Kind: closedOr(t, "kind", letterKinds[:]), Reference: closedOr(t, "reference", []Reference{"7K3M-Q4XP", "PQRT-3467"}), ReceivedAt: received,
		Released: rapid.Bool().Draw(t, "released"), TooLarge: rapid.Bool().Draw(t, "too large"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "children") {
		f.Children = append(f.Children, drawChild(t))
	}
	return f
}

func drawEnvelope(t *rapid.T) Envelope {
	e := envelope()
	e.InReplyTo = closedOr(t, "in reply to", []string{"", "<abc@larkmoor.stoke.sch.uk>", "abc@larkmoor.stoke.sch.uk"})
	for range rapid.IntRange(0, 30).Draw(t, "references") {
		e.References = append(e.References, closedOr(t, "reference id", []string{"first@larkmoor.stoke.sch.uk", "<" + strings.Repeat("a", 300) + "@x.example>"}))
	}
	if rapid.IntRange(0, 5).Draw(t, "address") == 0 {
		e.To = hostile.Draw(t, "to")
	}
	if rapid.IntRange(0, 5).Draw(t, "id") == 0 {
		e.MessageID = hostile.Draw(t, "message id")
	}
	return e
}

// TestNothingOfAMessageEnters: whatever stands where closed words should, either no letter is written, and the error does not
// repeat it, or the letter holds nothing of it. The identifiers of mails alone are the sender's; they stand in their headers.
func TestNothingOfAMessageEnters(t *testing.T) {
	c := composer(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		f, e := drawFacts(t), drawEnvelope(t)
		l, err := c.Letter(f, e)
		if err != nil {
			if strings.Contains(err.Error(), marker) {
				t.Fatalf("the error repeats what it refuses: %v", err)
			}
			return
		}
		if text := l.Subject + l.Text + l.HTML; strings.Contains(text, marker) {
			t.Fatal("the letter holds something of a message")
		}
		checkRaw(t, &l)
	})
}

// allowed are the headers that a letter may bear.
var allowed = []string{"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "In-Reply-To", "Message-Id", "Mime-Version", "References", "Subject", "To", "X-Auto-Response-Suppress"}

func checkRaw(t *rapid.T, l *Letter) {
	m, err := mail.ReadMessage(bytes.NewReader(l.Raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range m.Header {
		if !slices.Contains(allowed, name) || len(values) != 1 {
			t.Fatalf("header %s stands there %d times", name, len(values))
		}
	}
	if from, err := m.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != service().Address {
		t.Fatalf("the sender is %v", from)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != l.To {
		t.Fatalf("the recipient is %v, not %s alone", to, l.To)
	}
	if m.Header.Get("Auto-Submitted") != "auto-replied" || m.Header.Get("X-Auto-Response-Suppress") != "All" {
		t.Fatal("machines are not told that a machine wrote this")
	}
	for line := range bytes.SplitSeq(l.Raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") || slices.ContainsFunc(line, func(b byte) bool { return b >= 0x80 }) {
			t.Fatalf("a line of %d bytes that not every server passes on", len(line))
		}
	}
}

// parts returns the decoded bodies of a letter by their types.
func parts(t *testing.T, raw []byte) (head mail.Header, bodies map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("the letter is %s: %v", kind, err)
	}
	bodies = map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return m.Header, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = quotedprintable.NewReader(p)
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			body = base64.NewDecoder(base64.StdEncoding, p)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		bodies[kind] = string(text)
	}
}

func TestRawIsTheLetter(t *testing.T) {
	c := composer(t, nil)
	e := envelope()
	e.References = []string{"<one@x.example>", strings.Repeat("long", 70) + "@x.example", "two@x.example"}
	for name, f := range letters() {
		l, err := c.Letter(f, e)
		if err != nil {
			t.Fatal(err)
		}
		head, bodies := parts(t, l.Raw)
		unix := func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
		if strings.TrimSpace(unix(bodies["text/plain"])) != strings.TrimSpace(l.Text) || strings.TrimSpace(unix(bodies["text/html"])) != strings.TrimSpace(l.HTML) {
			t.Errorf("%s: the mail's parts are not the letter's text and HTML", name)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
		if err != nil || subject != l.Subject || !strings.Contains(subject, string(f.Reference)) {
			t.Errorf("%s: the subject is %q: %v", name, subject, err)
		}
		if got := head.Get("Message-Id"); got != "<letter-1@charity.example>" {
			t.Errorf("%s: Message-ID %s", name, got)
		}
		if got := head.Get("In-Reply-To"); got != "<abc@larkmoor.stoke.sch.uk>" {
			t.Errorf("%s: In-Reply-To %s", name, got)
		}
		if got := head.Get("References"); got != "<one@x.example> <two@x.example> <abc@larkmoor.stoke.sch.uk>" {
			t.Errorf("%s: References %s", name, got)
		}
		again, err := c.Letter(f, e)
		if err != nil || !bytes.Equal(l.Raw, again.Raw) {
			t.Errorf("%s: the same facts gave another mail: %v", name, err)
		}
	}
}

// shownWords returns the words of a page as a reader sees them.
func shownWords(t *testing.T, page string) (words []string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	hidden := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return words
		case html.StartTagToken:
			name, _ := z.TagName()
			hidden = string(name) == "title" || string(name) == "style"
		case html.EndTagToken:
			hidden = false
		case html.TextToken:
			if !hidden {
				words = append(words, strings.Fields(string(z.Text()))...)
			}
		}
	}
}

// TestTextAndHTMLSayTheSame, whatever the letter is about, and the text's lines are no longer than readers show.
func TestTextAndHTMLSayTheSame(t *testing.T) {
	c := composer(t, nil)
	for name, f := range letters() {
		l, err := c.Letter(f, envelope())
		if err != nil {
			t.Fatal(err)
		}
		drawing := func(w string) bool { return strings.Trim(w, "-=|·") == "" }
		text, page := slices.DeleteFunc(strings.Fields(l.Text), drawing), slices.DeleteFunc(shownWords(t, l.HTML), drawing)
		if !slices.Equal(text, page) {
			t.Errorf("%s: text and HTML differ", name)
		}
		if !strings.HasPrefix(l.Text, Emergency+"\n") {
			t.Errorf("%s: the first line is not the sentence about emergencies", name)
		}
		for line := range strings.Lines(l.Text) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > lineWidth && len(strings.Fields(line)) > 2 {
				t.Errorf("%s: too long: %s", name, line)
			}
		}
	}
}

// TestLettersDoNotTellTheLevel: medium and high read alike, and so does every reason for which a letter only says that
// somebody will read.
func TestLettersDoNotTellTheLevel(t *testing.T) {
	c := composer(t, nil)
	write := func(f LetterFacts) string {
		t.Helper()
		l, err := c.Letter(f, envelope())
		if err != nil {
			t.Fatal(err)
		}
		return string(l.Raw)
	}
	if write(signposted(triage.CodeMediumRisk, triage.ContactStoke)) != write(signposted(triage.CodeHighRisk, triage.ContactStoke)) {
		t.Error("the letter tells medium from high")
	}
	bare := write(LetterFacts{Kind: triage.Receipt, Reference: "7K3M-Q4XP", ReceivedAt: received})
	for _, code := range triage.Codes() {
		if write(one(triage.Receipt, Child{Outcome: triage.Hold, Codes: []triage.Code{code}})) != bare {
			t.Errorf("a receipt tells %s", code)
		}
	}
}

// TestSignpostingNamesTheCriterionAlone: whichever code decided, the letter has the criterion's sentence and not the finding.
func TestSignpostingNamesTheCriterionAlone(t *testing.T) {
	c := composer(t, nil)
	never := []string{"medium", "moderate", "high risk", "significant", "emerging", "indicator", "already known", "known to"}
	for _, code := range triage.Codes() {
		l, err := c.Letter(signposted(code, triage.ContactStoke, triage.ContactStaffordshire), envelope())
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(l.Text), " ")
		if strings.Contains(text, code.Sentence()) {
			t.Errorf("%s: the letter tells what was found", code)
		}
		for _, words := range never {
			if strings.Contains(strings.ToLower(text), words) {
				t.Errorf("%s: the letter says %q", code, words)
			}
		}
		for _, address := range []string{"childexploitation@stoke.gov.uk", "CSEinbox@staffordshire.gov.uk"} {
			if !strings.Contains(text, address) {
				t.Errorf("%s: the letter does not name %s", code, address)
			}
		}
	}
}

// TestAReceiptDecidesNothing: its words are those of none of the decisions.
func TestAReceiptDecidesNothing(t *testing.T) {
	c := composer(t, nil)
	for _, large := range []bool{false, true} {
		l, err := c.Letter(LetterFacts{Kind: triage.Receipt, Reference: "7K3M-Q4XP", ReceivedAt: received, TooLarge: large}, envelope())
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"criteri", "meets", "accept", "eligib", "signpost", "missing", "unable", "refus", "confirm", "level"} {
			if strings.Contains(strings.ToLower(l.Subject+l.Text), word) {
				t.Errorf("the receipt says %q", word)
			}
		}
	}
}
