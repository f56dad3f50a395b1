package main

import (
	"bytes"
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
	switch {
	case isWebArchive(f):
		return archivedPage(f)
	case f.MediaType == "message/rfc822", strings.EqualFold(path.Ext(f.Name), ".eml"), isSavedMail(f):
		return mailInside(f.Data)
	}
	return nil, ""
}

// archiveHead is how far into a file its own header may reach.
const archiveHead = 4 << 10

// isWebArchive tells a page kept with its pictures in one file, as Word and browsers save them (MHTML, RFC 2557), under
// the name of a document too.
func isWebArchive(f parse.File) bool {
	head := headOf(f.Data)
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".mht", ".mhtml":
		return bytes.Contains(head, []byte("content-type:"))
	case ".eml":
		return false
	}
	begins := bytes.HasPrefix(head, []byte("mime-version:")) || bytes.HasPrefix(head, []byte("from: <saved by"))
	return begins && bytes.Contains(head, []byte("multipart/related")) && f.MediaType != "message/rfc822"
}

// headOf returns the header of a mail or web archive in small letters.
func headOf(data []byte) []byte {
	head := bytes.TrimLeft(data[:min(len(data), archiveHead)], "\xEF\xBB\xBF \t\r\n")
	if end := bytes.Index(head, []byte("\n\n")); end > 0 {
		head = head[:end]
	}
	if end := bytes.Index(head, []byte("\n\r\n")); end > 0 {
		head = head[:end]
	}
	return bytes.ToLower(head)
}

// isSavedMail tells a mail that was saved under the name of a text.
func isSavedMail(f parse.File) bool {
	if f.Body {
		return false
	}
	head := append([]byte("\n"), headOf(f.Data)...)
	for _, field := range [...]string{"\nfrom:", "\nmime-version:", "\ncontent-type:"} {
		if !bytes.Contains(head, []byte(field)) {
			return false
		}
	}
	return !isWebArchive(f)
}

// archivedPage returns the page of a web archive under the archive's own name, and its pictures.
func archivedPage(f parse.File) ([]parse.File, document.Why) {
	m, err := ingest.Open(f.Data, ingest.DefaultLimits())
	if err != nil {
		return nil, document.Broken
	}
	var page, pictures []parse.File
	for _, p := range m.Parts {
		switch {
		case p.MediaType == "text/html" && page == nil:
			page = []parse.File{{Name: f.Name, MediaType: p.MediaType, Data: p.Data}}
		case strings.HasPrefix(p.MediaType, "image/"):
			pictures = append(pictures, parse.File{Name: p.Name, MediaType: p.MediaType, Inline: p.Inline, Data: p.Data})
		}
	}
	if page == nil {
		return nil, document.Unsupported
	}
	return append(page, pictures...), ""
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
