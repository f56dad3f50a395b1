package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readRoot returns a file of the repository.
func readRoot(t *testing.T, name ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{root}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A yamlLine is one line of the small part of YAML that the compose file keeps to: mappings and lists in block style, by
// two spaces, values on one line or as a block scalar.
type yamlLine struct {
	number int
	path   string // of keys, with dots: services.daemon.image
	value  string
}

var yamlKey = regexp.MustCompile(`^([A-Za-z0-9_.-]+):(?: (.*))?$`)

// readYAML returns the file's keys in their order. Anything outside that small part, and a key given twice, is a fault.
func readYAML(t *testing.T, text string) (lines []yamlLine) {
	t.Helper()
	var keys []string
	block := -1 // the depth of the key whose block scalar is being read
	for i, raw := range strings.Split(text, "\n") {
		line := strings.TrimLeft(raw, " ")
		depth := (len(raw) - len(line)) / 2
		if line == "" || block < 0 && line[0] == '#' {
			continue
		}
		if block >= 0 && depth > block {
			lines[len(lines)-1].value += line + "\n"
			continue
		}
		block = -1
		if strings.Contains(raw, "\t") || (len(raw)-len(line))%2 != 0 || depth > len(keys) {
			t.Fatalf("line %d is not indented by two spaces below its key: %q", i+1, raw)
		}
		keys = keys[:depth]
		if item, ok := strings.CutPrefix(line, "- "); ok {
			lines = append(lines, yamlLine{i + 1, strings.Join(keys, ".") + ".-", strings.Trim(item, `"`)})
			keys = append(keys, "-")
			continue
		}
		m := yamlKey.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("line %d is neither a key nor an item: %q", i+1, raw)
		}
		keys = append(keys, m[1])
		y := yamlLine{i + 1, strings.Join(keys, "."), strings.Trim(m[2], `"`)}
		if slices.Contains([]string{"|", "|-", ">", ">-"}, m[2]) {
			block, y.value = depth, ""
		}
		if before := slices.IndexFunc(lines, func(l yamlLine) bool { return l.path == y.path }); before >= 0 && !strings.Contains(y.path, ".-.") {
			t.Fatalf("line %d gives %s again, after line %d", y.number, y.path, lines[before].number)
		}
		lines = append(lines, y)
	}
	return lines
}

func valueOf(t *testing.T, lines []yamlLine, path string) string {
	t.Helper()
	for _, l := range lines {
		if l.path == path {
			return l.value
		}
	}
	t.Fatalf("docker-compose.yml has no %s", path)
	return ""
}

// The services that the first comment of the file promises.
func TestComposeHasItsServices(t *testing.T) {
	lines := readYAML(t, readRoot(t, "docker-compose.yml"))
	for _, l := range lines {
		if top, _, _ := strings.Cut(l.path, "."); !slices.Contains([]string{"services", "configs", "volumes"}, top) {
			t.Errorf("line %d: %s is no part of a compose file of ours", l.number, top)
		}
	}
	for _, service := range []string{"database", "mail"} {
		if image := valueOf(t, lines, "services."+service+".image"); !regexp.MustCompile(`^[a-z0-9./-]+:[0-9]`).MatchString(image) {
			t.Errorf("the image of %s names no version: %q", service, image)
		}
	}
	if build := valueOf(t, lines, "services.daemon.build"); build != "." {
		t.Errorf("the daemon is built from %q, want this folder", build)
	}
	for _, l := range lines {
		if l.path == "services.daemon.ports.-" && !strings.HasPrefix(l.value, "127.0.0.1:") {
			t.Errorf("line %d opens a port to other machines: %s", l.number, l.value)
		}
	}
}

// The configuration inside the compose file, with its environment, must be one that the daemon starts with.
func TestComposeConfigurationIsWhole(t *testing.T) {
	lines := readYAML(t, readRoot(t, "docker-compose.yml"))
	var environ []string
	for _, l := range lines {
		if name, ok := strings.CutPrefix(l.path, "services.daemon.environment."); ok {
			environ = append(environ, name+"="+l.value)
		}
	}
	c, err := loadConfig(writeConfig(t, valueOf(t, lines, "configs.referrald.content")), environ)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Require(needAll); err != nil {
		t.Error(err)
	}
	if _, err := storeKey(c); err != nil {
		t.Error(err)
	}
}

var dockerInstruction = regexp.MustCompile(`^(FROM|WORKDIR|COPY|RUN|USER|VOLUME|ENTRYPOINT|CMD) \S`)

// instructions are the Dockerfile's lines, those that end in a backslash joined with the next.
func instructions(text string) (all []string) {
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\\\n", ""), "\n") {
		if line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

func TestDockerfile(t *testing.T) {
	all := instructions(readRoot(t, "Dockerfile"))
	stages, user := 0, ""
	for _, line := range all {
		if !dockerInstruction.MatchString(line) {
			t.Errorf("no instruction of ours: %q", line)
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "FROM":
			stages++
			user = ""
		case "USER":
			user = rest
		case "COPY":
			checkCopied(t, rest)
		}
	}
	if stages != 2 || user == "" || user == "root" {
		t.Errorf("stages = %d, user = %q; want two stages, and a user that is not root", stages, user)
	}
	if v := goVersion(t); !slices.ContainsFunc(all, func(l string) bool { return strings.HasPrefix(l, "FROM golang:"+v) }) {
		t.Errorf("no stage builds with Go %s, which go.mod asks for", v)
	}
}

// checkCopied looks whether what a COPY takes from the repository is there.
func checkCopied(t *testing.T, rest string) {
	t.Helper()
	words := strings.Fields(rest)
	if strings.HasPrefix(words[0], "--from=") {
		return
	}
	for _, name := range words[:len(words)-1] {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Errorf("COPY %s: %v", name, err)
		}
	}
}

func goVersion(t *testing.T) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readRoot(t, "go.mod"))
	if m == nil {
		t.Fatal("go.mod names no version of Go")
	}
	return m[1]
}

// The command that the image runs must be one of ours, and the unit's too.
func TestImageAndUnitStartTheDaemon(t *testing.T) {
	for name, want := range map[string]string{
		"Dockerfile":             `CMD ["run", "--config", "/etc/referrald/referrald.toml"]`,
		"docs/referrald.service": "ExecStart=/usr/bin/referrald run --config /etc/referrald/referrald.toml",
	} {
		if !strings.Contains(readRoot(t, name), want) {
			t.Errorf("%s does not start the daemon by %s", name, want)
		}
	}
}

// Every REFERRALD_ variable of the unit must be a key of the configuration.
func TestUnitSetsKnownKeys(t *testing.T) {
	found := regexp.MustCompile(`Environment=REFERRALD_(\w+)=`).FindAllStringSubmatch(readRoot(t, "docs", "referrald.service"), -1)
	if len(found) == 0 {
		t.Fatal("the unit sets nothing")
	}
	var known []string
	for _, key := range configKeys() {
		known = append(known, strings.ToUpper(strings.ReplaceAll(key, ".", "_")))
	}
	for _, m := range found {
		if !slices.Contains(known, m[1]) && !slices.Contains(known, strings.TrimSuffix(m[1], "_FILE")) {
			t.Errorf("the unit sets REFERRALD_%s, which is no key", m[1])
		}
	}
}
