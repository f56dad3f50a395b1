package store

import (
	"testing"

	"referrald/triage"
)

func TestClosingTheLastChildWithdrawsTheDraft(t *testing.T) {
	db := opened(t, sqliteURL(t))
	m := filed(t, db, 1)
	d := decided(m, 1)
	second := d.Cases[0]
	second.Number, second.Name = 2, "Bo Finch"
	d.Outcome, d.Cases = triage.Signpost, append(d.Cases, second)
	d.Drafted, d.Letter = letterTo(2), nil
	must(t, db.Decide(t.Context(), d))
	for _, step := range []struct {
		child string
		want  LetterState
	}{{"/1", LetterDraft}, {"/2", LetterWithdrawn}} {
		must(t, db.CloseCase(t.Context(), m.Reference+step.child, "kim", "done"))
		c, err := db.Case(t.Context(), m.Reference+step.child)
		must(t, err)
		if len(c.Letters) != 1 || c.Letters[0].State != step.want {
			t.Errorf("after closing %s: %+v, want %s", step.child, c.Letters, step.want)
		}
	}
	if n := jobs(t, db, DeliverJob); n != 0 {
		t.Errorf("%d letters leave", n)
	}
}
