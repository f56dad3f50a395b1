package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"referrald/parse"
	"referrald/parse/document"
)

// A reader has each document read in a child process of the same binary, within fences, so that no file however
// hostile can stop the daemon: some files make a PDF library run out of memory or stack, which no recover() sees.
//
//	parent ──stdin: one JSON line, then the bytes──▶ child (limits, landlock, seccomp) ──stdout: []parse.Extract──▶ parent
type reader struct {
	exe      string
	deadline time.Duration // processor time that a child may use; by the clock it may take patience times as long
	memory   int           // MiB of data the child may hold
	cache    string        // folder of the second PDF engine's compiled code, or ""
	ocr      string        // the OCR program's path, or "" where it is not installed
	office   string        // LibreOffice's path, or "" where it is not installed
	slots    chan struct{}
	filled   sync.Once // the cache was filled, or that was tried

	scratches string // folder in which LibreOffice is given folders of its own; "" for the system's
}

// childCommand is the hidden first argument by which main becomes the reading child.
const childCommand = "read-document"

// patience is how many times its processor time a child may take by the clock. The deadline bounds work, not waiting: on
// a busy machine a document must not become unreadable because others were read first.
const patience = 4

// largestAnswer bounds what a child may print, so that a bomb does not move into the parent.
const largestAnswer = 192 << 20

// newReader returns a reader that runs at most one child for each processor at a time.
func newReader(c ReadingConfig) (*reader, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the daemon's own binary: %w", err)
	}
	r := &reader{exe: exe, deadline: time.Duration(c.Deadline), memory: c.MemoryMiB, cache: c.Cache, slots: make(chan struct{}, runtime.NumCPU())}
	if c.Tesseract != "" {
		r.ocr, _ = exec.LookPath(c.Tesseract) // without it scans wait for a person; check says so
	}
	if c.Office != "" {
		r.office, _ = exec.LookPath(c.Office) // without it files older than Word 97 wait for a person
	}
	r.scratches = memoryFolder()
	sweepScratches(r.scratches)
	return r, nil
}

// Read returns what the file says: one Extract, or one for each file inside where it is a container. A child that dies
// gives an Extract that says so; an error is returned only when ctx ends, because then nothing is known of the file.
func (r *reader) Read(ctx context.Context, f parse.File) ([]parse.Extract, error) {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r.filled.Do(func() { r.fillCache(ctx) })
	extracts, err := r.run(ctx, f)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return []parse.Extract{unread(f, document.Crashed)}, nil
	}
	return extracts, nil
}

// fillLimit bounds the compiling of the second PDF engine, which takes some four seconds.
const fillLimit = 2 * time.Minute

// fillCache has the second PDF engine's code compiled into the cache, once: the children behind their fences may only
// read there. It is a child that sees no document. Where it fails each child compiles anew, which is only slow.
func (r *reader) fillCache(ctx context.Context) {
	if r.cache == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, fillLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.exe, childCommand)
	cmd.Env = append(r.environment(fillLimit), fillVariable+"=1")
	cmd.SysProcAttr = childAttributes()
	runtime.LockOSThread() // see child
	defer runtime.UnlockOSThread()
	_ = cmd.Run()
}

// unread is the Extract of a file that could not be read.
func unread(f parse.File, why document.Why) parse.Extract {
	sum := sha256.Sum256(f.Data)
	return parse.Extract{Name: f.Name, Format: document.Other, Body: f.Body, Inline: f.Inline,
		SHA256: hex.EncodeToString(sum[:]), Why: why}
}

// run has the file read, by the second reader where ours refuses it, and the scans in it recognised.
func (r *reader) run(ctx context.Context, f parse.File) ([]parse.Extract, error) {
	extracts, err := r.read(ctx, f)
	if err != nil {
		return nil, err
	}
	if len(extracts) == 1 {
		extracts[0] = r.convert(ctx, f, extracts[0])
	}
	for i := range extracts {
		r.recognise(ctx, &extracts[i])
	}
	return extracts, nil
}

// read runs one reading child.
func (r *reader) read(ctx context.Context, f parse.File) ([]parse.Extract, error) {
	head, err := json.Marshal(childRequest{Name: f.Name, MediaType: f.MediaType, Body: f.Body, Inline: f.Inline})
	if err != nil {
		return nil, fmt.Errorf("writing the request: %w", err)
	}
	in := io.MultiReader(bytes.NewReader(append(head, '\n')), bytes.NewReader(f.Data))
	answer, err := r.child(ctx, childCommand, in, r.deadline)
	if err != nil {
		return nil, err
	}
	var extracts []parse.Extract
	if err := json.Unmarshal(answer, &extracts); err != nil {
		return nil, fmt.Errorf("reading the child's answer: %w", err)
	}
	return extracts, nil
}

// child runs one child of this binary to its end or its deadline, and returns what it printed. The kernel ends it when it
// has used the deadline up; the clock ends one that only waits. More is added to its environment.
func (r *reader) child(ctx context.Context, command string, in io.Reader, deadline time.Duration, more ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience*deadline)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.exe, command)
	cmd.Stdin = in
	answer := &cappedBuffer{left: largestAnswer}
	cmd.Stdout = answer
	cmd.Env = append(r.environment(deadline), more...)
	cmd.SysProcAttr = childAttributes()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 2 * time.Second
	// The parent-death signal is tied to the thread that starts the child, so that thread must outlive it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := cmd.Run()
	if cmd.Process != nil {
		_ = cmd.Cancel() // what the child started and left running; most often there is nothing
	}
	if err != nil {
		return nil, fmt.Errorf("running the reading child: %w", err)
	}
	return answer.Bytes(), nil
}

// environment is all that the child sees of ours: its limits, nothing secret.
func (r *reader) environment(deadline time.Duration) []string {
	return []string{
		"GOMEMLIMIT=" + strconv.Itoa(r.memory*3/4) + "MiB",
		"GOMAXPROCS=2",
		"REFERRALD_CHILD_MEMORY_MIB=" + strconv.Itoa(r.memory),
		"REFERRALD_CHILD_SECONDS=" + strconv.Itoa(int(deadline/time.Second)),
		"REFERRALD_CHILD_CACHE=" + r.cache,
		"REFERRALD_CHILD_OCR=" + r.ocr,
	}
}

// A cappedBuffer keeps what is written until it is full, then refuses, which ends the writer.
type cappedBuffer struct {
	bytes.Buffer
	left int
}

var errAnswerTooLong = errors.New("the answer is too long")

// Write keeps p, or refuses it whole where it would not fit.
func (b *cappedBuffer) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, errAnswerTooLong
	}
	b.left -= len(p)
	return b.Buffer.Write(p)
}
