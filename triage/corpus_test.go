package triage

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"referrald/parse"
	"referrald/parse/form"
	"referrald/triage/prose"
)

// A truth is one line of the corpus's truth, as far as the rules need it.
type truth struct {
	File          string    `json:"file"`
	Scenario      string    `json:"scenario"`
	Group         string    `json:"group"`
	From          string    `json:"from"`
	ReceivedAt    time.Time `json:"received_at"`
	Authenticated bool      `json:"authenticated"`
	SenderKind    []string  `json:"sender_kind"`
	OutcomeOK     []string  `json:"outcome_ok"`
	ScoreMissing  *bool     `json:"score_missing"`
	Referrals     []struct {
		Fields   map[form.Key]json.RawMessage `json:"fields"`
		Statuses []form.CareStatus            `json:"social_care_status"`
		Factors  []form.Factor                `json:"vulnerability_factors"`
		Tool     struct {
			Level       json.RawMessage `json:"level"`
			CompletedOn *string         `json:"completed_on"`
		} `json:"screening_tool"`
		Missing  []json.RawMessage `json:"missing"`
		Contacts []string          `json:"contacts"`
		Facts    struct {
			HasForm  bool   `json:"has_form"`
			HasTool  bool   `json:"has_tool"`
			DobState string `json:"dob_state"`
		} `json:"facts"`
	} `json:"referrals"`
}

// oneOf reads a value that may be a string or a list of acceptable ones.
func oneOf(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if err := json.Unmarshal(raw, &many); err != nil {
		return nil
	}
	return many
}

// reading builds what a perfect reader would have read.
func (t *truth) reading() parse.Reading {
	var read parse.Reading
	for _, r := range t.Referrals {
		ref := parse.Referral{Fields: map[form.Key]form.Value{}, Statuses: r.Statuses, Factors: r.Factors, Level: form.LevelAbsent}
		onForm, inTool := false, false
		for k, raw := range r.Fields {
			ref.Fields[k] = form.Value{Text: oneOf(raw)[0], Confidence: 1}
			inTool = inTool || strings.HasPrefix(string(k), "screening.")
			onForm = onForm || !strings.HasPrefix(string(k), "screening.")
		}
		if r.Facts.HasForm {
			ref.Form = &form.Sheet{Kind: form.ReferralForm, Blank: !onForm}
			if r.Facts.DobState == "impossible" {
				ref.Form.Born = form.DateImpossible
			}
		}
		if r.Facts.HasTool {
			ref.Tool = &form.Sheet{Kind: form.ScreeningTool, Blank: !inTool}
			ref.Level = form.Level(oneOf(r.Tool.Level)[0])
		}
		if ref.Form != nil || ref.Tool != nil {
			read.Referrals = append(read.Referrals, ref)
		}
	}
	return read
}

// recognise finds, in place of the lexicon, what the scenario says that the mail is about.
func (t *truth) recognise(ps []form.Passage) []prose.Finding {
	key, ok := map[string]string{
		"request_neither_prose": prose.AsksForHelp, "request_group_no_forms": prose.AsksForHelp, "signpost_police_prose": prose.AsksForHelp,
		"signpost_police_group": prose.AsksForHelp, "signpost_council_prose": prose.AsksForHelp, "hold_opt_out": prose.OptOut,
		"hold_active_exploitation": prose.ActiveExploitation, "hold_higher_level_service": prose.HigherLevel,
		"hold_message_contradicts_tool": prose.LevelLow, "hold_subject_access": prose.RightsRequest, "hold_urgent_update_arrest": prose.Update,
	}[t.Scenario]
	if strings.HasPrefix(t.Scenario, "hold_urgent_danger") || t.Scenario == "hold_urgent_two_children_one_danger" {
		key, ok = prose.DangerNow, true
	}
	if !ok || len(ps) == 0 {
		return nil
	}
	return []prose.Finding{{Key: key, Status: prose.Present, Source: form.FromBody}}
}

// readElsewhere tells scenarios that turn on the mail's build, on locked files or on words that only the other packages read.
func (t *truth) readElsewhere() bool {
	for _, s := range []string{"ignore_", "hold_pdf", "hold_zip", "hold_secure", "hold_reply_to", "hold_scan", "hold_photo", "hold_tool_scanned", "hold_pru", "hold_tool_of"} {
		if strings.HasPrefix(t.Scenario, s) {
			return true
		}
	}
	return false
}

