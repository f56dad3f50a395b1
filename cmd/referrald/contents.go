package main

import (
	"errors"
	"path"
	"strings"

	"referrald/ingest"
	"referrald/parse"
	"referrald/parse/container"
	"referrald/parse/document"
)

// contents returns the files inside a container (a zip, winmail.dat, an attached mail), nil for any other file, or why
// the container cannot be opened.
func contents(f parse.File) ([]parse.File, document.Why) {
	if container.Envelope(f.Name, f.MediaType, f.Data) {
		return nil, document.Enveloped
	}
	files, is, err := container.Open(f.Name, f.Data)
	var u *document.Unreadable
	switch {
	case errors.As(err, &u):
		return nil, u.Why
	case err != nil:
		return nil, document.Broken
	case is:
		inner := make([]parse.File, len(files))
		for i, g := range files {
			inner[i] = parse.File{Name: g.Name, Body: g.Body, Data: g.Data}
		}
		return inner, ""
	}
	if f.MediaType == "message/rfc822" || strings.EqualFold(path.Ext(f.Name), ".eml") {
		return mailInside(f.Data)
	}
	return nil, ""
}

// mailInside returns the parts of a mail that stood in a container. Its body is another document, not the writer's words.
func mailInside(raw []byte) ([]parse.File, document.Why) {
	m, err := ingest.Open(raw, ingest.DefaultLimits())
	if err != nil {
		return nil, document.Broken
	}
	inner := []parse.File{}
	for _, p := range m.Parts {
		inner = append(inner, parse.File{Name: p.Name, MediaType: p.MediaType, Inline: p.Inline, Data: p.Data})
	}
	return inner, ""
}
