package triage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// namedClauses are the clauses of the two source documents, and the one of safety, by the names under which the service
// agreed to them.
const namedClauses = "provision group_work signposting age primary_years area referrer low_risk prevention_only screening_tool contacts form informed confidential signs agency_check open_case closed_case emerging moderate significant tracker emergency"

// TestEveryClauseIsKept: each clause stands in the code with a source and a code that belongs to it, in the table of facts
// or among the next steps with each verdict that it can have, and on the page of decisions.
func TestEveryClauseIsKept(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "docs", "decisions.md"))
	if err != nil {
		t.Fatal(err)
	}
	type spoken struct {
		clause  Clause
		verdict Verdict
	}
	tested := map[spoken]bool{}
	for _, r := range rows {
		tested[spoken{r.code.Clause(), r.code.Verdict()}] = true
	}
	for c := range nextSteps {
		tested[spoken{c.Clause(), c.Verdict()}] = true
	}
	known := map[Clause]bool{}
	for _, c := range Clauses() {
		known[c] = true
	}
	names := strings.Fields(namedClauses)
	if len(names) != len(known) {
		t.Errorf("%d clauses are agreed, the code has %d", len(names), len(known))
	}
	for _, name := range names {
		if !known[Clause(name)] || !strings.Contains(string(page), "## `"+name+"`\n") {
			t.Errorf("clause %s is not in the code, or not on the page of decisions", name)
		}
	}
	for _, e := range codeTable {
		if !tested[spoken{e.clause, e.verdict}] {
			t.Errorf("no row has clause %s %s", e.clause, e.verdict)
		}
	}
}
