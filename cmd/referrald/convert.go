package main

import (
	"bytes"
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	llsys "github.com/landlock-lsm/go-landlock/landlock/syscall"

	"referrald/parse"
	"referrald/parse/document"
)

// convertCommand is the hidden first argument by which main becomes the child that has an old Word file converted. It is
// another child than those that read: it may start LibreOffice, and write into one folder that is its own.
//
//	parent ──the file──▶ child ──old.doc──▶ LibreOffice ──old.docx──▶ child ──▶ parent ──▶ a reading child like any other
const convertCommand = "convert-document"

// Bounds of one conversion. LibreOffice starts in some two seconds and converts a form in a tenth of one.
const (
	convertDeadline   = 60 * time.Second
	leastOfficeData   = 1024 // MiB that LibreOffice may hold
	largestConversion = 64 << 20
	convertedTrust    = 0.75 // of what the second reader says; it is below what decides without a person
)

// convert gives an old Word file that our own reader refused to the second one, where LibreOffice is installed. Its answer
// replaces x only if it holds a document. A file behind a password stays one.
func (r *reader) convert(ctx context.Context, f parse.File, x parse.Extract) parse.Extract {
	if r.office == "" || x.Format != document.DOC || x.Document != nil || x.Why == document.Locked || x.Why == document.TooLarge {
		return x
	}
	docx, err := r.converted(ctx, f.Data)
	if err != nil || len(docx) == 0 {
		return x
	}
	second, err := r.read(ctx, parse.File{Name: f.Name, Data: docx})
	if err != nil || len(second) != 1 || second[0].Document == nil || second[0].Format != document.DOCX {
		return x
	}
	x.Document, x.Why = second[0].Document, ""
	x.Document.Format = document.DOC
	x.Document.Warn(document.SecondReader)
	doubt(x.Document, convertedTrust)
	return x
}

// hasLandlock tells whether the kernel can keep a process from files. LibreOffice is never started where it cannot.
func hasLandlock() bool {
	version, err := llsys.LandlockGetABIVersion()
	return err == nil && version > 0
}

// doubt lowers how far everything in a document is relied on.
func doubt(d *document.Document, trust float64) {
	for i := range d.Cells {
		for j := range d.Cells[i].Lines {
			tokens := d.Cells[i].Lines[j].Tokens
			for k := range tokens {
				tokens[k].Confidence = trust * tokens[k].Trust()
			}
		}
	}
}

// converted runs the converting child in a folder of its own, which is gone afterwards.
func (r *reader) converted(ctx context.Context, doc []byte) ([]byte, error) {
	s, err := newScratch(r.scratches)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return r.child(ctx, convertCommand, bytes.NewReader(doc), convertDeadline, "REFERRALD_CHILD_OFFICE="+r.office, "REFERRALD_CHILD_FOLDER="+s.path)
}

// officeSocket is where LibreOffice listens for further starts of itself. Its name is made of the user's number and of the
// place of the profile.
func officeSocket(folder string) string {
	sum := md5.New()
	for _, unit := range utf16.Encode([]rune(profileURL(folder))) {
		sum.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	var name strings.Builder
	for _, b := range sum.Sum(nil) {
		fmt.Fprintf(&name, "%x", b)
	}
	return fmt.Sprintf("/tmp/OSL_PIPE_%d_SingleOfficeIPC_%s", os.Getuid(), &name)
}

func profileURL(folder string) string { return "file://" + filepath.Join(folder, profileName) }

// profileName is the folder of LibreOffice's own settings.
const profileName = "profile"

// memoryFolder is where files are kept in memory alone, so that no child's letter comes to stand on a disk; "" for the
// system's own folder where there is none.
func memoryFolder() string {
	const shm = "/dev/shm"
	if info, err := os.Stat(shm); err == nil && info.IsDir() {
		return shm
	}
	return ""
}

// convertMain is the whole life of a converting child.
func convertMain(in io.Reader, out io.Writer) int {
	office, folder := os.Getenv("REFERRALD_CHILD_OFFICE"), os.Getenv("REFERRALD_CHILD_FOLDER")
	memory, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_MEMORY_MIB"))
	seconds, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_SECONDS"))
	if office == "" || folder == "" || memory <= 0 || seconds <= 0 {
		fmt.Fprintln(os.Stderr, "referrald convert-document is run by referrald itself")
		return exitUsage
	}
	if err := fenceOffice(max(memory, leastOfficeData), seconds, office, folder); err != nil {
		fmt.Fprintln(os.Stderr, "referrald convert-document:", err)
		return exitFailed
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds)*time.Second)
	defer cancel()
	if err := convertIn(ctx, office, folder, in, out); err != nil {
		return exitFailed
	}
	return 0
}

// officeProfile keeps LibreOffice from running what a document brings and from fetching what it names.
const officeProfile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// convertIn has LibreOffice make a docx of the old file. Everything that it writes stays in the folder.
func convertIn(ctx context.Context, office, folder string, in io.Reader, out io.Writer) error {
	profile, old := filepath.Join(folder, profileName), filepath.Join(folder, "old.doc")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return fmt.Errorf("making a profile: %w", err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(officeProfile), 0o600); err != nil {
		return fmt.Errorf("writing a profile: %w", err)
	}
	doc, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	if err := os.WriteFile(old, doc, 0o600); err != nil {
		return fmt.Errorf("writing the file: %w", err)
	}
	cmd := exec.CommandContext(ctx, office, "-env:UserInstallation="+profileURL(folder), "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
		"--convert-to", "docx:Office Open XML Text", "--outdir", folder, old)
	cmd.Env = []string{"HOME=" + folder, "TMPDIR=" + folder, "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "SAL_USE_VCLPLUGIN=svp"}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("converting: %w", err)
	}
	docx, err := os.Open(filepath.Join(folder, "old.docx"))
	if err != nil {
		return fmt.Errorf("opening what was converted: %w", err)
	}
	defer docx.Close()
	n, err := io.Copy(out, io.LimitReader(docx, largestConversion+1))
	if err == nil && n > largestConversion {
		err = errors.New("it is too large")
	}
	return err
}
