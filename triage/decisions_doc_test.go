package triage

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/decisions.md anew")

// examples name for each clause the row of the table of facts that shows it, in words for staff.
var examples = [...]struct {
	clause Clause
	row    string
	facts  string
}{
	{ClauseProvision, "college", "A college of further education sends a complete referral."},
	{ClauseGroupWork, "1:1", "A complete referral wishes for 1:1 support."},
	{ClauseSignposting, "medium", "A referral does not fit, because its screening tool states medium risk."},
	{ClauseAge, "17 without SEND", "The young person is 17, and “Additional needs” says “None”."},
	{ClausePrimaryYears, "year 4 of a primary, 9", "The child is 9 already, and in year 4 of a primary school."},
	{ClauseArea, "parent's address in, placement's out", "The address names a placement outside the area, and mum's home in Stoke-on-Trent."},
	{ClauseReferrer, "police", "A complete form and tool come from a police address."},
	{ClauseLowRisk, "mail says high", "The screening tool states low risk, and the mail says that the risk is high."},
	{ClausePreventionOnly, "higher level", "The summary tells of an exploitation service that worked with the child last year."},
	{ClauseScreeningTool, "tool too old", "The screening tool is six months and a day old."},
	{ClauseContacts, "contact Stoke", "A referral is signposted, and the child lives in Stoke-on-Trent."},
	{ClauseForm, "fields missing", "The summary of risk, the referrer's name and the social care status are blank."},
	{ClauseInformed, "awaiting consent", "“Are the parents aware of the referral?” is answered “Yes - awaiting consent”."},
	{ClauseConfidential, "reply elsewhere", "The mail of a verified school asks for replies to a private address."},
	{ClauseSigns, "signs beyond ticks", "The summary tells of a weapon, and the box for it is not ticked."},
	{ClauseAgencyCheck, "complete", "A complete referral arrives."},
	{ClauseOpenCase, "open case", "“Child Protection Plan” is ticked on a complete referral."},
	{ClauseClosedCase, "complete", "“Not open to Social Care” is ticked on a complete referral."},
	{ClauseEmerging, "complete", "The screening tool states low risk."},
	{ClauseModerate, "medium", "The screening tool states medium risk."},
	{ClauseSignificant, "high", "The screening tool states high risk."},
	{ClauseTracker, "moved school", "A school writes that a child the service works with has moved to another school."},
	{ClauseEmergency, "danger in a document", "The form of a complete referral tells of danger now."},
}

// examplesOf has the rules decide on each clause's example.
func examplesOf(t *testing.T) map[Clause]Example {
	t.Helper()
	out := map[Clause]Example{}
	for _, x := range examples {
		at := slices.IndexFunc(rows, func(r row) bool { return r.name == x.row })
		if at < 0 {
			t.Fatalf("no row is named %q", x.row)
		}
		s := newScene(t)
		rows[at].change(s)
		in := s.assess()
		reasons, next := in.Reasons, []Code(nil)
		if len(in.Children) > 0 {
			reasons, next = in.Children[0].Decision.Reasons, in.Children[0].Decision.Next
		}
		out[x.clause] = exampleOf(t, x.clause, x.facts, reasons, next, in.Outcome)
	}
	return out
}

// exampleOf picks the weightiest reason of the clause, or its next step.
func exampleOf(t *testing.T, clause Clause, facts string, reasons []Reason, next []Code, outcome Outcome) Example {
	t.Helper()
	e := Example{Facts: facts, Outcome: outcome}
	for _, s := range precedence {
		for _, r := range reasons {
			if r.Clause == clause && r.Effect == s.effect && e.Code == "" {
				e.Code = r.Code
			}
		}
	}
	for _, c := range next {
		if c.Clause() == clause && e.Code == "" {
			e.Code, e.Next = c, true
		}
	}
	if e.Code == "" {
		t.Errorf("%q shows nothing of clause %s", facts, clause)
	}
	return e
}

// The page that staff and auditors read must be what the tables decide by.
func TestDecisionsDocument(t *testing.T) {
	var b bytes.Buffer
	if err := WriteDecisions(&b, examplesOf(t)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "docs", "decisions.md")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(got)); diff != "" {
		t.Errorf("docs/decisions.md is out of date; write it with -update (-tables +page):\n%s", diff)
	}
}

func TestDecisionsDocumentIsWhole(t *testing.T) {
	var b bytes.Buffer
	if err := WriteDecisions(&b, examplesOf(t)); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, c := range Clauses() {
		if !strings.Contains(page, "## `"+string(c)+"`\n") || !strings.Contains(page, c.Says()) {
			t.Errorf("clause %s is not on the page", c)
		}
		if _, section, _ := strings.Cut(page, "## `"+string(c)+"`\n"); !strings.Contains(section[:strings.Index(section, "\n## ")], "*For example:* ") {
			t.Errorf("clause %s has no example", c)
		}
	}
	for _, c := range Codes() {
		if n := strings.Count(page, "| `"+string(c)+"` |"); n != 1 {
			t.Errorf("code %s stands on the page %d times, want once", c, n)
		}
		if effectWords[c.Effect()] == "" || verdictWords[c.Verdict()] == "" {
			t.Errorf("code %s has an effect or verdict without words", c)
		}
	}
	for _, s := range precedence {
		if outcomeWords[s.outcome] == "" {
			t.Errorf("outcome %s has no words", s.outcome)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left")

func TestDecisionsDocumentTellsOfAFullDisk(t *testing.T) {
	if err := WriteDecisions(fullDisk{}, nil); !errors.Is(err, errFull) {
		t.Errorf("error = %v, want the writer's own", err)
	}
}
