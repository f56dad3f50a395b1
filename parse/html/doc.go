// Package html reads web pages and HTML mail into Documents: tables to cells, blocks to paragraphs, and what a reader of
// the page would see of boxes, inputs, strike-outs and highlights.
//
// It fetches nothing, runs no script, and leaves out what the page hides. What stands inside an earlier, quoted mail is
// Quoted. It decodes no charset: its input is UTF-8, and bytes that are not become U+FFFD.
//
//	bytes ──x/net/html──▶ tree ──walk──▶ Cells
package html
