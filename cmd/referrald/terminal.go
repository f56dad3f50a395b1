package main

import (
	"io"
	"os"
	"slices"

	"golang.org/x/term"
)

// A terminal is where a command writes and what environment it runs in; tests give their own.
type terminal struct {
	Out, Err io.Writer
	Environ  []string
}

// interactive tells whether a person is looking at w, so that colours and progress lines help.
func interactive(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// A palette colours words on a terminal that wants colours, and leaves them alone elsewhere.
type palette struct{ on bool }

// newPalette returns the palette for w; NO_COLOR (https://no-color.org) turns it off.
func newPalette(w io.Writer, environ []string) palette {
	quiet := slices.ContainsFunc(environ, func(e string) bool { return len(e) > 9 && e[:9] == "NO_COLOR=" })
	return palette{on: interactive(w) && !quiet}
}

func (p palette) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) bold(s string) string   { return p.paint("1", s) }
func (p palette) faint(s string) string  { return p.paint("2", s) }
func (p palette) red(s string) string    { return p.paint("31;1", s) }
func (p palette) green(s string) string  { return p.paint("32", s) }
func (p palette) yellow(s string) string { return p.paint("33", s) }
func (p palette) blue(s string) string   { return p.paint("36", s) }
