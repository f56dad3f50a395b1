// Package document holds the one noun that every format is read into: a Document of Cells of Tokens.
//
// A reader (package docx, pdf, odt, …) turns bytes into a Document and nothing else: it knows what stood where, which
// words were struck out and which boxes bear a mark, and it knows no label of any form. Package form puts fields on
// labels from the same noun, whatever the format was.
//
//	bytes ──reader──▶ Document ──form──▶ Sheets ──parse──▶ Referral
//
// Invariant: cells are in reading order; every token's text stood in the file (or, for a scan, was recognised in it).
// The package reads no file, opens no connection and starts no process.
package document
