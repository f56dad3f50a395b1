package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/store"
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
	return &reader{exe: daemon, office: office, deadline: 20 * time.Second, memory: 768, slots: make(chan struct{}, 1), scratches: t.TempDir()}
}

// givingDocx is a script that gives a docx.
func givingDocx(t *testing.T) string {
	t.Helper()
	docx := zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document><body><p><r><t>Ada Quill</t></r></p></body></document>"})
	return "base64 -d >$out/old.docx <<END\n" + base64.StdEncoding.EncodeToString([]byte(docx)) + "\nEND\n"
}

// What check says of the second reader is what happens: it is not started where it cannot be shut in.
func TestCheckTellsOfTheSecondReader(t *testing.T) {
	for office, want := range map[string]string{"": "no LibreOffice", "/usr/bin/soffice": "/usr/bin/soffice, for old Word files"} {
		if office != "" && !hasLandlock() {
			want = "is not used"
		}
		d := &daemon{examiner: &examiner{reader: &reader{office: office}}}
		if f := d.checkOffice(t.Context()); f.err != nil || !strings.Contains(f.says, want) {
			t.Errorf("of %q it says %+v", office, f)
		}
	}
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
	before := officeSockets()
	got, err := r.Read(t.Context(), parse.File{Name: "old.doc", Data: doc})
	if err != nil || len(got) != 1 || got[0].Document == nil || !strings.Contains(got[0].Document.Text(), "Ada Quill") {
		t.Fatalf("got %+v, error %v", got, err)
	}
	r.leavesNothing(t)
	if left := officeSockets(); len(left) > len(before) {
		t.Errorf("left behind: %q", left)
	}
}

func officeSockets() []string {
	sockets, _ := filepath.Glob("/tmp/OSL_PIPE_*")
	return sockets
}

func (r *reader) leavesNothing(t *testing.T) {
	t.Helper()
	if left, err := os.ReadDir(r.scratches); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What the second reader starts and leaves running ends with it, and its folder goes, whether it says that all went well or
// not.
func TestConversionsLeaveNothingBehind(t *testing.T) {
	if !hasLandlock() {
		t.Skip("nothing is converted where the kernel has no landlock")
	}
	for i, end := range []string{"exit 0", "exit 1"} {
		lasting := fmt.Sprintf("%d.%d%d", 600, os.Getpid(), i) // a number of seconds by which the test knows it
		r := convertingReader(t, "sleep "+lasting+" &\n"+givingDocx(t)+end)
		if _, err := r.Read(t.Context(), parse.File{Name: "old.doc", Data: refused()}); err != nil {
			t.Fatal(err)
		}
		r.leavesNothing(t)
		limit, cancel := context.WithTimeout(t.Context(), longest)
		defer cancel()
		for running(t, "sleep\x00"+lasting+"\x00") {
			if !store.Pause(limit, 10*time.Millisecond) {
				t.Fatalf("%s: what it started still runs", end)
			}
		}
	}
}

// running tells whether a process was started with just these words, each with a zero byte behind it.
func running(t *testing.T, words string) bool {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(all) == 0 {
		t.Fatal("the processes cannot be listed")
	}
	return slices.ContainsFunc(all, func(path string) bool {
		said, _ := os.ReadFile(path) // it may have ended meanwhile
		return string(said) == words
	})
}

// What a daemon left behind that was killed during a conversion is swept at the next start, and no other daemon's folder.
func TestWhatAKilledConversionLeftIsSwept(t *testing.T) {
	folder := t.TempDir()
	left, err := os.MkdirTemp(folder, scratchName)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "old.doc"), []byte("a child's papers"), 0o600); err != nil {
		t.Fatal(err)
	}
	used, err := newScratch(folder)
	if err != nil {
		t.Fatal(err)
	}
	sweepScratches(folder)
	if there, err := os.ReadDir(folder); err != nil || len(there) != 1 || filepath.Join(folder, there[0].Name()) != used.path {
		t.Errorf("after sweeping there are %v, %v", there, err)
	}
	used.Close()
	if there, err := os.ReadDir(folder); err != nil || len(there) > 0 {
		t.Errorf("at the end there are %v, %v", there, err)
	}
}
