package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"referrald/parse"
	"referrald/parse/document"
	"referrald/parse/ocr"
)

// scanCommand is the hidden first argument by which main becomes the child that has scans recognised. It is another
// child than the one that read the file: it may start the OCR engine, and sees only pictures that were drawn anew.
const scanCommand = "recognise-scans"

// Bounds of one document's recognition. A page takes some two seconds on a small machine.
const (
	mostScans    = 12
	timePerScan  = 20 * time.Second
	scanStart    = 20 * time.Second
	leastOCRData = 1024 // MiB that the child and the engine may each hold
)

// recognise has the scans of an extract turned into cells. Where there is no engine, or it finds nothing, the scans stay,
// so that parse.Assemble says that there is something which nobody has read.
func (r *reader) recognise(ctx context.Context, x *parse.Extract) {
	if x.Document == nil || len(x.Document.Scans) == 0 {
		return
	}
	if len(x.Document.Scans) > mostScans {
		x.Document.Warn(document.MorePages)
	}
	found := r.scanned(ctx, x.Document.Scans)
	if found == nil || len(found.Cells)+len(x.Document.Cells) == 0 { // empty pages beside a typed one say nothing, alone they hide it
		for i := range x.Document.Scans {
			x.Document.Scans[i].PNG = nil // that they are there is all that is needed
		}
		return
	}
	x.Document.Scans = nil
	table := lastTable(x.Document)
	for _, c := range found.Cells {
		if c.Table > 0 {
			c.Table += table
		}
		x.Document.Cells = append(x.Document.Cells, c)
	}
	x.Document.Warnings = append(x.Document.Warnings, found.Warnings...)
}

func lastTable(d *document.Document) (last int) {
	for i := range d.Cells {
		last = max(last, d.Cells[i].Table)
	}
	return last
}

// scanned runs the second child; nil where it found nothing.
func (r *reader) scanned(ctx context.Context, scans []document.Scan) *document.Document {
	if r.ocr == "" {
		return nil
	}
	in, err := json.Marshal(scans[:min(len(scans), mostScans)])
	if err != nil {
		return nil
	}
	deadline := scanStart + time.Duration(min(len(scans), mostScans))*timePerScan
	answer, err := r.child(ctx, scanCommand, bytes.NewReader(in), deadline)
	if err != nil {
		return nil
	}
	var d document.Document
	if err := json.Unmarshal(answer, &d); err != nil {
		return nil
	}
	return &d
}

// scanMain is the whole life of a recognising child.
func scanMain(in io.Reader, out io.Writer) int {
	engine := os.Getenv("REFERRALD_CHILD_OCR")
	memory, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_MEMORY_MIB"))
	seconds, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_SECONDS"))
	if engine == "" || memory <= 0 || seconds <= 0 {
		fmt.Fprintln(os.Stderr, "referrald recognise-scans is run by referrald itself")
		return exitUsage
	}
	fenceScan(max(memory, leastOCRData), seconds)
	var scans []document.Scan
	if err := json.NewDecoder(in).Decode(&scans); err != nil {
		return 1
	}
	ctx := context.Background() // the kernel bounds the work, and the parent the time by the clock
	d, err := ocr.Read(ctx, scans, tesseract(engine, modelOf(ctx, engine)))
	if err != nil {
		return 1
	}
	if err := json.NewEncoder(out).Encode(d); err != nil {
		return 1
	}
	return 0
}

// largestTable bounds what the engine may print for one page.
const largestTable = 16 << 20

// englishModel is the model that comes with the engine.
const englishModel = "eng"

// modelOf returns the model to recognise with: that of the Latin script where it is installed, because the English one
// knows no letters with accents and so misreads names; else the English one.
func modelOf(ctx context.Context, engine string) string {
	cmd := exec.CommandContext(ctx, engine, "--list-langs")
	cmd.Env = engineEnv()
	list, err := cmd.Output()
	if err != nil {
		return englishModel
	}
	for _, name := range strings.Fields(string(list)) {
		if name == "Latin" || name == "script/Latin" {
			return name
		}
	}
	return englishModel
}

func engineEnv() []string {
	return []string{"OMP_THREAD_LIMIT=1", "PATH=/usr/bin:/bin", "LC_ALL=C"}
}

// tesseract runs the engine on one page: bytes in, table out, one thread (its own threads only slow it on two cores).
func tesseract(engine, model string) ocr.Recogniser {
	return func(ctx context.Context, png []byte, mode int) ([]byte, error) {
		cmd := exec.CommandContext(ctx, engine, "stdin", "stdout", "--psm", strconv.Itoa(mode), "-l", model, "--dpi", "200", "tsv")
		cmd.Stdin = bytes.NewReader(png)
		table := &cappedBuffer{left: largestTable}
		cmd.Stdout = table
		cmd.Env = engineEnv()
		if err := cmd.Run(); err != nil {
			var ended *exec.ExitError
			if errors.As(err, &ended) {
				return nil, fmt.Errorf("recognising a page: the engine ended with status %d", ended.ExitCode())
			}
			return nil, fmt.Errorf("recognising a page: %w", err)
		}
		return table.Bytes(), nil
	}
}
