package document

import "strings"

// A Format names the kind of file that a Document was read from, by its content and never by its name.
// The values are those of the explain contract.
type Format string

// The formats of the explain contract.
const (
	DOCX  Format = "docx"
	DOC   Format = "doc"
	PDF   Format = "pdf"
	ODT   Format = "odt"
	RTF   Format = "rtf"
	HTML  Format = "html"
	Text  Format = "text"
	Image Format = "image"
	Zip   Format = "zip"
	EML   Format = "eml"
	TNEF  Format = "tnef"
	Other Format = "other"
)

// A Document is what one file says, flat and in reading order.
type Document struct {
	Format   Format    `json:"format"`
	Cells    []Cell    `json:"cells"`
	Pages    int       `json:"pages,omitempty"`    // 0 where the format has no pages
	Scans    []Scan    `json:"scans,omitempty"`    // pictures of pages that only OCR can read
	Warnings []Warning `json:"warnings,omitempty"` // what of the file was not read
}

// A Cell is one cell of a table or, where Table is 0, one paragraph (or one line of plain text) outside tables.
// Table, Row and Col count from 1 in the order of the file; a nested table is folded into its outer cell.
type Cell struct {
	Table int    `json:"table,omitempty"`
	Row   int    `json:"row,omitempty"`
	Col   int    `json:"col,omitempty"`  // the grid column, spans counted
	Span  int    `json:"span,omitempty"` // grid columns covered; 0 means 1
	Page  int    `json:"page,omitempty"` // from 1; 0 where the format has no pages
	Box   Rect   `json:"box,omitzero"`
	Lines []Line `json:"lines"`

	Margin bool   `json:"margin,omitempty"` // stands in the page's header or footer
	Shade  string `json:"-"`                // the colour of its background, by whatever name; see FindShades
}

// A Line is one line or paragraph of a cell.
type Line struct {
	Tokens []Token `json:"tokens"`
}

// A Token is a run of text with one look, or one box or tick. A mark's Text is empty or the glyph that was drawn.
// Spaces between words stand in the texts: the line's text is its tokens' texts joined by nothing.
type Token struct {
	Text       string  `json:"text,omitempty"`
	Mark       Mark    `json:"mark,omitempty"`
	Source     Source  `json:"source,omitempty"`
	Style      Style   `json:"style,omitempty"`
	Field      string  `json:"field,omitempty"` // the form field's own name or tool tip, a second hint
	Box        Rect    `json:"box,omitzero"`
	Confidence float64 `json:"confidence,omitempty"` // 0 means 1, the lossless case; OCR gives its own
}

// A Mark says what a box shows.
type Mark uint8

// What a box can show. MarkUnknown is a box whose state could not be read: it is never taken for unticked.
const (
	NoMark      Mark = iota // the token is text
	Unticked                // an empty box
	Ticked                  // a box with a tick, cross or fill
	MarkUnknown             // a box, its state unreadable
)

// A Source says how a token came to be read, from which its confidence follows.
type Source uint8

// Where a token can come from.
const (
	Typed          Source = iota // plain text
	Glyph                        // a Unicode box or tick
	SymbolFont                   // Wingdings and its kin
	ContentControl               // a Word content control
	LegacyField                  // a Word 97 form field
	FormWidget                   // a PDF form field
	Drawn                        // lines and fills on a page
	HTMLInput                    // an <input> of a page
	Recognised                   // OCR
)

// A Style is a set of looks of a token.
type Style uint16

// The looks that change what a token means.
const (
	Bold        Style = 1 << iota
	Struck            // struck through: deleted by the writer
	Highlighted       // highlighted or shaded against its surroundings
	Underlined
	Italic
	Placeholder // printed by the template where nothing was filled in ("Click here to enter text")
	Filled      // stands inside a form field or content control: a value, never a label
	Quoted      // inside a quoted earlier mail (blockquote, ">" prefix)
	Circled     // framed by hand or drawing: a choice
	Coloured    // of an ink that is neither black nor grey
	Faint       // of a grey ink
)

// Has tells whether all looks of want are set.
func (s Style) Has(want Style) bool { return s&want == want }

// A Rect is a rectangle on its page, in points (1/72 inch) from the page's top left corner.
type Rect struct {
	X0 float64 `json:"x0"`
	Y0 float64 `json:"y0"`
	X1 float64 `json:"x1"`
	Y1 float64 `json:"y1"`
}

// A Scan is a page that holds a picture of text: OCR turns it into cells.
type Scan struct {
	Page int     `json:"page"` // from 1
	DPI  float64 `json:"dpi"`
	PNG  []byte  `json:"png"` // the page, upright, grey
}

// Text returns the words of the line, marks left out.
func (l Line) Text() string {
	var b strings.Builder
	for _, t := range l.Tokens {
		if t.Mark == NoMark {
			b.WriteString(t.Text)
		}
	}
	return b.String()
}

// Text returns the words of the cell, its lines parted by line breaks.
func (c Cell) Text() string {
	lines := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		lines[i] = l.Text()
	}
	return strings.Join(lines, "\n")
}

// Text returns the words of the whole document, its cells parted by line breaks.
func (d *Document) Text() string {
	cells := make([]string, len(d.Cells))
	for i, c := range d.Cells {
		cells[i] = c.Text()
	}
	return strings.Join(cells, "\n")
}

// Trust returns how far the token's text or mark can be relied on, from 0 to 1.
func (t Token) Trust() float64 {
	if t.Confidence == 0 {
		return 1
	}
	return t.Confidence
}
