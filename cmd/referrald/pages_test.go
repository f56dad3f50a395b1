package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/prometheus/client_golang/prometheus"

	"referrald/notify"
)

// pages are the texts for people: the README, the pages in docs and the example of the configuration.
func pages(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(names) < 5 {
		t.Fatalf("found %d pages, error %v", len(names), err)
	}
	all := map[string]string{"README.md": readRoot(t, "README.md"), "referrald.example.toml": readRoot(t, "referrald.example.toml"),
		"docs/referrald.service": readRoot(t, "docs", "referrald.service")}
	for _, name := range names {
		name = filepath.Base(name)
		all["docs/"+name] = readRoot(t, "docs", name)
	}
	return all
}

// known are the commands: each name with those below it.
func known(t *testing.T) map[string]map[string]bool {
	t.Helper()
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]bool{}
	for _, c := range parser.Model.Children {
		all[c.Name] = map[string]bool{}
		for _, below := range c.Children {
			all[c.Name][below.Name] = true
		}
	}
	return all
}

// A command that a page shows must be one of ours.
func TestPagesShowCommandsThatExist(t *testing.T) {
	all := known(t)
	shown := regexp.MustCompile("(?m)(?:^    |`)referrald ([a-z]+)(?: ([a-z-]+))?")
	for page, text := range pages(t) {
		for _, m := range shown.FindAllStringSubmatch(text, -1) {
			below, ok := all[m[1]]
			if !ok || len(below) > 0 && m[2] != "" && !below[m[2]] {
				t.Errorf("%s shows %q, which is no command", page, m[0])
			}
		}
	}
}

func TestReadmeNamesEveryCommand(t *testing.T) {
	readme := readRoot(t, "README.md")
	for name := range known(t) {
		if !strings.Contains(readme, "`referrald "+name+"`") {
			t.Errorf("README.md does not name referrald %s", name)
		}
	}
}

// The README's list of folders is the architecture that TestImportsPointDown holds.
func TestReadmeNamesEveryFloor(t *testing.T) {
	readme := readRoot(t, "README.md")
	for floor := range floors {
		if !strings.Contains(readme, "| `"+floor+"` |") && !strings.Contains(readme, "| `"+floor+"/") {
			t.Errorf("README.md does not say what %s owns", floor)
		}
	}
}

// A link of a page, and a page that the configuration or the code points to, must be there.
func TestPagesPointToWhatIsThere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	mention := regexp.MustCompile(`\bdocs/[a-z0-9-]+\.(?:md|png|service)`)
	for page, text := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			exists(t, page, filepath.Join(filepath.Dir(page), m[1]))
		}
		for _, name := range mention.FindAllString(text, -1) {
			exists(t, page, name)
		}
	}
	for _, f := range goFiles(t) {
		for _, name := range mention.FindAllString(readRoot(t, f.path), -1) {
			exists(t, f.path, name)
		}
	}
}

func exists(t *testing.T, from, name string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, name)); err != nil {
		t.Errorf("%s points to %s, which is not there", from, name)
	}
}

func TestEveryTokenFaultIsExplained(t *testing.T) {
	for name, remedies := range map[string][]tokenRemedy{"microsoft-365.md": microsoftRemedies(), "gmail.md": standardRemedies()} {
		page := readRoot(t, "docs", name)
		for _, r := range remedies {
			if !strings.Contains(page, "| `"+r.code+"` |") {
				t.Errorf("docs/%s does not explain %s", name, r.code)
			}
		}
	}
}

func TestEveryTroubleIsExplained(t *testing.T) {
	page := readRoot(t, "docs", "operations.md")
	for _, what := range notify.Troubles() {
		if !strings.Contains(page, "| "+what.Title()+" | `"+string(what)+"` |") {
			t.Errorf("docs/operations.md does not explain %s (%s)", what.Title(), what)
		}
	}
}

func TestEveryMetricIsExplained(t *testing.T) {
	m := newMetrics()
	page := readRoot(t, "docs", "operations.md")
	for _, c := range []prometheus.Collector{m.watched, m.decided, m.sent, m.lastRead, m.troubles, m.expires, m.canaries} {
		described := make(chan *prometheus.Desc, 1)
		c.Describe(described)
		name := regexp.MustCompile(`fqName: "(\w+)"`).FindStringSubmatch((<-described).String())
		if name == nil {
			t.Fatal("a metric does not tell its name")
		}
		if !strings.Contains(page, "`"+name[1]) {
			t.Errorf("docs/operations.md does not explain %s", name[1])
		}
	}
}

func TestEveryTemplateIsExplained(t *testing.T) {
	files, err := os.ReadDir(filepath.Join(root, "notify", "templates"))
	if err != nil {
		t.Fatal(err)
	}
	page := readRoot(t, "docs", "letters.md")
	for _, f := range files {
		if !strings.Contains(page, "`"+f.Name()+"`") {
			t.Errorf("docs/letters.md does not explain %s", f.Name())
		}
	}
}
