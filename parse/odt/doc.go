// Package odt reads OpenDocument text (.odt, .ott and flat .fodt) into Documents.
//
// It reads what a person sees: content controls, form controls and field marks with their states, text boxes in their
// places, tracked insertions but not deletions, and nothing that is hidden. It knows no label of any form, runs no macro,
// follows no link and computes no field.
//
//	zip ──styles.xml, content.xml──▶ trees ──walk──▶ Cells: page header, body, page footer
//
// Clauses are those of OpenDocument 1.3 part 3; loext and field are LibreOffice's own names.
package odt
