package notify

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	texttemplate "text/template"

	"referrald/triage"
)

//go:embed templates
var builtIn embed.FS

// A Composer writes mails. It may be used by any number of goroutines at once.
type Composer struct {
	service   Service
	policy    *triage.Policy
	sentences *sentences
	letters   *texttemplate.Template
	frame     *template.Template
}

// The files of a templates folder.
const (
	sentencesFile = "sentences.toml"
	partsFile     = "parts.txt"
	frameFile     = "frame.html"
	severalFile   = "several.txt"
)

var templateFiles = [...]string{
	sentencesFile, partsFile, frameFile, severalFile, fileOf(triage.Acknowledgement), fileOf(triage.InformationRequestLetter),
	fileOf(triage.SignpostingLetter), fileOf(triage.Receipt),
}

// fileOf names the template of a letter about one referral.
func fileOf(kind triage.LetterKind) string { return string(kind) + ".txt" }

// NewComposer returns a composer with the operator's texts and the policy's contacts and numbers. A file in the folder of
// templates replaces the built-in one of its name; nil is the built-in ones alone. Each template is tried on every kind of
// letter before any leaves. Every fault of texts and templates is in the error, one a line.
func NewComposer(s Service, p *triage.Policy, templates fs.FS) (*Composer, error) {
	if p == nil {
		return nil, errors.New("preparing the letters: a policy is required")
	}
	c := &Composer{service: s, policy: p}
	faults := s.faults()
	files, more := readTemplates(templates)
	faults = append(faults, more...)
	faults = append(faults, c.parse(files)...)
	if len(faults) == 0 {
		faults = c.try()
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("preparing the letters: %w", errors.Join(faults...))
	}
	return c, nil
}

// readTemplates returns each file's text by its name; the sentences' is the operator's alone, since it lies over ours.
func readTemplates(own fs.FS) (map[string]string, []error) {
	files := map[string]string{}
	var faults []error
	for _, name := range templateFiles {
		if name == sentencesFile {
			continue
		}
		text, err := builtIn.ReadFile("templates/" + name)
		if err != nil {
			faults = append(faults, err)
		}
		files[name] = string(text)
	}
	if own == nil {
		return files, faults
	}
	entries, err := fs.ReadDir(own, ".")
	if err != nil {
		return files, append(faults, fmt.Errorf("letters.templates: %w", err))
	}
	for _, e := range entries {
		if err := readTemplate(own, e.Name(), files); err != nil {
			faults = append(faults, err)
		}
	}
	return files, faults
}

// largestTemplate bounds a template's file; ours are about a tenth of it.
const largestTemplate = 64 << 10

func readTemplate(own fs.FS, name string, into map[string]string) error {
	switch {
	case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), strings.EqualFold(name, "README.md"):
		return nil // an editor's, or a note
	case !slices.Contains(templateFiles[:], name):
		return fmt.Errorf("%s: no letter uses a file of this name; there are %s", name, strings.Join(templateFiles[:], ", "))
	}
	text, err := fs.ReadFile(own, name)
	switch {
	case err != nil:
		return err
	case len(text) > largestTemplate:
		return fmt.Errorf("%s: is larger than %d KiB", name, largestTemplate>>10)
	}
	into[name] = string(text)
	return nil
}

func (c *Composer) parse(files map[string]string) (faults []error) {
	ours, err := builtIn.ReadFile("templates/" + sentencesFile)
	if err != nil {
		return []error{err}
	}
	table, wrong := readSentences(string(ours), files[sentencesFile], numbersOf(c.policy))
	for _, err := range wrong {
		faults = append(faults, fmt.Errorf("%s: %w", sentencesFile, err))
	}
	c.sentences = table
	c.letters = texttemplate.New("letters").Option("missingkey=error")
	for _, name := range templateFiles {
		if !strings.HasSuffix(name, ".txt") {
			continue
		}
		if _, err := c.letters.New(name).Parse(files[name]); err != nil {
			faults = append(faults, err)
		}
	}
	c.frame, err = template.New(frameFile).Funcs(template.FuncMap{"runs": runs, "tone": tone, "last": lastWord}).Parse(files[frameFile])
	if err != nil {
		faults = append(faults, err)
	}
	return faults
}
