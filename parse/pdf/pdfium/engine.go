package pdfium

import (
	"errors"
	"fmt"
	"image"
	"io"
	"time"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	fault "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"referrald/parse/pdf"
)

// A Cache holds the compiled module in a directory, so that starting need not compile it again.
type Cache struct{ wazero.CompilationCache }

// OpenCache opens a directory as a Cache and makes it if it is not there. Its files are opened when an Engine starts: a
// process that closes its fences first must leave this directory readable.
func OpenCache(dir string) (Cache, error) {
	c, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return Cache{}, fmt.Errorf("opening compilation cache: %w", err)
	}
	return Cache{c}, nil
}

// Fill compiles the module into the cache if it is not there yet.
func (c Cache) Fill() error {
	e, err := Start(c)
	if err != nil {
		return err
	}
	return e.Close()
}

// An Engine is PDFium with one file open. It is used by one goroutine, for one file.
type Engine struct {
	pool     gopdfium.Pool
	instance gopdfium.Pdfium
	document references.FPDF_DOCUMENT
}

var _ pdf.Engine = (*Engine)(nil)

// startLimit is how long an instance may take to come up once the module is compiled.
const startLimit = 30 * time.Second

// Start starts PDFium. The zero Cache compiles the module anew.
func Start(cache Cache) (*Engine, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages)
	if cache.CompilationCache != nil {
		config = config.WithCompilationCache(cache.CompilationCache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig:      wazero.NewFSConfig(), // nothing is mounted: the default would mount "/"
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("starting pdfium: %w", err)
	}
	instance, err := pool.GetInstance(startLimit)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting pdfium: %w", err), pool.Close())
	}
	return &Engine{pool: pool, instance: instance}, nil
}

// memoryPages bounds the module's memory, in pages of 64 KiB: 512 MiB.
const memoryPages = 8192

// Close ends the engine and frees its memory.
func (e *Engine) Close() error {
	return errors.Join(e.instance.Close(), e.pool.Close())
}

// Open takes the bytes of a file and returns how many pages it has; pdf.ErrPassword if it needs a password.
func (e *Engine) Open(data []byte) (int, error) {
	opened, err := e.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, fault.ErrPassword), errors.Is(err, fault.ErrSecurity):
		return 0, pdf.ErrPassword
	case err != nil:
		return 0, fmt.Errorf("opening with pdfium: %w", err)
	}
	e.document = opened.Document
	count, err := e.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: e.document})
	if err != nil {
		return 0, fmt.Errorf("counting pages: %w", err)
	}
	return count.PageCount, nil
}

// Render returns a page, numbered from 1, as a grey picture. Annotations are drawn with the form fields or not at all.
func (e *Engine) Render(page int, dpi float64, fields bool) (*image.Gray, error) {
	flags := enums.FPDF_RENDER_FLAG_GRAYSCALE | enums.FPDF_RENDER_FLAG_RENDER_LIMITEDIMAGECACHE
	if fields {
		flags |= enums.FPDF_RENDER_FLAG_ANNOT
	}
	drawn, err := e.instance.RenderPageInDPI(&requests.RenderPageInDPI{
		Page: e.page(page), DPI: int(dpi), RenderFlags: flags,
	})
	if err != nil {
		return nil, fmt.Errorf("drawing page %d: %w", page, err)
	}
	defer drawn.Cleanup()
	return grey(drawn.Result.Image), nil
}

func (e *Engine) page(number int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: e.document, Index: number - 1}}
}

// grey copies one channel of a picture that was drawn grey.
func grey(img *image.RGBA) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		row := img.Pix[y*img.Stride:]
		for x := range b.Dx() {
			out.Pix[y*out.Stride+x] = row[x*4]
		}
	}
	return out
}

// closePage closes a page that was loaded; a page that will not close only keeps its memory until the engine ends.
func (e *Engine) closePage(page references.FPDF_PAGE) {
	_, _ = e.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page})
}
