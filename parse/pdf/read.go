package pdf

import (
	"bytes"
	"errors"
	"fmt"

	object "github.com/ledongthuc/pdf"

	"referrald/parse/document"
)

// Read reads a PDF file without a second engine: see Options.Read.
func Read(data []byte) (*document.Document, error) { return Options{}.Read(data) }

// Options are what the caller gives to a reading beside the bytes.
type Options struct {
	// Engine starts the second engine. It is called at most once a file, and only for a file that needs it: most do not.
	// Nil, or an error, means that there is none.
	Engine func() (Engine, error)
}

// Read reads a PDF file into a Document. Its error is always a *document.Unreadable.
func (o Options) Read(data []byte) (*document.Document, error) {
	d, err := readObjects(data)
	if err != nil {
		return nil, &document.Unreadable{Why: document.Broken, Cause: err}
	}
	return d, nil
}

// readObjects reads a file through the object library, which panics on malformed objects by design; that one recover
// stands here so that a damaged file is an error and not the end of the process.
func readObjects(data []byte) (d *document.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fault(r)
		}
	}()
	r, err := open(data)
	if err != nil {
		return nil, err
	}
	return newReading(r).document()
}

// fault makes an error of what was recovered.
func fault(r any) error {
	if err, ok := r.(error); ok {
		return fmt.Errorf("reading objects: %w", err)
	}
	return fmt.Errorf("reading objects: %v", r)
}

var errNoPages = errors.New("the file has no pages")

func open(data []byte) (*object.Reader, error) {
	return object.NewReader(bytes.NewReader(data), int64(len(data)))
}

// A reading is the state of reading one file.
type reading struct {
	file     *object.Reader
	limits   budget
	fonts    map[string]*typeface
	warnings []string
}

func newReading(r *object.Reader) *reading {
	return &reading{file: r, fonts: map[string]*typeface{}}
}

func (r *reading) document() (*document.Document, error) {
	pages, more := pagesOf(r.file)
	if len(pages) == 0 {
		return nil, errNoPages
	}
	d := &document.Document{Format: document.PDF, Pages: len(pages)}
	var all binding
	for i, p := range pages {
		c := r.paint(p, i+1)
		all.add(c.layout(), c.frame)
	}
	d.Cells = all.cells()
	if more {
		d.Warnings = append(d.Warnings, "The file has more pages than are read.")
	}
	return d, nil
}

// paint paints a page onto a canvas.
func (r *reading) paint(p page, number int) *canvas {
	c := &canvas{number: number, frame: p.frame()}
	m := newMachine(c, &r.limits, r.fonts, p.matrix())
	m.run(r.content(p.v.Key("Contents")), readResources(p.resources))
	m.state, m.stack = state{ctm: p.matrix(), stretch: 1, lineWidth: 1, transparency: 1, clip: c.frame.grow(2)}, nil
	m.annotations(p.v)
	return c
}

// content returns the content of a page, its parts joined by white space as ISO 32000-1, 7.8.2 has it.
func (r *reading) content(v object.Value) []byte {
	if v.Kind() != object.Array {
		return r.limits.stream(v)
	}
	var all []byte
	for i := 0; i < v.Len() && i < 10_000; i++ {
		all = append(append(all, r.limits.stream(v.Index(i))...), '\n')
	}
	return all
}
