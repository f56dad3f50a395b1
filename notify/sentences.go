package notify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
	"referrald/triage"
)

// sentences are the closed sentences of the letters, with the policy's numbers filled in.
type sentences struct {
	Criterion map[string]string `toml:"criterion"` // by clause, and "other"
	Ask       map[string]string `toml:"ask"`       // by code
	Contact   map[string]string `toml:"contact"`   // by contact
}

// otherCriterion is the key of what is said where no clause has a sentence of its own.
const otherCriterion = "other"

// numbers are what a sentence may take from the policy.
type numbers struct {
	AgeFrom, AgeTo, AgeToWithSEND, ToolMonths int
	Years                                     string // "5 and 6"
}

func numbersOf(p *triage.Policy) numbers {
	years := fmt.Sprintf("%d to %d", p.PrimaryYears.From, p.PrimaryYears.To)
	if p.PrimaryYears.To == p.PrimaryYears.From+1 {
		years = fmt.Sprintf("%d and %d", p.PrimaryYears.From, p.PrimaryYears.To)
	}
	return numbers{p.Age.From, p.Age.To, p.Age.ToWithSEND, p.ScreeningTool.Months, years}
}

// readSentences reads the built-in sentences and lays the operator's over them. The faults come one by one.
func readSentences(builtIn, own string, n numbers) (*sentences, []error) {
	s := &sentences{}
	if _, err := toml.Decode(builtIn, s); err != nil {
		return nil, []error{err}
	}
	over := &sentences{}
	meta, err := toml.Decode(own, over)
	if err != nil {
		return nil, []error{position(err)}
	}
	var faults []error
	for _, key := range meta.Undecoded() {
		faults = append(faults, fmt.Errorf("%s: no such key; there are criterion, ask and contact", key))
	}
	for _, t := range s.tables(over) {
		faults = append(faults, t.lay()...)
		faults = append(faults, t.fill(n)...)
	}
	return s, faults
}

// A sentenceTable is one table with what the operator lays over it.
type sentenceTable struct {
	name     string
	of, over map[string]string
}

func (s *sentences) tables(over *sentences) []sentenceTable {
	return []sentenceTable{{"criterion", s.Criterion, over.Criterion}, {"ask", s.Ask, over.Ask}, {"contact", s.Contact, over.Contact}}
}

// lay replaces sentences; a key that the built-in table lacks is a typing error.
func (t sentenceTable) lay() (faults []error) {
	for _, key := range sortedKeys(t.over) {
		if _, known := t.of[key]; !known {
			faults = append(faults, fmt.Errorf("%s.%q: no such sentence; there are %s", t.name, key, strings.Join(sortedKeys(t.of), ", ")))
			continue
		}
		t.of[key] = t.over[key]
	}
	return faults
}

// fill puts the policy's numbers into the sentences.
func (t sentenceTable) fill(n numbers) (faults []error) {
	for _, key := range sortedKeys(t.of) {
		text, err := filled(t.of[key], n)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s.%q: %w", t.name, key, err))
		}
		t.of[key] = text
	}
	return faults
}

func filled(sentence string, n numbers) (string, error) {
	t, err := template.New("sentence").Parse(sentence)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := t.Execute(&b, n); err != nil {
		return "", err
	}
	if strings.TrimSpace(b.String()) == "" {
		return "", errors.New("is empty")
	}
	return b.String(), oneLine(b.String())
}

// position says where a TOML file is wrong.
func position(err error) error {
	var bad toml.ParseError
	if errors.As(err, &bad) {
		return fmt.Errorf("line %d: %s", bad.Position.Line, bad.Message)
	}
	return err
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
