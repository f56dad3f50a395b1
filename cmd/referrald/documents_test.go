package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/form"
)

// folderOf writes files into a folder of their own.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Every file gets its line and is counted, whatever becomes of the child that reads it.
func TestEveryFileOfAFolderIsAnswered(t *testing.T) {
	dir := folderOf(t, map[string]string{"form.pdf": "%PDF-1.7 and no more", "letter\x1b[2J.rtf": `{\rtf1 hello}`, "note": ""})
	for _, tt := range []struct{ name, script, want string }{
		{"died", "exit 3", "stopped"},
		{"read", `cat >/dev/null; echo '[{"format":"rtf","document":{"format":"rtf","cells":[]}}]'`, "read"},
		{"refused", `cat >/dev/null; echo '[{"format":"doc","why":"locked"}]'`, "locked"},
		{"nothing", `cat >/dev/null; echo '[{"format":"other"}]'`, "nothing to read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			e := &examiner{reader: readerOf(t, tt.script, 10*time.Second)}
			if err := readFolder(t.Context(), e, dir, terminal{Out: &out, Err: &out}); err != nil {
				t.Fatal(err)
			}
			lines, table, _ := strings.Cut(out.String(), "\nformat ")
			if got := strings.Count(lines, "\n"); got != 3 || strings.Count(lines, tt.want) != 3 {
				t.Errorf("want three lines that say %q:\n%s", tt.want, lines)
			}
			if strings.Contains(lines, "\x1b") {
				t.Error("a name commands the terminal")
			}
			if all := table[strings.LastIndex(table, "\nall "):]; strings.Fields(all)[1] != "3" {
				t.Errorf("want three files in all:\n%s", table)
			}
		})
	}
}

func TestAFolderWithoutFilesIsAFault(t *testing.T) {
	if err := readFolder(t.Context(), &examiner{}, t.TempDir(), terminal{}); err == nil {
		t.Error("no error for an empty folder")
	}
}

// BenchmarkForms reads and matches a form of the corpus in each format, as one of a message.
func BenchmarkForms(b *testing.B) {
	lex, err := form.Load()
	if err != nil {
		b.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range corpusDocuments(b) {
		extension := strings.ToLower(filepath.Ext(f.Name))
		x := parse.Read(f, parse.Options{})
		if x.Document == nil || len(x.Document.Scans) > 0 || seen[extension] || !isForm(&x, lex) {
			continue
		}
		seen[extension] = true
		b.Run(extension, func(b *testing.B) {
			b.SetBytes(int64(len(f.Data)))
			b.ReportAllocs()
			for b.Loop() {
				parse.Assemble([]parse.Extract{parse.Read(f, parse.Options{})}, "", lex)
			}
		})
	}
}

func isForm(x *parse.Extract, lex *form.Lexicon) bool {
	r := parse.Assemble([]parse.Extract{*x}, "", lex)
	return len(r.Referrals) > 0 && r.Referrals[0].Form != nil && len(r.Referrals[0].Fields) > 10
}
