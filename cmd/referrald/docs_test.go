package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// Each of these pages is held to what it tells of, so that it cannot fall behind unseen.

// direct are the modules that go.mod requires for ourselves.
func direct(t *testing.T) (all []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(readRoot(t, "go.mod"), -1) {
		all = append(all, m[1])
	}
	if len(all) < 10 {
		t.Fatalf("go.mod has %d direct modules; the test reads it wrongly", len(all))
	}
	return all
}

func TestEveryDependencyIsExplained(t *testing.T) {
	page := readRoot(t, "docs", "dependencies.md")
	for _, module := range direct(t) {
		if !strings.Contains(page, module+" ") && !strings.Contains(page, module+",") {
			t.Errorf("docs/dependencies.md does not say why %s is needed", module)
		}
	}
}

// A page that names a module that has gone misleads whoever checks licences.
func TestNoDependencyIsMadeUp(t *testing.T) {
	modules := direct(t)
	table := regexp.MustCompile(`(?m)^\| ([^|]+) \|`).FindAllStringSubmatch(readRoot(t, "docs", "dependencies.md"), -1)
	for _, row := range table {
		for name := range strings.SplitSeq(row[1], ", ") {
			if strings.Contains(name, "/") && !slices.Contains(modules, name) {
				t.Errorf("docs/dependencies.md explains %s, which go.mod does not require", name)
			}
		}
	}
}

// policyKeys are the keys of the built-in policy: "mode", "age.from".
func policyKeys(t *testing.T) (all []string) {
	t.Helper()
	var tree map[string]any
	meta, err := toml.Decode(readRoot(t, "triage", "policy.toml"), &tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range meta.Keys() {
		if meta.Type(k...) != "Hash" {
			all = append(all, k.String())
		}
	}
	return all
}

func TestEveryPolicyKeyIsExplained(t *testing.T) {
	page, keys := readRoot(t, "docs", "policy.md"), policyKeys(t)
	for _, key := range keys {
		if !strings.Contains(page, "`"+key+"`") {
			t.Errorf("docs/policy.md does not explain %s", key)
		}
	}
	for _, m := range regexp.MustCompile("(?m)`((?:age|primary_years|area|prevention_only|screening_tool|form|contacts|senders|phases|send|informed)\\.\\w+)`").FindAllStringSubmatch(page, -1) {
		if !slices.Contains(keys, m[1]) {
			t.Errorf("docs/policy.md explains %s, which is no key", m[1])
		}
	}
}

// testNames are the names of all tests of the repository.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	decl := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		for _, m := range decl.FindAllSubmatch(text, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A control of the hazard log is only as good as the test that shows it: each hazard must name one, and each must exist.
func TestHazardsAreShownByTests(t *testing.T) {
	names := testNames(t)
	hazards := regexp.MustCompile(`(?m)^\| (H\d+) \|.*$`).FindAllStringSubmatch(readRoot(t, "docs", "hazards.md"), -1)
	if len(hazards) < 10 {
		t.Fatalf("docs/hazards.md has %d hazards; the test reads it wrongly", len(hazards))
	}
	seen := map[string]bool{}
	for _, h := range hazards {
		if seen[h[1]] {
			t.Errorf("%s stands twice", h[1])
		}
		seen[h[1]] = true
		cells := strings.Split(strings.Trim(h[0], "| "), " | ")
		if len(cells) != 8 || slices.Contains(cells, "") {
			t.Errorf("%s has %d cells, want 8 that say something", h[1], len(cells))
			continue
		}
		shown := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(cells[7], -1)
		if len(shown) == 0 {
			t.Errorf("%s names no test", h[1])
		}
		for _, m := range shown {
			if !names[m[1]] {
				t.Errorf("%s is said to be shown by %s, which does not exist", h[1], m[1])
			}
		}
	}
}
