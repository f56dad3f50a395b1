// Package docx reads Word documents (Office Open XML: .docx, .docm, .dotx, Strict and Transitional) into Documents.
//
// It reads what a person sees: content controls and form fields with their states, symbols, text boxes in their places,
// tracked insertions but not deletions, and nothing that is hidden. It knows no label of any form, runs no macro, follows
// no link and computes no field.
//
//	zip ──parts──▶ trees ──walk──▶ Cells: page header, body, notes, page footer
//
// Clauses are those of ECMA-376-1:2016 and, for w14, [MS-DOCX].
package docx
