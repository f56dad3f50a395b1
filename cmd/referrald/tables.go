package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"referrald/notify"
	"referrald/parse/form"
	"referrald/triage"
	"referrald/triage/prose"
)

// tables are what the rules, the readers and the letters look things up in, loaded once when a command starts.
type tables struct {
	Policy   *triage.Policy
	Assessor *triage.Assessor
	Labels   *form.Lexicon
	Composer *notify.Composer

	policyHash string // of the policy in force, kept beside each decision
}

// loadTables reads every table that the configuration names. Without a register or postcodes the built-in lists decide.
func loadTables(c *Config) (*tables, error) {
	policy, err := loadPolicy(c.Policy.File)
	if err != nil {
		return nil, fmt.Errorf("policy.file: %w", err)
	}
	t := &tables{Policy: policy, Assessor: &triage.Assessor{Policy: policy}}
	if t.policyHash, err = hashOf(policy); err != nil {
		return nil, err
	}
	if err := t.loadLexicons(c); err != nil {
		return nil, err
	}
	if t.Assessor.Register, err = loadRegister(c.Data.Schools, policy); err != nil {
		return nil, fmt.Errorf("data.schools: %w", err)
	}
	if t.Assessor.Gazetteer, err = loadGazetteer(c.Data.Postcodes, policy); err != nil {
		return nil, fmt.Errorf("data.postcodes: %w", err)
	}
	if t.Composer, err = newComposer(c, policy); err != nil {
		return nil, fmt.Errorf("letters: %w", err)
	}
	return t, nil
}

func (t *tables) loadLexicons(c *Config) (err error) {
	if t.Assessor.Prose, err = withFile(c.Policy.Words, prose.Load); err != nil {
		return fmt.Errorf("policy.words: %w", err)
	}
	if t.Labels, err = withFile(c.Policy.Labels, form.Load); err != nil {
		return fmt.Errorf("policy.labels: %w", err)
	}
	return nil
}

// withFile calls a loader with the file at path, or without one where path is empty.
func withFile[T any](path string, load func(...io.Reader) (T, error)) (T, error) {
	if path == "" {
		return load()
	}
	f, err := os.Open(path)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return load(f)
}

// hashOf names a policy by what it says, so that a decision can be traced to the numbers it was made by.
func hashOf(p *triage.Policy) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("hashing the policy: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6]), nil
}

func loadPolicy(path string) (*triage.Policy, error) { return withFile(path, triage.ReadPolicy) }

func loadRegister(path string, p *triage.Policy) (*triage.Register, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return triage.ReadRegister(f, p)
}

// loadGazetteer reads OS Code-Point Open as its zip, its folder of CSV files, or one CSV file.
func loadGazetteer(path string, p *triage.Policy) (*triage.Gazetteer, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return triage.ReadGazetteer(os.DirFS(path), p.Area)
	case strings.EqualFold(filepath.Ext(path), ".zip"):
		z, err := zip.OpenReader(path)
		if err != nil {
			return nil, fmt.Errorf("opening %s: %w", path, err)
		}
		defer z.Close()
		return triage.ReadGazetteer(z, p.Area)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return triage.ReadGazetteerCSV(f, p.Area)
}

func newComposer(c *Config, p *triage.Policy) (*notify.Composer, error) {
	var templates fs.FS
	if c.Letters.Templates != "" {
		templates = os.DirFS(c.Letters.Templates)
	}
	return notify.NewComposer(notify.Service{
		Name: c.Service.Name, Address: c.Service.Address, Reach: c.Service.Reach, Hours: c.Service.Hours,
		StokeTools: c.Letters.StokeTools, StaffordshireTools: c.Letters.StaffordshireTool,
	}, p, templates)
}
