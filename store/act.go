package store

import (
	"encoding/json"
	"time"

	"referrald/triage"
)

// An Act is one thing that was done about a case, by the machine or by a person.
type Act struct {
	ID       int64           `json:"id"`
	At       time.Time       `json:"at"`
	Machine  bool            `json:"machine"`
	By       string          `json:"by"` // the person, or "referrald"
	Version  string          `json:"version,omitempty"`
	Policy   string          `json:"policy,omitempty"`
	Action   Action          `json:"action"`
	Outcome  triage.Outcome  `json:"outcome,omitempty"`
	Urgent   bool            `json:"urgent,omitempty"`
	Pathway  triage.Pathway  `json:"pathway,omitempty"`
	Word     string          `json:"word,omitempty"`    // of Action: which status, which review, which event
	Message  int64           `json:"message,omitempty"` // the message that led to it
	Note     string          `json:"note,omitempty"`    // a person's
	Decision json.RawMessage `json:"decision,omitempty"`
}

// An Action says what was done.
type Action string

// The actions.
const (
	ActDecided      Action = "decided"     // by the machine, on the message that opened the case
	ActFollowedUp   Action = "followed_up" // by the machine, on a later message
	ActOutcome      Action = "outcome"     // a person decided
	ActNote         Action = "note"
	ActReleased     Action = "released" // a person let a drafted letter go
	ActWithdrawn    Action = "withdrawn"
	ActLetter       Action = "letter"       // a person sent a letter
	ActAcknowledged Action = "acknowledged" // a person has seen an urgent case
	ActStatus       Action = "status"       // the tracker's status was recorded
	ActReview       Action = "review"
	ActEvent        Action = "event" // a significant incident, transfer or closing
	ActClosed       Action = "closed"
	ActReopened     Action = "reopened"
	ActLegalHold    Action = "legal_hold"
	ActLegalFree    Action = "legal_hold_ended"
	ActBounced      Action = "bounced" // a letter came back
	ActErased       Action = "erased"
)

// act adds to a case's history.
func (t *tx) act(a actRow) (int64, error) {
	return t.insert(`INSERT INTO acts (case_id, at, machine, by_whom, version, policy, action, outcome, urgent, pathway, word, message)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.CaseID, a.At, a.Machine, a.ByWhom, a.Version, a.Policy, a.Action, a.Outcome, a.Urgent, a.Pathway, a.Word, a.Message)
}

// acts returns a case's history, oldest first.
func (t *tx) acts(caseID int64) ([]Act, error) {
	var rows []actRow
	if err := t.list(&rows, `SELECT * FROM acts WHERE case_id = ? ORDER BY id`, caseID); err != nil {
		return nil, err
	}
	out := make([]Act, len(rows))
	for i, r := range rows {
		note, err := t.unseal(ofAct, r.ID, "note")
		if err != nil {
			return nil, err
		}
		decision, err := t.unseal(ofAct, r.ID, "decision")
		if err != nil {
			return nil, err
		}
		out[i] = Act{r.ID, r.At.Time, r.Machine, r.ByWhom, r.Version, r.Policy, Action(r.Action), triage.Outcome(r.Outcome), r.Urgent,
			triage.Pathway(r.Pathway), r.Word, r.Message, string(note), decision}
	}
	return out, nil
}
