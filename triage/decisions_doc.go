package triage

import (
	"bufio"
	"fmt"
	"io"
)

// decisionsHead opens docs/decisions.md. The rest of that page is written from the tables that decide.
const decisionsHead = `# What is decided, and why

This page is written from the tables that decide: ` + "`go test ./triage -run TestDecisionsDocument -update`" + ` writes it, and the
same test fails while the page and the tables differ.

Every rule answers *met*, *not met* or *unknown*, with a sentence and the words it relied on. Unknown is never "not met":
what is not known is asked for, or goes to a person. The rules only say which of the codes below apply; the effect of
each code and the precedence at the end of the page are the whole of the decision.

The clauses stand in the order of the two source documents: first the service's page and referral form, from
` + "`signs`" + ` on the CCE referral process. ` + "`emergency`" + ` is in neither; it is ours, for safety.

`

// effectWords say what an effect asks for.
var effectWords = map[Effect]string{
	EffectNone:       "nothing",
	EffectAsk:        "ask the school",
	EffectSignpost:   "signpost",
	EffectHold:       "a person decides",
	EffectHoldSafety: "a person decides, before any signposting",
	EffectHoldUrgent: "a person now: staff are alerted at once",
}

// outcomeWords say what an outcome means for the school and the staff.
var outcomeWords = map[Outcome]string{
	Accept:             "Every criterion is met on paper. The letter acknowledges it; a worker confirms.",
	RequestInformation: "The letter names what is missing, by the form's own labels.",
	Signpost:           "The letter names the criterion and whom to contact instead. A person looks at every one again.",
	Hold:               "The letter, where one may leave, is a receipt without a word of decision.",
}

// verdictWords are the verdicts as the page writes them.
var verdictWords = map[Verdict]string{Met: "met", NotMet: "not met", Unknown: "unknown"}

// An Example is one decision that shows a clause at work: facts in a sentence, and what the rules made of them.
type Example struct {
	Facts   string
	Code    Code // of the clause
	Next    bool // the code stands among the next steps, and not among the reasons
	Outcome Outcome
}

// WriteDecisions writes docs/decisions.md: every clause with its heading and sentence in the source documents, every
// code with its verdict, effect and sentence, the clause's example, the precedence, and one decision made by it. The
// examples are the caller's, so that they are made by the rules themselves.
func WriteDecisions(w io.Writer, examples map[Clause]Example) error {
	out := bufio.NewWriter(w) // keeps the first error, which Flush returns
	out.WriteString(decisionsHead)
	for _, c := range clauseTexts {
		fmt.Fprintf(out, "## `%s`\n\n*%s:* “%s”\n\n", c.clause, c.source, c.says)
		writeCodes(out, c.clause)
		writeExampleOf(out, examples[c.clause])
	}
	writePrecedence(out)
	writeExample(out, CodeAgeTooOld, CodeToolAbsent, CodeAreaBothIn)
	return out.Flush()
}

// writeCodes writes the codes of one clause as a table. A clause without codes says so, so that none is overlooked.
func writeCodes(out *bufio.Writer, clause Clause) {
	rows := 0
	for _, e := range codeTable {
		if e.clause != clause {
			continue
		}
		if rows == 0 {
			out.WriteString("| code | verdict | asks for | sentence |\n|---|---|---|---|\n")
		}
		rows++
		asks := effectWords[e.effect]
		if e.flag {
			asks += "; staff see a flag"
		}
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", e.code, verdictWords[e.verdict], asks, e.sentence)
	}
	if rows == 0 {
		out.WriteString("No code: nothing in a message can break or meet it.\n")
	}
	out.WriteByte('\n')
}

// writeExampleOf writes one clause's example.
func writeExampleOf(out *bufio.Writer, e Example) {
	stands := "stands among the reasons"
	if e.Next {
		stands = "stands among the next steps"
	}
	fmt.Fprintf(out, "*For example:* %s `%s` %s, and the outcome is `%s`.\n\n", e.Facts, e.Code, stands, e.Outcome)
}

// writePrecedence writes the lines of the precedence, and the criteria that each must have been met.
func writePrecedence(out *bufio.Writer) {
	out.WriteString("## The precedence\n\nMachine mail is ignored before anything else: it is never answered. For the rest, the first line that any reason " +
		"asks for decides.\n\n| | any reason asks for | outcome | what follows |\n|---|---|---|---|\n")
	for i, s := range precedence {
		outcome := "`" + string(s.outcome) + "`"
		if s.urgent {
			outcome += ", urgent"
		}
		fmt.Fprintf(out, "| %d | %s | %s | %s |\n", i+1, effectWords[s.effect], outcome, outcomeWords[s.outcome])
	}
	fmt.Fprintf(out, "\nA high level of risk (`%s`) alerts staff at once, whatever the outcome.\n", CodeHighRisk)
	out.WriteString("\nNothing is accepted because nothing was said against it. Each of these clauses must have a reason that it is met, and no\nreason that it is not, or not known; else a person decides:")
	for i, c := range criteria {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, " `%s`", c)
	}
	out.WriteString(".\n\n")
}

// writeExample writes a decision that the precedence makes of the given codes.
func writeExample(out *bufio.Writer, codes ...Code) {
	out.WriteString("## An example\n\nA referral of which the rules found\n\n")
	var reasons []Reason
	for _, c := range codes {
		reasons = append(reasons, Reason{Clause: c.Clause(), Code: c, Verdict: c.Verdict(), Effect: c.Effect()})
		fmt.Fprintf(out, "- `%s`: %s\n", c, c.Sentence())
	}
	outcome, _ := decide(reasons)
	fmt.Fprintf(out, "\nhas the outcome `%s`. %s\n", outcome, outcomeWords[outcome])
}
