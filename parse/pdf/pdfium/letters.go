package pdfium

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"referrald/parse/document"
	"referrald/parse/pdf"
)

// maxLetters bounds what is read of one page.
const maxLetters = 100_000

// Text returns the letters of a page, numbered from 1.
func (e *Engine) Text(number int) (pdf.Sheet, error) {
	loaded, err := e.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: e.document, Index: number - 1})
	if err != nil {
		return pdf.Sheet{}, fmt.Errorf("loading page: %w", err)
	}
	defer e.closePage(loaded.Page)
	p := pageReader{Engine: e, page: requests.Page{ByReference: &loaded.Page}}
	if err := p.measure(); err != nil {
		return pdf.Sheet{}, err
	}
	text, err := e.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: p.page})
	if err != nil {
		return pdf.Sheet{}, fmt.Errorf("loading text: %w", err)
	}
	p.text = text.TextPage
	defer p.close()
	return p.letters()
}

// A pageReader reads the letters of one page.
type pageReader struct {
	*Engine
	page          requests.Page
	text          references.FPDF_TEXTPAGE
	width, height float64 // as shown
	left, bottom  float64 // of the shown part, in the file's coordinates
	turns         int     // quarter turns to the right
}

func (p *pageReader) close() { // nothing can be done about a text page that will not close
	_, _ = p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: p.text})
}

// measure reads size, place and rotation of the page.
func (p *pageReader) measure() error {
	width, err := p.instance.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: p.page})
	if err != nil {
		return fmt.Errorf("measuring page: %w", err)
	}
	height, err := p.instance.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: p.page})
	if err != nil {
		return fmt.Errorf("measuring page: %w", err)
	}
	p.width, p.height = width.Width, height.Height
	if turned, err := p.instance.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: p.page}); err == nil {
		p.turns = int(turned.PageRotation)
	}
	if crop, err := p.instance.FPDFPage_GetCropBox(&requests.FPDFPage_GetCropBox{Page: p.page}); err == nil {
		p.left, p.bottom = float64(crop.Left), float64(crop.Bottom)
	} else if media, err := p.instance.FPDFPage_GetMediaBox(&requests.FPDFPage_GetMediaBox{Page: p.page}); err == nil {
		p.left, p.bottom = float64(media.Left), float64(media.Bottom)
	}
	return nil
}

// shown turns a place in the file's coordinates into one in points from the top left corner of the page as shown.
func (p *pageReader) shown(x, y float64) (float64, float64) {
	x, y = x-p.left, y-p.bottom
	switch p.turns {
	case 1:
		return y, x
	case 2:
		return p.width - x, y
	case 3:
		return p.width - y, p.height - x
	}
	return x, p.height - y
}

// letters reads all letters of the page. A letter whose place cannot be told is left out with an error: half a page must
// not pass for a whole one.
func (p *pageReader) letters() (pdf.Sheet, error) {
	sheet := pdf.Sheet{Width: p.width, Height: p.height}
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: p.text})
	if err != nil {
		return sheet, fmt.Errorf("counting letters: %w", err)
	}
	for i := range min(count.Count, maxLetters) {
		l, err := p.letter(i)
		if err != nil {
			return sheet, fmt.Errorf("reading letter %d: %w", i, err)
		}
		sheet.Letters = append(sheet.Letters, l)
	}
	return sheet, nil
}

// letter reads one letter.
func (p *pageReader) letter(i int) (pdf.Letter, error) {
	code, err := p.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: p.text, Index: i})
	if err != nil {
		return pdf.Letter{}, err
	}
	l := pdf.Letter{Rune: rune(code.Unicode)}
	if l.Rune == '\r' || l.Rune == '\n' {
		return l, nil // made up by PDFium between lines: a letter without size, which the layout leaves out
	}
	place, err := p.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: p.text, Index: i})
	if err != nil {
		return l, err
	}
	loose, err := p.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: p.text, Index: i})
	if err != nil {
		return l, err
	}
	_, l.Baseline = p.shown(place.X, place.Y)
	x0, y0 := p.shown(float64(loose.Rect.Left), float64(loose.Rect.Top))
	x1, y1 := p.shown(float64(loose.Rect.Right), float64(loose.Rect.Bottom))
	l.Box = document.Rect{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
	return p.look(i, l)
}

// look adds size, font and direction. What PDFium does not tell of a letter that it made up stays empty.
func (p *pageReader) look(i int, l pdf.Letter) (pdf.Letter, error) {
	size, err := p.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: p.text, Index: i})
	if err != nil {
		return l, err
	}
	l.Size, l.Upright = size.FontSize, true
	if m, err := p.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: p.text, Index: i}); err == nil {
		a, b := float64(m.Matrix.A), float64(m.Matrix.B)
		l.Size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
		l.Upright = p.level(a, b)
	}
	if font, err := p.instance.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: p.text, Index: i}); err == nil {
		l.Font = font.FontName
	}
	if w, err := p.instance.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: p.text, Index: i}); err == nil {
		l.Bold = w.FontWeight >= 600
	}
	l.Hidden = p.hidden(i)
	return l, nil
}

// level tells whether a line with this direction in the file runs from left to right on the page as shown.
func (p *pageReader) level(a, b float64) bool {
	dx, dy := a, b
	for range p.turns {
		dx, dy = dy, -dx
	}
	return dx > 0 && math.Abs(dy) < 0.25*dx || a == 0 && b == 0
}

// hidden tells whether a letter is painted invisibly.
func (p *pageReader) hidden(i int) bool {
	o, err := p.instance.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: p.text, Index: i})
	if err != nil {
		return false
	}
	mode, err := p.instance.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o.TextObject})
	return err == nil && mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE
}
