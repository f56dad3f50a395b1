// Package pdf reads a PDF file into a Document: printed text, rules, drawn boxes, annotations and form fields, each at
// its place on the page.
//
//	bytes ─rewrite─▶ objects ─machine─▶ canvas (glyphs, strokes, fills, widgets)
//	      canvas ─boxes, rules, grid─▶ cells ─lines─▶ Document
//
// Every file is rewritten first, plain and with a cross-reference of our own, so that no damage, no encryption with the
// empty password and no hostile table reaches the object library, github.com/ledongthuc/pdf. Everything above the objects
// (content streams, fonts, layout) is this package's own as well, because that library's text methods lose positions,
// form fields and boxes. What it cannot read
// goes to a second Engine, if one is given; pages that are pictures are rendered by that engine for OCR.
//
// Invariant: every token's text stood in the file, and a box whose state cannot be told is MarkUnknown, never Unticked.
// The package opens no file and starts no process; hostile files can still exhaust memory inside the object library, so
// it belongs in a child process with limits.
package pdf
