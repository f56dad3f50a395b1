package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"

	"referrald/parse/document"
)

// A Recogniser has the words of a page recognised: it runs tesseract with --psm mode and the output tsv on a PNG and
// returns that table. It is the caller's, who starts the process with one thread, within fences and a deadline.
type Recogniser func(ctx context.Context, png []byte, mode int) (tsv []byte, err error)

// modeBlock is tesseract's page segmentation for one uniform block of text, which suits a form whose rules are gone.
const modeBlock = 6

var errNothing = errors.New("no words were recognised")

// Read returns what scanned pages say, in their order, as the cells of one Document whose tokens are all Recognised. A
// page that cannot be read leaves a warning; where none can, the error is a *document.Unreadable with NoText. Pages that are all
// empty leave a document without cells. The only other error is that of ctx.
func Read(ctx context.Context, scans []document.Scan, recognise Recogniser) (*document.Document, error) {
	d := &document.Document{Format: document.Image, Pages: len(scans)}
	if len(scans) > maxScans {
		scans = scans[:maxScans]
		d.Warn(document.MorePages)
	}
	var cause error
	tables, last, turned := 0, 0, 1
	for _, s := range scans {
		leaves, orientation, err := readSheet(ctx, s, recognise, turned)
		turned = orientation
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			cause = fmt.Errorf("reading page %d: %w", s.Page, err)
			continue
		}
		for i, blocks := range leaves {
			var cells []document.Cell
			cells, tables = cellsOf(blocks, s.Page, tables)
			if i > 0 || s.Page == last+1 {
				d.Cells = overleaf(d.Cells, cells)
			} else {
				d.Cells = append(d.Cells, cells...)
			}
		}
		last = s.Page
	}
	if len(d.Cells) == 0 && cause != nil {
		return nil, &document.Unreadable{Why: document.NoText, Cause: cause}
	}
	if cause != nil {
		d.Warn(document.UnreadPage)
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

// readSheet reads what one picture shows, mostly one page, and returns how it had to be turned, as the one before it was.
func readSheet(ctx context.Context, s document.Scan, recognise Recogniser, before int) ([][]block, int, error) {
	g, err := decodeGrey(s.PNG, png.DecodeConfig, png.Decode)
	if err != nil {
		return nil, before, fmt.Errorf("decoding: %w", err)
	}
	dpi := s.DPI
	if !(dpi >= 30 && dpi <= 1200) {
		dpi = page{Gray: g}.density()
	}
	p, words, turned, err := upright(ctx, blackOnWhite(g), dpi, recognise, before)
	switch {
	case err != nil:
		return nil, before, err
	case len(words) == 0 && p.ink.blank():
		return nil, before, nil // the back of a page that says nothing
	case len(words) == 0:
		return nil, before, errNothing
	case sense(words) < leastSense:
		turned = before // nothing to go by for the page that follows
	}
	leaves := p.leaves(words)
	if len(slices.Concat(leaves...)) == 0 {
		return nil, before, errNothing
	}
	return leaves, turned, nil
}

// upright has the words of a page recognised; where they make little sense, of the page turned as well, and returns the
// page as it makes most sense, with the Exif orientation by which it was turned. The pages of a document mostly lie alike,
// so the one before says where to begin.
func upright(ctx context.Context, g *image.Gray, dpi float64, recognise Recogniser, before int) (*sheet, []word, int, error) {
	var best *sheet
	var words []word
	turned := before
	for i, orientation := range turns(g, before) {
		p := prepare(turn(g, orientation), dpi)
		found, err := p.words(ctx, recognise)
		if err != nil {
			return nil, nil, 0, err
		}
		if i == 0 || sense(found) > sense(words)+senseAhead {
			best, words, turned = p, found, orientation
		}
		if sense(words) >= leastSense || p.ink.blank() {
			break
		}
	}
	return best, words, turned, nil
}

// turns returns the Exif orientations in which a page may lie, the likeliest first: as the page before, then by the way
// in which its lines run.
func turns(g *image.Gray, before int) []int {
	order := [4]int{1, 3, 6, 8}
	if sideways(g) {
		order = [4]int{6, 8, 1, 3}
	}
	out := []int{before}
	for _, o := range order {
		if o != before {
			out = append(out, o)
		}
	}
	return out
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
	parts := p.dust(p.ink.hangings())
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
