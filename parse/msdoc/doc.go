// Package msdoc reads Word 97 to 2003 documents (.doc, the binary format) into Documents.
//
// It reads what a person sees: the cells of tables, form fields with their states, symbols, text boxes in their places,
// tracked insertions but not deletions, and nothing that is hidden. It knows no label of any form, runs no macro and
// computes no field.
//
//	compound file ──streams──▶ FIB ──pieces──▶ characters ┬─ PAPX ─▶ paragraphs, rows ─┬▶ Cells
//	                                                      └─ CHPX ─▶ looks, fields ────┘
//
// A character's place in the text (CP) and its place in the file (FC) differ: properties hang on the latter. Clauses are
// those of [MS-DOC].
package msdoc
