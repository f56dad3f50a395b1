// Package flat opens Word documents that are one XML file: "Word XML Document" (a package written flat, ECMA-376-2) and
// "Word 2003 XML Document". It makes of them the zip that package docx reads, and knows no more of documents than the
// names of the elements that differ.
//
//	XML ──Repack──▶ zip ──docx.Read──▶ Document
//
// Invariant: what it writes comes from its input alone and is no longer, but for base64 undone.
package flat
