package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"referrald/parse"
	"referrald/parse/container"
	"referrald/parse/document"
	"referrald/parse/pdf"
	"referrald/parse/pdf/pdfium"
)

// A childRequest is the one line before the file's bytes on the child's standard input. The name travels here and not
// on the command line, where every user of the machine could see it.
type childRequest struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Body      bool   `json:"body"`
	Inline    bool   `json:"inline"`
}

// childMain is the whole life of a reading child: put up the fences, read one file, print what it says. It returns the
// exit status. Everything before the fences touches no foreign byte.
func childMain(in io.Reader, out io.Writer) int {
	cache := os.Getenv("REFERRALD_CHILD_CACHE")
	memory, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_MEMORY_MIB"))
	seconds, _ := strconv.Atoi(os.Getenv("REFERRALD_CHILD_SECONDS"))
	if memory <= 0 || seconds <= 0 {
		fmt.Fprintln(os.Stderr, "referrald read-document is run by referrald itself")
		return exitUsage
	}
	if os.Getenv(fillVariable) != "" {
		return fillMain(cache)
	}
	options := parse.Options{PDF: secondEngine(cache)}
	fence(memory, seconds, cache)
	extracts, err := readRequest(in, options)
	if err != nil {
		return 1
	}
	if err := json.NewEncoder(out).Encode(extracts); err != nil {
		return 1
	}
	return 0
}

// fillVariable is set in the environment of the child that only fills the cache.
const fillVariable = "REFERRALD_CHILD_FILL"

// fillMain is the whole life of that child. It reads no document and so needs no fences, which would keep it from writing.
func fillMain(cache string) int {
	c, err := pdfium.OpenCache(cache)
	if err != nil {
		return 1
	}
	if err := c.Fill(); err != nil {
		return 1
	}
	return 0
}

// secondEngine returns what starts PDFium. Its cache of compiled code is opened before the fences close.
func secondEngine(cache string) func() (pdf.Engine, error) {
	var opened pdfium.Cache
	if cache != "" {
		opened, _ = pdfium.OpenCache(cache) // without a cache the engine compiles its code anew, slowly
	}
	return func() (pdf.Engine, error) { return pdfium.Start(opened) }
}

func readRequest(in io.Reader, o parse.Options) ([]parse.Extract, error) {
	r := bufio.NewReader(in)
	line, err := r.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("reading the request: %w", err)
	}
	var req childRequest
	if err := json.Unmarshal(line, &req); err != nil {
		return nil, fmt.Errorf("reading the request: %w", err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	f := parse.File{Name: req.Name, MediaType: req.MediaType, Body: req.Body, Inline: req.Inline, Data: data}
	return unfold(f, deepest, o), nil
}

// deepest is how many containers may stand within each other.
const deepest = 4

// unfold reads the file, or the files inside where it is a container.
func unfold(f parse.File, depth int, o parse.Options) []parse.Extract {
	inner, why := contents(f)
	switch {
	case why != "":
		x := unread(f, why)
		x.Format = container.Format(f.Data)
		return []parse.Extract{x}
	case inner == nil:
		return readWithObjects(f, depth, o)
	case depth == 0:
		return []parse.Extract{unread(f, document.TooLarge)}
	}
	var all []parse.Extract
	for _, g := range inner {
		all = append(all, unfold(g, depth-1, o)...)
	}
	return all
}

// readWithObjects reads a file and, of a Word document, the files that were dropped into it. Those that show nothing, like
// the drawing of a logo, are left out.
func readWithObjects(f parse.File, depth int, o parse.Options) []parse.Extract {
	all := []parse.Extract{parse.Read(f, o)}
	if all[0].Document == nil || all[0].Format != document.DOCX && all[0].Format != document.DOC {
		return all
	}
	objects, err := container.Embedded(f.Data)
	if err != nil || depth == 0 && len(objects) > 0 {
		all[0].Document.Warn(document.UnreadFiles)
		return all
	}
	for _, g := range objects {
		if g.Name == "" {
			g.Name = f.Name
		}
		for _, x := range unfold(parse.File{Name: g.Name, Data: g.Data}, depth-1, o) {
			if x.Document == nil && x.Why != "" || x.Document != nil && (x.Document.Text() != "" || len(x.Document.Scans) > 0) {
				all = append(all, x)
			}
		}
	}
	return all
}
