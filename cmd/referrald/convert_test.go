package main

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/document"
)

// refused returns an old Word file that our own reader does not read: the header of a compound file, and the name of its
// document.
func refused() []byte {
	data := make([]byte, 4096)
	copy(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for i, c := range []byte("WordDocument") {
		data[512+2*i] = c
	}
	return data
}

// convertingReader returns a reader of the built daemon whose LibreOffice is a script. The script's last argument is the
// file, $out the folder.
func convertingReader(t *testing.T, script string) *reader {
	t.Helper()
	daemon, err := builtDaemon()
	if err != nil {
		t.Fatal(err)
	}
	office := filepath.Join(t.TempDir(), "soffice")
	head := "#!/bin/sh\nfor old; do :; done\nout=$(dirname \"$old\")\n"
	if err := os.WriteFile(office, []byte(head+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return &reader{exe: daemon, office: office, deadline: 20 * time.Second, memory: 768, slots: make(chan struct{}, 1)}
}

// givingDocx is a script that gives a docx.
func givingDocx(t *testing.T) string {
	t.Helper()
	docx := zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document><body><p><r><t>Ada Quill</t></r></p></body></document>"})
	return "base64 -d >$out/old.docx <<END\n" + base64.StdEncoding.EncodeToString([]byte(docx)) + "\nEND\n"
}

// What our own reader refuses the second one shows, with less trust and for a person's eyes.
func TestConverts(t *testing.T) {
	if !hasLandlock() {
		t.Skip("nothing is converted where the kernel has no landlock")
	}
	got, err := convertingReader(t, givingDocx(t)).Read(t.Context(), parse.File{Name: "old.doc", Data: refused()})
	if err != nil || len(got) != 1 || got[0].Document == nil {
		t.Fatalf("got %+v, error %v", got, err)
	}
	d := got[0].Document
	if got[0].Why != "" || d.Format != document.DOC || got[0].Format != document.DOC || !slices.Contains(d.Warnings, document.SecondReader) {
		t.Errorf("got %+v", got[0])
	}
	if first := d.Cells[0].Lines[0].Tokens[0]; first.Trust() != convertedTrust {
		t.Errorf("%q is trusted %v", first.Text, first.Trust())
	}
}

// A second reader that fails, in whatever way, leaves the file as it was: unread.
func TestConvertsNothing(t *testing.T) {
	for name, script := range map[string]string{
		"fails":          "exit 1",
		"gives nothing":  "exit 0",
		"gives nonsense": "echo nonsense >$out/old.docx",
		"gives too much": "head -c 70000000 /dev/zero >$out/old.docx; head -c 70000000 /dev/zero >>$out/old.docx",
	} {
		got, err := convertingReader(t, script).Read(t.Context(), parse.File{Name: "old.doc", Data: refused()})
		if err != nil || len(got) != 1 || got[0].Document != nil || got[0].Why != document.Broken {
			t.Errorf("%s: got %+v, error %v", name, got, err)
		}
	}
}

// The second reader is fenced in: it writes nowhere but in its folder, reads nobody's files and reaches no other program.
func TestConvertsBehindFences(t *testing.T) {
	if !hasLandlock() {
		t.Skip("nothing is converted where the kernel has no landlock")
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]string{
		"reads":   "cat " + secret,
		"writes":  "echo x >" + secret + ".new",
		"deletes": "rm " + secret,
		"network": "exec 3<>/dev/tcp/127.0.0.1/9",
	} {
		script := "if /bin/bash -c '" + try + "' >$out/said 2>&1; then exit 1; fi\ngrep -q -e denied -e 'not permitted' $out/said || exit 1\n" + givingDocx(t)
		got, err := convertingReader(t, script).Read(t.Context(), parse.File{Name: "old.doc", Data: refused()})
		if err != nil || len(got) != 1 || got[0].Document == nil {
			t.Errorf("%s: the fence does not hold: %+v, error %v", name, got, err)
		}
	}
	if _, err := os.Stat(secret); err != nil {
		t.Error(err)
	}
}

// TestConvertsWithLibreOffice has the real program read what it wrote itself, made to look like a file of Word 6.
func TestConvertsWithLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || !hasLandlock() {
		t.Skip("LibreOffice is not installed, or the kernel has no landlock")
	}
	folder := t.TempDir()
	page := filepath.Join(folder, "old.html")
	if err := os.WriteFile(page, []byte("<p>Name of young person: Ada Quill</p>"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder, page)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	doc, err := os.ReadFile(filepath.Join(folder, "old.doc"))
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(doc), "\xEC\xA5") // the header of the document; its version follows
	doc[at+2] = 0x68
	r := convertingReader(t, "")
	r.office = office
	before := officeLitter()
	got, err := r.Read(t.Context(), parse.File{Name: "old.doc", Data: doc})
	if err != nil || len(got) != 1 || got[0].Document == nil || !strings.Contains(got[0].Document.Text(), "Ada Quill") {
		t.Fatalf("got %+v, error %v", got, err)
	}
	if left := officeLitter(); len(left) > len(before) {
		t.Errorf("left behind: %q", left)
	}
}

// officeLitter is what a conversion could leave behind.
func officeLitter() []string {
	folders, _ := filepath.Glob(filepath.Join(memoryFolder(), "referrald-*"))
	sockets, _ := filepath.Glob("/tmp/OSL_PIPE_*")
	return append(folders, sockets...)
}
