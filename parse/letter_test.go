package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"referrald/parse/form"
	"referrald/parse/text"
)

// TestLetters holds the parting of a mail's body to testdata/letters.txt: each line is the writer's own, an earlier mail's
// or a footer's. What is the writer's own must be read, and what is not must not be.
func TestLetters(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "letters.txt"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split("\n"+string(data), "\n=> ")[1:]
	if len(blocks) < 50 {
		t.Fatalf("%d letters", len(blocks))
	}
	for _, block := range blocks {
		name, rest, _ := strings.Cut(block, "\n")
		t.Run(name, func(t *testing.T) { checkLetter(t, rest) })
	}
}

// letterSources are the sources by their letters in the file.
var letterSources = map[byte]form.Source{'b': form.FromBody, 'q': form.FromQuoted, 'f': form.FromFooter}

func checkLetter(t *testing.T, block string) {
	t.Helper()
	var body strings.Builder
	var marks []byte
	for line := range strings.Lines(strings.TrimSpace(block) + "\n") {
		if strings.TrimSpace(line) == "" || line[1] != ' ' {
			t.Fatalf("%q is no line of a letter", line)
		}
		marks = append(marks, line[0])
		body.WriteString(line[2:])
	}
	d, err := text.Read([]byte(body.String()))
	if err != nil {
		t.Fatal(err)
	}
	lines := bodyLines(d)
	if len(lines) != len(marks) {
		t.Fatalf("%d lines of %d", len(lines), len(marks))
	}
	for i, got := range sourcesOf(lines) {
		want, told := letterSources[marks[i]]
		footerBelow := got == form.FromFooter && want == form.FromQuoted // of the earlier mail
		if told && got != want && !footerBelow {
			t.Errorf("%q: %s, want %s", lines[i].text, got, want)
		}
	}
}
