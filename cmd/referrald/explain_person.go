package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"referrald/parse/form"
	"referrald/triage"
)

// A page writes what was decided about one message so that a safeguarding worker can follow it from top to bottom:
// what happens, why clause by clause, what was read, and the letter that would leave.
type page struct {
	out   io.Writer
	ink   palette
	width int
}

// Print writes the whole page.
func (p page) Print(file string, x *examined) {
	in := &x.Intake
	p.line("%s", p.ink.bold(file))
	p.line("  From      %s, %s", orDash(x.Arrival.From), senderWords(in.Sender))
	p.line("  Arrived   %s", x.Arrival.At.In(x.zone).Format("Monday 2 January 2006 at 15:04"))
	p.line("  Outcome   %s", p.outcome(in.Outcome, in.Urgent))
	if len(in.Children) == 0 {
		p.reasons("  ", in.Reasons) // else they stand with each child
	}
	for i := range in.Children {
		p.child(i, len(in.Children), &in.Children[i], x)
	}
	p.documents(x)
	p.letter(x)
	p.line("")
}

func (p page) line(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

func (p page) outcome(o triage.Outcome, urgent bool) string {
	words := outcomeWords[o]
	if urgent {
		words = "URGENT: " + words
	}
	switch {
	case urgent || o == triage.Hold:
		return p.ink.red(words)
	case o == triage.Accept:
		return p.ink.green(words)
	default:
		return p.ink.yellow(words)
	}
}

var outcomeWords = map[triage.Outcome]string{
	triage.Accept:             "Accept: every criterion is met on paper",
	triage.RequestInformation: "Ask the school for what is missing",
	triage.Signpost:           "Signpost: a criterion is not met",
	triage.Hold:               "Hold for a person",
	triage.Ignore:             "Not a referral: written by a machine, no answer",
}

func (p page) child(i, of int, c *triage.Child, x *examined) {
	title := "The child"
	if of > 1 {
		title = fmt.Sprintf("Child %d of %d", i+1, of)
	}
	p.line("\n  %s", p.ink.bold(title))
	p.line("    Outcome   %s", p.outcome(c.Decision.Outcome, c.Decision.Urgent))
	if len(c.Decision.Missing) > 0 {
		p.line("    Missing   %s", joinMissing(c.Decision.Missing))
	}
	if len(c.Decision.Contacts) > 0 {
		p.line("    Contact   %s", strings.Join(x.contacts(c.Decision.Contacts), ", "))
	}
	p.line("\n    %s", p.ink.bold("Why, clause by clause"))
	p.reasons("    ", c.Decision.Reasons)
	p.next(c)
	p.line("\n    %s", p.ink.bold("What was read"))
	p.fields(c)
	p.signs(c.Signs)
}

// mark is a reason's verdict in one word; what lies beside the criteria is a note.
func (p page) mark(r *triage.Reason) string {
	switch {
	case r.Code.Note():
		return p.ink.faint("note   ")
	case r.Verdict == triage.Met:
		return p.ink.green("met    ")
	case r.Verdict == triage.NotMet:
		return p.ink.red("not met")
	}
	return p.ink.yellow("unknown")
}

func (p page) reasons(indent string, reasons []triage.Reason) {
	for _, r := range reasons {
		p.line("%s  %s  %s", indent, p.mark(&r), p.wrap(r.Says, len(indent)+11))
		p.line("%s           %s", indent, p.ink.faint(clauseWords(r)))
		for _, w := range r.Words {
			p.line("%s           %s", indent, p.ink.blue(p.wrap("“"+oneLine(w.Text)+"”"+placeOf(w), len(indent)+11)))
		}
	}
}

func clauseWords(r triage.Reason) string {
	if r.Source == "" {
		return "clause " + string(r.Clause)
	}
	return "clause " + string(r.Clause) + " (" + r.Source + ")"
}

func placeOf(e form.Evidence) string {
	switch {
	case e.Document != "" && e.Where != "":
		return " — " + e.Document + ", " + e.Where
	case e.Document != "":
		return " — " + e.Document
	case e.Where != "":
		return " — " + e.Where
	}
	return ""
}

// next prints the steps that the pathway asks of staff. Those that a reason has said already are not said again.
func (p page) next(c *triage.Child) {
	if c.Decision.Pathway == "" {
		return
	}
	p.line("\n    %s %s", p.ink.bold("Pathway"), c.Decision.Pathway)
	for _, code := range c.Decision.Next {
		if slices.Contains(c.Decision.Flags, code) {
			continue
		}
		p.line("      next  %s", p.wrap(code.Sentence(), 12))
	}
}

// fieldOrder is the form's own order, the tool's fields last.
var fieldOrder = []form.Key{form.Name, form.DateOfBirth, form.Contact, form.Sexuality, form.Address, form.Postcode,
	form.Ethnicity, form.Religion, form.Language, form.CareContact, form.OtherAgencies, form.ParentName, form.ParentContact,
	form.Responsibility, form.ParentAware, form.School, form.AdditionalNeeds, form.EducationStatus, form.ReferrerName,
	form.ReferrerContact, form.GroupDynamics, form.ProtectiveFactors, form.Interests, form.Summary, form.AreasOfWork,
	form.ToolChildName, form.ToolChildBirth, form.ToolCompletedOn, form.ToolCompletedBy, form.ToolLevel}

func (p page) fields(c *triage.Child) {
	for _, k := range fieldOrder {
		v, ok := c.Referral.Fields[k]
		if !ok {
			continue
		}
		sure := fmt.Sprintf("%3.0f%%", v.Confidence*100)
		if v.Confidence < 0.8 {
			sure = p.ink.yellow(sure)
		}
		p.line("      %s  %-34s %s", sure, k, p.wrap(oneLine(v.Text), 47))
		p.line("            %-34s %s", "", p.ink.faint(v.Document+", "+v.Where))
	}
	p.list("social care status", c.Referral.Statuses)
	p.list("vulnerability factors", c.Referral.Factors)
	p.line("            %-34s %s", "screening tool level", c.Referral.Level)
}

func (p page) list(name string, items any) {
	var words []string
	switch list := items.(type) {
	case []form.CareStatus:
		for _, s := range list {
			words = append(words, string(s))
		}
	case []form.Factor:
		for _, f := range list {
			words = append(words, string(f))
		}
	}
	if len(words) > 0 {
		p.line("            %-34s %s", name, p.wrap(strings.Join(words, ", "), 47))
	}
}

func (p page) signs(signs []triage.Sign) {
	if len(signs) == 0 {
		return
	}
	p.line("\n    %s", p.ink.bold("What the narrative says"))
	for _, s := range signs {
		p.line("      %-12s %-30s %s", strings.ReplaceAll(string(s.Status), "_", " "), strings.ReplaceAll(s.Key, "_", " "),
			p.ink.blue(p.wrap("“"+oneLine(s.Evidence.Text)+"”", 50)))
	}
}

func (p page) documents(x *examined) {
	if len(x.Reading.Documents) == 0 {
		return
	}
	p.line("\n  %s", p.ink.bold("Documents"))
	for _, d := range x.Reading.Documents {
		p.line("    %-40s %-6s %-15s %s", d.Name, d.Format, strings.ReplaceAll(string(d.Kind), "_", " "), p.ink.red(d.Why.Sentence()))
	}
}

func (p page) letter(x *examined) {
	if x.Letter == nil {
		p.line("\n  %s", p.ink.bold("No letter would leave."))
		return
	}
	p.line("\n  %s %s", p.ink.bold("The letter that would leave, to"), x.Letter.To)
	p.line("    Subject: %s\n", x.Letter.Subject)
	for l := range strings.SplitSeq(strings.TrimRight(x.Letter.Text, "\n"), "\n") {
		p.line("    %s %s", p.ink.faint("│"), l)
	}
}

func senderWords(s triage.Sender) string {
	who := strings.ReplaceAll(string(s.Kind), "_", " ")
	if s.School != "" {
		who = s.School
	}
	if s.Authenticated {
		return who + ", verified by our mail server"
	}
	return who + ", NOT verified by our mail server"
}

// missingWords names a missing thing for staff.
func joinMissing(missing []triage.Missing) string {
	words := make([]string, len(missing))
	for i, m := range missing {
		words[i] = string(m)
	}
	return strings.Join(words, ", ")
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// wrap breaks s at the page's width, every line after the first indented.
func (p page) wrap(s string, indent int) string {
	var b strings.Builder
	column := indent
	for i, word := range strings.Fields(s) {
		switch {
		case i > 0 && column+1+len([]rune(word)) > p.width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		case i > 0:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len([]rune(word))
	}
	return b.String()
}
