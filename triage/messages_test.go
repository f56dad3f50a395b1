package triage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// A mailCase is one message of testdata/messages.txt: what it is, what has to follow, and its words.
type mailCase struct {
	classes  []Class
	outcomes []Outcome
	urgent   bool
	with     []string // form, tool, locked
	from     string
	subject  string
	body     string
}

// mailCases reads testdata/messages.txt.
func mailCases(t *testing.T) []mailCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "messages.txt"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split("\n"+string(data), "\n=> ")[1:]
	cases := make([]mailCase, 0, len(blocks))
	for _, block := range blocks {
		cases = append(cases, mailCaseOf(t, block))
	}
	return cases
}

// mailCaseOf reads "classes : outcomes [with …] [from …]", the subject and the message.
func mailCaseOf(t *testing.T, block string) mailCase {
	head, rest, _ := strings.Cut(block, "\n")
	subject, body, _ := strings.Cut(rest, "\n")
	classes, more, ok := strings.Cut(head, " : ")
	if !ok {
		t.Fatalf("%q is no head line", head)
	}
	c := mailCase{from: "dsl@larkmoor.example", subject: subject, body: strings.TrimSpace(body)}
	for name := range strings.SplitSeq(classes, "|") {
		c.classes = append(c.classes, Class(name))
	}
	words := strings.Fields(more)
	outcomes, urgent := strings.CutSuffix(words[0], "!")
	c.urgent = urgent
	for name := range strings.SplitSeq(outcomes, "|") {
		c.outcomes = append(c.outcomes, Outcome(name))
	}
	for i, w := range words {
		switch {
		case w == "from":
			c.from = words[i+1]
		case slices.Contains([]string{"form", "tool", "locked"}, w):
			c.with = append(c.with, w)
		}
	}
	return c
}

// reading is what the message and its documents say.
func (c *mailCase) reading(lex *form.Lexicon) parse.Reading {
	mail := parse.Read(parse.File{MediaType: "text/plain", Body: true, Data: []byte(c.body)}, parse.Options{})
	read := parse.Assemble([]parse.Extract{mail}, c.subject, lex)
	ref := newReferral("Kieran Testwood", "2013-03-14")
	switch {
	case slices.Contains(c.with, "locked"):
		read.Documents = []parse.DocumentNote{{Name: "a.docx", Kind: parse.KindUnreadable, Why: document.Locked}}
		return read
	case len(c.with) == 0:
		return read
	case !slices.Contains(c.with, "tool"):
		ref.Tool, ref.Level = nil, form.LevelAbsent
		for _, k := range []form.Key{form.ToolChildName, form.ToolChildBirth, form.ToolCompletedOn, form.ToolLevel} {
			delete(ref.Fields, k)
		}
	case !slices.Contains(c.with, "form"):
		ref.Form, ref.Statuses, ref.Factors, ref.Passages = nil, nil, nil, nil
		for k := range ref.Fields {
			if !strings.HasPrefix(string(k), "screening.") {
				delete(ref.Fields, k)
			}
		}
	}
	read.Referrals = []parse.Referral{ref}
	return read
}

// TestMessages decides on messages in many people's words by the real lexicon.
func TestMessages(t *testing.T) {
	labels, err := form.Load()
	if err != nil {
		t.Fatal(err)
	}
	words, err := prose.Default()
	if err != nil {
		t.Fatal(err)
	}
	p := testPolicy(t)
	a := Assessor{Policy: p, Register: testRegister(t, p), Prose: words}
	cases := mailCases(t)
	if len(cases) < 100 {
		t.Fatalf("only %d messages", len(cases))
	}
	for _, c := range cases {
		words := c.body
		for wrapping, below := range beneath {
			c.body = words + below
			in := a.Assess(Arrival{At: arrived, From: c.from, Authenticated: true, Subject: c.subject}, c.reading(labels))
			if !slices.Contains(c.classes, in.Class) || !slices.Contains(c.outcomes, in.Outcome) || c.urgent && !in.Urgent {
				t.Errorf("%s: %s, %s, urgent %t; want %v, %v, %t\n%s\n%s\n%s", wrapping, in.Class, in.Outcome, in.Urgent, c.classes, c.outcomes, c.urgent, c.subject, words, codesOf(in))
				for _, s := range in.Signs {
					t.Log(s.Key, s.Status, s.Evidence.Text)
				}
			}
		}
	}
}

// beneath is what stands under people's own words, and must change nothing.
var beneath = map[string]string{
	"alone": "",
	"signed": `

Kind regards

Jo Examplar
Designated Safeguarding Lead
Larkmoor Academy | 1 Test Street, Stoke-on-Trent | 01632 960001
If you are worried that a child is in danger now call 999. To report a concern about a member of staff contact the headteacher.

This email and any attachments are confidential and intended solely for the addressee. If you have received it in error please delete it and
notify the sender. To see how we use personal data, to ask for a copy of what we hold about you or to have it erased, see our privacy notice.
We do not accept liability for viruses. Please consider the environment before printing.
`,
	"over our letter": `

On Mon, 5 Oct 2026 at 09:31, CCE Prevention Service <referrals@charity.example> wrote:
> This inbox is not for emergencies: in an emergency, call 999.
>
> Thank you, a little more is needed
>
> Thank you for your referral. It has reached us safely. Before we can decide on it, we need the following, named as on the form:
>
> - Are the parents aware of the referral? Please answer yes or no.
> - A current Child Exploitation Screening Tool.
>
> Please reply to this email with what is missing. If you no longer wish to refer, please reply and say so. If you are worried about a
> child's safety, please do not wait for us: follow your safeguarding procedures now.
`,
}
