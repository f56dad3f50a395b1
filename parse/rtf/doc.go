// Package rtf reads Rich Text Format into a Document: paragraphs, tables, form fields with their state, symbol fonts,
// struck and deleted text.
//
//	bytes ──scanner──▶ words, groups, text ──writer──▶ paragraphs, cells, rows ──▶ Document
//
// A form field whose file does not say whether it is ticked (LibreOffice drops the state when it writes RTF) is a box of
// unknown state, never an empty one. Pictures, styles and other destinations that hold no words of the writer are
// passed over. Source: Rich Text Format Specification 1.9.1.
package rtf
