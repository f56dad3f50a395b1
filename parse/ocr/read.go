package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"

	"referrald/parse/document"
)

// A Recogniser has the words of a page recognised: it runs tesseract with --psm mode and the output tsv on a PNG and
// returns that table. It is the caller's, who starts the process with one thread, within fences and a deadline.
type Recogniser func(ctx context.Context, png []byte, mode int) (tsv []byte, err error)

// modeBlock is tesseract's page segmentation for one uniform block of text, which suits a form whose rules are gone.
const modeBlock = 6

// What staff are told; never words of the file.
const (
	warnPages = "The file has more pages than are read."
	warnPage  = "A page is a picture whose text could not be read."
)

var errNothing = errors.New("no words were recognised")

// Read returns what scanned pages say, in their order, as the cells of one Document whose tokens are all Recognised. A
// page that cannot be read leaves a warning; where no page can, the error is a *document.Unreadable with NoText.
// The only other error is that of ctx.
func Read(ctx context.Context, scans []document.Scan, recognise Recogniser) (*document.Document, error) {
	d := &document.Document{Format: document.Image, Pages: len(scans)}
	if len(scans) > maxScans {
		scans = scans[:maxScans]
		d.Warnings = append(d.Warnings, warnPages)
	}
	var cause error
	tables, last := 0, 0
	for _, s := range scans {
		blocks, err := readPage(ctx, s, recognise)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			cause = fmt.Errorf("reading page %d: %w", s.Page, err)
			continue
		}
		var cells []document.Cell
		cells, tables = cellsOf(blocks, s.Page, tables)
		if s.Page == last+1 {
			d.Cells = overleaf(d.Cells, cells)
		} else {
			d.Cells = append(d.Cells, cells...)
		}
		last = s.Page
	}
	if len(d.Cells) == 0 {
		return nil, &document.Unreadable{Why: document.NoText, Cause: errors.Join(errNothing, cause)}
	}
	if cause != nil {
		d.Warnings = append(d.Warnings, warnPage)
	}
	return d, nil
}

// cellsOf returns the cells of a page that follows so many tables, and how many there are then.
func cellsOf(blocks []block, page, tables int) ([]document.Cell, int) {
	var out []document.Cell
	for _, b := range blocks {
		if len(b.cells) > 0 && b.cells[0].Table > 0 {
			tables++
		}
		for _, c := range b.cells {
			c.Page = page
			if c.Table > 0 {
				c.Table = tables
			}
			out = append(out, c)
		}
	}
	return out, tables
}

// readPage reads one page.
func readPage(ctx context.Context, s document.Scan, recognise Recogniser) ([]block, error) {
	g, err := decodeGrey(s.PNG, png.DecodeConfig, png.Decode)
	if err != nil {
		return nil, fmt.Errorf("decoding: %w", err)
	}
	dpi := s.DPI
	if !(dpi >= 30 && dpi <= 1200) {
		dpi = page{Gray: g}.density()
	}
	p, words, err := upright(ctx, blackOnWhite(g), dpi, recognise)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, errNothing
	}
	return blocksOf(p.items(words), p.grids), nil
}

// turns are the Exif orientations of a page that lies on its head or on a side, which no camera noted.
var turns = [...]int{3, 6, 8}

// upright has the words of a page recognised; where they make little sense, of the page turned as well, and returns the
// page as it makes most sense.
func upright(ctx context.Context, g *image.Gray, dpi float64, recognise Recogniser) (*sheet, []word, error) {
	p := prepare(g, dpi)
	words, err := p.words(ctx, recognise)
	if err != nil || sense(words) >= leastSense || p.ink.blank() {
		return p, words, err
	}
	for _, orientation := range turns {
		q := prepare(turn(g, orientation), dpi)
		other, err := q.words(ctx, recognise)
		if err != nil {
			return nil, nil, err
		}
		if sense(other) > sense(words)+senseAhead {
			p, words = q, other
		}
	}
	return p, words, nil
}

// How sure a page's words are when it is upright, and how much more sense a turned page must make.
const (
	leastSense = 0.55
	senseAhead = 0.1
)

// sense returns how sure words are on the whole, long ones counting for more.
func sense(words []word) float64 {
	sum, n := 0.0, 0.0
	for _, w := range words {
		l := float64(len(w.text))
		sum, n = sum+w.sure*l, n+l
	}
	return sum / max(n, 1)
}

// A sheet is a page made ready: level and square, its marks and rules found, its words alone left to be recognised.
type sheet struct {
	ink   *ink
	flat  *image.Gray
	rules rules
	grids []grid
	marks []mark
	rings []ring
}

// prepare makes a picture ready.
func prepare(g *image.Gray, dpi float64) *sheet {
	v := newView(g, dpi)
	p := measure(v.level())
	if v.square(&p.rules) {
		p = measure(v.draw())
	}
	for _, t := range p.rules.grids() {
		if !t.frame(v.w, v.h) {
			p.grids = append(p.grids, t)
		}
	}
	sortGrids(p.grids)
	p.eraseRules()
	p.eraseMarks(p.marks)
	p.drawn()
	if stepped(g) {
		p.flat = soften(p.flat)
	}
	return p
}

// drawn finds what a pen or a printer put on the page beside boxes, and takes it out: rings around words, round boxes and
// ticks without a box.
func (p *sheet) drawn() {
	parts := p.ink.hangings()
	p.rings = p.ink.rings(parts)
	p.eraseRings()
	round := p.ink.radios(parts)
	p.eraseMarks(round)
	bare := p.ink.ticks(parts)
	p.eraseMarks(bare)
	p.marks = append(append(p.marks, round...), bare...)
}

// measure finds the ink, the boxes and the rules of a page.
func measure(g *image.Gray) *sheet {
	k, flat := inked(g)
	boxes := k.boxes()
	return &sheet{ink: k, flat: flat, marks: boxes, rules: findRules(k, boxes)}
}

// words has the words recognised.
func (p *sheet) words(ctx context.Context, recognise Recogniser) ([]word, error) {
	picture, err := encode(p.flat)
	if err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	tsv, err := recognise(ctx, bytes.Clone(picture), modeBlock)
	if err != nil {
		return nil, fmt.Errorf("recognising: %w", err)
	}
	return parseTSV(tsv), nil
}
