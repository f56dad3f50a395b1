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
	// Nil, or an error, means that there is none. Closing the engine is its starter's work.
	Engine func() (Engine, error)
}

// Read reads a PDF file into a Document. Pages that are pictures come as Scans if there is an engine to draw them; a
// document of Scans alone has no cells, and whoever has no OCR for it must report document.NoText, as Read does where
// there is no engine. Its error is always a *document.Unreadable.
func (o Options) Read(data []byte) (*document.Document, error) {
	d, err := o.read(data)
	if err == nil {
		return d, nil
	}
	var u *document.Unreadable
	if errors.As(err, &u) {
		return nil, u
	}
	return nil, &document.Unreadable{Why: document.Broken, Cause: err}
}

func (o Options) read(data []byte) (*document.Document, error) {
	file, ok := headed(data)
	if !ok {
		return nil, errors.New("no PDF header")
	}
	second := &lazyEngine{start: o.Engine, data: data}
	d, err := readObjects(file, second)
	if err == nil || settled(err) {
		return d, err
	}
	d, cause := readSecond(second)
	if d != nil {
		return d, nil
	}
	if u := (*document.Unreadable)(nil); errors.As(err, &u) && cause == nil {
		return nil, u
	}
	if u := (*document.Unreadable)(nil); errors.As(cause, &u) {
		return nil, u
	}
	return nil, errors.Join(err, cause)
}

// settled tells whether an error is an answer that no other engine would change. A file without any words is none: its
// letters may stand where only the other engine finds them.
func settled(err error) bool {
	var u *document.Unreadable
	return errors.As(err, &u) && !errors.Is(err, errNoText)
}

// readObjects reads a file through the object library, which panics on malformed objects by design; the one recover for
// it stands here, so that a damaged file is an error and not the end of the process.
func readObjects(file []byte, second *lazyEngine) (d *document.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fault(r)
		}
	}()
	plain, torn, err := rewritten(file)
	if errors.Is(err, errLocked) {
		return nil, &document.Unreadable{Why: document.Locked, Cause: err}
	}
	if err != nil {
		return nil, err
	}
	r, err := object.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, err
	}
	return (&reading{file: r, fonts: map[string]*typeface{}, second: second, limits: budget{torn: torn}}).document()
}

// fault makes an error of what was recovered.
func fault(r any) error {
	if err, ok := r.(error); ok {
		return fmt.Errorf("reading objects: %w", err)
	}
	return fmt.Errorf("reading objects: %v", r)
}

var (
	errNoText = errors.New("no page holds text")
	errXFA    = errors.New("the form is made for one program alone (XFA)")
)

// A reading is the state of reading one file.
type reading struct {
	file    *object.Reader
	limits  budget
	fonts   map[string]*typeface
	second  *lazyEngine
	widgets int
	glyphs  int
	redraws bool // see machine
	out     document.Document
}

func (r *reading) document() (*document.Document, error) {
	pages, more := pagesOf(r.file)
	if len(pages) == 0 {
		return nil, errNoPages
	}
	r.out = document.Document{Format: document.PDF, Pages: len(pages)}
	if more {
		r.out.Warn(document.MorePages)
	}
	root := r.file.Trailer().Key("Root")
	if !root.Key("Collection").IsNull() || !root.Key("Names").Key("EmbeddedFiles").IsNull() {
		r.out.Warn(document.UnreadFiles)
	}
	r.redraws = root.Key("AcroForm").Key("NeedAppearances").Bool()
	var all binding
	for i, p := range pages {
		c := r.paint(p, i+1)
		c.above = all.foot()
		r.widgets += len(c.widgets)
		r.glyphs += c.visible()
		if r.scan(c) {
			all.add(c.layout(), c.frame)
		}
		if c.written {
			r.out.Warn(document.Handwriting)
		}
		if c.gaps {
			r.out.Warn(document.UnreadLetters)
		}
	}
	r.out.Cells = all.cells()
	if r.limits.torn {
		r.out.Warn(document.Torn)
	}
	if !root.Key("AcroForm").Key("XFA").IsNull() && r.widgets == 0 && r.glyphs < maxNotice {
		return nil, &document.Unreadable{Why: document.Unsupported, Cause: errXFA}
	}
	return r.result()
}

// maxNotice is the most letters of the page that stands in for an XFA form ("Please wait …").
const maxNotice = 1500

func (r *reading) result() (*document.Document, error) {
	if len(r.out.Cells) > 0 || len(r.out.Scans) > 0 {
		r.out.FindMarks()
		return &r.out, nil
	}
	return nil, &document.Unreadable{Why: document.NoText, Cause: errNoText}
}

// scan has a page drawn for OCR if that is the only way to read it, and tells whether its letters are to be laid out.
func (r *reading) scan(c *canvas) bool {
	picture, garbled := c.picture(), c.garbled()
	if !picture {
		c.dropHidden()
	}
	if !picture && !garbled {
		return true
	}
	if s := r.second.render(c); s != nil {
		r.out.Scans = append(r.out.Scans, *s)
		c.dropHidden()
		return c.filled()
	}
	if picture {
		r.out.Warn(document.UnreadPage)
	} else {
		r.out.Warn(document.UnreadLetters)
	}
	return true
}

// paint paints a page onto a canvas.
func (r *reading) paint(p page, number int) *canvas {
	c := r.painted(p, number)
	if turn := c.sideways(); turn != 0 {
		p.rotate = (p.rotate + turn) % 4
		return r.painted(p, number)
	}
	return c
}

func (r *reading) painted(p page, number int) *canvas {
	c := &canvas{number: number, frame: p.frame()}
	m := newMachine(c, &r.limits, r.fonts, p.matrix())
	m.run(r.content(p.v.Key("Contents")), readResources(p.resources))
	m.reset(p.matrix())
	m.hand, m.redraws, m.shared = true, r.redraws, r.file.Trailer().Key("Root").Key("AcroForm").Key("DR").Key("Font")
	m.annotations(p.v)
	c.hideCovered()
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

// readSecond reads a file's words through the second engine: nil without an error where there is no engine.
func readSecond(second *lazyEngine) (*document.Document, error) {
	e := second.get()
	if e == nil {
		if errors.Is(second.err, ErrPassword) {
			return nil, &document.Unreadable{Why: document.Locked, Cause: second.err}
		}
		return nil, second.err
	}
	r := &reading{second: second}
	r.out = document.Document{Format: document.PDF, Pages: min(second.pages, maxPages)}
	r.out.Warn(document.Flattened)
	if second.pages > maxPages {
		r.out.Warn(document.MorePages)
	}
	var all binding
	for number := 1; number <= r.out.Pages; number++ {
		sheet, err := e.Text(number)
		if err != nil {
			return nil, fmt.Errorf("reading page %d with the second engine: %w", number, err)
		}
		c := sheet.canvas(number)
		if c.visible() < fewGlyphs { // nothing is known of its pictures: look at it
			c.pictures = append(c.pictures, c.frame)
		}
		if r.scan(c) {
			all.add(c.layout(), c.frame)
		}
	}
	r.out.Cells = all.cells()
	return r.result()
}