func TestRulesOnCorpus(t *testing.T) {
	dir := os.Getenv("REFERRALD_CORPUS")
	if dir == "" {
		t.Skip("REFERRALD_CORPUS names no corpus")
	}
	a := corpusAssessor(t, dir)
	lines, err := os.Open(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer lines.Close()
	scan := bufio.NewScanner(lines)
	scan.Buffer(nil, 1<<22)
	right, all := 0, 0
	for scan.Scan() {
		var x truth
		if err := json.Unmarshal(scan.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		if x.readElsewhere() {
			continue
		}
		all++
		if x.check(t, a) {
			right++
		}
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	if all == 0 || float64(right) < 0.98*float64(all) {
		t.Errorf("%d of %d messages decided as the truth has them", right, all)
	}
	t.Logf("%d of %d", right, all)
}

func (x *truth) check(t *testing.T, a *Assessor) bool {
	t.Helper()
	a.recognise = x.recognise
	read := x.reading()
	read.Passages = []form.Passage{{Source: form.FromBody, Evidence: form.Evidence{Text: "Dear team"}}}
	if x.Scenario == "hold_ehe_adviser" {
		read.Passages[0].Text = "I am the elective home education adviser for this family."
	}
	in := a.Assess(Arrival{At: x.ReceivedAt, From: x.From, Authenticated: x.Authenticated}, read)
	ok := slices.Contains(x.OutcomeOK, string(in.Outcome)) && slices.Contains(x.SenderKind, string(in.Sender.Kind))
	if !ok {
		t.Logf("%s %s: %s by %s, want %v by %v: %s", x.File, x.Scenario, in.Outcome, in.Sender.Kind, x.OutcomeOK, x.SenderKind, codesOf(in))
	}
	return x.checkChildren(t, a, in) && ok
}

func (x *truth) checkChildren(t *testing.T, a *Assessor, in Intake) bool {
	t.Helper()
	ok := true
	for i, r := range x.Referrals {
		if i >= len(in.Children) {
			continue
		}
		d := in.Children[i].Decision
		if d.Outcome == RequestInformation && (x.ScoreMissing == nil || *x.ScoreMissing) && !missingAgrees(r.Missing, d.Missing) {
			t.Logf("%s %s: missing %v, want %s", x.File, x.Scenario, d.Missing, r.Missing)
			ok = false
		}
		var addresses []string
		for _, c := range d.Contacts {
			addresses = append(addresses, a.Policy.Address(c))
		}
		if r.Contacts != nil && !slices.Equal(addresses, r.Contacts) {
			t.Logf("%s %s: contacts %v, want %v", x.File, x.Scenario, addresses, r.Contacts)
			ok = false
		}
	}
	return ok
}

// missingAgrees tells whether each wanted thing, or one of its alternatives, is missing, and nothing else.
func missingAgrees(want []json.RawMessage, got []Missing) bool {
	if len(want) != len(got) {
		return false
	}
	for _, w := range want {
		if !slices.ContainsFunc(oneOf(w), func(k string) bool { return slices.Contains(got, Missing(k)) }) {
			return false
		}
	}
	return true
}

func codesOf(in Intake) string {
	var codes []string
	for _, c := range in.Children {
		for _, r := range c.Decision.Reasons {
			codes = append(codes, string(r.Code))
		}
	}
	for _, r := range in.Reasons {
		codes = append(codes, string(r.Code))
	}
	return strings.Join(codes, " ")
}

// corpusAssessor has the register and the postcode table that the corpus's own configuration names.
func corpusAssessor(t *testing.T, dir string) *Assessor {
	t.Helper()
	var conf struct {
		Data struct{ Schools, Postcodes string }
	}
	if _, err := toml.DecodeFile(filepath.Join(dir, "corpus.toml"), &conf); err != nil {
		t.Fatal(err)
	}
	p, err := DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	schools, err := os.Open(filepath.Join(dir, conf.Data.Schools))
	if err != nil {
		t.Fatal(err)
	}
	defer schools.Close()
	reg, err := ReadRegister(schools, p)
	if err != nil {
		t.Fatal(err)
	}
	return &Assessor{Policy: p, Register: reg, Gazetteer: openGazetteer(t, filepath.Join(dir, conf.Data.Postcodes), p)}
}

func openGazetteer(t testing.TB, path string, p *Policy) *Gazetteer {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	g, err := ReadGazetteer(z, p.Area)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
