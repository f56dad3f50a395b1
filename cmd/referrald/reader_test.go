package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"referrald/parse"
	"referrald/parse/document"
)

// readerOf returns a reader whose child is a script, for what no honest child does.
func readerOf(t *testing.T, script string, deadline time.Duration) *reader {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "child")
	if err := os.WriteFile(exe, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return &reader{exe: exe, deadline: deadline, memory: 256, slots: make(chan struct{}, 1)}
}

// Story 15 of the peers' trouble: a PDF library loops for ever, or panics. Whatever a document does to the child that reads it, the daemon lives and the document waits for a person.
func TestStory15ReaderOutlivesItsChild(t *testing.T) {
	for _, tt := range []struct{ name, script string }{
		{"never ends", "exec sleep 600"},
		{"never ends, nor does what it started", "sleep 600 & wait"},
		{"is killed", "kill -9 $$"},
		{"fails", "exit 3"},
		{"says nothing", "cat >/dev/null"},
		{"talks nonsense", "cat >/dev/null; echo '{'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			got, err := readerOf(t, tt.script, 2*time.Second).Read(t.Context(), parse.File{Name: "form.pdf", Data: []byte("%PDF-1.7")})
			if err != nil || len(got) != 1 || got[0].Why != document.Crashed || got[0].SHA256 == "" {
				t.Errorf("got %+v, error %v; want one document that was not read", got, err)
			}
			if took := time.Since(began); took > 60*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// Where the daemon itself is stopped nothing is known of the document: it is read again, not held.
func TestAStoppedReaderSaysNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := readerOf(t, "exec sleep 600", time.Minute).Read(ctx, parse.File{Data: []byte("x")})
	if !errors.Is(err, context.Canceled) || got != nil {
		t.Errorf("got %+v, error %v; want the end of the context", got, err)
	}
}

// What reads foreign bytes must hold no password that those bytes could make it tell.
func TestChildrenHoldNoSecrets(t *testing.T) {
	t.Setenv("REFERRALD_MAIL_PASSWORD", "hunter2")
	r := readerOf(t, "env", 10*time.Second)
	out, err := r.child(t.Context(), childCommand, strings.NewReader(""), r.deadline)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "hunter2") || !strings.Contains(string(out), "REFERRALD_CHILD_MEMORY_MIB=256") {
		t.Errorf("the child's environment is\n%s", out)
	}
}

// The engine's code is compiled once and kept; the children that read documents may not write.
func TestTheCacheIsFilledOnce(t *testing.T) {
	dir := t.TempDir()
	r := readerOf(t, "test -z \"$"+fillVariable+"\" || echo x >> "+dir+"/compiled", 10*time.Second)
	r.cache = dir
	for range 3 {
		if _, err := r.Read(t.Context(), parse.File{Name: "a.txt", Data: []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(filepath.Join(dir, "compiled")); err != nil || string(got) != "x\n" {
		t.Errorf("filled %q times (%v), want once", got, err)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	b := &cappedBuffer{left: 4}
	if _, err := b.Write([]byte("abc")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Write([]byte("de")); !errors.Is(err, errAnswerTooLong) || b.String() != "abc" {
		t.Errorf("error = %v, kept %q; want what fits and no more", err, b.String())
	}
}
